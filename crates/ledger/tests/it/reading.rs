//! Statements, stories of conversions, and the wall between workspaces.

use kernel::{Id, Tenant, paging::PageQuery};
use ledger::{Account, BookError, BookedEntry, EntryKind, Stage, Transfer, entries};

use crate::book::{Book, Stamps, TENANT, earning, euro, on_each_store};

const OTHER: Tenant = Tenant(Id::from_u128(2));

fn page(limit: u64, cursor: Option<String>) -> PageQuery {
    PageQuery { limit: Some(limit), cursor }
}

/// Seven entries: a commission from hold to paid, and another partner's hold in between.
async fn seven(book: &Book) {
    let mut stamps = Stamps::default();
    let earned = earning(1, 1_000, 4_000);
    let foreign = ledger::Earning { partner: Id::from_u128(0xA002), ..earning(2, 500, 900) };
    let transfer = Transfer { payout: Id::from_u128(0xF001), partner: earned.partner, amount: euro(700) };
    let all = [
        entries::hold(stamps.next(), &earned).with_note("plan version 3"),
        entries::hold(stamps.next(), &foreign),
        entries::approve(stamps.next(), &earned),
        entries::reverse(stamps.next(), &earning(1, 300, 1_200), Stage::Approved).with_note("returned"),
        entries::lock(stamps.next(), &earning(1, 700, 2_800)),
        entries::batch(stamps.next(), &transfer),
        entries::paid(stamps.next(), &transfer),
    ];
    let head = book.post(&all).await.unwrap();
    assert_eq!(head.seq, 7);
}

#[test]
fn a_statement_is_read_page_by_page_newest_first() {
    on_each_store(async |book| {
        seven(book).await;
        let (mut cursor, mut kinds, mut changes) = (None, Vec::new(), Vec::new());
        loop {
            let found = ledger::statement(&book.db, TENANT, Id::from_u128(0xA001), &page(4, cursor)).await.unwrap();
            kinds.extend(found.items.iter().map(|line| line.kind.code()));
            changes.extend(found.items.into_iter().map(|line| line.changes));
            cursor = found.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(kinds, ["paid", "batch", "lock", "reverse", "approve", "hold"]);
        let lock: Vec<_> = changes[2].iter().map(|change| (change.account, change.change_minor)).collect();
        assert_eq!(lock, [(Account::PartnerApproved, -700), (Account::PartnerPayable, 700)]);
        assert_eq!(changes[0].len(), 1, "cash is the workspace's matter");
    });
}

#[test]
fn the_story_of_a_conversion_and_of_a_payout() {
    on_each_store(async |book| {
        seven(book).await;
        let kinds = |story: &[BookedEntry]| story.iter().map(|booked| booked.entry.cause.kind).collect::<Vec<_>>();
        let story = ledger::entries_for_conversion(&book.db, TENANT, Id::from_u128(0xC001)).await.unwrap();
        assert_eq!(kinds(&story), [EntryKind::Hold, EntryKind::Approve, EntryKind::Reverse, EntryKind::Lock]);
        let expected = entries::hold(Stamps::default().next(), &earning(1, 1_000, 4_000)).with_note("plan version 3");
        assert_eq!(story[0].entry, expected, "an entry is read as it was posted");
        let payout = ledger::entries_for_payout(&book.db, TENANT, Id::from_u128(0xF001)).await.unwrap();
        assert_eq!(kinds(&payout), [EntryKind::Batch, EntryKind::Paid]);
    });
}

#[test]
fn another_workspace_sees_nothing() {
    on_each_store(async |book| {
        seven(book).await;
        let partner = Id::from_u128(0xA001);
        assert_eq!(ledger::partner_balance(&book.db, OTHER, partner).await.unwrap(), []);
        let all = page(50, None);
        assert!(ledger::statement(&book.db, OTHER, partner, &all).await.unwrap().items.is_empty());
        let story = ledger::entries_for_conversion(&book.db, OTHER, Id::from_u128(0xC001)).await.unwrap();
        assert!(story.is_empty());
        let own = ledger::statement(&book.db, TENANT, partner, &page(1, None)).await.unwrap();
        let foreign_cursor = page(1, own.next_cursor);
        let refused = ledger::statement(&book.db, OTHER, partner, &foreign_cursor).await;
        assert!(matches!(refused, Err(BookError::BadCursor(_))), "a cursor carries no right");
    });
}

#[test]
fn chains_of_workspaces_are_apart() {
    on_each_store(async |book| {
        seven(book).await;
        let stamp = ledger::Stamp { id: Id::from_u128(0xE999), at: kernel::Timestamp::from_millis(0) };
        let hold = entries::hold(stamp, &earning(1, 5, 0));
        assert_eq!(ledger::post(&book.db, OTHER, &[hold]).await.unwrap().seq, 1);
        let report = ledger::verify(&book.db).await.unwrap();
        assert!(report.is_whole(), "{report:#?}");
        assert_eq!((report.workspaces, report.entries, report.postings), (2, 8, 4 + 4 + 8 + 4 + 2 + 2 + 2 + 2));
    });
}
