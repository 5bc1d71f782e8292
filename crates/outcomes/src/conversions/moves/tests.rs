//! Whatever is asked of a conversion in whatever order, the book says what its row says.

use std::sync::Arc;

use kernel::{
    Ambient, Currency, Decimal8, Id, Tenant, Timestamp, ambient::SeededChance, rate::Rate, time::MovableClock,
};
use ledger::{Account, Owner};
use proptest::prelude::*;
use serde_json::json;

use super::{Holding, Order, Worksheet};
use crate::{
    attribution::rules::pay,
    conversions::{
        Action, Mover, Status,
        entity::{commission, conversion},
        rates::RatesUsed,
    },
    currencies::entity::rate::RateSource,
    offers::clocks::Clocks,
    partners::model::{Model as Partner, PartnerState},
};

const NOON: Timestamp = Timestamp::from_millis(1_780_000_000_000);
const SALE_MINOR: i64 = 8_000;
const PAYOUT_MINOR: i64 = 803;
const REVENUE_MINOR: i64 = 1_201;

fn sheet() -> Worksheet {
    let clock = Arc::new(MovableClock::starting_at(NOON));
    let ambient = Ambient::new(clock, Arc::new(SeededChance::from_number(1)));
    let zone = kernel::time::zone("Europe/Warsaw").expect("known");
    let mut sheet = Worksheet::new(Tenant(Id::from_u128(1)), zone, Currency::EUR, ambient);
    for (code, per_euro) in [("JPY", "161.37"), ("KWD", "0.3325"), ("USDT", "1.0819")] {
        let currency = Currency::from_code(code).expect("a code");
        let rate = Rate::of_decimal(per_euro.parse().expect("a decimal")).expect("above nought").inverse();
        sheet.rates.insert(currency, NOON.local_day(&sheet.zone), rate, RateSource::Manual);
    }
    sheet
}

fn order(action: Action, amount_minor: Option<i64>) -> Order {
    Order { action, amount_minor, reason: None, words: None, mover: Mover::CLOCK, at: NOON }
}

fn holding(status: Status) -> Holding {
    let conversion = conversion::Model {
        id: Id::from_u128(2),
        workspace_id: Id::from_u128(1),
        receipt_id: Id::from_u128(3),
        advertiser_id: Some(Id::from_u128(4)),
        offer_id: Some(Id::from_u128(5)),
        goal_id: Some(Id::from_u128(6)),
        partner_id: Some(Id::from_u128(7)),
        attributed_by: Some("click_id".to_owned()),
        link_id: None,
        landing_id: None,
        manager_id: None,
        click_id: None,
        customer_id: None,
        order_key: None,
        click_goal_key: None,
        customer_goal_key: None,
        plan_version_id: None,
        goal_kind: "sale".to_owned(),
        partner_group: String::new(),
        vertical: String::new(),
        traffic_type: String::new(),
        order_id: Some("A".to_owned()),
        coupon: None,
        advertiser_words: None,
        is_primary: true,
        is_new_customer: false,
        door: "postback".to_owned(),
        trust: "token".to_owned(),
        status,
        status_before: None,
        reason: None,
        currency: "EUR".to_owned(),
        reporting_currency: "EUR".to_owned(),
        rate_e8: 0,
        sale_minor: SALE_MINOR,
        refund_minor: 0,
        revenue_full_minor: REVENUE_MINOR,
        revenue_minor: 0,
        payout_minor: 0,
        reporting_sale_minor: None,
        reporting_revenue_minor: None,
        reporting_payout_minor: None,
        event_at: NOON,
        created_at: NOON,
        updated_at: NOON,
        click_at: None,
        validation_until: None,
        lock_at: None,
        frozen_at: None,
        rates: RatesUsed::default(),
        clocks: Clocks::default(),
        moved_from_id: None,
        decided_at: None,
        locked_at: None,
        paid_at: None,
        click_dims: json!({}),
        adv: json!([]),
    };
    let base = commission(&conversion, 0, Decimal8::ONE.raw(), PAYOUT_MINOR);
    Holding { conversion, commissions: vec![base] }
}

fn commission(conversion: &conversion::Model, place: u128, share_e8: i64, full_minor: i64) -> commission::Model {
    commission::Model {
        id: Id::from_u128(80 + place),
        workspace_id: conversion.workspace_id,
        conversion_id: conversion.id,
        partner_id: Id::from_u128(7 + place),
        manager_id: None,
        partner_group: String::new(),
        kind: if place == 0 { commission::Kind::Base } else { commission::Kind::Share },
        share_e8,
        rule_id: None,
        plan_version_id: None,
        currency: "EUR".to_owned(),
        full_minor,
        amount_minor: 0,
        status: conversion.status,
        payout_id: None,
        created_at: NOON,
    }
}

/// As [`holding`], with the commission split among partners by `weights`.
fn split_holding(status: Status, weights: &[i64]) -> Holding {
    let conversion = holding(status).conversion;
    let parts = pay::split(Decimal8::ONE.raw(), weights);
    let amounts = pay::split(PAYOUT_MINOR, weights);
    let shares = parts.into_iter().zip(amounts).enumerate();
    let commissions = shares.map(|(place, (part, full))| commission(&conversion, place as u128, part, full)).collect();
    Holding { commissions, conversion }
}

/// What the entries so far leave in `accounts` of `owner`, credits above debits.
fn booked(sheet: &Worksheet, owner: Owner, accounts: &[Account]) -> i64 {
    let postings = sheet.entries.iter().flat_map(|entry| &entry.postings);
    let counted = postings.filter(|posting| posting.owner == owner && accounts.contains(&posting.account));
    counted.map(|posting| posting.credit - posting.debit).sum()
}

fn assert_book_agrees(sheet: &Worksheet) {
    use Account as A;
    let row = &sheet.get(Id::from_u128(2)).expect("held").conversion;
    let partner = [A::PartnerPending, A::PartnerApproved, A::PartnerPayable, A::PartnerDebt];
    let held = sheet.get(Id::from_u128(2)).expect("held");
    for commission in &held.commissions {
        let booked = booked(sheet, Owner::Partner(commission.partner_id), &partner);
        assert_eq!(booked, commission.amount_minor, "{:?}", row.status);
        assert!(commission.amount_minor >= 0);
    }
    let paid: i64 = held.commissions.iter().map(|commission| commission.amount_minor).sum();
    assert_eq!(paid, row.payout_minor, "paid shares sum to the commission");
    let advertiser = [A::PendingReceivable, A::AdvertiserReceivable];
    assert_eq!(booked(sheet, Owner::Advertiser(Id::from_u128(4)), &advertiser), -row.revenue_minor);
    assert!(sheet.entries.iter().all(|entry| entry.check().is_ok()));
    assert!(row.status.is_live() || (row.payout_minor == 0 && row.revenue_minor == 0), "worthless once it ended");
}

fn in_currency(mut holding: Holding, currency: &str) -> Holding {
    holding.conversion.currency = currency.to_owned();
    holding.commissions.iter_mut().for_each(|commission| commission.currency = currency.to_owned());
    holding
}

/// Somebody to whom a conversion may be moved.
fn partner(number: u128) -> Partner {
    Partner::bare(Id::from_u128(1_000 + number), Id::from_u128(1), PartnerState::Active)
}

/// Nothing appears and nothing vanishes: what partners have is what the conversion pays, whoever it has been moved to, and
/// the entries balance in its currency.
fn assert_nothing_is_lost(sheet: &Worksheet) {
    use Account as A;
    let row = &sheet.get(Id::from_u128(2)).expect("held").conversion;
    let postings = || sheet.entries.iter().flat_map(|entry| &entry.postings);
    let of_partners =
        |account| matches!(account, A::PartnerPending | A::PartnerApproved | A::PartnerPayable | A::PartnerDebt);
    let theirs = postings().filter(|posting| of_partners(posting.account));
    assert_eq!(theirs.map(|posting| posting.credit - posting.debit).sum::<i64>(), row.payout_minor);
    assert_eq!(postings().map(|posting| posting.credit - posting.debit).sum::<i64>(), 0);
    assert!(postings().all(|posting| posting.currency == row.currency()));
    let rate = sheet.rates.find(row.currency(), Currency::EUR, NOON.local_day(&sheet.zone));
    let decimals = row.currency().decimals().expect("known");
    let reported = rate.and_then(|used| used.rate.convert(row.payout_minor, decimals, 2));
    assert_eq!(row.reporting_payout_minor, reported, "by the rate of its day, or not at all");
}

fn facts_sum(sheet: &Worksheet) -> i64 {
    let payout = |state: &Option<events::FactState>| state.as_ref().map_or(0, |state| state.amounts.payout);
    sheet.facts.iter().map(|fact| payout(&fact.after) - payout(&fact.before)).sum()
}

proptest! {
    #[test]
    fn the_book_says_what_the_row_says(
        start in prop::sample::select(vec![Status::Pending, Status::Approved, Status::Rejected]),
        currency in prop::sample::select(vec!["EUR", "JPY", "KWD", "USDT", "GBP"]),
        weights in prop::collection::vec(0_i64..60, 1..6),
        wishes in prop::collection::vec((prop::sample::select(Action::ALL.to_vec()), 1..3_000_i64), 0..30),
    ) {
        let mut sheet = sheet();
        sheet.receive(in_currency(split_holding(start, &weights), currency), &order(Action::Receive, None));
        assert_book_agrees(&sheet);
        for (action, part) in wishes {
            let before = sheet.get(Id::from_u128(2)).cloned();
            let amount = (action == Action::Refund).then_some(part);
            let moves = sheet.moves.len();
            let done = match action {
                Action::Reassign => sheet.reassign(Id::from_u128(2), &order(action, None), &partner(part as u128 % 3)),
                _ => sheet.apply(Id::from_u128(2), &order(action, amount)),
            };
            if done.is_err() {
                prop_assert_eq!(sheet.get(Id::from_u128(2)).cloned(), before, "a refusal changes nothing");
                prop_assert_eq!(sheet.moves.len(), moves);
            }
            assert_book_agrees(&sheet);
            assert_nothing_is_lost(&sheet);
        }
        let payout = sheet.get(Id::from_u128(2)).map_or(0, |held| held.conversion.payout_minor);
        prop_assert_eq!(facts_sum(&sheet), payout, "signed facts add up to the state");
    }
}

#[test]
fn a_refund_of_the_rest_is_a_reversal() {
    let mut sheet = sheet();
    sheet.receive(holding(Status::Approved), &order(Action::Receive, None));
    let id = Id::from_u128(2);
    sheet.apply(id, &order(Action::Refund, Some(3_000))).expect("a part");
    assert_eq!(sheet.get(id).map(|held| held.conversion.payout_minor), Some(502), "803 x 5/8, rounded");
    sheet.apply(id, &order(Action::Refund, Some(5_000))).expect("the rest");
    assert_eq!(sheet.get(id).map(|held| held.conversion.status), Some(Status::Reversed));
    sheet.apply(id, &order(Action::Reinstate, None)).expect("given again");
    assert_eq!(
        sheet.get(id).map(|held| (held.conversion.status, held.conversion.payout_minor)),
        Some((Status::Approved, 502))
    );
}
