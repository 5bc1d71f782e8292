//! How conversions change: the one way, for people, senders, clocks and payouts alike.
//!
//! A [`Worksheet`] holds the conversions of one workspace that a transaction touches. [`Worksheet::receive`] adds one,
//! [`Worksheet::apply`] moves one; both work in memory and note the move, the entries in the book and the fact.
//! [`Worksheet::write`] writes all of it, set-wise, the outbox last.

mod entries;
mod facts;
mod load;
mod reprice;
mod room;
mod step;
#[cfg(test)]
mod tests;
mod write;

use std::collections::HashMap;

use jiff::tz::TimeZone;
use kernel::{Ambient, Currency, Id, Refusal, Tenant, Timestamp, id, reason::ConversionReason};
use ledger::{Entry, Standing};

pub use facts::Moved;
pub(in crate::conversions) use load::hold;
pub use load::{IDS_PER_QUERY, load_conversions, load_facts, load_standings_of, load_terms, open};

pub use step::MOVED;

use super::{
    counts::Counts,
    entity::{commission, conversion, movement},
    model::{Action, Mover},
    rules::terms::Terms,
};
use crate::{
    caps::sheet::CapSheet, currencies::rules::Rates, offers::clocks::ClockTerms, partners::model::Model as Partner,
    plans::rules::Facts,
};

/// A conversion with its commissions.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    pub conversion: conversion::Model,
    pub commissions: Vec<commission::Model>,
}

/// A move that somebody wants.
#[derive(Clone, Debug)]
pub struct Order {
    pub action: Action,
    /// Minor units: the part to refund, or the new order value.
    pub amount_minor: Option<i64>,
    pub reason: Option<ConversionReason>,
    /// Plain words of the person, or the advertiser's own word.
    pub words: Option<String>,
    pub mover: Mover,
    /// When it was asked for: clocks run from here.
    pub at: Timestamp,
}

/// What a transaction does to conversions of one workspace.
pub struct Worksheet {
    pub tenant: Tenant,
    pub zone: TimeZone,
    pub reporting: Currency,
    pub terms: HashMap<Id<id::Offer>, Terms>,
    pub caps: CapSheet,
    /// Other days than the offers' own.
    pub clocks: ClockTerms,
    /// What currencies were worth on the days of the conversions that are taken in.
    pub rates: Rates,
    /// What tiers, terms and limits of the plans count.
    pub counts: Counts,
    /// What conversions were priced by, so that another order value is priced alike.
    pub priced_by: HashMap<Id<id::Conversion>, Facts>,
    holdings: HashMap<Id<id::Conversion>, Held>,
    standings: HashMap<(Id<id::Partner>, Currency), Standing>,
    moves: Vec<movement::Model>,
    entries: Vec<Entry>,
    facts: Vec<Moved>,
    ambient: Ambient,
    now: Timestamp,
}

struct Held {
    holding: Holding,
    state: HeldState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HeldState {
    Untouched,
    Changed,
    New,
}

impl Worksheet {
    pub fn new(tenant: Tenant, zone: TimeZone, reporting: Currency, ambient: Ambient) -> Self {
        Self {
            tenant,
            zone,
            reporting,
            terms: HashMap::new(),
            caps: CapSheet::default(),
            clocks: ClockTerms::default(),
            rates: Rates::default(),
            counts: Counts::default(),
            priced_by: HashMap::new(),
            holdings: HashMap::new(),
            standings: HashMap::new(),
            moves: Vec::new(),
            entries: Vec::new(),
            facts: Vec::new(),
            now: ambient.now(),
            ambient,
        }
    }

    pub fn now(&self) -> Timestamp {
        self.now
    }

    pub fn ambient(&self) -> &Ambient {
        &self.ambient
    }

    pub fn get(&self, id: Id<id::Conversion>) -> Option<&Holding> {
        self.holdings.get(&id).map(|held| &held.holding)
    }

    pub fn holdings(&self) -> impl Iterator<Item = &Holding> {
        self.holdings.values().map(|held| &held.holding)
    }

    /// Adds a conversion that has just been decided; its amounts are worked out here.
    pub fn receive(&mut self, mut holding: Holding, order: &Order) {
        self.keep_reporting_rate(&mut holding.conversion);
        step::revalue(&mut holding);
        self.set_clocks(&mut holding.conversion, super::Status::Received, order.at);
        self.settle_room(None, &holding, order.at);
        self.counts.settle(None, &holding, &self.zone);
        self.note(None, &holding, order);
        let held = Held { holding, state: HeldState::New };
        self.holdings.insert(held.holding.conversion.id, held);
    }

    /// Moves one conversion, or refuses and leaves it as it was. The conversion must have been loaded.
    pub fn apply(&mut self, id: Id<id::Conversion>, order: &Order) -> Result<(), Refusal> {
        let before = self.get(id).ok_or_else(|| Refusal::not_found("conversion"))?.clone();
        let order = step::whole_or_part(&before.conversion, order);
        let after = self.step(&before, &order)?;
        self.require_room(&before, &after, order.at)?;
        self.settle_room(Some(&before), &after, order.at);
        self.counts.settle(Some(&before), &after, &self.zone);
        self.note(Some(&before), &after, &order);
        self.amend(id, |holding| *holding = after);
        Ok(())
    }

    /// Moves one conversion to another partner, or refuses and leaves it as it was. What the first partner had of it is
    /// taken back, from where it lies; the other is given the same amount. Standings of both must have been loaded.
    pub fn reassign(&mut self, id: Id<id::Conversion>, order: &Order, to: &Partner) -> Result<(), Refusal> {
        let before = self.get(id).ok_or_else(|| Refusal::not_found("conversion"))?.clone();
        let after = step::reassigned(&before, order, to)?;
        self.require_room(&before, &after, order.at)?;
        self.settle_room(Some(&before), &after, order.at);
        self.counts.settle(Some(&before), &after, &self.zone);
        self.note(Some(&before), &after, order);
        if let Some(noted) = self.moves.last_mut() {
            (noted.from_partner_id, noted.to_partner_id) = (before.conversion.partner_id, Some(to.id));
        }
        self.amend(id, |holding| *holding = after);
        Ok(())
    }

    /// Changes fields of a loaded conversion that are no move, such as an order id that came later.
    pub fn amend(&mut self, id: Id<id::Conversion>, change: impl FnOnce(&mut Holding)) {
        let held = self.holdings.get_mut(&id).expect("only loaded conversions are changed");
        change(&mut held.holding);
        if held.state == HeldState::Untouched {
            held.state = HeldState::Changed;
        }
    }

    fn note(&mut self, before: Option<&Holding>, after: &Holding, order: &Order) {
        self.enter(before, after, order);
        let movement = step::movement(&self.ambient, self.now, before, after, order);
        self.moves.push(movement);
        self.facts.push(Moved::new(self.now, before, after));
    }
}
