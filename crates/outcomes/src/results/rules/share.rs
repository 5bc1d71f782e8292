//! What a month earns: high rollers kept apart, negative months carried, tiers applied.

use kernel::{Decimal8, Refusal, decimal::divide_half_away};

use crate::results::model::{CarriedList, CarriedMonth, CarryRule, Month, ShareTier, ShareTierMode};

pub const TIERS_MAX: usize = 20;
pub const CARRY_MONTHS_MAX: i32 = 36;
pub const HOLD_DAYS_MAX: i32 = 365;
const HUNDRED: i128 = 100 * Decimal8::ONE.raw() as i128;

/// What was agreed, as far as amounts go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    pub tiers: Vec<ShareTier>,
    pub tier_mode: ShareTierMode,
    pub carry: CarryRule,
    pub carry_months: i32,
    /// A customer who wins more than this in a month is kept apart.
    pub high_roller_minor: Option<i64>,
    /// What the advertiser is charged of the same base.
    pub charge_percent: Option<Decimal8>,
}

/// A customer's month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Net revenue of the customer's figures.
    pub net_minor: i64,
    /// What stood on the customer's own account before; negative, or nought.
    pub apart_before_minor: i64,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// What counts for the partner.
    pub counted_minor: i64,
    /// What stands on the customer's own account from here on; negative, or nought.
    pub apart_after_minor: i64,
}

/// A partner's month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Sum of what its customers count.
    pub net_minor: i64,
    /// What is made up for from earlier months; negative, or nought.
    pub carried_in_minor: i64,
    /// Of what the percentage is taken; never negative.
    pub base_minor: i64,
    pub carried_out: CarriedList,
    pub earned_minor: i64,
    pub charged_minor: i64,
}

/// Refuses tiers that do not rise from nought.
pub fn check_tiers(tiers: &[ShareTier]) -> Result<(), Refusal> {
    if tiers.is_empty() || tiers.len() > TIERS_MAX {
        return Err(Refusal::field("tiers", format!("must have 1 to {TIERS_MAX} tiers")));
    }
    if tiers[0].from_minor != 0 {
        return Err(Refusal::field("tiers.0.from_minor", "must be 0: the first tier begins at nought"));
    }
    for (index, pair) in tiers.windows(2).enumerate() {
        if pair[1].from_minor <= pair[0].from_minor {
            return Err(Refusal::field(format!("tiers.{}.from_minor", index + 1), "must rise from tier to tier"));
        }
    }
    tiers
        .iter()
        .enumerate()
        .try_for_each(|(index, tier)| check_percent(&format!("tiers.{index}.percent"), tier.percent))
}

/// A share of 0 to 100 per cent.
pub fn check_percent(field: &str, percent: Decimal8) -> Result<(), Refusal> {
    if (0..=100 * Decimal8::ONE.raw()).contains(&percent.raw()) {
        return Ok(());
    }
    Err(Refusal::field(field, "must be 0 to 100"))
}

/// Keeps a customer apart who won beyond the threshold, until its own account is positive again.
pub fn place(part: Part, threshold_minor: Option<i64>) -> Placed {
    let account_minor = part.apart_before_minor.saturating_add(part.net_minor);
    let wins_big = threshold_minor.is_some_and(|threshold| part.net_minor < -threshold);
    if part.apart_before_minor < 0 {
        Placed { counted_minor: account_minor.max(0), apart_after_minor: account_minor.min(0) }
    } else if wins_big {
        Placed { counted_minor: 0, apart_after_minor: part.net_minor }
    } else {
        Placed { counted_minor: part.net_minor, apart_after_minor: 0 }
    }
}

/// What a month counts.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    pub month: Month,
    pub parts: &'a [Placed],
    /// Of all of them together, what corrects earlier months.
    pub correction_minor: i64,
}

/// Works a month out. `None` where an amount is beyond what can be booked.
pub fn settle(agreed: &Agreed, counted: &Counted<'_>, before: &CarriedList) -> Option<Share> {
    let net_minor = counted.parts.iter().try_fold(0_i64, |sum, part| sum.checked_add(part.counted_minor))?;
    let (used_minor, carried_out) = carry(agreed, counted, net_minor, before);
    let base_minor = net_minor.max(0).checked_add(used_minor)?;
    let charged_minor = match agreed.charge_percent {
        Some(percent) => percent.percent_of(base_minor)?,
        None => 0,
    };
    Some(Share {
        net_minor,
        carried_in_minor: before.sum_minor(),
        base_minor,
        carried_out,
        earned_minor: earned(&agreed.tiers, agreed.tier_mode, base_minor)?,
        charged_minor,
    })
}

/// What of earlier months is made up in this one (negative, or nought), and what is carried on.
fn carry(agreed: &Agreed, counted: &Counted<'_>, net_minor: i64, before: &CarriedList) -> (i64, CarriedList) {
    let still_counts = |carried: &CarriedMonth| match agreed.carry {
        CarryRule::Reset => carried.is_correction,
        CarryRule::Carry => true,
        CarryRule::CarryMonths => counted.month.since(carried.month) <= agreed.carry_months,
    };
    let mut left_minor = net_minor.max(0);
    let mut carried_out = Vec::new();
    for carried in before.0.iter().filter(|carried| still_counts(carried)) {
        let met_minor = left_minor.min(carried.minor.saturating_neg());
        left_minor -= met_minor;
        if carried.minor + met_minor < 0 {
            carried_out.push(CarriedMonth { minor: carried.minor + met_minor, ..*carried });
        }
    }
    let lost_minor = match agreed.carry {
        // Its own loss is forgiven; what was earned too much before is not.
        CarryRule::Reset => counted.correction_minor.max(net_minor),
        CarryRule::Carry | CarryRule::CarryMonths => net_minor,
    };
    if lost_minor < 0 {
        let is_correction = agreed.carry == CarryRule::Reset;
        carried_out.push(CarriedMonth { month: counted.month, minor: lost_minor, is_correction });
    }
    (left_minor - net_minor.max(0), CarriedList(carried_out))
}

/// What `base_minor` earns, rounded once.
pub fn earned(tiers: &[ShareTier], mode: ShareTierMode, base_minor: i64) -> Option<i64> {
    match mode {
        ShareTierMode::Whole => percent_at(tiers, base_minor).percent_of(base_minor),
        ShareTierMode::Marginal => {
            let slices = tiers.iter().enumerate().map(|(index, tier)| {
                let until = tiers.get(index + 1).map_or(i64::MAX, |next| next.from_minor);
                i128::from(base_minor.min(until) - tier.from_minor.min(base_minor)) * i128::from(tier.percent.raw())
            });
            i64::try_from(divide_half_away(slices.sum(), HUNDRED)).ok()
        }
    }
}

/// The percentage of the tier that `base_minor` reaches.
pub fn percent_at(tiers: &[ShareTier], base_minor: i64) -> Decimal8 {
    let reached = tiers.iter().rev().find(|tier| tier.from_minor <= base_minor);
    reached.map_or_else(Decimal8::default, |tier| tier.percent)
}

/// How far a rule reaches: for a partner before for its group before for everyone, the later before the earlier.
pub fn rank(partner: bool, group: bool) -> u8 {
    match (partner, group) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiers(list: &[(i64, &str)]) -> Vec<ShareTier> {
        let tier = |&(from_minor, percent): &(i64, &str)| ShareTier {
            from_minor,
            percent: percent.parse().expect("a decimal"),
        };
        list.iter().map(tier).collect()
    }

    fn agreed(carry: CarryRule, carry_months: i32) -> Agreed {
        Agreed {
            tiers: tiers(&[(0, "30")]),
            tier_mode: ShareTierMode::Whole,
            carry,
            carry_months,
            high_roller_minor: None,
            charge_percent: Some("40".parse().expect("a decimal")),
        }
    }

    fn month(text: &str) -> Month {
        text.parse().expect("a month")
    }

    /// A month of one customer: its net revenue, and what of that corrects earlier months.
    fn settle_net(agreed: &Agreed, month: Month, (net, correction_minor): (i64, i64), before: &CarriedList) -> Share {
        let parts = [Placed { counted_minor: net, apart_after_minor: 0 }];
        settle(agreed, &Counted { month, parts: &parts, correction_minor }, before).expect("fits")
    }

    #[test]
    fn a_reset_forgives_a_month_its_own_loss_and_no_correction() {
        let reset = agreed(CarryRule::Reset, 0);
        let after = |net, carried: &CarriedList| {
            let share = settle_net(&reset, month("2026-03"), net, carried);
            (share.earned_minor, share.carried_out)
        };
        let none = CarriedList::default();
        assert_eq!(after((-100, 0), &none), (0, CarriedList::default()));
        assert_eq!(after((-150, -50), &none).1.sum_minor(), -50, "its own loss of 100 is forgiven");
        assert_eq!(after((-30, -50), &none).1.sum_minor(), -30, "20 of the correction are made up for already");
        assert_eq!(after((20, -50), &none), (6, CarriedList::default()));
        let (_, carried) = after((-1_300, -1_500), &none);
        let (earned, carried) = after((300, 0), &carried);
        assert_eq!((earned, carried.sum_minor()), (0, -1_000));
        assert_eq!(after((-70, 0), &carried).1.sum_minor(), -1_000, "neither more nor less");
        assert_eq!(after((2_000, 0), &carried), (300, CarriedList::default()));
    }

    /// Net revenue of the months of a year from January: what each earns, and what is carried at the end.
    fn year(agreed: &Agreed, nets: &[i64]) -> (Vec<i64>, i64) {
        let mut carried = CarriedList::default();
        let mut at = month("2026-01");
        let mut earned = Vec::new();
        for &net_minor in nets {
            let share = settle_net(agreed, at, (net_minor, 0), &carried);
            earned.push(share.earned_minor);
            (carried, at) = (share.carried_out, at.next());
        }
        (earned, carried.sum_minor())
    }

    #[test]
    fn a_negative_month_is_reset_carried_or_carried_for_a_while() {
        let nets = [-100_000, 40_000, -10_000, 200_000];
        assert_eq!(year(&agreed(CarryRule::Reset, 0), &nets), (vec![0, 12_000, 0, 60_000], 0));
        assert_eq!(year(&agreed(CarryRule::Carry, 0), &nets), (vec![0, 0, 0, 39_000], 0));
        // What is left of January no longer counts in April.
        assert_eq!(year(&agreed(CarryRule::CarryMonths, 2), &nets), (vec![0, 0, 0, 57_000], 0));
        assert_eq!(year(&agreed(CarryRule::CarryMonths, 1), &[-100, 0, 100]), (vec![0, 0, 30], 0));
        assert_eq!(year(&agreed(CarryRule::Carry, 0), &[-100, -50, 30]), (vec![0, 0, 0], -120));
    }

    #[test]
    fn the_advertiser_is_charged_of_the_same_base() {
        let carry = agreed(CarryRule::Carry, 0);
        let share = settle_net(&carry, month("2026-02"), (1_001, 0), &CarriedList::default());
        assert_eq!((share.earned_minor, share.charged_minor), (300, 400));
    }

    #[test]
    fn tiers_at_their_edges() {
        let steps = tiers(&[(0, "25"), (10_000, "30"), (50_000, "40")]);
        for (base, whole, marginal) in [
            (0, 0, 0),
            (9_999, 2_500, 2_500),
            (10_000, 3_000, 2_500),
            (10_001, 3_000, 2_500),
            (49_999, 15_000, 14_500),
            (50_000, 20_000, 14_500),
            (100_000, 40_000, 34_500),
        ] {
            assert_eq!(earned(&steps, ShareTierMode::Whole, base), Some(whole), "whole {base}");
            assert_eq!(earned(&steps, ShareTierMode::Marginal, base), Some(marginal), "marginal {base}");
        }
        assert_eq!(earned(&tiers(&[(0, "0.00000001")]), ShareTierMode::Whole, 10_000_000_000), Some(1));
        assert!(check_tiers(&tiers(&[(1, "25")])).is_err());
        assert!(check_tiers(&tiers(&[(0, "25"), (0, "30")])).is_err());
        assert!(check_tiers(&tiers(&[(0, "100.00000001")])).is_err());
    }

    #[test]
    fn a_high_roller_has_an_account_of_its_own_until_it_is_positive() {
        let place = |net_minor, apart_before_minor| {
            let placed = place(Part { net_minor, apart_before_minor }, Some(10_000));
            (placed.counted_minor, placed.apart_after_minor)
        };
        assert_eq!(place(-10_000, 0), (-10_000, 0), "up to the threshold it counts");
        assert_eq!(place(-10_001, 0), (0, -10_001));
        assert_eq!(place(4_000, -10_001), (0, -6_001));
        assert_eq!(place(-1, -6_001), (0, -6_002));
        assert_eq!(place(6_002, -6_002), (0, 0));
        assert_eq!(place(7_000, -6_002), (998, 0));
    }
}
