//! The margin guard: no change of a plan leaves less of what is charged than the workspace wants, unless somebody says why.

use std::collections::HashSet;

use jiff::tz::TimeZone;
use kernel::{Decimal8, Id, Refusal, RefusalCode, Tenant, Timestamp, id};
use sea_orm::ConnectionTrait;

use super::store;
use crate::{
    plans::{
        self,
        rules::{Conditions, Effect, LocalDate, lint},
        store::OfferPlans,
    },
    platform::{
        Answer,
        body::{TEXT_CHARS_MAX, optional_text},
    },
    workspaces,
};

/// What is paid under which conditions, and what is charged for it.
type Breach = (Conditions, Effect, Option<Effect>);

/// Where an offer's plans left too little before a change: that is no fault of the change.
pub struct MarginGuard {
    tenant: Tenant,
    offer: Id<id::Offer>,
    floor: Option<Decimal8>,
    zone: TimeZone,
    known: Vec<Breach>,
}

impl MarginGuard {
    /// Everything in the plans of a new offer is new.
    pub async fn of_new_offer(conn: &impl ConnectionTrait, tenant: Tenant, offer: Id<id::Offer>) -> Answer<Self> {
        let workspace = workspaces::store::get(conn, tenant).await?;
        let (floor, zone) = (workspace.margin_floor(), workspace.zone()?);
        Ok(Self { tenant, offer, floor, zone, known: Vec::new() })
    }

    /// Before the change.
    pub async fn before(
        conn: &impl ConnectionTrait,
        tenant: Tenant,
        offer: Id<id::Offer>,
        now: Timestamp,
    ) -> Answer<Self> {
        let mut guard = Self::of_new_offer(conn, tenant, offer).await?;
        if guard.floor.is_some() {
            guard.known = guard.breaches(conn, now).await?;
        }
        Ok(guard)
    }

    /// After the change, in its transaction: the words where it needed them.
    ///
    /// Refuses with `margin_too_thin` where it leaves less than the floor and no words say why.
    pub async fn after(
        &self,
        conn: &impl ConnectionTrait,
        now: Timestamp,
        words: Option<&str>,
    ) -> Answer<Option<String>> {
        let words = optional_text("margin_words", words, TEXT_CHARS_MAX)?;
        let Some(floor) = self.floor else { return Ok(None) };
        let found = self.breaches(conn, now).await?;
        if found.iter().all(|breach| self.known.contains(breach)) {
            return Ok(None);
        }
        let message = format!("it leaves less than {floor}% of what is charged; say in margin_words why it may");
        words.map(Some).ok_or_else(|| Refusal::new(RefusalCode::MarginTooThin, message).into())
    }

    /// From `now` on, at each moment at which the plans change.
    async fn breaches(&self, conn: &impl ConnectionTrait, now: Timestamp) -> Answer<Vec<Breach>> {
        let goals = store::goals_of(conn, self.tenant, [self.offer]).await?.remove(&self.offer).unwrap_or_default();
        let goals: Vec<_> = goals.iter().map(|goal| goal.id).collect();
        let plans = plans::store::of_offer(conn, self.tenant, self.offer).await?;
        let mut found: Vec<Breach> = Vec::new();
        for moment in moments(&plans, now) {
            let ground = lint::Ground {
                goals: goals.clone(),
                partners: HashSet::new(),
                groups: HashSet::new(),
                today: LocalDate(moment.local_day(&self.zone)),
                margin_floor: self.floor,
            };
            let (earnings, revenue) = (plans.earnings.rules_at(moment), plans.revenue.rules_at(moment));
            let thin = lint::thin_margins(earnings, revenue, &ground).into_iter().map(|thin| {
                let charged = thin.charged.map(|rule| rule.effect.clone());
                (thin.rule.conditions.clone(), thin.rule.effect.clone(), charged)
            });
            found.extend(thin);
        }
        Ok(found)
    }
}

fn moments(plans: &OfferPlans, now: Timestamp) -> Vec<Timestamp> {
    let versions = plans.earnings.versions.iter().chain(&plans.revenue.versions);
    let later = versions.map(|version| version.valid_from).filter(|moment| *moment > now);
    let mut moments: Vec<Timestamp> = later.chain([now]).collect();
    moments.sort_unstable();
    moments.dedup();
    moments
}
