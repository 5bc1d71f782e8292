//! Caps as the edge keeps them: which clicks they mean, and how many have been counted, exactly and without a lock.
//!
//! A tally outlives the changes of its cap's terms: it is shared between versions of the table. It begins when
//! [`Tally::open`] is called; what happened before that moment is added once by whoever can count it
//! ([`Tally::add_before`]), so that neither a restart nor a cap made in the middle of a day starts from nought.

use std::{
    collections::HashMap,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
};

use arc_swap::ArcSwap;
use jiff::tz::TimeZone;
use kernel::{
    Id, Timestamp,
    id::{Cap, Offer, Workspace},
    period::Span,
    time,
};

use super::{
    change::{CapRoute, CapTraffic, WhenFull},
    table::Found,
};

/// A cap's place in the table.
#[derive(Debug)]
pub struct CapSlot {
    pub route: CapRoute,
    zone: TimeZone,
    pub tally: Arc<Tally>,
}

impl CapSlot {
    /// `before` is the slot that this one replaces: its tally goes on where the two count the same things.
    fn new(route: CapRoute, before: Option<&Self>) -> Self {
        let zone = time::zone(&route.timezone).unwrap_or(TimeZone::UTC);
        let goes_on = before.filter(|before| before.route.counts_as(&route));
        let tally = goes_on.map_or_else(Arc::default, |before| before.tally.clone());
        Self { route, zone, tally }
    }

    pub fn period_around(&self, at: Timestamp) -> Span {
        self.route.period.around(at, &self.zone)
    }

    /// Whether clicks of this link, source and country are meant.
    pub fn means(&self, found: &Found<'_>, source_id: &str, country: &str) -> bool {
        let route = &self.route;
        let advertiser = found.offer.route.as_ref().map(|offer| offer.advertiser_id);
        let in_scope = route.advertiser_id.is_none_or(|wanted| advertiser == Some(wanted))
            && route.offer_id.is_none_or(|wanted| found.offer.offer_id == wanted)
            && route.partner_id.is_none_or(|wanted| found.partner.partner_id == wanted);
        let fits = |list: &[String], value: &str| list.is_empty() || list.iter().any(|entry| entry == value);
        in_scope && fits(&route.sources, source_id) && fits(&route.countries, country)
    }

    /// Whether there is no room for one more at `at`.
    pub fn is_full(&self, at: Timestamp) -> bool {
        if self.route.when_full == WhenFull::LetThrough {
            return false;
        }
        match self.route.counts {
            CapTraffic::Elsewhere => self.route.closed.is_some_and(|span| span.holds(at)),
            CapTraffic::Views | CapTraffic::Clicks => self.used_at(at) >= self.route.limit,
        }
    }

    /// Takes room for one; false where another took the last.
    pub fn take(&self, at: Timestamp) -> bool {
        let limit = if self.route.when_full == WhenFull::LetThrough { i64::MAX } else { self.route.limit };
        self.tally.take(at, limit, |at| self.period_around(at))
    }

    /// Counted in the period in which `at` falls.
    pub fn used_at(&self, at: Timestamp) -> i64 {
        let window = self.tally.window.load();
        if window.span.holds(at) { window.used.load(Ordering::Acquire) } else { 0 }
    }

    /// Begins to count, where it has not begun: answers the stretch before `now` that somebody has to count.
    pub fn open(&self, now: Timestamp) -> Option<Span> {
        if self.route.counts == CapTraffic::Elsewhere || !self.tally.open(now, self.period_around(now)) {
            return None;
        }
        let start = self.period_around(now).start.max(self.route.counted_from);
        (start < now).then_some(Span { start, end: now })
    }
}

/// What was counted in one period.
#[derive(Debug)]
struct Window {
    span: Span,
    used: AtomicI64,
}

impl Window {
    const fn new(span: Span) -> Self {
        Self { span, used: AtomicI64::new(0) }
    }
}

/// A count that is exact whoever counts.
#[derive(Debug)]
pub struct Tally {
    opened_at: OnceLock<Timestamp>,
    window: ArcSwap<Window>,
}

impl Default for Tally {
    fn default() -> Self {
        let nowhere = Span { start: Timestamp::from_millis(i64::MIN), end: Timestamp::from_millis(i64::MIN) };
        Self { opened_at: OnceLock::new(), window: ArcSwap::from_pointee(Window::new(nowhere)) }
    }
}

impl Tally {
    /// False where it was open already.
    fn open(&self, now: Timestamp, span: Span) -> bool {
        self.opened_at.set(now).is_ok() && {
            self.turn_to(span);
            true
        }
    }

    /// Adds what was counted before the tally began, in the period of `span`.
    pub fn add_before(&self, span: Span, count: i64) {
        let window = self.window.load();
        // The period may have ended meanwhile: then nobody asks any more.
        if window.span.holds(span.start) {
            window.used.fetch_add(count, Ordering::AcqRel);
        }
    }

    /// Gives room back that was taken for nothing.
    pub fn give_back(&self, at: Timestamp) {
        let window = self.window.load();
        if window.span.holds(at) {
            window.used.fetch_sub(1, Ordering::AcqRel);
        }
    }

    fn take(&self, at: Timestamp, limit: i64, period_around: impl Fn(Timestamp) -> Span) -> bool {
        // What happened before it began is counted by another; a replay of an earlier period by nobody.
        if self.opened_at.get().is_none_or(|&opened| at < opened) {
            return true;
        }
        loop {
            let window = self.window.load();
            if window.span.holds(at) {
                let room = |used: i64| (used < limit).then_some(used + 1);
                return window.used.fetch_update(Ordering::AcqRel, Ordering::Acquire, room).is_ok();
            }
            if at < window.span.start {
                return true;
            }
            drop(window);
            self.turn_to(period_around(at));
        }
    }

    /// Begins a later period, unless somebody did.
    fn turn_to(&self, span: Span) {
        self.window.rcu(
            |present| {
                if present.span.start >= span.start { present.clone() } else { Arc::new(Window::new(span)) }
            },
        );
    }
}

/// Every cap, by what a click names.
#[derive(Clone, Debug, Default)]
pub(super) struct Caps {
    all: HashMap<Id<Cap>, Arc<CapSlot>>,
    of_offers: HashMap<Id<Offer>, Vec<Arc<CapSlot>>>,
    /// Those that name no offer.
    of_workspaces: HashMap<Id<Workspace>, Vec<Arc<CapSlot>>>,
}

impl Caps {
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub fn put(&mut self, route: CapRoute, before: Option<&CapSlot>) {
        let known = self.all.remove(&route.cap_id);
        self.forget(route.cap_id);
        let slot = Arc::new(CapSlot::new(route, known.as_deref().or(before)));
        self.all.insert(slot.route.cap_id, slot.clone());
        match slot.route.offer_id {
            Some(offer) => self.of_offers.entry(offer).or_default().push(slot),
            None => self.of_workspaces.entry(slot.route.workspace_id).or_default().push(slot),
        }
    }

    pub fn remove(&mut self, cap: Id<Cap>) {
        self.all.remove(&cap);
        self.forget(cap);
    }

    fn forget(&mut self, cap: Id<Cap>) {
        let lists = self.of_offers.values_mut().chain(self.of_workspaces.values_mut());
        lists.for_each(|list| list.retain(|slot| slot.route.cap_id != cap));
    }

    pub fn get(&self, cap: Id<Cap>) -> Option<&Arc<CapSlot>> {
        self.all.get(&cap)
    }

    pub fn all(&self) -> impl Iterator<Item = &Arc<CapSlot>> {
        self.all.values()
    }

    /// Caps that may mean clicks of this offer and workspace.
    pub fn of(&self, offer: Id<Offer>, workspace: Option<Id<Workspace>>) -> impl Iterator<Item = &CapSlot> {
        let of_offer = self.of_offers.get(&offer).into_iter().flatten();
        let wide = workspace.and_then(|workspace| self.of_workspaces.get(&workspace)).into_iter().flatten();
        of_offer.chain(wide).map(|slot| &**slot)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use kernel::{period::Period, time::DAY_MS};

    use super::*;

    fn slot(limit: i64, before: Option<&CapSlot>) -> CapSlot {
        let route = CapRoute {
            cap_id: Id::from_u128(1),
            workspace_id: Id::from_u128(2),
            advertiser_id: None,
            offer_id: None,
            partner_id: None,
            countries: Vec::new(),
            sources: Vec::new(),
            counts: CapTraffic::Clicks,
            period: Period::Day,
            timezone: "UTC".to_owned(),
            limit,
            when_full: WhenFull::Fallback,
            counted_from: Timestamp::from_millis(0),
            closed: None,
        };
        CapSlot::new(route, before)
    }

    const fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn many_threads_take_exactly_the_limit() {
        let slot = Arc::new(slot(1_000, None));
        slot.open(at(0));
        let taken: usize = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    let slot = slot.clone();
                    scope.spawn(move || (0..1_000).filter(|&number| slot.take(at(number))).count())
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("counted")).sum()
        });
        assert_eq!((taken, slot.used_at(at(5)), slot.is_full(at(5))), (1_000, 1_000, true));
    }

    #[test]
    fn a_new_period_begins_with_its_first_click() {
        let slot = slot(1, None);
        slot.open(at(10));
        assert!(slot.take(at(10)) && !slot.take(at(20)));
        assert!(slot.take(at(DAY_MS)) && !slot.take(at(DAY_MS + 1)));
        assert!(slot.take(at(30)), "a replay of yesterday counts nowhere");
        assert_eq!((slot.used_at(at(30)), slot.used_at(at(DAY_MS))), (0, 1));
    }

    #[test]
    fn what_came_before_is_added_once() {
        let slot = slot(5, None);
        assert!(slot.take(at(100)), "nothing is stopped before it is open");
        let before = slot.open(at(200)).expect("somebody has to count");
        assert_eq!((before.start, before.end), (at(0), at(200)));
        assert_eq!(slot.open(at(300)), None);
        slot.take(at(250));
        slot.tally.add_before(before, 3);
        assert_eq!(slot.used_at(at(250)), 4);
        assert!(slot.take(at(251)) && !slot.take(at(252)));
    }

    #[test]
    fn other_terms_go_on_counting_other_things_begin_anew() {
        let first = slot(1, None);
        first.open(at(0));
        first.take(at(1));
        let raised = slot(2, Some(&first));
        assert_eq!(raised.used_at(at(1)), 1);
        let narrower = CapRoute { sources: vec!["blog".to_owned()], ..raised.route.clone() };
        assert_eq!(CapSlot::new(narrower, Some(&raised)).used_at(at(1)), 0);
    }
}
