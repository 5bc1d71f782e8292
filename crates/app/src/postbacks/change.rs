//! Making, changing and ending settings. Every change is remembered, without addresses' secrets and keys.

use kernel::{Id, Refusal, RefusalCode, id};
use sea_orm::{
    ActiveModelTrait as _, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    entity::prelude::*,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::postback,
    model::{EventAbout, EventRule, EventRules, PostbackKind, PostbackState},
    record, rules, signature, store,
    target::{Target, TargetIn, address},
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    offers::{self, entity::goal},
    partners,
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, present, short_text},
        columns::require_few,
    },
};

/// Settings of one partner, and webhooks of a workspace.
const POSTBACKS_MAX: u64 = 50;
const SUBS: i32 = 10;
/// Secrets that sign at once.
const LIVE_SECRETS_MAX: usize = 2;
const NAME_OF_EVENT_CHARS_MAX: usize = 50;

/// A partner's setting to be.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "name": "Tracker", "events": [{"event": "approved"}, {"event": "rejected"}],
    "target": {"kind": "url", "method": "get",
        "url": "https://tracker.example/postback?cid={sub1}&status={status}&payout={payout}"}
}))]
pub struct NewPostback {
    /// Whose it is. A partner's own member leaves it out.
    pub partner_id: Option<Id<id::Partner>>,
    pub name: String,
    pub target: TargetIn,
    pub events: Vec<EventRule>,
    /// Only of this offer.
    #[serde(default)]
    pub offer_id: Option<Id<id::Offer>>,
    /// Which sub id carries the advertising platform's click id: 10 unless said, which a link's `gclid`, `fbclid` or
    /// `ttclid` fills by itself.
    #[serde(default)]
    pub ad_click_sub: Option<i32>,
}

/// What changes of a setting; what is absent stays as it is.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"state": "active"}))]
pub struct PostbackChange {
    pub name: Option<String>,
    /// Whole, keys too.
    pub target: Option<TargetIn>,
    pub events: Option<Vec<EventRule>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Id<id::Offer>>)]
    pub offer_id: Option<Option<Id<id::Offer>>>,
    pub ad_click_sub: Option<i32>,
    pub state: Option<WantedState>,
}

/// What people may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WantedState {
    Active,
    Paused,
}

/// A webhook to be.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "name": "Warehouse", "url": "https://erp.example/hooks/tributary", "events": [{"event": "approved"}]
}))]
pub struct NewWebhook {
    pub name: String,
    pub url: String,
    pub events: Vec<EventRule>,
    #[serde(default)]
    pub offer_id: Option<Id<id::Offer>>,
}

/// What changes of a webhook; what is absent stays as it is.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"events": [{"event": "approved"}, {"event": "paid"}]}))]
pub struct WebhookChange {
    pub name: Option<String>,
    pub url: Option<String>,
    pub events: Option<Vec<EventRule>>,
    pub state: Option<WantedState>,
}

/// Sets something up for a partner.
pub async fn create(app: &App, actor: &Actor, new: NewPostback) -> Answer<postback::Model> {
    let target = new.target.read(app.settings.allow_private_addresses)?;
    let partner = actor.partner.or(new.partner_id);
    let partner = partner.ok_or_else(|| Refusal::field("partner_id", "must say whose it is"))?;
    actor.require_partner(partner)?;
    let write = app.records.begin().await?;
    partners::store::get(&*write, actor.tenant, partner).await?;
    let mut row = blank(app, actor, Some(partner), &target);
    row.name = short_text("name", &new.name, TEXT_CHARS_MAX)?;
    row.offer_id = new.offer_id;
    set_events(&mut row, &new.events)?;
    row.ad_click_sub = ad_click_sub(new.ad_click_sub.unwrap_or(SUBS))?;
    insert(app, actor, write, row, "postback.created").await
}

/// Sets up a webhook; its secret is in its target.
pub async fn create_webhook(app: &App, actor: &Actor, new: NewWebhook) -> Answer<(postback::Model, String)> {
    let url = address("url", &new.url, app.settings.allow_private_addresses)?;
    let secret = signature::new_secret(&app.ambient);
    let write = app.records.begin().await?;
    let mut row = blank(app, actor, None, &Target::Webhook { url, secrets: vec![secret.clone()] });
    row.name = short_text("name", &new.name, TEXT_CHARS_MAX)?;
    row.offer_id = new.offer_id;
    set_events(&mut row, &new.events)?;
    Ok((insert(app, actor, write, row, "webhook.created").await?, secret))
}

fn blank(app: &App, actor: &Actor, partner_id: Option<Id<id::Partner>>, target: &Target) -> postback::Model {
    postback::Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        partner_id,
        offer_id: None,
        name: String::new(),
        kind: target.kind(),
        events: EventRules::default(),
        wants_clicks: false,
        wants_happenings: false,
        clicks_left_out: 0,
        ad_click_sub: SUBS,
        target_sealed: target.seal(app),
        host: target.host(),
        state: PostbackState::Active,
        failures: 0,
        failing_since: None,
        delivered_at: None,
        created_at: app.ambient.now(),
    }
}

async fn insert(
    app: &App,
    actor: &Actor,
    write: WriteTransaction,
    row: postback::Model,
    action: &'static str,
) -> Answer<postback::Model> {
    use postback::Column;
    write.lock_workspace(actor.tenant).await?;
    let same_owner = match row.partner_id {
        Some(partner) => Column::PartnerId.eq(partner),
        None => Column::PartnerId.is_null(),
    };
    let of_owner =
        Column::WorkspaceId.eq(actor.tenant.id()).and(Column::State.ne(PostbackState::Ended)).and(same_owner);
    if postback::Entity::find().filter(of_owner).count(&*write).await? >= POSTBACKS_MAX {
        let message = format!("there may be {POSTBACKS_MAX} of these; take one away first");
        return Err(Refusal::new(RefusalCode::TooManyOfThem, message).into());
    }
    require_known(&write, actor, &row).await?;
    postback::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    remember(app, actor, &write, action, None, Some(&row)).await?;
    write.commit().await?;
    Ok(row)
}

/// Changes a partner's setting.
pub async fn update(app: &App, actor: &Actor, id: Id<id::Postback>, change: PostbackChange) -> Answer<postback::Model> {
    let write = app.records.begin().await?;
    let before = store::get(&*write, actor, id).await?;
    let mut row = before.clone();
    if let Some(target) = &change.target {
        let target = target.read(app.settings.allow_private_addresses)?;
        if target.kind() != row.kind {
            return Err(Refusal::field("target", "must be of the same kind; set another one up instead").into());
        }
        (row.target_sealed, row.host) = (target.seal(app), target.host());
    }
    if let Some(name) = &change.name {
        row.name = short_text("name", name, TEXT_CHARS_MAX)?;
    }
    if let Some(wanted) = &change.events {
        set_events(&mut row, wanted)?;
    }
    row.offer_id = change.offer_id.unwrap_or(row.offer_id);
    row.ad_click_sub = ad_click_sub(change.ad_click_sub.unwrap_or(row.ad_click_sub))?;
    set_state(&mut row, change.state);
    replace(app, actor, write, ("postback.updated", before, row)).await
}

/// Changes a webhook.
pub async fn update_webhook(
    app: &App,
    actor: &Actor,
    id: Id<id::Webhook>,
    change: WebhookChange,
) -> Answer<postback::Model> {
    let write = app.records.begin().await?;
    let before = store::webhook(&*write, actor, id).await?;
    let mut row = before.clone();
    if let Some(url) = &change.url {
        let url = address("url", url, app.settings.allow_private_addresses)?;
        let target = Target::Webhook { url, secrets: secrets_of(app, &row)? };
        (row.target_sealed, row.host) = (target.seal(app), target.host());
    }
    if let Some(name) = &change.name {
        row.name = short_text("name", name, TEXT_CHARS_MAX)?;
    }
    if let Some(wanted) = &change.events {
        set_events(&mut row, wanted)?;
    }
    set_state(&mut row, change.state);
    replace(app, actor, write, ("webhook.updated", before, row)).await
}

/// Gives a webhook a new secret. The one before signs too, until it is retired or another comes.
pub async fn rotate(app: &App, actor: &Actor, id: Id<id::Webhook>) -> Answer<(postback::Model, String)> {
    let secret = signature::new_secret(&app.ambient);
    let made = secret.clone();
    let change = move |mut secrets: Vec<String>| {
        secrets.insert(0, made);
        secrets.truncate(LIVE_SECRETS_MAX);
        secrets
    };
    Ok((set_secrets(app, actor, id, ("webhook.secret_rotated", change)).await?, secret))
}

/// Lets only the newest secret sign.
pub async fn retire_secret(app: &App, actor: &Actor, id: Id<id::Webhook>) -> Answer<postback::Model> {
    let change = |mut secrets: Vec<String>| {
        secrets.truncate(1);
        secrets
    };
    set_secrets(app, actor, id, ("webhook.secret_retired", change)).await
}

async fn set_secrets(
    app: &App,
    actor: &Actor,
    id: Id<id::Webhook>,
    (action, change): (&'static str, impl FnOnce(Vec<String>) -> Vec<String>),
) -> Answer<postback::Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let before = store::webhook(&*write, actor, id).await?;
    let mut row = before.clone();
    if let Target::Webhook { url, secrets } = Target::open(app, &row.target_sealed)? {
        row.target_sealed = Target::Webhook { url, secrets: change(secrets) }.seal(app);
    }
    replace(app, actor, write, (action, before, row)).await
}

fn secrets_of(app: &App, row: &postback::Model) -> Answer<Vec<String>> {
    Ok(Target::open(app, &row.target_sealed)?.secrets())
}

/// Takes a partner's setting away; its log stays.
pub async fn end(app: &App, actor: &Actor, id: Id<id::Postback>) -> Answer<()> {
    let write = app.records.begin().await?;
    let before = store::get(&*write, actor, id).await?;
    let ended = postback::Model { state: PostbackState::Ended, ..before.clone() };
    replace(app, actor, write, ("postback.ended", before, ended)).await.map(drop)
}

/// Takes a webhook away; its log stays.
pub async fn end_webhook(app: &App, actor: &Actor, id: Id<id::Webhook>) -> Answer<()> {
    let write = app.records.begin().await?;
    let before = store::webhook(&*write, actor, id).await?;
    let ended = postback::Model { state: PostbackState::Ended, ..before.clone() };
    replace(app, actor, write, ("webhook.ended", before, ended)).await.map(drop)
}

/// Whoever switches it on believes that it works: its failures are forgotten.
fn set_state(row: &mut postback::Model, wanted: Option<WantedState>) {
    match wanted {
        Some(WantedState::Active) => {
            (row.state, row.failures, row.failing_since) = (PostbackState::Active, 0, None);
        }
        Some(WantedState::Paused) => row.state = PostbackState::Paused,
        None => {}
    }
}

async fn replace(
    app: &App,
    actor: &Actor,
    write: WriteTransaction,
    (action, before, row): (&'static str, postback::Model, postback::Model),
) -> Answer<postback::Model> {
    if row.events != before.events || row.offer_id != before.offer_id {
        require_known(&write, actor, &row).await?;
    }
    if row.state == PostbackState::Paused && before.state != PostbackState::Paused {
        record::hold_waiting(&*write, row.id).await?;
    }
    row.clone().into_active_model().reset_all().update(&*write).await?;
    remember(app, actor, &write, action, Some(&before), Some(&row)).await?;
    write.commit().await?;
    Ok(row)
}

/// The offer and the goals are such as the actor may see, and belong together.
async fn require_known(write: &WriteTransaction, actor: &Actor, row: &postback::Model) -> Answer<()> {
    if let Some(offer) = row.offer_id {
        offers::store::get_visible(&**write, actor, offer).await?;
    }
    let goals: Vec<_> = row.events.0.iter().filter_map(|rule| rule.goal_id).collect();
    for id in goals {
        let mine = goal::Column::Id.eq(id).and(goal::Column::WorkspaceId.eq(actor.tenant.id()));
        let goal = goal::Entity::find().filter(mine).one(&**write).await?;
        let goal = goal.filter(|goal| row.offer_id.is_none_or(|offer| offer == goal.offer_id));
        let goal = goal.ok_or_else(|| Refusal::field("events", "must name goals of the offer"))?;
        offers::store::get_visible(&**write, actor, goal.offer_id).await?;
    }
    Ok(())
}

/// What it tells from now on.
fn set_events(row: &mut postback::Model, wanted: &[EventRule]) -> Result<(), Refusal> {
    row.events = events(row.kind, wanted)?;
    let wants = |about| row.events.0.iter().any(|rule| rule.event.about() == about);
    (row.wants_clicks, row.wants_happenings) = (wants(EventAbout::Click), wants(EventAbout::Workspace));
    Ok(())
}

fn events(kind: PostbackKind, wanted: &[EventRule]) -> Result<EventRules, Refusal> {
    require_few("events", wanted.len())?;
    if wanted.is_empty() {
        return Err(Refusal::field("events", "must name at least one event"));
    }
    let rule = |rule: &EventRule| {
        if !rules::may_ask(kind, rule.event) {
            return Err(Refusal::field("events", "must be events that are told here"));
        }
        if rule.goal_id.is_some() && rule.event.about() != EventAbout::Conversion {
            return Err(Refusal::field("events", "must name goals with conversions alone"));
        }
        let name = rule.name.as_deref().filter(|name| !name.trim().is_empty());
        let name = name.map(|name| short_text("events", name, NAME_OF_EVENT_CHARS_MAX)).transpose()?;
        Ok(EventRule { name, ..rule.clone() })
    };
    wanted.iter().map(rule).collect::<Result<_, Refusal>>().map(EventRules)
}

fn ad_click_sub(number: i32) -> Result<i32, Refusal> {
    if (1..=SUBS).contains(&number) {
        return Ok(number);
    }
    Err(Refusal::field("ad_click_sub", format!("must be 1 to {SUBS}")))
}

async fn remember(
    app: &App,
    actor: &Actor,
    write: &WriteTransaction,
    action: &'static str,
    before: Option<&postback::Model>,
    after: Option<&postback::Model>,
) -> Answer<()> {
    let told = |row: &postback::Model| {
        json!({
            "name": row.name, "kind": row.kind, "host": row.host, "partner_id": row.partner_id,
            "offer_id": row.offer_id, "events": row.events, "state": row.state
        })
    };
    let subject = after.or(before).map(subject).unwrap_or_default();
    let change = Change { action, subject, before: before.map(told), after: after.map(told) };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}

/// Its printed id: a webhook has a prefix of its own.
fn subject(row: &postback::Model) -> String {
    match row.partner_id {
        Some(_) => row.id.to_string(),
        None => Id::<id::Webhook>::from_uuid(row.id.uuid()).to_string(),
    }
}
