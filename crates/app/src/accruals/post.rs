//! Posting: each day is counted once it is over, and the days before it again for what came in late.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context as _;
use events::{
    question::period::Window,
    traffic::{self, TrafficCount, TrafficKind, TrafficTrait},
};
use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use kernel::{Currency, Id, Money, Tenant, Timestamp, id, time::HOUR_MS};
use ledger::{BesideEarning, Stamp, entries};
use sea_orm::{EntityTrait as _, IntoActiveModel as _, QuerySelect as _};

use super::{
    entity::{accrual, posting},
    rules::{self, Counted, Place},
    store,
};
use crate::{
    App,
    offers::{self, entity::offer},
    plans::{
        self, accruing,
        model::{PlanSide, TrafficUnit},
        rules::{Conditions, Facts},
        store::OfferPlans,
    },
    platform::{
        WriteTransaction,
        bulk::{insert_all, replace_all},
    },
    workspaces,
};

pub const POST_ACCRUALS: &str = "post_accruals";
/// Offers of one run.
const OFFERS_MAX: u64 = 50_000;
/// How long after its end a day is posted: what was under way has arrived by then.
const WAIT_MS: i64 = HOUR_MS;
/// Days that are counted again for what came in late.
const LATE_DAYS: i64 = 7;
/// Days of one posting; what lies further back is posted no more.
const DAYS_MAX: i64 = 92;

/// Posts the day that is over of every offer that pays or charges for traffic.
pub async fn post_due(app: &App) -> anyhow::Result<()> {
    for row in accruing::Entity::find().limit(OFFERS_MAX).all(app.records.read()).await? {
        let offer = row.offer_id;
        post_offer(app, row).await.with_context(|| format!("post what traffic of {offer} earned"))?;
    }
    Ok(())
}

/// The days to count, where there is a day to post.
fn days_due(app: &App, row: &accruing::Model, zone: &TimeZone) -> anyhow::Result<Option<(Date, Date)>> {
    let now = app.ambient.now();
    let today = now.plus_millis(-WAIT_MS).local_day(zone);
    let is_counted = app.shipper.fresh_to() >= Timestamp::start_of_day(today, zone);
    let last = today.saturating_sub(1.day());
    let posted: Option<Date> = row.posted_day.as_deref().map(str::parse).transpose()?;
    let since = row.since.local_day(zone);
    if !is_counted || last < since || posted.is_some_and(|posted| posted >= last) {
        return Ok(None);
    }
    let late = last.saturating_sub((LATE_DAYS - 1).days());
    let first = posted.map_or(since, |posted| posted.saturating_add(1.day()).min(late));
    Ok(Some((first.max(since).max(last.saturating_sub(DAYS_MAX.days())), last)))
}

async fn post_offer(app: &App, row: accruing::Model) -> anyhow::Result<()> {
    let (tenant, records) = (Tenant(row.workspace_id), app.records.read());
    let zone = workspaces::store::get(records, tenant).await?.zone()?;
    let Some((first, last)) = days_due(app, &row, &zone)? else { return Ok(()) };
    let plans = plans::store::of_offer(records, tenant, row.offer_id).await?;
    let mut counted = Vec::new();
    for day in days(first, last) {
        for stretch in rules::stretches(day, &zone, &begins(&plans)) {
            counted.extend(count(app, (tenant, row.offer_id), &plans, day, stretch).await?);
        }
    }
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let known = accruing::Entity::find_by_id(row.offer_id).one(&*write).await?;
    if known.as_ref() != Some(&row) {
        return Ok(());
    }
    let posted = store::posted(&*write, tenant, row.offer_id, &first.to_string()).await?;
    let fresh = rules::not_posted(&rules::added_up(counted), &posted);
    let offer = offers::store::get_many(&*write, tenant, [row.offer_id]).await?.remove(&row.offer_id);
    if let Some(offer) = offer {
        put(app, &write, &offer, (last, &zone), fresh).await?;
    }
    let row = accruing::Model { posted_day: Some(last.to_string()), ..row };
    replace_all(&*write, [row.into_active_model()], accruing::Column::OfferId).await?;
    write.commit().await?;
    Ok(())
}

fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(move |day| *day <= last)
}

fn begins(plans: &OfferPlans) -> Vec<Timestamp> {
    let versions = plans.earnings.versions.iter().chain(&plans.revenue.versions);
    versions.map(|version| version.valid_from).collect()
}

/// What the traffic of a stretch counts for by the rules of both plans.
async fn count(
    app: &App,
    (tenant, offer): (Tenant, Id<id::Offer>),
    plans: &OfferPlans,
    day: Date,
    (from, to): (Timestamp, Timestamp),
) -> anyhow::Result<Vec<Counted>> {
    let sides = [PlanSide::Earnings, PlanSide::Revenue].map(|side| (side, plans.side(side).rules_at(from)));
    let window = Window { from: from.millis(), to: to.millis() };
    let mut counted = Vec::new();
    for (unit, kind) in [(TrafficUnit::Click, TrafficKind::Clicks), (TrafficUnit::View, TrafficKind::Views)] {
        let Some(conditions) = rules::conditions_of(&sides.map(|(_, rules)| rules), unit) else { continue };
        let traits = traits(&conditions);
        let counts = traffic::counts(&app.event_store, (tenant, offer), kind, traits.clone(), window).await?;
        for one in &counts {
            for (side, rules) in sides {
                let case = rules::case(side, one.partner, facts(&traits, one, day));
                let Some((rule, rate_e8)) = rules::rate_of(rules, unit, &case) else { continue };
                let place = Place { from, partner: one.partner, link: one.link, side, unit };
                counted.push(Counted { place, rule, rate_e8, units: one.count });
            }
        }
    }
    Ok(counted)
}

/// What rules tell traffic apart by.
fn traits(conditions: &[Conditions]) -> Vec<TrafficTrait> {
    let asks = |asked: fn(&Conditions) -> bool| conditions.iter().any(asked);
    let plain = [
        (TrafficTrait::Group, asks(|it| !it.groups.is_empty())),
        (TrafficTrait::Country, asks(|it| !it.countries.is_empty())),
        (TrafficTrait::Device, asks(|it| !it.devices.is_empty())),
        (TrafficTrait::TrafficType, asks(|it| !it.traffic_types.is_empty())),
        (TrafficTrait::Source, asks(|it| !it.sources.is_empty())),
    ];
    let subs = conditions.iter().flat_map(|it| it.subs.keys().copied()).map(TrafficTrait::Sub);
    let mut traits: Vec<_> = plain.into_iter().filter(|(_, asked)| *asked).map(|(one, _)| one).chain(subs).collect();
    traits.sort_unstable();
    traits.dedup();
    traits
}

fn facts(traits: &[TrafficTrait], one: &TrafficCount, day: Date) -> Facts {
    let mut facts = Facts { local: Some(rules::noon(day)), ..Facts::default() };
    for (asked, value) in traits.iter().zip(&one.values) {
        let value = value.clone();
        match asked {
            TrafficTrait::Group => facts.group = Some(value).filter(|group| !group.is_empty()),
            TrafficTrait::Country => facts.country = value,
            TrafficTrait::Device => facts.device = value,
            TrafficTrait::TrafficType => facts.traffic_type = value,
            TrafficTrait::Source => facts.source = value,
            TrafficTrait::Sub(number) => drop(facts.subs.insert(*number, value)),
        }
    }
    facts
}

/// Writes what is new: a posting for each partner, its rows, its entry.
async fn put(
    app: &App,
    write: &WriteTransaction,
    offer: &offer::Model,
    (day, zone): (Date, &TimeZone),
    fresh: Vec<Counted>,
) -> anyhow::Result<()> {
    let tenant = Tenant(offer.workspace_id);
    let mut by_partner: BTreeMap<Id<id::Partner>, Vec<Counted>> = BTreeMap::new();
    for one in fresh {
        by_partner.entry(one.place.partner).or_default().push(one);
    }
    let (mut postings, mut rows, mut booked) = (Vec::new(), Vec::new(), Vec::new());
    for (partner, counted) in by_partner {
        let last = store::last_posting(&**write, tenant, offer.id, partner).await?;
        let last = last.filter(|last| last.currency == offer.currency);
        let mut posting = blank(app, offer, partner, (day, zone));
        settle(&mut posting, last.as_ref(), &counted, offer.currency.parse()?)?;
        if posting.earned_minor > 0 || posting.charged_minor > 0 {
            let entry = entry(app, &posting);
            posting.entry_id = Some(entry.id);
            booked.push(entry);
        }
        rows.extend(counted.iter().map(|one| row(app, &posting, zone, one)));
        postings.push(posting);
    }
    insert_all(&**write, postings.into_iter().map(|row| row.into_active_model()).collect::<Vec<_>>()).await?;
    insert_all(&**write, rows.into_iter().map(|row| row.into_active_model()).collect::<Vec<_>>()).await?;
    ledger::post(&**write, tenant, &booked).await?;
    Ok(())
}

fn blank(app: &App, offer: &offer::Model, partner: Id<id::Partner>, (day, zone): (Date, &TimeZone)) -> posting::Model {
    let now = app.ambient.now();
    posting::Model {
        id: app.ambient.new_id(),
        workspace_id: offer.workspace_id,
        advertiser_id: offer.advertiser_id,
        offer_id: offer.id,
        partner_id: partner,
        day: day.to_string(),
        currency: offer.currency.clone(),
        clicks: 0,
        views: 0,
        earned_minor: 0,
        charged_minor: 0,
        earned_before: 0,
        earned_after: 0,
        charged_before: 0,
        charged_after: 0,
        entry_id: None,
        lock_at: now.start_of_local_day_after(i64::from(offer.hold_days), zone),
        locked_at: None,
        created_at: now,
    }
}

/// Works out what the counts come to with what was carried in.
fn settle(
    posting: &mut posting::Model,
    last: Option<&posting::Model>,
    counted: &[Counted],
    currency: Currency,
) -> anyhow::Result<()> {
    let decimals = currency.decimals().unwrap_or_default();
    let mut parts: HashMap<PlanSide, i128> = HashMap::new();
    let mut units: HashMap<(PlanSide, TrafficUnit), i64> = HashMap::new();
    for Counted { place, units: more, rate_e8, .. } in counted {
        *parts.entry(place.side).or_default() += rules::parts(place.unit, *more, *rate_e8, decimals);
        *units.entry((place.side, place.unit)).or_default() += more;
    }
    let of = |side| parts.get(&side).copied().unwrap_or_default();
    let most = |unit| units.iter().filter(|((_, one), _)| *one == unit).map(|(_, units)| *units).max().unwrap_or(0);
    (posting.clicks, posting.views) = (most(TrafficUnit::Click), most(TrafficUnit::View));
    posting.earned_before = last.map_or(0, |last| last.earned_after);
    posting.charged_before = last.map_or(0, |last| last.charged_after);
    let earned = rules::settled(posting.earned_before, of(PlanSide::Earnings));
    let charged = rules::settled(posting.charged_before, of(PlanSide::Revenue));
    (posting.earned_minor, posting.earned_after) = earned.context("what traffic earned does not fit an amount")?;
    (posting.charged_minor, posting.charged_after) = charged.context("what traffic costs does not fit an amount")?;
    Ok(())
}

fn row(app: &App, posting: &posting::Model, zone: &TimeZone, one: &Counted) -> accrual::Model {
    let Place { from, partner, link, side, unit } = one.place;
    accrual::Model {
        id: app.ambient.new_id(),
        workspace_id: posting.workspace_id,
        posting_id: posting.id,
        offer_id: posting.offer_id,
        partner_id: partner,
        link_id: link,
        day: from.local_day(zone).to_string(),
        from_at: from,
        side,
        rule_id: one.rule,
        unit,
        units: one.units,
        rate_e8: one.rate_e8,
    }
}

fn entry(app: &App, posting: &posting::Model) -> ledger::Entry {
    let money = |minor| Money::new(minor, posting.currency());
    let earning = BesideEarning {
        partner: posting.partner_id,
        advertiser: posting.advertiser_id,
        payout: money(posting.earned_minor),
        revenue: money(posting.charged_minor),
    };
    let stamp = Stamp { id: app.ambient.new_id(), at: posting.created_at };
    entries::beside_earned(stamp, &earning).with_note(note(posting))
}

/// How the book names a posting.
pub fn note(posting: &posting::Model) -> String {
    format!("traffic {} {}", posting.day, posting.id)
}
