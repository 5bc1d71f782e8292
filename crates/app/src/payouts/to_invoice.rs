//! What a partner that writes its own invoices has to invoice: what a batch made now would send it, by currency.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::{civil::Date, tz::TimeZone};
use kernel::{Currency, Money, Tenant, Timestamp};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::{
    due,
    entity::payout::{self, PayoutState},
};
use crate::{
    own_invoices::{
        entity::OwnInvoiceState,
        hold::sums_of,
        rules::{ToInvoiceStanding, to_invoice},
    },
    partners::model::{Model as Partner, PartnerState},
    platform::Answer,
};

/// One currency of what is to be invoiced, in whole minor units, tax included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub currency: Currency,
    /// What an invoice for all that a batch made now would pay comes to, whatever is not on file.
    pub due_minor: i64,
    pub accepted_minor: i64,
    pub waiting_minor: i64,
    pub to_invoice_minor: i64,
    pub standing: ToInvoiceStanding,
    /// The days of the statement that tells what it is for.
    pub days: (Date, Date),
}

/// What invoices for all that a batch made now would pay the partner come to, by currency, whatever is not on file.
pub async fn billed(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (partner, today): (&Partner, Date),
) -> Answer<BTreeMap<Currency, Money>> {
    let mut billed = BTreeMap::new();
    if partner.state != PartnerState::Active {
        return Ok(billed);
    }
    let payees = HashMap::from([(partner.id, partner.clone())]);
    for currency in paid_in(conn, tenant, partner).await? {
        let due = due::due(conn, tenant, (currency, today), &payees).await?;
        billed.extend(due.iter().filter_map(|due| Some((currency, due.billed(currency)?))));
    }
    Ok(billed)
}

/// The partner's own currency, or all in which it has anything.
async fn paid_in(conn: &impl ConnectionTrait, tenant: Tenant, partner: &Partner) -> Answer<BTreeSet<Currency>> {
    if let Some(own) = partner.payout_currency.as_deref().and_then(Currency::from_code) {
        return Ok([own].into());
    }
    let balances = ledger::partner_balance(conn, tenant, partner.id).await.map_err(anyhow::Error::from)?;
    Ok(balances.into_iter().map(|balance| balance.currency).collect())
}

/// What is to be invoiced, and what was, in order of currency.
pub async fn lines(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: &Partner,
    (zone, now): (&TimeZone, Timestamp),
) -> Answer<Vec<Line>> {
    let today = now.local_day(zone);
    let billed = billed(conn, tenant, (partner, today)).await?;
    let accepted = sums_of(conn, tenant, (OwnInvoiceState::Accepted, partner.id)).await?;
    let waiting = sums_of(conn, tenant, (OwnInvoiceState::Submitted, partner.id)).await?;
    let named: BTreeSet<Currency> = billed.keys().chain(accepted.keys()).chain(waiting.keys()).copied().collect();
    let mut lines = Vec::new();
    for currency in named {
        let of = |sums: &HashMap<Currency, i64>| sums.get(&currency).copied().unwrap_or_default();
        let due_minor = billed.get(&currency).map_or(0, |money| money.minor);
        let (accepted_minor, waiting_minor) = (of(&accepted), of(&waiting));
        let (standing, to_invoice_minor) = to_invoice(due_minor, accepted_minor, waiting_minor);
        let first = first_day(conn, tenant, (partner, currency), (zone, now)).await?;
        let days = (first.min(today), today);
        lines.push(Line { currency, due_minor, accepted_minor, waiting_minor, to_invoice_minor, standing, days });
    }
    Ok(lines)
}

/// The day after the payout before `at`, or that on which the partner came.
pub async fn first_day(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (partner, currency): (&Partner, Currency),
    (zone, at): (&TimeZone, Timestamp),
) -> Answer<Date> {
    use payout::Column;
    let before = payout::Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::PartnerId.eq(partner.id))
        .filter(Column::Currency.eq(currency.code()))
        .filter(Column::State.ne(PayoutState::Failed))
        .filter(Column::CreatedAt.lt(at))
        .order_by_desc(Column::CreatedAt)
        .one(conn)
        .await?;
    Ok(match before {
        Some(before) => {
            let day = before.created_at.local_day(zone);
            day.tomorrow().unwrap_or(day)
        }
        None => partner.created_at.local_day(zone),
    })
}
