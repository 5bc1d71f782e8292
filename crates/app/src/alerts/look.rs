//! Asks what a rule looks at, and has it judged.

use std::collections::{BTreeSet, HashMap};

use events::question::{
    Answer, Asked, Asker, Cell, Metric, Question,
    asked::{AskedFilter, Compare, OneOrMany, Op, SortBy},
};
use insight::{change::Part, season};
use kernel::{Currency, Timestamp, time::HOUR_MS};
use serde_json::Value;

use super::{
    rules::{self, Judged, Reading},
    usual,
    watch::{Side, Test, Watch},
};
use crate::{App, platform::Problem, reports};

/// Values of the dimension that are judged one by one, those with the most first.
const SUBJECTS_MAX: u64 = 1_000;
const SEASON_SUBJECTS_MAX: u64 = 200;
/// Hours of the past by which the usual is known: more than it needs at least, so that misses are well measured.
const PAST_WEEKS: usize = season::WEEKS_MIN + 3;
const UTC: &str = "UTC";

/// What was looked at, and what was found.
pub struct Looked {
    pub judged: Vec<Judged>,
    /// Of money.
    pub currency: Option<Currency>,
    pub from: Timestamp,
    pub to: Timestamp,
}

/// Looks at the hours up to `to`, the end of a whole hour.
pub async fn look(app: &App, asker: &Asker, watch: &Watch, to: Timestamp) -> Result<Looked, Problem> {
    let metric = rules::checked(watch)?;
    let from = to.plus_millis(-i64::from(watch.window_hours) * HOUR_MS);
    let judged = match &watch.test {
        Test::Unusual { side, false_alarm_days } => {
            by_season(app, asker, watch, to, (*side, *false_alarm_days)).await?
        }
        _ => by_readings(app, asker, watch, metric, (from, to)).await?,
    };
    Ok(Looked { judged, currency: metric.is_money().then_some(asker.reporting_currency), from, to })
}

/// Refuses a rule whose question could not be asked.
pub fn check(asker: &Asker, watch: &Watch, now: Timestamp) -> Result<(), Problem> {
    rules::checked(watch)?;
    Question::read(&asked(watch, (now.plus_millis(-HOUR_MS), now)), asker)?;
    Ok(())
}

fn asked(watch: &Watch, (from, to): (Timestamp, Timestamp)) -> Asked {
    let metrics: Vec<String> =
        [Some(watch.metric.as_str()), watch.test.unless()].into_iter().flatten().map(String::from).collect();
    Asked {
        from: Some(from.to_string()),
        to: Some(to.to_string()),
        dimensions: watch.each.iter().cloned().collect(),
        metrics,
        filters: watch.filters.clone(),
        // Whoever brought something before and nothing now is a subject too.
        compare: Some(Compare::PreviousPeriod),
        limit: Some(SUBJECTS_MAX),
        ..Asked::default()
    }
}

async fn by_readings(
    app: &App,
    asker: &Asker,
    watch: &Watch,
    metric: &'static Metric,
    window: (Timestamp, Timestamp),
) -> Result<Vec<Judged>, Problem> {
    let question = Question { tells_parts: true, ..Question::read(&asked(watch, window), asker)? };
    let answer = reports::ask_at_leisure(app, question).await?;
    let form = rules::form(metric, asker.reporting_currency);
    let columns = Columns::of(&answer);
    let explaining = watch.test.unless().and_then(Metric::named);
    let judge = |subject: String, row: &[Cell]| {
        let explains =
            explaining.map(|other| (rules::form(other, asker.reporting_currency), columns.reading(other.name, row)));
        rules::judged(watch, form, subject, columns.reading(metric.name, row), explains)
    };
    if watch.each.is_none() {
        let whole: Vec<Cell> = answer.totals.iter().map(|(_, cell)| cell.clone()).collect();
        return Ok(vec![judge(String::new(), &whole)]);
    }
    Ok(answer.rows.iter().filter_map(|row| Some(judge(subject(&row[0])?, &row[1..]))).collect())
}

/// Where the numbers stand in a row, its dimension aside.
struct Columns(HashMap<String, usize>);

impl Columns {
    fn of(answer: &Answer) -> Self {
        Self(answer.totals.iter().enumerate().map(|(at, (name, _))| (name.clone(), at)).collect())
    }

    fn reading(&self, metric: &str, row: &[Cell]) -> Reading {
        let number = |side: &str| match self.0.get(&format!("{metric}{side}")).and_then(|at| row.get(*at)) {
            Some(Cell::Whole(number)) => *number,
            _ => 0,
        };
        Reading {
            now: Part { over: number("_over"), under: number("_under") },
            before: Part { over: number("_over_previous"), under: number("_under_previous") },
        }
    }
}

/// Unknown values are nobody's: they have no alerts.
fn subject(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(text.to_string()),
        Cell::Whole(number) => Some(number.to_string()),
        Cell::Null | Cell::Ratio(_) => None,
    }
}

async fn by_season(
    app: &App,
    asker: &Asker,
    watch: &Watch,
    to: Timestamp,
    (side, false_alarm_days): (Side, u32),
) -> Result<Vec<Judged>, Problem> {
    let count = PAST_WEEKS * season::HOURS_OF_WEEK + watch.window_hours as usize;
    let from = to.plus_millis(-(count as i64) * HOUR_MS);
    let subjects = match &watch.each {
        Some(_) => most_frequent(app, asker, watch, (from, to)).await?,
        None => Vec::new(),
    };
    if watch.each.is_some() && subjects.is_empty() {
        return Ok(Vec::new());
    }
    let series = series(app, asker, watch, (from, to, count), &subjects).await?;
    let false_alarms = usual::false_alarms(false_alarm_days, series.len());
    let judge = |(subject, hours): (String, Vec<f64>)| usual::judged(watch, side, subject, &hours, false_alarms);
    Ok(series.into_iter().map(judge).collect())
}

async fn most_frequent(
    app: &App,
    asker: &Asker,
    watch: &Watch,
    window: (Timestamp, Timestamp),
) -> Result<Vec<Cell>, Problem> {
    let sort = OneOrMany::Many(vec![SortBy::Name(format!("-{}", watch.metric))]);
    let asked = Asked { sort, compare: None, limit: Some(SEASON_SUBJECTS_MAX), ..asked(watch, window) };
    let answer = reports::ask_at_leisure(app, Question::read(&asked, asker)?).await?;
    Ok(answer.rows.into_iter().map(|mut row| row.swap_remove(0)).filter(|cell| *cell != Cell::Null).collect())
}

/// Hourly sums of the subjects, or of the whole. Hours are those of UTC: where the clocks of people change, the hours of
/// the week are out by one for as long as the weeks before are looked at.
async fn series(
    app: &App,
    asker: &Asker,
    watch: &Watch,
    (from, to, count): (Timestamp, Timestamp, usize),
    subjects: &[Cell],
) -> Result<Vec<(String, Vec<f64>)>, Problem> {
    let mut asked =
        Asked { compare: None, limit: Some(1_000_000), timezone: Some(UTC.to_owned()), ..asked(watch, (from, to)) };
    asked.dimensions.push("hour".to_owned());
    if let Some(each) = &watch.each {
        let values = OneOrMany::Many(subjects.iter().map(value).collect());
        asked.filters.push(AskedFilter { field: each.clone(), op: Op::In, values });
    }
    let answer = reports::ask_at_leisure(app, Question::read(&asked, asker)?).await?;
    let of_whole = usize::from(watch.each.is_some());
    let mut series: HashMap<String, Vec<f64>> = HashMap::new();
    for row in &answer.rows {
        let name = if watch.each.is_some() { subject(&row[0]) } else { Some(String::new()) };
        let (Some(name), Some(hour)) = (name, hour(&row[of_whole], from)) else { continue };
        let hours = series.entry(name).or_insert_with(|| vec![0.0; count]);
        if let (Some(place), Cell::Whole(number)) = (hours.get_mut(hour), &row[of_whole + 1]) {
            *place += *number as f64;
        }
    }
    let known: BTreeSet<String> = series.keys().cloned().collect();
    Ok(known.into_iter().filter_map(|name| series.remove_entry(&name)).collect())
}

fn hour(cell: &Cell, from: Timestamp) -> Option<usize> {
    let Cell::Text(label) = cell else { return None };
    let at = Timestamp::parse(label)?;
    usize::try_from((at.millis() - from.millis()) / HOUR_MS).ok()
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => Value::from(&**text),
        Cell::Whole(number) => Value::from(*number),
        Cell::Null | Cell::Ratio(_) => Value::Null,
    }
}
