//! Sums by currency, with how many and since when.

use kernel::{Money, Timestamp};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QuerySelect as _, Select,
    sea_query::{Expr, ExprTrait as _},
};

use crate::platform::Answer;

/// How many, how much in each currency, and since when the oldest is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub count: i64,
    pub amounts: Vec<Money>,
    pub since: Option<Timestamp>,
}

/// A currency, how many rows, their sum, and since when the oldest is.
type Row = (Option<String>, i64, Option<i64>, Option<Timestamp>);

/// What a query finds, added up by the database: amounts are the sums of `amount` by `currency`, and the age is the least
/// of `since`.
pub async fn of<E: EntityTrait>(
    conn: &impl ConnectionTrait,
    query: Select<E>,
    (currency, amount, since): (E::Column, E::Column, E::Column),
) -> Answer<Tally> {
    let rows: Vec<Row> = query
        .select_only()
        .column_as(currency.into_expr(), "currency")
        .column_as(Expr::cust("count(*)"), "rows_count")
        .column_as(amount.into_expr().sum().cast_as("bigint"), "amount_minor")
        .column_as(since.into_expr().min(), "since")
        .group_by(currency)
        .into_tuple()
        .all(conn)
        .await?;
    let mut tally = Tally::default();
    for (currency, count, minor, since) in rows {
        tally.count += count;
        tally.since = tally.since.into_iter().chain(since).min();
        if let (Some(currency), Some(minor)) = (currency, minor.filter(|minor| *minor != 0)) {
            tally.amounts.push(Money::new(minor, currency.parse()?));
        }
    }
    tally.amounts.sort_by_key(|amount| amount.currency);
    Ok(tally)
}
