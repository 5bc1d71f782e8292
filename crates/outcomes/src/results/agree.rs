//! What is agreed: how net revenue is worked out with an advertiser, and what share of it partners have.

use kernel::{Currency, Decimal8, Id, Refusal, RefusalCode, id};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::{formula, terms},
    model::{CarryRule, FormulaTerm, FormulaTerms, Month, ShareTier, ShareTierMode, ShareTiers},
    rules::{formula as net_revenue, share},
    store,
};
use crate::{
    App, advertisers,
    audit::{self, Change},
    identity::Actor,
    offers::rules::within,
    partners,
    platform::{
        Answer,
        body::{TEXT_CHARS_MAX, optional_text},
    },
};

const CLOSE_AFTER_DAYS_MAX: i32 = 60;
const HOLD_DAYS_DEFAULT: i32 = 14;
const HIGH_ROLLER_MAX: i64 = 1_000_000_000_000_000;

/// A formula to be.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "currency": "EUR", "close_after_days": 5,
    "terms": [
        {"percent": "100", "plus": ["bets"], "minus": ["wins", "bonus"]},
        {"percent": "-20", "plus": ["bets"], "minus": ["wins"]},
        {"percent": "-100", "plus": ["fees", "chargeback"]}
    ]
}))]
pub struct NewFormula {
    /// In which the advertiser reports; it cannot change later.
    pub currency: Currency,
    pub terms: Vec<FormulaTerm>,
    /// Days after its end on which a month is closed by itself: 0 to 60. Absent: people close it.
    #[serde(default)]
    pub close_after_days: Option<i32>,
}

/// Agrees on a formula, for the months that are closed from now on.
pub async fn set_formula(
    app: &App,
    actor: &Actor,
    advertiser: Id<id::Advertiser>,
    new: NewFormula,
) -> Answer<formula::Model> {
    net_revenue::check(&new.terms)?;
    if new.currency.decimals().is_none() {
        return Err(Refusal::new(RefusalCode::BadCurrency, "the currency is not known").into());
    }
    if let Some(days) = new.close_after_days {
        within("close_after_days", days, 0, CLOSE_AFTER_DAYS_MAX)?;
    }
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let advertiser = advertisers::store::get(&*write, actor.tenant, advertiser).await?;
    let before = store::formula(&*write, actor.tenant, advertiser.id).await?;
    if before.as_ref().is_some_and(|before| before.currency() != new.currency) {
        return Err(Refusal::field("currency", "cannot change: what was reported is in the one agreed first").into());
    }
    let row = formula::Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        advertiser_id: advertiser.id,
        version: before.as_ref().map_or(0, |before| before.version) + 1,
        currency: new.currency.to_string(),
        terms: FormulaTerms(new.terms),
        close_after_days: new.close_after_days,
        created_by: actor.user,
        created_at: app.ambient.now(),
    };
    formula::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let told = |row: &formula::Model| {
        json!({
            "version": row.version, "currency": row.currency, "formula": net_revenue::words(&row.terms.0),
            "close_after_days": row.close_after_days
        })
    };
    let (before, after) = (before.as_ref().map(told), Some(told(&row)));
    let change = Change { action: "net_revenue.agreed", subject: advertiser.id.to_string(), before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

/// Terms to be.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "advertiser_id": "adv_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000",
    "starts_month": "2026-11", "tiers": [{"percent": "30"}, {"from_minor": 5000000, "percent": "35"}],
    "tier_mode": "whole", "carry": "carry", "high_roller_minor": 1000000, "charge_percent": "45", "hold_days": 14
}))]
pub struct NewTerms {
    pub advertiser_id: Id<id::Advertiser>,
    /// Absent for a group or everyone.
    #[serde(default)]
    pub partner_id: Option<Id<id::Partner>>,
    #[serde(default)]
    pub partner_group: Option<String>,
    /// The first month for which they hold; it must not be closed.
    pub starts_month: Month,
    /// Rising from nought; one tier with 0 per cent ends a deal.
    pub tiers: Vec<ShareTier>,
    #[serde(default)]
    pub tier_mode: ShareTierMode,
    #[serde(default)]
    pub carry: CarryRule,
    /// With `carry_months`: 1 to 36.
    #[serde(default)]
    pub carry_months: i32,
    /// A customer who wins more than this in a month (minor units) is kept apart on an account of its own.
    #[serde(default)]
    pub high_roller_minor: Option<i64>,
    /// What the advertiser is charged of the same base; nothing where absent.
    #[serde(default)]
    pub charge_percent: Option<Decimal8>,
    /// From the close until it is payable: 0 to 365, 14 unless said.
    #[serde(default)]
    pub hold_days: Option<i32>,
}

/// Agrees on terms from a month on.
pub async fn add_terms(app: &App, actor: &Actor, new: NewTerms) -> Answer<terms::Model> {
    check(&new)?;
    let partner_group = optional_text("partner_group", new.partner_group.as_deref(), TEXT_CHARS_MAX)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let advertiser = advertisers::store::get(&*write, actor.tenant, new.advertiser_id).await?;
    if let Some(partner) = new.partner_id {
        partners::store::get(&*write, actor.tenant, partner).await?;
    }
    if store::formula(&*write, actor.tenant, advertiser.id).await?.is_none() {
        return Err(Refusal::field("advertiser_id", "has no formula of net revenue yet; agree on one first").into());
    }
    let last = store::last_closed(&*write, actor.tenant, advertiser.id).await?;
    if let Some(last) = last.filter(|last| new.starts_month <= *last) {
        let message = format!("{last} is closed; terms can begin with {}", last.next());
        return Err(Refusal::new(RefusalCode::MonthClosed, message).into());
    }
    let row = terms::Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        advertiser_id: advertiser.id,
        partner_id: new.partner_id,
        partner_group,
        starts_month: new.starts_month.to_string(),
        tiers: ShareTiers(new.tiers),
        tier_mode: new.tier_mode,
        carry: new.carry,
        carry_months: if new.carry == CarryRule::CarryMonths { new.carry_months } else { 0 },
        high_roller_minor: new.high_roller_minor,
        charge_percent_e8: new.charge_percent.map(Decimal8::raw),
        hold_days: new.hold_days.unwrap_or(HOLD_DAYS_DEFAULT),
        created_by: actor.user,
        created_at: app.ambient.now(),
    };
    terms::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let after = json!({
        "advertiser_id": row.advertiser_id, "partner_id": row.partner_id, "partner_group": row.partner_group,
        "starts_month": row.starts_month, "tiers": row.tiers, "tier_mode": row.tier_mode, "carry": row.carry,
        "carry_months": row.carry_months, "high_roller_minor": row.high_roller_minor,
        "charge_percent": new.charge_percent, "hold_days": row.hold_days
    });
    let action = "revenue_share.agreed";
    let change = Change { action, subject: row.id.to_string(), before: None, after: Some(after) };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

fn check(new: &NewTerms) -> Result<(), Refusal> {
    share::check_tiers(&new.tiers)?;
    if new.partner_id.is_some() && new.partner_group.is_some() {
        return Err(Refusal::field("partner_group", "must be absent where one partner is named"));
    }
    if new.carry == CarryRule::CarryMonths {
        within("carry_months", new.carry_months, 1, share::CARRY_MONTHS_MAX)?;
    }
    if new.high_roller_minor.is_some_and(|minor| !(1..=HIGH_ROLLER_MAX).contains(&minor)) {
        return Err(Refusal::field("high_roller_minor", "must be above nought"));
    }
    if let Some(percent) = new.charge_percent {
        share::check_percent("charge_percent", percent)?;
    }
    new.hold_days.map_or(Ok(()), |days| within("hold_days", days, 0, share::HOLD_DAYS_MAX).map(drop))
}
