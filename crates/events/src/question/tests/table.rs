//! Known facts, known answers.

use kernel::Timestamp;
use serde_json::json;

use super::*;

/// Two partners, two days; a sale that moved from pending to approved, one that was rejected as trash, a deposit that
/// is an event, a sale in dollars without a rate, and a row of another workspace.
const FACTS: &str = "
INSERT INTO clicks (workspace, partner, offer, advertiser, event_time, recorded_at, kind, click_verdict, click_reason, country, visitor, sub1) VALUES
 (1, 11, 21, 31, 1767265200000, 1767265200000, 'click', 'valid', '', 'PL', 1, 'a'),
 (1, 11, 21, 31, 1767265201000, 1767265201000, 'click', 'duplicate', '', 'PL', 1, 'a'),
 (1, 11, 21, 31, 1767351600000, 1767351600000, 'click', 'valid', '', 'DE', 2, ''),
 (1, 12, 21, 31, 1767351601000, 1767351601000, 'click', 'valid', '', 'PL', 1, ''),
 (1, 12, 21, 31, 1767351602000, 1767351602000, 'click', 'invalid', 'bot', '', 3, ''),
 (1, 12, 21, 31, 1767351603000, 1767351603000, 'probe', 'probe', '', '', 4, ''),
 (2, 11, 21, 31, 1767351603000, 1767351603000, 'click', 'valid', '', 'PL', 9, '');
INSERT INTO views (workspace, partner, event_time, recorded_at, kind, click_verdict, country) VALUES
 (1, 11, 1767265200000, 1767265200000, 'click', 'valid', 'PL'), (1, 11, 1767265200000, 1767265200000, 'click', 'valid', 'PL');
INSERT INTO conversions (sign, workspace, partner, offer, goal, is_primary, goal_kind, event_time, click_time, decided_time, recorded_at,
  conversion_status, conversion_reason, currency, sale_minor, revenue_minor, payout_minor, reporting_currency,
  reporting_sale_minor, reporting_revenue_minor, reporting_payout_minor, reporting_refund_minor, reporting_collected_minor,
  customer_lo, is_new_customer, country) VALUES
 ( 1, 1, 11, 21, 41, true, 'sale', 1767351600000, 1767265200000, NULL, 1767351600000, 'pending', '', 'EUR', 8000, 1200, 800, 'EUR', 8000, 1200, 800, 0, 0, 51, true, 'PL'),
 (-1, 1, 11, 21, 41, true, 'sale', 1767351600000, 1767265200000, NULL, 1767438000000, 'pending', '', 'EUR', -8000, -1200, -800, 'EUR', -8000, -1200, -800, 0, 0, 51, true, 'PL'),
 ( 1, 1, 11, 21, 41, true, 'sale', 1767351600000, 1767265200000, 1767438000000, 1767438000000, 'approved', '', 'EUR', 8000, 1200, 800, 'EUR', 8000, 1200, 800, 0, 0, 51, true, 'PL'),
 ( 1, 1, 12, 21, 41, true, 'sale', 1767351700000, 1767351601000, 1767351700000, 1767351700000, 'rejected', 'bad_contact', 'EUR', 5000, 700, 500, 'EUR', 5000, 700, 500, 0, 0, 52, true, 'PL'),
 ( 1, 1, 11, 21, 42, false, 'deposit', 1767351800000, 1767265200000, NULL, 1767351800000, 'pending', '', 'EUR', 3000, 0, 100, 'EUR', 3000, 0, 100, 0, 0, 51, false, 'PL'),
 ( 1, 1, 12, 22, 43, true, 'sale', 1767351900000, 1767351601000, NULL, 1767351900000, 'pending', '', 'USD', 1000, 200, 100, 'EUR', NULL, NULL, NULL, NULL, NULL, 53, true, 'PL'),
 ( 1, 2, 11, 21, 41, true, 'sale', 1767351600000, 1767265200000, NULL, 1767351600000, 'pending', '', 'EUR', 9, 9, 9, 'EUR', 9, 9, 9, 0, 0, 51, true, 'PL');
";

fn known() -> Connection {
    let connection = store();
    connection.execute_batch(FACTS).expect("facts are stored");
    connection
}

fn id<K: kernel::id::Kind>(number: u128) -> String {
    Id::<K>::from_u128(number).to_string()
}

#[test]
fn clicks_by_verdict_and_day() {
    let (rows, totals) = told(
        &known(),
        json!({
            "from": "2026-01-01", "to": "2026-01-02", "dimensions": ["day"],
            "metrics": ["gross_clicks", "clicks", "duplicate_clicks", "invalid_clicks", "probes", "visitors", "views", "ctr"],
        }),
    );
    assert_eq!(rows, json!([["2026-01-01", 2, 1, 1, 0, 0, 1, 2, 0.5], ["2026-01-02", 3, 2, 0, 1, 1, 3, 0, null]]));
    assert_eq!(totals["visitors"], 3, "the visitor of both days is one");
    assert_eq!((&totals["gross_clicks"], &totals["ctr"]), (&json!(5), &json!(1.5)));
}

#[test]
fn conversions_count_the_primary_goal_and_amounts_keep_to_their_currency() {
    let (rows, totals) = told(
        &known(),
        json!({
            "from": "2026-01-01", "to": "2026-01-03", "dimensions": ["partner"], "sort": "partner",
            "metrics": ["conversions", "events", "approved", "rejected", "trash", "payout", "sale_amount", "cr", "ecpa", "customers"],
        }),
    );
    let (first, second) = (id::<kernel::id::Partner>(11), id::<kernel::id::Partner>(12));
    assert_eq!(
        rows,
        json!([
            [first, 1, 1, 1, 0, 0, 900, 0, 11000, 0, 0.5, 9_000_000, 0, 1],
            [second, 1, 0, 0, 1, 1, 0, 100, 0, 1000, 1.0, 0, 1_000_000, 1],
        ])
    );
    assert_eq!((&totals["payout"], &totals["payout_usd"], &totals["customers"]), (&json!(900), &json!(100), &json!(2)));
}

#[test]
fn a_filter_by_status_decides_what_counts() {
    let (rows, _) = told(
        &known(),
        json!({
            "from": "2026-01-01", "to": "2026-01-03", "metrics": ["conversions", "payout", "clicks"],
            "filters": [{"field": "conversion_status", "op": "eq", "values": ["rejected"]}],
        }),
    );
    assert_eq!(rows, json!([[1, 500, 3]]));
}

#[test]
fn as_of_gives_the_answer_of_that_moment() {
    let at = |as_of: &str| {
        told(
            &known(),
            json!({
                "from": "2026-01-01", "to": "2026-01-03", "metrics": ["pending", "approved"], "as_of": as_of,
                "filters": [{"field": "offer", "values": [id::<kernel::id::Offer>(21)]}],
            }),
        )
        .0
    };
    assert_eq!(at("2026-01-01T23:00:00Z"), json!([[0, 0]]));
    assert_eq!(at("2026-01-02T23:00:00Z"), json!([[1, 0]]));
    assert_eq!(at("2026-01-04T00:00:00Z"), json!([[0, 1]]));
}

#[test]
fn the_date_basis_chooses_the_day() {
    let on = |basis: &str| {
        told(&known(), json!({
            "from": "2026-01-01", "to": "2026-01-03", "dimensions": ["day"], "metrics": ["approved"], "date_basis": basis,
        })).0
    };
    assert_eq!(on("event"), json!([["2026-01-02", 1]]));
    assert_eq!(on("conversion"), on("event"));
    assert_eq!(on("click"), json!([["2026-01-01", 1]]));
    assert_eq!(on("decided"), json!([["2026-01-03", 1]]));
    assert_eq!(on("paid"), json!([]));
}

#[test]
fn buckets_are_local() {
    let by = |dimension: &str, zone: &str| {
        told(
            &known(),
            json!({
                "from": "2026-01-01", "to": "2026-01-03", "dimensions": [dimension], "metrics": ["gross_clicks"],
                "timezone": zone,
            }),
        )
        .0
    };
    assert_eq!(
        by("hour", "Asia/Kathmandu"),
        json!([["2026-01-01T16:00:00+05:45", 2], ["2026-01-02T16:00:00+05:45", 3],])
    );
    assert_eq!(by("hour_of_day", "UTC"), json!([[11, 5]]));
    assert_eq!(by("week", "UTC"), json!([["2025-12-29", 5]]));
    assert_eq!(by("month", "Pacific/Kiritimati"), json!([["2026-01-01", 5]]));
    assert_eq!(by("weekday", "UTC"), json!([[4, 2], [5, 3]]));
    assert_eq!(by("day", "Pacific/Kiritimati"), json!([["2026-01-02", 2], ["2026-01-03", 3]]));
}

#[test]
fn the_hour_that_comes_twice_is_two_rows() {
    let connection = store();
    for at in ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"] {
        let millis = Timestamp::parse(at).expect("valid").millis();
        let sql = format!("INSERT INTO clicks (workspace, event_time, click_verdict) VALUES (1, {millis}, 'valid')");
        connection.execute_batch(&sql).expect("stored");
    }
    let (rows, _) = told(
        &connection,
        json!({
            "from": "2026-10-25", "to": "2026-10-25", "timezone": "Europe/Warsaw", "dimensions": ["hour"], "metrics": ["clicks"],
        }),
    );
    assert_eq!(rows, json!([["2026-10-25T02:00:00+02:00", 1], ["2026-10-25T02:00:00+01:00", 1]]));
}

#[test]
fn a_comparison_lays_the_days_before_on_the_days() {
    let (rows, totals) = told(
        &known(),
        json!({
            "from": "2026-01-02", "to": "2026-01-02", "dimensions": ["day"], "metrics": ["gross_clicks", "visitors", "cr"],
            "compare": "previous_period",
        }),
    );
    assert_eq!(rows, json!([["2026-01-02", 3, 2, 3, 1, 1.0, 0.0]]));
    assert_eq!((&totals["gross_clicks_previous"], &totals["visitors_previous"]), (&json!(2), &json!(1)));
}

#[test]
fn what_is_beyond_the_limit_is_in_the_totals() {
    let answer = answer(
        &known(),
        &asker(),
        json!({
            "from": "2026-01-01", "to": "2026-01-03", "dimensions": ["country", "click_verdict"], "metrics": ["gross_clicks"],
            "limit": 1, "sort": ["-gross_clicks"],
        }),
    );
    assert!(answer.truncated);
    assert_eq!(serde_json::to_value(&answer.rows).expect("JSON"), json!([["PL", "valid", 2]]));
    assert_eq!(totals(&answer), json!({"gross_clicks": 5}));
}

#[test]
fn filters_compare_ids_texts_and_the_unknown() {
    let clicks = |filter: serde_json::Value| {
        let (_, totals) = told(
            &known(),
            json!({
                "from": "2026-01-01", "to": "2026-01-03", "metrics": ["gross_clicks"], "filters": [filter],
            }),
        );
        totals["gross_clicks"].clone()
    };
    assert_eq!(clicks(json!({"field": "partner", "values": id::<kernel::id::Partner>(11)})), 3);
    assert_eq!(clicks(json!({"field": "partner", "op": "not_in", "values": [id::<kernel::id::Partner>(11)]})), 2);
    assert_eq!(clicks(json!({"field": "partner", "values": [id::<kernel::id::Partner>(123456)]})), 0);
    assert_eq!(clicks(json!({"field": "country", "values": [null]})), 1);
    assert_eq!(clicks(json!({"field": "country", "op": "starts_with", "values": ["p", "d"]})), 4);
    assert_eq!(clicks(json!({"field": "click_reason", "op": "contains", "values": ["BO"]})), 1);
    assert_eq!(clicks(json!({"field": "goal_kind", "values": ["sale"]})), 5, "clicks carry no goal");
}

#[test]
fn row_limits_and_the_workspace_are_walls() {
    let limited = |limits: RowLimits| {
        let asker = Asker { row_limits: limits, ..asker() };
        let question = json!({"from": "2026-01-01", "to": "2026-01-03", "metrics": ["gross_clicks", "payout"]});
        totals(&answer(&known(), &asker, question))
    };
    let partner = RowLimits { partner: Some(Id::from_u128(11)), ..RowLimits::default() };
    assert_eq!(limited(partner), json!({"gross_clicks": 3, "payout": 900}));
    let stranger = RowLimits { advertiser: Some(Id::from_u128(77)), ..RowLimits::default() };
    assert_eq!(limited(stranger), json!({"gross_clicks": 0, "payout": 0}));
    let other = Asker { tenant: Tenant(Id::from_u128(OTHER_WORKSPACE)), ..asker() };
    let question = json!({"from": "2026-01-01", "to": "2026-01-03", "metrics": ["gross_clicks", "payout"]});
    assert_eq!(totals(&answer(&known(), &other, question.clone())), json!({"gross_clicks": 1, "payout": 9}));
    let nobody = Asker { tenant: Tenant(Id::from_u128(12345)), ..asker() };
    assert_eq!(totals(&answer(&known(), &nobody, question)), json!({"gross_clicks": 0, "payout": 0}));
}

#[test]
fn every_metric_can_be_asked_with_every_dimension() {
    let connection = known();
    let metrics: Vec<_> = super::super::METRICS.iter().map(|metric| metric.name).collect();
    for dimensions in super::super::DIMENSIONS.chunks(6) {
        let names: Vec<_> = dimensions.iter().map(|dimension| dimension.name).collect();
        let answer = answer(
            &connection,
            &asker(),
            json!({
                "from": "2026-01-01", "to": "2026-01-03", "dimensions": names, "metrics": metrics, "compare": "previous_year",
            }),
        );
        assert!(!answer.rows.is_empty(), "{names:?}");
        assert!(answer.rows.iter().all(|row| row.len() == answer.columns.len()));
    }
}

#[test]
fn costs_are_summed_by_what_they_have() {
    use crate::question::costs::{Cost, CostKind, Costs};
    let day = |day: i64| 1_767_225_600_000 + (day - 1) * 86_400_000 + 43_200_000;
    let cost =
        |at_ms, kind, partner, currency, minor| Cost { at_ms, kind, partner, offer: 0, advertiser: 0, currency, minor };
    // A partner that no fact knows has no key of theirs.
    let unknown = 1_000;
    let rows = vec![
        cost(day(1), CostKind::Bonus, 11, Currency::EUR, 100),
        cost(day(2), CostKind::Placement, unknown, Currency::EUR, 500),
        cost(day(2), CostKind::Fee, 0, Currency::EUR, 20),
        cost(day(2), CostKind::Other, 0, Currency::USD, 7),
        cost(day(9), CostKind::Other, 0, Currency::EUR, 9_999),
    ];
    let connection = known();
    let told = |json: serde_json::Value| {
        let mut question = Question::read(&asked(json), &asker()).expect("a good question");
        question.costs = Costs::new(rows.clone());
        let answer = question.run(&connection, &SmallKeys).expect("an answer");
        (serde_json::to_value(&answer.rows).expect("JSON"), totals(&answer), answer.unknown_to_costs)
    };
    let base = |dimensions: serde_json::Value, filters: serde_json::Value| {
        json!({
            "from": "2026-01-01", "to": "2026-01-03", "dimensions": dimensions, "filters": filters, "sort": dimensions,
            "metrics": ["programme_costs"],
        })
    };
    let (rows_by_day, totals, lacking) = told(base(json!(["day"]), json!([])));
    assert_eq!(rows_by_day, json!([["2026-01-01", 100, 0], ["2026-01-02", 520, 7]]), "in euros, in dollars");
    assert_eq!((&totals["programme_costs"], lacking), (&json!(620), vec![]));
    let (by_partner, ..) = told(base(json!(["partner"]), json!([])));
    let (first, other) = (id::<kernel::id::Partner>(11), id::<kernel::id::Partner>(unknown));
    assert_eq!(by_partner.as_array().map(Vec::len), Some(3));
    for row in [json!([first, 100, 0]), json!([other, 500, 0]), json!([null, 20, 7])] {
        assert!(by_partner.as_array().is_some_and(|rows| rows.contains(&row)), "{row} in {by_partner}");
    }
    let (_, totals, _) = told(base(json!([]), json!([{"field": "partner", "values": [other]}])));
    assert_eq!(totals["programme_costs"], 500);
    let (_, totals, lacking) = told(base(json!([]), json!([{"field": "country", "values": ["PL"]}])));
    assert_eq!((&totals["programme_costs"], lacking), (&json!(0), vec!["country"]));
    let (_, totals, _) = told(base(json!([]), json!([{"field": "conversion_status", "values": ["approved"]}])));
    assert_eq!(totals["programme_costs"], 620, "verdicts on conversions leave costs as they are");
    let both = json!({
        "from": "2026-01-02", "to": "2026-01-02", "metrics": ["programme_costs", "cpa"], "compare": "previous_period",
    });
    let (_, totals, _) = told(both);
    assert_eq!((&totals["programme_costs"], &totals["programme_costs_previous"]), (&json!(520), &json!(100)));
}
