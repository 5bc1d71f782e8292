//! Models that look at one path at a time: where in it a touch stands, or when it happened.

use super::{HALF_LIFE_HOURS, Model};
use crate::attribution::paths::{Measure, Path, Paths};

/// Part of the credit for the first and for the last touch of a longer path; those between share the rest.
const END_PART: f64 = 0.4;

pub fn credit(paths: &Paths, model: Model, what: Measure) -> Vec<f64> {
    let mut credit = vec![0.0; paths.channels().len()];
    for path in paths.rows().iter().filter(|path| path.credit(what) > 0.0) {
        for (&channel, part) in path.touches.iter().zip(parts(path, model)) {
            credit[channel] += part * path.credit(what);
        }
    }
    credit
}

/// The part of each touch; they sum to one.
fn parts(path: &Path, model: Model) -> Vec<f64> {
    let count = path.touches.len();
    let only = |at: usize| (0..count).map(|place| if place == at { 1.0 } else { 0.0 }).collect();
    match (model, &path.hours_before) {
        (Model::FirstTouch, _) => only(0),
        (Model::Position, _) => ends_and_middle(count),
        (Model::TimeDecay, Some(hours)) => decayed(hours),
        (Model::Linear, _) => vec![1.0 / count as f64; count],
        _ => only(count - 1),
    }
}

fn ends_and_middle(count: usize) -> Vec<f64> {
    if count < 3 {
        return vec![1.0 / count as f64; count];
    }
    let middle = (1.0 - 2.0 * END_PART) / (count - 2) as f64;
    let is_end = |at: usize| at == 0 || at == count - 1;
    (0..count).map(|at| if is_end(at) { END_PART } else { middle }).collect()
}

/// Weighed against the latest touch, so that a path of long ago does not vanish.
fn decayed(hours_before: &[f64]) -> Vec<f64> {
    let latest = hours_before.iter().copied().fold(f64::INFINITY, f64::min);
    let weights: Vec<f64> = hours_before.iter().map(|hours| (-(hours - latest) / HALF_LIFE_HOURS).exp2()).collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}
