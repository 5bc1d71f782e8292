//! Recruiters' shares over HTTP.

use std::collections::HashMap;

use axum::{Json, extract::State};
use kernel::{Decimal8, Id, Money, Page, Refusal, Timestamp, id, paging::PageQuery};
use serde::{Deserialize, Serialize};

use super::{
    entity::share,
    rules,
    store::{self, ShareFilter},
};
use crate::{
    App,
    identity::{Actor, permissions::CanReadBalances},
    partners::{self, recruiter},
    plans::rules::ShareBase,
    platform::{Answer, body::Params, labels::Wanted},
};

/// Of what a share is a part. Not shown to partners: it would tell what another partner earns.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "conversion_id": "cnv_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "recruited_id": "prt_01KAMX4S5T0000000000000000", "rule_id": "rul_01KAMX4S5T0000000000000000",
    "plan_version_id": "plv_01KAMX4S5T0000000000000000", "percent": "5", "of": "payout", "base_minor": 1000
}))]
pub struct ShareCause {
    pub conversion_id: Id<id::Conversion>,
    pub offer_id: Id<id::Offer>,
    pub recruited_id: Id<id::Partner>,
    pub rule_id: Id<id::PlanRule>,
    pub plan_version_id: Id<id::PlanVersion>,
    pub percent: Decimal8,
    pub of: ShareBase,
    pub base_minor: i64,
}

/// What a recruiter gets of one conversion of a partner that it recruited.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "rcs_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000",
    "recruited_name": "Blue Media", "level": 1, "amount": {"minor": 50, "currency": "EUR"},
    "given_at": "2026-11-22T09:30:00.000Z", "lock_at": "2026-12-06T23:00:00.000Z", "locked_at": null
}))]
pub struct RecruiterShareOut {
    pub id: Id<id::RecruiterShare>,
    /// The recruiter.
    pub partner_id: Id<id::Partner>,
    pub recruited_name: String,
    /// 1 where it recruited the partner itself.
    pub level: i32,
    /// What it is now; nought while the conversion is worth nothing.
    pub amount: Money,
    pub given_at: Timestamp,
    /// When it becomes payable: with the conversion.
    pub lock_at: Option<Timestamp>,
    pub locked_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<ShareCause>,
}

impl RecruiterShareOut {
    fn of(row: share::Model, recruited_name: String, actor: &Actor) -> Self {
        let cause = ShareCause {
            conversion_id: row.conversion_id,
            offer_id: row.offer_id,
            recruited_id: row.recruited_id,
            rule_id: row.rule_id,
            plan_version_id: row.plan_version_id,
            percent: row.percent(),
            of: rules::base_of(&row.base),
            base_minor: row.base_minor,
        };
        Self {
            id: row.id,
            partner_id: row.partner_id,
            recruited_name,
            level: row.level,
            amount: row.amount(),
            given_at: row.given_at,
            lock_at: row.lock_at,
            locked_at: row.locked_at,
            cause: actor.role.is_staff().then_some(cause),
        }
    }
}

/// Recruiters' shares, newest first. A partner sees its own, and of whom it recruited the name alone.
#[utoipa::path(
    get, path = "/v1/recruiter-shares", tag = "payouts", params(ShareFilter, PageQuery),
    responses((status = 200, body = Page<RecruiterShareOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    Params(filter): Params<ShareFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<RecruiterShareOut>>> {
    let records = app.records.read();
    let rows = Page::from_rows(store::page(records, &actor, &filter, &page).await?, &page, |row| row.id);
    let recruited = rows.items.iter().map(|row| row.recruited_id);
    let known = partners::store::get_many(records, actor.tenant, recruited).await?;
    let name = |partner| known.get(&partner).map(|row| row.name.clone()).unwrap_or_default();
    let by_staff = actor.role.is_staff();
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.partner_id))
        .with(rows.items.iter().filter(|_| by_staff).map(|row| row.offer_id));
    let shown = rows.map(|row| {
        let recruited = name(row.recruited_id);
        RecruiterShareOut::of(row, recruited, &actor)
    });
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RecruitFilter {
    /// Whose; a partner is asked about itself.
    pub partner_id: Option<Id<id::Partner>>,
}

impl RecruitFilter {
    fn asked(&self, actor: &Actor) -> Answer<Id<id::Partner>> {
        let asked = self.partner_id.or(actor.partner);
        let asked = asked.ok_or_else(|| Refusal::field("partner_id", "must name a partner"))?;
        actor.require_partner(asked)?;
        Ok(asked)
    }
}

/// A partner that was recruited, and what its conversions brought the recruiter.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "name": "Blue Media", "recruited_at": "2026-11-22T09:30:00.000Z", "brought": [{"minor": 50, "currency": "EUR"}]
}))]
pub struct RecruitOut {
    /// Not shown to partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<id::Partner>>,
    pub name: String,
    pub recruited_at: Option<Timestamp>,
    /// One amount for each currency.
    pub brought: Vec<Money>,
}

/// Those that a partner recruited itself, newest first.
#[utoipa::path(
    get, path = "/v1/recruits", tag = "partners", params(RecruitFilter),
    responses((status = 200, body = Page<RecruitOut>))
)]
pub async fn recruits(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    Params(filter): Params<RecruitFilter>,
) -> Answer<Json<Page<RecruitOut>>> {
    let (asked, records) = (filter.asked(&actor)?, app.records.read());
    partners::store::get(records, actor.tenant, asked).await?;
    let mut brought: HashMap<_, Vec<Money>> = HashMap::new();
    for one in store::brought(records, actor.tenant, asked).await? {
        let currency = one.currency.parse().map_err(anyhow::Error::new)?;
        brought.entry(one.recruited_id).or_default().push(Money::new(one.minor, currency));
    }
    let rows = store::recruits(records, actor.tenant, asked).await?;
    let shown = rows.into_iter().map(|row| RecruitOut {
        id: actor.role.is_staff().then_some(row.id),
        name: row.name,
        recruited_at: row.recruited_at,
        brought: brought.remove(&row.id).unwrap_or_default(),
    });
    Ok(Json(Page::whole(shown.collect())))
}

/// What a partner hands to those it brings.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"code": "01KAMX4S5T0000000000000000"}))]
pub struct RecruitingCode {
    /// Named as `recruiter_code` where a partner is made. It never changes.
    pub code: String,
}

/// A partner's recruiting code.
#[utoipa::path(
    get, path = "/v1/recruiting-code", tag = "partners", params(RecruitFilter),
    responses((status = 200, body = RecruitingCode))
)]
pub async fn code(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    Params(filter): Params<RecruitFilter>,
) -> Answer<Json<RecruitingCode>> {
    let asked = filter.asked(&actor)?;
    partners::store::get(app.records.read(), actor.tenant, asked).await?;
    Ok(Json(RecruitingCode { code: recruiter::code(asked) }))
}
