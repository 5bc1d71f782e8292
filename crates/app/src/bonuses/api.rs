//! Bonuses over HTTP.

use axum::{Json, extract::State};
use kernel::{Currency, Id, Money, Page, Refusal, Timestamp, id, paging::PageQuery};
use serde::{Deserialize, Serialize};

use super::{
    ahead::{self, Ahead},
    entity::{BonusState, bonus},
    store::{self, BonusFilter},
};
use crate::{
    App,
    identity::permissions::CanReadBalances,
    partners,
    plans::rules::{Conditions, Metric, Period},
    platform::{Answer, body::Params, labels::Wanted},
};

/// A threshold that a partner met in a period, and what it earned by it.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "bns_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "rule_id": "rul_01KAMX4S5T0000000000000000",
    "metric": "conversions", "period": "month", "period_start": "2026-10-31T23:00:00.000Z",
    "period_end": "2026-11-30T23:00:00.000Z", "threshold": 50, "reached": 61,
    "amount": {"minor": 10000, "currency": "EUR"}, "state": "standing", "given_at": "2026-11-22T09:30:00.000Z",
    "lock_at": "2026-12-06T23:00:00.000Z", "locked_at": null, "taken_back_at": null,
    "entry_id": "ent_01KAMX4S5T0000000000000000", "taken_back_entry_id": null
}))]
pub struct BonusOut {
    pub id: Id<id::Bonus>,
    pub offer_id: Id<id::Offer>,
    pub partner_id: Id<id::Partner>,
    pub rule_id: Id<id::PlanRule>,
    pub metric: Metric,
    pub period: Period,
    /// Absent where it counts for all time.
    pub period_start: Option<Timestamp>,
    /// When the next period begins.
    pub period_end: Option<Timestamp>,
    /// In the metric: a count, or minor units.
    pub threshold: i64,
    /// The figure now; of a bonus taken back, the one for which it was.
    pub reached: i64,
    pub amount: Money,
    pub state: BonusState,
    pub given_at: Timestamp,
    /// When it becomes payable.
    pub lock_at: Timestamp,
    pub locked_at: Option<Timestamp>,
    pub taken_back_at: Option<Timestamp>,
    pub entry_id: Id<id::BookEntry>,
    pub taken_back_entry_id: Option<Id<id::BookEntry>>,
}

impl BonusOut {
    fn of(row: bonus::Model) -> Self {
        let has_end = row.period() != Period::Total;
        Self {
            id: row.id,
            offer_id: row.offer_id,
            partner_id: row.partner_id,
            rule_id: row.rule_id,
            metric: row.metric(),
            period: row.period(),
            period_start: has_end.then_some(row.period_start),
            period_end: has_end.then_some(row.period_end),
            threshold: row.threshold,
            reached: row.reached,
            amount: row.amount(),
            state: row.state,
            given_at: row.given_at,
            lock_at: row.lock_at,
            locked_at: row.locked_at,
            taken_back_at: row.taken_back_at,
            entry_id: row.entry_id,
            taken_back_entry_id: row.taken_back_entry_id,
        }
    }
}

/// Bonuses that were given, newest first, those taken back among them. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/bonuses", tag = "payouts", params(BonusFilter, PageQuery),
    responses((status = 200, body = Page<BonusOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    Params(filter): Params<BonusFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<BonusOut>>> {
    let records = app.records.read();
    let rows = Page::from_rows(store::page(records, &actor, &filter, &page).await?, &page, |row| row.id);
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.offer_id))
        .with(rows.items.iter().map(|row| row.partner_id));
    Ok(Json(wanted.beside(rows.map(BonusOut::of), records, actor.tenant).await?))
}

/// A bonus that a partner can reach in the present period.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "offer_id": "ofr_01KAMX4S5T0000000000000000", "rule_id": "rul_01KAMX4S5T0000000000000000",
    "metric": "conversions", "period": "month", "period_start": "2026-10-31T23:00:00.000Z",
    "period_end": "2026-11-30T23:00:00.000Z", "threshold": 50, "reached": 37, "currency": "EUR",
    "amount": {"minor": 10000, "currency": "EUR"}, "is_met": false, "conditions": {"countries": ["DE"]}
}))]
pub struct BonusAhead {
    pub offer_id: Id<id::Offer>,
    pub rule_id: Id<id::PlanRule>,
    pub metric: Metric,
    pub period: Period,
    /// Absent where it counts for all time.
    pub period_start: Option<Timestamp>,
    /// When the next period begins.
    pub period_end: Option<Timestamp>,
    /// In the metric: a count, or minor units of `currency`.
    pub threshold: i64,
    pub reached: i64,
    /// The offer's.
    pub currency: Currency,
    pub amount: Money,
    /// Whether it was given already.
    pub is_met: bool,
    /// Which of the partner's conversions count.
    pub conditions: Conditions,
}

impl BonusAhead {
    fn of(one: Ahead) -> Self {
        let Ahead { place, until, offer, bonus, conditions, reached, is_met } = one;
        let has_end = place.period != Period::Total;
        Self {
            offer_id: place.offer,
            rule_id: place.rule,
            metric: place.metric,
            period: place.period,
            period_start: has_end.then_some(place.from),
            period_end: has_end.then_some(until),
            threshold: bonus.from,
            reached,
            currency: offer.currency(),
            amount: Money::new(bonus.minor, offer.currency()),
            is_met,
            conditions,
        }
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AheadFilter {
    /// Whose; a partner is asked about itself.
    pub partner_id: Option<Id<id::Partner>>,
}

/// The bonuses that a partner can reach now, on offers that it is enrolled on, and how far it has come in the present
/// period.
#[utoipa::path(
    get, path = "/v1/bonuses/ahead", tag = "payouts", params(AheadFilter),
    responses((status = 200, body = Page<BonusAhead>))
)]
pub async fn ahead(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    Params(filter): Params<AheadFilter>,
) -> Answer<Json<Page<BonusAhead>>> {
    let asked = filter.partner_id.or(actor.partner);
    let asked = asked.ok_or_else(|| Refusal::field("partner_id", "must name a partner"))?;
    actor.require_partner(asked)?;
    let records = app.records.read();
    let partner = partners::store::get(records, actor.tenant, asked).await?;
    let found = ahead::of(&app, actor.tenant, &partner).await?;
    let wanted = Wanted::default()
        .with(found.iter().map(|one| one.place.offer))
        .with(found.iter().filter_map(|one| one.conditions.goal_id));
    let shown = Page::whole(found.into_iter().map(BonusAhead::of).collect());
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}
