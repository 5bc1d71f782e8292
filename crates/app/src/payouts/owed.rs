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
    rules::{Share, sent, share},
    terms::rules::Deductions,
};
use crate::{
    App,
    own_invoices::hold::{HoldReason, Holds, Invoiced},
    partners::model::{self as partner, PartnerState, PayoutMethod},
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
    pub standing: OwedStanding,
    pub missing: Vec<HoldReason>,
    /// Where it writes its own invoices and something is due.
    pub own_invoice: Option<Invoiced>,
    pub fault: Option<LeftOut>,
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
            let line = Line {
                payout: Id::from_u128(due.payee.id.as_u128()),
                name: due.payee.name.clone(),
                email: due.payee.email.clone(),
                account: Account::new(due.payee.payout_details(&app.secrets)),
                amount_minor: one.next_minor,
            };
            ready.entry(one.method).or_default().push((one.partner, line));
        }
        owed.push(one);
    }
    let mut wrong = HashMap::new();
    for (method, lines) in ready {
        wrong.extend(judged(app, tenant, (method, currency, today), &lines).await?);
    }
    for one in &mut owed {
        if let Some(fault) = wrong.remove(&one.partner) {
            one.standing = if fault.is_some() { OwedStanding::Faulty } else { OwedStanding::PayerMissing };
            (one.fault, one.next_minor) = (fault, 0);
        }
    }
    Ok(owed)
}

fn owed_to(due: &Due<'_>, currency: Currency, holds: &Holds) -> Owed {
    let Due { payee, standing, frozen_minor, exchanges, terms, .. } = due;
    let minimum_minor = payee.minimum_payout_minor(currency);
    let share = share(*standing, minimum_minor);
    let sent = sent(*standing, minimum_minor, terms, 0);
    let billed = due.billed(currency);
    let missing = holds.of(payee.id, billed);
    let (stands, next_minor) = match share {
        _ if payee.state != PartnerState::Active => (OwedStanding::Withheld, 0),
        Share::BelowMinimum => (OwedStanding::BelowMinimum, 0),
        Share::OffsetOnly { .. } | Share::Nothing => (OwedStanding::Nothing, 0),
        Share::Pay { .. } if !missing.is_empty() => (OwedStanding::Missing, 0),
        // What is taken from it would leave nothing.
        Share::Pay { .. } => {
            sent.map_or((OwedStanding::BelowMinimum, 0), |sent| (OwedStanding::Ready, sent.amount_minor))
        }
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
        taken: sent.map(|sent| sent.taken).filter(|_| stands == OwedStanding::Ready).unwrap_or_default(),
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
