//! Making and changing caps. Both hold the workspace, so that no conversion is decided between counting and committing.

use kernel::{Currency, Id, Refusal, RefusalCode, Timestamp, id, period::Period, time};
use sea_orm::{ActiveModelTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    count,
    entity::cap::{Entity, Model},
    model::{
        CapDecision, CapFilter, CapKind, CapMetric, CapScope, CapState, CountedStatuses, GraceKind, OnReach, Thresholds,
    },
    store,
    terms_in::CapTerms,
};
use crate::{
    App, advertisers,
    audit::{self, Change},
    identity::Actor,
    news::{self, RouteNews},
    offers, partners,
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, optional_text, short_text},
    },
    workspaces,
};

const SOURCE_CHARS_MAX: usize = 256;

/// A cap to be.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "metric": "conversions", "period": "day", "scope": "partner", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "limit": 100, "on_reach": "redirect", "thresholds": [80, 100]
}))]
pub struct NewCap {
    pub metric: CapMetric,
    pub period: Period,
    pub scope: CapScope,
    /// Of the scope `advertiser`.
    pub advertiser_id: Option<Id<id::Advertiser>>,
    /// Of the scopes `offer` and `partner`; may narrow a `source`.
    pub offer_id: Option<Id<id::Offer>>,
    /// Of the scope `goal`.
    pub goal_id: Option<Id<id::Goal>>,
    /// Of the scope `partner`; may narrow a `source`.
    pub partner_id: Option<Id<id::Partner>>,
    /// Of the scope `source`.
    pub source_id: Option<String>,
    /// Of money: the offer's or else the workspace's unless said.
    pub currency: Option<String>,
    /// `normal` unless said.
    pub kind: Option<CapKind>,
    #[serde(flatten)]
    pub terms: CapTerms,
}

/// What the cap lies on.
#[derive(Default)]
pub(super) struct Place {
    pub advertiser: Option<Id<id::Advertiser>>,
    pub offer: Option<offers::entity::offer::Model>,
    pub goal: Option<Id<id::Goal>>,
    pub partner: Option<Id<id::Partner>>,
    pub source: Option<String>,
}

/// Makes a cap and counts what stands already.
pub async fn create(app: &App, actor: &Actor, new: NewCap) -> Answer<Model> {
    let write = app.records.begin().await?;
    let row = make(app, actor, &write, new).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Cap(row.id)]).await?;
    Ok(row)
}

/// As [`create`], in the caller's transaction.
pub(super) async fn make(app: &App, actor: &Actor, write: &WriteTransaction, new: NewCap) -> Answer<Model> {
    write.lock_workspace(actor.tenant).await?;
    if store::living_count(&**write, actor.tenant).await? >= store::CAPS_MAX {
        return Err(Refusal::new(RefusalCode::Busy, "this workspace has as many caps as it can").into());
    }
    require_fitting(&new)?;
    let place = place(&**write, actor, &new).await?;
    let workspace = workspaces::store::get(&**write, actor.tenant).await?;
    let limit = new.terms.limit.ok_or_else(|| Refusal::field("limit", "must be 1 to 1000000000000000"))?;
    let mut row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        metric: new.metric,
        period: new.period.code().to_owned(),
        scope: new.scope,
        advertiser_id: place.offer.as_ref().map(|offer| offer.advertiser_id).or(place.advertiser),
        offer_id: place.offer.as_ref().map(|offer| offer.id),
        goal_id: place.goal,
        partner_id: place.partner,
        source_id: place.source,
        limit_count: limit,
        currency: currency(&new, place.offer.as_ref(), workspace.currency()?)?,
        timezone: workspace.timezone.clone(),
        counted: CountedStatuses::default(),
        on_reach: OnReach::Reject,
        thresholds: Thresholds(vec![80, 100]),
        filter: CapFilter::default(),
        grace: GraceKind::None,
        grace_hours: 0,
        kind: new.kind.unwrap_or(CapKind::Normal),
        kpi: None,
        state: CapState::Active,
        decision: None,
        decision_note: None,
        counted_from: app.ambient.now(),
        created_at: app.ambient.now(),
    };
    new.terms.put_into(&mut row)?;
    row.counted_from = counted_from(&row, app.ambient.now())?;
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&**write).await?;
    count::anew(&**write, actor.tenant, &row, app.ambient.now()).await?;
    remember(app, actor, write, "cap.created", None, &row).await?;
    Ok(row)
}

/// A total counts from now on; what has periods counts the whole of the present one.
fn counted_from(row: &Model, now: Timestamp) -> Result<Timestamp, Refusal> {
    let span = row.period().around(now, &row.zone()?);
    Ok(if span.ends() { span.start } else { now })
}

fn require_fitting(new: &NewCap) -> Result<(), Refusal> {
    if new.kind == Some(CapKind::Balance) {
        return Err(Refusal::field("kind", "must be normal or test: an advertiser's balance has its account"));
    }
    if new.kind == Some(CapKind::Test) && new.period != Period::Total {
        return Err(Refusal::field("period", "must be total for a test cap"));
    }
    let names_goals = new.scope == CapScope::Goal || new.terms.filter.as_ref().is_some_and(|it| !it.goals.is_empty());
    if new.metric.is_traffic() && names_goals {
        return Err(Refusal::field("metric", "must be one of conversions for a cap on goals"));
    }
    Ok(())
}

async fn place(conn: &impl ConnectionTrait, actor: &Actor, new: &NewCap) -> Answer<Place> {
    let tenant = actor.tenant;
    let mut place = Place::default();
    if let Some(advertiser) = new.advertiser_id.filter(|_| new.scope == CapScope::Advertiser) {
        place.advertiser = Some(advertisers::store::get(conn, tenant, advertiser).await?.id);
    }
    if let Some(goal) = new.goal_id.filter(|_| new.scope == CapScope::Goal) {
        let goal = goal_of(conn, actor, goal).await?;
        place.goal = Some(goal.id);
        place.offer = Some(offers::store::get(conn, tenant, goal.offer_id).await?);
    }
    let may_name_offer = matches!(new.scope, CapScope::Offer | CapScope::Partner | CapScope::Source);
    if let Some(offer) = new.offer_id.filter(|_| may_name_offer) {
        place.offer = Some(offers::store::get(conn, tenant, offer).await?);
    }
    if let Some(partner) = new.partner_id.filter(|_| matches!(new.scope, CapScope::Partner | CapScope::Source)) {
        place.partner = Some(partners::store::get(conn, tenant, partner).await?.id);
    }
    if new.scope == CapScope::Source {
        let source = optional_text("source_id", new.source_id.as_deref(), SOURCE_CHARS_MAX)?;
        place.source = source;
    }
    require_named(new.scope, &place)?;
    Ok(place)
}

fn require_named(scope: CapScope, place: &Place) -> Result<(), Refusal> {
    let missing = match scope {
        CapScope::Workspace => None,
        CapScope::Advertiser => place.advertiser.is_none().then_some("advertiser_id"),
        CapScope::Offer => place.offer.is_none().then_some("offer_id"),
        CapScope::Goal => place.goal.is_none().then_some("goal_id"),
        CapScope::Partner if place.offer.is_none() => Some("offer_id"),
        CapScope::Partner => place.partner.is_none().then_some("partner_id"),
        CapScope::Source => place.source.is_none().then_some("source_id"),
    };
    missing.map_or(Ok(()), |field| Err(Refusal::field(field, "must be named for a cap of this scope")))
}

async fn goal_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    goal: Id<id::Goal>,
) -> Answer<offers::entity::goal::Model> {
    let row = offers::entity::goal::Entity::find_by_id(goal).one(conn).await?;
    let row = row.filter(|row| row.workspace_id == actor.tenant.id());
    row.ok_or_else(|| Refusal::not_found("goal").into())
}

fn currency(
    new: &NewCap,
    offer: Option<&offers::entity::offer::Model>,
    reporting: Currency,
) -> Result<Option<String>, Refusal> {
    if !new.metric.is_money() {
        return Ok(None);
    }
    let named = new.currency.as_deref().map(|code| short_text("currency", code, 8)).transpose()?;
    let named = named.map(|code| code.parse::<Currency>()).transpose()?;
    let currency = named.or(offer.map(offers::entity::offer::Model::currency)).unwrap_or(reporting);
    match offer {
        Some(offer) if offer.currency() != currency => {
            Err(Refusal::field("currency", "must be the currency of the offer"))
        }
        _ => Ok(Some(currency.to_string())),
    }
}

/// Changes a cap's terms and counts anew.
pub async fn update(app: &App, actor: &Actor, cap: Id<id::Cap>, wanted: CapTerms) -> Answer<Model> {
    let write = app.records.begin().await?;
    let row = change(app, actor, &write, cap, wanted).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Cap(row.id)]).await?;
    Ok(row)
}

/// As [`update`], in the caller's transaction.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    write: &WriteTransaction,
    cap: Id<id::Cap>,
    wanted: CapTerms,
) -> Answer<Model> {
    write.lock_workspace(actor.tenant).await?;
    let before = store::get(&**write, actor.tenant, cap).await?;
    if before.state == CapState::Ended {
        return Err(Refusal::new(RefusalCode::IllegalMove, "an ended cap does not change").into());
    }
    if before.kind == CapKind::Balance {
        let message = "this cap follows the advertiser's balance: change its account";
        return Err(Refusal::new(RefusalCode::IllegalMove, message).into());
    }
    let mut row = before.clone();
    wanted.put_into(&mut row)?;
    save(app, actor, write, "cap.updated", &before, row.clone()).await?;
    Ok(row)
}

/// What somebody decides on a test.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"decision": "go_on", "note": "42 % approved, above the KPI"}))]
pub struct Decision {
    /// `go_on` ends the test and traffic flows again; `stop` leaves it closed.
    pub decision: CapDecision,
    pub note: Option<String>,
}

/// Ends the wait of a test cap.
pub async fn decide(app: &App, actor: &Actor, cap: Id<id::Cap>, wanted: Decision) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let before = store::get(&*write, actor.tenant, cap).await?;
    if before.decision.is_none() || before.state == CapState::Ended {
        return Err(Refusal::new(RefusalCode::IllegalMove, "nothing is to be decided on this cap").into());
    }
    let mut row = before.clone();
    row.decision = Some(wanted.decision);
    row.decision_note = optional_text("note", wanted.note.as_deref(), TEXT_CHARS_MAX)?;
    if wanted.decision == CapDecision::GoOn {
        row.state = CapState::Ended;
    }
    save(app, actor, &write, "cap.decided", &before, row.clone()).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Cap(row.id)]).await?;
    Ok(row)
}

async fn save(
    app: &App,
    actor: &Actor,
    write: &WriteTransaction,
    action: &'static str,
    before: &Model,
    mut row: Model,
) -> Answer<()> {
    let now = app.ambient.now();
    if row.period() != Period::Total {
        row.counted_from = counted_from(&row, now)?;
    }
    Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&**write).await?;
    count::anew(&**write, actor.tenant, &row, now).await?;
    remember(app, actor, write, action, Some(before), &row).await
}

async fn remember(
    app: &App,
    actor: &Actor,
    write: &WriteTransaction,
    action: &'static str,
    before: Option<&Model>,
    after: &Model,
) -> Answer<()> {
    let change = Change {
        action,
        subject: after.id.to_string(),
        before: before.map(remembered),
        after: Some(remembered(after)),
    };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}

fn remembered(row: &Model) -> Value {
    json!({
        "metric": row.metric, "period": row.period, "scope": row.scope, "offer_id": row.offer_id,
        "partner_id": row.partner_id, "limit": row.limit_count, "timezone": row.timezone, "counted": row.counted,
        "on_reach": row.on_reach, "thresholds": row.thresholds, "filter": row.filter, "grace": row.grace,
        "grace_hours": row.grace_hours, "kpi": row.kpi, "state": row.state, "decision": row.decision
    })
}

/// A time zone by name, as a field of a body.
pub(super) fn zone_name(text: &str) -> Result<String, Refusal> {
    let name = short_text("timezone", text, 60)?;
    time::zone(&name)?;
    Ok(name)
}
