//! Who is owed in one currency, and what a batch made now would do with each: the list of payday and its board alike.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::{Currency, Id, Tenant, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::{
    account::Account,
    create::{self, LeftOut},
    due::{self, Due, Exchanges},
    files::{Line, Paper},
    payers::{self, Payer},
    rules::{Sent, Share, share},
    split::Part,
    terms::rules::Deductions,
};
use crate::{
    App,
    own_invoices::hold::{HoldReason, Holds, Invoiced},
    partners::{
        model::{self as partner, PartnerState, PayoutMethod},
        payee_accounts::PayeeAccount,
    },
    platform::Answer,
};

/// What a batch made now, of the partner's own method, would do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OwedStanding {
    /// It would be paid.
    Ready,
    /// Its method has no account that it is paid from.
    PayerMissing,
    /// The bank or service would refuse its account.
    Faulty,
    /// Something has to be on file first, or its own invoice accepted.
    Missing,
    /// It is suspended or banned.
    Withheld,
    /// It rolls forward.
    BelowMinimum,
    /// Debt, or what is frozen, takes all of it.
    Nothing,
}

/// One partner to whom something is payable. Amounts are in whole minor units.
pub struct Owed {
    pub partner: Id<id::Partner>,
    pub name: String,
    pub method: PayoutMethod,
    /// By the book, with what is frozen.
    pub payable_minor: i64,
    pub debt_minor: i64,
    pub frozen_minor: i64,
    pub exchanges: Exchanges,
    /// What is sent, after all that is taken from it.
    pub next_minor: i64,
    pub taken: Deductions,
    /// By its accounts, the main one first.
    pub parts: Vec<OwedPart>,
    pub standing: OwedStanding,
    pub missing: Vec<HoldReason>,
    /// Where it writes its own invoices and something is due.
    pub own_invoice: Option<Invoiced>,
    pub fault: Option<LeftOut>,
}

/// What one account of a partner would be sent.
#[derive(Clone, Copy, Debug)]
pub struct OwedPart {
    pub method: PayoutMethod,
    /// Hundredths of a per cent of what is due.
    pub share_bp: i32,
    pub next_minor: i64,
}

/// Everybody to whom something is payable in `currency` on a day of the workspace's clock, in order of id.
pub async fn in_currency(app: &App, tenant: Tenant, (currency, today): (Currency, Date)) -> Answer<Vec<Owed>> {
    let conn = app.records.read();
    let partners = partner::Entity::find().filter(partner::Column::WorkspaceId.eq(tenant.id())).all(conn).await?;
    let partners: HashMap<_, _> = partners.into_iter().map(|payee| (payee.id, payee)).collect();
    let due = due::due(conn, tenant, (currency, today), &partners).await?;
    let holds = Holds::load(conn, tenant, today, due.iter().map(|due| due.payee.id)).await?;
    let mut owed = Vec::new();
    let mut ready: HashMap<PayoutMethod, Vec<(Id<id::Partner>, Line)>> = HashMap::new();
    for due in due.into_iter().filter(|due| due.standing.payable_minor + due.frozen_minor > 0) {
        let one = owed_to(&due, currency, &holds);
        if one.standing == OwedStanding::Ready {
            let accounts = due.payee.payee_accounts(&app.secrets);
            let parts = (0..).zip(one.parts.iter().zip(accounts.all()));
            for (place, (part, account)) in parts.filter(|(_, (part, _))| part.next_minor > 0) {
                let line = line(due.payee, (place, account), part.next_minor);
                ready.entry(part.method).or_default().push((one.partner, line));
            }
        }
        owed.push(one);
    }
    for (method, lines) in ready {
        let wrong = judged(app, tenant, (method, currency, today), &lines).await?;
        for one in &mut owed {
            if let Some(fault) = wrong.get(&one.partner) {
                one.leave_out(method, fault.clone());
            }
        }
    }
    Ok(owed)
}

impl Owed {
    /// Nothing goes by this method; where nothing else is left, the partner is not paid.
    fn leave_out(&mut self, method: PayoutMethod, fault: Option<LeftOut>) {
        self.parts.iter_mut().filter(|part| part.method == method).for_each(|part| part.next_minor = 0);
        self.next_minor = self.parts.iter().map(|part| part.next_minor).sum();
        if self.next_minor == 0 {
            self.standing = if fault.is_some() { OwedStanding::Faulty } else { OwedStanding::PayerMissing };
        }
        self.fault = fault.or(self.fault.take());
    }
}

/// As a file would name it, by a number that no other has.
fn line(payee: &partner::Model, (place, account): (u128, &PayeeAccount), amount_minor: i64) -> Line {
    Line {
        payout: Id::from_u128(payee.id.as_u128().wrapping_add(place)),
        name: payee.name.clone(),
        email: payee.email.clone(),
        account: Account::new(account.details.clone()),
        amount_minor,
    }
}

fn owed_to(due: &Due<'_>, currency: Currency, holds: &Holds) -> Owed {
    let Due { payee, standing, frozen_minor, exchanges, parts, .. } = due;
    let share = share(*standing, payee.minimum_payout_minor(currency), parts);
    let sent = due.sent(currency, 0);
    let billed = due.billed(currency);
    let missing = holds.of(payee.id, billed);
    let (stands, next_minor) = match share {
        _ if payee.state != PartnerState::Active => (OwedStanding::Withheld, 0),
        Share::BelowMinimum => (OwedStanding::BelowMinimum, 0),
        Share::OffsetOnly { .. } | Share::Nothing => (OwedStanding::Nothing, 0),
        Share::Pay { .. } if !missing.is_empty() => (OwedStanding::Missing, 0),
        // What is taken from it would leave nothing.
        Share::Pay { .. } => {
            sent.as_ref().map_or((OwedStanding::BelowMinimum, 0), |sent| (OwedStanding::Ready, sent.amount_minor()))
        }
    };
    let sent = sent.filter(|_| stands == OwedStanding::Ready);
    let next = |at: usize| sent.as_ref().and_then(|sent| sent.parts[at]).map_or(0, |part| part.amount_minor);
    let part = |(at, part): (usize, &Part)| OwedPart {
        method: part.method,
        share_bp: part.account.share_bp,
        next_minor: next(at),
    };
    Owed {
        partner: payee.id,
        name: payee.name.clone(),
        method: payee.payout_method.unwrap_or(PayoutMethod::Csv),
        payable_minor: standing.payable_minor + frozen_minor,
        debt_minor: standing.debt_minor,
        frozen_minor: *frozen_minor,
        exchanges: exchanges.clone(),
        next_minor,
        parts: parts.iter().enumerate().map(part).collect(),
        taken: sent.as_ref().map(Sent::taken).unwrap_or_default(),
        standing: stands,
        missing,
        own_invoice: billed.and_then(|billed| holds.invoices.of(payee.id, billed)),
        fault: None,
    }
}

/// Whom the method cannot pay, and why; without a reason where the method has no account to pay from.
async fn judged(
    app: &App,
    tenant: Tenant,
    (method, currency, today): (PayoutMethod, Currency, Date),
    lines: &[(Id<id::Partner>, Line)],
) -> Answer<HashMap<Id<id::Partner>, Option<LeftOut>>> {
    let sealed = payers::sealed(app.records.read(), tenant, method).await?;
    let payerless = || lines.iter().map(|(partner, _)| (*partner, None)).collect();
    if payers::require(method, sealed.as_deref()).is_err() {
        return Ok(payerless());
    }
    let payer = sealed.as_deref().map(|sealed| Payer::opened(&app.secrets, sealed)).transpose()?;
    let heading = Paper {
        batch: Id::from_u128(0),
        method,
        currency,
        created_at: app.ambient.now(),
        pay_on: today,
        payer: payer.as_ref(),
        lines: &[],
    };
    // What is wrong with the batch itself, as a payer without an address, holds all of them up.
    let Ok(faults) = create::faults_of(&heading, lines) else { return Ok(payerless()) };
    Ok(faults.into_iter().map(|fault| (fault.partner, Some(fault))).collect())
}
