//! What is known of an offer's profit per click, and how likely each offer is the best (Thompson sampling).
//!
//! Profit per click is how many clicks pay, times what a paying click brings. The first is known as a Beta, the second as
//! a Normal around the offer's own average; both begin at a weak belief that is the same for every offer. So what is known
//! of one offer depends on its own clicks alone: others that come or go do not touch it. Chance comes in as a seed, and
//! each offer draws from a sequence of its own.

use std::f64::consts::TAU;

/// Before anything is known: one click in fifty pays, and that belief weighs as much as fifty clicks.
const PAYING_BEFORE: f64 = 1.0;
const REST_BEFORE: f64 = 49.0;
/// The belief about what a paying click brings weighs as much as one.
const VALUE_BEFORE: f64 = 1.0;
/// Draws by which probabilities are told: good to about one per cent.
const DRAWS: usize = 2_000;
const WHOLE_PPM: f64 = 1e6;
/// Bounds of the interval that is told.
const LOW: f64 = 0.025;
const HIGH: f64 = 0.975;

/// What an offer has brought. Amounts in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Brought {
    /// Tells its draws from those of others.
    pub number: u8,
    pub clicks: f64,
    pub paying_clicks: f64,
    pub profit: f64,
    pub profit_squares: f64,
}

/// What is known of an offer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Posterior {
    number: u8,
    /// The Beta of a click paying.
    paying: f64,
    rest: f64,
    /// The Normal of what such a click brings.
    value: f64,
    value_spread: f64,
}

/// The probability of being the best, and the interval of profit per click.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    pub number: u8,
    pub best_ppm: u32,
    pub low: f64,
    pub high: f64,
}

impl Posterior {
    /// `expected` is what a paying click is thought to bring before any did.
    pub fn of(brought: &Brought, expected: f64) -> Self {
        let paid = brought.paying_clicks;
        let weight = VALUE_BEFORE + paid;
        let value = (VALUE_BEFORE * expected + brought.profit) / weight;
        let own = brought.profit_squares - 2.0 * value * brought.profit + paid * value * value;
        let before = VALUE_BEFORE * (expected * expected + (expected - value) * (expected - value));
        Self {
            number: brought.number,
            paying: PAYING_BEFORE + paid,
            rest: REST_BEFORE + (brought.clicks - paid).max(0.0),
            value,
            value_spread: ((own.max(0.0) + before) / weight / weight).sqrt(),
        }
    }

    /// Profit per click, as it may be.
    fn draw(&self, dice: &mut Dice) -> f64 {
        let (paying, rest) = (dice.gamma(self.paying), dice.gamma(self.rest));
        paying / (paying + rest) * (self.value + self.value_spread * dice.normal())
    }

    fn draws(&self, seed: u64) -> Vec<f64> {
        let mut dice = Dice::new(seed ^ (u64::from(self.number) + 1).wrapping_mul(0xD6E8_FEB8_6659_FD93));
        (0..DRAWS).map(|_| self.draw(&mut dice)).collect()
    }
}

/// How each stands among those that take part.
pub fn standings(posteriors: &[Posterior], seed: u64) -> Vec<Standing> {
    let mut draws: Vec<Vec<f64>> = posteriors.iter().map(|posterior| posterior.draws(seed)).collect();
    let mut wins = vec![0_u32; posteriors.len()];
    for draw in 0..DRAWS {
        let best = (0..draws.len()).max_by(|&a, &b| draws[a][draw].total_cmp(&draws[b][draw]));
        if let Some(best) = best {
            wins[best] += 1;
        }
    }
    let standing = |((posterior, draws), wins): ((&Posterior, &mut Vec<f64>), u32)| {
        draws.sort_by(f64::total_cmp);
        let at = |share: f64| draws[(share * DRAWS as f64) as usize];
        let best_ppm = (f64::from(wins) / DRAWS as f64 * WHOLE_PPM) as u32;
        Standing { number: posterior.number, best_ppm, low: at(LOW), high: at(HIGH) }
    };
    posteriors.iter().zip(&mut draws).zip(wins).map(standing).collect()
}

/// A sequence of numbers from a seed: splitmix64, and distributions made of it.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ bits >> 31
    }

    /// Between 0 and 1, neither of them.
    pub fn uniform(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// Box and Muller's.
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        radius * (TAU * self.uniform()).cos()
    }

    /// Marsaglia and Tsang's, for shapes of at least 1.
    fn gamma(&mut self, shape: f64) -> f64 {
        let scale = shape - 1.0 / 3.0;
        loop {
            let normal = self.normal();
            let root = 1.0 + normal / (9.0 * scale).sqrt();
            let cube = root * root * root;
            let kept = cube > 0.0 && self.uniform().ln() < normal * normal / 2.0 + scale * (1.0 - cube + cube.ln());
            if kept {
                return scale * cube;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPECTED: f64 = 1_000.0;

    fn brought(number: u8, clicks: f64, paying_clicks: f64, value: f64) -> Brought {
        let (profit, profit_squares) = (paying_clicks * value, paying_clicks * value * value);
        Brought { number, clicks, paying_clicks, profit, profit_squares }
    }

    fn of(all: &[Brought]) -> Vec<Standing> {
        let posteriors: Vec<_> = all.iter().map(|one| Posterior::of(one, EXPECTED)).collect();
        standings(&posteriors, 7)
    }

    #[test]
    fn an_offer_that_comes_leaves_what_is_known_of_the_others() {
        let before = [brought(0, 5_000.0, 150.0, 900.0), brought(1, 3_000.0, 30.0, 2_500.0)];
        let after = [before[0], before[1], brought(2, 400.0, 20.0, 5_000.0)];
        for (was, is) in before.iter().zip(&after) {
            assert_eq!(Posterior::of(was, EXPECTED), Posterior::of(is, EXPECTED));
        }
        for (was, is) in of(&before).iter().zip(&of(&after)) {
            assert_eq!((was.number, was.low, was.high), (is.number, is.low, is.high), "their draws too");
            assert!(is.best_ppm <= was.best_ppm, "only the comparison is another");
        }
    }

    #[test]
    fn the_better_offer_is_the_likelier_one_and_interval_holds_the_average() {
        let standings = of(&[brought(0, 20_000.0, 400.0, 1_000.0), brought(1, 20_000.0, 600.0, 1_000.0)]);
        assert!(standings[1].best_ppm > 990_000, "{standings:?}");
        assert!(standings[0].low < 20.0 && 20.0 < standings[0].high && standings[0].high < 24.0, "{standings:?}");
        let equal = of(&[brought(0, 500.0, 10.0, 1_000.0), brought(1, 500.0, 10.0, 1_000.0)]);
        assert!(equal[0].best_ppm.abs_diff(500_000) < 50_000, "{equal:?}");
        assert_eq!(of(&[brought(3, 0.0, 0.0, 0.0)])[0].best_ppm, 1_000_000);
        assert!(of(&[]).is_empty());
    }

    #[test]
    fn a_reversal_takes_back_what_was_learned() {
        let (sold, reversed) = (brought(0, 1_000.0, 30.0, 1_000.0), brought(0, 1_000.0, 0.0, 0.0));
        let never = Brought { number: 0, clicks: 1_000.0, ..Brought::default() };
        assert_eq!(Posterior::of(&reversed, EXPECTED), Posterior::of(&never, EXPECTED));
        assert_ne!(Posterior::of(&sold, EXPECTED), Posterior::of(&never, EXPECTED));
    }

    #[test]
    fn a_loss_is_known_as_one() {
        let standings = of(&[brought(0, 5_000.0, 100.0, -500.0), brought(1, 5_000.0, 10.0, 100.0)]);
        assert!(standings[0].high < 0.0 && standings[1].best_ppm > 990_000, "{standings:?}");
    }

    #[test]
    fn the_dice_are_fair() {
        let mut dice = Dice::new(3);
        let count = 20_000;
        let mean = |draw: &mut dyn FnMut() -> f64| (0..count).map(|_| draw()).sum::<f64>() / f64::from(count);
        assert!((mean(&mut || dice.uniform()) - 0.5).abs() < 0.01);
        assert!(mean(&mut || dice.normal()).abs() < 0.03);
        assert!((mean(&mut || dice.gamma(7.5)) - 7.5).abs() < 0.1);
        assert!((mean(&mut || dice.gamma(1.0)) - 1.0).abs() < 0.03);
    }
}
