//! The dashboard's numbers, in four questions: one over time (its totals are the tiles) and three tops.

use std::collections::BTreeMap;

use events::question::{
    Answer, Asked, Asker, Cell, Metric, Question, Unit,
    asked::{Compare, OneOrMany, SortBy},
    dimensions::Bucket,
    period::Period,
};
use kernel::{Timestamp, time};

use super::{
    api::dashboard::{DashboardQuery, Series, Tile, Top},
    asking, rules,
};
use crate::{App, identity::Role, platform::Problem};

/// Rows of a top.
const TOP_ROWS: u64 = 10;
const DAYS_UNLESS_SAID: i64 = 30;
/// Buckets a series may have.
const BUCKETS_MAX: u64 = 1_000;
const HOURLY_DAYS_MAX: i64 = 2;
const DAILY_DAYS_MAX: i64 = 92;
const WEEKLY_DAYS_MAX: i64 = 400;

pub struct Numbers {
    pub from: String,
    pub to: String,
    pub over_time: Answer,
    pub bucket: &'static str,
    /// Every bucket of the stretch, those without facts among them.
    pub buckets: Vec<String>,
    pub offers: Answer,
    pub partners: Answer,
    pub countries: Answer,
}

/// The stretch asked about; the last thirty local days unless said.
fn stretch(asker: &Asker, query: &DashboardQuery, now: Timestamp) -> Result<(String, String), Problem> {
    let zone = time::zone(query.timezone.as_deref().unwrap_or(&asker.timezone))?;
    let today = now.local_day(&zone);
    let first = now.plus_days(1 - DAYS_UNLESS_SAID).local_day(&zone);
    let from = query.from.clone().unwrap_or_else(|| first.to_string());
    Ok((from, query.to.clone().unwrap_or_else(|| today.to_string())))
}

pub async fn numbers(app: &App, asker: &Asker, role: Role, query: &DashboardQuery) -> Result<Numbers, Problem> {
    let (from, to) = stretch(asker, query, app.ambient.now())?;
    let base = Asked {
        from: Some(from.clone()),
        to: Some(to.clone()),
        timezone: query.timezone.clone(),
        metrics: rules::dashboard_metrics(role).iter().map(|&name| name.to_owned()).collect(),
        ..Asked::default()
    };
    let period = Question::read(&base, asker)?.period;
    let (bucket, name) = bucket(&period);
    let buckets = period.labels(bucket, BUCKETS_MAX as usize);
    let series = Asked {
        dimensions: vec![name.to_owned()],
        compare: Some(query.compare.unwrap_or(Compare::PreviousPeriod)),
        limit: Some(BUCKETS_MAX),
        ..base.clone()
    };
    let top = |dimension: &str| Asked {
        dimensions: vec![dimension.to_owned()],
        sort: OneOrMany::One(SortBy::Name(format!("-{}", base.metrics[0]))),
        limit: Some(TOP_ROWS),
        ..base.clone()
    };
    let (by_offer, by_partner, by_country) = (top("offer"), top("partner"), top("country"));
    let (over_time, offers, partners, countries) = tokio::try_join!(
        asking::ask_as(app, asker, &series),
        asking::ask_as(app, asker, &by_offer),
        asking::ask_as(app, asker, &by_partner),
        asking::ask_as(app, asker, &by_country),
    )?;
    Ok(Numbers { from, to, over_time, bucket: name, buckets, offers, partners, countries })
}

/// Hours for a day or two, then days, weeks and months.
fn bucket(period: &Period) -> (Bucket, &'static str) {
    let days = (period.window.to - period.window.from) / time::DAY_MS;
    match days {
        days if days <= HOURLY_DAYS_MAX => (Bucket::Hour, "hour"),
        days if days <= DAILY_DAYS_MAX => (Bucket::Day, "day"),
        days if days <= WEEKLY_DAYS_MAX => (Bucket::Week, "week"),
        _ => (Bucket::Month, "month"),
    }
}

/// One number of the whole stretch, and of the stretch before.
pub fn tiles(answer: &Answer, role: Role) -> Vec<Tile> {
    let total =
        |name: &str| answer.totals.iter().find(|(known, _)| known == name).map_or(Cell::Null, |(_, cell)| cell.clone());
    let tile = |name: &&'static str| {
        let (value, previous) = (total(name), total(&format!("{name}_previous")));
        let unit = Metric::named(name).map_or(Unit::Count, |metric| metric.unit);
        Tile { metric: name, unit, change: change(&value, &previous), value, previous }
    };
    rules::dashboard_metrics(role).iter().map(tile).collect()
}

/// By what share the value has grown.
fn change(value: &Cell, previous: &Cell) -> Option<f64> {
    let number = |cell: &Cell| match cell {
        Cell::Whole(number) => Some(*number as f64),
        Cell::Ratio(number) => Some(*number),
        Cell::Null | Cell::Text(_) => None,
    };
    let (value, previous) = (number(value)?, number(previous)?);
    (previous != 0.0).then(|| (value - previous) / previous.abs())
}

/// Values of each metric, bucket by bucket, with nought where nothing happened.
pub fn series(answer: &Answer, bucket: &'static str, buckets: Vec<String>) -> Series {
    let numbers = answer.columns.iter().skip(1).map(|column| column.name.clone());
    let nothing = |kind: &str| if matches!(kind, "count" | "minor") { Cell::Whole(0) } else { Cell::Null };
    let rows: BTreeMap<&str, &Vec<Cell>> =
        answer.rows.iter().filter_map(|row| Some((label(row.first()?)?, row))).collect();
    let values = numbers.enumerate().map(|(index, name)| {
        let at = |bucket: &String| {
            let cell = rows.get(bucket.as_str()).map(|row| row[index + 1].clone());
            cell.unwrap_or_else(|| nothing(answer.columns[index + 1].kind))
        };
        (name, buckets.iter().map(at).collect())
    });
    let values = values.collect();
    Series { bucket, buckets, values }
}

fn label(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

pub fn top(answer: Answer) -> Top {
    Top { columns: answer.columns, rows: answer.rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn change_is_told_where_there_was_something() {
        assert_eq!(change(&Cell::Whole(150), &Cell::Whole(100)), Some(0.5));
        assert_eq!(change(&Cell::Whole(-50), &Cell::Whole(-100)), Some(0.5));
        assert_eq!(change(&Cell::Whole(5), &Cell::Whole(0)), None);
        assert_eq!(change(&Cell::Null, &Cell::Ratio(0.5)), None);
    }
}
