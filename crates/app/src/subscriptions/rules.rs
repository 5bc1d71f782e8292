//! When periods begin, what parts of them cost, and what is due of an invoice that is not paid. Days are whole days of the
//! workspace's clock; a change holds from the begin of its day.

use jiff::{ToSpan as _, Unit, civil::Date};
use kernel::{Id, Money, Refusal, RefusalCode, id};

use super::entity::{SubscriptionPeriod, SubscriptionState, subscription::Model};
use crate::billing::{entity::fee::FeeKind, fees::Fee, rules::AMOUNT_MINOR_MAX};

pub const TRIAL_DAYS_MAX: i32 = 365;
const REMINDERS_MAX: usize = 10;
const DAYS_MAX: i32 = 365;

/// A plan at one price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub plan: Id<id::SubscriptionPlan>,
    pub version: i32,
    pub name: String,
    pub price: Money,
    pub period: SubscriptionPeriod,
}

/// What the fees of one period come to so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Charged {
    pub net_minor: i64,
    /// The dearest price of a whole period among them.
    pub dearest_minor: i64,
}

impl SubscriptionPeriod {
    const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

/// The first day of the period that begins `number` periods after the anchor. A month that is too short for the anchor's
/// day has its last day; a later one has the anchor's again.
pub fn begin_of(anchor: Date, period: SubscriptionPeriod, number: i32) -> Date {
    anchor.saturating_add((period.months().saturating_mul(number)).months())
}

/// Days from one day to another; below nought where it lies before.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until((Unit::Day, to)).map_or(0, |span| span.get_days())
}

/// A part of a price by days, rounded half up to the minor unit.
pub fn part(full_minor: i64, days: i32, of_days: i32) -> i64 {
    let (days, of_days) = (i128::from(days.max(0)), i128::from(of_days.max(1)));
    let doubled = 2 * i128::from(full_minor) * days + of_days;
    i64::try_from(doubled.div_euclid(2 * of_days)).unwrap_or(full_minor)
}

/// What is given back of one price and charged of another for the days that are left, both above nought. Never more is
/// given back than was charged, and with all that was charged before it never comes to more than the dearest price.
pub fn prorated(charged: Charged, (old_minor, new_minor): (i64, i64), (days, of_days): (i32, i32)) -> (i64, i64) {
    let unused = part(old_minor, days, of_days).min(charged.net_minor.max(0));
    let kept = charged.net_minor.saturating_sub(unused);
    let dearest = charged.dearest_minor.max(new_minor);
    (unused, part(new_minor, days, of_days).min(dearest.saturating_sub(kept)).max(0))
}

fn day(text: &str) -> Date {
    text.parse().expect("rows hold days")
}

fn maybe_day(text: Option<&str>) -> Option<Date> {
    text.map(day)
}

/// Whether the next period begins, or it ends, on this day or before.
pub fn is_due(row: &Model, today: Date) -> bool {
    let stands = row.state == SubscriptionState::Cancelled || (row.state == SubscriptionState::Paused && !row.ends);
    !stands && maybe_day(row.next_on.as_deref()).is_some_and(|next| next <= today)
}

/// Begins the next period of a subscription by these terms, and answers its fee.
pub fn begin_period(row: &mut Model, terms: &Terms) -> Fee {
    let from = row.next_on.as_deref().map_or_else(|| day(&row.anchor_on), day);
    let (plan_changed, period_changed) = (row.next_plan_id.take().is_some(), terms.period != row.period);
    row.next_plan_version = None;
    if plan_changed {
        put_terms(row, terms);
    }
    if period_changed {
        (row.anchor_on, row.periods) = (from.to_string(), 0);
    }
    row.periods += 1;
    let to = begin_of(day(&row.anchor_on), row.period, row.periods);
    put_period(row, from, to);
    if row.state == SubscriptionState::Trialing {
        row.state = SubscriptionState::Active;
    }
    whole(terms, (from, to), format!("period:{from}"))
}

/// Puts a subscription on other terms today. Within a charged period what was not used is given back; the days left are
/// charged by the new price, or a new period begins where the length of periods is another.
pub fn change_now(row: &mut Model, (old, new): (&Terms, &Terms), today: Date, charged: Charged) -> Vec<Fee> {
    row.changes += 1;
    (row.next_plan_id, row.next_plan_version) = (None, None);
    put_terms(row, new);
    let Some((from, to)) = running_period(row, today) else { return Vec::new() };
    let (days, of_days) = (days_between(from, to), days_of(row));
    let (unused_minor, rest_minor) = prorated(charged, (old.price.minor, new.price.minor), (days, of_days));
    let period_on = day(row.period_from.as_deref().unwrap_or(&row.anchor_on));
    let one = |kind, terms: &Terms, minor| Fee {
        key: format!("{}:{}", if kind == FeeKind::Unused { "unused" } else { "rest" }, row.changes),
        kind,
        name: terms.name.clone(),
        amount: Money::new(minor, terms.price.currency),
        full_minor: terms.price.minor,
        period_on,
        from_on: from,
        to_on: to.yesterday().unwrap_or(to),
        days,
        of_days,
    };
    let unused = one(FeeKind::Unused, old, -unused_minor);
    if old.period == new.period {
        return vec![unused, one(FeeKind::Rest, new, rest_minor)];
    }
    let key = format!("anew:{}", row.changes);
    (row.anchor_on, row.periods) = (from.to_string(), 1);
    let next = begin_of(from, new.period, 1);
    put_period(row, from, next);
    vec![unused, whole(new, (from, next), key)]
}

/// Ends a subscription today: what was not used of a charged period is given back.
pub fn cancel_now(row: &mut Model, terms: &Terms, today: Date, charged: Charged) -> Option<Fee> {
    let left = running_period(row, today);
    let of_days = days_of(row);
    let period_on = maybe_day(row.period_from.as_deref());
    end(row, today);
    let (from, to) = left?;
    let days = days_between(from, to);
    let minor = part(terms.price.minor, days, of_days).min(charged.net_minor.max(0));
    Some(Fee {
        key: "cancelled".to_owned(),
        kind: FeeKind::Unused,
        name: terms.name.clone(),
        amount: Money::new(-minor, terms.price.currency),
        full_minor: terms.price.minor,
        period_on: period_on.unwrap_or(from),
        from_on: from,
        to_on: to.yesterday().unwrap_or(to),
        days,
        of_days,
    })
}

/// It is over.
pub fn end(row: &mut Model, on: Date) {
    row.state = SubscriptionState::Cancelled;
    (row.running_of, row.next_on, row.cancelled_on) = (None, None, Some(on.to_string()));
    (row.next_plan_id, row.next_plan_version, row.ends) = (None, None, false);
}

/// Its fee stayed unpaid: no period begins from now on.
pub fn pause(row: &mut Model, today: Date) {
    row.state = SubscriptionState::Paused;
    row.paused_on = Some(today.to_string());
    if !row.ends {
        row.next_on = None;
    }
}

/// What was overdue is paid. Of a paused one the period goes on where it is not over; else one begins today, and those
/// between are not charged.
pub fn bring_back(row: &mut Model, today: Date) {
    let was_paused = row.state == SubscriptionState::Paused;
    row.state = SubscriptionState::Active;
    (row.past_due_on, row.paused_on) = (None, None);
    if !was_paused || row.ends {
        return;
    }
    let goes_on = maybe_day(row.period_to.as_deref()).filter(|to| *to > today);
    if let Some(to) = goes_on {
        row.next_on = Some(to.to_string());
    } else {
        (row.anchor_on, row.periods, row.next_on) = (today.to_string(), 0, Some(today.to_string()));
    }
}

fn put_terms(row: &mut Model, terms: &Terms) {
    (row.plan_id, row.plan_version, row.price_minor) = (terms.plan, terms.version, terms.price.minor);
    row.currency = terms.price.currency.to_string();
    row.period = terms.period;
}

fn put_period(row: &mut Model, from: Date, to: Date) {
    (row.period_from, row.period_to) = (Some(from.to_string()), Some(to.to_string()));
    row.next_on = Some(to.to_string());
}

/// From today to the first day after the charged period, where that is not over.
fn running_period(row: &Model, today: Date) -> Option<(Date, Date)> {
    let (from, to) = maybe_day(row.period_from.as_deref()).zip(maybe_day(row.period_to.as_deref()))?;
    (to > today).then(|| (from.max(today), to))
}

fn days_of(row: &Model) -> i32 {
    let whole = maybe_day(row.period_from.as_deref()).zip(maybe_day(row.period_to.as_deref()));
    whole.map_or(0, |(from, to)| days_between(from, to))
}

fn whole(terms: &Terms, (from, to): (Date, Date), key: String) -> Fee {
    let days = days_between(from, to);
    Fee {
        key,
        kind: FeeKind::Period,
        name: terms.name.clone(),
        amount: terms.price,
        full_minor: terms.price.minor,
        period_on: from,
        from_on: from,
        to_on: to.yesterday().unwrap_or(to),
        days,
        of_days: days,
    }
}

/// What an overdue invoice asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// The letter of so many days.
    Reminder(i32),
    Pause,
}

/// What is due of the oldest invoice that is overdue: the latest step alone, whatever was missed before it.
pub fn due(
    (reminder_days, pause_days): (&[i32], i32),
    state: SubscriptionState,
    days_overdue: i64,
    (sent_after, was_reminded_today): (Option<i32>, bool),
) -> Option<Due> {
    if matches!(state, SubscriptionState::Paused | SubscriptionState::Cancelled) {
        return None;
    }
    if days_overdue >= i64::from(pause_days) {
        return Some(Due::Pause);
    }
    let step = reminder_days.iter().copied().filter(|days| i64::from(*days) <= days_overdue).max()?;
    let is_new = sent_after.is_none_or(|sent| sent < step);
    (is_new && !was_reminded_today).then_some(Due::Reminder(step))
}

/// Refuses reminders that are in no order, or come after the pause.
pub fn require_reminders(days: &[i32], pause_days: i32) -> Result<(), Refusal> {
    let in_order = days.windows(2).all(|pair| pair[0] < pair[1]);
    let in_bounds = days.iter().all(|day| (1..=DAYS_MAX).contains(day));
    if days.is_empty() || days.len() > REMINDERS_MAX || !in_order || !in_bounds {
        return Err(Refusal::field("reminder_days", "must be 1 to 10 days from 1 to 365, each after the one before"));
    }
    if !(1..=DAYS_MAX).contains(&pause_days) || days.iter().any(|day| *day > pause_days) {
        return Err(Refusal::field("pause_days", "must be 1 to 365, and not before the last reminder"));
    }
    Ok(())
}

pub fn require_price(price: Money) -> Result<(), Refusal> {
    if (1..=AMOUNT_MINOR_MAX).contains(&price.minor) {
        return Ok(());
    }
    Err(Refusal::field("price", "must be above nought and at most 1000000000000000"))
}

pub fn require_trial(days: i32) -> Result<(), Refusal> {
    if (0..=TRIAL_DAYS_MAX).contains(&days) { Ok(()) } else { Err(Refusal::field("trial_days", "must be 0 to 365")) }
}

/// Refuses to change what is paused or over, or is about to end.
pub fn require_changeable(row: &Model) -> Result<(), Refusal> {
    let words = match row.state {
        SubscriptionState::Paused => "it is paused until what is overdue is paid",
        SubscriptionState::Cancelled => "it is over",
        _ if row.ends => "it ends with its period: keep it first",
        _ => return Ok(()),
    };
    Err(Refusal::new(RefusalCode::IllegalMove, words))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn begins(anchor: &str, period: SubscriptionPeriod) -> Vec<String> {
        (0..5).map(|number| begin_of(day(anchor), period, number).to_string()).collect()
    }

    #[test]
    fn the_day_of_the_anchor_is_kept_over_short_months() {
        let months = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"];
        assert_eq!(begins("2026-01-31", SubscriptionPeriod::Month), months);
        assert_eq!(begins("2028-01-30", SubscriptionPeriod::Month)[1..3], ["2028-02-29", "2028-03-30"]);
        let quarters = ["2026-11-30", "2027-02-28", "2027-05-30", "2027-08-30", "2027-11-30"];
        assert_eq!(begins("2026-11-30", SubscriptionPeriod::Quarter), quarters);
        let years = ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"];
        assert_eq!(begins("2028-02-29", SubscriptionPeriod::Year), years);
    }

    #[test]
    fn parts_are_rounded_half_up() {
        // 49.00 for 28 days: 17 of them are 29.75, 1 is 1.75; half of 0.01 is 0.01.
        assert_eq!([part(4_900, 17, 28), part(4_900, 1, 28), part(1, 1, 2), part(1, 1, 3)], [2_975, 175, 1, 0]);
        assert_eq!([part(4_900, 28, 28), part(4_900, 0, 28), part(4_900, -3, 28)], [4_900, 0, 0]);
    }

    #[test]
    fn only_the_latest_step_is_due_and_once_a_day() {
        let terms = (&[3, 7, 14][..], 21);
        let active = SubscriptionState::Active;
        let due = |days, sent, today| due(terms, active, days, (sent, today));
        assert_eq!([due(2, None, false), due(3, Some(3), false)], [None, None]);
        assert_eq!(due(3, None, false), Some(Due::Reminder(3)));
        assert_eq!(due(10, None, false), Some(Due::Reminder(7)), "what was missed is not made up for");
        assert_eq!(due(10, None, true), None);
        assert_eq!([due(21, Some(14), true), due(400, None, false)], [Some(Due::Pause); 2]);
        assert_eq!(super::due(terms, SubscriptionState::Paused, 30, (None, false)), None);
        assert!(require_reminders(&[3, 7, 14], 21).is_ok());
        for (days, pause) in [(vec![], 21), (vec![7, 3], 21), (vec![3, 22], 21), (vec![0], 21), (vec![3], 366)] {
            assert!(require_reminders(&days, pause).is_err(), "{days:?} {pause}");
        }
    }

    proptest! {
        #[test]
        fn changes_within_a_period_never_cost_more_than_the_dearest_plan(
            first in 1_i64..20_000, of_days in 28_i32..367,
            changes in prop::collection::vec((1_i64..20_000, 0_i32..40), 0..12),
        ) {
            let mut charged = Charged { net_minor: first, dearest_minor: first };
            let (mut price, mut days) = (first, of_days);
            for (next, passed) in changes {
                days = (days - passed).max(1);
                let (unused, rest) = prorated(charged, (price, next), (days, of_days));
                prop_assert!(unused >= 0 && rest >= 0);
                charged.net_minor += rest - unused;
                charged.dearest_minor = charged.dearest_minor.max(next);
                price = next;
                prop_assert!((0..=charged.dearest_minor).contains(&charged.net_minor), "{charged:?}");
            }
        }
    }
}
