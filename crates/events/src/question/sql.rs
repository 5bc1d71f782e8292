//! The statement, from parts: one summing branch per table of facts, their rows put together, ratios on top.
//!
//! ```text
//! WITH facts AS (clicks summed by d0…dn UNION ALL views … UNION ALL conversions …),
//!      groups AS (facts added up by d0…dn),
//!      totals AS (facts added up)
//! SELECT totals' metrics UNION ALL groups' metrics ORDER BY … LIMIT …
//! ```
//! `g` tells the rows of groups (0) from a branch's own total (1), which only distinct counts need.

use duckdb::types::Value;
use kernel::Currency;

use super::{
    asked::{DateBasis, Op},
    costs::is_shut_out_by,
    dimensions::{Dimension, Values},
    keys::{Keys, NO_SUCH_KEY},
    measures::{COUNTED, Facts, Measure, Summing},
    metrics::{Metric, Sum, Unit},
    period::Part,
    read::{Filter, Place, Question, Wanted},
};

/// Decimals of money per thing.
const MICROS_DECIMALS: u32 = 6;
const DECIMALS_UNLESS_KNOWN: u32 = 2;

/// Key of no workspace, and of no question.
const NO_WORKSPACE: i32 = -1_000_000_000;

/// A statement and what is bound to it, in the order of its `$n`.
pub struct Statement {
    pub sql: String,
    pub params: Vec<Value>,
}

/// One column of numbers in the answer.
#[derive(Clone, Debug)]
pub struct Output {
    pub name: String,
    pub metric: &'static Metric,
    /// Code of the currency, where it is not the question's.
    pub foreign: Option<usize>,
    pub previous: bool,
    pub side: Side,
}

/// What of a metric is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Value,
    Over,
    Under,
}

impl Side {
    const fn suffix(self) -> &'static str {
        match self {
            Self::Value => "",
            Self::Over => "_over",
            Self::Under => "_under",
        }
    }
}

/// One summed column of the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Column {
    measure: Measure,
    foreign: Option<usize>,
    previous: bool,
}

struct Writer<'a> {
    question: &'a Question,
    keys: &'a dyn Keys,
    /// Currencies that cannot be told in the question's.
    foreign: &'a [String],
    columns: Vec<Column>,
    params: Vec<Value>,
    /// What the branch in hand reads.
    part: Part,
}

/// Columns of numbers, in the order they are answered.
pub fn outputs(question: &Question, foreign: &[String]) -> Vec<Output> {
    let currencies = |metric: &Metric| if metric.is_money() { foreign.len() } else { 0 };
    let mut outputs = Vec::new();
    for metric in &question.metrics {
        for foreign_index in std::iter::once(None).chain((0..currencies(metric)).map(Some)) {
            let suffix = foreign_index.map_or(String::new(), |index| format!("_{}", foreign[index].to_lowercase()));
            for &side in sides(question, metric) {
                let mut push = |previous: bool, word: &str| {
                    let name = format!("{}{suffix}{}{word}", metric.name, side.suffix());
                    outputs.push(Output { name, metric, foreign: foreign_index, previous, side });
                };
                push(false, "");
                if question.period.previous.is_some() {
                    push(true, "_previous");
                }
            }
        }
    }
    outputs
}

fn sides(question: &Question, metric: &Metric) -> &'static [Side] {
    match (question.tells_parts, metric.under.is_empty()) {
        (false, _) => &[Side::Value],
        (true, true) => &[Side::Over],
        (true, false) => &[Side::Over, Side::Under],
    }
}

/// The statement that answers: a row of totals, then at most `limit + 1` rows, so that one too many tells of more.
pub fn statement(question: &Question, keys: &dyn Keys, foreign: &[String], outputs: &[Output]) -> Statement {
    let mut writer =
        Writer { question, keys, foreign, columns: columns(outputs), params: Vec::new(), part: Part::Both };
    let sql = writer.whole(outputs);
    Statement { sql, params: writer.params }
}

/// The statement that tells the currencies of rows without a rate, at most `limit`.
pub fn foreign_currencies(question: &Question, keys: &dyn Keys, limit: usize) -> Statement {
    let mut writer = Writer { question, keys, foreign: &[], columns: Vec::new(), params: Vec::new(), part: Part::Both };
    let (from, conditions) = (writer.conversions_with_basis(), writer.conditions(Facts::Conversions));
    let mut rows = format!("SELECT currency FROM {from} WHERE {conditions} AND money_basis = 'foreign'");
    if question.asks_costs() {
        let (from, conditions) = (writer.costs_with_basis(), writer.conditions(Facts::Costs));
        rows += &format!(" UNION ALL SELECT currency FROM {from} WHERE {conditions} AND money_basis = 'foreign'");
    }
    let sql = format!("SELECT DISTINCT currency FROM ({rows}) ORDER BY currency LIMIT {limit}");
    Statement { sql, params: writer.params }
}

fn columns(outputs: &[Output]) -> Vec<Column> {
    let mut columns = Vec::new();
    for output in outputs {
        for measure in output.metric.measures() {
            let column = column_of(output, measure);
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
    }
    columns
}

fn column_of(output: &Output, measure: Measure) -> Column {
    let foreign = output.foreign.filter(|_| measure.is_money());
    Column { measure, foreign, previous: output.previous }
}

fn is_summed_from(column: &Column, facts: Facts) -> bool {
    let text = column.measure.text();
    text.facts == facts && !matches!(text.summing, Summing::NetDistinct(_))
}

fn list(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|index| format!("{prefix}{index}")).collect()
}

impl Writer<'_> {
    fn whole(&mut self, outputs: &[Output]) -> String {
        let branches = self.branches();
        let (groups, totals) = (self.groups(branches.len()), self.totals());
        let dimensions = list("d", self.question.dimensions.len());
        let numbers: Vec<_> = outputs.iter().map(|output| self.metric(output)).collect();
        let names = list("x", numbers.len());
        let named: Vec<_> = numbers.iter().zip(&names).map(|(number, name)| format!("{number} AS {name}")).collect();
        let nothing: String = dimensions.iter().map(|name| format!("NULL AS {name}, ")).collect();
        let comma = |list: &[String]| list.iter().map(|name| format!("{name}, ")).collect::<String>();
        format!(
            "WITH facts AS MATERIALIZED ({}), groups AS ({groups}), totals AS ({totals}) \
             SELECT 0 AS part, {nothing}{metrics} FROM totals UNION ALL SELECT 1 AS part, {}{metrics} FROM groups \
             ORDER BY part{} LIMIT {}",
            branches.join(" UNION ALL "),
            comma(&dimensions),
            self.order(outputs),
            self.question.limit + 2,
            metrics = named.join(", "),
        )
    }

    fn order(&self, outputs: &[Output]) -> String {
        let column = |place: &Place| match place {
            Place::Dimension(index) => format!("d{index}"),
            Place::Metric(index) => {
                let metric = self.question.metrics[*index].name;
                let output = outputs.iter().position(|output| output.metric.name == metric);
                let output = output.expect("each metric is answered");
                format!("x{output}")
            }
        };
        let words = |(place, descending): &(Place, bool)| {
            format!(", {} {} NULLS LAST", column(place), if *descending { "DESC" } else { "ASC" })
        };
        self.question.sort.iter().map(words).collect()
    }

    fn branches(&mut self) -> Vec<String> {
        let mut branches = Vec::new();
        for facts in Facts::ALL {
            for &part in self.parts(facts) {
                self.part = part;
                branches.push(self.branch(facts));
            }
        }
        self.part = Part::Both;
        let mut keys: Vec<&'static str> = Vec::new();
        for column in self.columns.clone() {
            if let Summing::NetDistinct(key) = column.measure.text().summing
                && !keys.contains(&key)
            {
                keys.push(key);
                branches.push(self.net_branch(key));
            }
        }
        branches
    }

    /// The parts in which a table is summed: each window by itself, because that spares a look at the time for every
    /// fact and number; together where things are counted that may come in both.
    fn parts(&self, facts: Facts) -> &'static [Part] {
        let of_table = || self.columns.iter().filter(|column| is_summed_from(column, facts));
        match self.question.period.previous {
            _ if of_table().next().is_none() => &[],
            Some(_) if !of_table().any(|column| column.measure.is_distinct()) => &[Part::Current, Part::Previous],
            _ => &[Part::Both],
        }
    }

    /// Sums over one table.
    fn branch(&mut self, facts: Facts) -> String {
        let part = self.part;
        let of_part = |column: &Column| part == Part::Both || column.previous == (part == Part::Previous);
        let wanted = |column: &Column| is_summed_from(column, facts) && of_part(column);
        let columns = self.columns.clone();
        let has_distinct = columns.iter().any(|column| wanted(column) && column.measure.is_distinct());
        let has_money = columns.iter().any(|column| wanted(column) && column.measure.is_money());
        let sums = columns.iter().enumerate().map(|(index, column)| {
            let sum = if wanted(column) { self.sum(column) } else { "0".to_owned() };
            format!(", {sum} AS m{index}")
        });
        let sums: String = sums.collect();
        let from = match facts {
            Facts::Costs => self.costs_with_basis(),
            _ if has_money => self.conversions_with_basis(),
            _ => facts.table().to_owned(),
        };
        let (dimensions, conditions) = (self.dimensions(facts), self.conditions(facts));
        let names = list("d", self.question.dimensions.len()).join(", ");
        if names.is_empty() {
            return format!("SELECT 0 AS g{sums} FROM {from} WHERE {conditions}");
        }
        if has_distinct {
            return format!(
                "SELECT GROUPING(d0)::INTEGER AS g, {names}{sums} FROM (SELECT {dimensions}, * FROM {from} WHERE \
                 {conditions}) GROUP BY GROUPING SETS (({names}), ())"
            );
        }
        format!("SELECT 0 AS g, {dimensions}{sums} FROM {from} WHERE {conditions} GROUP BY {names}")
    }

    /// Distinct `key`s whose signs add to more than nought.
    fn net_branch(&mut self, key: &str) -> String {
        let columns = self.columns.clone();
        let wanted = |column: &Column| column.measure.text().summing == Summing::NetDistinct(distinct_key(column));
        let of_key = |column: &Column| wanted(column) && distinct_key(column) == key;
        let mut inner = String::new();
        let mut outer = String::new();
        for (index, column) in columns.iter().enumerate() {
            if of_key(column) {
                inner += &format!(", sum(sign) FILTER (WHERE {}) AS n{index}", self.condition(column));
                outer += &format!(", count(*) FILTER (WHERE n{index} > 0) AS m{index}");
            } else {
                outer += &format!(", 0 AS m{index}");
            }
        }
        let conditions = self.conditions(Facts::Conversions);
        let known = key.split(", ").map(|part| format!("{part} <> 0")).collect::<Vec<_>>().join(" OR ");
        let names = list("d", self.question.dimensions.len()).join(", ");
        if names.is_empty() {
            return format!(
                "SELECT 0 AS g{outer} FROM (SELECT {key}{inner} FROM conversions WHERE {conditions} AND ({known}) \
                 GROUP BY {key})"
            );
        }
        format!(
            "SELECT g, {names}{outer} FROM (SELECT GROUPING(d0)::INTEGER AS g, {names}{inner} FROM (SELECT {}, * FROM \
             conversions WHERE {conditions} AND ({known})) GROUP BY GROUPING SETS (({names}, {key}), ({key}))) \
             GROUP BY g, {names}",
            self.dimensions(Facts::Conversions)
        )
    }

    fn sum(&mut self, column: &Column) -> String {
        let condition = self.condition(column);
        match column.measure.text().summing {
            Summing::Rows => format!("count(*) FILTER (WHERE {condition})"),
            Summing::Signs => format!("coalesce(sum(sign) FILTER (WHERE {condition}), 0)"),
            Summing::Distinct(key) => format!("count(DISTINCT {key}) FILTER (WHERE {condition})"),
            Summing::NetDistinct(_) => unreachable!("counted by a branch of its own"),
            Summing::Money(amount) => {
                let value = self.amount(amount, column.foreign);
                format!("coalesce(sum({value}) FILTER (WHERE {condition}), 0)")
            }
        }
    }

    fn amount(&mut self, amount: &str, foreign: Option<usize>) -> String {
        match foreign {
            None => format!(
                "CASE money_basis WHEN 'reporting' THEN reporting_{amount}_minor WHEN 'own' THEN {amount}_minor END"
            ),
            Some(index) => {
                let code = self.bind(Value::Text(self.foreign[index].clone()));
                format!("CASE WHEN money_basis = 'foreign' AND currency = {code} THEN {amount}_minor END")
            }
        }
    }

    fn condition(&self, column: &Column) -> String {
        let text = column.measure.text();
        let counted = if self.question.filters_by_status() { "TRUE" } else { COUNTED };
        let condition = text.condition.replace("{counted}", counted);
        if self.question.period.previous.is_none() || self.part != Part::Both {
            return condition;
        }
        let current = self.question.period.is_current(self.time(text.facts));
        let not = if column.previous { "NOT " } else { "" };
        format!("{condition} AND {not}({current})")
    }

    /// Conversions, each with where its amounts in the question's currency lie, if anywhere.
    fn conversions_with_basis(&mut self) -> String {
        let code = self.question.currency.code().to_owned();
        let (reporting, own) = (self.bind(Value::Text(code.clone())), self.bind(Value::Text(code)));
        format!(
            "(SELECT *, CASE WHEN reporting_currency = {reporting} AND reporting_sale_minor IS NOT NULL THEN \
             'reporting' WHEN currency = {own} THEN 'own' ELSE 'foreign' END AS money_basis FROM conversions)"
        )
    }

    /// The costs that the question brought along, in the form of a table of facts. The first row is of no workspace: it
    /// gives the columns their types.
    fn costs_with_basis(&mut self) -> String {
        let workspace = self.key(self.question.tenant.id().as_u128());
        let mut rows = format!("({NO_WORKSPACE}, 0::BIGINT, '', 0, 0, 0, '', 0::BIGINT)");
        for cost in self.question.costs.rows() {
            let key = |id: u128| if id == 0 { 0 } else { self.key(id) };
            // Codes of kinds and currencies are words of ours, in letters alone.
            rows += &format!(
                ", ({workspace}, {}, '{}', {}, {}, {}, '{}', {})",
                cost.at_ms,
                cost.kind.code(),
                key(cost.partner),
                key(cost.offer),
                key(cost.advertiser),
                cost.currency.code(),
                cost.minor
            );
        }
        let own = self.bind(Value::Text(self.question.currency.code().to_owned()));
        format!(
            "(SELECT *, NULL::BIGINT AS reporting_cost_minor, 0 AS manager, 0::BIGINT AS recorded_at, CASE WHEN currency = \
             {own} THEN 'own' ELSE 'foreign' END AS money_basis FROM (VALUES {rows}) AS costs(workspace, event_time, \
             cost_kind, partner, offer, advertiser, currency, cost_minor))"
        )
    }

    fn time(&self, facts: Facts) -> &'static str {
        match (facts, self.question.date_basis) {
            (Facts::Conversions, DateBasis::Click) => "click_time",
            (Facts::Conversions, DateBasis::Decided) => "decided_time",
            (Facts::Conversions, DateBasis::Paid) => "paid_time",
            _ => "event_time",
        }
    }

    fn dimensions(&self, facts: Facts) -> String {
        let named = self.question.dimensions.iter().enumerate();
        let named = named.map(|(index, dimension)| format!("{} AS d{index}", self.dimension(dimension, facts)));
        named.collect::<Vec<_>>().join(", ")
    }

    fn dimension(&self, dimension: &Dimension, facts: Facts) -> String {
        let carried = dimension.carried.by(facts);
        match dimension.values {
            Values::Time(bucket) => self.question.period.bucket_sql(self.time(facts), bucket, self.part),
            Values::Entity(_) if !carried => "0".to_owned(),
            Values::Text if !carried => "''".to_owned(),
            Values::Number if !carried => "0::BIGINT".to_owned(),
            Values::Number => format!("{}::BIGINT", dimension.name),
            _ => dimension.name.to_owned(),
        }
    }

    /// What a fact must meet to be counted at all.
    fn conditions(&mut self, facts: Facts) -> String {
        let question = self.question;
        let key = |id: u128| self.key(id);
        let mut all = vec![format!("workspace = {}", key(question.tenant.id().as_u128()))];
        let limits = &question.row_limits;
        let mut limit = |column: &str, id: Option<u128>| all.extend(id.map(|id| format!("{column} = {}", key(id))));
        limit("partner", limits.partner.map(|id| id.as_u128()));
        limit("advertiser", limits.advertiser.map(|id| id.as_u128()));
        limit("manager", limits.manager.map(|id| id.as_u128()));
        all.push(question.period.within(self.time(facts), self.part));
        all.extend(question.as_of.map(|at| format!("recorded_at <= {}", at.millis())));
        if facts == Facts::Costs && question.filters.iter().any(|filter| is_shut_out_by(filter.dimension)) {
            all.push("FALSE".to_owned());
        }
        for filter in question.filters.iter().filter(|filter| filter.dimension.carried.by(facts)) {
            all.push(self.filter(filter, facts));
        }
        all.join(" AND ")
    }

    fn filter(&mut self, filter: &Filter, facts: Facts) -> String {
        let column = self.dimension(filter.dimension, facts);
        let values: Vec<_> = filter.values.iter().map(|value| self.value(value)).collect();
        let any = |call: &str| {
            let calls = values.iter().map(|value| format!("{call}(lower({column}), lower({value}))"));
            calls.collect::<Vec<_>>().join(" OR ")
        };
        match filter.op {
            Op::In => format!("{column} IN ({})", values.join(", ")),
            Op::NotIn => format!("{column} NOT IN ({})", values.join(", ")),
            Op::Contains => format!("({})", any("contains")),
            Op::NotContains => format!("NOT ({})", any("contains")),
            Op::StartsWith => format!("({})", any("starts_with")),
        }
    }

    fn value(&mut self, value: &Wanted) -> String {
        match value {
            Wanted::Number(number) => number.to_string(),
            Wanted::Id(id) => self.key(*id).to_string(),
            Wanted::Text(text) => self.bind(Value::Text(text.clone())),
        }
    }

    /// By which facts or costs name an id.
    fn key(&self, id: u128) -> i32 {
        self.keys.key_of(id).or_else(|| self.question.costs.own_key(id)).unwrap_or(NO_SUCH_KEY)
    }

    fn bind(&mut self, value: Value) -> String {
        self.params.push(value);
        format!("${}", self.params.len())
    }

    fn groups(&self, branches: usize) -> String {
        let dimensions = list("d", self.question.dimensions.len());
        let measures = list("m", self.columns.len());
        if dimensions.is_empty() {
            return self.totals();
        }
        let alive = measures.iter().map(|name| format!("{name} <> 0")).collect::<Vec<_>>().join(" OR ");
        let (names, measures_list) = (dimensions.join(", "), measures.join(", "));
        if branches == 1 {
            return format!("SELECT {names}, {measures_list} FROM facts WHERE g = 0 AND ({alive})");
        }
        let sums = measures.iter().map(|name| format!("sum({name}) AS {name}")).collect::<Vec<_>>().join(", ");
        format!("SELECT * FROM (SELECT {names}, {sums} FROM facts WHERE g = 0 GROUP BY {names}) WHERE {alive}")
    }

    fn totals(&self) -> String {
        let grouped = !self.question.dimensions.is_empty();
        let sum = |(index, column): (usize, &Column)| {
            let own_total = i32::from(grouped && column.measure.is_distinct());
            format!("coalesce(sum(m{index}) FILTER (WHERE g = {own_total}), 0) AS m{index}")
        };
        let sums: Vec<_> = self.columns.iter().enumerate().map(sum).collect();
        format!("SELECT {} FROM facts", sums.join(", "))
    }

    fn metric(&self, output: &Output) -> String {
        match output.side {
            Side::Value => self.number(output),
            Side::Over => format!("TRY_CAST({} AS BIGINT)", self.add(output, output.metric.over)),
            Side::Under => format!("TRY_CAST({} AS BIGINT)", self.add(output, output.metric.under)),
        }
    }

    fn number(&self, output: &Output) -> String {
        let over = self.add(output, output.metric.over);
        match output.metric.unit {
            Unit::Count | Unit::Minor => format!("TRY_CAST({over} AS BIGINT)"),
            Unit::Ratio => {
                let under = self.add(output, output.metric.under);
                format!("CASE WHEN {under} <> 0 THEN {over}::DOUBLE / {under}::DOUBLE END")
            }
            Unit::Micros => {
                let under = self.add(output, output.metric.under);
                let scaled = format!("({over}::HUGEINT * {})", self.micros_in_a_minor_unit(output));
                half_away_from_zero(&scaled, &under)
            }
        }
    }

    fn micros_in_a_minor_unit(&self, output: &Output) -> u64 {
        let foreign = output.foreign.and_then(|index| kernel::Currency::from_code(&self.foreign[index]));
        micros_in_a_minor_unit(foreign.unwrap_or(self.question.currency))
    }

    fn add(&self, output: &Output, sum: Sum) -> String {
        let term = |(sign, measure): &(i64, Measure)| {
            let wanted = column_of(output, *measure);
            let index = self.columns.iter().position(|column| *column == wanted).expect("every measure has a column");
            format!("{} m{index}", if *sign < 0 { "-" } else { "+" })
        };
        format!("({})", sum.iter().map(term).collect::<Vec<_>>().join(" "))
    }
}

pub(super) fn micros_in_a_minor_unit(currency: Currency) -> u64 {
    let decimals = currency.decimals().unwrap_or(DECIMALS_UNLESS_KNOWN);
    10_u64.pow(MICROS_DECIMALS.saturating_sub(decimals))
}

fn distinct_key(column: &Column) -> &'static str {
    match column.measure.text().summing {
        Summing::NetDistinct(key) => key,
        _ => "",
    }
}

/// A whole quotient, rounded once.
fn half_away_from_zero(over: &str, under: &str) -> String {
    format!(
        "TRY_CAST(CASE WHEN {under} <> 0 THEN (CASE WHEN ({over} < 0) <> ({under} < 0) THEN -1 ELSE 1 END) * \
         ((2 * abs({over}) + abs({under})) // (2 * abs({under}))) END AS BIGINT)"
    )
}
