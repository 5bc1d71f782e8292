//! Who is paid for a conversion, and in what proportion.
//!
//! Weights are whole numbers, so that the paid shares are a split of the commission by largest remainder: they always sum
//! to it.

use kernel::money;

use crate::offers::terms::PayModel;

/// Parts of a hundred.
const WHOLE_PERCENT: u64 = 100;

/// Weights of the partners of a journey, the one who is credited first. `touches` are their clicks, oldest first, the
/// last one of the partner who is credited; never empty.
pub fn weights<P: Copy + PartialEq>(touches: &[P], model: PayModel, assist_percent: i32) -> Vec<(P, u64)> {
    let (first, last) = (touches[0], touches[touches.len() - 1]);
    match model {
        PayModel::Last => vec![(last, 1)],
        PayModel::First => vec![(first, 1)],
        PayModel::Position => position(touches, last),
        PayModel::Assist => assist(touches, last, assist_percent),
    }
}

/// 40 to the first click, 40 to the last, 20 to those between.
fn position<P: Copy + PartialEq>(touches: &[P], last: P) -> Vec<(P, u64)> {
    let count = touches.len();
    let middle = count.saturating_sub(2) as u64;
    let is_end = |at: usize| at == 0 || at == count - 1;
    let weight = |at: usize| if middle > 0 && is_end(at) { 2 * middle } else { 1 };
    gathered(last, touches.iter().enumerate().map(|(at, partner)| (*partner, weight(at))))
}

/// The last one keeps what the others, each alike, do not get.
fn assist<P: Copy + PartialEq>(touches: &[P], last: P, assist_percent: i32) -> Vec<(P, u64)> {
    let percent = u64::try_from(assist_percent).unwrap_or(0).min(WHOLE_PERCENT);
    let mut others: Vec<P> = Vec::new();
    for partner in touches.iter().filter(|partner| **partner != last) {
        if !others.contains(partner) {
            others.push(*partner);
        }
    }
    let keeps = (WHOLE_PERCENT - percent) * others.len().max(1) as u64;
    gathered(last, std::iter::once((last, keeps)).chain(others.into_iter().map(|partner| (partner, percent))))
}

/// One entry for each partner, `lead` first, without those who get nothing.
fn gathered<P: Copy + PartialEq>(lead: P, parts: impl Iterator<Item = (P, u64)>) -> Vec<(P, u64)> {
    let mut gathered = vec![(lead, 0)];
    for (partner, weight) in parts {
        match gathered.iter_mut().find(|known| known.0 == partner) {
            Some(known) => known.1 += weight,
            None => gathered.push((partner, weight)),
        }
    }
    let lead_only = gathered.iter().all(|part| part.1 == 0);
    gathered.retain(|part| part.1 > 0 || (lead_only && part.0 == lead));
    if lead_only {
        gathered[0].1 = 1;
    }
    gathered
}

/// `total` in proportion to `parts`, exactly; all to the first where nothing has weight.
pub fn split(total_minor: i64, parts: &[i64]) -> Vec<i64> {
    let mut weights: Vec<u64> = parts.iter().map(|part| u64::try_from(*part).unwrap_or(0)).collect();
    if let Some(first) = weights.first_mut().filter(|_| parts.iter().all(|part| *part <= 0)) {
        *first = 1;
    }
    if weights.is_empty() { Vec::new() } else { money::allocate(total_minor, &weights) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(touches: &str, model: PayModel, assist_percent: i32, expected: &[(char, u64)]) {
        let touches: Vec<char> = touches.chars().collect();
        assert_eq!(weights(&touches, model, assist_percent), expected, "{touches:?} {model:?}");
    }

    #[test]
    fn each_model_weighs_the_partners() {
        check("ab", PayModel::Last, 0, &[('b', 1)]);
        check("ab", PayModel::First, 0, &[('a', 1)]);
        check("a", PayModel::Position, 0, &[('a', 1)]);
        check("ab", PayModel::Position, 0, &[('b', 1), ('a', 1)]);
        check("abcd", PayModel::Position, 0, &[('d', 4), ('a', 4), ('b', 1), ('c', 1)]);
        check("aba", PayModel::Position, 0, &[('a', 4), ('b', 1)]);
        check("abc", PayModel::Assist, 30, &[('c', 140), ('a', 30), ('b', 30)]);
        check("cac", PayModel::Assist, 30, &[('c', 70), ('a', 30)]);
        check("c", PayModel::Assist, 30, &[('c', 70)]);
        check("ac", PayModel::Assist, 100, &[('a', 100)]);
        check("c", PayModel::Assist, 100, &[('c', 1)]);
    }

    #[test]
    fn forty_twenty_forty_of_ten_euro() {
        let weights = weights(&['a', 'b', 'c'], PayModel::Position, 0);
        let parts: Vec<i64> = weights.iter().map(|part| part.1 as i64).collect();
        assert_eq!(split(1_000, &parts), [400, 400, 200]);
        assert_eq!(split(5, &[0, 0]), [5, 0]);
    }

    fn models() -> impl Strategy<Value = PayModel> {
        prop::sample::select(vec![PayModel::Last, PayModel::First, PayModel::Position, PayModel::Assist])
    }

    proptest! {
        #[test]
        fn paid_shares_sum_to_the_commission(
            total in 0_i64..1_000_000_000_000_000,
            touches in prop::collection::vec(0_u8..9, 1..50),
            model in models(),
            assist_percent in 0_i32..=100,
        ) {
            let weights = weights(&touches, model, assist_percent);
            let parts: Vec<i64> = weights.iter().map(|part| part.1 as i64).collect();
            let shares = split(total, &parts);
            prop_assert_eq!(shares.iter().sum::<i64>(), total);
            prop_assert!(shares.iter().all(|share| *share >= 0));
            let mut partners: Vec<u8> = weights.iter().map(|part| part.0).collect();
            partners.sort_unstable();
            partners.dedup();
            prop_assert_eq!(partners.len(), weights.len(), "each partner once");
        }
    }
}
