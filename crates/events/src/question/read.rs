//! From words to a question: every name is looked up, every bound checked, every right applied.

use kernel::{
    Currency, Id, Refusal, RefusalCode, Tenant, Timestamp,
    id::{Advertiser, Partner, User},
    time,
};
use serde_json::Value;

use super::{
    asked::{Asked, AskedFilter, DateBasis, Op},
    costs::{Costs, is_shut_out_by},
    dimensions::{Bucket, Dimension, Values},
    measures::Facts,
    metrics::Metric,
    period::Period,
};

pub const DIMENSIONS_MAX: usize = 8;
pub const METRICS_MAX: usize = 96;
pub const FILTERS_MAX: usize = 32;
pub const VALUES_MAX: usize = 1_000;
pub const VALUE_BYTES_MAX: usize = 1_024;
pub const LIMIT_DEFAULT: u64 = 1_000;
pub const LIMIT_MAX: u64 = 1_000_000;

/// Rows the asker may see at most: all that is said must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct RowLimits {
    pub partner: Option<Id<Partner>>,
    pub advertiser: Option<Id<Advertiser>>,
    pub manager: Option<Id<User>>,
}

/// Who asks, and what their workspace says where they do not.
#[derive(Clone, Debug)]
pub struct Asker {
    pub tenant: Tenant,
    pub timezone: String,
    pub reporting_currency: Currency,
    pub row_limits: RowLimits,
    pub may_see_metric: fn(&Metric) -> bool,
    pub may_see_dimension: fn(&Dimension) -> bool,
}

/// A value that facts are compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    Text(String),
    Number(i64),
    /// An id of the dimension's kind.
    Id(u128),
}

#[derive(Clone, Debug)]
pub struct Filter {
    pub dimension: &'static Dimension,
    pub op: Op,
    pub values: Vec<Wanted>,
}

/// Where a column stands among dimensions or metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Dimension(usize),
    Metric(usize),
}

#[derive(Clone, Debug)]
pub struct Question {
    pub tenant: Tenant,
    pub row_limits: RowLimits,
    pub period: Period,
    pub date_basis: DateBasis,
    pub dimensions: Vec<&'static Dimension>,
    pub metrics: Vec<&'static Metric>,
    /// Numerators (`{metric}_over`) and denominators (`{metric}_under`) instead of what they come to.
    pub tells_parts: bool,
    pub filters: Vec<Filter>,
    /// Places with whether the greatest comes first.
    pub sort: Vec<(Place, bool)>,
    pub limit: u64,
    pub currency: Currency,
    pub as_of: Option<Timestamp>,
    /// Costs of the stretch, in the question's currency where their day has a rate.
    pub costs: Costs,
}

impl Question {
    pub fn read(asked: &Asked, asker: &Asker) -> Result<Self, Refusal> {
        let zone = time::zone(asked.timezone.as_deref().unwrap_or(&asker.timezone))?;
        let (from, to) = (needed("from", asked.from.as_deref())?, needed("to", asked.to.as_deref())?);
        let period = Period::read(from, to, zone, asked.compare)?;
        let dimensions = dimensions(asked, asker)?;
        let metrics = metrics(asked, asker)?;
        let filters = filters(asked, asker)?;
        let limit = asked.limit.unwrap_or(LIMIT_DEFAULT);
        if !(1..=LIMIT_MAX).contains(&limit) {
            return Err(bad(format!("limit must be 1 to {LIMIT_MAX}")));
        }
        let sort = sort(asked, &dimensions, &metrics)?;
        let currency = match asked.currency.as_deref() {
            Some(code) => currency(code)?,
            None => asker.reporting_currency,
        };
        let (tenant, row_limits) = (asker.tenant, asker.row_limits);
        let (date_basis, as_of) = (asked.date_basis, asked.as_of);
        let costs = Costs::default();
        Ok(Self {
            tenant,
            row_limits,
            period,
            date_basis,
            dimensions,
            metrics,
            tells_parts: false,
            filters,
            sort,
            limit,
            currency,
            as_of,
            costs,
        })
    }

    /// Whether a number of the answer is made of costs.
    pub fn asks_costs(&self) -> bool {
        self.metrics.iter().any(|metric| metric.tells_costs())
    }

    /// Names of what it is split or filtered by and costs do not have.
    pub fn unknown_to_costs(&self) -> Vec<&'static str> {
        let split = self.dimensions.iter().filter(|dimension| !dimension.carried.by(Facts::Costs));
        let filtered =
            self.filters.iter().map(|filter| &filter.dimension).filter(|dimension| is_shut_out_by(dimension));
        let mut names: Vec<_> = split.chain(filtered).map(|dimension| dimension.name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Whether statuses are chosen by the asker, so that all that pass count as conversions.
    pub fn filters_by_status(&self) -> bool {
        self.filters.iter().any(|filter| filter.dimension.name == "conversion_status")
    }
}

fn bad(message: impl Into<String>) -> Refusal {
    Refusal::new(RefusalCode::BadParameter, message)
}

fn needed<'a>(name: &str, text: Option<&'a str>) -> Result<&'a str, Refusal> {
    text.ok_or_else(|| bad(format!("{name} is needed: a day such as 2026-11-22 or a moment")))
}

fn currency(code: &str) -> Result<Currency, Refusal> {
    let currency: Currency = code.parse()?;
    let known = currency.decimals().is_some();
    if known {
        Ok(currency)
    } else {
        Err(Refusal::new(RefusalCode::BadCurrency, format!("{code} is no currency known here")))
    }
}

fn at_most<T>(what: &str, list: &[T], max: usize) -> Result<(), Refusal> {
    if list.len() <= max { Ok(()) } else { Err(bad(format!("at most {max} {what}"))) }
}

fn distinct<T: PartialEq>(what: &str, seen: &[T], next: &T, name: &str) -> Result<(), Refusal> {
    if seen.contains(next) { Err(bad(format!("the {what} {name:.64} is asked twice"))) } else { Ok(()) }
}

fn dimension(name: &str, asker: &Asker) -> Result<&'static Dimension, Refusal> {
    Dimension::named(name).filter(|dimension| (asker.may_see_dimension)(dimension)).ok_or_else(|| {
        Refusal::new(RefusalCode::UnknownDimension, format!("{name:.64} is no dimension; see /v1/reports/dictionary"))
    })
}

fn dimensions(asked: &Asked, asker: &Asker) -> Result<Vec<&'static Dimension>, Refusal> {
    at_most("dimensions", &asked.dimensions, DIMENSIONS_MAX)?;
    let mut names: Vec<&'static str> = Vec::new();
    let mut found = Vec::new();
    for name in &asked.dimensions {
        let dimension = dimension(name, asker)?;
        distinct("dimension", &names, &dimension.name, name)?;
        names.push(dimension.name);
        found.push(dimension);
    }
    Ok(found)
}

fn metrics(asked: &Asked, asker: &Asker) -> Result<Vec<&'static Metric>, Refusal> {
    at_most("metrics", &asked.metrics, METRICS_MAX)?;
    if asked.metrics.is_empty() {
        return Err(bad("at least one metric is needed"));
    }
    let mut names: Vec<&'static str> = Vec::new();
    let mut found = Vec::new();
    for name in &asked.metrics {
        let metric = Metric::named(name).filter(|metric| (asker.may_see_metric)(metric)).ok_or_else(|| {
            Refusal::new(RefusalCode::UnknownMetric, format!("{name:.64} is no metric; see /v1/reports/dictionary"))
        })?;
        distinct("metric", &names, &metric.name, name)?;
        names.push(metric.name);
        found.push(metric);
    }
    Ok(found)
}

fn filters(asked: &Asked, asker: &Asker) -> Result<Vec<Filter>, Refusal> {
    at_most("filters", &asked.filters, FILTERS_MAX)?;
    asked.filters.iter().map(|filter| self::filter(filter, asker)).collect()
}

fn filter(asked: &AskedFilter, asker: &Asker) -> Result<Filter, Refusal> {
    let dimension = dimension(&asked.field, asker)?;
    let values = asked.values.as_slice();
    at_most("values of a filter", values, VALUES_MAX)?;
    if values.is_empty() {
        return Err(bad(format!("the filter on {} needs a value", dimension.name)));
    }
    let by_text = matches!(asked.op, Op::Contains | Op::NotContains | Op::StartsWith);
    if by_text && !matches!(dimension.values, Values::Text) {
        return Err(bad(format!("{} can only be compared by in and not_in", dimension.name)));
    }
    let values = values.iter().map(|value| wanted(dimension, value)).collect::<Result<_, _>>()?;
    Ok(Filter { dimension, op: asked.op, values })
}

fn wanted(dimension: &'static Dimension, value: &Value) -> Result<Wanted, Refusal> {
    let wrong = || bad(format!("{} has no value of this form", dimension.name));
    match (&dimension.values, value) {
        (Values::Time(Bucket::HourOfDay | Bucket::Weekday) | Values::Number, Value::Number(number)) => {
            number.as_i64().map(Wanted::Number).ok_or_else(wrong)
        }
        (Values::Number, Value::String(text)) => text.parse().map(Wanted::Number).map_err(|_| wrong()),
        (Values::Number | Values::Entity(_), Value::Null) => Ok(Wanted::Number(0)),
        (Values::Entity(entity), Value::String(text)) => (entity.parse)(text).map(Wanted::Id).ok_or_else(wrong),
        (Values::Text, Value::Null) => Ok(Wanted::Text(String::new())),
        (Values::Text, Value::String(text)) if text.len() <= VALUE_BYTES_MAX => Ok(Wanted::Text(text.clone())),
        _ => Err(wrong()),
    }
}

fn sort(
    asked: &Asked,
    dimensions: &[&'static Dimension],
    metrics: &[&'static Metric],
) -> Result<Vec<(Place, bool)>, Refusal> {
    let named = asked.sort.as_slice();
    at_most("sort fields", named, DIMENSIONS_MAX)?;
    let place = |name: &str| {
        let of_dimension = dimensions.iter().position(|dimension| dimension.name == name).map(Place::Dimension);
        of_dimension.or_else(|| metrics.iter().position(|metric| metric.name == name).map(Place::Metric))
    };
    let mut sort = Vec::new();
    for by in named {
        let (name, descending) = by.read();
        let place = place(name).ok_or_else(|| bad(format!("{name:.64} is not among the columns, so cannot sort")))?;
        sort.push((place, descending));
    }
    if named.is_empty() {
        sort.extend(unasked_sort(dimensions));
    }
    let rest = (0..dimensions.len()).map(|index| (Place::Dimension(index), false));
    for by in rest {
        if sort.iter().all(|(place, _)| *place != by.0) {
            sort.push(by);
        }
    }
    Ok(sort)
}

/// By time, then the greatest first.
fn unasked_sort(dimensions: &[&'static Dimension]) -> impl Iterator<Item = (Place, bool)> {
    let times = dimensions.iter().enumerate().filter(|(_, dimension)| dimension.is_time());
    times.map(|(index, _)| (Place::Dimension(index), false)).chain([(Place::Metric(0), true)])
}
