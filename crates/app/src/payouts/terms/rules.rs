//! What is taken from a payout before it is sent.

use crate::payouts::entity::terms::FeeBearer;

/// What a transfer costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fee {
    pub fixed_minor: i64,
    pub share_bp: i32,
}

/// What holds for one partner in one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    pub withheld_bp: i32,
    pub fee: Fee,
    pub fee_bearer: FeeBearer,
}

/// What is taken from one payout, in whole minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deductions {
    pub withheld_minor: i64,
    pub early_fee_minor: i64,
    /// What the transfer costs, whoever bears it.
    pub fee_minor: i64,
    pub fee_bearer: FeeBearer,
}

impl Deductions {
    /// Of the transfer's fee, what the partner bears.
    pub fn fee_of_partner_minor(&self) -> i64 {
        if self.fee_bearer == FeeBearer::Partner { self.fee_minor } else { 0 }
    }

    /// With those of another payout of the same partner, whose bearer is the same.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            withheld_minor: self.withheld_minor + other.withheld_minor,
            early_fee_minor: self.early_fee_minor + other.early_fee_minor,
            fee_minor: self.fee_minor + other.fee_minor,
            fee_bearer: other.fee_bearer,
        }
    }

    /// All that the partner bears.
    pub fn of_partner_minor(&self) -> i64 {
        self.withheld_minor + self.early_fee_minor + self.fee_of_partner_minor()
    }
}

/// What is taken from `amount_minor`, each part reckoned from the whole of it; nothing where no part of it would be left.
pub fn deduct(amount_minor: i64, terms: &Terms, early_share_bp: i32) -> Option<Deductions> {
    let share = |basis_points: i32| papers::share(amount_minor, basis_points.unsigned_abs());
    let taken = Deductions {
        withheld_minor: share(terms.withheld_bp)?,
        early_fee_minor: share(early_share_bp)?,
        fee_minor: share(terms.fee.share_bp)?.checked_add(terms.fee.fixed_minor)?,
        fee_bearer: terms.fee_bearer,
    };
    let all = taken.withheld_minor.checked_add(taken.early_fee_minor)?.checked_add(taken.fee_of_partner_minor())?;
    (all < amount_minor).then_some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_part_is_reckoned_from_the_whole_amount() {
        let fee = Fee { fixed_minor: 35, share_bp: 150 };
        let terms = Terms { withheld_bp: 1_900, fee, fee_bearer: FeeBearer::Partner };
        let taken = deduct(10_050, &terms, 200).expect("something is left");
        let parts = (taken.withheld_minor, taken.early_fee_minor, taken.fee_minor, taken.of_partner_minor());
        assert_eq!(parts, (1_910, 201, 186, 2_297), "19 %, 2 %, 1.5 % and 0.35 of 100.50");
        let by_workspace = Terms { fee_bearer: FeeBearer::Workspace, ..terms };
        let taken = deduct(10_050, &by_workspace, 0).expect("something is left");
        assert_eq!((taken.fee_minor, taken.of_partner_minor()), (186, 1_910));
    }

    #[test]
    fn what_a_fee_would_swallow_is_not_paid() {
        let terms =
            Terms { fee: Fee { fixed_minor: 100, share_bp: 0 }, fee_bearer: FeeBearer::Partner, ..Terms::default() };
        assert_eq!(deduct(100, &terms, 0), None);
        assert!(deduct(101, &terms, 0).is_some());
        assert!(deduct(100, &Terms { fee_bearer: FeeBearer::Workspace, ..terms }, 0).is_some());
    }

    proptest! {
        #[test]
        fn something_is_always_left(
            amount in 1_i64..1_000_000_000, withheld_bp in 0_i32..10_000, share_bp in 0_i32..10_000,
            fixed_minor in 0_i64..10_000, early in 0_i32..10_000
        ) {
            let terms = Terms { withheld_bp, fee: Fee { fixed_minor, share_bp }, fee_bearer: FeeBearer::Partner };
            if let Some(taken) = deduct(amount, &terms, early) {
                prop_assert!(taken.of_partner_minor() < amount && taken.of_partner_minor() >= 0);
            }
        }
    }
}
