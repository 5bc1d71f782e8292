//! The accounts that a partner is paid to: one, or several with the share that each takes of what is due.

use kernel::{Ambient, Id, Refusal, id};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use super::{
    model::{Model, PayoutMethod},
    payee_account,
    payout_details::{PayoutDetailsIn, masked_details},
};
use crate::platform::{columns::TextMap, secrets::Secrets};

/// Hundredths of a per cent in a whole.
pub const WHOLE_BP: i32 = 10_000;
/// Accounts beside the main one.
const FURTHER_MAX: usize = 4;

/// An account in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayeeAccount {
    pub method: PayoutMethod,
    pub details: TextMap,
    /// Of what is due, in hundredths of a per cent.
    pub share_bp: i32,
}

/// How what is due is divided, as it stands in the open: the accounts themselves are sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct PayoutSplit {
    /// Drawn anew with each change: what was paid by an earlier split does not count in a later one.
    pub id: Id<id::PayoutSplit>,
    /// The main one first; shares add up to a whole.
    pub accounts: Vec<SplitAccount>,
}

impl PayoutSplit {
    pub fn shares_bp(&self) -> Vec<i32> {
        self.accounts.iter().map(|one| one.share_bp).collect()
    }

    /// Whether all of it goes by one method.
    pub fn is_of_one_method(&self) -> bool {
        self.accounts.windows(2).all(|pair| pair[0].method == pair[1].method)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitAccount {
    pub method: PayoutMethod,
    pub share_bp: i32,
    /// The ends of its details.
    pub shown: TextMap,
}

/// As accounts lie sealed: one alone as its details, several as a list.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Sealed {
    One(TextMap),
    Several(Vec<TextMap>),
}

/// All of a partner's accounts, the main one first; never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayeeAccounts(Vec<PayeeAccount>);

impl PayeeAccounts {
    /// As they are typed; what the further ones leave is the main one's.
    ///
    /// # Errors
    /// By field: accounts that cannot be right, that are named twice, or shares that leave nothing.
    pub fn checked(new: &PayoutDetailsIn) -> Result<Self, Refusal> {
        if new.further_accounts.len() > FURTHER_MAX {
            return Err(Refusal::field("further_accounts", format!("must have at most {FURTHER_MAX} entries")));
        }
        let taken_bp: i64 = new.further_accounts.iter().map(|one| i64::from(one.share_bp)).sum();
        if new.further_accounts.iter().any(|one| one.share_bp < 1) || taken_bp >= i64::from(WHOLE_BP) {
            let message = "must be shares above 0 that leave something to the first account";
            return Err(Refusal::field("further_accounts", message));
        }
        let details = payee_account::checked(new.method, TextMap::checked("details", &new.details)?)?;
        let share_bp = new.further_accounts.iter().fold(WHOLE_BP, |left, one| left - one.share_bp);
        let mut all = vec![PayeeAccount { method: new.method, details, share_bp }];
        for (at, one) in new.further_accounts.iter().enumerate() {
            let details = TextMap::checked("details", &one.details);
            let details = details.and_then(|details| payee_account::checked(one.method, details));
            let details = details.map_err(|refusal| below(refusal, at))?;
            if all.iter().any(|other| (other.method, &other.details) == (one.method, &details)) {
                return Err(Refusal::field(format!("further_accounts.{at}.method"), "is an account named before"));
            }
            all.push(PayeeAccount { method: one.method, details, share_bp: one.share_bp });
        }
        Ok(Self(all))
    }

    pub fn main(&self) -> &PayeeAccount {
        &self.0[0]
    }

    pub fn all(&self) -> &[PayeeAccount] {
        &self.0
    }

    /// What stands in the open of several; nothing of one alone.
    pub fn split(&self, ambient: &Ambient) -> Option<PayoutSplit> {
        let account = |one: &PayeeAccount| SplitAccount {
            method: one.method,
            share_bp: one.share_bp,
            shown: masked_details(&one.details),
        };
        let accounts: Vec<_> = self.0.iter().map(account).collect();
        (accounts.len() > 1).then(|| PayoutSplit { id: ambient.new_id(), accounts })
    }

    pub fn sealed(&self, secrets: &Secrets, ambient: &Ambient) -> Vec<u8> {
        let plain = match self.0.as_slice() {
            [one] => Sealed::One(one.details.clone()),
            several => Sealed::Several(several.iter().map(|one| one.details.clone()).collect()),
        };
        let plain = serde_json::to_vec(&plain).expect("maps of texts are plain data");
        secrets.seal(ambient, &plain)
    }

    /// Changes the details of each.
    pub(super) fn each(&mut self, mut change: impl FnMut(&mut PayeeAccount)) {
        self.0.iter_mut().for_each(&mut change);
    }
}

fn below(refusal: Refusal, at: usize) -> Refusal {
    let mut fields = refusal.fields;
    fields.iter_mut().for_each(|one| one.field = format!("further_accounts.{at}.{}", one.field));
    Refusal::fields(fields)
}

impl Model {
    /// Where the partner is paid, in the clear: for payout files. Nobody's own way is the plain file.
    pub fn payee_accounts(&self, secrets: &Secrets) -> PayeeAccounts {
        let sealed = self.payout_details_sealed.as_deref().unwrap_or_default();
        let plain = secrets.open_sealed(sealed).unwrap_or_default();
        let details = match serde_json::from_slice(&plain) {
            Ok(Sealed::One(details)) => vec![details],
            Ok(Sealed::Several(all)) => all,
            Err(_) => Vec::new(),
        };
        let mut details = details.into_iter();
        let account =
            |(method, share_bp)| PayeeAccount { method, share_bp, details: details.next().unwrap_or_default() };
        PayeeAccounts(self.payee_shares().into_iter().map(account).collect())
    }

    /// By which methods the partner is paid and what share goes by each, in hundredths of a per cent, the main one first.
    pub fn payee_shares(&self) -> Vec<(PayoutMethod, i32)> {
        match &self.payout_split {
            Some(split) => split.accounts.iter().map(|one| (one.method, one.share_bp)).collect(),
            None => vec![(self.payout_method.unwrap_or(PayoutMethod::Csv), WHOLE_BP)],
        }
    }

    /// Whether something of what is due goes by this method.
    pub fn is_paid_by(&self, method: PayoutMethod) -> bool {
        self.payee_shares().iter().any(|(own, _)| *own == method)
    }
}
