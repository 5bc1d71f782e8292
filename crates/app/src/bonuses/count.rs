//! Counting: follows the moves of conversions behind a cursor, and settles the bonuses of the figures that they change.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use anyhow::Context as _;
use jiff::tz::TimeZone;
use kernel::{Id, Tenant, id};
use sea_orm::{EntityTrait as _, IntoActiveModel as _, QuerySelect as _};

use super::{
    entity::{count, figure},
    give::Desk,
    rules::{self, Place, Reached},
    store,
};
use crate::{
    App,
    conversions::{entity::conversion, moves::Moved},
    offers::{self, entity::offer},
    partners,
    plans::{
        self, bonusing,
        rules::{Bonus, LocalTime, Rule},
        store::OfferPlans,
        version,
    },
    platform::{
        WriteTransaction,
        bulk::replace_all,
        outbox::{self, News, Topic},
    },
    workspaces,
};

pub const PAY_BONUSES: &str = "pay_bonuses";
const CONSUMER: &str = "bonuses";
/// Moves looked at in one transaction, and transactions of one run; the next run goes on.
const NEWS_MAX: u64 = 500;
const TURNS_MAX: usize = 200;
/// Offers of the whole installation.
const OFFERS_MAX: u64 = 50_000;

/// Counts what moved, gives the bonuses that are met by it and takes back those that no longer are.
pub async fn pay_due(app: &App) -> anyhow::Result<()> {
    for _ in 0..TURNS_MAX {
        if turn(app).await? == 0 {
            return Ok(());
        }
    }
    Ok(())
}

/// One transaction; says how many moves it passed.
async fn turn(app: &App) -> anyhow::Result<usize> {
    let records = app.records.read();
    let from = outbox::read_to(records, CONSUMER).await?;
    // Read before the offers: what came before an offer's first bonus counts for none.
    let newest = outbox::newest_seq(records, Topic::ConversionMoved).await?;
    if newest <= from {
        return Ok(0);
    }
    let offers = bonusing::Entity::find().limit(OFFERS_MAX).all(records).await?;
    let offers: HashSet<_> = offers.into_iter().map(|row| row.offer_id).collect();
    let mut news: Vec<News<Moved>> = Vec::new();
    if !offers.is_empty() {
        news = outbox::read_after(records, Topic::ConversionMoved, from, NEWS_MAX).await?;
    }
    let write = app.records.begin().await?;
    let to = news.last().map_or(newest, |last| last.seq);
    if !outbox::move_on(&*write, CONSUMER, from, to).await? {
        return Ok(0);
    }
    for (workspace, ids) in moved(&news, &offers) {
        let settled = settle(app, &write, Tenant(workspace), &ids).await;
        settled.with_context(|| format!("settle bonuses of {workspace}"))?;
    }
    write.commit().await?;
    Ok(news.len())
}

/// The conversions to count anew, by workspace.
fn moved(
    news: &[News<Moved>],
    offers: &HashSet<Id<id::Offer>>,
) -> BTreeMap<Id<id::Workspace>, BTreeSet<Id<id::Conversion>>> {
    let mut moved: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for one in news {
        let offer = one.payload.after.as_ref().and_then(|after| after.offer);
        if offer.is_some_and(|offer| offers.contains(&offer)) {
            moved.entry(one.tenant.id()).or_default().insert(one.payload.conversion);
        }
    }
    moved
}

async fn settle(
    app: &App,
    write: &WriteTransaction,
    tenant: Tenant,
    ids: &BTreeSet<Id<id::Conversion>>,
) -> anyhow::Result<()> {
    write.lock_workspace(tenant).await?;
    let sheet = Sheet::load(app, write, tenant, ids).await?;
    let mut known: HashMap<_, Vec<count::Model>> = HashMap::new();
    for row in store::counts(&**write, tenant, ids).await? {
        known.entry(row.conversion_id).or_default().push(row);
    }
    let (mut changed, mut differences) = (Vec::new(), Differences::new());
    for row in &sheet.rows {
        let before = known.remove(&row.id).unwrap_or_default();
        for after in sheet.counts(row, &before) {
            let earlier = before.iter().find(|one| one.id == after.id);
            if earlier != Some(&after) {
                earlier.into_iter().for_each(|earlier| add(&mut differences, earlier, -1));
                add(&mut differences, &after, 1);
                changed.push(after);
            }
        }
    }
    differences.retain(|_, difference| *difference != 0);
    replace_all(&**write, changed.into_iter().map(|row| row.into_active_model()), count::Column::Id).await?;
    sheet.settle(write, &differences).await
}

/// By how much figures change.
type Differences = BTreeMap<(Place, Id<id::PlanVersion>), i64>;

fn add(differences: &mut Differences, count: &count::Model, sign: i64) {
    *differences.entry((count.place(), count.plan_version_id)).or_default() += sign * count.value;
}

/// What is read once for the conversions of one workspace.
struct Sheet<'a> {
    app: &'a App,
    tenant: Tenant,
    zone: TimeZone,
    rows: Vec<conversion::Model>,
    offers: HashMap<Id<id::Offer>, offer::Model>,
    plans: HashMap<Id<id::Offer>, OfferPlans>,
    tags: HashMap<Id<id::Partner>, Vec<String>>,
}

impl<'a> Sheet<'a> {
    async fn load(
        app: &'a App,
        write: &WriteTransaction,
        tenant: Tenant,
        ids: &BTreeSet<Id<id::Conversion>>,
    ) -> anyhow::Result<Self> {
        let rows = store::conversions(&**write, tenant, ids).await?;
        let offers: BTreeSet<_> = rows.iter().filter_map(|row| row.offer_id).collect();
        let credited: BTreeSet<_> = rows.iter().filter_map(|row| row.partner_id).collect();
        let known = partners::store::get_many(&**write, tenant, credited).await?;
        Ok(Self {
            app,
            tenant,
            zone: workspaces::store::get(&**write, tenant).await?.zone()?,
            rows,
            offers: offers::store::get_many(&**write, tenant, offers.iter().copied()).await?,
            plans: plans::store::of_offers(&**write, tenant, offers).await?,
            tags: known.into_iter().map(|(id, partner)| (id, partner.tags.0)).collect(),
        })
    }

    /// What a conversion counts for, with what it counted for before and does no more. Whether the conditions of a rule
    /// hold is judged once for each partner to whom it comes.
    fn counts(&self, row: &conversion::Model, before: &[count::Model]) -> Vec<count::Model> {
        let mut counts: Vec<count::Model> = Vec::new();
        for (rule, bonus, version) in self.bonuses(row) {
            let known = before.iter().find(|one| one.rule_id == rule.id);
            let judged = known.filter(|known| Some(known.partner_id) == row.partner_id).cloned();
            let count = judged.or_else(|| self.judged(row, known, (rule, bonus, version)));
            counts.extend(count.map(|one| {
                let value = if one.applies { rules::value(one.metric(), row) } else { 0 };
                count::Model { value, ..one }
            }));
        }
        let gone = before.iter().filter(|one| counts.iter().all(|kept| kept.id != one.id));
        let gone: Vec<_> = gone.map(|one| count::Model { applies: false, value: 0, ..one.clone() }).collect();
        counts.extend(gone);
        counts
    }

    /// The bonuses of the version in force when a conversion happened.
    fn bonuses(&self, row: &conversion::Model) -> impl Iterator<Item = (&Rule, Bonus, &version::Model)> {
        let plans = row.offer_id.and_then(|offer| self.plans.get(&offer));
        let version = plans.and_then(|plans| plans.earnings.version_at(row.event_at));
        version.into_iter().flat_map(|version| {
            let of_rule = move |rule| Some((rule, rules::bonus_of(rule)?, version));
            version.rules.0.iter().filter_map(of_rule)
        })
    }

    /// A new count, where there is anything to remember: that a conversion does not count is kept only where tags, which
    /// may change, are the reason.
    fn judged(
        &self,
        row: &conversion::Model,
        known: Option<&count::Model>,
        (rule, bonus, version): (&Rule, Bonus, &version::Model),
    ) -> Option<count::Model> {
        let (offer_id, partner_id) = (row.offer_id?, row.partner_id?);
        let tags = self.tags.get(&partner_id).map_or(&[][..], Vec::as_slice);
        let case = rules::case(row, tags, LocalTime::of(row.event_at, &self.zone))?;
        let applies = rule.conditions.hold(&case);
        let matters = row.status.is_live() && (applies || !rule.conditions.tags.is_empty());
        (matters || known.is_some()).then(|| count::Model {
            id: known.map_or_else(|| self.app.ambient.new_id(), |known| known.id),
            workspace_id: self.tenant.id(),
            conversion_id: row.id,
            offer_id,
            partner_id,
            rule_id: rule.id,
            plan_version_id: version.id,
            metric: bonus.metric.code().to_owned(),
            period: bonus.period.code().to_owned(),
            period_start: bonus.period.bounds(row.event_at, &self.zone).0,
            applies,
            value: 0,
        })
    }

    /// Writes the figures that changed and settles their bonuses.
    async fn settle(&self, write: &WriteTransaction, differences: &Differences) -> anyhow::Result<()> {
        let places: BTreeSet<Place> = differences.keys().map(|(place, _)| *place).collect();
        let mut figures = store::figures(&**write, self.tenant, &places).await?;
        let mut standing = store::standing(&**write, self.tenant, &places).await?;
        let mut changed = Vec::with_capacity(differences.len());
        for (&(place, version), difference) in differences {
            let own = figures.entry(place).or_default();
            let known = own.iter().position(|row| row.plan_version_id == version);
            let at = known.unwrap_or_else(|| {
                own.push(self.blank(place, version));
                own.len() - 1
            });
            own[at].reached += difference;
            changed.push(own[at].clone().into_active_model());
        }
        replace_all(&**write, changed, figure::Column::Id).await?;
        let desk = Desk { app: self.app, write, tenant: self.tenant, zone: &self.zone };
        for place in places {
            let Some(offer) = self.offers.get(&place.offer) else { continue };
            let versions = self.versions(place, figures.get(&place).map_or(&[][..], Vec::as_slice));
            desk.settle(offer, place, standing.remove(&place), &versions).await?;
        }
        Ok(())
    }

    fn blank(&self, place: Place, version: Id<id::PlanVersion>) -> figure::Model {
        figure::Model {
            id: self.app.ambient.new_id(),
            workspace_id: self.tenant.id(),
            offer_id: place.offer,
            partner_id: place.partner,
            rule_id: place.rule,
            plan_version_id: version,
            metric: place.metric.code().to_owned(),
            period: place.period.code().to_owned(),
            period_start: place.from,
            reached: 0,
        }
    }

    /// The figures of a place in the order in which their versions held.
    fn versions(&self, place: Place, figures: &[figure::Model]) -> Vec<Reached> {
        let versions = self.plans.get(&place.offer).map_or(&[][..], |plans| &plans.earnings.versions);
        let mut in_order: Vec<_> = versions.iter().collect();
        in_order.sort_by_key(|version| (version.valid_from, version.version));
        let reached = |version: &version::Model| {
            let figure = figures.iter().find(|figure| figure.plan_version_id == version.id)?;
            Some(Reached { version: version.id, bonus: rules::bonus_in(version, place.rule)?, sum: figure.reached })
        };
        in_order.into_iter().filter_map(reached).collect()
    }
}
