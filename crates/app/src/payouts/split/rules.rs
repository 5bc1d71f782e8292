//! How what is due to one partner is divided over its accounts.
//!
//! Shares hold over all that a split has divided so far, so that batches of different methods, made one after another, pay
//! each account what is its own, and what failed on one account is not paid to another.

use crate::partners::payee_accounts::WHOLE_BP;

/// One account, as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Hundredths of a per cent; those of all accounts add up to a whole.
    pub share_bp: i32,
    /// What was taken for it since the split holds and has not failed, in minor units, with what was taken from it on its way.
    pub drawn_minor: i64,
}

/// What of `free_minor` is each account's, adding up to it. An account that has had more than its share, because something
/// was taken back since, waits until the others have caught up.
pub fn divide(free_minor: i64, accounts: &[Account]) -> Vec<i64> {
    let mut own = vec![0; accounts.len()];
    if free_minor <= 0 {
        return own;
    }
    let mut sharing: Vec<usize> = (0..accounts.len()).collect();
    loop {
        let those: Vec<Account> = sharing.iter().map(|&at| accounts[at]).collect();
        let targets = targets(free_minor, &those);
        let is_over = |place: &usize| targets[*place] < i128::from(those[*place].drawn_minor);
        if (0..those.len()).any(|place| is_over(&place)) {
            sharing = (0..those.len()).filter(|place| !is_over(place)).map(|place| sharing[place]).collect();
            continue;
        }
        for (place, &at) in sharing.iter().enumerate() {
            let part = targets[place] - i128::from(those[place].drawn_minor);
            own[at] = i64::try_from(part).expect("a part of an amount is no more than it");
        }
        return own;
    }
}

/// All that a split has divided, and what it divides now.
fn whole(free_minor: i64, accounts: &[Account]) -> i128 {
    i128::from(free_minor) + accounts.iter().map(|one| i128::from(one.drawn_minor)).sum::<i128>()
}

/// What each has in all once everything is paid: whole units by share, those left over by the largest remainders.
fn targets(free_minor: i64, accounts: &[Account]) -> Vec<i128> {
    let whole = whole(free_minor, accounts);
    let shares: i128 = accounts.iter().map(|one| i128::from(one.share_bp)).sum();
    let exact = |account: &Account| whole * i128::from(account.share_bp);
    let mut targets: Vec<i128> = accounts.iter().map(|one| exact(one) / shares).collect();
    let left = whole - targets.iter().sum::<i128>();
    let mut by_remainder: Vec<usize> = (0..accounts.len()).collect();
    by_remainder.sort_by_key(|&at| std::cmp::Reverse(exact(&accounts[at]) % shares));
    by_remainder.into_iter().zip(0..left).for_each(|(at, _)| targets[at] += 1);
    targets
}

/// What a batch would take for each account now. The least payout counts for the whole: nothing where the account had its
/// share already before the last `minimum_minor` came in.
pub fn due(free_minor: i64, minimum_minor: i64, accounts: &[Account]) -> Vec<i64> {
    let whole = whole(free_minor, accounts);
    let before = whole - i128::from(minimum_minor);
    let reaches = |account: &Account| {
        let share = before * i128::from(account.share_bp);
        let rounded_up = (share + i128::from(WHOLE_BP) - 1) / i128::from(WHOLE_BP);
        before >= 0 && rounded_up >= i128::from(account.drawn_minor)
    };
    let parts = divide(free_minor, accounts).into_iter().zip(accounts);
    parts.map(|(part, account)| if reaches(account) { part } else { 0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn accounts(of: &[(i32, i64)]) -> Vec<Account> {
        of.iter().map(|&(share_bp, drawn_minor)| Account { share_bp, drawn_minor }).collect()
    }

    #[test]
    fn what_is_due_is_divided_by_shares_to_the_last_unit() {
        assert_eq!(divide(1_000, &accounts(&[(10_000, 0)])), [1_000]);
        assert_eq!(divide(1_000, &accounts(&[(7_000, 0), (3_000, 0)])), [700, 300]);
        assert_eq!(divide(100, &accounts(&[(3_334, 0), (3_333, 0), (3_333, 0)])), [34, 33, 33]);
        assert_eq!(divide(1, &accounts(&[(1, 0), (9_999, 0)])), [0, 1], "the odd unit goes where most is missing");
        assert_eq!(divide(0, &accounts(&[(5_000, 0), (5_000, 0)])), [0, 0]);
    }

    #[test]
    fn what_one_account_was_paid_already_is_made_up_for_by_the_other() {
        // 700 of 1,000 went by the first method; the second's batch comes later, when 200 more are due.
        assert_eq!(divide(300, &accounts(&[(7_000, 700), (3_000, 0)])), [0, 300]);
        assert_eq!(divide(500, &accounts(&[(7_000, 700), (3_000, 0)])), [140, 360]);
        // 100 of the 300 were taken back: the first has had more than its 70 %.
        assert_eq!(divide(200, &accounts(&[(7_000, 700), (3_000, 0)])), [0, 200]);
        assert_eq!(divide(200, &accounts(&[(4_000, 700), (3_000, 0), (3_000, 0)])), [0, 100, 100]);
    }

    #[test]
    fn the_least_payout_counts_for_the_whole() {
        let halves = accounts(&[(5_000, 0), (5_000, 0)]);
        assert_eq!(due(9_999, 10_000, &halves), [0, 0], "one unit short of the whole");
        assert_eq!(due(10_000, 10_000, &halves), [5_000, 5_000]);
        let after_the_first = accounts(&[(5_000, 5_000), (5_000, 0)]);
        assert_eq!(due(5_000, 10_000, &after_the_first), [0, 5_000], "the second half of a payout that reached it");
        assert_eq!(due(7_000, 10_000, &after_the_first), [0, 6_000]);
        let odd = accounts(&[(3_333, 3_334), (6_667, 0)]);
        assert_eq!(due(6_667, 10_001, &odd), [0, 6_667], "the odd unit of the first keeps nothing back");
        assert_eq!(due(6_667 + 10_000, 10_001, &odd), [0, 13_335]);
        assert_eq!(due(6_667 + 10_001, 10_001, &odd), [3_333, 13_335], "a second whole has come in");
    }

    fn any_accounts() -> impl Strategy<Value = Vec<Account>> {
        let shares = prop_oneof![
            Just(vec![10_000]),
            Just(vec![7_000, 3_000]),
            Just(vec![3_333, 3_333, 3_334]),
            Just(vec![1, 9_999]),
            Just(vec![2_500, 100, 2_400, 4_999, 1])
        ];
        (shares, proptest::collection::vec(0_i64..100_000, 5)).prop_map(|(shares, drawn)| {
            let account = |(share_bp, drawn_minor)| Account { share_bp, drawn_minor };
            shares.into_iter().zip(drawn).map(account).collect()
        })
    }

    proptest! {
        #[test]
        fn no_unit_appears_or_vanishes(free in 0_i64..1_000_000, accounts in any_accounts()) {
            let parts = divide(free, &accounts);
            prop_assert_eq!(parts.iter().sum::<i64>(), free);
            prop_assert!(parts.iter().all(|part| *part >= 0));
        }

        #[test]
        fn it_does_not_matter_which_account_is_paid_first(
            free in 1_i64..1_000_000, mut accounts in any_accounts(), first in 0_usize..5
        ) {
            let parts = divide(free, &accounts);
            let first = first % accounts.len();
            accounts[first].drawn_minor += parts[first];
            let mut rest = parts.clone();
            rest[first] = 0;
            prop_assert_eq!(divide(free - parts[first], &accounts), rest);
        }
    }
}
