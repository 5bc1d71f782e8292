//! Agreeing on a placement, and changing what was agreed until it is done.

use jiff::civil::Date;
use kernel::{Id, Money, Tenant, id};
use sea_orm::{ConnectionTrait, EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::json;

use super::{
    decide::{self, load, save},
    model::{Entity, Model, PlacementKind, PlacementState},
    rules::{self, Pay, Step},
};
use crate::{
    App, currencies,
    identity::Actor,
    offers, partners,
    platform::{
        Answer,
        body::{TEXT_CHARS_MAX, long_text, optional_text, present, short_text},
    },
};

/// Longest words of what was agreed, and of a proof, in characters.
pub const WORDS_CHARS_MAX: usize = 2_000;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "partner_id": "prt_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000", "kind": "newsletter",
    "title": "First slot of the Sunday newsletter", "day": "2026-11-29", "fee": {"minor": 25000, "currency": "EUR"},
    "sample": null, "sample_cost": null, "terms": "40 000 readers, with the autumn creative"
}))]
#[serde(deny_unknown_fields)]
pub struct NewPlacement {
    pub partner_id: Id<id::Partner>,
    pub offer_id: Id<id::Offer>,
    pub kind: PlacementKind,
    pub title: String,
    /// When it is to be out.
    #[schema(value_type = String, format = Date)]
    pub day: String,
    /// What the partner is paid once it is accepted.
    pub fee: Option<Money>,
    /// A product that the partner gets, in the place of a fee or beside it.
    pub sample: Option<String>,
    /// What the sample costs us; the partner does not see it.
    pub sample_cost: Option<Money>,
    /// What was agreed; the partner reads it.
    pub terms: Option<String>,
}

/// What is left out stays as it is.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"day": "2026-12-06"}))]
#[serde(deny_unknown_fields)]
pub struct PlacementChange {
    pub title: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub day: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Money>)]
    pub fee: Option<Option<Money>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub sample: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Money>)]
    pub sample_cost: Option<Option<Money>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub terms: Option<Option<String>>,
}

pub async fn agree(app: &App, actor: &Actor, new: &NewPlacement) -> Answer<Model> {
    let title = short_text("title", &new.title, TEXT_CHARS_MAX)?;
    let day = rules::day("day", &new.day)?;
    let terms = words("terms", new.terms.as_deref())?;
    let sample = optional_text("sample", new.sample.as_deref(), TEXT_CHARS_MAX)?;
    let pay = rules::pay(new.fee, sample, new.sample_cost)?;
    let write = app.records.begin().await?;
    partners::store::get(&*write, actor.tenant, new.partner_id).await?;
    offers::store::get(&*write, actor.tenant, new.offer_id).await?;
    currencies::store::require_usable(&*write, actor.tenant, pay.currency).await?;
    let now = app.ambient.now();
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        partner_id: new.partner_id,
        offer_id: new.offer_id,
        kind: new.kind,
        title,
        day: day.to_string(),
        terms,
        currency: pay.currency.to_string(),
        fee_minor: pay.fee_minor,
        sample: pay.sample,
        sample_cost_minor: pay.sample_cost_minor,
        state: PlacementState::Agreed,
        proof_url: None,
        proof_note: None,
        proven_by: None,
        proven_at: None,
        decision_note: None,
        accepted_by: None,
        seconded_by: None,
        accepted_at: None,
        entry_id: None,
        returned_entry_id: None,
        created_by: actor.user,
        created_at: now,
        updated_at: now,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    decide::remember(app, &write, actor, "placement.agreed", None, &row).await?;
    write.commit().await?;
    Ok(row)
}

pub async fn change(app: &App, actor: &Actor, id: Id<id::Placement>, change: PlacementChange) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let before = load(&*write, actor, id).await?;
    rules::require(before.state, Step::Change)?;
    let mut row = before.clone();
    if let Some(title) = &change.title {
        row.title = short_text("title", title, TEXT_CHARS_MAX)?;
    }
    if let Some(day) = &change.day {
        row.day = rules::day("day", day).map(|day: Date| day.to_string())?;
    }
    if let Some(terms) = &change.terms {
        row.terms = words("terms", terms.as_deref())?;
    }
    repay(&*write, actor.tenant, &mut row, change).await?;
    row.updated_at = app.ambient.now();
    save(&*write, &row).await?;
    decide::remember(app, &write, actor, "placement.changed", Some(shown(&before)), &row).await?;
    write.commit().await?;
    Ok(row)
}

/// Puts what is paid anew where the change speaks of it.
async fn repay(conn: &impl ConnectionTrait, tenant: Tenant, row: &mut Model, change: PlacementChange) -> Answer<()> {
    let currency = row.currency();
    let stands = |minor: Option<i64>| minor.map(|minor| Money::new(minor, currency));
    let fee = change.fee.unwrap_or_else(|| stands(row.fee_minor));
    let sample_cost = change.sample_cost.unwrap_or_else(|| stands(row.sample_cost_minor));
    let sample = match change.sample {
        Some(sample) => optional_text("sample", sample.as_deref(), TEXT_CHARS_MAX)?,
        None => row.sample.clone(),
    };
    let Pay { currency, fee_minor, sample, sample_cost_minor } = rules::pay(fee, sample, sample_cost)?;
    currencies::store::require_usable(conn, tenant, currency).await?;
    row.currency = currency.to_string();
    (row.fee_minor, row.sample, row.sample_cost_minor) = (fee_minor, sample, sample_cost_minor);
    Ok(())
}

/// Words of several lines, or none.
pub fn words(field: &str, text: Option<&str>) -> Answer<Option<String>> {
    let text = text.filter(|text| !text.trim().is_empty());
    Ok(text.map(|text| long_text(field, text, WORDS_CHARS_MAX)).transpose()?)
}

/// What the audit log keeps of it.
pub fn shown(row: &Model) -> serde_json::Value {
    json!({
        "partner_id": row.partner_id, "offer_id": row.offer_id, "kind": row.kind, "title": row.title, "day": row.day,
        "currency": row.currency, "fee_minor": row.fee_minor, "sample": row.sample,
        "sample_cost_minor": row.sample_cost_minor, "state": row.state, "note": row.decision_note
    })
}
