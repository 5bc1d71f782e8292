//! Asking a question, and the answer.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use anyhow::Context as _;
use duckdb::{Connection, Row, params_from_iter, types::ValueRef};
use kernel::{Refusal, RefusalCode};
use serde::{Serialize, Serializer};
use utoipa::openapi::{
    RefOr, Schema,
    schema::{ObjectBuilder, SchemaType, Type},
};

use super::{
    dimensions::{Dimension, Values},
    keys::Keys,
    metrics::Unit,
    read::Question,
    sql::{self, Output, Side, Statement},
};
use crate::{EventStore, StoreError};

/// Currencies without a rate that one report may tell side by side.
const FOREIGN_CURRENCIES_MAX: usize = 12;

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Unknown, or nothing to divide by.
    Null,
    Whole(i64),
    Ratio(f64),
    Text(Arc<str>),
}

impl utoipa::PartialSchema for Cell {
    fn schema() -> RefOr<Schema> {
        let kinds = vec![Type::Number, Type::String, Type::Null];
        ObjectBuilder::new().schema_type(SchemaType::Array(kinds)).into()
    }
}

impl utoipa::ToSchema for Cell {}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Ratio(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AnswerColumn {
    pub name: String,
    /// `id`, `text`, `number`, `date` or `time` of dimensions; `count`, `minor`, `micros` or `ratio` of metrics.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Of money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Dimensions first, as asked.
    pub columns: Vec<AnswerColumn>,
    pub rows: Vec<Vec<Cell>>,
    /// Of all rows, those beyond the limit among them, by metric.
    pub totals: Vec<(String, Cell)>,
    /// Ids in the rows, by kind of entity.
    pub ids: BTreeMap<&'static str, Vec<u128>>,
    pub truncated: bool,
    /// What it is split or filtered by and costs do not have, where a number is made of them.
    pub unknown_to_costs: Vec<&'static str>,
}

/// Asks on one of the store's bounded readers.
pub async fn ask(store: &Arc<EventStore>, question: Question) -> Result<Answer, StoreError> {
    let keys = Arc::clone(store);
    store.read(move |connection| question.run(connection, &*keys)).await
}

/// Asks where nobody waits at a screen, and a stopped question would leave something undone.
pub async fn ask_at_leisure(store: &Arc<EventStore>, question: Question) -> Result<Answer, StoreError> {
    let keys = Arc::clone(store);
    store.read_at_leisure(move |connection| question.run(connection, &*keys)).await
}

impl Question {
    /// # Errors
    /// A [`Refusal`] where rows without a rate have too many currencies; else a fault of the store.
    pub fn run(&self, connection: &Connection, keys: &dyn Keys) -> anyhow::Result<Answer> {
        let foreign = self.foreign_currencies(connection, keys)?;
        let outputs = sql::outputs(self, &foreign);
        let statement = sql::statement(self, keys, &foreign, &outputs);
        let mut reader = Reader::new(self, keys, &outputs);
        read_all(connection, &statement, |row| reader.take(row))?;
        Ok(reader.finish(self.answer_columns(&outputs, &foreign)))
    }

    fn foreign_currencies(&self, connection: &Connection, keys: &dyn Keys) -> anyhow::Result<Vec<String>> {
        let mut codes = Vec::new();
        if !self.metrics.iter().any(|metric| metric.is_money()) {
            return Ok(codes);
        }
        let statement = sql::foreign_currencies(self, keys, FOREIGN_CURRENCIES_MAX + 1);
        read_all(connection, &statement, |row| {
            codes.push(row.get(0)?);
            Ok(())
        })?;
        if codes.len() > FOREIGN_CURRENCIES_MAX {
            let message = "rows without a rate have too many currencies; filter by currency";
            return Err(Refusal::new(RefusalCode::BadParameter, message).into());
        }
        Ok(codes)
    }

    fn answer_columns(&self, outputs: &[Output], foreign: &[String]) -> Vec<AnswerColumn> {
        let dimensions = self.dimensions.iter();
        let dimensions = dimensions.map(|dimension| AnswerColumn {
            name: dimension.name.into(),
            kind: dimension.kind(),
            currency: None,
        });
        let numbers = outputs.iter().map(|output| {
            let code = || output.foreign.map_or_else(|| self.currency.to_string(), |index| foreign[index].clone());
            let (kind, is_money) = match (output.side, output.metric.unit) {
                (Side::Value, Unit::Count) => ("count", false),
                (Side::Value, Unit::Minor) => ("minor", true),
                (Side::Value, Unit::Micros) => ("micros", true),
                (Side::Value, Unit::Ratio) => ("ratio", false),
                (Side::Over | Side::Under, _) => ("part", output.metric.is_money()),
            };
            AnswerColumn { name: output.name.clone(), kind, currency: is_money.then(code) }
        });
        dimensions.chain(numbers).collect()
    }
}

fn read_all(
    connection: &Connection,
    statement: &Statement,
    mut take: impl FnMut(&Row<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut prepared = connection.prepare(&statement.sql).context("prepare a report")?;
    let mut rows = prepared.query(params_from_iter(&statement.params)).context("run a report")?;
    while let Some(row) = rows.next().context("read a report")? {
        take(row)?;
    }
    Ok(())
}

/// Turns rows of the store into rows of the answer; the first is the totals.
struct Reader<'a> {
    question: &'a Question,
    keys: &'a dyn Keys,
    outputs: &'a [Output],
    answer: Answer,
    /// Texts by whole number, of each dimension whose values are told by one.
    texts: Vec<HashMap<i64, Cell>>,
}

impl<'a> Reader<'a> {
    fn new(question: &'a Question, keys: &'a dyn Keys, outputs: &'a [Output]) -> Self {
        let texts = vec![HashMap::new(); question.dimensions.len()];
        Self { question, keys, outputs, answer: Answer::default(), texts }
    }

    fn take(&mut self, row: &Row<'_>) -> anyhow::Result<()> {
        let first_number = 1 + self.question.dimensions.len();
        let numbers = (0..self.outputs.len()).map(|index| number(row.get_ref(first_number + index)?));
        if row.get::<_, i32>(0)? == 0 {
            let numbers = numbers.collect::<anyhow::Result<Vec<_>>>()?;
            self.answer.totals = self.outputs.iter().map(|output| output.name.clone()).zip(numbers).collect();
            return Ok(());
        }
        if self.answer.rows.len() as u64 >= self.question.limit {
            self.answer.truncated = true;
            return Ok(());
        }
        let mut cells = Vec::with_capacity(first_number - 1 + self.outputs.len());
        for index in 0..self.question.dimensions.len() {
            cells.push(self.dimension(index, row.get_ref(index + 1)?)?);
        }
        for cell in numbers {
            cells.push(cell?);
        }
        self.answer.rows.push(cells);
        Ok(())
    }

    fn dimension(&mut self, index: usize, value: ValueRef<'_>) -> anyhow::Result<Cell> {
        let dimension = self.question.dimensions[index];
        if let ValueRef::Text(bytes) = value {
            let text = std::str::from_utf8(bytes)?;
            return Ok(if text.is_empty() { Cell::Null } else { Cell::Text(text.into()) });
        }
        let number = whole(value).context("a dimension is text or a whole number")?;
        if let Some(known) = self.texts[index].get(&number) {
            return Ok(known.clone());
        }
        let cell = self.cell_of(dimension, number);
        self.texts[index].insert(number, cell.clone());
        Ok(cell)
    }

    fn cell_of(&mut self, dimension: &'static Dimension, number: i64) -> Cell {
        match dimension.values {
            Values::Time(bucket) if dimension.kind() != "number" => {
                Cell::Text(self.question.period.label(bucket, number).into())
            }
            Values::Time(_) => Cell::Whole(number),
            Values::Entity(entity) => {
                let id = i32::try_from(number).ok().and_then(|key| match key {
                    ..0 => self.question.costs.own_id(key),
                    key => self.keys.id_of(key),
                });
                let Some(id) = id else { return Cell::Null };
                self.answer.ids.entry(entity.name).or_default().push(id);
                Cell::Text((entity.print)(id).into())
            }
            Values::Number | Values::Text if number == 0 => Cell::Null,
            Values::Number | Values::Text => Cell::Whole(number),
        }
    }

    fn finish(mut self, columns: Vec<AnswerColumn>) -> Answer {
        self.answer.columns = columns;
        if self.question.asks_costs() {
            self.answer.unknown_to_costs = self.question.unknown_to_costs();
        }
        self.answer
    }
}

fn whole(value: ValueRef<'_>) -> Option<i64> {
    match value {
        ValueRef::TinyInt(number) => Some(number.into()),
        ValueRef::SmallInt(number) => Some(number.into()),
        ValueRef::Int(number) => Some(number.into()),
        ValueRef::BigInt(number) => Some(number),
        ValueRef::UInt(number) => Some(number.into()),
        ValueRef::HugeInt(number) => i64::try_from(number).ok(),
        _ => None,
    }
}

fn number(value: ValueRef<'_>) -> anyhow::Result<Cell> {
    match value {
        ValueRef::Null => Ok(Cell::Null),
        ValueRef::Double(number) => Ok(Cell::Ratio(number)),
        value => whole(value).map(Cell::Whole).context("a metric is a number"),
    }
}
