//! Follows the moves of conversions behind a cursor: judges who gets a share, and has each share be what it is to be.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use anyhow::Context as _;
use jiff::tz::TimeZone;
use kernel::{Id, Money, Tenant, id};
use ledger::{BesideEarning, Stage, Stamp, entries};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _, QuerySelect as _};

use super::{
    entity::{
        judgement,
        share::{Entity, Model},
    },
    rules, store,
};
use crate::{
    App,
    conversions::{
        entity::{commission, conversion},
        moves::Moved,
    },
    partners::{
        self,
        model::{self as partner, PartnerState},
    },
    plans::{
        self, recruiting,
        rules::{RecruiterShare, Rule},
        store::OfferPlans,
        version,
    },
    platform::{
        WriteTransaction,
        outbox::{self, News, Topic},
    },
    workspaces,
};

pub const FOLLOW_RECRUITS: &str = "follow_recruits";
const CONSUMER: &str = "recruitment";
/// Moves looked at in one transaction, and transactions of one run; the next run goes on.
const NEWS_MAX: u64 = 200;
const TURNS_MAX: usize = 500;
/// Offers of the whole installation.
const OFFERS_MAX: u64 = 50_000;
const LEVELS: std::ops::RangeInclusive<u8> = 1..=3;

/// The job.
pub async fn run(app: &App) -> anyhow::Result<()> {
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
    // Read before the offers: what came before an offer's first share gives none.
    let newest = outbox::newest_seq(records, Topic::ConversionMoved).await?;
    if newest <= from {
        return Ok(0);
    }
    let offers = recruiting::Entity::find().limit(OFFERS_MAX).all(records).await?;
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
        let followed = follow(app, &write, Tenant(workspace), &ids).await;
        followed.with_context(|| format!("follow what recruits of {workspace} earn"))?;
    }
    write.commit().await?;
    Ok(news.len())
}

/// The conversions to look at, by workspace.
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

async fn follow(
    app: &App,
    write: &WriteTransaction,
    tenant: Tenant,
    ids: &BTreeSet<Id<id::Conversion>>,
) -> anyhow::Result<()> {
    write.lock_workspace(tenant).await?;
    let desk = Desk::load(app, write, tenant, ids).await?;
    let judged = store::judged(&**write, tenant, ids).await?;
    let mut known: HashMap<_, Vec<Model>> = HashMap::new();
    for share in store::shares(&**write, tenant, ids).await? {
        known.entry(share.conversion_id).or_default().push(share);
    }
    for row in &desk.rows {
        for share in known.remove(&row.id).unwrap_or_default() {
            desk.settle(row, share).await?;
        }
        if rules::stands(row.status) {
            let credited: BTreeMap<_, _> = desk.commissions(row.id).map(|own| (own.partner_id, own)).collect();
            for own in credited.into_values().filter(|own| !judged.contains(&(row.id, own.partner_id))) {
                desk.judge(row, own).await?;
            }
        }
    }
    Ok(())
}

/// A transaction that decides about shares of one workspace's conversions; it holds the workspace's lock.
struct Desk<'a> {
    app: &'a App,
    write: &'a WriteTransaction,
    tenant: Tenant,
    zone: TimeZone,
    rows: Vec<conversion::Model>,
    commissions: Vec<commission::Model>,
    plans: HashMap<Id<id::Offer>, OfferPlans>,
    /// Those that are credited, and their recruiters up to the highest level.
    partners: HashMap<Id<id::Partner>, partner::Model>,
}

impl<'a> Desk<'a> {
    async fn load(
        app: &'a App,
        write: &'a WriteTransaction,
        tenant: Tenant,
        ids: &BTreeSet<Id<id::Conversion>>,
    ) -> anyhow::Result<Self> {
        let rows = store::conversions(&**write, tenant, ids).await?;
        let commissions = store::commissions(&**write, tenant, ids).await?;
        let offers: BTreeSet<_> = rows.iter().filter_map(|row| row.offer_id).collect();
        let mut partners = HashMap::new();
        let mut wanted: BTreeSet<_> = commissions.iter().map(|own| own.partner_id).collect();
        for _ in 0..=*LEVELS.end() {
            let found = partners::store::get_many(&**write, tenant, wanted).await?;
            wanted = found.values().filter_map(|one| one.recruited_by).collect();
            partners.extend(found);
        }
        Ok(Self {
            app,
            write,
            tenant,
            zone: workspaces::store::get(&**write, tenant).await?.zone()?,
            rows,
            commissions,
            plans: plans::store::of_offers(&**write, tenant, offers).await?,
            partners,
        })
    }

    fn commissions(&self, conversion: Id<id::Conversion>) -> impl Iterator<Item = &commission::Model> {
        let earns = |kind| matches!(kind, commission::Kind::Base | commission::Kind::Share);
        self.commissions.iter().filter(move |own| own.conversion_id == conversion && earns(own.kind))
    }

    /// Judges once who gets a share of a conversion, and gives it.
    async fn judge(&self, row: &conversion::Model, own: &commission::Model) -> anyhow::Result<()> {
        let plans = row.offer_id.and_then(|offer| self.plans.get(&offer));
        let version = plans.and_then(|plans| plans.earnings.version_at(row.event_at));
        let Some(version) = version.filter(|version| rules::give_shares(&version.rules.0)) else { return Ok(()) };
        let judgement =
            judgement::Model { conversion_id: row.id, recruited_id: own.partner_id, workspace_id: self.tenant.id() };
        judgement::Entity::insert(judgement.into_active_model()).exec_without_returning(&**self.write).await?;
        for share in self.shares(row, own, version) {
            Entity::insert(share.clone().into_active_model()).exec_without_returning(&**self.write).await?;
            self.settle(row, share).await?;
        }
        Ok(())
    }

    /// The shares that a conversion gives, of nought yet. A recruiter that is not active gets none.
    fn shares(&self, row: &conversion::Model, own: &commission::Model, version: &version::Model) -> Vec<Model> {
        let recruited = self.partners.get(&own.partner_id);
        let Some((recruited, since)) = recruited.and_then(|one| Some((one, one.recruited_at?))) else {
            return Vec::new();
        };
        let Some(case) = rules::case(row, own, &recruited.tags.0, &self.zone) else { return Vec::new() };
        let (mut above, mut found) = (recruited, Vec::new());
        for level in LEVELS {
            let Some(recruiter) = above.recruited_by.and_then(|id| self.partners.get(&id)) else { break };
            above = recruiter;
            let share = rules::share_of(&version.rules.0, level, &case);
            let share = share.filter(|(_, share)| rules::in_term(since, share.months, row.event_at, &self.zone));
            if recruiter.state == PartnerState::Active {
                found.extend(share.and_then(|share| self.blank(row, (recruited.id, recruiter.id), share, version.id)));
            }
        }
        found
    }

    fn blank(
        &self,
        row: &conversion::Model,
        (recruited_id, partner_id): (Id<id::Partner>, Id<id::Partner>),
        (rule, share): (&Rule, RecruiterShare),
        plan_version_id: Id<id::PlanVersion>,
    ) -> Option<Model> {
        let now = self.app.ambient.now();
        Some(Model {
            id: self.app.ambient.new_id(),
            workspace_id: self.tenant.id(),
            conversion_id: row.id,
            offer_id: row.offer_id?,
            advertiser_id: row.advertiser_id?,
            recruited_id,
            partner_id,
            rule_id: rule.id,
            plan_version_id,
            level: i32::from(share.level),
            base: share.of.code().to_owned(),
            currency: row.currency.clone(),
            percent_e8: share.percent.raw(),
            base_minor: 0,
            amount_minor: 0,
            given_at: now,
            lock_at: None,
            locked_at: None,
            updated_at: now,
        })
    }

    /// Has a share be its percentage of its base now, by an entry of the difference, and payable once the conversion is.
    async fn settle(&self, row: &conversion::Model, before: Model) -> anyhow::Result<()> {
        let own: Vec<_> = self.commissions(row.id).filter(|own| own.partner_id == before.recruited_id).collect();
        let base_minor = rules::base_minor(rules::base_of(&before.base), row, &own);
        let amount_minor = before.percent().percent_of(base_minor).context("a share beyond what can be counted")?;
        let mut share = Model { base_minor, amount_minor, lock_at: row.lock_at, ..before.clone() };
        self.book(&share, amount_minor - before.amount_minor).await?;
        if share.locked_at.is_none() && rules::is_locked(row.status) && !own.is_empty() {
            self.lock(&share).await?;
            share.locked_at = Some(self.app.ambient.now());
        }
        if share != before {
            share.updated_at = self.app.ambient.now();
            let row = share.into_active_model().reset_all();
            Entity::update(row).exec_without_returning(&**self.write).await?;
        }
        Ok(())
    }

    /// What was paid already and is taken back is a debt, taken from the next payout; what is given settles debt first.
    async fn book(&self, share: &Model, difference_minor: i64) -> anyhow::Result<()> {
        let stamp = Stamp { id: self.app.ambient.new_id(), at: self.app.ambient.now() };
        let size = Money::new(difference_minor.abs(), share.currency());
        let stage = self.stage(share).await?;
        let entry = match (difference_minor.signum(), stage) {
            (0, _) => return Ok(()),
            (-1, _) => entries::beside_taken_back(stamp, share.partner_id, size, stage),
            (_, Stage::Approved) => {
                let (partner, advertiser) = (share.partner_id, share.advertiser_id);
                let revenue = Money::new(0, share.currency());
                entries::beside_earned(stamp, &BesideEarning { partner, advertiser, payout: size, revenue })
            }
            _ => entries::beside_given_again(stamp, share.partner_id, size, stage),
        };
        ledger::post(&**self.write, self.tenant, &[entry.with_note(share.note())]).await?;
        Ok(())
    }

    async fn lock(&self, share: &Model) -> anyhow::Result<()> {
        if share.amount_minor == 0 {
            return Ok(());
        }
        let stamp = Stamp { id: self.app.ambient.new_id(), at: self.app.ambient.now() };
        let entry = entries::beside_locked(stamp, share.partner_id, share.amount()).with_note(share.note());
        ledger::post(&**self.write, self.tenant, &[entry]).await?;
        Ok(())
    }

    async fn stage(&self, share: &Model) -> anyhow::Result<Stage> {
        if share.locked_at.is_none() {
            return Ok(Stage::Approved);
        }
        let standings = ledger::standings(&**self.write, self.tenant, &[share.partner_id]).await?;
        Ok(Stage::Locked(standings.get(&(share.partner_id, share.currency())).copied().unwrap_or_default()))
    }
}
