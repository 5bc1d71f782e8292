//! What a programme costs beside what partners earn, brought along to a question that asks for it: adjustments,
//! bonuses, recruiters' shares, placements, managers' bonuses, and the costs that were written down. Each is told in the
//! question's currency by the rate of its day; one without a rate stays in its own, for a column of its own.

use std::collections::{BTreeMap, HashMap, HashSet};

use events::question::{
    Question,
    costs::{COSTS_MAX, Cost, CostKind, Costs},
};
use jiff::{civil::Date, tz::TimeZone};
use kernel::{Currency, Id, Money, Refusal, RefusalCode, Tenant, Timestamp, id, time::HOUR_MS};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use crate::{
    App,
    adjustments::entity::adjustment,
    bonuses, currencies, manager_bonuses, offers,
    placements::model::{self as placement, PlacementState},
    platform::Answer,
    programme_costs::{
        self,
        model::{self as programme_cost, CostCategory},
        rules::by_day,
    },
    recruitment,
    results::model::Month,
};

/// A day's costs stand at its noon, which lies within the day in every zone.
const NOON_MS: i64 = 12 * HOUR_MS;

/// A cost as the records have it.
struct Found {
    day: Date,
    kind: CostKind,
    partner: Option<Id<id::Partner>>,
    offer: Option<Id<id::Offer>>,
    advertiser: Option<Id<id::Advertiser>>,
    amount: Money,
}

/// The costs of the question's stretch, where it asks for any.
pub async fn bring(app: &App, question: &mut Question) -> Answer<()> {
    if !question.asks_costs() {
        return Ok(());
    }
    let (conn, tenant) = (app.records.read(), question.tenant);
    let zone = question.period.zone.clone();
    let first = question.period.previous.unwrap_or(question.period.window).from;
    let last = question.period.window.to;
    let (from, to) = (Timestamp::from_millis(first), Timestamp::from_millis(last));
    let days = (from.local_day(&zone), Timestamp::from_millis(last - 1).local_day(&zone));
    let mut found = adjusted(conn, tenant, (from, to), question.as_of, &zone).await?;
    found.extend(reached(conn, tenant, (from, to), question.as_of, &zone).await?);
    found.extend(recruited(conn, tenant, (from, to), question.as_of, &zone).await?);
    found.extend(placed(conn, tenant, days, question.as_of).await?);
    found.extend(written_down(conn, tenant, days, question.as_of).await?);
    found.extend(of_managers(conn, tenant, days, question.as_of).await?);
    if found.len() > COSTS_MAX {
        let message = format!("the time holds more than {COSTS_MAX} costs; ask for a shorter one");
        return Err(Refusal::new(RefusalCode::BadParameter, message).into());
    }
    question.costs = converted(conn, tenant, question.currency, &zone, found).await?;
    Ok(())
}

/// Bonuses, corrections and clawbacks that were booked in between.
async fn adjusted(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (from, to): (Timestamp, Timestamp),
    at: Option<Timestamp>,
    zone: &TimeZone,
) -> Answer<Vec<Found>> {
    use adjustment::Column;
    let within = |column: Column| Condition::all().add(column.gte(from)).add(column.lt(to));
    let alone = within(Column::RequestedAt).add(Column::DecidedAt.is_null());
    let rows = adjustment::Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::EntryId.is_not_null())
        .filter(Condition::any().add(alone).add(within(Column::DecidedAt)))
        .all(conn)
        .await?;
    let booked = rows.into_iter().map(|row| (row.decided_at.unwrap_or(row.requested_at), row));
    let told = booked.filter(|(moment, _)| at.is_none_or(|at| *moment <= at));
    Ok(told
        .map(|(moment, row)| Found {
            day: moment.local_day(zone),
            kind: CostKind::Bonus,
            partner: Some(row.partner_id),
            offer: None,
            advertiser: None,
            amount: Money::new(row.amount_minor, row.currency()),
        })
        .collect())
}

/// Bonuses for thresholds that were met: on the day on which each was given, and off on the day it was taken back.
async fn reached(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (from, to): (Timestamp, Timestamp),
    at: Option<Timestamp>,
    zone: &TimeZone,
) -> Answer<Vec<Found>> {
    let is_told = |moment: Timestamp| from <= moment && moment < to && at.is_none_or(|at| moment <= at);
    let mut found = Vec::new();
    for row in bonuses::store::between(conn, tenant, (from, to)).await? {
        let taken_back = row.taken_back_at.map(|moment| (moment, -row.amount_minor));
        let booked = [Some((row.given_at, row.amount_minor)), taken_back].into_iter().flatten();
        found.extend(booked.filter(|(moment, _)| is_told(*moment)).map(|(moment, minor)| Found {
            day: moment.local_day(zone),
            kind: CostKind::Bonus,
            partner: Some(row.partner_id),
            offer: Some(row.offer_id),
            advertiser: Some(row.advertiser_id),
            amount: Money::new(minor, row.currency()),
        }));
    }
    Ok(found)
}

/// Recruiters' shares as they stand, on the day on which each was given; those of a day are one cost.
async fn recruited(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (from, to): (Timestamp, Timestamp),
    at: Option<Timestamp>,
    zone: &TimeZone,
) -> Answer<Vec<Found>> {
    let mut sums: BTreeMap<_, i64> = BTreeMap::new();
    let rows = recruitment::store::between(conn, tenant, (from, to)).await?;
    for row in rows.into_iter().filter(|row| row.amount_minor != 0 && at.is_none_or(|at| row.given_at <= at)) {
        let day = row.given_at.local_day(zone);
        *sums.entry((day, row.partner_id, row.offer_id, row.advertiser_id, row.currency())).or_default() +=
            row.amount_minor;
    }
    let told = sums.into_iter().map(|((day, partner, offer, advertiser, currency), minor)| Found {
        day,
        kind: CostKind::Bonus,
        partner: Some(partner),
        offer: Some(offer),
        advertiser: Some(advertiser),
        amount: Money::new(minor, currency),
    });
    Ok(told.collect())
}

/// Fees and samples of accepted placements.
async fn placed(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (from, to): (Date, Date),
    at: Option<Timestamp>,
) -> Answer<Vec<Found>> {
    use placement::Column;
    let rows = placement::Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::AcceptedAt.is_not_null())
        .filter(Column::Day.gte(from.to_string()))
        .filter(Column::Day.lte(to.to_string()))
        .all(conn)
        .await?;
    let rows: Vec<_> = rows.into_iter().filter(|row| stood(row, at)).collect();
    let offers = offers::store::get_many(conn, tenant, rows.iter().map(|row| row.offer_id)).await?;
    let mut found = Vec::new();
    for row in rows {
        let minor = row.fee_minor.unwrap_or_default() + row.sample_cost_minor.unwrap_or_default();
        found.push(Found {
            day: row.day.parse::<Date>().map_err(anyhow::Error::from)?,
            kind: CostKind::Placement,
            partner: Some(row.partner_id),
            offer: Some(row.offer_id),
            advertiser: offers.get(&row.offer_id).map(|offer| offer.advertiser_id),
            amount: Money::new(minor, row.currency()),
        });
    }
    Ok(found)
}

/// Whether a placement was accepted and not called off, now or at a moment.
fn stood(row: &placement::Model, at: Option<Timestamp>) -> bool {
    let is_cancelled = row.state == PlacementState::Cancelled;
    match at {
        None => !is_cancelled,
        Some(at) => row.accepted_at.is_some_and(|accepted| accepted <= at) && !(is_cancelled && row.updated_at <= at),
    }
}

/// Fees, ads, salaries, tools.
async fn written_down(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (from, to): (Date, Date),
    at: Option<Timestamp>,
) -> Answer<Vec<Found>> {
    let rows = programme_costs::store::between(conn, tenant, (from, to), at).await?;
    let mut found = Vec::new();
    for row in rows {
        let first = row.day.parse::<Date>().map_err(anyhow::Error::from)?;
        let days = by_day(first, row.is_month, row.amount_minor).into_iter();
        found.extend(days.filter(|(day, minor)| (from..=to).contains(day) && *minor != 0).map(|(day, minor)| Found {
            day,
            kind: kind_of(&row),
            partner: row.partner_id,
            offer: row.offer_id,
            advertiser: row.advertiser_id,
            amount: Money::new(minor, row.currency()),
        }));
    }
    Ok(found)
}

/// Bonuses of managers, on the last day of their month.
async fn of_managers(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    days: (Date, Date),
    at: Option<Timestamp>,
) -> Answer<Vec<Found>> {
    let mut found = Vec::new();
    for row in manager_bonuses::close::between(conn, tenant, days).await? {
        let day = row.month.parse::<Month>()?.last_day();
        let counts = (days.0..=days.1).contains(&day) && row.amount_minor != 0;
        if counts && at.is_none_or(|at| row.closed_at <= at) {
            let amount = Money::new(row.amount_minor, row.currency());
            found.push(Found { day, kind: CostKind::Other, partner: None, offer: None, advertiser: None, amount });
        }
    }
    Ok(found)
}

fn kind_of(row: &programme_cost::Model) -> CostKind {
    if row.category == CostCategory::Fees { CostKind::Fee } else { CostKind::Other }
}

/// Told in one currency where the day has a rate.
async fn converted(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    into: Currency,
    zone: &TimeZone,
    found: Vec<Found>,
) -> Answer<Costs> {
    let named: HashSet<Currency> = found.iter().map(|cost| cost.amount.currency).chain([into]).collect();
    let days: HashSet<Date> = found.iter().map(|cost| cost.day).collect();
    let rates = currencies::store::rates(conn, tenant, &named, &days).await?;
    let noons: HashMap<Date, i64> =
        days.into_iter().map(|day| (day, Timestamp::start_of_day(day, zone).millis() + NOON_MS)).collect();
    let cost = |cost: Found| {
        let Money { minor, currency } =
            rates.convert(cost.amount, into, cost.day).map_or(cost.amount, |(money, _)| money);
        Cost {
            at_ms: noons[&cost.day],
            kind: cost.kind,
            partner: cost.partner.map_or(0, Id::as_u128),
            offer: cost.offer.map_or(0, Id::as_u128),
            advertiser: cost.advertiser.map_or(0, Id::as_u128),
            currency,
            minor,
        }
    };
    Ok(Costs::new(found.into_iter().map(cost).collect()))
}
