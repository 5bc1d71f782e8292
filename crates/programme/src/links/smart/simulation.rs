//! Made-up traffic: the learned shares against others, and the replay of a log against what really came of it.

use events::smart::ChoiceFacts;
use kernel::{Id, Timestamp};

use super::{
    bandit::{Brought, Dice, Posterior, standings},
    link::{self, SmartMode},
    member::{self, SmartMemberState},
    replay,
    rules::{Place, WHOLE_PPM, chances, places},
};
use crate::links::model::LinkState;

/// How many clicks of a hundred thousand pay, and what such a click brings.
const OFFERS: [(f64, f64); 5] = [(0.020, 900.0), (0.025, 1_000.0), (0.010, 2_000.0), (0.040, 900.0), (0.015, 1_200.0)];
const CLICKS: usize = 40_000;
/// Clicks between two refreshes of the shares.
const BETWEEN: usize = 1_000;
const EXPECTED: f64 = 1_000.0;
const SEEDS: u64 = 4;

fn mean(offer: usize) -> f64 {
    OFFERS[offer].0 * OFFERS[offer].1
}

fn best() -> f64 {
    (0..OFFERS.len()).map(mean).fold(0.0, f64::max)
}

fn smart_link() -> link::Model {
    link::Model {
        id: Id::from_u128(1),
        workspace_id: Id::from_u128(2),
        partner_id: Id::from_u128(3),
        slug: "slug".to_owned(),
        name: "Name".to_owned(),
        name_folded: String::new(),
        traffic_type: "push".to_owned(),
        mode: SmartMode::Learned,
        floor_percent: 5,
        floor_clicks: 500,
        expected_profit_minor: None,
        state: LinkState::Active,
        learned_at: None,
        created_by: None,
        created_at: Timestamp::default(),
    }
}

fn member(brought: &Brought, best_ppm: u32) -> member::Model {
    member::Model {
        id: Id::from_u128(10),
        workspace_id: Id::from_u128(2),
        smart_link_id: Id::from_u128(1),
        offer_id: Id::from_u128(20),
        link_id: Id::from_u128(30),
        number: brought.number.into(),
        weight: 1,
        priority: 0,
        state: SmartMemberState::Active,
        clicks: brought.clicks as i64,
        paying_clicks: 0,
        profit_minor: 0,
        low_micros: None,
        high_micros: None,
        best_ppm: best_ppm as i32,
        created_at: Timestamp::default(),
    }
}

/// The shares of the smart link as the job works them out.
fn learned(all: &[Brought], seed: u64) -> Vec<Place> {
    let posteriors: Vec<_> = all.iter().map(|one| Posterior::of(one, EXPECTED)).collect();
    let standings = standings(&posteriors, seed);
    let members: Vec<_> = all.iter().zip(standings).map(|(one, standing)| member(one, standing.best_ppm)).collect();
    places(&smart_link(), &members)
}

fn even() -> Vec<Place> {
    (0..OFFERS.len()).map(|number| Place { number: number as u8, rank: 0, share: 1 }).collect()
}

/// A tenth of the clicks to any offer, the rest to the one that brought most per click so far.
fn fixed_explorer(all: &[Brought]) -> Vec<Place> {
    let average = |one: &Brought| one.profit / one.clicks.max(1.0);
    let first = (0..all.len()).max_by(|&a, &b| average(&all[a]).total_cmp(&average(&all[b]))).unwrap_or(0);
    let share = |number: usize| if number == first { 90 + 10 / OFFERS.len() as u32 } else { 10 / OFFERS.len() as u32 };
    (0..all.len()).map(|number| Place { number: number as u8, rank: 0, share: share(number) }).collect()
}

struct Run {
    regret: f64,
    log: Vec<ChoiceFacts>,
    per_click: f64,
}

/// Visitors come, are given an offer by the shares of the moment, and some of them pay.
fn run(seed: u64, shares: impl Fn(&[Brought], u64) -> Vec<Place>) -> Run {
    let mut dice = Dice::new(seed);
    let mut all: Vec<_> =
        (0..OFFERS.len()).map(|number| Brought { number: number as u8, ..Brought::default() }).collect();
    let mut run = Run { regret: 0.0, log: Vec::new(), per_click: 0.0 };
    for round in 0..CLICKS / BETWEEN {
        let chances = chances(&shares(&all, seed ^ round as u64));
        let mut choices: Vec<_> = chances.iter().map(|&(member, ppm)| blank(member, ppm)).collect();
        for _ in 0..BETWEEN {
            let offer = choose(&chances, dice.uniform());
            let profit = pay(offer, &mut dice);
            let (one, choice) = (&mut all[offer], &mut choices[offer]);
            one.clicks += 1.0;
            choice.clicks += 1;
            if profit != 0.0 {
                one.paying_clicks += 1.0;
                one.profit += profit;
                one.profit_squares += profit * profit;
                choice.profit += profit;
                choice.profit_squares += profit * profit;
            }
            run.regret += best() - mean(offer);
        }
        run.log.append(&mut choices);
    }
    run.per_click = all.iter().map(|one| one.profit).sum::<f64>() / CLICKS as f64;
    run
}

fn blank(member: u8, ppm: u32) -> ChoiceFacts {
    ChoiceFacts { member, ppm, eligible: (1 << OFFERS.len()) - 1, clicks: 0, profit: 0.0, profit_squares: 0.0 }
}

fn choose(chances: &[(u8, u32)], drawn: f64) -> usize {
    let mut left = drawn * f64::from(WHOLE_PPM);
    let chosen = chances.iter().position(|(_, ppm)| {
        left -= f64::from(*ppm);
        left < 0.0
    });
    chosen.unwrap_or(chances.len() - 1)
}

/// A paying click brings its offer's value, give or take a fifth.
fn pay(offer: usize, dice: &mut Dice) -> f64 {
    let (rate, value) = OFFERS[offer];
    if dice.uniform() < rate { value * (1.0 + 0.2 * dice.normal()) } else { 0.0 }
}

fn regret(shares: impl Fn(&[Brought], u64) -> Vec<Place>) -> f64 {
    (0..SEEDS).map(|seed| run(seed, &shares).regret).sum::<f64>() / SEEDS as f64
}

#[test]
fn learned_shares_lose_less_than_equal_ones_and_than_a_fixed_explorer() {
    let learned = regret(learned);
    let equal = regret(|_, _| even());
    let explorer = regret(|all, _| fixed_explorer(all));
    println!("profit lost to the best offer: learned {learned:.0}, fixed explorer {explorer:.0}, equal {equal:.0}");
    assert!(learned < explorer && explorer < equal, "learned {learned}, explorer {explorer}, equal {equal}");
}

#[test]
fn the_replay_of_a_learned_log_agrees_with_what_equal_shares_really_bring() {
    let mut within = 0;
    for seed in 0..SEEDS {
        let learned = run(seed, learned);
        let replayed = replay::estimate(&learned.log, &even()).expect("an estimate");
        let really = run(seed + 100, |_, _| even());
        let of_live = replay::live(&really.log).expect("clicks");
        assert!((of_live.per_click - really.per_click).abs() < 1e-6);
        assert!(replayed.covered > 0.9, "{replayed:?}");
        println!(
            "equal shares: replayed {:.2} ({:.2} to {:.2}), really {:.2}",
            replayed.per_click, replayed.low, replayed.high, really.per_click
        );
        within += u64::from(replayed.low <= of_live.per_click && of_live.per_click <= replayed.high);
    }
    assert!(within + 1 >= SEEDS, "the live result lies within the interval {within} times of {SEEDS}");
}

#[test]
fn the_replay_of_an_equal_log_agrees_with_any_offer_alone() {
    let log = run(3, |_, _| even()).log;
    for number in 0..OFFERS.len() {
        let alone = [Place { number: number as u8, rank: 0, share: 1 }];
        let estimate = replay::estimate(&log, &alone).expect("an estimate");
        let really = mean(number);
        let wide = (estimate.high - estimate.low) / 2.0 * 1.5;
        assert!((estimate.per_click - really).abs() < wide, "{estimate:?} of {really}");
    }
}
