//! Which rows belong together: the strongest key first, each row once.

use std::collections::{HashMap, VecDeque};

use crate::figures::{Keys, Ours, Period, Theirs};

/// Rows of ours with one key that are looked at for the best partner of a row.
const CANDIDATES_MAX: usize = 64;

/// For each row of theirs the place of its own among ours, and the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairs {
    pub of_theirs: Vec<Option<usize>>,
    pub of_ours: Vec<Option<usize>>,
}

/// Pairs all that share a click, then what is left by order, then by customer.
pub fn pair(ours: &[Ours], theirs: &[Theirs], period: Period) -> Pairs {
    let mut pairs = Pairs { of_theirs: vec![None; theirs.len()], of_ours: vec![None; ours.len()] };
    for kind in 0..Keys::KINDS {
        by_key(kind, ours, theirs, period, &mut pairs);
    }
    pairs
}

fn by_key(kind: usize, ours: &[Ours], theirs: &[Theirs], period: Period, pairs: &mut Pairs) {
    let mut open: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (place, our) in ours.iter().enumerate().filter(|(place, _)| pairs.of_ours[*place].is_none()) {
        if let Some(key) = our.keys.each()[kind] {
            open.entry(key).or_default().push_back(place);
        }
    }
    for (place, their) in theirs.iter().enumerate() {
        let free = pairs.of_theirs[place].is_none();
        let Some(candidates) = their.keys.each()[kind].and_then(|key| open.get_mut(key)).filter(|_| free) else {
            continue;
        };
        if let Some(chosen) = best(candidates, ours, their, period).and_then(|at| candidates.remove(at)) {
            pairs.of_theirs[place] = Some(chosen);
            pairs.of_ours[chosen] = Some(place);
        }
    }
}

/// The first within the period with the same order and amount; failing that with the nearest likeness.
fn best(candidates: &VecDeque<usize>, ours: &[Ours], their: &Theirs, period: Period) -> Option<usize> {
    let unlikeness = |our: &Ours| {
        let contradicts = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        let other_order = contradicts(&our.keys.order, &their.keys.order);
        (other_order, !period.holds(our.at), their.amount.is_some_and(|amount| amount != our.amount))
    };
    candidates
        .iter()
        .take(CANDIDATES_MAX)
        .enumerate()
        .filter(|(_, place)| !unlikeness(&ours[**place]).0)
        .min_by_key(|(_, place)| unlikeness(&ours[**place]))
        .map(|(at, _)| at)
}
