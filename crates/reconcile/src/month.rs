//! A month of an advertiser's figures, altered in twelve known ways: each is classed as what it is.

use std::collections::BTreeMap;

use kernel::{Currency, Money, Timestamp};

use crate::{
    Cause, Class, Difference, Mapping, Ours, Period, Standing, compare,
    figures::{self, Keys},
    mapping::{Columns, Meaning},
    table,
    totals::{self, Cell, CellClass, Total},
};

pub fn november() -> Period {
    Period { start: moment("2026-11-01T00:00:00Z"), end: moment("2026-12-01T00:00:00Z") }
}

fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("a moment")
}

/// A sale on the given day of November at noon, 80 EUR, from a click two days before it.
pub fn sale(number: usize, day: i64) -> Ours {
    let at = november().start.plus_days(day - 1).plus_millis(12 * kernel::time::HOUR_MS);
    Ours {
        keys: Keys { click: Some(click(number)), order: Some(format!("A-{number}")), customer: None },
        standing: Standing::Approved,
        amount: Money::new(8000, Currency::EUR),
        gross: Some(9840),
        at,
        clicked_at: Some(at.plus_days(-2)),
        test: false,
    }
}

fn click(number: usize) -> String {
    format!("clk_{number:026}")
}

pub fn mapping() -> Mapping {
    let column = |name: &str| Some(name.to_owned());
    let columns = Columns {
        click: column("Click"),
        order: column("Order"),
        status: column("State"),
        amount: column("Sum"),
        currency: column("Cur"),
        date: column("Date"),
        ..Columns::default()
    };
    let words = [
        ("ok", Meaning::Approved),
        ("wait", Meaning::Pending),
        ("no", Meaning::Rejected(None)),
        ("test", Meaning::Test),
    ];
    Mapping {
        columns,
        words: words.into_iter().map(|(word, meaning)| (word.to_owned(), meaning)).collect(),
        currency: Currency::EUR,
        decimal_mark: crate::amount::DecimalMark::Comma,
        date_form: crate::date::DateForm::DayFirst,
        time_zone: "America/New_York".to_owned(),
        date_basis: crate::mapping::DateBasis::Event,
        window_days: Some(30),
        rounding: 1,
    }
}

const HEADER: &str = "Order;Click;State;Sum;Cur;Date\n";

fn row(number: usize, state: &str, sum: &str) -> String {
    format!("A-{number};{};{state};{sum};EUR;15.11.2026 09:00\n", click(number))
}

/// Forty sales, one a row; those named here are not told as they are.
fn ours() -> Vec<Ours> {
    let mut ours: Vec<Ours> = (0..40).map(|number| sale(number, 2 + (number as i64 % 27))).collect();
    ours[30].at = moment("2026-12-01T03:00:00Z");
    ours[31].at = moment("2026-11-01T02:00:00Z");
    ours[32].clicked_at = Some(ours[32].at.plus_days(-40));
    ours[33].test = true;
    ours[34].keys = ours[35].keys.clone();
    ours
}

fn altered() -> String {
    let mut file = HEADER.to_owned();
    (0..20).for_each(|number| file.push_str(&row(number, "OK", "80,00")));
    file.push_str(&row(30, "ok", "80,00"));
    file.push_str(&row(19, "ok", "80,00"));
    file.push_str(&row(20, "no", "80,00"));
    file.push_str(&row(21, "wait", "80,00"));
    file.push_str(&row(22, "returned?", "80,00"));
    file.push_str(&row(23, "ok", "60,00"));
    file.push_str(&row(24, "ok", "80,01"));
    file.push_str(&row(25, "ok", "98,40"));
    file.push_str(&row(26, "ok", "80,00").replace("EUR", "USD"));
    file.push_str("X-1;0a1b2c-other;ok;80,00;EUR;15.11.2026\n");
    file.push_str(&row(90, "ok", "80,00"));
    file.push_str(&row(27, "test", "80,00"));
    file.push_str(&row(35, "ok", "80,00"));
    file
}

fn lines() -> Vec<Difference> {
    let table = table::read(altered().as_bytes()).expect("a table");
    let theirs = figures::rows(&table, &mapping()).expect("rows");
    compare(&ours(), &theirs, november(), &mapping())
}

#[test]
fn a_month_altered_in_known_ways_is_classed_rightly() {
    let mut counted: BTreeMap<(Class, Option<Cause>), usize> = BTreeMap::new();
    lines().iter().for_each(|line| *counted.entry((line.class, line.cause)).or_default() += 1);
    let expected = [
        ((Class::Matched, None), 21),
        ((Class::OnlyOurs, Some(Cause::TimeZone)), 1),
        ((Class::OnlyOurs, Some(Cause::Window)), 1),
        ((Class::OnlyOurs, Some(Cause::Duplicate)), 1),
        ((Class::OnlyOurs, Some(Cause::TestRow)), 1),
        ((Class::OnlyOurs, Some(Cause::NotReported)), 6),
        ((Class::OnlyTheirs, Some(Cause::TimeZone)), 1),
        ((Class::OnlyTheirs, Some(Cause::Duplicate)), 1),
        ((Class::OnlyTheirs, Some(Cause::ForeignId)), 1),
        ((Class::OnlyTheirs, Some(Cause::NotReceived)), 1),
        ((Class::StatusDiffers, Some(Cause::TestRow)), 1),
        ((Class::StatusDiffers, Some(Cause::StatusWord)), 1),
        ((Class::StatusDiffers, Some(Cause::NotYetDecided)), 1),
        ((Class::StatusDiffers, Some(Cause::DecidedOtherwise)), 1),
        ((Class::AmountDiffers, Some(Cause::Currency)), 1),
        ((Class::AmountDiffers, Some(Cause::Rounding)), 1),
        ((Class::AmountDiffers, Some(Cause::GrossNet)), 1),
        ((Class::AmountDiffers, Some(Cause::Price)), 1),
    ];
    assert_eq!(counted, BTreeMap::from(expected));
}

#[test]
fn rows_that_cannot_be_understood_are_named_and_none_is_taken() {
    let file = format!(
        "{HEADER}{}A-2;{};ok;12.50;EUR;15.11.2026\nA-3;;ok;1,00;EUR;2026/15/11\n;;ok;1,00;EUR;\nA-5;;ok;1,00;CROWNS!;\n",
        row(1, "ok", "80,00"),
        click(2)
    );
    let table = table::read(file.as_bytes()).expect("a table");
    let Err(table::FileError::Rows(bad)) = figures::rows(&table, &mapping()) else { panic!("the file is bad") };
    assert_eq!(bad.iter().map(|bad| bad.row).collect::<Vec<_>>(), [3, 4, 5, 6]);
}

#[test]
fn a_mapping_that_does_not_fit_is_named() {
    let table = table::read(b"Order,Order,Sum\n1,2,3\n").expect("a table");
    let mut twice = mapping();
    twice.columns = Columns { order: Some("order".to_owned()), ..Columns::default() };
    assert_eq!(figures::rows(&table, &twice), Err(table::FileError::ColumnTwice("order".to_owned())));
    twice.columns.order = Some("Bestellung".to_owned());
    assert_eq!(figures::rows(&table, &twice), Err(table::FileError::NoColumn("Bestellung".to_owned())));
    twice.columns.order = None;
    assert!(matches!(figures::rows(&table, &twice), Err(table::FileError::Mapping(_))));
}

#[test]
fn totals_are_compared_cell_by_cell() {
    let mut totals = mapping();
    let column = |name: &str| Some(name.to_owned());
    totals.columns = Columns {
        offer: column("offer"),
        country: column("geo"),
        count: column("leads"),
        amount: column("sum"),
        ..Columns::default()
    };
    let file = "offer;geo;leads;sum\nTents;de;6;480,00\nTents;DE;4;320,00\nTents;PL;9;720,00\nBoots;DE;2;150,00\nMaps;DE;1;5,00\n";
    let theirs = totals::rows(&table::read(file.as_bytes()).expect("a table"), &totals).expect("cells");
    let cell = |offer: &str, country: &str| Cell {
        offer: offer.to_owned(),
        country: country.to_owned(),
        source: String::new(),
        currency: Some(Currency::EUR),
    };
    let total = |count, minor| Total { count, amount: Some(Money::new(minor, Currency::EUR)) };
    let ours = BTreeMap::from([
        (cell("Tents", "DE"), total(10, 80_000)),
        (cell("Tents", "PL"), total(10, 80_000)),
        (cell("Boots", "DE"), total(2, 16_000)),
        (cell("Boots", "FR"), total(1, 8_000)),
    ]);
    let classes: Vec<_> = totals::compare(&ours, &theirs).into_iter().map(|line| (line.cell, line.class)).collect();
    assert_eq!(
        classes,
        [
            (cell("Boots", "DE"), CellClass::AmountDiffers),
            (cell("Boots", "FR"), CellClass::OnlyOurs),
            (cell("Maps", "DE"), CellClass::OnlyTheirs),
            (cell("Tents", "DE"), CellClass::Matched),
            (cell("Tents", "PL"), CellClass::CountDiffers),
        ]
    );
}
