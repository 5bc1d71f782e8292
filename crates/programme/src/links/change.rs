//! Making and changing links.

use std::collections::BTreeMap;

use kernel::{Id, Refusal, RefusalCode, id, targeting::TargetingCondition};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    model::{Column, Entity, LinkState, Model},
    slug, store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::{Actor, Role},
    news::{self, RouteNews},
    offers::{
        self,
        enrollments::{Ends, ends},
        entity::offer,
        rules::{TRAFFIC_UNSPECIFIED, may_send, word},
        targeting::Targeting,
    },
    partners::{self, model::PartnerState},
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, optional_text, present},
        columns::TextMap,
        external_refs::{self, Named, RefKind},
    },
};

/// Draws of a slug before giving up: a clash is one in a million with a million links.
const DRAWS_MAX: usize = 8;

/// A link to be.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "offer_id": "ofr_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000",
    "traffic_type": "seo", "name": "Footer banner"
}))]
pub struct NewLink {
    pub offer_id: Id<id::Offer>,
    /// A partner's member may leave it out.
    pub partner_id: Option<Id<id::Partner>>,
    /// The offer's first landing page unless said.
    pub landing_id: Option<Id<id::Landing>>,
    /// What kind of traffic it will carry, such as `seo`, `push` or `social_ads`.
    pub traffic_type: Option<String>,
    pub name: Option<String>,
    /// What other systems call it, by system: `{"keitaro": "QqXk3D"}`.
    #[serde(default)]
    pub external_refs: BTreeMap<String, String>,
    /// Who may come through, beside the offer's conditions. Only staff set it.
    #[serde(default)]
    pub targeting: Vec<TargetingCondition>,
}

/// Makes a link where the partner is enrolled and may send that traffic.
pub async fn create(app: &App, actor: &Actor, new: NewLink) -> Answer<Model> {
    let write = app.records.begin().await?;
    let row = put(app, &*write, actor, new).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Link(row.id)]).await?;
    Ok(row)
}

/// As [`create`], in the caller's transaction; the caller tells the edge.
pub async fn put(app: &App, conn: &impl ConnectionTrait, actor: &Actor, new: NewLink) -> Answer<Model> {
    let row = insert(app, conn, actor, new).await?;
    remember(app, conn, actor, "link.created", (None, &row)).await?;
    Ok(row)
}

/// As [`put`], within a change that says itself what it did.
pub(super) async fn insert(app: &App, conn: &impl ConnectionTrait, actor: &Actor, new: NewLink) -> Answer<Model> {
    let traffic_type = traffic_type(new.traffic_type.as_deref())?;
    let Ends { offer, partner } = ends(conn, actor, new.offer_id, new.partner_id).await?;
    require_active(&partner)?;
    require_enrolled(conn, &offer, actor, partner.id, &traffic_type).await?;
    require_landing(conn, actor, offer.id, new.landing_id).await?;
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        offer_id: offer.id,
        partner_id: partner.id,
        landing_id: new.landing_id,
        creative_id: None,
        slug: free_slug(app, conn).await?,
        traffic_type,
        targeting: targeting(conn, actor, &new.targeting).await?,
        name: optional_text("name", new.name.as_deref(), TEXT_CHARS_MAX)?,
        state: LinkState::Active,
        created_by: Some(actor.membership),
        created_at: app.ambient.now(),
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(conn).await?;
    put_refs(conn, actor, row.id, &new.external_refs).await?;
    Ok(row)
}

/// A partner's link may be narrowed by staff alone: what keeps a bad source out is not the partner's to lift.
async fn targeting(conn: &impl ConnectionTrait, actor: &Actor, wanted: &[TargetingCondition]) -> Answer<Targeting> {
    if wanted.is_empty() {
        return Ok(Targeting::default());
    }
    require_staff(actor)?;
    offers::targeting::checked(conn, actor.tenant, wanted).await
}

fn require_staff(actor: &Actor) -> Result<(), Refusal> {
    if actor.role != Role::Partner {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::NotPermitted, "your role may not set a link's targeting"))
}

pub(super) fn traffic_type(text: Option<&str>) -> Result<String, Refusal> {
    text.map_or_else(|| Ok(TRAFFIC_UNSPECIFIED.to_owned()), |text| word("traffic_type", text))
}

async fn free_slug(app: &App, conn: &impl ConnectionTrait) -> Answer<String> {
    for _ in 0..DRAWS_MAX {
        let slug = slug::draw(&app.ambient);
        if Entity::find().filter(Column::Slug.eq(&slug)).one(conn).await?.is_none() {
            return Ok(slug);
        }
    }
    Err(anyhow::anyhow!("{DRAWS_MAX} random slugs were all taken").into())
}

fn require_active(partner: &partners::model::Model) -> Result<(), Refusal> {
    if partner.state == PartnerState::Active {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::IllegalMove, "only an active partner's links can be made"))
}

async fn require_enrolled(
    conn: &impl ConnectionTrait,
    offer: &offer::Model,
    actor: &Actor,
    partner: Id<id::Partner>,
    traffic_type: &str,
) -> Answer<()> {
    let enrollment = offers::store::enrollment_of(conn, actor.tenant, offer.id, partner).await?;
    let open = enrollment.filter(|enrollment| enrollment.state.is_open());
    let enrollment = open.ok_or_else(|| {
        Refusal::new(RefusalCode::NotEnrolled, "this partner has no approved enrollment on this offer")
    })?;
    let is_approved = enrollment.approved_traffic_types.holds(traffic_type);
    Ok(may_send(offer.traffic_rules.rule(traffic_type), is_approved, traffic_type)?)
}

async fn require_landing(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    offer: Id<id::Offer>,
    landing: Option<Id<id::Landing>>,
) -> Answer<()> {
    let Some(landing) = landing else { return Ok(()) };
    let landings = offers::store::landings_of(conn, actor.tenant, [offer]).await?;
    let known = landings.values().flatten().any(|known| known.id == landing);
    if known { Ok(()) } else { Err(Refusal::not_found("landing page").into()) }
}

/// What is to change in a link; what is absent stays. Its offer and partner never change.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"state": "archived"}))]
pub struct LinkChange {
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub name: Option<Option<String>>,
    pub state: Option<LinkState>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<id::Landing>)]
    pub landing_id: Option<Option<Id<id::Landing>>>,
    pub traffic_type: Option<String>,
    /// What other systems call it, by system, in place of all it was called. For staff.
    pub external_refs: Option<BTreeMap<String, String>>,
    /// Only staff change it.
    pub targeting: Option<Vec<TargetingCondition>>,
}

/// Changes a link.
pub async fn update(app: &App, actor: &Actor, link: Id<id::Link>, wanted: LinkChange) -> Answer<Model> {
    let write = app.records.begin().await?;
    let before = store::get(&*write, actor, link).await?;
    let mut row = before.clone();
    if let Some(name) = &wanted.name {
        row.name = optional_text("name", name.as_deref(), TEXT_CHARS_MAX)?;
    }
    if let Some(landing) = wanted.landing_id {
        require_landing(&*write, actor, row.offer_id, landing).await?;
        row.landing_id = landing;
    }
    if wanted.traffic_type.is_some() {
        row.traffic_type = traffic_type(wanted.traffic_type.as_deref())?;
        let offer = offers::store::get(&*write, actor.tenant, row.offer_id).await?;
        require_enrolled(&*write, &offer, actor, row.partner_id, &row.traffic_type).await?;
    }
    if let Some(conditions) = &wanted.targeting {
        require_staff(actor)?;
        row.targeting = targeting(&*write, actor, conditions).await?;
    }
    row.state = wanted.state.unwrap_or(row.state);
    if let Some(refs) = &wanted.external_refs {
        put_refs(&*write, actor, row.id, refs).await?;
    }
    Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    finish(app, actor, write, "link.updated", Some(&before), &row).await?;
    Ok(row)
}

/// A name of another system leads its visitors to this link, so a partner cannot take one.
async fn put_refs(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    link: Id<id::Link>,
    refs: &BTreeMap<String, String>,
) -> Answer<()> {
    if refs.is_empty() && actor.partner.is_some() {
        return Ok(());
    }
    if actor.partner.is_some() {
        return Err(Refusal::new(RefusalCode::NotPermitted, "the people of the workspace set external_refs").into());
    }
    let refs = TextMap::checked("external_refs", refs)?;
    external_refs::put(conn, actor.tenant, Named::new(RefKind::Link, link), &refs).await
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
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Link(row.id)]).await
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
            "offer_id": row.offer_id, "partner_id": row.partner_id, "slug": row.slug, "landing_id": row.landing_id,
            "traffic_type": row.traffic_type, "name": row.name, "state": row.state,
            "targeting": row.targeting
        })
    };
    let change = Change { action, subject: after.id.to_string(), before: before.map(told), after: Some(told(after)) };
    Ok(audit::record(conn, &app.ambient, actor, change).await?)
}
