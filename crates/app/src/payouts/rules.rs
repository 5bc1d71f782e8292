//! Who is paid how much, and what a frozen list looks like.

use kernel::{Currency, Id, Money, Refusal, RefusalCode, id};
use ledger::Standing;
use payfiles::wallet::{self, Network};

use super::{
    entity::{
        batch::{self, BatchState},
        payout::{self, PayoutState},
    },
    split::{self, Part},
    terms::{self, rules::Deductions},
};
use crate::partners::model::PayoutMethod;

/// What becomes of a partner in a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    Pay {
        debt_offset_minor: i64,
        amount_minor: i64,
    },
    /// Debt swallows it all.
    OffsetOnly {
        debt_offset_minor: i64,
    },
    /// Rolls forward to the next batch.
    BelowMinimum,
    Nothing,
}

impl Share {
    /// What is billed where something is paid: what is payable less debt, before anything is taken from it on its way.
    pub fn billed(self, currency: Currency) -> Option<Money> {
        match self {
            Self::Pay { amount_minor, .. } => Some(Money::new(amount_minor, currency)),
            Self::OffsetOnly { .. } | Self::BelowMinimum | Self::Nothing => None,
        }
    }
}

/// Debt comes off first; what is left must reach the minimum.
pub fn share(standing: Standing, minimum_minor: i64, parts: &[Part]) -> Share {
    let debt_offset_minor = standing.debt_minor.clamp(0, standing.payable_minor.max(0));
    let amount_minor = standing.payable_minor - debt_offset_minor;
    match amount_minor {
        ..=0 if debt_offset_minor > 0 => Share::OffsetOnly { debt_offset_minor },
        ..=0 => Share::Nothing,
        _ if divided(amount_minor, minimum_minor, parts).iter().all(|part| *part == 0) => Share::BelowMinimum,
        _ => Share::Pay { debt_offset_minor, amount_minor },
    }
}

fn divided(amount_minor: i64, minimum_minor: i64, parts: &[Part]) -> Vec<i64> {
    let accounts: Vec<_> = parts.iter().map(|part| part.account).collect();
    split::rules::due(amount_minor, minimum_minor, &accounts)
}

/// What a partner is sent after debt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub debt_offset_minor: i64,
    /// To each account; absent where its part is below the minimum, or what is taken from it leaves nothing.
    pub parts: Vec<Option<SentPart>>,
}

/// What one account is sent after all that is taken from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentPart {
    pub taken: Deductions,
    pub amount_minor: i64,
}

impl Sent {
    pub fn amount_minor(&self) -> i64 {
        self.parts.iter().flatten().map(|part| part.amount_minor).sum()
    }

    pub fn taken(&self) -> Deductions {
        self.parts.iter().flatten().fold(Deductions::default(), |all, part| all.and(part.taken))
    }
}

/// What is sent of what is payable; nothing where debt, the minimum or what is taken from it leaves nothing to send.
pub fn sent(standing: Standing, minimum_minor: i64, parts: &[Part], early_share_bp: i32) -> Option<Sent> {
    let Share::Pay { debt_offset_minor, amount_minor } = share(standing, minimum_minor, parts) else { return None };
    let sent_part = |(gross_minor, part): (i64, &Part)| {
        let taken = terms::rules::deduct(gross_minor, &part.terms, early_share_bp)?;
        Some(SentPart { taken, amount_minor: gross_minor - taken.of_partner_minor() })
    };
    let divided = divided(amount_minor, minimum_minor, parts);
    let sent: Vec<_> = divided.into_iter().zip(parts).map(sent_part).collect();
    sent.iter().any(Option::is_some).then_some(Sent { debt_offset_minor, parts: sent })
}

/// BLAKE3 over the batch, how it is paid and its payouts in order of id, each field with its length before it: any change
/// to who is paid what, or where, shows. Accounts count as they lie, sealed.
pub fn frozen_hash(batch: &batch::Model, payouts: &[payout::Model]) -> String {
    let mut in_order: Vec<_> = payouts.iter().collect();
    in_order.sort_by_key(|payout| payout.id);
    let mut hasher = blake3::Hasher::new();
    let mut field = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    field(&batch.id.as_u128().to_be_bytes());
    field(batch.currency.as_bytes());
    for sealed in batch.payer_sealed.iter().map(Vec::as_slice).chain(batch.pay_on.as_deref().map(str::as_bytes)) {
        field(sealed);
    }
    for payout in in_order {
        field(&payout.id.as_u128().to_be_bytes());
        field(&payout.partner_id.as_u128().to_be_bytes());
        field(payout.payee_name.as_bytes());
        field(payout.payee_email.as_bytes());
        field(&payout.amount_minor.to_be_bytes());
        if let Some(account) = &payout.account_sealed {
            field(account);
        }
    }
    hasher.finalize().to_hex().to_string()
}

/// Whether a batch takes two people: `worth_minor` is its total in the currency of the limit, absent where no rate is
/// known.
pub fn takes_two(limit_minor: Option<i64>, worth_minor: Option<i64>) -> bool {
    limit_minor.is_some_and(|limit| worth_minor.is_none_or(|worth| worth > limit))
}

/// Who may agree to a batch: anybody else than its maker. Whoever set a schedule up may agree to what it made, where its
/// amount does not take two.
///
/// # Errors
/// `already_decided` unless it waits, `second_person_needed` for the one who made it.
pub fn require_second(batch: &batch::Model, agrees: Id<id::User>, takes_two: bool) -> Result<(), Refusal> {
    if batch.state != BatchState::AwaitingApproval {
        return Err(Refusal::new(RefusalCode::AlreadyDecided, "this batch does not wait for a second person"));
    }
    if batch.created_by == agrees && (takes_two || batch.schedule_id.is_none()) {
        let message = "you made this batch, so another person agrees to it";
        return Err(Refusal::new(RefusalCode::SecondPersonNeeded, message));
    }
    Ok(())
}

/// A batch can be undone until anybody outside may have it. Once somebody has its file, only with the word that the file
/// was not used.
pub fn require_unsent(batch: &batch::Model, file_not_used: bool) -> Result<(), Refusal> {
    match batch.state {
        BatchState::Approved if batch.file_given_at.is_some() && !file_not_used => {
            let message = "its file has been given out: say that it was not used, or what became of each payout";
            Err(Refusal::new(RefusalCode::AlreadySent, message))
        }
        BatchState::AwaitingApproval | BatchState::Approved if batch.first_sent_at.is_none() => Ok(()),
        BatchState::Rejected => Err(Refusal::new(RefusalCode::AlreadyDecided, "this batch was rejected already")),
        BatchState::Drawing => Err(not_approved()),
        _ => Err(Refusal::new(RefusalCode::AlreadySent, "this batch has been sent")),
    }
}

/// Who may be given the list: whoever sends it, once it may be sent.
pub fn require_approved(state: BatchState) -> Result<(), Refusal> {
    match state {
        BatchState::Approved | BatchState::Sending | BatchState::Sent | BatchState::Doubtful => Ok(()),
        BatchState::Drawing | BatchState::AwaitingApproval | BatchState::Rejected => Err(not_approved()),
    }
}

fn not_approved() -> Refusal {
    Refusal::new(RefusalCode::BatchNotApproved, "nobody has agreed to this batch, or it was rejected")
}

/// Whether people say what became of a batch's payouts. What a service pays it tells itself, unless nobody else can, or it
/// is not asked any more.
pub fn require_told_by_people(batch: &batch::Model) -> Result<(), Refusal> {
    require_approved(batch.state)?;
    let is_asked = !(batch.state == BatchState::Sent && batch.look_at.is_none());
    if batch.method == PayoutMethod::Paypal && batch.state != BatchState::Doubtful && is_asked {
        let message = "PayPal says what became of these payouts; reject the batch where it shall not be sent";
        return Err(Refusal::new(RefusalCode::ToldByService, message));
    }
    Ok(())
}

/// A payout is settled once.
pub fn require_in_transit(state: PayoutState) -> Result<(), Refusal> {
    match state {
        PayoutState::InTransit => Ok(()),
        PayoutState::Paid => Err(settled("it was paid already")),
        PayoutState::Failed | PayoutState::Returned => {
            Err(settled("it failed or came back already; its amount is payable again"))
        }
    }
}

/// Only what was paid comes back.
pub fn require_paid(state: PayoutState) -> Result<(), Refusal> {
    if state == PayoutState::Paid { Ok(()) } else { Err(settled("only what was paid can come back")) }
}

/// The reference of a payment, as it is kept: on a chain the transaction's id, which must be there.
pub fn reference(method: PayoutMethod, said: Option<&str>) -> Result<Option<String>, Refusal> {
    let network = match method {
        PayoutMethod::UsdtTrc20 => Network::Tron,
        PayoutMethod::UsdtErc20 => Network::Ethereum,
        _ => return Ok(said.map(str::to_owned)),
    };
    let wrong = || Refusal::field("reference", "must be the id of the transaction: 64 digits of 0-9 and a-f");
    wallet::transaction_id(network, said.unwrap_or_default()).map(Some).map_err(|_| wrong())
}

fn settled(message: &str) -> Refusal {
    Refusal::new(RefusalCode::PayoutNotInTransit, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn standing(payable_minor: i64, debt_minor: i64) -> Standing {
        Standing { payable_minor, debt_minor }
    }

    fn share(standing: Standing, minimum_minor: i64) -> Share {
        super::share(standing, minimum_minor, &[all_to_one()])
    }

    fn all_to_one() -> Part {
        let account = split::rules::Account { share_bp: 10_000, drawn_minor: 0 };
        Part { method: PayoutMethod::Csv, account, terms: terms::rules::Terms::default() }
    }

    #[test]
    fn debt_comes_off_before_anything_is_paid() {
        assert_eq!(share(standing(1_000, 0), 0), Share::Pay { debt_offset_minor: 0, amount_minor: 1_000 });
        assert_eq!(share(standing(1_000, 300), 0), Share::Pay { debt_offset_minor: 300, amount_minor: 700 });
        assert_eq!(share(standing(1_000, 1_000), 0), Share::OffsetOnly { debt_offset_minor: 1_000 });
        assert_eq!(share(standing(1_000, 5_000), 0), Share::OffsetOnly { debt_offset_minor: 1_000 });
        assert_eq!(share(standing(1_000, 300), 701), Share::BelowMinimum);
        assert_eq!(share(standing(0, 300), 0), Share::Nothing);
    }

    proptest! {
        #[test]
        fn no_more_is_paid_than_is_payable(payable in -1_000_i64..1_000_000, debt in 0_i64..1_000_000) {
            match share(standing(payable, debt), 0) {
                Share::Pay { debt_offset_minor, amount_minor } => {
                    prop_assert_eq!(debt_offset_minor + amount_minor, payable);
                    prop_assert!(debt_offset_minor == debt && amount_minor > 0);
                }
                Share::OffsetOnly { debt_offset_minor } => prop_assert!(debt_offset_minor == payable && payable <= debt),
                Share::BelowMinimum | Share::Nothing => prop_assert!(payable <= 0),
            }
        }
    }
}
