//! Random legal histories: the book agrees with a naive second one, balances, and verifies.

use kernel::{Currency, Id, id::Partner};
use ledger::{Entry, PartnerBalance};
use proptest::{prelude::*, test_runner::TestRunner};

use crate::{
    book::{Book, TENANT, on_each_store},
    model::{Model, Step, partner},
};

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (any::<u8>(), 0_usize..64, 0_i64..5_000);
    proptest::collection::vec(step.prop_map(|(what, which, amount)| Step { what, which, amount }), 1..80)
}

/// Plays a history in batches of `batch` entries.
async fn play(book: &Book, history: &[Step], batch: usize) -> Model {
    let mut model = Model::default();
    let entries: Vec<Entry> = history.iter().flat_map(|&step| model.step(step)).collect();
    for entry in &entries {
        entry.check().unwrap();
    }
    for entries in entries.chunks(batch) {
        book.post(entries).await.unwrap();
    }
    model
}

async fn assert_agrees(book: &Book, model: &Model) {
    for number in 0..3 {
        let expected: Vec<PartnerBalance> = expected_of(model, partner(number));
        let found = book.balance(partner(number)).await;
        let found: Vec<_> = found.into_iter().filter(|balance| !is_nought(balance)).collect();
        assert_eq!(found, expected);
        assert!(found.iter().all(|balance| balance.payable >= 0 && balance.debt >= 0));
    }
    let payable = ledger::payable_by_partner(&book.db, TENANT, Currency::EUR).await.unwrap();
    let expected =
        model.balances.iter().filter(|((_, currency), balance)| *currency == Currency::EUR && balance.payable > 0);
    let found = payable.iter().map(|row| (row.partner, row.standing.payable_minor, row.standing.debt_minor));
    let expected = expected.map(|((partner, _), balance)| (*partner, balance.payable, balance.debt));
    assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

fn expected_of(model: &Model, partner: Id<Partner>) -> Vec<PartnerBalance> {
    let own = model.balances.iter().filter(|((owner, _), balance)| *owner == partner && !is_nought(balance));
    own.map(|(_, balance)| *balance).collect()
}

fn is_nought(balance: &PartnerBalance) -> bool {
    let PartnerBalance { currency: _, pending, approved, payable, in_transit, paid, debt } = *balance;
    [pending, approved, payable, in_transit, paid, debt] == [0; 6]
}

#[test]
fn any_legal_history_agrees_balances_and_verifies() {
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() });
    runner
        .run(&(steps(), 1_usize..40), |(history, batch)| {
            on_each_store(async |book| {
                let model = play(book, &history, batch).await;
                assert_agrees(book, &model).await;
                book.assert_whole().await;
            });
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_size_of_batches_changes_nothing() {
    let step = |number: usize| Step { what: (number * 7 % 23) as u8, which: number, amount: number as i64 * 13 % 900 };
    let history: Vec<Step> = (0..600).map(step).collect();
    let heads = std::cell::RefCell::new(Vec::new());
    for batch in [1, 50, 10_000] {
        on_each_store(async |book| {
            let model = play(book, &history, batch).await;
            assert_agrees(book, &model).await;
            book.assert_whole().await;
            let head = ledger::post(&book.db, TENANT, &[]).await.unwrap();
            heads.borrow_mut().push(head);
        });
    }
    let heads = heads.into_inner();
    assert!(heads.iter().all(|head| *head == heads[0] && head.seq > 300), "{heads:?}");
}
