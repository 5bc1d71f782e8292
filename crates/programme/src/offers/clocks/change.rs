//! Setting and listing other days than the offers'.

use kernel::{Id, Refusal, RefusalCode, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::Deserialize;
use serde_json::json;

use super::entity::{Column, Entity, Model};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    offers::{store, terms_in::DAYS_MAX},
    platform::{
        Answer,
        body::{TEXT_CHARS_MAX, optional_text},
    },
};

/// Rows of one workspace.
pub const CLOCK_TERMS_MAX: u64 = 500;

/// Days for a goal, for partners of a group, or for both together.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "offer_id": "ofr_01KAMX4S5T0000000000000000", "goal_id": null, "partner_group": "vip", "hold_days": 3
}))]
#[serde(deny_unknown_fields)]
pub struct ClockTermIn {
    /// Every offer where absent; then `partner_group` is said.
    pub offer_id: Option<Id<id::Offer>>,
    pub goal_id: Option<Id<id::Goal>>,
    pub partner_group: Option<String>,
    /// How long the advertiser judges; the offer's where absent.
    pub validation_days: Option<i32>,
    /// From approved to locked; the offer's where absent. Where both are absent the row is removed.
    pub hold_days: Option<i32>,
}

impl ClockTermIn {
    fn days(&self) -> Result<(), Refusal> {
        for (field, days) in [("validation_days", self.validation_days), ("hold_days", self.hold_days)] {
            if days.is_some_and(|days| !(0..=DAYS_MAX).contains(&days)) {
                return Err(Refusal::field(field, format!("must be 0 to {DAYS_MAX}")));
            }
        }
        Ok(())
    }
}

/// Puts the days of one place, or removes them. Conversions keep the clocks that run; the next ones started take these.
pub async fn set(app: &App, actor: &Actor, wanted: &ClockTermIn) -> Answer<Vec<Model>> {
    wanted.days()?;
    let group = optional_text("partner_group", wanted.partner_group.as_deref(), TEXT_CHARS_MAX)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    require_place(&*write, actor.tenant, wanted, group.as_deref()).await?;
    let before = find(&*write, actor.tenant, wanted, group.as_deref()).await?;
    Entity::delete_many().filter(same_place(actor.tenant, wanted, group.as_deref())).exec(&*write).await?;
    let row = Model {
        id: before.as_ref().map_or_else(|| app.ambient.new_id(), |row| row.id),
        workspace_id: actor.tenant.id(),
        offer_id: wanted.offer_id,
        goal_id: wanted.goal_id,
        partner_group: group,
        validation_days: wanted.validation_days,
        hold_days: wanted.hold_days,
        created_at: app.ambient.now(),
    };
    let after = (row.validation_days.is_some() || row.hold_days.is_some()).then_some(row);
    if let Some(row) = after.clone() {
        require_room(&*write, actor.tenant).await?;
        Entity::insert(row.into_active_model()).exec_without_returning(&*write).await?;
    }
    let subject = wanted.offer_id.map_or_else(|| actor.tenant.id().to_string(), |offer| offer.to_string());
    let change = Change {
        action: "clocks.changed",
        subject,
        before: before.as_ref().map(remembered),
        after: after.as_ref().map(remembered),
    };
    audit::record(&*write, &app.ambient, actor, change).await?;
    let rows = list(&*write, actor.tenant, None).await?;
    write.commit().await?;
    Ok(rows)
}

/// What is said about one offer and about groups everywhere; all of it where no offer is named.
pub async fn list(conn: &impl ConnectionTrait, tenant: Tenant, offer: Option<Id<id::Offer>>) -> Answer<Vec<Model>> {
    let mut query = Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
    if let Some(offer) = offer {
        query = query.filter(Column::OfferId.eq(offer).or(Column::OfferId.is_null()));
    }
    Ok(query.order_by_asc(Column::Id).limit(CLOCK_TERMS_MAX).all(conn).await?)
}

async fn require_place(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    wanted: &ClockTermIn,
    group: Option<&str>,
) -> Answer<()> {
    if wanted.goal_id.is_none() && group.is_none() {
        return Err(Refusal::field("goal_id", "must name a goal or a group; the offer has its own days").into());
    }
    let Some(offer) = wanted.offer_id else {
        let groups_only = wanted.goal_id.is_none();
        return if groups_only { Ok(()) } else { Err(Refusal::field("offer_id", "must be named with a goal").into()) };
    };
    store::get(conn, tenant, offer).await?;
    let goals = store::goals_of(conn, tenant, [offer]).await?;
    let known = |goal: Id<id::Goal>| goals.values().flatten().any(|row| row.id == goal);
    if wanted.goal_id.is_some_and(|goal| !known(goal)) {
        return Err(Refusal::not_found("goal").into());
    }
    Ok(())
}

async fn require_room(conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<()> {
    let count = Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).count(conn).await?;
    if count >= CLOCK_TERMS_MAX {
        let message = format!("a workspace has at most {CLOCK_TERMS_MAX} exceptions from its offers' days");
        return Err(Refusal::new(RefusalCode::TooManyOfThem, message).into());
    }
    Ok(())
}

async fn find(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    wanted: &ClockTermIn,
    group: Option<&str>,
) -> Answer<Option<Model>> {
    Ok(Entity::find().filter(same_place(tenant, wanted, group)).one(conn).await?)
}

fn same_place(tenant: Tenant, wanted: &ClockTermIn, group: Option<&str>) -> sea_orm::Condition {
    let offer = wanted.offer_id.map_or_else(|| Column::OfferId.is_null(), |offer| Column::OfferId.eq(offer));
    let goal = wanted.goal_id.map_or_else(|| Column::GoalId.is_null(), |goal| Column::GoalId.eq(goal));
    let group = group.map_or_else(|| Column::PartnerGroup.is_null(), |group| Column::PartnerGroup.eq(group));
    sea_orm::Condition::all().add(Column::WorkspaceId.eq(tenant.id())).add(offer).add(goal).add(group)
}

fn remembered(row: &Model) -> serde_json::Value {
    json!({
        "goal_id": row.goal_id, "partner_group": row.partner_group, "validation_days": row.validation_days,
        "hold_days": row.hold_days
    })
}
