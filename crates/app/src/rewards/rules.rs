//! What a conversion gives in rewards, what becomes of it, and what may be redeemed.

#![deny(clippy::float_arithmetic)]

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Decimal8, Id, Refusal, RefusalCode, decimal::divide_half_away, id};

use super::{ledger::Account, model::RedemptionState};
use crate::{
    conversions::Status,
    plans::rules::{Effect, PriceCase, RewardRate, Rule, RuleKind, strongest_for},
    simulations::rules::Past,
};

/// Largest reward that is believed, in a unit's smallest part; far from overflow in sums.
pub const AMOUNT_MAX: i64 = 1_000_000_000_000_000;

/// The decimals of units, by their codes.
pub type Decimals = BTreeMap<String, u32>;

/// What one conversion gives of a unit, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gift {
    pub unit: String,
    /// In the unit's smallest part, before refunds.
    pub full_minor: i64,
    pub rule: Id<id::PlanRule>,
}

/// What is to stand of a conversion for one partner in one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Target {
    pub granted_minor: i64,
    pub coming_minor: i64,
    /// The rule that won; none where nothing is given.
    pub rule: Option<Id<id::PlanRule>>,
    pub version: Option<Id<id::PlanVersion>>,
}

/// The units that rules give.
pub fn units(rules: &[Rule]) -> BTreeSet<&str> {
    let kinds = rules.iter().map(|rule| rule.effect.kind());
    let units = kinds.filter_map(|kind| match kind {
        RuleKind::Reward(unit) => Some(unit),
        _ => None,
    });
    units.collect()
}

/// What a conversion was priced from. What was kept of then is taken from there: a group or a tag may have changed since.
pub fn case(past: &Past) -> PriceCase {
    let recorded = past.recorded.as_deref().filter(|_| past.is_as_recorded());
    let facts = recorded.unwrap_or(&past.facts).clone();
    PriceCase { facts, ..PriceCase::plain(past.goal_id, past.partner_id, past.sale_minor) }
}

/// Of the rules of each unit that apply, the strongest gives. A reward too large to be believed is none.
pub fn gifts(rules: &[Rule], case: &PriceCase, currency_decimals: u32, decimals: &Decimals) -> Vec<Gift> {
    let of_unit = |unit: &str| {
        let rule = strongest_for(rules, RuleKind::Reward(unit), case)?;
        let Effect::Reward(reward) = &rule.effect else { return None };
        let full = full_minor(reward.rate, case.net_minor(), currency_decimals, *decimals.get(unit)?)?;
        Some(Gift { unit: unit.to_owned(), full_minor: full, rule: rule.id })
    };
    units(rules).into_iter().filter_map(of_unit).collect()
}

/// Units in their smallest part, rounded once, half away from zero; `None` beyond [`AMOUNT_MAX`].
pub fn full_minor(rate: RewardRate, net_minor: i64, currency_decimals: u32, decimals: u32) -> Option<i64> {
    let (count, below) = match rate {
        RewardRate::Fixed(_) => (1, 1),
        RewardRate::PerWhole(_) => (i128::from(net_minor), 10_i128.checked_pow(currency_decimals)?),
    };
    let parts = i128::from(rate.units().raw()).checked_mul(count)?.checked_mul(10_i128.checked_pow(decimals)?)?;
    let rounded = divide_half_away(parts, i128::from(Decimal8::ONE.raw()).checked_mul(below)?);
    i64::try_from(rounded).ok().filter(|minor| (0..=AMOUNT_MAX).contains(minor))
}

/// What is to stand of a conversion, partner by partner: shared and refunded as what it earns is.
pub fn targets(
    past: &Past,
    status: Status,
    gifts: &[Gift],
    version: Option<Id<id::PlanVersion>>,
) -> BTreeMap<Account, Target> {
    let mut targets: BTreeMap<Account, Target> = BTreeMap::new();
    for gift in gifts {
        for (share, minor) in past.shares.iter().zip(past.shared(gift.full_minor)) {
            let target = targets.entry((share.partner_id, gift.unit.clone())).or_default();
            (target.rule, target.version) = (Some(gift.rule), version);
            match status {
                Status::Approved | Status::Locked | Status::Paid => target.granted_minor += minor,
                Status::Pending => target.coming_minor += minor,
                Status::Received | Status::Rejected | Status::Reversed => {}
            }
        }
    }
    targets
}

/// # Errors
/// `invalid_fields` where it is no amount, `insufficient_balance` where the partner has less.
pub fn require_redeemable(amount_minor: i64, balance_minor: i64) -> Result<(), Refusal> {
    require_amount(amount_minor, 1)?;
    if amount_minor > balance_minor {
        let message = "there are not so many rewards; what is coming can be redeemed once it is granted";
        return Err(Refusal::new(RefusalCode::InsufficientBalance, message));
    }
    Ok(())
}

/// # Errors
/// `invalid_fields` where it is nought, below `least` or beyond [`AMOUNT_MAX`].
pub fn require_amount(amount_minor: i64, least: i64) -> Result<(), Refusal> {
    if amount_minor != 0 && (least..=AMOUNT_MAX).contains(&amount_minor) {
        return Ok(());
    }
    Err(Refusal::field("minor", "must be an amount other than nought, at most 1000000000000000"))
}

/// # Errors
/// `already_decided` where somebody did.
pub fn require_undecided(state: RedemptionState) -> Result<(), Refusal> {
    match state {
        RedemptionState::Asked => Ok(()),
        RedemptionState::Fulfilled | RedemptionState::Declined => {
            Err(Refusal::new(RefusalCode::AlreadyDecided, "this has been fulfilled or declined already"))
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Timestamp;

    use super::*;
    use crate::{
        plans::rules::{Conditions, Facts, Reward},
        simulations::rules::Share,
    };

    fn rate(text: &str) -> Decimal8 {
        text.parse().expect("a decimal")
    }

    #[test]
    fn a_reward_is_rounded_once_half_away_from_nought() {
        // 80.55 EUR × 1.5 = 120.825 units.
        let per_whole = RewardRate::PerWhole(rate("1.5"));
        assert_eq!(full_minor(per_whole, 8_055, 2, 2), Some(12_083));
        assert_eq!(full_minor(per_whole, 8_055, 2, 0), Some(121));
        assert_eq!(full_minor(per_whole, 8_055, 2, 8), Some(12_082_500_000));
        // 1234 JPY × 0.25 = 308.5 units.
        assert_eq!(full_minor(RewardRate::PerWhole(rate("0.25")), 1_234, 0, 0), Some(309));
        assert_eq!(full_minor(RewardRate::Fixed(rate("0.5")), 8_055, 2, 0), Some(1));
        assert_eq!(full_minor(RewardRate::Fixed(rate("50")), 0, 2, 2), Some(5_000));
        assert_eq!(full_minor(RewardRate::PerWhole(rate("1000000")), AMOUNT_MAX, 0, 8), None);
    }

    fn rule(number: u128, unit: &str, units: &str, priority: i32) -> Rule {
        let reward = Reward { unit: unit.to_owned(), rate: RewardRate::Fixed(rate(units)) };
        Rule {
            id: Id::from_u128(number),
            name: None,
            conditions: Conditions::default(),
            effect: Effect::Reward(reward),
            priority,
            limits: Vec::new(),
            created_at: Timestamp::default(),
        }
    }

    #[test]
    fn of_each_unit_the_strongest_rule_gives() {
        let rules = [rule(1, "POINTS", "50", 0), rule(2, "POINTS", "20", 1), rule(3, "CREDIT", "3", 0)];
        let decimals = Decimals::from([("POINTS".to_owned(), 0), ("CREDIT".to_owned(), 2)]);
        let case = PriceCase::plain(Id::from_u128(1), Id::from_u128(2), 8_000);
        let gifts = gifts(&rules, &case, 2, &decimals);
        let told: Vec<_> = gifts.iter().map(|gift| (gift.unit.as_str(), gift.full_minor)).collect();
        assert_eq!(told, [("CREDIT", 300), ("POINTS", 20)]);
    }

    #[test]
    fn what_stands_is_shared_and_refunded_as_money_is() {
        let share = |partner: u128, part_e8| Share {
            partner_id: Id::from_u128(partner),
            part_e8,
            amount_minor: 0,
            version: None,
        };
        let past = Past {
            id: Id::from_u128(9),
            goal_id: Id::from_u128(1),
            partner_id: Id::from_u128(2),
            event_at: Timestamp::default(),
            in_window: true,
            is_live: true,
            sale_minor: 8_000,
            refund_minor: 2_000,
            revenue_minor: 0,
            customer: None,
            day: None,
            facts: Facts::default(),
            recorded: None,
            shares: vec![share(2, 60_000_000), share(3, 40_000_000)],
        };
        let gifts = [Gift { unit: "POINTS".to_owned(), full_minor: 50, rule: Id::from_u128(7) }];
        let stands = |status| -> Vec<(i64, i64)> {
            let targets = targets(&past, status, &gifts, None);
            targets.values().map(|target| (target.granted_minor, target.coming_minor)).collect()
        };
        // A quarter was refunded: 37.5 is 38, shared as 30 to 20.
        assert_eq!(stands(Status::Approved), [(23, 0), (15, 0)]);
        assert_eq!(stands(Status::Pending), [(0, 23), (0, 15)]);
        assert_eq!(stands(Status::Reversed), [(0, 0), (0, 0)]);
    }

    #[test]
    fn nobody_redeems_more_than_there_is() {
        assert!(require_redeemable(50, 50).is_ok());
        assert!(require_redeemable(51, 50).is_err() && require_redeemable(1, -3).is_err());
        assert!(require_redeemable(0, 50).is_err() && require_redeemable(-1, 50).is_err());
    }
}
