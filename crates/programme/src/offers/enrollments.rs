//! Who may promote an offer: requests by partners, decisions by managers.

use std::collections::HashMap;

use kernel::{Id, Refusal, RefusalCode, Tenant, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, entity::prelude::*};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::{
        enrollment::{ActiveModel, Column, Entity, Model},
        offer,
    },
    rules::{move_enrollment, word},
    store,
    terms::{ApprovedTraffic, ApprovedTrafficTypes, EnrollmentState, Visibility},
    terms_in::note,
};
use crate::{
    App,
    audit::{self, Change},
    identity::{Actor, Role},
    news::{self, RouteNews},
    partners,
    platform::{Answer, WriteTransaction, body::present, columns::require_few, listing::newest_first},
};

/// An enrollment to be. A manager's is approved at once; a partner's too where the offer is public, else requested.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "offer_id": "ofr_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000",
    "source": "a blog about rivers", "volume": "2,000 visitors a day"
}))]
pub struct NewEnrollment {
    pub offer_id: Id<id::Offer>,
    /// A partner's member may leave it out.
    pub partner_id: Option<Id<id::Partner>>,
    /// Where the traffic is to come from.
    pub source: Option<String>,
    pub volume: Option<String>,
    /// Creatives asked for.
    pub creatives: Option<String>,
    /// Types the offer allows by approval only. Only a manager may give them.
    #[serde(default)]
    pub approved_traffic_types: Vec<ApprovedTraffic>,
}

/// Enrolls a partner, or asks for it.
pub async fn create(app: &App, actor: &Actor, new: NewEnrollment) -> Answer<Model> {
    let write = app.records.begin().await?;
    let row = put(app, &*write, actor, new).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Enrollment(row.id)]).await?;
    Ok(row)
}

/// As [`create`], in the caller's transaction; the caller tells the edge.
pub async fn put(app: &App, conn: &impl ConnectionTrait, actor: &Actor, new: NewEnrollment) -> Answer<Model> {
    let Ends { offer, partner } = ends(conn, actor, new.offer_id, new.partner_id).await?;
    let by_partner = actor.role == Role::Partner;
    let waits = by_partner && offer.visibility != Visibility::Public;
    let state = if waits { EnrollmentState::Requested } else { EnrollmentState::Approved };
    let types = if by_partner { ApprovedTrafficTypes::default() } else { types(&new.approved_traffic_types)? };
    let known = store::enrollment_of(conn, actor.tenant, offer.id, partner.id).await?;
    require_reopening(known.as_ref())?;
    let now = app.ambient.now();
    let row = Model {
        id: known.as_ref().map_or_else(|| app.ambient.new_id(), |known| known.id),
        workspace_id: actor.tenant.id(),
        offer_id: offer.id,
        partner_id: partner.id,
        state,
        reason: None,
        approved_traffic_types: types,
        source: note("source", new.source.as_deref())?,
        volume: note("volume", new.volume.as_deref())?,
        creatives: note("creatives", new.creatives.as_deref())?,
        created_at: known.as_ref().map_or(now, |known| known.created_at),
        decided_at: (!waits).then_some(now),
        decided_by: (!waits).then_some(actor.user),
    };
    write_row(conn, known.as_ref(), &row).await?;
    remember(app, conn, actor, "enrollment.created", (known.as_ref(), &row)).await?;
    Ok(row)
}

/// What a link or an enrollment joins.
pub struct Ends {
    pub offer: offer::Model,
    pub partner: partners::model::Model,
}

/// The offer, where the actor may see it, and the partner: a partner's member acts only for its own.
pub async fn ends(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    offer: Id<id::Offer>,
    partner: Option<Id<id::Partner>>,
) -> Answer<Ends> {
    let partner = partner.or(actor.partner).ok_or_else(|| Refusal::field("partner_id", "must name a partner"))?;
    actor.require_partner(partner)?;
    let offer = store::get_visible(conn, actor, offer).await?;
    Ok(Ends { offer, partner: partners::store::get(conn, actor.tenant, partner).await? })
}

fn require_reopening(known: Option<&Model>) -> Result<(), Refusal> {
    let reopens = |known: &Model| matches!(known.state, EnrollmentState::Ended | EnrollmentState::Rejected);
    if known.is_none_or(reopens) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::AlreadyExists, "this partner has an enrollment on this offer already"))
}

fn types(wanted: &[ApprovedTraffic]) -> Result<ApprovedTrafficTypes, Refusal> {
    require_few("approved_traffic_types", wanted.len())?;
    let checked = |approved: &ApprovedTraffic| {
        let traffic_type = word("approved_traffic_types", &approved.traffic_type)?;
        Ok(ApprovedTraffic { traffic_type, proof: note("approved_traffic_types", approved.proof.as_deref())? })
    };
    wanted.iter().map(checked).collect::<Result<_, Refusal>>().map(ApprovedTrafficTypes)
}

async fn write_row(conn: &impl ConnectionTrait, known: Option<&Model>, row: &Model) -> Result<(), DbErr> {
    let active: ActiveModel = row.clone().into_active_model();
    match known {
        Some(_) => Entity::update(active.reset_all()).exec_without_returning(conn).await.map(drop),
        None => Entity::insert(active).exec_without_returning(conn).await.map(drop),
    }
}

/// A manager's decision; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"state": "rejected", "reason": "no traffic of this kind is wanted"}))]
pub struct EnrollmentChange {
    pub state: Option<EnrollmentState>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub reason: Option<Option<String>>,
    pub approved_traffic_types: Option<Vec<ApprovedTraffic>>,
}

/// Approves, rejects, pauses or ends an enrollment.
pub async fn update(
    app: &App,
    actor: &Actor,
    enrollment: Id<id::Enrollment>,
    wanted: EnrollmentChange,
) -> Answer<Model> {
    let write = app.records.begin().await?;
    let before = get(&*write, actor, enrollment).await?;
    let mut row = before.clone();
    if let Some(state) = wanted.state.filter(|&state| state != before.state) {
        row.state = move_enrollment(before.state, state)?;
        row.reason = None;
        row.decided_at = Some(app.ambient.now());
        row.decided_by = Some(actor.user);
    }
    if let Some(reason) = &wanted.reason {
        row.reason = note("reason", reason.as_deref())?;
    }
    if let Some(wanted) = &wanted.approved_traffic_types {
        row.approved_traffic_types = types(wanted)?;
    }
    write_row(&*write, Some(&before), &row).await?;
    finish(app, actor, write, "enrollment.updated", Some(&before), &row).await?;
    Ok(row)
}

async fn finish(
    app: &App,
    actor: &Actor,
    write: WriteTransaction,
    action: &str,
    before: Option<&Model>,
    row: &Model,
) -> Answer<()> {
    remember(app, &*write, actor, action, (before, row)).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Enrollment(row.id)]).await
}

async fn remember(
    app: &App,
    conn: &impl ConnectionTrait,
    actor: &Actor,
    action: &str,
    (before, after): (Option<&Model>, &Model),
) -> Answer<()> {
    let told = |row: &Model| {
        json!({
            "offer_id": row.offer_id, "partner_id": row.partner_id, "state": row.state, "reason": row.reason,
            "approved_traffic_types": row.approved_traffic_types
        })
    };
    let change = Change { action, subject: after.id.to_string(), before: before.map(told), after: Some(told(after)) };
    Ok(audit::record(conn, &app.ambient, actor, change).await?)
}

/// One enrollment that the actor may see, or 404.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, enrollment: Id<id::Enrollment>) -> Answer<Model> {
    let mine = Column::WorkspaceId.eq(actor.tenant.id()).and(Column::Id.eq(enrollment));
    let row = Entity::find().filter(mine).one(conn).await?;
    let row = row.filter(|row| actor.require_partner(row.partner_id).is_ok());
    row.ok_or_else(|| Refusal::not_found("enrollment").into())
}

/// The enrollments between several offers and partners, for a batch of decisions.
pub async fn get_many(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    offers: impl IntoIterator<Item = Id<id::Offer>>,
    partners: impl IntoIterator<Item = Id<id::Partner>>,
) -> Result<HashMap<(Id<id::Offer>, Id<id::Partner>), Model>, DbErr> {
    let mine =
        Column::WorkspaceId.eq(tenant.id()).and(Column::OfferId.is_in(offers)).and(Column::PartnerId.is_in(partners));
    let rows = Entity::find().filter(mine).all(conn).await?;
    Ok(rows.into_iter().map(|row| ((row.offer_id, row.partner_id), row)).collect())
}

/// Which enrollments a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EnrollmentFilter {
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub state: Option<EnrollmentState>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &EnrollmentFilter,
    page: &PageQuery,
) -> Answer<Vec<Model>> {
    let wanted = [
        actor.partner.map(|partner| Column::PartnerId.eq(partner)),
        filter.offer_id.map(|offer| Column::OfferId.eq(offer)),
        filter.partner_id.map(|partner| Column::PartnerId.eq(partner)),
        filter.state.map(|state| Column::State.eq(state)),
    ];
    let mine = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    let select = wanted.into_iter().flatten().fold(mine, |select, wish| select.filter(wish));
    newest_first::<_, id::Enrollment>(conn, select, Column::Id, page).await
}
