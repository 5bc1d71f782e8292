//! Writing a cost down, putting another in its place, taking it out.

use kernel::{Id, Money, Refusal, RefusalCode, id};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    file,
    model::{ActiveModel, Column, CostCategory, Entity, Model},
    rules, store,
};
use crate::{
    App, advertisers,
    audit::{self, Change},
    currencies,
    identity::Actor,
    offers, partners,
    platform::{
        Answer, Problem, WriteTransaction,
        body::{TEXT_CHARS_MAX, optional_text},
    },
};

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "category": "ads", "date": "2026-11-20", "amount": {"minor": 12000, "currency": "EUR"}, "partner_id": null,
    "offer_id": "ofr_01KAMX4S5T0000000000000000", "advertiser_id": null, "note": "Retargeting of the autumn campaign"
}))]
#[serde(deny_unknown_fields)]
pub struct CostIn {
    pub category: CostCategory,
    /// A day such as `2026-11-20`, or a month such as `2026-11`, over whose days it is spread evenly.
    pub date: String,
    /// Below nought for what came back.
    pub amount: Money,
    pub partner_id: Option<Id<id::Partner>>,
    pub offer_id: Option<Id<id::Offer>>,
    /// The offer's advertiser, where an offer is named.
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub note: Option<String>,
}

pub async fn add(app: &App, actor: &Actor, cost: &CostIn) -> Answer<Model> {
    let write = app.records.begin().await?;
    let row = read(app, &*write, actor, cost).await?;
    insert(app, &write, actor, "programme_cost.added", &row, None).await?;
    write.commit().await?;
    Ok(row)
}

/// Takes a cost out and puts another in its place.
pub async fn replace(app: &App, actor: &Actor, id: Id<id::ProgrammeCost>, cost: &CostIn) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let old = standing(&*write, actor, id).await?;
    let row = Model { replaces: Some(old.id), ..read(app, &*write, actor, cost).await? };
    take_out(app, &*write, actor, &old, None).await?;
    insert(app, &write, actor, "programme_cost.changed", &row, Some(shown(&old))).await?;
    write.commit().await?;
    Ok(row)
}

/// Takes a cost out; it stays in the list of those taken out, with the note.
pub async fn remove(app: &App, actor: &Actor, id: Id<id::ProgrammeCost>, note: String) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let row = standing(&*write, actor, id).await?;
    take_out(app, &*write, actor, &row, Some(note.clone())).await?;
    let after = Some(json!({ "note": note }));
    let change =
        Change { action: "programme_cost.removed", subject: row.id.to_string(), before: Some(shown(&row)), after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    store::get(app.records.read(), actor.tenant, id).await
}

/// Takes every line of a file, or none.
pub async fn load_file(app: &App, actor: &Actor, text: &str) -> Answer<usize> {
    let costs = file::read(text)?;
    let hash = blake3::hash(text.trim().as_bytes()).to_hex().to_string();
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    require_new(&*write, actor, &hash).await?;
    for (line, cost) in &costs {
        let row = read(app, &*write, actor, cost).await.map_err(|problem| at_line(*line, problem))?;
        let row = Model { file_hash: Some(hash.clone()), ..row };
        Entity::insert(row.into_active_model()).exec_without_returning(&*write).await?;
    }
    let after = Some(json!({ "costs": costs.len(), "file_hash": hash }));
    let subject = actor.tenant.id().to_string();
    let change = Change { action: "programme_cost.file_loaded", subject, before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(costs.len())
}

/// What is wrong with a line, said of that line.
fn at_line(line: u64, problem: Problem) -> Problem {
    match problem {
        Problem::Refusal(refusal) => file::wrong_line(line, &refusal).into(),
        fault @ Problem::Fault(_) => fault,
    }
}

async fn require_new(conn: &impl ConnectionTrait, actor: &Actor, hash: &str) -> Answer<()> {
    let stands = Entity::find()
        .filter(Column::WorkspaceId.eq(actor.tenant.id()))
        .filter(Column::FileHash.eq(hash))
        .filter(Column::RemovedAt.is_null())
        .count(conn)
        .await?;
    if stands == 0 {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::AlreadyExists, "this very file was loaded already, and its costs count").into())
}

/// A row of what was said, once all that it names is known here.
async fn read(app: &App, conn: &impl ConnectionTrait, actor: &Actor, cost: &CostIn) -> Answer<Model> {
    let tenant = actor.tenant;
    let stretch = rules::stretch("date", &cost.date)?;
    rules::require_amount(cost.amount)?;
    let note = optional_text("note", cost.note.as_deref(), TEXT_CHARS_MAX)?;
    currencies::store::require_usable(conn, tenant, cost.amount.currency).await?;
    if let Some(partner) = cost.partner_id {
        partners::store::get(conn, tenant, partner).await?;
    }
    let mut advertiser_id = cost.advertiser_id;
    if let Some(offer) = cost.offer_id {
        let owner = offers::store::get(conn, tenant, offer).await?.advertiser_id;
        if advertiser_id.is_some_and(|named| named != owner) {
            return Err(Refusal::field("advertiser_id", "must be the advertiser of the offer").into());
        }
        advertiser_id = Some(owner);
    } else if let Some(advertiser) = advertiser_id {
        advertisers::store::get(conn, tenant, advertiser).await?;
    }
    Ok(Model {
        id: app.ambient.new_id(),
        workspace_id: tenant.id(),
        category: cost.category,
        day: stretch.day.to_string(),
        is_month: stretch.is_month,
        currency: cost.amount.currency.to_string(),
        amount_minor: cost.amount.minor,
        partner_id: cost.partner_id,
        offer_id: cost.offer_id,
        advertiser_id,
        note,
        file_hash: None,
        replaces: None,
        created_by: actor.user,
        created_at: app.ambient.now(),
        removed_at: None,
        removed_by: None,
        removal_note: None,
    })
}

async fn standing(conn: &impl ConnectionTrait, actor: &Actor, id: Id<id::ProgrammeCost>) -> Answer<Model> {
    let row = store::get(conn, actor.tenant, id).await?;
    if row.removed_at.is_some() {
        return Err(Refusal::new(RefusalCode::IllegalMove, "this cost was taken out already").into());
    }
    Ok(row)
}

async fn take_out(
    app: &App,
    conn: &impl ConnectionTrait,
    actor: &Actor,
    row: &Model,
    note: Option<String>,
) -> Answer<()> {
    let taken = ActiveModel {
        id: Set(row.id),
        removed_at: Set(Some(app.ambient.now())),
        removed_by: Set(Some(actor.user)),
        removal_note: Set(note),
        ..Default::default()
    };
    Entity::update(taken).exec_without_returning(conn).await?;
    Ok(())
}

async fn insert(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    action: &str,
    row: &Model,
    before: Option<Value>,
) -> Answer<()> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&**write).await?;
    let change = Change { action, subject: row.id.to_string(), before, after: Some(shown(row)) };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}

fn shown(row: &Model) -> Value {
    json!({
        "category": row.category, "day": row.day, "is_month": row.is_month, "currency": row.currency,
        "amount_minor": row.amount_minor, "partner_id": row.partner_id, "offer_id": row.offer_id,
        "advertiser_id": row.advertiser_id, "note": row.note, "replaces": row.replaces
    })
}
