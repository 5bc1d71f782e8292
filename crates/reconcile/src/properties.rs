//! Whatever is compared: each row lands in exactly one class, and the classes add up to the rows.

use kernel::{Currency, Money};
use proptest::prelude::*;

use crate::{
    Class, Ours, Standing, Theirs, compare,
    difference::sums,
    figures::{Keys, Said},
    mapping::Meaning,
    month::{mapping, november, sale},
};

/// Few ids, so that they meet often, twice and crosswise.
fn keys() -> impl Strategy<Value = Keys> {
    let id = || proptest::option::of((0..6_u8).prop_map(|id| format!("id-{id}")));
    (id(), id(), id()).prop_map(|(click, order, customer)| Keys { click, order, customer })
}

fn amount() -> impl Strategy<Value = Money> {
    (-3..500_i64, any::<bool>())
        .prop_map(|(minor, euro)| Money::new(minor, if euro { Currency::EUR } else { Currency::USD }))
}

fn our() -> impl Strategy<Value = Ours> {
    let standing = prop_oneof![Just(Standing::Pending), Just(Standing::Approved), Just(Standing::Rejected)];
    (keys(), standing, amount(), -3..35_i64, any::<bool>()).prop_map(|(keys, standing, amount, day, test)| Ours {
        keys,
        standing,
        amount,
        test,
        ..sale(0, day)
    })
}

fn their() -> impl Strategy<Value = Theirs> {
    let said = prop_oneof![
        Just(Said::Known(Meaning::Approved)),
        Just(Said::Known(Meaning::Pending)),
        Just(Said::Known(Meaning::Rejected(None))),
        Just(Said::Known(Meaning::Test)),
        Just(Said::Unknown("?".to_owned())),
    ];
    (keys(), said, proptest::option::of(amount())).prop_map(|(keys, said, amount)| Theirs {
        row: 0,
        keys,
        said,
        amount,
        told: None,
    })
}

proptest! {
    #[test]
    fn every_row_lands_once_and_sums_add_up(
        ours in proptest::collection::vec(our(), 0..40),
        theirs in proptest::collection::vec(their(), 0..40),
    ) {
        let lines = compare(&ours, &theirs, november(), &mapping());
        let mut told: Vec<usize> = lines.iter().filter_map(|line| line.theirs).collect();
        told.sort_unstable();
        prop_assert_eq!(told, (0..theirs.len()).collect::<Vec<_>>());

        let within = |at: &usize| november().holds(ours[*at].at);
        let mut held: Vec<usize> = lines.iter().filter_map(|line| line.ours).filter(within).collect();
        held.sort_unstable();
        prop_assert_eq!(held, (0..ours.len()).filter(within).collect::<Vec<_>>());

        for line in &lines {
            prop_assert_eq!(line.cause.is_none(), line.class == Class::Matched, "a difference names its cause");
        }
        let sums = sums(&lines, &ours, &theirs, november());
        prop_assert_eq!(sums.values().map(|sum| sum.lines).sum::<u64>(), lines.len() as u64);
        for currency in [Currency::EUR, Currency::USD] {
            let of = |sum: fn(&crate::difference::Sums) -> i128| -> i128 {
                sums.iter().filter(|(key, _)| key.2 == Some(currency)).map(|(_, held)| sum(held)).sum()
            };
            let stands = |our: &&Ours| {
                november().holds(our.at) && our.standing != Standing::Rejected && our.amount.currency == currency
            };
            let owed: i128 = ours.iter().filter(stands).map(|our| i128::from(our.amount.minor)).sum();
            prop_assert_eq!(of(|sum| sum.ours), owed);
            let claimed: i128 = theirs
                .iter()
                .filter(|their| their.standing() != Some(Standing::Rejected))
                .filter_map(|their| their.amount)
                .filter(|amount| amount.currency == currency)
                .map(|amount| i128::from(amount.minor))
                .sum();
            prop_assert_eq!(of(|sum| sum.theirs), claimed);
        }
    }

    #[test]
    fn what_is_told_as_it_is_differs_nowhere(days in proptest::collection::vec(1..30_i64, 0..60)) {
        let ours: Vec<Ours> = days.iter().enumerate().map(|(number, day)| sale(number, *day)).collect();
        let theirs: Vec<Theirs> = ours
            .iter()
            .rev()
            .map(|our| Theirs {
                row: 0,
                keys: our.keys.clone(),
                said: Said::Known(Meaning::Approved),
                amount: Some(our.amount),
                told: None,
            })
            .collect();
        let lines = compare(&ours, &theirs, november(), &mapping());
        prop_assert!(lines.iter().all(|line| line.class == Class::Matched));
    }

    #[test]
    fn no_bytes_make_the_reader_fall(bytes in proptest::collection::vec(any::<u8>(), 0..400), zipped in any::<bool>()) {
        let head: &[u8] = if zipped { b"PK\x03\x04" } else { b"" };
        if let Ok(table) = crate::table::read(&[head, &bytes].concat()) {
            prop_assert!(crate::figures::rows(&table, &mapping()).is_err());
        }
    }
}
