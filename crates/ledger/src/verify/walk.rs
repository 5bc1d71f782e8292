//! One workspace, entry by entry.

use std::{iter::Peekable, vec};

use kernel::{
    Id, Timestamp,
    id::{BookEntry, Workspace},
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::{
    report::{Difference, VerifyReport},
    totals::{add_up_all, compare_totals},
};
use crate::{
    chain::{self, ChainHead},
    entry::Posting,
    rows::{ENTRY_COLUMNS, EntryRow, POSTING_COLUMNS, PostingRow},
    sql,
    totals::Totals,
};

/// Entries read at once.
const ENTRIES_PER_PAGE: usize = 1_000;

/// Where the walk stands: the last link and the totals up to it.
pub(super) struct Walk<'a> {
    pub workspace: Id<Workspace>,
    pub report: &'a mut VerifyReport,
    pub totals: Totals,
    head: ChainHead,
    /// Entries after this number are walked.
    after: i64,
    /// The entry that is looked at.
    current: Option<(i64, Id<BookEntry>)>,
    entries: i64,
    postings: i64,
}

/// Verifies one workspace; its entries from the first one at or after `since`, all of them where it is absent.
pub async fn verify_workspace(
    conn: &impl ConnectionTrait,
    workspace: Id<Workspace>,
    since: Option<Timestamp>,
    report: &mut VerifyReport,
) -> Result<(), DbErr> {
    report.workspaces += 1;
    let mut walk = Walk {
        workspace,
        report,
        totals: Totals::default(),
        head: ChainHead::EMPTY,
        after: i64::MIN,
        current: None,
        entries: 0,
        postings: 0,
    };
    if let Some(since) = since {
        walk.start_at(conn, since).await?;
    }
    while walk.page(conn).await? {}
    walk.compare_counts(conn).await?;
    walk.compare_head(conn).await?;
    if since.is_some() {
        add_up_all(conn, &mut walk).await?;
    }
    compare_totals(conn, &mut walk).await
}

impl Walk<'_> {
    pub fn differ(&mut self, seq: Option<i64>, what: impl Into<String>) {
        let entry = self.current.filter(|(number, _)| seq == Some(*number)).map(|(_, id)| id);
        let workspace = Some(self.workspace);
        self.report.differ(Difference { workspace, seq, entry, subject: None, what: what.into() });
    }

    /// Goes to the link before the first entry at or after `since`.
    async fn start_at(&mut self, conn: &impl ConnectionTrait, since: Timestamp) -> Result<(), DbErr> {
        let text = "select seq, hash from book_entries where workspace_id = ? and seq < coalesce(\
                    (select min(seq) from book_entries where workspace_id = ? and at >= ?), ?) order by seq desc limit 1";
        let values = vec![self.workspace.into(), self.workspace.into(), since.into(), i64::MAX.into()];
        let Some(row) = sql::query(conn, text, values).await?.into_iter().next() else { return Ok(()) };
        let (Ok(seq), Ok(hash)) = (row.try_get_by_index::<i64>(0), row.try_get_by_index::<Vec<u8>>(1)) else {
            self.differ(None, "the entry before the first one cannot be read");
            return Ok(());
        };
        self.head = ChainHead { seq, hash: hash.try_into().unwrap_or(ChainHead::EMPTY.hash) };
        self.after = seq;
        Ok(())
    }

    /// Walks the next page; whether another may follow.
    async fn page(&mut self, conn: &impl ConnectionTrait) -> Result<bool, DbErr> {
        let after = self.head.seq;
        let text = format!(
            "select {ENTRY_COLUMNS} from book_entries where workspace_id = ? and seq > ? \
             order by seq limit {ENTRIES_PER_PAGE}"
        );
        let rows = sql::query(conn, &text, vec![self.workspace.into(), after.into()]).await?;
        let Some(last) = rows.last().and_then(|row| row.try_get_by_index::<i64>(1).ok()) else {
            return Ok(false);
        };
        let mut postings = self.read_postings(conn, after, last).await?.into_iter().peekable();
        for row in &rows {
            self.step(row, &mut postings);
        }
        self.head.seq = last;
        Ok(rows.len() == ENTRIES_PER_PAGE)
    }

    async fn read_postings(
        &mut self,
        conn: &impl ConnectionTrait,
        after: i64,
        last: i64,
    ) -> Result<Vec<PostingRow>, DbErr> {
        let text = format!(
            "select {POSTING_COLUMNS} from book_postings where workspace_id = ? \
             and entry_seq > ? and entry_seq <= ? order by entry_seq, line"
        );
        let rows = sql::query(conn, &text, vec![self.workspace.into(), after.into(), last.into()]).await?;
        let mut postings = Vec::with_capacity(rows.len());
        for row in rows {
            match PostingRow::read(&row) {
                Ok(posting) => postings.push(posting),
                Err(_) => self.differ(row.try_get_by_index(0).ok(), "a posting cannot be read"),
            }
        }
        Ok(postings)
    }

    fn step(&mut self, row: &QueryResult, postings: &mut Peekable<vec::IntoIter<PostingRow>>) {
        self.entries += 1;
        let Ok((entry, hash)) = EntryRow::read(row) else {
            return self.differ(row.try_get_by_index(1).ok(), "the entry cannot be read");
        };
        self.current = Some((entry.seq, entry.id));
        while postings.next_if(|posting| posting.entry_seq < entry.seq).is_some() {
            self.differ(None, "a posting belongs to no entry");
        }
        let own: Vec<_> = std::iter::from_fn(|| postings.next_if(|posting| posting.entry_seq == entry.seq)).collect();
        self.postings += own.len() as i64;
        self.check_link(&entry, hash, &own);
        self.add_up(entry.seq, &own);
    }

    /// Goes on from the stored hash, so that one changed entry is told once.
    fn check_link(&mut self, entry: &EntryRow, stored: Vec<u8>, postings: &[PostingRow]) {
        if entry.seq != self.head.seq + 1 {
            self.differ(Some(entry.seq), format!("entry {} does not follow entry {}", entry.seq, self.head.seq));
        }
        let expected = chain::link(&self.head.hash, entry, postings);
        if stored != expected {
            self.differ(Some(entry.seq), "the hash is not that of the entry and the one before it");
        }
        self.head = ChainHead { seq: entry.seq, hash: stored.try_into().unwrap_or(expected) };
    }

    fn add_up(&mut self, seq: i64, rows: &[PostingRow]) {
        let mut sums: Vec<(&str, i128)> = Vec::new();
        for row in rows {
            let difference = i128::from(row.debit) - i128::from(row.credit);
            match sums.iter_mut().find(|(currency, _)| *currency == row.currency) {
                Some((_, sum)) => *sum += difference,
                None => sums.push((&row.currency, difference)),
            }
            self.add(seq, row.to_posting().ok());
        }
        for (currency, sum) in sums.into_iter().filter(|(_, sum)| *sum != 0) {
            self.differ(Some(seq), format!("debits exceed credits by {sum} {currency}"));
        }
    }

    fn add(&mut self, seq: i64, posting: Option<Posting>) {
        let Some(posting) = posting else {
            return self.differ(Some(seq), "a posting names no account, owner or currency of the book");
        };
        if self.totals.add(&posting).is_err() {
            self.differ(Some(seq), format!("the total of {} overflows", posting.account));
        }
    }

    async fn compare_counts(&mut self, conn: &impl ConnectionTrait) -> Result<(), DbErr> {
        self.report.entries += self.entries as u64;
        self.report.postings += self.postings as u64;
        let counted = [
            ("book_entries", "seq", self.entries, "entries"),
            ("book_postings", "entry_seq", self.postings, "postings"),
        ];
        for (table, number, walked, what) in counted {
            let text = format!("select count(*) from {table} where workspace_id = ? and {number} > ?");
            let rows = sql::query(conn, &text, vec![self.workspace.into(), self.after.into()]).await?;
            let stored: i64 = rows.first().map_or(Ok(0), |row| row.try_get_by_index(0))?;
            if stored != walked {
                self.differ(None, format!("{stored} {what} are stored, {walked} belong to the chain"));
            }
        }
        Ok(())
    }

    async fn compare_head(&mut self, conn: &impl ConnectionTrait) -> Result<(), DbErr> {
        let text = "select seq, hash from book_chains where workspace_id = ?";
        let rows = sql::query(conn, text, vec![self.workspace.into()]).await?;
        let stored = rows
            .first()
            .map(|row| Ok::<_, DbErr>((row.try_get_by_index::<i64>(0)?, row.try_get_by_index::<Vec<u8>>(1)?)));
        match stored {
            Some(Ok((seq, hash))) if seq == self.head.seq && hash == self.head.hash => {}
            Some(Ok((seq, _))) => {
                let what = format!("the head of the chain is entry {seq}, the last entry is {}", self.head.seq);
                self.differ(None, what);
            }
            Some(Err(_)) => self.differ(None, "the head of the chain cannot be read"),
            // Nothing was ever booked.
            None if self.head == ChainHead::EMPTY => {}
            None => self.differ(None, "the chain has no head"),
        }
        Ok(())
    }
}
