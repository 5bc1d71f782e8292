//! A partner asks for a cap; a manager confirms or refuses, and where the manager wishes the advertiser has the last word.

use kernel::{Id, Refusal, RefusalCode, Timestamp, id, paging::PageQuery, period::Period};
use sea_orm::{ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    change::{self, NewCap},
    entity::cap,
    model::{CapMetric, CapScope, CapState, OnReach},
    terms_in::CapTerms,
};
use crate::{
    App,
    audit::{self, Change},
    identity::{Actor, Role},
    news::{self, RouteNews},
    offers::{self, enrollments},
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, optional_text},
        listing::newest_first,
    },
};

const LIMIT_MAX: i64 = 1_000_000_000_000_000;
/// Requests of one partner that may wait at once.
const WAITING_MAX: u64 = 100;

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CapRequestState {
    Requested,
    /// The manager agrees; the advertiser has the last word.
    WithAdvertiser,
    Confirmed,
    Refused,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cap_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::CapRequest>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub offer_id: Id<id::Offer>,
    pub partner_id: Id<id::Partner>,
    pub metric: CapMetric,
    pub period: String,
    pub limit_count: i64,
    /// Of money: the offer's.
    pub currency: Option<String>,
    /// What the partner says for it.
    pub note: Option<String>,
    pub state: CapRequestState,
    pub reason: Option<String>,
    /// The cap that came of it.
    pub cap_id: Option<Id<id::Cap>>,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
    pub decided_by: Option<Id<id::User>>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// # Panics
    /// Where a row holds no code of a period: rows are written from [`Period`] only.
    pub fn period(&self) -> Period {
        Period::from_code(&self.period).expect("rows hold codes of periods")
    }
}

/// A cap somebody asks for.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "offer_id": "ofr_01KAMX4S5T0000000000000000", "metric": "conversions", "period": "day", "limit": 50,
    "note": "A new source, about 2,000 clicks a day"
}))]
pub struct NewCapRequest {
    pub offer_id: Id<id::Offer>,
    /// A partner's member may leave it out.
    pub partner_id: Option<Id<id::Partner>>,
    /// `conversions` or `clicks` or `payout`.
    pub metric: CapMetric,
    pub period: Period,
    /// Things, or minor units of the offer's currency.
    pub limit: i64,
    pub note: Option<String>,
}

/// Asks for a cap.
pub async fn create(app: &App, actor: &Actor, new: NewCapRequest) -> Answer<Model> {
    let write = app.records.begin().await?;
    let ends = enrollments::ends(&*write, actor, new.offer_id, new.partner_id).await?;
    let enrolled = offers::store::enrollment_of(&*write, actor.tenant, ends.offer.id, ends.partner.id).await?;
    if !enrolled.is_some_and(|enrollment| enrollment.state.is_open()) {
        return Err(Refusal::new(RefusalCode::NotEnrolled, "only an enrolled partner may ask for a cap").into());
    }
    if new.metric == CapMetric::Revenue {
        return Err(Refusal::field("metric", "must not be the advertiser's revenue").into());
    }
    if !(1..=LIMIT_MAX).contains(&new.limit) {
        return Err(Refusal::field("limit", "must be 1 to 1000000000000000").into());
    }
    let waits = Column::WorkspaceId
        .eq(actor.tenant.id())
        .and(Column::PartnerId.eq(ends.partner.id))
        .and(Column::State.eq(CapRequestState::Requested));
    if Entity::find().filter(waits).count(&*write).await? >= WAITING_MAX {
        return Err(Refusal::new(RefusalCode::Busy, "many requests of this partner wait already").into());
    }
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        advertiser_id: ends.offer.advertiser_id,
        offer_id: ends.offer.id,
        partner_id: ends.partner.id,
        metric: new.metric,
        period: new.period.code().to_owned(),
        limit_count: new.limit,
        currency: new.metric.is_money().then(|| ends.offer.currency.clone()),
        note: optional_text("note", new.note.as_deref(), TEXT_CHARS_MAX)?,
        state: CapRequestState::Requested,
        reason: None,
        cap_id: None,
        created_at: app.ambient.now(),
        decided_at: None,
        decided_by: None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    remember(app, actor, &write, "cap_request.created", None, &row).await?;
    write.commit().await?;
    Ok(row)
}

/// What is decided on a request.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"state": "confirmed", "limit": 40, "on_reach": "redirect"}))]
pub struct CapRequestDecision {
    /// `confirmed`, `refused`, or by a manager `with_advertiser`.
    pub state: CapRequestState,
    /// Less or more than was asked for. Only a manager may say so.
    pub limit: Option<i64>,
    /// What the cap does when it is reached: `redirect` unless said. Only a manager may say so.
    pub on_reach: Option<OnReach>,
    /// Why it is refused; the partner reads it.
    pub reason: Option<String>,
}

/// Decides on a request; a confirmed one is a cap in force when this returns.
pub async fn decide(
    app: &App,
    actor: &Actor,
    request: Id<id::CapRequest>,
    wanted: CapRequestDecision,
) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let before = get(&*write, actor, request).await?;
    require_turn(actor, &before, wanted.state)?;
    let mut row = before.clone();
    row.state = wanted.state;
    if actor.role != Role::Advertiser {
        row.limit_count = wanted.limit.unwrap_or(row.limit_count);
    }
    if wanted.state == CapRequestState::Refused {
        let reason = optional_text("reason", wanted.reason.as_deref(), TEXT_CHARS_MAX)?;
        row.reason = Some(reason.ok_or_else(|| Refusal::field("reason", "must not be empty"))?);
    }
    row.decided_at = Some(app.ambient.now());
    row.decided_by = Some(actor.user);
    let mut changed = Vec::new();
    if wanted.state == CapRequestState::Confirmed {
        let on_reach = wanted.on_reach.filter(|_| actor.role != Role::Advertiser).unwrap_or(OnReach::Redirect);
        let cap = put_in_force(app, actor, &write, &row, on_reach).await?;
        row.cap_id = Some(cap);
        changed.push(RouteNews::Cap(cap));
    }
    Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    remember(app, actor, &write, "cap_request.decided", Some(&before), &row).await?;
    news::commit_routes(app, write, actor.tenant, &changed).await?;
    Ok(row)
}

/// Managers decide on what was requested, advertisers on what was put before them.
fn require_turn(actor: &Actor, row: &Model, to: CapRequestState) -> Result<(), Refusal> {
    use CapRequestState::{Confirmed, Refused, Requested, WithAdvertiser};
    let allowed = match (actor.role, row.state, to) {
        (Role::Advertiser, WithAdvertiser, Confirmed | Refused) => true,
        (Role::Advertiser, ..) => false,
        (_, Requested, Confirmed | Refused | WithAdvertiser) | (_, WithAdvertiser, Confirmed | Refused) => true,
        _ => false,
    };
    let message = "this request is decided already, or not yet before you";
    if allowed { Ok(()) } else { Err(Refusal::new(RefusalCode::IllegalMove, message)) }
}

/// Raises or lowers the partner's cap of the same kind, or makes one.
async fn put_in_force(
    app: &App,
    actor: &Actor,
    write: &WriteTransaction,
    row: &Model,
    on_reach: OnReach,
) -> Answer<Id<id::Cap>> {
    let same = cap::Column::WorkspaceId
        .eq(actor.tenant.id())
        .and(cap::Column::OfferId.eq(row.offer_id))
        .and(cap::Column::PartnerId.eq(row.partner_id))
        .and(cap::Column::Scope.eq(CapScope::Partner))
        .and(cap::Column::Metric.eq(row.metric))
        .and(cap::Column::Period.eq(&row.period))
        .and(cap::Column::State.eq(CapState::Active));
    let known = cap::Entity::find().filter(same).one(&**write).await?;
    let terms = CapTerms { limit: Some(row.limit_count), on_reach: Some(on_reach), ..CapTerms::default() };
    if let Some(known) = known {
        return Ok(change::change(app, actor, write, known.id, terms).await?.id);
    }
    let new = NewCap {
        metric: row.metric,
        period: row.period(),
        scope: CapScope::Partner,
        advertiser_id: None,
        offer_id: Some(row.offer_id),
        goal_id: None,
        partner_id: Some(row.partner_id),
        source_id: None,
        currency: None,
        kind: None,
        terms,
    };
    Ok(change::make(app, actor, write, new).await?.id)
}

/// Which requests a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CapRequestFilter {
    pub state: Option<CapRequestState>,
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &CapRequestFilter,
    page: &PageQuery,
) -> Answer<Vec<Model>> {
    let wanted = [
        filter.state.map(|state| Column::State.eq(state)),
        filter.offer_id.map(|offer| Column::OfferId.eq(offer)),
        filter.partner_id.map(|partner| Column::PartnerId.eq(partner)),
    ];
    let visible = Entity::find().filter(visible_to(actor));
    let select = wanted.into_iter().flatten().fold(visible, |select, wish| select.filter(wish));
    newest_first::<_, id::CapRequest>(conn, select, Column::Id, page).await
}

async fn get(conn: &impl ConnectionTrait, actor: &Actor, request: Id<id::CapRequest>) -> Answer<Model> {
    let mine = visible_to(actor).and(Column::Id.eq(request));
    Entity::find().filter(mine).one(conn).await?.ok_or_else(|| Refusal::not_found("cap request").into())
}

/// A partner sees its own, an advertiser what was put before it.
fn visible_to(actor: &Actor) -> Expr {
    let mine = Column::WorkspaceId.eq(actor.tenant.id());
    match (actor.partner, actor.advertiser) {
        (Some(partner), _) => mine.and(Column::PartnerId.eq(partner)),
        (None, Some(advertiser)) => {
            mine.and(Column::AdvertiserId.eq(advertiser)).and(Column::State.ne(CapRequestState::Requested))
        }
        (None, None) if actor.role.is_staff() => mine,
        (None, None) => mine.and(Column::Id.is_null()),
    }
}

async fn remember(
    app: &App,
    actor: &Actor,
    write: &WriteTransaction,
    action: &'static str,
    before: Option<&Model>,
    after: &Model,
) -> Answer<()> {
    let told = |row: &Model| {
        json!({
            "offer_id": row.offer_id, "partner_id": row.partner_id, "metric": row.metric, "period": row.period,
            "limit": row.limit_count, "state": row.state, "reason": row.reason
        })
    };
    let change = Change { action, subject: after.id.to_string(), before: before.map(told), after: Some(told(after)) };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}
