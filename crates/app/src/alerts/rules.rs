//! What is worth a word, and what becomes of what stands.

use events::question::{Dimension, Metric, Unit};
use insight::{
    change::{Form, Part},
    season,
};
use kernel::{Currency, Refusal, RefusalCode, Timestamp};

use super::watch::{Test, Watch};

pub const WINDOW_HOURS_MAX: u32 = 720;
const FALSE_ALARM_DAYS_MAX: u32 = 3_650;
const PER_CENT_MAX: u32 = 10_000;

/// What one look found about one subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// A value of the dimension, as answers tell it; empty for the whole.
    pub subject: String,
    /// Absent where there was nothing to divide by.
    pub seen: Option<i64>,
    /// What would have been no reason for a word.
    pub usual_from: Option<i64>,
    pub usual_to: Option<i64>,
    pub before: Option<i64>,
    pub is_found: bool,
}

/// A metric's parts in the stretch and in the one before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading {
    pub now: Part,
    pub before: Part,
}

/// Refuses what cannot be looked at; else the metric.
pub fn checked(watch: &Watch) -> Result<&'static Metric, Refusal> {
    let metric = metric(&watch.metric)?;
    if !(1..=WINDOW_HOURS_MAX).contains(&watch.window_hours) {
        return Err(Refusal::field("watch.window_hours", format!("must be 1 to {WINDOW_HOURS_MAX}")));
    }
    if watch.at_least < 0 {
        return Err(Refusal::field("watch.at_least", "must not be below nought"));
    }
    if let Some(name) = watch.each.as_deref() {
        let dimension = Dimension::named(name).filter(|dimension| !dimension.is_time());
        let unknown = || Refusal::new(RefusalCode::UnknownDimension, format!("nothing can be told apart by {name}"));
        if !metric.is_carried(dimension.ok_or_else(unknown)?) {
            return Err(Refusal::field("watch.each", format!("not all that {} is made of knows it", metric.name)));
        }
    }
    check_test(watch, metric)?;
    Ok(metric)
}

fn metric(name: &str) -> Result<&'static Metric, Refusal> {
    Metric::named(name).ok_or_else(|| Refusal::new(RefusalCode::UnknownMetric, format!("no metric is called {name}")))
}

fn check_test(watch: &Watch, of: &Metric) -> Result<(), Refusal> {
    if let Some(unless) = watch.test.unless() {
        metric(unless)?;
    }
    match &watch.test {
        Test::Above { .. } | Test::Below { .. } => Ok(()),
        Test::Rises { per_cent, .. } if (1..=PER_CENT_MAX).contains(per_cent) => Ok(()),
        Test::Falls { per_cent, .. } if (1..=100).contains(per_cent) => Ok(()),
        Test::Rises { .. } => Err(Refusal::field("watch.test.per_cent", format!("must be 1 to {PER_CENT_MAX}"))),
        Test::Falls { .. } => Err(Refusal::field("watch.test.per_cent", "must be 1 to 100")),
        Test::Unusual { false_alarm_days, .. } => {
            if !of.under.is_empty() || !of.adds_up() {
                let words = "what is usual is known of sums alone, not of ratios and of distinct things";
                return Err(Refusal::field("watch.metric", words));
            }
            if watch.window_hours as usize > season::HOURS_OF_WEEK {
                return Err(Refusal::field("watch.window_hours", "must be 1 to 168 where the usual is asked for"));
            }
            let known = (1..=FALSE_ALARM_DAYS_MAX).contains(false_alarm_days);
            let words =
                || Refusal::field("watch.test.false_alarm_days", format!("must be 1 to {FALSE_ALARM_DAYS_MAX}"));
            known.then_some(()).ok_or_else(words)
        }
    }
}

pub fn form(metric: &Metric, currency: Currency) -> Form {
    metric.scale(currency).map_or(Form::Sum, |scale| Form::Quotient { scale })
}

/// Judges by limits and by the stretch before. `explains` is the reading of the metric that would explain it.
pub fn judged(
    watch: &Watch,
    form: Form,
    subject: String,
    reading: Reading,
    explains: Option<(Form, Reading)>,
) -> Judged {
    let (seen, before) = (form.value(reading.now), form.value(reading.before));
    let limits = limits(&watch.test, before);
    let judged = Judged { subject, seen, usual_from: limits.0, usual_to: limits.1, before, is_found: false };
    let is_explained = explains.is_some_and(|(form, other)| moved_as_much(&watch.test, form, other));
    let is_found = is_enough(watch, form, reading) && is_outside(seen, limits) && !is_explained;
    Judged { is_found, ..judged }
}

fn is_outside(seen: Option<i64>, (from, to): (Option<i64>, Option<i64>)) -> bool {
    let Some(seen) = seen else { return false };
    from.is_some_and(|from| seen < from) || to.is_some_and(|to| seen > to)
}

/// From where to where all is well.
fn limits(test: &Test, before: Option<i64>) -> (Option<i64>, Option<i64>) {
    let of_before = |per_cent: i64| {
        let before = i128::from(before.filter(|before| *before > 0)?);
        i64::try_from(before * i128::from(per_cent) / 100).ok()
    };
    match test {
        Test::Above { limit } => (None, Some(*limit)),
        Test::Below { limit } => (Some(*limit), None),
        Test::Rises { per_cent, .. } => (None, of_before(100 + i64::from(*per_cent))),
        Test::Falls { per_cent, .. } => (of_before(100 - i64::from(*per_cent)), None),
        Test::Unusual { .. } => (None, None),
    }
}

fn moved_as_much(test: &Test, form: Form, other: Reading) -> bool {
    let (seen, before) = (form.value(other.now), form.value(other.before));
    match before {
        Some(before) if before > 0 => is_outside(seen, limits(test, Some(before))),
        // From nothing to something is a rise by any per cent.
        _ => matches!(test, Test::Rises { .. }) && seen.is_some_and(|seen| seen > 0),
    }
}

fn is_enough(watch: &Watch, form: Form, reading: Reading) -> bool {
    let things = |part: Part| if form == Form::Sum { part.over } else { part.under };
    let before = if watch.test.compares() { things(reading.before) } else { 0 };
    things(reading.now).saturating_add(before) >= watch.at_least
}

/// How long something has to be gone before its alert ends, so that what comes and goes is told once.
pub const GONE_FOR_MS: i64 = 6 * kernel::time::HOUR_MS;

/// Whether what was found last at this moment counts as gone now.
pub fn is_gone(last_seen_at: Timestamp, now: Timestamp, looks_at_metric: bool) -> bool {
    !looks_at_metric || now.millis() - last_seen_at.millis() >= GONE_FOR_MS
}

/// Whether somebody is to be told again: it was put off, the time is over, and it is still there.
pub fn is_due_again(snoozed_until: Option<Timestamp>, told_at: Timestamp, now: Timestamp) -> bool {
    snoozed_until.is_some_and(|until| until <= now && told_at < until)
}

/// The unit's name in which a rule's numbers are told; states are told in per cent.
pub fn unit(watch: Option<&Watch>) -> Option<Unit> {
    watch.and_then(|watch| Metric::named(&watch.metric)).map(|metric| metric.unit)
}

#[cfg(test)]
mod tests;
