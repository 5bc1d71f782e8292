//! From clicks to deliveries: follows what is shipped behind a cursor, for partners who asked to hear of each click.
//!
//! Only valid clicks are told. The redirect knows nothing of this: it is read from the event store. What waits for one
//! setting is bounded, and clicks above the bound are counted, not told; clicks older than an hour are told to nobody.

use std::{cmp::max, collections::HashMap};

use events::{question::period::Window, raw};
use kernel::{
    Id, Timestamp, id,
    time::{HOUR_MS, SECOND_MS},
};
use sea_orm::{
    ExprTrait as _, IntoActiveModel as _, PaginatorTrait as _, QuerySelect as _, entity::prelude::*, sea_query::Expr,
};

use super::{
    entity::{delivery, postback},
    model::{DeliveryState, PostbackEvent, PostbackState},
    plan, rules,
    told::{Told, Visitor},
    visitors,
};
use crate::{
    App,
    platform::{bulk::insert_all, outbox},
};

const CONSUMER: &str = "postback_clicks";
/// Clicks looked at in one turn.
const CLICKS_MAX: usize = 1_000;
/// Settings of the whole installation that want clicks.
const POSTBACKS_MAX: u64 = 10_000;
/// Deliveries of clicks that wait or are held for one setting.
const WAITING_MAX: u64 = 10_000;
const AGE_MAX_MS: i64 = HOUR_MS;
/// How often the cursor is moved on where nobody clicked.
const EMPTY_MS: i64 = 10 * SECOND_MS;

/// One turn; says how many clicks it passed.
pub(super) async fn turn(app: &App) -> anyhow::Result<usize> {
    let settings = settings(app).await?;
    if settings.is_empty() {
        return Ok(0);
    }
    let cursor = outbox::read_to(app.records.read(), CONSUMER).await?;
    let window = Window {
        from: max(cursor, app.ambient.now().plus_millis(-AGE_MAX_MS).millis()),
        to: app.shipper.fresh_to().millis(),
    };
    if window.from >= window.to {
        return Ok(0);
    }
    let partners = settings.iter().filter_map(|setting| setting.partner_id).collect();
    let read = raw::recorded(&app.event_store, partners, window, CLICKS_MAX).await?;
    if read.clicks.is_empty() {
        if window.to - cursor >= EMPTY_MS {
            pass(app, cursor, read.until, ToTell::default()).await?;
        }
        return Ok(0);
    }
    let told = tell(app, &settings, &read.clicks).await?;
    pass(app, cursor, read.until, told).await?;
    Ok(read.clicks.len())
}

async fn settings(app: &App) -> anyhow::Result<Vec<postback::Model>> {
    let live = [PostbackState::Active, PostbackState::Failing];
    let wants = postback::Column::WantsClicks.eq(true).and(postback::Column::State.is_in(live));
    Ok(postback::Entity::find().filter(wants).limit(POSTBACKS_MAX).all(app.records.read()).await?)
}

/// What is to be written: deliveries, and how many clicks were left out by setting.
#[derive(Default)]
struct ToTell {
    deliveries: Vec<delivery::Model>,
    left_out: HashMap<Id<id::Postback>, i64>,
}

async fn tell(app: &App, settings: &[postback::Model], clicks: &[raw::RawClick]) -> anyhow::Result<ToTell> {
    let about = About::load(app, settings, clicks).await?;
    let mut told = ToTell::default();
    for setting in settings {
        let wanted: Vec<_> = clicks.iter().filter(|click| wants(setting, click)).collect();
        if wanted.is_empty() {
            continue;
        }
        let room = WAITING_MAX.saturating_sub(waiting(app, setting.id).await?) as usize;
        let (told_of, left_out) = wanted.split_at(room.min(wanted.len()));
        told.deliveries.extend(told_of.iter().map(|click| about.delivery(app, setting, click)));
        if !left_out.is_empty() {
            told.left_out.insert(setting.id, left_out.len() as i64);
        }
    }
    Ok(told)
}

fn wants(setting: &postback::Model, click: &raw::RawClick) -> bool {
    let of_offer = setting.offer_id.is_none_or(|offer| click.offer == Some(offer));
    let is_asked = rules::rule_for(&setting.events.0, PostbackEvent::Click, None).is_some();
    setting.partner_id == click.partner && of_offer && is_asked && click.at >= setting.created_at
}

async fn waiting(app: &App, setting: Id<id::Postback>) -> Result<u64, DbErr> {
    use delivery::Column;
    let waits = Column::State.is_in([DeliveryState::Waiting, DeliveryState::Held]);
    let of_setting = Column::PostbackId.eq(setting).and(Column::Event.eq(PostbackEvent::Click)).and(waits);
    delivery::Entity::find().filter(of_setting).count(app.records.read()).await
}

/// What the macros need beside the click.
struct About {
    creatives: HashMap<Id<id::Link>, Id<id::Creative>>,
    cities: HashMap<Id<id::Click>, String>,
}

impl About {
    async fn load(app: &App, settings: &[postback::Model], clicks: &[raw::RawClick]) -> anyhow::Result<Self> {
        let links = clicks.iter().filter_map(|click| click.link);
        let creatives = plan::creatives(app.records.read(), links.collect()).await?;
        let ids: Vec<_> = clicks.iter().map(|click| click.click_id).collect();
        let is_asked = settings.iter().any(|setting| visitors::asks(app, setting));
        let cities = if is_asked { visitors::cities(app, &ids).await? } else { HashMap::new() };
        Ok(Self { creatives, cities })
    }

    fn delivery(&self, app: &App, setting: &postback::Model, click: &raw::RawClick) -> delivery::Model {
        let visitor = Visitor {
            device: click.device.clone(),
            os: click.os.clone(),
            browser: click.browser.clone(),
            city: self.cities.get(&click.click_id).cloned().unwrap_or_default(),
        };
        let creative = click.link.and_then(|link| self.creatives.get(&link)).copied();
        let mut delivery = plan::blank(app, setting, &Told::of_click(click, creative, visitor));
        delivery.cause = Some(click.click_id.to_string());
        delivery.state = plan::first_state(setting);
        delivery
    }
}

/// Writes the deliveries and moves the cursor on, unless another process has done both.
async fn pass(app: &App, from: i64, until: Timestamp, told: ToTell) -> anyhow::Result<()> {
    let write = app.records.begin().await?;
    if !outbox::move_on(&*write, CONSUMER, from, until.millis()).await? {
        return Ok(());
    }
    insert_all(&*write, told.deliveries.into_iter().map(delivery::Model::into_active_model)).await?;
    for (setting, count) in told.left_out {
        let left_out = Expr::col(postback::Column::ClicksLeftOut).add(count);
        let update = postback::Entity::update_many().col_expr(postback::Column::ClicksLeftOut, left_out);
        update.filter(postback::Column::Id.eq(setting)).exec(&*write).await?;
    }
    write.commit().await?;
    Ok(())
}
