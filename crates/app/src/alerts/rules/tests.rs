use super::*;
use crate::alerts::watch::Side;

fn watch(metric: &str, test: Test, at_least: i64) -> Watch {
    Watch { metric: metric.to_owned(), test, window_hours: 24, at_least, each: None, filters: Vec::new() }
}

fn rises(per_cent: u32) -> Test {
    Test::Rises { per_cent, unless: Some("revenue".to_owned()) }
}

const fn part(over: i64, under: i64) -> Part {
    Part { over, under }
}

const fn reading(now: Part, before: Part) -> Reading {
    Reading { now, before }
}

const RATE: Form = Form::Quotient { scale: 1_000_000 };

#[test]
fn a_cost_that_rises_is_found_unless_revenue_rose_as_much() {
    let watch = watch("ecpa", rises(30), 40);
    let cost = Form::Quotient { scale: 10_000 };
    // 8.00 a conversion before; 10.40 is thirty per cent more.
    let judge = |now, revenue| {
        let explains = Some((Form::Sum, reading(part(revenue, 0), part(40_000, 0))));
        judged(&watch, cost, String::new(), reading(now, part(20 * 800, 20)), explains).is_found
    };
    assert!(!judge(part(20 * 1_040, 20), 40_000), "exactly thirty per cent is within");
    assert!(judge(part(20 * 1_041, 20), 40_000));
    assert!(judge(part(20 * 1_041, 20), 52_000), "exactly thirty per cent explains nothing");
    assert!(!judge(part(20 * 1_041, 20), 52_001));
    assert!(!judge(part(19 * 1_041, 19), 40_000), "39 conversions say little");
}

#[test]
fn a_fall_is_told_with_the_number_that_would_have_been_well() {
    let test = Test::Falls { per_cent: 20, unless: None };
    let judged = judged(
        &watch("settled_approval", test, 0),
        RATE,
        "ofr_1".to_owned(),
        reading(part(50, 100), part(80, 100)),
        None,
    );
    assert_eq!((judged.seen, judged.before, judged.usual_from), (Some(500_000), Some(800_000), Some(640_000)));
    assert!(judged.is_found && judged.usual_to.is_none());
}

#[test]
fn where_nothing_was_divided_by_nothing_is_found() {
    let found =
        |test: Test, reading: Reading| judged(&watch("cr", test, 0), RATE, String::new(), reading, None).is_found;
    assert!(!found(Test::Below { limit: 10_000 }, reading(part(0, 0), part(0, 0))));
    assert!(!found(rises(30), reading(part(5, 10), part(0, 0))), "there is nothing to compare with");
    assert!(!found(rises(30), reading(part(5, 10), part(0, 10))), "no per cent of nought");
    assert!(found(Test::Below { limit: 10_000 }, reading(part(0, 100), part(0, 0))));
    assert!(found(Test::Above { limit: 10_000 }, reading(part(2, 100), part(0, 0))));
}

#[test]
fn what_came_from_nothing_rose() {
    let explains = Some((Form::Sum, reading(part(1, 0), part(0, 0))));
    let cost = reading(part(2_000, 1), part(1_000, 1));
    assert!(!judged(&watch("ecpa", rises(30), 0), RATE, String::new(), cost, explains).is_found);
}

#[test]
fn what_cannot_be_looked_at_is_refused_by_field() {
    let code = |watch: Watch| checked(&watch).expect_err("refused").code;
    let above = || Test::Above { limit: 1 };
    let unusual = || Test::Unusual { side: Side::Low, false_alarm_days: 30 };
    assert_eq!(code(watch("luck", above(), 0)), RefusalCode::UnknownMetric);
    assert_eq!(code(watch("cr", unusual(), 0)), RefusalCode::InvalidFields);
    assert_eq!(code(watch("visitors", unusual(), 0)), RefusalCode::InvalidFields);
    assert_eq!(code(Watch { window_hours: 169, ..watch("clicks", unusual(), 0) }), RefusalCode::InvalidFields);
    assert_eq!(code(Watch { window_hours: 0, ..watch("clicks", above(), 0) }), RefusalCode::InvalidFields);
    assert_eq!(code(watch("clicks", rises(0), 0)), RefusalCode::InvalidFields);
    assert_eq!(code(watch("clicks", Test::Falls { per_cent: 101, unless: None }, 0)), RefusalCode::InvalidFields);
    let each = |name: &str| Some(name.to_owned());
    assert_eq!(code(Watch { each: each("day"), ..watch("clicks", above(), 0) }), RefusalCode::UnknownDimension);
    assert_eq!(code(Watch { each: each("goal"), ..watch("cr", above(), 0) }), RefusalCode::InvalidFields);
    let lucky = Test::Rises { per_cent: 5, unless: Some("luck".to_owned()) };
    assert_eq!(code(watch("clicks", lucky, 0)), RefusalCode::UnknownMetric);
}

#[test]
fn what_was_put_off_is_told_once_more() {
    let at = Timestamp::from_millis;
    assert!(!is_due_again(None, at(0), at(100)));
    assert!(!is_due_again(Some(at(101)), at(0), at(100)));
    assert!(is_due_again(Some(at(100)), at(0), at(100)));
    assert!(!is_due_again(Some(at(100)), at(100), at(200)), "it was told after that");
}
