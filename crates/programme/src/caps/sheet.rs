//! The caps and counters that one transaction touches, in memory: judged receipt after receipt, written at the end.

mod load;
mod write;

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::tz::TimeZone;
use kernel::{Id, Refusal, RefusalCode, Timestamp, id, reason::ConversionReason};
use sea_orm::prelude::Uuid;

pub use load::blank;

use super::{
    entity::{cap::Model as Cap, counter},
    model::{self, CapKind, OnReach},
    rules::{
        room::{self, Met, Moments, Outcome, Taken},
        subject::{self, Subject},
    },
};

/// A cap with its clock.
struct Loaded {
    row: Cap,
    zone: TimeZone,
}

/// A threshold that was passed.
struct Told {
    cap: Id<id::Cap>,
    period_start: Timestamp,
    percent: u32,
}

/// Caps of one workspace.
#[derive(Default)]
pub struct CapSheet {
    caps: Vec<Loaded>,
    known: HashSet<Id<id::Cap>>,
    /// Caps that name no offer have been read.
    has_wide: bool,
    moments: BTreeSet<Timestamp>,
    /// Of every cap and every period that holds a loaded moment.
    counters: HashMap<Uuid, counter::Model>,
    changed: HashSet<Uuid>,
    told: Vec<Told>,
    tests_reached: Vec<Id<id::Cap>>,
    /// Caps that closed or opened the way for clicks.
    flipped: BTreeSet<Id<id::Cap>>,
}

/// The cap that stands in the way of a conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InTheWay {
    pub cap: Id<id::Cap>,
    pub reason: ConversionReason,
    /// The conversion may wait for a person instead of being rejected.
    pub may_wait: bool,
}

impl CapSheet {
    /// The cap that stops a new conversion: of those without room the one that was reached first.
    pub fn judge(&mut self, new: &Subject<'_>, decided_at: Timestamp) -> Option<InTheWay> {
        self.first_reached(
            decided_at,
            |cap| if subject::is_meant(cap, new) { subject::amount(cap, new) } else { 0 },
            new,
        )
    }

    /// Refuses a move for which a cap has no room.
    ///
    /// # Errors
    /// `cap_reached`, naming the cap's reason.
    pub fn require_room(
        &mut self,
        before: &Subject<'_>,
        after: &Subject<'_>,
        decided_at: Timestamp,
    ) -> Result<(), Refusal> {
        match self.first_reached(decided_at, |cap| taken(cap, after) - taken(cap, before), after) {
            None => Ok(()),
            Some(in_the_way) => {
                let message = format!("a cap leaves no room for it ({})", in_the_way.reason);
                Err(Refusal::new(RefusalCode::CapReached, message))
            }
        }
    }

    fn first_reached(
        &mut self,
        decided_at: Timestamp,
        amount_of: impl Fn(&Cap) -> i64,
        subject: &Subject<'_>,
    ) -> Option<InTheWay> {
        let moments = Moments { event_at: subject.event_at, click_at: subject.click_at, decided_at };
        let mut reached = Vec::new();
        for (index, Loaded { row, zone }) in self.caps.iter().enumerate() {
            let amount = amount_of(row);
            if amount <= 0 {
                continue;
            }
            let met = self.met(index, amount, subject.event_at);
            if let Outcome::Reached(at) = room::judge(&met, zone, moments) {
                reached.push((met.rank(at), index));
            }
        }
        for (_, index) in &reached {
            self.close(*index, subject.event_at, decided_at);
        }
        let (_, index) = reached.into_iter().min()?;
        let row = &self.caps[index].row;
        let reason = model::reason(row.scope, row.period(), row.metric).expect("caps on conversions have reasons");
        Some(InTheWay { cap: row.id, reason, may_wait: room::action(row) == OnReach::Pending })
    }

    fn met(&self, index: usize, amount: i64, event_at: Timestamp) -> Met {
        let counter = &self.counters[&self.key(index, event_at)];
        let taken = Taken { used: counter.used, reached_at: counter.reached_at };
        Met::of(&self.caps[index].row, taken, amount)
    }

    /// The caps of which a new conversion needs room, as they stand before it.
    pub fn all_met(&self, new: &Subject<'_>) -> Vec<Met> {
        let meant = self.caps.iter().enumerate().filter(|(_, loaded)| subject::is_meant(&loaded.row, new));
        let needed = meant.map(|(index, loaded)| (index, subject::amount(&loaded.row, new)));
        needed.filter(|need| need.1 > 0).map(|(index, amount)| self.met(index, amount, new.event_at)).collect()
    }

    /// Takes room and gives it back, as a conversion goes from one state to the next.
    pub fn record(&mut self, before: Option<&Subject<'_>>, after: &Subject<'_>, at: Timestamp) {
        for index in 0..self.caps.len() {
            let row = &self.caps[index].row;
            let delta = taken(row, after) - before.map_or(0, |before| taken(row, before));
            if delta != 0 {
                self.add(index, after.event_at, delta, at);
            }
        }
    }

    fn add(&mut self, index: usize, event_at: Timestamp, delta: i64, at: Timestamp) {
        let key = self.key(index, event_at);
        let row = &self.caps[index].row;
        let counter = self.counters.get_mut(&key).expect("counters of every loaded moment are here");
        counter.used = counter.used.saturating_add(delta);
        self.changed.insert(key);
        let passed = room::threshold_passed(&row.thresholds.0, counter.used, row.limit_count);
        if i64::from(passed) > i64::from(counter.told_percent) {
            counter.told_percent = passed as i32;
            self.told.push(Told { cap: row.id, period_start: counter.period_start, percent: passed });
        }
        let is_full = counter.used >= row.limit_count;
        if is_full {
            self.close(index, event_at, at);
        } else if counter.reached_at.is_some() && delta < 0 {
            counter.reached_at = None;
            self.note_flip(index);
        }
    }

    /// Remembers that a cap has been reached in a period.
    fn close(&mut self, index: usize, event_at: Timestamp, at: Timestamp) {
        let key = self.key(index, event_at);
        let counter = self.counters.get_mut(&key).expect("counters of every loaded moment are here");
        if counter.reached_at.is_some() {
            return;
        }
        counter.reached_at = Some(at);
        self.changed.insert(key);
        self.note_flip(index);
        let row = &self.caps[index].row;
        if row.kind == CapKind::Test && row.decision.is_none() && !self.tests_reached.contains(&row.id) {
            self.tests_reached.push(row.id);
        }
    }

    fn note_flip(&mut self, index: usize) {
        let row = &self.caps[index].row;
        if room::action(row) == OnReach::Redirect {
            self.flipped.insert(row.id);
        }
    }

    /// Whether clicks must go another way from the commit on.
    pub fn changes_routes(&self) -> bool {
        !self.flipped.is_empty()
    }

    fn key(&self, index: usize, event_at: Timestamp) -> Uuid {
        let Loaded { row, zone } = &self.caps[index];
        counter::key(row.id, row.period().around(event_at, zone).start)
    }
}

fn taken(cap: &Cap, subject: &Subject<'_>) -> i64 {
    if subject::is_meant(cap, subject) { subject::room_taken(cap, subject) } else { 0 }
}
