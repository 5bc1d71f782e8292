//! A chain of first order over channels, and what is lost where one of them is removed.
//!
//! Each path is a walk from the start over its channels to conversion or to null. A removed channel's traffic goes to
//! null. With `h(s)` the chance to convert from `s`, and `N` the expected visits (the inverse of `1 - Q`), the chance
//! lost without `c` is that of ever coming to `c` and converting from there: `N(start, c) / N(c, c) * h(c)`. So one
//! inverse gives the removal effect of every channel. Repeats of a channel change nothing in it.

use crate::attribution::paths::{Measure, Paths};

/// Before the first touch.
const START: usize = 0;

pub fn credit(paths: &Paths, what: Measure) -> Vec<f64> {
    let effects = Chain::of(paths).removal_effects();
    let sum: f64 = effects.iter().sum();
    let total = paths.total(what);
    effects.into_iter().map(|effect| if sum > 0.0 { total * effect / sum } else { 0.0 }).collect()
}

/// Chances of each step. State 0 is the start, then the channels.
struct Chain {
    states: usize,
    /// Row by row: the chance to step from one state to another.
    steps: Vec<f64>,
    /// The chance to convert with the next step.
    converts: Vec<f64>,
}

impl Chain {
    fn of(paths: &Paths) -> Self {
        let states = paths.channels().len() + 1;
        let mut chain = Self { states, steps: vec![0.0; states * states], converts: vec![0.0; states] };
        let mut leaving = vec![0.0; states];
        for path in paths.rows() {
            let walks = path.conversions + path.nulls;
            let mut from = START;
            for to in path.touches.iter().map(|channel| channel + 1) {
                chain.steps[from * states + to] += walks;
                leaving[from] += walks;
                from = to;
            }
            chain.converts[from] += path.conversions;
            leaving[from] += walks;
        }
        chain.into_chances(&leaving)
    }

    fn into_chances(mut self, leaving: &[f64]) -> Self {
        for (state, leaving) in leaving.iter().enumerate().filter(|(_, leaving)| **leaving > 0.0) {
            self.steps[state * self.states..][..self.states].iter_mut().for_each(|chance| *chance /= leaving);
            self.converts[state] /= leaving;
        }
        self
    }

    /// Of each channel: the part of all conversions that would be lost without it.
    fn removal_effects(&self) -> Vec<f64> {
        let visits = self.expected_visits();
        let row = |state: usize| &visits[state * self.states..][..self.states];
        let chance = |state: usize| -> f64 { row(state).iter().zip(&self.converts).map(|(n, c)| n * c).sum() };
        let whole = chance(START);
        let lost = |channel: usize| row(START)[channel] / row(channel)[channel] * chance(channel);
        (1..self.states).map(|channel| if whole > 0.0 { lost(channel) / whole } else { 0.0 }).collect()
    }

    /// The inverse of `1 - Q` by Gauss and Jordan. Every state leads out of the chain, so it exists, and since no row
    /// outweighs its diagonal no rows need to be exchanged.
    fn expected_visits(&self) -> Vec<f64> {
        let size = self.states;
        let mut left: Vec<f64> = self.steps.iter().map(|chance| -chance).collect();
        let mut right = vec![0.0; size * size];
        for state in 0..size {
            left[state * size + state] += 1.0;
            right[state * size + state] = 1.0;
        }
        for pivot in 0..size {
            let scale = 1.0 / left[pivot * size + pivot];
            for matrix in [&mut left, &mut right] {
                matrix[pivot * size..][..size].iter_mut().for_each(|cell| *cell *= scale);
            }
            clear_column(&mut left, &mut right, size, pivot);
        }
        right
    }
}

/// Takes the pivot's row off every other one, as often as clears its column.
fn clear_column(left: &mut [f64], right: &mut [f64], size: usize, pivot: usize) {
    let pivot_row = |matrix: &[f64]| matrix[pivot * size..][..size].to_vec();
    let (left_row, right_row) = (pivot_row(left), pivot_row(right));
    for row in (0..size).filter(|row| *row != pivot) {
        let factor = left[row * size + pivot];
        if factor != 0.0 {
            subtract(&mut left[row * size..][..size], &left_row, factor);
            subtract(&mut right[row * size..][..size], &right_row, factor);
        }
    }
}

fn subtract(row: &mut [f64], other: &[f64], factor: f64) {
    row.iter_mut().zip(other).for_each(|(cell, other)| *cell -= factor * other);
}
