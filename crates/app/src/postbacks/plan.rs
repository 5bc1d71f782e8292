//! From moves to deliveries: reads the outbox behind a cursor, and writes what is to be told with the cursor in one
//! transaction.

use std::collections::{HashMap, HashSet};

use events::FactState;
use kernel::{Id, Timestamp, id};
use sea_orm::{ConnectionTrait, IntoActiveModel as _, QuerySelect as _, entity::prelude::*};

use super::{
    compose,
    entity::{delivery, postback},
    model::{DeliveryState, PostbackEvent, PostbackState},
    rules,
    told::{Around, Told},
    visitors::{self, Visitors},
};
use crate::{
    App,
    conversions::{entity::conversion, moves::Moved},
    links::model as link,
    offers::entity::goal,
    platform::{
        bulk::insert_all,
        outbox::{self, News, Topic},
    },
};

const CONSUMER: &str = "postbacks";
/// Moves looked at in one turn.
const NEWS_MAX: u64 = 1_000;
/// Settings of the whole installation.
const POSTBACKS_MAX: u64 = 100_000;
/// Ids in one question.
const CHUNK: usize = 500;

/// One turn; says how many moves it passed.
pub(super) async fn turn(app: &App) -> anyhow::Result<usize> {
    let records = app.records.read();
    let from = outbox::read_to(records, CONSUMER).await?;
    // Read before the settings: what is not set yet is not told of earlier moves.
    let newest = outbox::newest_seq(records, Topic::ConversionMoved).await?;
    if newest <= from {
        return Ok(0);
    }
    let settings = live_settings(app).await?;
    if settings.is_empty() {
        return pass(app, from, newest, Vec::new()).await.map(|()| 1);
    }
    let news: Vec<News<Moved>> = outbox::read_after(records, Topic::ConversionMoved, from, NEWS_MAX).await?;
    let Some(last) = news.last() else { return Ok(0) };
    let wanted = wanted(&settings, &news);
    let Some(about) = About::load(app, &wanted).await? else { return Ok(0) };
    let rows = wanted.iter().filter_map(|one| delivery(app, one, &about)).collect();
    pass(app, from, last.seq, rows).await?;
    Ok(news.len())
}

async fn live_settings(app: &App) -> anyhow::Result<Vec<postback::Model>> {
    let live = [PostbackState::Active, PostbackState::Failing];
    let select = postback::Entity::find().filter(postback::Column::State.is_in(live)).limit(POSTBACKS_MAX);
    Ok(select.all(app.records.read()).await?)
}

/// Writes the deliveries and moves the cursor on, unless another process has done both.
async fn pass(app: &App, from: i64, to: i64, rows: Vec<delivery::Model>) -> anyhow::Result<()> {
    let write = app.records.begin().await?;
    if outbox::move_on(&*write, CONSUMER, from, to).await? {
        insert_all(&*write, rows.into_iter().map(delivery::Model::into_active_model)).await?;
        write.commit().await?;
    }
    Ok(())
}

/// A move that one setting tells.
struct Wanted<'a> {
    setting: &'a postback::Model,
    seq: i64,
    at: Timestamp,
    conversion: Id<id::Conversion>,
    event: PostbackEvent,
    name: Option<String>,
    state: &'a FactState,
}

fn wanted<'a>(settings: &'a [postback::Model], news: &'a [News<Moved>]) -> Vec<Wanted<'a>> {
    let mut by_workspace: HashMap<_, Vec<&postback::Model>> = HashMap::new();
    for setting in settings {
        by_workspace.entry(setting.workspace_id).or_default().push(setting);
    }
    let of_one = |one: &'a News<Moved>| {
        let settings = by_workspace.get(&one.tenant.id()).into_iter().flatten().copied();
        settings.filter_map(move |setting| wants(setting, one)).collect::<Vec<_>>()
    };
    news.iter().flat_map(of_one).collect()
}

fn wants<'a>(setting: &'a postback::Model, one: &'a News<Moved>) -> Option<Wanted<'a>> {
    let (before, after) = (one.payload.before.as_ref(), one.payload.after.as_ref()?);
    let event = rules::event_of(before, after)?;
    let rule = rules::rule_for(&setting.events.0, event, after.goal)?;
    let has_part = setting.partner_id.is_none_or(|partner| rules::earned(after, partner).is_some());
    let of_offer = setting.offer_id.is_none_or(|offer| after.offer == Some(offer));
    let is_told = has_part && of_offer && one.at >= setting.created_at && !rules::is_test(before, after);
    is_told.then(|| Wanted {
        setting,
        seq: one.seq,
        at: one.payload.recorded_at,
        conversion: one.payload.conversion,
        event,
        name: rule.name.clone(),
        state: after,
    })
}

/// What the macros need beside the move.
#[derive(Default)]
struct About {
    conversions: HashMap<Id<id::Conversion>, conversion::Model>,
    goals: HashMap<Id<id::Goal>, String>,
    creatives: HashMap<Id<id::Link>, Id<id::Creative>>,
    visitors: Visitors,
}

impl About {
    /// Nothing where a click will be shipped in a moment.
    async fn load(app: &App, wanted: &[Wanted<'_>]) -> anyhow::Result<Option<Self>> {
        let records = app.records.read();
        let mut about = Self::default();
        let conversions: HashSet<_> = wanted.iter().map(|one| one.conversion).collect();
        for ids in chunks(&conversions) {
            let rows = conversion::Entity::find().filter(conversion::Column::Id.is_in(ids)).all(records).await?;
            about.conversions.extend(rows.into_iter().map(|row| (row.id, row)));
        }
        let goals: HashSet<_> = wanted.iter().filter_map(|one| one.state.goal).collect();
        for ids in chunks(&goals) {
            let rows = goal::Entity::find().filter(goal::Column::Id.is_in(ids)).all(records).await?;
            about.goals.extend(rows.into_iter().map(|row| (row.id, row.name)));
        }
        about.creatives = creatives(records, wanted.iter().filter_map(|one| one.state.link).collect()).await?;
        let Some(visitors) = visitors::of_clicks(app, &asking(app, wanted)).await? else { return Ok(None) };
        about.visitors = visitors;
        Ok(Some(about))
    }
}

/// The clicks of whose visitors somebody asks.
fn asking(app: &App, wanted: &[Wanted<'_>]) -> Vec<(Id<id::Click>, Timestamp)> {
    let mut asks: HashMap<Id<id::Postback>, bool> = HashMap::new();
    let mut asks = |setting: &postback::Model| *asks.entry(setting.id).or_insert_with(|| visitors::asks(app, setting));
    let of_askers = wanted.iter().filter(|one| asks(one.setting));
    of_askers.filter_map(|one| Some((one.state.click_id?, one.state.click_time?))).collect()
}

/// The creatives of links.
pub(super) async fn creatives(
    conn: &impl ConnectionTrait,
    links: HashSet<Id<id::Link>>,
) -> Result<HashMap<Id<id::Link>, Id<id::Creative>>, DbErr> {
    let mut creatives = HashMap::new();
    for ids in chunks(&links) {
        let rows = link::Entity::find().filter(link::Column::Id.is_in(ids)).all(conn).await?;
        creatives.extend(rows.into_iter().filter_map(|row| Some((row.id, row.creative_id?))));
    }
    Ok(creatives)
}

fn chunks<K>(ids: &HashSet<Id<K>>) -> Vec<Vec<Id<K>>> {
    ids.iter().copied().collect::<Vec<_>>().chunks(CHUNK).map(<[_]>::to_vec).collect()
}

fn delivery(app: &App, one: &Wanted<'_>, about: &About) -> Option<delivery::Model> {
    let row = about.conversions.get(&one.conversion)?;
    let around = Around {
        event: one.event,
        at: one.at,
        row,
        goal: one.state.goal.and_then(|goal| about.goals.get(&goal)).map_or("", String::as_str),
        creative_id: one.state.link.and_then(|link| about.creatives.get(&link)).copied(),
        partner: one.setting.partner_id,
        name: one.name.clone(),
        visitor: one.state.click_id.and_then(|click| about.visitors.get(&click)).cloned().unwrap_or_default(),
    };
    let told = Told::new(one.state, around);
    let is_told = compose::is_told(one.setting.kind, &told, one.setting.ad_click_sub);
    let state = if is_told { first_state(one.setting) } else { DeliveryState::Skipped };
    let mut delivery = blank(app, one.setting, &told);
    delivery.conversion_id = Some(one.conversion);
    delivery.move_seq = Some(one.seq);
    delivery.state = state;
    if state == DeliveryState::Skipped {
        delivery.last_error = Some("no_ad_click_id".to_owned());
    }
    Some(delivery)
}

/// What is told of a failing setting is held.
pub(super) const fn first_state(setting: &postback::Model) -> DeliveryState {
    if matches!(setting.state, PostbackState::Failing) { DeliveryState::Held } else { DeliveryState::Waiting }
}

/// A delivery that nothing has been done for.
pub(super) fn blank(app: &App, setting: &postback::Model, told: &Told) -> delivery::Model {
    let now = app.ambient.now();
    delivery::Model {
        id: app.ambient.new_id(),
        workspace_id: setting.workspace_id,
        postback_id: setting.id,
        partner_id: setting.partner_id,
        kind: setting.kind,
        host: setting.host.clone(),
        event: told.event,
        conversion_id: None,
        move_seq: None,
        cause: None,
        is_test: told.is_test,
        told: serde_json::to_value(told).expect("plain data"),
        state: DeliveryState::Waiting,
        attempts: 0,
        due_at: now,
        lease_until: None,
        created_at: now,
        done_at: None,
        last_status: None,
        last_error: None,
    }
}
