//! Where a change comes from: which value of which dimension.
//!
//! Each dimension splits the same change. Where everything moved alike, every value's effect is its share of the whole
//! (a large value has a large effect and has caused nothing); where one value moved alone, its effect is the whole
//! change. Two readings of a dimension's effects c with weights s, whose noise grows with s, therefore compete: "all
//! moved alike" leaves Σ (c − s·Δ)² / s unexplained, "only this one moved" leaves Σ over the others of c² / s. The
//! difference of the two comes to c² / s − Δ², comparable across dimensions, and is the score.

use crate::change::{Change, Form, Segment, split};

/// A value with less of the change than this share is no cause to name.
const SHARE_OF_CHANGE_MIN: f64 = 0.1;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cause {
    /// Its place in the dimensions that were asked about.
    pub dimension: usize,
    /// Its place in the segments of that dimension.
    pub segment: usize,
    /// In the metric's whole units.
    pub effect: i64,
    /// For order alone.
    pub score: f64,
}

/// Causes in the direction of the change, the likeliest first. Dimensions come from the general to the particular: of
/// two values that are the same rows, the more general is named.
pub fn causes(form: Form, dimensions: &[Vec<Segment>]) -> Vec<Cause> {
    let mut causes: Vec<Cause> = dimensions
        .iter()
        .enumerate()
        .filter_map(|(at, segments)| Some(causes_within(at, form, segments, &split(form, segments)?)))
        .flatten()
        .collect();
    causes.sort_by(|one, other| other.score.total_cmp(&one.score));
    causes
}

fn causes_within(dimension: usize, form: Form, segments: &[Segment], change: &Change) -> Vec<Cause> {
    let total = change.total();
    let weights = weights(form, segments);
    let mut causes = Vec::new();
    for (segment, (effect, weight)) in change.effects.iter().zip(weights).enumerate() {
        let effect = effect.total();
        let share = effect as f64 / total as f64;
        if total != 0 && share >= SHARE_OF_CHANGE_MIN && weight > 0.0 {
            let score = (effect as f64).powi(2) / weight - (total as f64).powi(2);
            causes.push(Cause { dimension, segment, effect, score });
        }
    }
    causes
}

/// Each value's share of what the noise grows with: of the sum itself, or of a quotient's denominator.
fn weights(form: Form, segments: &[Segment]) -> Vec<f64> {
    let size = |segment: &Segment| match form {
        Form::Sum => segment.before.over.unsigned_abs() as f64 + segment.now.over.unsigned_abs() as f64,
        Form::Quotient { .. } => segment.before.under.unsigned_abs() as f64 + segment.now.under.unsigned_abs() as f64,
    };
    let whole: f64 = segments.iter().map(size).sum();
    segments.iter().map(|segment| size(segment) / whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::Part;

    fn sums(values: &[(i64, i64)]) -> Vec<Segment> {
        let part = |over| Part { over, under: 0 };
        values.iter().map(|&(before, now)| Segment { before: part(before), now: part(now) }).collect()
    }

    #[test]
    fn the_one_that_moved_is_named_and_not_the_largest() {
        let device = sums(&[(900, 700), (100, 80)]);
        let partner = sums(&[(500, 505), (250, 35), (250, 240)]);
        let causes = causes(Form::Sum, &[device, partner]);
        assert_eq!((causes[0].dimension, causes[0].segment, causes[0].effect), (1, 1, -215));
    }

    #[test]
    fn of_the_same_rows_the_more_general_is_named() {
        let one = sums(&[(500, 500), (500, 100)]);
        let causes = causes(Form::Sum, &[one.clone(), one]);
        assert_eq!((causes[0].dimension, causes[0].segment), (0, 1));
    }

    #[test]
    fn who_went_the_other_way_is_no_cause() {
        let causes = causes(Form::Sum, &[sums(&[(100, 300), (100, 50)])]);
        assert_eq!(causes.iter().map(|cause| cause.segment).collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn without_a_change_there_is_no_cause() {
        assert!(causes(Form::Sum, &[sums(&[(100, 50), (50, 100)]), Vec::new()]).is_empty());
    }
}
