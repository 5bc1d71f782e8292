//! What is left to spend, what is stopped, what tax comes to, how old a debt is.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::{Id, Refusal, RefusalCode, id};
use ledger::AdvertiserBalance;
use serde::{Deserialize, Serialize};

use super::entity::{
    account::{AccountState, Funding, Model as Account, StoppedBy},
    invoice::{FeeLine, InvoiceState, Line},
};
use crate::caps::balance::{Room, Standing};

/// Largest amount that one movement has, in minor units.
pub const AMOUNT_MINOR_MAX: i64 = 1_000_000_000_000_000;
/// Hundredths of a per cent in a whole.
const WHOLE_BP: i128 = 10_000;
/// Per cent of the exposure limit at which both sides are told.
const EXPOSURE_TOLD_PERCENT: i128 = 80;

/// What is left to spend: paid in advance and the credit, less what is owed and what would be if all pending were
/// approved. Nothing where nothing is stopped.
pub fn left(account: &Account, balance: Option<&AdvertiserBalance>) -> Option<i64> {
    let has = balance.map_or(0, |it| it.prepaid.saturating_sub(it.receivable).saturating_sub(it.pending));
    match account.funding {
        Funding::Open => None,
        Funding::Prepaid => Some(has),
        Funding::Credit => Some(has.saturating_add(account.credit_limit_minor)),
    }
}

/// What partners earned beyond what was collected.
pub fn exposure(earned_minor: i64, collected_minor: i64) -> i64 {
    earned_minor.saturating_sub(collected_minor).max(0)
}

/// Whether partners are owed as much beyond what it has paid as they may be.
pub fn is_overexposed(account: &Account) -> bool {
    account.exposure_limit_minor.is_some_and(|limit| account.exposure_minor >= limit)
}

/// What an account that is stopped is stopped by.
pub fn stopped_by(account: &Account) -> Option<StoppedBy> {
    match account.state {
        AccountState::Open | AccountState::Low => None,
        AccountState::Stopped if account.is_suspended => Some(StoppedBy::Subscription),
        AccountState::Stopped if is_overexposed(account) => Some(StoppedBy::Exposure),
        AccountState::Stopped => Some(StoppedBy::Balance),
    }
}

/// Where an account stands: it stops at nought or once its cap is reached, and goes on with more than it stopped at, and
/// with what it takes to resume. `stopped` is what was left when it stopped, where it did.
pub fn state(account: &Account, left: Option<i64>, stopped: Option<i64>) -> AccountState {
    if account.is_suspended || is_overexposed(account) {
        return AccountState::Stopped;
    }
    let is_exposed = account
        .exposure_limit_minor
        .is_some_and(|limit| i128::from(account.exposure_minor) * 100 >= i128::from(limit) * EXPOSURE_TOLD_PERCENT);
    let Some(left) = left else {
        return if is_exposed { AccountState::Low } else { AccountState::Open };
    };
    let was_stopped = account.state == AccountState::Stopped || stopped.is_some();
    let goes_on = left >= account.resume_minor && stopped.is_none_or(|stopped| left > stopped);
    if left <= 0 || (was_stopped && !goes_on) {
        AccountState::Stopped
    } else if left < account.low_minor || is_exposed {
        AccountState::Low
    } else {
        AccountState::Open
    }
}

/// What was left when an account stopped. Of a cap that is reached and not noted yet it is the room that the cap had: what
/// was paid meanwhile is more than that.
pub fn stopped_at(account: &Account, standing: Option<Standing>) -> Option<i64> {
    if account.state == AccountState::Stopped {
        return account.stopped_minor;
    }
    standing.filter(|it| it.reached_at.is_some()).map(|it| it.limit_minor.saturating_sub(it.used_minor))
}

/// How much more the cap lets through. What is stopped stays so until the account goes on, whatever is given back.
pub fn room(left: Option<i64>, state: AccountState) -> Room {
    match (left, state) {
        (_, AccountState::Stopped) => Room::Closed,
        (None, AccountState::Open | AccountState::Low) => Room::Endless,
        (Some(left), AccountState::Open | AccountState::Low) => Room::Left(left),
    }
}

/// Rounded half away from nought.
pub fn vat_minor(net_minor: i64, vat_bp: i32) -> i64 {
    let tax = i128::from(net_minor) * i128::from(vat_bp);
    let rounded = (tax.abs() + WHOLE_BP / 2) / WHOLE_BP * tax.signum();
    i64::try_from(rounded).unwrap_or(i64::MAX)
}

/// What one cause of charges comes to beyond what invoices hold of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owing {
    pub conversion: Option<Id<id::Conversion>>,
    pub entry: Option<Id<id::BookEntry>>,
    /// Some of it stands on an invoice already.
    pub correction: bool,
    pub minor: i64,
}

/// Whose line it is on: fees stand behind what conversions cost, in order of their days.
pub type LineKey = (Option<FeeLine>, Option<Id<id::Offer>>, Option<Id<id::Goal>>, bool);

/// Adds up what is owed by offer, goal and whether it corrects.
pub fn lines(owing: impl IntoIterator<Item = (LineKey, i64)>) -> Option<Vec<Line>> {
    let mut sums: BTreeMap<LineKey, (i64, i64)> = BTreeMap::new();
    for (key, minor) in owing {
        let sum = sums.entry(key).or_default();
        *sum = (sum.0 + 1, sum.1.checked_add(minor)?);
    }
    let line = |((fee, offer_id, goal_id, correction), (count, amount_minor))| Line {
        offer_id,
        goal_id,
        fee,
        correction,
        count,
        amount_minor,
    };
    Some(sums.into_iter().map(line).collect())
}

/// As the day shows it.
pub fn shown_state(state: InvoiceState, due_on: Option<&str>, today: Date) -> InvoiceState {
    match state {
        InvoiceState::Issued if days_overdue(due_on, today) > 0 => InvoiceState::Overdue,
        state => state,
    }
}

/// Days since it was due; nought or less while it is not.
pub fn days_overdue(due_on: Option<&str>, today: Date) -> i64 {
    let due: Option<Date> = due_on.and_then(|day| day.parse().ok());
    due.and_then(|due| today.since((jiff::Unit::Day, due)).ok()).map_or(0, |span| i64::from(span.get_days()))
}

/// What is owed, by how long it has been due, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Ages {
    /// Not due yet.
    pub current: i64,
    pub days_1_30: i64,
    pub days_31_60: i64,
    pub days_61_90: i64,
    pub days_over_90: i64,
}

impl Ages {
    pub fn add(&mut self, days_overdue: i64, minor: i64) {
        let of = match days_overdue {
            ..=0 => &mut self.current,
            1..=30 => &mut self.days_1_30,
            31..=60 => &mut self.days_31_60,
            61..=90 => &mut self.days_61_90,
            _ => &mut self.days_over_90,
        };
        *of = of.saturating_add(minor);
    }
}

/// A movement of money is of more than nought and within bounds.
pub fn require_amount(minor: i64) -> Result<(), Refusal> {
    if (1..=AMOUNT_MINOR_MAX).contains(&minor) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::AmountOutOfRange, "an amount is above nought and at most 1000000000000000"))
}

/// What a payment that is free settles of what is open: the oldest first, as the lists are in order.
pub fn settle(free: &mut [i64], open: &mut [i64]) -> Vec<(usize, usize, i64)> {
    let mut settled = Vec::new();
    let mut payment = 0;
    for (invoice, open) in open.iter_mut().enumerate() {
        while *open > 0 && payment < free.len() {
            let part = free[payment].min(*open);
            if part > 0 {
                (free[payment], *open) = (free[payment] - part, *open - part);
                settled.push((payment, invoice, part));
            }
            if free[payment] <= 0 {
                payment += 1;
            }
        }
    }
    settled
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tax_is_rounded_half_away_from_nought() {
        assert_eq!([vat_minor(100, 2_300), vat_minor(2, 2_500), vat_minor(-2, 2_500)], [23, 1, -1]);
        assert_eq!((vat_minor(0, 2_300), vat_minor(999, 0)), (0, 0));
    }

    #[test]
    fn a_debt_is_as_old_as_its_day() {
        let today = "2026-11-22".parse().unwrap();
        let days = |due: &str| days_overdue(Some(due), today);
        assert_eq!([days("2026-11-22"), days("2026-11-21"), days("2026-08-01")], [0, 1, 113]);
        let mut ages = Ages::default();
        for (days, minor) in [(-3, 1), (0, 1), (1, 10), (30, 10), (31, 100), (61, 1_000), (91, 10_000)] {
            ages.add(days, minor);
        }
        assert_eq!([ages.current, ages.days_1_30, ages.days_31_60], [2, 20, 100]);
        assert_eq!([ages.days_61_90, ages.days_over_90], [1_000, 10_000]);
    }

    proptest! {
        #[test]
        fn payments_settle_no_more_than_they_are_and_leave_nothing_over_that_could(
            free in prop::collection::vec(0_i64..1_000, 0..8), open in prop::collection::vec(0_i64..1_000, 0..8),
        ) {
            let (mut free_after, mut open_after) = (free.clone(), open.clone());
            let settled = settle(&mut free_after, &mut open_after);
            let total: i64 = settled.iter().map(|part| part.2).sum();
            prop_assert_eq!(total, free.iter().sum::<i64>().min(open.iter().sum()));
            for (index, before) in free.iter().enumerate() {
                let used: i64 = settled.iter().filter(|part| part.0 == index).map(|part| part.2).sum();
                prop_assert_eq!(before - used, free_after[index]);
            }
            for (index, before) in open.iter().enumerate() {
                let paid: i64 = settled.iter().filter(|part| part.1 == index).map(|part| part.2).sum();
                prop_assert_eq!(before - paid, open_after[index]);
            }
        }
    }
}
