//! Giving a bonus and taking it back, each by an entry of its own.

use jiff::tz::TimeZone;
use kernel::{Id, Money, Tenant, id};
use ledger::{BesideEarning, Stage, Stamp, entries};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};

use super::{
    entity::{
        BonusState,
        bonus::{Entity, Model},
    },
    rules::{self, Met, Place, Reached, Step},
};
use crate::{App, accruals::lock::Held as _, offers::entity::offer, platform::WriteTransaction};

pub const LOCK_BONUSES: &str = "lock_bonuses";

/// A transaction that decides about bonuses; it holds the workspace's lock.
pub struct Desk<'a> {
    pub app: &'a App,
    pub write: &'a WriteTransaction,
    pub tenant: Tenant,
    pub zone: &'a TimeZone,
}

impl Desk<'_> {
    /// Has the bonus of a place follow its figure. `standing` is the one that stands there now.
    pub async fn settle(
        &self,
        offer: &offer::Model,
        place: Place,
        standing: Option<Model>,
        versions: &[Reached],
    ) -> anyhow::Result<()> {
        let reached = versions.iter().fold(0_i64, |sum, one| sum.saturating_add(one.sum));
        let step = rules::step(standing.as_ref().map(|row| row.amount_minor), rules::met(versions));
        match (step, standing) {
            (Step::Give(met), _) => self.give(offer, place, met, reached).await,
            (Step::Keep(met), Some(row)) => {
                let (plan_version_id, threshold) = (met.version, met.threshold);
                self.save(Model { plan_version_id, threshold, reached, ..row }).await
            }
            (Step::TakeBack, Some(row)) => self.take_back(Model { reached, ..row }).await,
            (Step::Exchange(met), Some(row)) => {
                self.take_back(Model { reached, ..row }).await?;
                self.give(offer, place, met, reached).await
            }
            _ => Ok(()),
        }
    }

    /// Approved at once, payable after the offer's hold.
    async fn give(&self, offer: &offer::Model, place: Place, met: Met, reached: i64) -> anyhow::Result<()> {
        let now = self.app.ambient.now();
        let row = Model {
            id: self.app.ambient.new_id(),
            workspace_id: self.tenant.id(),
            advertiser_id: offer.advertiser_id,
            offer_id: offer.id,
            partner_id: place.partner,
            rule_id: place.rule,
            plan_version_id: met.version,
            metric: place.metric.code().to_owned(),
            period: place.period.code().to_owned(),
            period_start: place.from,
            period_end: place.period.bounds(place.from, self.zone).1,
            threshold: met.threshold,
            reached,
            currency: offer.currency.clone(),
            amount_minor: met.minor,
            state: BonusState::Standing,
            given_at: now,
            entry_id: self.app.ambient.new_id(),
            lock_at: now.start_of_local_day_after(i64::from(offer.hold_days), self.zone),
            locked_at: None,
            lock_entry_id: None,
            taken_back_at: None,
            taken_back_entry_id: None,
            updated_at: now,
        };
        let earning = BesideEarning {
            partner: row.partner_id,
            advertiser: row.advertiser_id,
            payout: row.amount(),
            revenue: Money::new(0, row.currency()),
        };
        let entry = entries::beside_earned(Stamp { id: row.entry_id, at: now }, &earning).with_note(row.note());
        ledger::post(&**self.write, self.tenant, &[entry]).await?;
        Entity::insert(row.into_active_model()).exec_without_returning(&**self.write).await?;
        Ok(())
    }

    /// From where it lies: what is not payable any more is a debt, taken from the next payout.
    async fn take_back(&self, row: Model) -> anyhow::Result<()> {
        let now = self.app.ambient.now();
        let stamp = Stamp { id: self.app.ambient.new_id(), at: now };
        let stage = self.stage(&row).await?;
        let entry = entries::beside_taken_back(stamp, row.partner_id, row.amount(), stage).with_note(row.note());
        ledger::post(&**self.write, self.tenant, &[entry]).await?;
        let entry: Option<Id<id::BookEntry>> = Some(stamp.id);
        let (state, taken_back_at) = (BonusState::TakenBack, Some(now));
        self.save(Model { state, taken_back_at, taken_back_entry_id: entry, ..row }).await
    }

    async fn stage(&self, row: &Model) -> anyhow::Result<Stage> {
        if row.locked_at.is_none() {
            return Ok(Stage::Approved);
        }
        let standings = ledger::standings(&**self.write, self.tenant, &[row.partner_id]).await?;
        Ok(Stage::Locked(standings.get(&(row.partner_id, row.currency())).copied().unwrap_or_default()))
    }

    async fn save(&self, row: Model) -> anyhow::Result<()> {
        let row = Model { updated_at: self.app.ambient.now(), ..row };
        Entity::update(row.into_active_model().reset_all()).exec_without_returning(&**self.write).await?;
        Ok(())
    }
}
