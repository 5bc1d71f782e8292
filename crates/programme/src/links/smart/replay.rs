//! What another way of choosing would have brought, from the log of the choices that were made.
//!
//! Each click counts by how much likelier the other way would have made the same choice (inverse propensity). The average
//! is divided by the sum of those weights, and its interval follows from their spread, so an answer that hangs on few
//! clicks says so. Pure: the log and the other way's chances in, an estimate out.

use std::collections::HashMap;

use events::smart::ChoiceFacts;

use super::rules::{Place, WHOLE_PPM, chance};

/// Standard errors on each side of a 95 % interval.
const INTERVAL: f64 = 1.96;

/// Profit per click, in minor units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub per_click: f64,
    pub low: f64,
    pub high: f64,
    /// How many clicks of an even weight would say as much.
    pub effective_clicks: f64,
    /// Of the other way's choices, the share that the log holds examples of; less than 1 where it would choose offers that
    /// were hardly ever chosen, or never.
    pub covered: f64,
}

/// What was brought as it was.
pub fn live(log: &[ChoiceFacts]) -> Option<Estimate> {
    weighed(log, |_| 1.0)
}

/// What `places` would have brought.
pub fn estimate(log: &[ChoiceFacts], places: &[Place]) -> Option<Estimate> {
    weighed(log, |choice| {
        let wanted = chance(places, choice.member, choice.eligible);
        f64::from(wanted) / f64::from(choice.ppm.clamp(1, WHOLE_PPM))
    })
}

#[derive(Default)]
struct Sums {
    clicks: f64,
    weights: f64,
    weight_squares: f64,
    profit: f64,
}

fn weighed(log: &[ChoiceFacts], weight: impl Fn(&ChoiceFacts) -> f64) -> Option<Estimate> {
    let mut sums = Sums::default();
    for choice in log {
        let (weight, clicks) = (weight(choice), choice.clicks as f64);
        sums.clicks += clicks;
        sums.weights += weight * clicks;
        sums.weight_squares += weight * weight * clicks;
        sums.profit += weight * choice.profit;
    }
    if sums.weights <= 0.0 {
        return None;
    }
    let per_click = sums.profit / sums.weights;
    let members = members(log);
    let spread = |choice: &ChoiceFacts| {
        let (average, variance) = members.get(&choice.member).copied().unwrap_or_default();
        let around = variance + (average - per_click) * (average - per_click);
        weight(choice) * weight(choice) * around * choice.clicks as f64
    };
    let error = log.iter().map(spread).sum::<f64>().sqrt() / sums.weights;
    Some(Estimate {
        per_click,
        low: per_click - INTERVAL * error,
        high: per_click + INTERVAL * error,
        effective_clicks: sums.weights * sums.weights / sums.weight_squares,
        covered: (sums.weights / sums.clicks).min(1.0),
    })
}

/// Average and variance of each member's profit per click over the whole log: of its rare choices alone they would be told
/// from too few.
fn members(log: &[ChoiceFacts]) -> HashMap<u8, (f64, f64)> {
    let mut sums: HashMap<u8, (f64, f64, f64)> = HashMap::new();
    for choice in log {
        let sum = sums.entry(choice.member).or_default();
        *sum = (sum.0 + choice.clicks as f64, sum.1 + choice.profit, sum.2 + choice.profit_squares);
    }
    let told = |(clicks, profit, squares): (f64, f64, f64)| {
        let average = profit / clicks.max(1.0);
        (average, (squares / clicks.max(1.0) - average * average).max(0.0))
    };
    sums.into_iter().map(|(member, sum)| (member, told(sum))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(member: u8, ppm: u32, clicks: i64, profit: f64) -> ChoiceFacts {
        ChoiceFacts { member, ppm, eligible: 0b11, clicks, profit, profit_squares: profit * profit / clicks as f64 }
    }

    fn place(number: u8, share: u32) -> Place {
        Place { number, rank: 0, share }
    }

    #[test]
    fn a_log_replayed_by_its_own_shares_says_what_it_brought() {
        let log = [choice(0, 750_000, 750, 1_500.0), choice(1, 250_000, 250, 100.0)];
        let own = estimate(&log, &[place(0, 75), place(1, 25)]).expect("an estimate");
        let live = live(&log).expect("clicks");
        assert!((own.per_click - 1.6).abs() < 1e-9 && (live.per_click - 1.6).abs() < 1e-9);
        assert!((own.effective_clicks - 1_000.0).abs() < 1e-6 && (own.covered - 1.0).abs() < 1e-9);
    }

    #[test]
    fn other_shares_weigh_what_each_offer_brought() {
        let log = [choice(0, 750_000, 750, 1_500.0), choice(1, 250_000, 250, 100.0)];
        let even = estimate(&log, &[place(0, 1), place(1, 1)]).expect("an estimate");
        assert!((even.per_click - 1.2).abs() < 1e-9, "{even:?}");
        assert!(even.effective_clicks < 1_000.0 && even.low < even.per_click && even.per_click < even.high);
        let only_second = estimate(&log, &[place(1, 1)]).expect("an estimate");
        assert!((only_second.per_click - 0.4).abs() < 1e-9);
    }

    #[test]
    fn what_was_never_chosen_cannot_be_judged() {
        let log = [choice(0, 1_000_000, 500, 900.0)];
        assert_eq!(estimate(&log, &[place(1, 1)]), None);
        let half = estimate(&log, &[place(0, 1), place(1, 1)]).expect("an estimate");
        assert!((half.covered - 0.5).abs() < 1e-9);
        assert_eq!(live(&[]), None);
    }
}
