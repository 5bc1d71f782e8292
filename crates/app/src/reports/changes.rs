//! What changed: one metric in two periods, its change split over the values of many dimensions, and where it comes
//! from. The sums are asked as numerators and denominators; the arithmetic is [`insight`]'s.

use std::collections::BTreeMap;

use events::question::{
    Answer, Asked, Asker, Cell, Metric, Question,
    asked::{AskedFilter, Compare, DateBasis},
    dimensions::Dimension,
};
use insight::{
    cause::{Cause, causes},
    change::{Effect, Form, Part, Segment, split},
};
use kernel::{Currency, Refusal, RefusalCode, Timestamp};
use serde::Deserialize;

use super::{asking, rules};
use crate::{App, platform::Problem};

/// Values of one dimension that are looked at one by one; the rest is one value.
const VALUES_MAX: u64 = 2_000;

#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(example = json!({"metric": "cr", "from": "2026-11-01", "to": "2026-11-30"}))]
pub struct AskedChange {
    /// Any metric of the dictionary but those that count distinct things, which no split adds up to.
    pub metric: String,
    /// A local day or a moment, as of a report.
    pub from: Option<String>,
    pub to: Option<String>,
    pub timezone: Option<String>,
    /// What it is compared with; the same length just before unless said.
    pub compare: Option<Compare>,
    /// Where to look; the usual ones unless said.
    pub dimensions: Vec<String>,
    pub filters: Vec<AskedFilter>,
    pub date_basis: DateBasis,
    pub currency: Option<String>,
    pub as_of: Option<Timestamp>,
}

/// One value of a dimension; the rest beyond the limit has none.
pub struct Value {
    pub cell: Option<Cell>,
    pub segment: Segment,
    pub effect: Effect,
}

pub struct Split {
    pub dimension: &'static Dimension,
    pub values: Vec<Value>,
}

pub struct Changes {
    pub metric: &'static Metric,
    pub currency: Currency,
    pub before: Option<i64>,
    pub now: Option<i64>,
    /// Empty where there is nothing to compare with.
    pub splits: Vec<Split>,
    /// By place in the splits and their values.
    pub causes: Vec<Cause>,
    /// Currencies whose amounts have no rate, and are not in it.
    pub left_out_currencies: Vec<String>,
    pub ids: BTreeMap<&'static str, Vec<u128>>,
}

pub async fn changes(app: &App, asker: &Asker, asked: &AskedChange) -> Result<Changes, Problem> {
    let whole = question(asked, asker, &[])?;
    let metric = whole.metrics[0];
    let form = metric.scale(whole.currency).map_or(Form::Sum, |scale| Form::Quotient { scale });
    if !metric.adds_up() {
        let message = format!("{} counts distinct things: no split adds up to it", metric.name);
        return Err(Refusal::new(RefusalCode::BadParameter, message).into());
    }
    let currency = whole.currency;
    let dimensions = dimensions(asked, asker, metric)?;
    let total = asking::ask_question(app, whole).await?;
    let total_segment = totals(&total, form);
    let mut changes = Changes {
        metric,
        currency,
        before: form.value(total_segment.before),
        now: form.value(total_segment.now),
        splits: Vec::new(),
        causes: Vec::new(),
        left_out_currencies: left_out(&total, currency),
        ids: BTreeMap::new(),
    };
    if changes.before.is_none() || changes.now.is_none() {
        return Ok(changes);
    }
    for dimension in dimensions {
        let answer = asking::ask_question(app, question(asked, asker, &[dimension])?).await?;
        changes.splits.extend(split_by(dimension, form, &answer));
        for (kind, ids) in answer.ids {
            changes.ids.entry(kind).or_default().extend(ids);
        }
    }
    let segments: Vec<Vec<Segment>> = changes.splits.iter().map(Split::segments).collect();
    changes.causes = causes(form, &segments);
    changes.causes.retain(|cause| changes.splits[cause.dimension].values[cause.segment].cell.is_some());
    Ok(changes)
}

impl Split {
    fn segments(&self) -> Vec<Segment> {
        self.values.iter().map(|value| value.segment).collect()
    }
}

fn question(asked: &AskedChange, asker: &Asker, dimensions: &[&'static Dimension]) -> Result<Question, Refusal> {
    let asked = Asked {
        from: asked.from.clone(),
        to: asked.to.clone(),
        timezone: asked.timezone.clone(),
        dimensions: dimensions.iter().map(|dimension| dimension.name.to_owned()).collect(),
        metrics: vec![asked.metric.clone()],
        filters: asked.filters.clone(),
        limit: Some(VALUES_MAX),
        compare: Some(asked.compare.unwrap_or(Compare::PreviousPeriod)),
        date_basis: asked.date_basis,
        currency: asked.currency.clone(),
        as_of: asked.as_of,
        ..Asked::default()
    };
    Ok(Question { tells_parts: true, ..Question::read(&asked, asker)? })
}

/// Those asked for, or the usual ones that the asker may see and all facts of the metric know.
fn dimensions(asked: &AskedChange, asker: &Asker, metric: &Metric) -> Result<Vec<&'static Dimension>, Problem> {
    if asked.dimensions.is_empty() {
        let known = rules::CAUSE_DIMENSIONS.into_iter().filter_map(Dimension::named);
        return Ok(known
            .filter(|dimension| (asker.may_see_dimension)(dimension) && metric.is_carried(dimension))
            .collect());
    }
    let named = Asked { dimensions: asked.dimensions.clone(), ..Asked::default() };
    let named =
        Asked { from: asked.from.clone(), to: asked.to.clone(), metrics: vec![metric.name.to_owned()], ..named };
    let dimensions = Question::read(&named, asker)?.dimensions;
    match dimensions.iter().find(|dimension| !metric.is_carried(dimension)) {
        None => Ok(dimensions),
        Some(unknown) => {
            let message = format!("not all that {} is made of knows the {}", metric.name, unknown.name);
            Err(Refusal::new(RefusalCode::BadParameter, message).into())
        }
    }
}

fn split_by(dimension: &'static Dimension, form: Form, answer: &Answer) -> Option<Split> {
    let mut found: Vec<(Option<Cell>, Segment)> =
        answer.rows.iter().map(|row| (Some(row[0].clone()), segment(&row[1..], form))).collect();
    let rest = without(totals(answer, form), found.iter().map(|(_, segment)| *segment));
    if rest != Segment::default() {
        found.push((None, rest));
    }
    let segments: Vec<Segment> = found.iter().map(|(_, segment)| *segment).collect();
    let change = split(form, &segments)?;
    let values = found.into_iter().zip(change.effects);
    let values = values.map(|((cell, segment), effect)| Value { cell, segment, effect }).collect();
    Some(Split { dimension, values })
}

fn totals(answer: &Answer, form: Form) -> Segment {
    let cells: Vec<Cell> = answer.totals.iter().map(|(_, cell)| cell.clone()).collect();
    segment(&cells, form)
}

/// Numerator now and before, then the denominator of quotients; columns of other currencies stand behind.
fn segment(cells: &[Cell], form: Form) -> Segment {
    let number = |at: usize| match cells.get(at) {
        Some(Cell::Whole(number)) => *number,
        _ => 0,
    };
    let under = |at| if form == Form::Sum { 0 } else { number(at) };
    Segment { now: Part { over: number(0), under: under(2) }, before: Part { over: number(1), under: under(3) } }
}

fn without(total: Segment, parts: impl Iterator<Item = Segment>) -> Segment {
    let less = |one: Part, other: Part| Part { over: one.over - other.over, under: one.under - other.under };
    parts.fold(total, |rest, part| Segment { before: less(rest.before, part.before), now: less(rest.now, part.now) })
}

fn left_out(answer: &Answer, currency: Currency) -> Vec<String> {
    let own = currency.to_string();
    let mut codes: Vec<String> = answer.columns.iter().filter_map(|column| column.currency.clone()).collect();
    codes.retain(|code| *code != own);
    codes.dedup();
    codes
}
