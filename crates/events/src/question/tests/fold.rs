//! The statement against a plain fold over the same facts.

use std::collections::{BTreeMap, HashSet};

use jiff::tz::TimeZone;
use kernel::Timestamp;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::question::{
    asked::DateBasis,
    measures::{Facts, Measure, Summing},
    metrics::{METRICS, Metric, Unit},
};

const START: i64 = 1_774_569_600_000;
const SPAN_HOURS: i64 = 96;
const ZONES: &[&str] = &["UTC", "Europe/Warsaw", "Asia/Kathmandu", "America/St_Johns"];
const STATUSES: &[&str] = &["pending", "approved", "locked", "paid", "rejected", "reversed"];
const VERDICTS: &[&str] = &["valid", "duplicate", "invalid", "probe"];
const COUNTRIES: &[&str] = &["PL", "DE", ""];
const GOAL_KINDS: &[&str] = &["sale", "ftd", "deposit", "registration", "cod_order"];
const REASONS: &[&str] = &["", "bad_contact", "scrub_agreed", "manual"];

#[derive(Clone, Debug)]
struct Fact {
    facts: Facts,
    workspace: i64,
    partner: i64,
    country: &'static str,
    verdict: &'static str,
    visitor: i64,
    time: i64,
    click_time: i64,
    decided_time: Option<i64>,
    recorded_at: i64,
    sign: i64,
    status: &'static str,
    reason: &'static str,
    goal_kind: &'static str,
    is_primary: bool,
    customer: i64,
    is_new: bool,
    /// Sale, revenue, payout, refund, collected, before the sign.
    amounts: [i64; 5],
}

fn fact() -> impl Strategy<Value = Fact> {
    let pick = |list: &'static [&'static str]| prop::sample::select(list);
    let time = || START..START + SPAN_HOURS * 3_600_000;
    let place = (1..=2_i64, 0..=3_i64, pick(COUNTRIES), pick(VERDICTS), 1..=4_i64);
    let times = (time(), time(), prop::option::of(time()), time());
    let state = (pick(STATUSES), pick(REASONS), pick(GOAL_KINDS), any::<bool>(), 0..=3_i64, any::<bool>());
    let facts = prop::sample::select(vec![Facts::Clicks, Facts::Throughs, Facts::Views, Facts::Conversions]);
    (facts, place, times, state, prop::sample::select(vec![1_i64, 1, -1]), prop::array::uniform5(0..5_000_i64))
        .prop_map(|(facts, place, times, state, sign, amounts)| Fact {
            facts,
            workspace: place.0,
            partner: place.1,
            country: place.2,
            verdict: place.3,
            visitor: place.4,
            time: times.0,
            click_time: times.1,
            decided_time: times.2,
            recorded_at: times.3,
            sign,
            status: state.0,
            reason: state.1,
            goal_kind: state.2,
            is_primary: state.3,
            customer: state.4,
            is_new: state.5,
            amounts,
        })
}

#[derive(Clone, Debug)]
struct Asking {
    zone: &'static str,
    basis: DateBasis,
    dimensions: Vec<&'static str>,
    countries: Option<(bool, Vec<&'static str>)>,
    statuses: Option<Vec<&'static str>>,
    as_of: Option<i64>,
    from_hour: i64,
    hours: i64,
}

fn asking() -> impl Strategy<Value = Asking> {
    let dimensions = prop::sample::subsequence(vec!["day", "partner", "country", "conversion_status"], 0..=4);
    let countries = prop::sample::subsequence(COUNTRIES.to_vec(), 1..=2);
    let statuses = prop::sample::subsequence(STATUSES.to_vec(), 1..=3);
    let basis = prop::sample::select(vec![DateBasis::Event, DateBasis::Click, DateBasis::Decided]);
    (
        prop::sample::select(ZONES),
        basis,
        dimensions,
        prop::option::of((any::<bool>(), countries)),
        prop::option::weighted(0.3, statuses),
        prop::option::weighted(0.3, START..START + SPAN_HOURS * 3_600_000),
        (0..SPAN_HOURS / 2, 1..SPAN_HOURS),
    )
        .prop_map(|(zone, basis, dimensions, countries, statuses, as_of, (from_hour, hours))| Asking {
            zone,
            basis,
            dimensions,
            countries,
            statuses,
            as_of,
            from_hour,
            hours,
        })
}

impl Asking {
    fn json(&self) -> serde_json::Value {
        let metrics: Vec<_> = METRICS.iter().map(|metric| metric.name).collect();
        let mut filters = Vec::new();
        if let Some((negated, countries)) = &self.countries {
            filters
                .push(json!({"field": "country", "op": if *negated { "not_in" } else { "in" }, "values": countries}));
        }
        if let Some(statuses) = &self.statuses {
            filters.push(json!({"field": "conversion_status", "values": statuses}));
        }
        let moment = |hour: i64| Timestamp::from_millis(START + hour * 3_600_000).to_string();
        json!({
            "from": moment(self.from_hour), "to": moment(self.from_hour + self.hours), "timezone": self.zone,
            "dimensions": self.dimensions, "metrics": metrics, "filters": filters, "date_basis": self.basis,
            "as_of": self.as_of.map(|at| Timestamp::from_millis(at).to_string()), "limit": 10_000,
        })
    }

    fn time(&self, fact: &Fact) -> Option<i64> {
        match (fact.facts, self.basis) {
            (Facts::Conversions, DateBasis::Click) => Some(fact.click_time),
            (Facts::Conversions, DateBasis::Decided) => fact.decided_time,
            _ => Some(fact.time),
        }
    }

    fn wants(&self, fact: &Fact) -> bool {
        let from = START + self.from_hour * 3_600_000;
        let within = self.time(fact).is_some_and(|at| from <= at && at < from + self.hours * 3_600_000);
        let country = self.countries.as_ref().is_none_or(|(negated, list)| list.contains(&fact.country) != *negated);
        let status = fact.facts != Facts::Conversions
            || self.statuses.as_ref().is_none_or(|statuses| statuses.contains(&fact.status));
        let known = self.as_of.is_none_or(|as_of| fact.recorded_at <= as_of);
        fact.workspace == 1 && within && country && status && known
    }

    fn values(&self, fact: &Fact) -> Vec<serde_json::Value> {
        let zone = TimeZone::get(self.zone).expect("known");
        let text = |text: &str| if text.is_empty() { json!(null) } else { json!(text) };
        let value = |name: &&str| match *name {
            "day" => json!(Timestamp::from_millis(self.time(fact).expect("wanted")).local_day(&zone).to_string()),
            "partner" if fact.partner == 0 => json!(null),
            "partner" => json!(Id::<kernel::id::Partner>::from_u128(fact.partner as u128).to_string()),
            "country" => text(fact.country),
            _ if fact.facts == Facts::Conversions => text(fact.status),
            _ => json!(null),
        };
        self.dimensions.iter().map(value).collect()
    }
}

fn counts(measure: Measure, fact: &Fact, any_status: bool) -> bool {
    use Measure::*;
    let approved = ["approved", "locked", "paid"].contains(&fact.status);
    let counted = any_status || approved || fact.status == "pending";
    let primary = fact.is_primary;
    match measure {
        GrossClicks | Visitors => fact.verdict != "probe",
        Clicks | Views => fact.verdict == "valid",
        PrelandingClicks => false,
        ClickThroughs => fact.verdict == "valid",
        ActivePartners => fact.verdict == "valid" && fact.partner != 0,
        DuplicateClicks => fact.verdict == "duplicate",
        InvalidClicks => fact.verdict == "invalid",
        Probes => fact.verdict == "probe",
        Conversions => primary && counted,
        Cohort => primary,
        Pending => primary && fact.status == "pending",
        Approved => primary && approved,
        Rejected => primary && fact.status == "rejected",
        Reversed => primary && fact.status == "reversed",
        Trash => primary && fact.status == "rejected" && fact.reason == "bad_contact",
        Scrubbed => primary && fact.reason == "scrub_agreed",
        Events => !primary && counted,
        Registrations => fact.goal_kind == "registration" && counted,
        FirstDeposits => fact.goal_kind == "ftd" && counted,
        LaterDeposits => fact.goal_kind == "deposit" && counted,
        DepositAmount => ["ftd", "deposit"].contains(&fact.goal_kind) && counted,
        CodOrders => fact.goal_kind == "cod_order",
        CodBought => fact.goal_kind == "cod_order" && approved,
        Sales => fact.amounts[0] != 0 && counted,
        SaleAmount | Revenue | Payout => counted,
        Customers => counted && fact.customer != 0,
        CollectedRevenue | Refunds => true,
        PendingPayout => fact.status == "pending",
        ApprovedPayout => approved,
        NewCustomers => fact.is_new && counted,
        NewApprovedCustomers => fact.is_new && approved,
        Bonuses | PlacementCosts | Fees | OtherCosts | AllCosts => false,
        ProducingPartners => primary && approved && fact.partner != 0,
    }
}

fn folded(measure: Measure, facts: &[&Fact], any_status: bool) -> i128 {
    let text = measure.text();
    let facts = facts.iter().filter(|fact| fact.facts == text.facts && counts(measure, fact, any_status));
    match text.summing {
        Summing::Rows => facts.count() as i128,
        Summing::Signs => facts.map(|fact| i128::from(fact.sign)).sum(),
        Summing::Money(name) => {
            let index = ["sale", "revenue", "payout", "refund", "collected"].iter().position(|known| *known == name);
            facts.map(|fact| i128::from(fact.sign * fact.amounts[index.expect("known")])).sum()
        }
        Summing::Distinct(key) => {
            let key = |fact: &&&Fact| if key == "partner" { fact.partner } else { fact.visitor };
            facts.map(|fact| key(&fact)).collect::<HashSet<_>>().len() as i128
        }
        Summing::NetDistinct(key) => {
            let mut net: BTreeMap<i64, i64> = BTreeMap::new();
            for fact in facts {
                *net.entry(if key == "partner" { fact.partner } else { fact.customer }).or_default() += fact.sign;
            }
            net.values().filter(|sum| **sum > 0).count() as i128
        }
    }
}

fn expected(metric: &Metric, facts: &[&Fact], any_status: bool) -> Cell {
    let add = |sum: &[(i64, Measure)]| -> i128 {
        sum.iter().map(|(sign, measure)| i128::from(*sign) * folded(*measure, facts, any_status)).sum()
    };
    let (over, under) = (add(metric.over), add(metric.under));
    match metric.unit {
        Unit::Count | Unit::Minor => Cell::Whole(over as i64),
        _ if under == 0 => Cell::Null,
        Unit::Ratio => Cell::Ratio(over as f64 / under as f64),
        Unit::Micros => {
            let (over, sign) = (over * 10_000, if (over < 0) == (under < 0) { 1 } else { -1 });
            Cell::Whole((sign * ((2 * over.abs() + under.abs()) / (2 * under.abs()))) as i64)
        }
    }
}

fn insert(connection: &Connection, fact: &Fact) {
    let Fact { workspace, partner, country, verdict, visitor, time, recorded_at, .. } = fact;
    let table = fact.facts.table();
    let shared = format!("{workspace}, {partner}, '{country}', '{verdict}', {time}, {recorded_at}");
    let columns = "workspace, partner, country, click_verdict, event_time, recorded_at";
    if fact.facts == Facts::Throughs {
        let sql = format!("INSERT INTO throughs ({columns}, click_hi, click_lo) VALUES ({shared}, 0, {visitor})");
        return connection.execute_batch(&sql).expect("stored");
    }
    if fact.facts != Facts::Conversions {
        let sql = format!("INSERT INTO {table} ({columns}, visitor) VALUES ({shared}, {visitor})");
        return connection.execute_batch(&sql).expect("stored");
    }
    let Fact { click_time, sign, status, reason, goal_kind, is_primary, customer, is_new, .. } = fact;
    let decided = fact.decided_time.map_or("NULL".to_owned(), |at| at.to_string());
    let amounts = fact.amounts.map(|amount| (amount * sign).to_string()).join(", ");
    let sql = format!(
        "INSERT INTO conversions ({columns}, click_time, decided_time, sign, conversion_status, conversion_reason, \
         goal_kind, is_primary, customer_lo, is_new_customer, currency, reporting_currency, sale_minor, revenue_minor, \
         payout_minor, refund_minor, collected_minor, reporting_sale_minor, reporting_revenue_minor, \
         reporting_payout_minor, reporting_refund_minor, reporting_collected_minor) VALUES ({shared}, {click_time}, \
         {decided}, {sign}, '{status}', '{reason}', '{goal_kind}', {is_primary}, {customer}, {is_new}, 'EUR', 'EUR', \
         {amounts}, {amounts})"
    );
    connection.execute_batch(&sql).expect("stored");
}

fn check(facts: &[Fact], asking: &Asking) {
    let connection = store();
    connection.execute_batch("BEGIN").expect("begins");
    facts.iter().for_each(|fact| insert(&connection, fact));
    connection.execute_batch("COMMIT").expect("commits");
    let answer = answer(&connection, &asker(), asking.json());

    let wanted: Vec<&Fact> = facts.iter().filter(|fact| asking.wants(fact)).collect();
    let any_status = asking.statuses.is_some();
    for (metric, (name, total)) in METRICS.iter().zip(&answer.totals) {
        assert_eq!(total, &expected(metric, &wanted, any_status), "total of {name}");
    }
    let mut groups: BTreeMap<String, Vec<&Fact>> = BTreeMap::new();
    for fact in wanted {
        groups.entry(json!(asking.values(fact)).to_string()).or_default().push(fact);
    }
    let mut seen = HashSet::new();
    for row in &answer.rows {
        let (values, numbers) = row.split_at(asking.dimensions.len());
        let key = serde_json::to_string(values).expect("JSON");
        let group = groups.get(&key).cloned().unwrap_or_default();
        for (metric, number) in METRICS.iter().zip(numbers) {
            assert_eq!(number, &expected(metric, &group, any_status), "{} of {key}", metric.name);
        }
        assert!(seen.insert(key), "each group is one row");
    }
    for (key, group) in groups.iter().filter(|(key, _)| !seen.contains(*key)) {
        let silent =
            METRICS.iter().all(|metric| !matches!(expected(metric, group, any_status), Cell::Whole(n) if n != 0));
        assert!(silent, "{key} is missing");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn the_statement_agrees_with_a_fold(facts in prop::collection::vec(fact(), 0..60), asking in asking()) {
        check(&facts, &asking);
    }
}
