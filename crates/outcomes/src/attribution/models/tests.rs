//! Each model against values worked out otherwise: by hand, in the literature, and by exact fractions.

use proptest::prelude::*;

use super::*;
use crate::attribution::{path_file, paths::Outcome};

const HEADER: &str = "path,total_conversions,total_conversion_value,total_null,times\n";
const SHOP: &str = "search,12,1800,300,5\n\
    social > search,7,910,40,100 > 2\n\
    email > search > email,5,1250,10,400 > 168 > 0\n\
    social > social > email,3,240,55,336 > 168 > 0\n\
    search > display > social > email,4,1000,22,504 > 336 > 168 > 0\n\
    display,0,0,120,\n\
    display > search > search > partner,6,1500,9,300 > 200 > 100 > 1\n\
    partner > email,2,80.5,3,24 > 12\n";

fn read(rows: &str) -> Paths {
    path_file::read(format!("{HEADER}{rows}").as_bytes()).expect("a file of paths")
}

fn check(paths: &Paths, model: Model, what: Measure, expected: &[(&str, f64)]) {
    let credit = credit(paths, model, what).expect("a credit");
    for (channel, expected) in expected {
        let place = paths.channels().iter().position(|name| name == channel).expect("a channel");
        let found = credit[place];
        assert!((found - expected).abs() < 1e-6, "{} {channel}: {found}, not {expected}", model.code());
    }
    assert_eq!(credit.len(), expected.len(), "each channel is expected to get something, or nought");
}

/// The three journeys by which the removal effect is explained in Anderl, Becker, von Wangenheim and Schumann,
/// "Mapping the Customer Journey" (2014): c1 > c2 > c3 converts, c1 and c2 > c3 do not.
#[test]
fn removal_effects_are_those_of_the_literature() {
    let paths = read("c1 > c2 > c3,1,50,0,2 > 1 > 0\nc1,0,0,1,\nc2 > c3,0,0,1,\n");
    check(&paths, Model::Markov, Measure::Conversions, &[("c1", 0.2), ("c2", 0.4), ("c3", 0.4)]);
    check(&paths, Model::Markov, Measure::Value, &[("c1", 10.0), ("c2", 20.0), ("c3", 20.0)]);
}

/// One channel alone converts 3, the other 1, both together 4: 3 + 4/2 and 1 + 4/2.
#[test]
fn shapley_of_two_channels_by_hand() {
    let paths = read("a,3,0,0,0\nb,1,0,0,0\nb > a > b,4,0,9,2 > 1 > 0\n");
    check(&paths, Model::Shapley, Measure::Conversions, &[("a", 5.0), ("b", 3.0)]);
}

/// Worked out in exact fractions: Markov by solving the equations anew without each channel, Shapley over all groups.
#[test]
fn every_model_agrees_with_exact_fractions() {
    let paths = read(SHOP);
    let expect = |model, values: [f64; 5]| {
        let expected: Vec<_> = ["display", "email", "partner", "search", "social"].into_iter().zip(values).collect();
        check(&paths, model, Measure::Conversions, &expected);
    };
    expect(Model::FirstTouch, [6.0, 5.0, 2.0, 16.0, 10.0]);
    expect(Model::LastTouch, [0.0, 14.0, 6.0, 19.0, 0.0]);
    expect(Model::Linear, [2.5, 6.333333333, 2.5, 21.166666667, 6.5]);
    expect(Model::Position, [2.8, 7.8, 3.4, 19.3, 5.7]);
    expect(Model::TimeDecay, [1.262666092, 8.3948127, 3.479556059, 20.708686837, 5.154278311]);
    expect(Model::Markov, [2.178129486, 8.969730284, 3.997047405, 15.710294703, 8.144798123]);
    expect(Model::Shapley, [3.0, 6.0, 3.0, 21.0, 6.0]);
}

#[test]
fn amounts_are_shared_like_conversions_are() {
    let paths = read(SHOP);
    let expect = |model, values: [f64; 5]| {
        let expected: Vec<_> = ["display", "email", "partner", "search", "social"].into_iter().zip(values).collect();
        check(&paths, model, Measure::Value, &expected);
    };
    expect(Model::Position, [700.0, 1536.25, 640.25, 3205.0, 699.0]);
    expect(Model::Markov, [378.687358419, 1559.468107463, 694.922562258, 2731.375723905, 1416.046247954]);
}

#[test]
fn without_times_there_is_no_decay() {
    let mut paths = Paths::default();
    paths.add(&["a", "b"], None, Outcome { conversions: 1.0, ..Outcome::default() });
    assert_eq!(credit(&paths, Model::TimeDecay, Measure::Conversions), None);
    assert_eq!(credit(&Paths::default(), Model::TimeDecay, Measure::Conversions), None);
}

#[test]
fn a_journey_of_long_ago_still_counts_whole() {
    let mut paths = Paths::default();
    let hours = Some(vec![1e9 + 168.0, 1e9]);
    paths.add(&["a", "b"], hours, Outcome { conversions: 3.0, ..Outcome::default() });
    check(&paths, Model::TimeDecay, Measure::Conversions, &[("a", 1.0), ("b", 2.0)]);
}

#[test]
fn where_nothing_converted_nobody_is_credited() {
    let paths = read("a > b,0,0,5,\nc,0,0,0,\n");
    for model in [Model::Markov, Model::Shapley, Model::Linear] {
        check(&paths, model, Measure::Conversions, &[("a", 0.0), ("b", 0.0), ("c", 0.0)]);
    }
}

/// Touches, conversions, value, nulls.
type Drawn = (Vec<usize>, u32, u32, u32);

fn drawn_paths(channels: usize) -> impl Strategy<Value = Vec<Drawn>> {
    let touches = prop::collection::vec(0..channels, 1..7);
    prop::collection::vec((touches, 0_u32..50, 0_u32..9_000, 0_u32..200), 1..25)
}

fn of(drawn: &[Drawn]) -> Paths {
    const NAMES: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
    let mut paths = Paths::default();
    for (touches, conversions, value, nulls) in drawn {
        let names: Vec<&str> = touches.iter().map(|&channel| NAMES[channel]).collect();
        let hours = (0..names.len()).rev().map(|step| step as f64 * 50.0).collect();
        let value = if *conversions > 0 { f64::from(*value) } else { 0.0 };
        let outcome = Outcome { conversions: (*conversions).into(), value, nulls: (*nulls).into() };
        paths.add(&names, Some(hours), outcome);
    }
    paths
}

/// The chance to convert by walking step after step, without equations; `removed` leads to null.
fn chance_by_walking(paths: &Paths, removed: Option<usize>) -> f64 {
    let states = paths.channels().len();
    let mut here = vec![0.0; states + 1];
    here[states] = 1.0;
    let mut converted = 0.0;
    for _ in 0..4_000 {
        let mut next = vec![0.0; states + 1];
        for state in (0..=states).filter(|state| Some(*state) != removed && here[*state] > 0.0) {
            let exits = exits_of(paths, state);
            let all: f64 = exits.iter().map(|exit| exit.1).sum();
            for (to, walks) in exits {
                match to {
                    Exit::Channel(to) => next[to] += here[state] * walks / all,
                    Exit::Conversion => converted += here[state] * walks / all,
                    Exit::Null => {}
                }
            }
        }
        here = next;
    }
    converted
}

enum Exit {
    Channel(usize),
    Conversion,
    Null,
}

/// Steps out of a state, each with how often it was taken.
fn exits_of(paths: &Paths, state: usize) -> Vec<(Exit, f64)> {
    let start = paths.channels().len();
    let mut exits = Vec::new();
    for path in paths.rows() {
        let places: Vec<usize> = std::iter::once(start).chain(path.touches.iter().copied()).collect();
        for at in (0..places.len()).filter(|at| places[*at] == state) {
            match places.get(at + 1) {
                Some(&to) => exits.push((Exit::Channel(to), path.conversions + path.nulls)),
                None => exits.extend([(Exit::Conversion, path.conversions), (Exit::Null, path.nulls)]),
            }
        }
    }
    exits
}

proptest! {
    #[test]
    fn every_model_gives_away_what_was_converted(drawn in drawn_paths(12)) {
        let paths = of(&drawn);
        for what in [Measure::Conversions, Measure::Value] {
            for model in Model::ALL {
                let Some(credit) = credit(&paths, model, what) else { continue };
                let (sum, total) = (credit.iter().sum::<f64>(), paths.total(what));
                prop_assert!((sum - total).abs() <= 1e-9 * total.max(1.0), "{}: {sum} of {total}", model.code());
                prop_assert!(credit.iter().all(|credit| *credit >= -1e-9), "{}", model.code());
            }
        }
    }

    #[test]
    fn shapley_is_the_mean_over_all_groups(drawn in drawn_paths(6)) {
        let paths = of(&drawn);
        let count = paths.channels().len();
        let found = credit(&paths, Model::Shapley, Measure::Conversions).expect("a credit");
        let members = |path: &crate::attribution::paths::Path| path.touches.iter().fold(0_u32, |set, &it| set | 1 << it);
        let worth = |group: u32| -> f64 {
            paths.rows().iter().filter(|path| members(path) & !group == 0).map(|path| path.conversions).sum()
        };
        let factorial = |number: u32| (1..=number).map(f64::from).product::<f64>();
        for (channel, found) in found.into_iter().enumerate() {
            let own = 1_u32 << channel;
            let groups = (0..1_u32 << count).filter(|group| group & own == 0);
            let value: f64 = groups.map(|group| {
                let (size, count) = (group.count_ones(), count as u32);
                let weight = factorial(size) * factorial(count - size - 1) / factorial(count);
                weight * (worth(group | own) - worth(group))
            }).sum();
            prop_assert!((found - value).abs() < 1e-6, "{found} {value}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn removal_is_what_a_walk_without_the_channel_loses(drawn in drawn_paths(4)) {
        let paths = of(&drawn);
        prop_assume!(paths.rows().iter().all(|path| path.nulls >= 1.0) && paths.total(Measure::Conversions) > 0.0);
        let whole = chance_by_walking(&paths, None);
        let lost: Vec<f64> =
            (0..paths.channels().len()).map(|it| 1.0 - chance_by_walking(&paths, Some(it)) / whole).collect();
        let (sum, total) = (lost.iter().sum::<f64>(), paths.total(Measure::Conversions));
        let found = credit(&paths, Model::Markov, Measure::Conversions).expect("a credit");
        for (lost, found) in lost.into_iter().zip(found) {
            prop_assert!((total * lost / sum - found).abs() < 1e-4 * total, "{found}");
        }
    }
}
