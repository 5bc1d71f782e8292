//! Totals and heads thrown away come back as they were; a proof from a later moment finds what it can.

use kernel::{Id, Timestamp};
use ledger::{Stage, Transfer, VerifyReport, entries};
use sea_orm::{ConnectionTrait as _, Statement};

use crate::book::{Book, Stamps, TENANT, earning, euro, on_each_store};

const DERIVED: [&str; 2] = [
    "select workspace_id, currency, account, owner_kind, owner_id, debit, credit from book_balances \
     order by currency, account, owner_kind, owner_id",
    "select workspace_id, seq, hash from book_chains order by workspace_id",
];

async fn small_book(book: &Book) {
    let mut stamps = Stamps::default();
    let earned = earning(1, 1_000, 4_000);
    let transfer = Transfer { payout: Id::from_u128(0xF001), partner: earned.partner, amount: euro(700) };
    let posted = [
        entries::hold(stamps.next(), &earned),
        entries::approve(stamps.next(), &earned),
        entries::reverse(stamps.next(), &earning(1, 300, 0), Stage::Approved),
        entries::lock(stamps.next(), &earning(1, 700, 0)),
        entries::batch(stamps.next(), &transfer),
        entries::paid(stamps.next(), &transfer),
    ];
    book.post(&posted).await.unwrap();
}

async fn dump(book: &Book) -> Vec<String> {
    let mut rows = Vec::new();
    for text in DERIVED {
        let found = book.db.query_all_raw(Statement::from_string(book.backend(), text)).await.unwrap();
        rows.extend(found.iter().map(|row| format!("{row:?}")));
    }
    rows
}

async fn since(book: &Book, millis: i64) -> VerifyReport {
    let mut report = VerifyReport::default();
    let since = Some(Timestamp::from_millis(1_767_000_000_000 + millis));
    ledger::verify_workspace(&book.db, TENANT.id(), since, &mut report).await.unwrap();
    report
}

#[test]
fn derived_tables_come_back_byte_for_byte() {
    on_each_store(async |book| {
        small_book(book).await;
        let before = dump(book).await;
        assert!(before.len() > 5, "{before:#?}");
        for table in ["book_balances", "book_chains"] {
            book.db.execute_unprepared(&format!("delete from {table}")).await.unwrap();
        }
        assert!(!ledger::verify(&book.db).await.unwrap().is_whole());
        ledger::rebuild(&book.db, TENANT).await.unwrap();
        assert_eq!(dump(book).await, before);
        book.assert_whole().await;
    });
}

#[test]
fn nothing_posted_leaves_nothing() {
    on_each_store(async |book| {
        book.post(&[]).await.unwrap();
        assert_eq!(dump(book).await, Vec::<String>::new());
        ledger::rebuild(&book.db, TENANT).await.unwrap();
        assert_eq!(dump(book).await, Vec::<String>::new());
    });
}

#[test]
fn a_proof_from_a_later_moment_reads_less_and_finds_later_changes() {
    on_each_store(async |book| {
        small_book(book).await;
        let (all, later, none) = (since(book, 0).await, since(book, 5).await, since(book, 100).await);
        assert_eq!((all.entries, later.entries, none.entries), (6, 2, 0));
        assert!(all.is_whole() && later.is_whole() && none.is_whole(), "{later:#?}");
        book.db.execute_unprepared("update book_entries set note = 'altered' where seq = 6").await.unwrap();
        let (later, none) = (since(book, 5).await, since(book, 100).await);
        assert_eq!((later.difference_count, later.first_differences[0].seq), (1, Some(6)));
        assert!(later.first_differences[0].entry.is_some(), "the entry is named");
        assert!(none.is_whole(), "what came before is believed");
        book.db.execute_unprepared("update book_balances set debit = debit + 1 where account = 'cash'").await.unwrap();
        assert!(!since(book, 100).await.is_whole(), "totals are always compared with every posting");
    });
}
