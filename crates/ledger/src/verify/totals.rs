//! The stored balances against the totals of all postings.

use std::mem;

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value, prelude::Uuid};

use super::walk::Walk;
use crate::{
    sql,
    totals::{self, BALANCE_COLUMNS, POSTED_TOTALS, Totals},
};

const BALANCES_PER_PAGE: usize = 5_000;

pub(super) async fn compare_totals(conn: &impl ConnectionTrait, walk: &mut Walk<'_>) -> Result<(), DbErr> {
    check_sums(walk);
    let mut after: Option<Vec<Value>> = None;
    loop {
        let rows = read_page(conn, walk, after.take()).await?;
        for row in &rows {
            compare(walk, row);
        }
        after = rows.last().filter(|_| rows.len() == BALANCES_PER_PAGE).and_then(|row| key_of(row).ok());
        if after.is_none() {
            break;
        }
    }
    for (key, total) in mem::take(&mut walk.totals.0) {
        let what = format!("{} of {:?} in {} is not stored: {total:?}", key.account, key.owner, key.currency);
        walk.differ(None, what);
    }
    Ok(())
}

/// The totals of all postings, added up by the database: for a walk that began later.
pub(super) async fn add_up_all(conn: &impl ConnectionTrait, walk: &mut Walk<'_>) -> Result<(), DbErr> {
    walk.totals = Totals::default();
    for row in sql::query(conn, POSTED_TOTALS, vec![walk.workspace.into()]).await? {
        match totals::read(&row) {
            Ok((key, total)) => drop(walk.totals.0.insert(key, total)),
            Err(_) => walk.differ(None, "a posting names no account, owner or currency of the book"),
        }
    }
    Ok(())
}

async fn read_page(
    conn: &impl ConnectionTrait,
    walk: &Walk<'_>,
    after: Option<Vec<Value>>,
) -> Result<Vec<QueryResult>, DbErr> {
    let from = if after.is_some() { "and (currency, account, owner_kind, owner_id) > (?, ?, ?, ?)" } else { "" };
    let text = format!(
        "select {BALANCE_COLUMNS} from book_balances where workspace_id = ? {from} \
         order by currency, account, owner_kind, owner_id limit {BALANCES_PER_PAGE}"
    );
    let values = std::iter::once(walk.workspace.into()).chain(after.into_iter().flatten()).collect();
    sql::query(conn, &text, values).await
}

fn key_of(row: &QueryResult) -> Result<Vec<Value>, DbErr> {
    Ok(vec![
        row.try_get_by_index::<String>(0)?.into(),
        row.try_get_by_index::<String>(1)?.into(),
        row.try_get_by_index::<i16>(2)?.into(),
        row.try_get_by_index::<Uuid>(3)?.into(),
    ])
}

fn compare(walk: &mut Walk<'_>, row: &QueryResult) {
    walk.report.balances += 1;
    let Ok((key, stored)) = totals::read(row) else {
        return walk.differ(None, "a balance cannot be read");
    };
    let total = walk.totals.0.remove(&key).unwrap_or_default();
    let name = format!("{} of {:?} in {}", key.account, key.owner, key.currency);
    if stored != total || stored == totals::Total::default() {
        walk.differ(None, format!("{name} is stored as {stored:?}, the postings add up to {total:?}"));
    }
    if let Err(refused) = key.check(total) {
        walk.differ(None, refused.to_string());
    }
}

/// Debits equal credits in every currency.
fn check_sums(walk: &mut Walk<'_>) {
    let mut sums: Vec<(kernel::Currency, i128)> = Vec::new();
    for (key, total) in &walk.totals.0 {
        let difference = i128::from(total.debit) - i128::from(total.credit);
        match sums.last_mut().filter(|(currency, _)| *currency == key.currency) {
            Some((_, sum)) => *sum += difference,
            None => sums.push((key.currency, difference)),
        }
    }
    for (currency, sum) in sums.into_iter().filter(|(_, sum)| *sum != 0) {
        walk.differ(None, format!("the book's debits exceed its credits by {sum} {currency}"));
    }
}
