//! Made-up programmes and seasons with a known truth: causes are found, alarms are as rare as was said, months end
//! where they may. Seeds are fixed, so each run sees the same worlds.

use rand::{RngExt, SeedableRng, rngs::StdRng};

use crate::{
    cause::causes,
    change::{Form, Part, Segment},
    pace,
    season::{self, HOURS_OF_WEEK, Side},
};

/// Knuth's for small means, the normal's shape for large ones.
fn poisson(random: &mut StdRng, mean: f64) -> f64 {
    if mean > 60.0 {
        return (mean + mean.sqrt() * normal(random)).round().max(0.0);
    }
    let limit = (-mean).exp();
    let (mut count, mut product) = (0.0, random.random::<f64>());
    while product > limit {
        count += 1.0;
        product *= random.random::<f64>();
    }
    count
}

fn normal(random: &mut StdRng) -> f64 {
    let (one, other): (f64, f64) = (random.random(), random.random());
    (-2.0 * (1.0 - one).ln()).sqrt() * (std::f64::consts::TAU * other).cos()
}

fn pick(random: &mut StdRng, weights: &[f64]) -> usize {
    let mut left = random.random::<f64>() * weights.iter().sum::<f64>();
    for (at, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return at;
        }
    }
    weights.len() - 1
}

/// A programme: dimensions with values of different sizes and rates.
struct Programme {
    sizes: Vec<Vec<f64>>,
    rates: Vec<Vec<f64>>,
}

/// One value's traffic or rate is multiplied.
#[derive(Clone, Copy)]
struct Planted {
    dimension: usize,
    value: usize,
    traffic: f64,
    rate: f64,
}

const RATE: f64 = 0.04;

impl Programme {
    /// Offers, partners, countries, devices, traffic types.
    fn made_up(random: &mut StdRng) -> Self {
        let counts = [6, 25, 12, 3, 8];
        let sizes = counts.iter().map(|&count| (1..=count).map(|rank| 1.0 / f64::from(rank).powf(0.8)).collect());
        let sizes: Vec<Vec<f64>> = sizes.collect();
        let rates = sizes.iter().map(|values| values.iter().map(|_| 0.6 + 0.8 * random.random::<f64>()).collect());
        let rates = rates.collect();
        Self { sizes, rates }
    }

    /// Some value with a part of the whole that somebody would look for.
    fn value(&self, random: &mut StdRng) -> (usize, usize) {
        loop {
            let dimension = random.random_range(0..self.sizes.len());
            let value = random.random_range(0..self.sizes[dimension].len());
            let share = self.sizes[dimension][value] / self.sizes[dimension].iter().sum::<f64>();
            if (0.05..0.6).contains(&share) {
                return (dimension, value);
            }
        }
    }

    /// Clicks and conversions of a period, by dimension and value.
    fn period(&self, random: &mut StdRng, clicks: usize, planted: Option<Planted>) -> Vec<Vec<Part>> {
        let mut parts: Vec<Vec<Part>> = self.sizes.iter().map(|values| vec![Part::default(); values.len()]).collect();
        for _ in 0..clicks {
            let click: Vec<usize> = self.sizes.iter().map(|sizes| pick(random, sizes)).collect();
            let hit = planted.filter(|planted| click[planted.dimension] == planted.value);
            let copies = poisson_like(random, hit.map_or(1.0, |planted| planted.traffic));
            let odds: f64 = click.iter().enumerate().map(|(at, &value)| self.rates[at][value]).product();
            let odds = RATE * odds * hit.map_or(1.0, |planted| planted.rate);
            for _ in 0..copies {
                let converted = i64::from(random.random::<f64>() < odds);
                for (part, &value) in parts.iter_mut().zip(&click) {
                    part[value].under += 1;
                    part[value].over += converted;
                }
            }
        }
        parts
    }
}

fn poisson_like(random: &mut StdRng, factor: f64) -> usize {
    factor as usize + usize::from(random.random::<f64>() < factor.fract())
}

fn beside(before: &[Vec<Part>], now: &[Vec<Part>]) -> Vec<Vec<Segment>> {
    let paired = |(before, now): (&Vec<Part>, &Vec<Part>)| {
        before.iter().zip(now).map(|(&before, &now)| Segment { before, now }).collect()
    };
    before.iter().zip(now).map(paired).collect()
}

fn only_conversions(dimensions: &[Vec<Segment>]) -> Vec<Vec<Segment>> {
    let bare = |part: Part| Part { under: 0, ..part };
    let of = |segment: &Segment| Segment { before: bare(segment.before), now: bare(segment.now) };
    dimensions.iter().map(|segments| segments.iter().map(of).collect()).collect()
}

#[test]
fn a_planted_cause_is_named_first_in_95_of_100_cases() {
    let mut random = StdRng::seed_from_u64(20_261_123);
    let mut found = [0, 0];
    const CASES: usize = 200;
    for case in 0..CASES {
        let programme = Programme::made_up(&mut random);
        let (dimension, value) = programme.value(&mut random);
        let factor = if random.random() { 0.35 } else { 2.2 };
        let rate_moved = case % 2 == 0;
        let planted = Planted {
            dimension,
            value,
            traffic: if rate_moved { 1.0 } else { factor },
            rate: if rate_moved { factor } else { 1.0 },
        };
        let before = programme.period(&mut random, 150_000, None);
        let now = programme.period(&mut random, 150_000, Some(planted));
        let dimensions = beside(&before, &now);
        let named = |form, dimensions: &[Vec<Segment>]| {
            causes(form, dimensions).first().is_some_and(|cause| (cause.dimension, cause.segment) == (dimension, value))
        };
        if rate_moved {
            found[0] += usize::from(named(Form::Quotient { scale: 1_000_000 }, &dimensions));
        } else {
            found[1] += usize::from(named(Form::Sum, &only_conversions(&dimensions)));
        }
    }
    println!("rates {} of {}, traffic {} of {}", found[0], CASES / 2, found[1], CASES / 2);
    assert!(found.iter().all(|found| *found * 100 >= 95 * CASES / 2), "{found:?}");
}

/// A season: hours of the day, weekdays, a slow drift of its level, noise beyond chance.
struct Season {
    per_hour: f64,
    /// Part by which hours miss their mean beside chance.
    restless: f64,
    /// Growth over a week.
    growth: f64,
}

impl Season {
    fn mean(&self, hour: usize) -> f64 {
        let of_day = 1.0 + 0.7 * ((hour % 24) as f64 / 24.0 * std::f64::consts::TAU).sin();
        let of_week = if hour / 24 % 7 >= 5 { 0.6 } else { 1.15 };
        let week = hour as f64 / HOURS_OF_WEEK as f64;
        self.per_hour * of_day * of_week * (1.0 + self.growth).powf(week)
    }

    fn hour(&self, random: &mut StdRng, hour: usize) -> f64 {
        let mean = self.mean(hour) * (1.0 + self.restless * normal(random)).max(0.05);
        poisson(random, mean)
    }

    fn hours(&self, random: &mut StdRng, weeks: usize) -> Vec<f64> {
        (0..weeks * HOURS_OF_WEEK).map(|hour| self.hour(random, hour)).collect()
    }
}

const SEASONS: [Season; 5] = [
    Season { per_hour: 0.8, restless: 0.0, growth: 0.0 },
    Season { per_hour: 6.0, restless: 0.0, growth: 0.02 },
    Season { per_hour: 40.0, restless: 0.15, growth: -0.02 },
    Season { per_hour: 900.0, restless: 0.1, growth: 0.03 },
    Season { per_hour: 5_000.0, restless: 0.25, growth: 0.0 },
];
const WEEKS: usize = 10;

/// Many pasts of each season, judged at their last hour, wherever in the week that falls.
fn judged(false_alarms: f64, window: usize, runs: usize, fault: Option<f64>) -> (usize, usize) {
    let mut random = StdRng::seed_from_u64(7 + window as u64);
    let (mut alarms, mut checks) = (0, 0);
    for season in &SEASONS {
        for run in 0..runs {
            let mut hours = season.hours(&mut random, WEEKS);
            hours.truncate(hours.len() - run % HOURS_OF_WEEK);
            if let Some(fault) = fault {
                let from = hours.len() - window;
                hours[from..].iter_mut().for_each(|hour| *hour = (*hour * fault).round());
            }
            let Some(expectation) = season::expect(&hours, window) else { continue };
            let came: f64 = hours[hours.len() - window..].iter().sum();
            checks += 1;
            alarms += usize::from(expectation.judge(came, false_alarms).is_some());
        }
    }
    (alarms, checks)
}

#[test]
fn alarms_are_false_as_rarely_as_was_said() {
    for window in [1, 6, 24] {
        for stated in [0.05, 0.01] {
            let (alarms, checks) = judged(stated, window, 600, None);
            let expected = stated * checks as f64;
            println!("{window} h, stated {stated}: {alarms} of {checks}");
            assert!((alarms as f64) < expected + 3.0 * expected.sqrt(), "{window} h: {alarms} of {checks}");
            assert!(alarms as f64 > expected * 0.2, "{window} h, too shy: {alarms} of {checks}");
        }
    }
}

#[test]
fn faults_are_found() {
    let (stopped, checks) = judged(0.001, 24, 60, Some(0.0));
    assert!(stopped * 100 >= checks * 95, "stopped: {stopped} of {checks}");
    let (tripled, checks) = judged(0.001, 24, 60, Some(3.0));
    assert!(tripled * 100 >= checks * 90, "tripled: {tripled} of {checks}");
}

#[test]
fn the_usual_range_is_where_no_alarm_is() {
    let mut random = StdRng::seed_from_u64(3);
    for season in &SEASONS {
        let hours = season.hours(&mut random, WEEKS);
        let expectation = season::expect(&hours, 24).expect("ten weeks");
        let (low, high) = expectation.range(0.001);
        assert!(low <= expectation.mean && expectation.mean <= high, "{expectation:?} {low} {high}");
        assert_eq!(expectation.judge(expectation.mean, 0.001), None);
        assert_eq!(expectation.judge((high * 1.01).ceil() + 1.0, 0.001), Some(Side::High));
        if low >= 1.0 {
            assert_eq!(expectation.judge((low * 0.99).floor() - 1.0, 0.001), Some(Side::Low));
        }
    }
}

#[test]
fn a_short_or_empty_past_says_nothing() {
    assert_eq!(season::expect(&[], 24), None);
    assert_eq!(season::expect(&vec![1.0; 3 * HOURS_OF_WEEK], 24), None);
    assert_eq!(season::expect(&vec![0.0; WEEKS * HOURS_OF_WEEK], 24), None);
}

/// Four months of five end within what was told on their tenth day.
#[test]
fn months_end_within_their_range() {
    let mut random = StdRng::seed_from_u64(11);
    let (mut within, mut told) = (0, 0);
    for season in &SEASONS[1..] {
        for _ in 0..60 {
            let hours = season.hours(&mut random, 26);
            let days: Vec<f64> = hours.chunks(24).map(|day| day.iter().sum()).collect();
            let (elapsed, ahead) = (10, 20);
            let today = days.len() - ahead;
            let forecast = pace::forecast(&days[..today], elapsed, ahead).expect("five months");
            let came: f64 = days[today - elapsed..].iter().sum();
            told += 1;
            within += usize::from((forecast.low..=forecast.high).contains(&came));
        }
    }
    println!("{within} of {told} within");
    assert!(within * 100 >= told * 75, "{within} of {told}");
}
