//! What is no question is refused by name, and no text of the asker is ever run.

use kernel::RefusalCode;
use serde_json::json;

use super::*;

const HOSTILE: &[&str] = &[
    "'; DROP TABLE clicks; --",
    "\" OR 1=1 --",
    "$1",
    "?",
    "\\",
    "%",
    "x') OR ('1'='1",
    "\u{0}",
    "🦀",
    "day; ATTACH 'x'",
];

fn refused(json: serde_json::Value) -> RefusalCode {
    Question::read(&asked(json), &asker()).expect_err("refused").code
}

fn base() -> serde_json::Value {
    json!({"from": "2026-01-01", "to": "2026-01-03", "metrics": ["clicks"]})
}

fn with(field: &str, value: serde_json::Value) -> serde_json::Value {
    let mut question = base();
    question[field] = value;
    question
}

#[test]
fn every_wrong_word_has_its_code() {
    let cases = [
        (with("dimensions", json!(["colour"])), RefusalCode::UnknownDimension),
        (with("metrics", json!(["luck"])), RefusalCode::UnknownMetric),
        (with("metrics", json!([])), RefusalCode::BadParameter),
        (with("timezone", json!("Mars/Olympus")), RefusalCode::BadTimezone),
        (with("from", json!("yesterday")), RefusalCode::BadParameter),
        (with("from", json!(null)), RefusalCode::BadParameter),
        (with("limit", json!(0)), RefusalCode::BadParameter),
        (with("limit", json!(1_000_001)), RefusalCode::BadParameter),
        (with("sort", json!("-payout")), RefusalCode::BadParameter),
        (with("currency", json!("EURO")), RefusalCode::BadCurrency),
        (with("dimensions", json!(["day", "day"])), RefusalCode::BadParameter),
        (with("filters", json!([{"field": "nose", "values": ["big"]}])), RefusalCode::UnknownDimension),
        (with("filters", json!([{"field": "day", "values": ["2026-01-01"]}])), RefusalCode::BadParameter),
        (with("filters", json!([{"field": "country", "values": []}])), RefusalCode::BadParameter),
        (with("filters", json!([{"field": "country", "values": [1]}])), RefusalCode::BadParameter),
        (with("filters", json!([{"field": "partner", "values": ["ofr_0"]}])), RefusalCode::BadParameter),
        (with("filters", json!([{"field": "partner", "op": "contains", "values": ["a"]}])), RefusalCode::BadParameter),
        (with("filters", json!([{"field": "country", "values": vec!["PL"; 1_001]}])), RefusalCode::BadParameter),
    ];
    for (question, code) in cases {
        assert_eq!(refused(question.clone()), code, "{question}");
    }
}

#[test]
fn what_a_role_may_not_see_is_unknown() {
    let partner = Asker { may_see_metric: |metric| !metric.tells_revenue(), ..asker() };
    for metric in ["revenue", "profit", "margin", "rpc", "roi", "collected_revenue"] {
        let refusal = Question::read(&asked(with("metrics", json!([metric]))), &partner).expect_err("refused");
        assert_eq!(refusal.code, RefusalCode::UnknownMetric, "{metric}");
    }
}

#[test]
fn hostile_names_are_refused() {
    for text in HOSTILE {
        assert_eq!(refused(with("dimensions", json!([text]))), RefusalCode::UnknownDimension);
        assert_eq!(refused(with("metrics", json!([text]))), RefusalCode::UnknownMetric);
        assert_eq!(refused(with("sort", json!([text]))), RefusalCode::BadParameter);
        assert_eq!(refused(with("timezone", json!(text))), RefusalCode::BadTimezone);
        assert_eq!(refused(with("currency", json!(text))), RefusalCode::BadCurrency);
        assert_eq!(refused(with("from", json!(text))), RefusalCode::BadParameter);
        assert_eq!(refused(with("filters", json!([{"field": text, "values": ["x"]}]))), RefusalCode::UnknownDimension);
        assert_eq!(refused(with("filters", json!([{"field": "asn", "values": [text]}]))), RefusalCode::BadParameter);
    }
}

#[test]
fn hostile_values_are_only_compared() {
    let connection = store();
    for (index, text) in HOSTILE.iter().enumerate() {
        let sql =
            "INSERT INTO clicks (workspace, event_time, click_verdict, sub1) VALUES (1, 1767265200000, 'valid', ?)";
        connection.execute(sql, [text]).expect("stored");
        for op in ["in", "contains", "starts_with"] {
            let filters = json!([{"field": "sub1", "op": op, "values": [text]}]);
            let mut question = with("filters", filters);
            question["dimensions"] = json!(["sub1"]);
            let (rows, _) = told(&connection, question);
            assert!(rows.as_array().is_some_and(|rows| rows.contains(&json!([text, 1]))), "{op} {text}");
        }
        let (_, totals) = told(&connection, base());
        assert_eq!(totals, json!({"clicks": index + 1}));
    }
}
