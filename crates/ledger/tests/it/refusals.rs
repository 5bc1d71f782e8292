//! What the book refuses, and that a refused batch leaves nothing.

use kernel::{Currency, Id};
use ledger::{Account, BookError, Cause, Entry, EntryKind, Owner, Posting, Stage, Standing, Transfer, entries};

use crate::book::{Book, Stamps, earning, euro, on_each_store};

async fn refused(book: &Book, entry: Entry) -> BookError {
    let refused = book.post(&[entry]).await.expect_err("this is refused");
    book.assert_whole().await;
    assert_eq!(book.balance(Id::from_u128(0xA001)).await, [], "nothing is left of a refused batch");
    refused
}

fn entry(postings: &[(Account, i64, i64)]) -> Entry {
    let posting = |&(account, debit, credit)| {
        let owner = Owner::Partner(Id::from_u128(0xA001));
        Posting { account, owner, currency: Currency::EUR, debit, credit }
    };
    let stamp = Stamps::default().next();
    let postings = postings.iter().map(posting).collect();
    Entry { id: stamp.id, cause: Cause::new(EntryKind::Adjustment), at: stamp.at, postings }
}

#[test]
fn entries_that_break_the_rules() {
    use Account::{Adjustments, PartnerApproved};
    on_each_store(async |book| {
        let lopsided = entry(&[(Adjustments, 5, 0), (PartnerApproved, 0, 4)]);
        assert!(matches!(refused(book, lopsided).await, BookError::Unbalanced { debit: 5, credit: 4, .. }));
        let mut mixed = entry(&[(Adjustments, 5, 0), (PartnerApproved, 0, 5)]);
        mixed.postings[1].currency = Currency::USD;
        assert!(matches!(refused(book, mixed).await, BookError::Unbalanced { .. }), "two currencies never add");
        for (debit, credit) in [(-5, 0), (0, 0), (5, 5), (0, -5)] {
            let odd = entry(&[(Adjustments, debit, credit), (PartnerApproved, credit, debit)]);
            assert!(matches!(refused(book, odd).await, BookError::BadPosting { .. }), "{debit} {credit}");
        }
        let long = entry(&[(Adjustments, 1, 0), (PartnerApproved, 0, 1)]).with_note("é".repeat(251));
        assert!(matches!(refused(book, long).await, BookError::NoteTooLong { max: 500, .. }));
        let wide = entry(&[(Adjustments, 1, 0), (PartnerApproved, 0, 1)].repeat(33));
        assert!(matches!(refused(book, wide).await, BookError::TooManyPostings { count: 66, .. }));
    });
}

#[test]
fn negative_amounts_make_entries_that_are_refused() {
    let mut stamps = Stamps::default();
    let mut stamp = || stamps.next();
    let (minus, standing) = (earning(1, -5, -9), Standing { payable_minor: 3, debt_minor: 3 });
    let transfer = Transfer { payout: Id::from_u128(1), partner: minus.partner, amount: euro(-5) };
    let made = [
        entries::hold(stamp(), &minus),
        entries::approve(stamp(), &minus),
        entries::lock(stamp(), &minus),
        entries::reverse(stamp(), &minus, Stage::Locked(standing)),
        entries::reinstate(stamp(), &minus, Stage::Sent(standing)),
        entries::batch(stamp(), &transfer),
        entries::advertiser_paid(stamp(), minus.advertiser, euro(-5), 10),
        entries::reprice(stamp(), &earning(1, i64::MIN, 0), Stage::Approved),
        entries::reprice(stamp(), &earning(1, 0, i64::MIN), Stage::Locked(standing)),
    ];
    for entry in made {
        assert!(matches!(entry.check(), Err(BookError::BadPosting { .. })), "{entry:?}");
    }
}

#[test]
fn nobody_is_paid_more_than_is_theirs() {
    on_each_store(async |book| {
        let mut stamps = Stamps::default();
        let earned = earning(1, 1_000, 0);
        let early = book.post(&[entries::lock(stamps.next(), &earned)]).await;
        let overdrawn = |result: Result<_, BookError>| match result {
            Err(BookError::Overdrawn { account, balance_minor, .. }) => (account, balance_minor),
            other => panic!("{other:?}"),
        };
        assert_eq!(overdrawn(early), (Account::PartnerApproved, -1_000));
        book.post(&[entries::approve_at_once(stamps.next(), &earned)]).await.unwrap();
        let lock = entries::lock(stamps.next(), &earned);
        let too_much = Transfer { payout: Id::from_u128(1), partner: earned.partner, amount: euro(1_001) };
        let batch = entries::batch(stamps.next(), &too_much);
        assert_eq!(overdrawn(book.post(&[lock, batch]).await), (Account::PartnerPayable, -1));
        let twice = entries::reverse(stamps.next(), &earning(1, 1_001, 0), Stage::Approved);
        assert_eq!(overdrawn(book.post(&[twice]).await), (Account::PartnerApproved, -1));
        book.assert_whole().await;
        assert_eq!(book.balance(earned.partner).await[0].approved, 1_000);
    });
}

#[test]
fn totals_that_would_overflow() {
    on_each_store(async |book| {
        let mut stamps = Stamps::default();
        let large = earning(1, i64::MAX / 2, 0);
        let huge = entries::hold(stamps.next(), &earning(1, i64::MAX, 0));
        assert!(matches!(book.post(&[huge]).await, Err(BookError::Overflow { .. })));
        let both = [entries::hold(stamps.next(), &large), entries::hold(stamps.next(), &large)];
        assert!(matches!(book.post(&both).await, Err(BookError::Overflow { .. })), "in one batch");
        book.post(&both[..1]).await.unwrap();
        assert!(matches!(book.post(&both[1..]).await, Err(BookError::Overflow { .. })), "over time");
        book.assert_whole().await;
        assert_eq!(book.balance(large.partner).await[0].pending, i64::MAX / 2);
    });
}

#[test]
fn an_entry_is_booked_once() {
    on_each_store(async |book| {
        let hold = entries::hold(Stamps::default().next(), &earning(1, 1_000, 4_000));
        book.post(std::slice::from_ref(&hold)).await.unwrap();
        assert!(matches!(book.post(&[hold]).await, Err(BookError::Store(_))));
        book.assert_whole().await;
        assert_eq!(book.balance(Id::from_u128(0xA001)).await[0].pending, 1_000);
    });
}
