//! A metric's change between two periods, split over the values of one dimension.
//!
//! A sum changes by what each value added. A quotient R = N / D changes by each value's *rate* (its own quotient moved)
//! and by the *mix* (its share of the denominator moved towards or away from values that are better than the whole).
//! With share w = d / D and rate r = n / d, midpoints marked by a bar:
//!
//! mix = Δw · (r̄ − R̄), rate = Δ(n / D) − R̄ · Δw − mix, which is w̄ · Δr where the value has a rate in both periods.
//!
//! Since all Δw add to nought, all effects add to ΔR. This is the midpoint (Marshall–Edgeworth) form of the shift-share
//! decomposition: symmetric in the periods, with no interaction left over.

/// Numerator and denominator of one value in one period; a sum has no denominator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub over: i64,
    pub under: i64,
}

/// One value of a dimension in both periods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    pub before: Part,
    pub now: Part,
}

/// How a metric follows from its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Sum,
    /// `over / under`, told in whole units of which `scale` make one.
    Quotient {
        scale: i64,
    },
}

impl Form {
    /// What a part comes to in whole units; none where there is nothing to divide by.
    pub fn value(self, part: Part) -> Option<i64> {
        match self {
            Self::Sum => Some(part.over),
            Self::Quotient { scale } => {
                (part.under != 0).then(|| (part.over as f64 / part.under as f64 * scale as f64).round() as i64)
            }
        }
    }
}

/// What one value did to the metric, in the metric's whole units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Its share of the whole moved. Nought for sums.
    pub mix: i64,
    /// It moved itself.
    pub rate: i64,
}

impl Effect {
    pub const fn total(self) -> i64 {
        self.mix + self.rate
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub before: i64,
    pub now: i64,
    /// One for each segment, in their order.
    pub effects: Vec<Effect>,
}

impl Change {
    pub const fn total(&self) -> i64 {
        self.now - self.before
    }
}

/// Splits the change. None where a quotient has no denominator in one of the periods: there is nothing to compare with.
pub fn split(form: Form, segments: &[Segment]) -> Option<Change> {
    match form {
        Form::Sum => Some(split_sum(segments)),
        Form::Quotient { scale } => split_quotient(form, scale, segments),
    }
}

fn split_sum(segments: &[Segment]) -> Change {
    let before = segments.iter().map(|segment| segment.before.over).sum();
    let now = segments.iter().map(|segment| segment.now.over).sum();
    let effects =
        segments.iter().map(|segment| Effect { mix: 0, rate: segment.now.over - segment.before.over }).collect();
    Change { before, now, effects }
}

fn split_quotient(form: Form, scale: i64, segments: &[Segment]) -> Option<Change> {
    let whole = Segment {
        before: total(segments.iter().map(|segment| segment.before)),
        now: total(segments.iter().map(|segment| segment.now)),
    };
    let (before, now) = (form.value(whole.before)?, form.value(whole.now)?);
    let exact: Vec<f64> = segments.iter().flat_map(|segment| effects_of(*segment, whole)).collect();
    let told = apportion(&exact, scale, now - before);
    let effects = told.chunks_exact(2).map(|pair| Effect { mix: pair[0], rate: pair[1] }).collect();
    Some(Change { before, now, effects })
}

/// Mix and rate of one value, in units of the quotient.
fn effects_of(segment: Segment, whole: Segment) -> [f64; 2] {
    let share = |part: Part, of: Part| part.under as f64 / of.under as f64;
    let portion = |part: Part, of: Part| part.over as f64 / of.under as f64;
    let middle = (rate(whole.before).unwrap_or(0.0) + rate(whole.now).unwrap_or(0.0)) / 2.0;
    let moved = share(segment.now, whole.now) - share(segment.before, whole.before);
    let own = match (rate(segment.before), rate(segment.now)) {
        (Some(before), Some(now)) => (before + now) / 2.0,
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => middle,
    };
    let mix = moved * (own - middle);
    let all = portion(segment.now, whole.now) - portion(segment.before, whole.before) - middle * moved;
    [mix, all - mix]
}

fn rate(part: Part) -> Option<f64> {
    (part.under != 0).then(|| part.over as f64 / part.under as f64)
}

fn total(parts: impl Iterator<Item = Part>) -> Part {
    parts.fold(Part::default(), |sum, part| Part { over: sum.over + part.over, under: sum.under + part.under })
}

/// Rounds to whole units that add up to the total: each is cut down, and the largest remainders get what is missing.
fn apportion(exact: &[f64], scale: i64, total: i64) -> Vec<i64> {
    let scaled: Vec<f64> = exact.iter().map(|effect| effect * scale as f64).collect();
    let mut told: Vec<i64> = scaled.iter().map(|effect| effect.floor() as i64).collect();
    // An effect of nought stays nought: nobody is named for a rounding.
    let mut order: Vec<usize> = (0..told.len()).filter(|&at| scaled[at] != 0.0).collect();
    order.sort_by(|&a, &b| scaled[b].rem_euclid(1.0).total_cmp(&scaled[a].rem_euclid(1.0)).then(a.cmp(&b)));
    let mut missing = total - told.iter().sum::<i64>();
    while missing != 0 {
        let step = missing.signum();
        let all: Box<dyn Iterator<Item = &usize>> =
            if step > 0 { Box::new(order.iter()) } else { Box::new(order.iter().rev()) };
        for &at in all.take(missing.unsigned_abs() as usize) {
            told[at] += step;
            missing -= step;
        }
        if order.is_empty() {
            break;
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PPM: Form = Form::Quotient { scale: 1_000_000 };

    fn segment(before: (i64, i64), now: (i64, i64)) -> Segment {
        let part = |(over, under)| Part { over, under };
        Segment { before: part(before), now: part(now) }
    }

    #[test]
    fn a_sum_changes_by_what_each_value_added() {
        let change = split(Form::Sum, &[segment((100, 0), (80, 0)), segment((0, 0), (50, 0))]).expect("a sum");
        assert_eq!((change.before, change.now), (100, 130));
        assert_eq!(change.effects.iter().map(|effect| effect.total()).collect::<Vec<_>>(), [-20, 50]);
    }

    /// Two partners of 1,000 clicks each. One falls from 10 % to 5 %: half of the traffic, so 2.5 points, all its rate.
    #[test]
    fn a_rate_that_fell_is_a_rate_effect() {
        let change = split(PPM, &[segment((100, 1_000), (50, 1_000)), segment((100, 1_000), (100, 1_000))]);
        let change = change.expect("clicks in both");
        assert_eq!((change.before, change.now), (100_000, 75_000));
        assert_eq!(change.effects, [Effect { mix: 0, rate: -25_000 }, Effect { mix: 0, rate: 0 }]);
    }

    /// 10 % and 2 % keep their rates; traffic moves from half and half to 2,000 : 6,000, that is by a quarter.
    /// R̄ = (6 % + 4 %) / 2 = 5 %; −0.25 · (10 − 5) and 0.25 · (2 − 5) points.
    #[test]
    fn traffic_that_moved_to_the_worse_is_a_mix_effect() {
        let change = split(PPM, &[segment((100, 1_000), (200, 2_000)), segment((20, 1_000), (120, 6_000))]);
        let change = change.expect("clicks in both");
        assert_eq!((change.before, change.now), (60_000, 40_000));
        assert_eq!(change.effects, [Effect { mix: -12_500, rate: 0 }, Effect { mix: -7_500, rate: 0 }]);
    }

    /// A partner that came has no rate to compare with: what it does is by its share.
    #[test]
    fn who_came_or_went_is_mix() {
        let change = split(PPM, &[segment((100, 1_000), (100, 1_000)), segment((0, 0), (200, 1_000))]);
        let change = change.expect("clicks in both");
        assert_eq!(change.total(), 50_000);
        assert!(change.effects.iter().all(|effect| effect.rate == 0), "{change:?}");
    }

    /// Costs without a customer (a placement that brought nobody) still count, as a rate.
    #[test]
    fn what_has_no_denominator_counts() {
        let per = Form::Quotient { scale: 1 };
        let change = split(per, &[segment((1_000, 10), (1_000, 10)), segment((0, 0), (500, 0))]).expect("customers");
        assert_eq!(change.effects, [Effect::default(), Effect { mix: 0, rate: 50 }]);
    }

    #[test]
    fn nothing_to_compare_with_is_said() {
        assert_eq!(split(PPM, &[segment((0, 0), (10, 100))]), None);
        assert_eq!(split(PPM, &[]), None);
        assert_eq!(split(Form::Sum, &[]), Some(Change { before: 0, now: 0, effects: Vec::new() }));
    }

    fn part() -> impl Strategy<Value = Part> {
        let small = (-50..5_000_i64, 0..5_000_i64);
        let large = (-1_000_000_000..1_000_000_000_000_i64, 0..1_000_000_000_i64);
        prop_oneof![small, large].prop_map(|(over, under)| Part { over, under })
    }

    proptest! {
        #[test]
        fn effects_add_up_to_the_change(
            parts in proptest::collection::vec((part(), part()), 0..60),
            scale in prop_oneof![Just(1_i64), Just(100), Just(10_000), Just(1_000_000)],
        ) {
            let segments: Vec<_> = parts.into_iter().map(|(before, now)| Segment { before, now }).collect();
            for form in [Form::Sum, Form::Quotient { scale }] {
                let Some(change) = split(form, &segments) else { continue };
                prop_assert_eq!(change.effects.len(), segments.len());
                prop_assert_eq!(change.effects.iter().map(|effect| effect.total()).sum::<i64>(), change.total());
            }
        }

        #[test]
        fn what_did_not_change_has_no_effect(parts in proptest::collection::vec(part(), 1..60)) {
            let segments: Vec<_> = parts.into_iter().map(|part| Segment { before: part, now: part }).collect();
            if let Some(change) = split(PPM, &segments) {
                prop_assert!(change.effects.iter().all(|effect| *effect == Effect::default()));
            }
        }

        #[test]
        fn looked_at_backwards_it_is_the_same_with_the_other_sign(
            parts in proptest::collection::vec((part(), part()), 1..40),
        ) {
            let forth: Vec<_> = parts.iter().map(|&(before, now)| Segment { before, now }).collect();
            let back: Vec<_> = parts.iter().map(|&(before, now)| Segment { before: now, now: before }).collect();
            if let (Some(forth), Some(back)) = (split(PPM, &forth), split(PPM, &back)) {
                for (one, other) in forth.effects.iter().zip(&back.effects) {
                    let largest = one.total().abs().max(1);
                    prop_assert!((one.total() + other.total()).abs() <= 2 + largest / 1_000_000, "{one:?} {other:?}");
                }
            }
        }
    }
}
