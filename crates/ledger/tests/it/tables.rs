//! Histories of money as tables: an event a row, then what lies in each account (euro; empty is nought).
//!
//! Without a prefix a column is Ann's, the shop's or the workspace's account of that name.

use std::{collections::HashMap, fmt::Write as _};

use kernel::money::format_amount;
use ledger::{Account, Owner};
use sea_orm::{ConnectionTrait as _, Statement};

use crate::{
    book::{Book, Stamps, on_each_store},
    words::{self, ANN, BEN, Now, SHOP},
};

/// Plays the events of `table` and compares every cell.
fn check(table: &str) {
    on_each_store(async |book| {
        let mut lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
        let header = lines.next().unwrap();
        let columns: Vec<&str> = header.split('|').skip(1).map(str::trim).collect();
        let (mut stamps, mut found, mut expected) = (Stamps::default(), String::new(), String::new());
        for line in lines {
            let mut cells = line.split('|').map(str::trim);
            let event = cells.next().unwrap();
            let entry = words::entry(event, stamps.next(), &Now::read(book).await);
            book.post(&[entry]).await.unwrap_or_else(|refused| panic!("{event}: {refused}"));
            let balances = read_balances(book).await;
            let row: Vec<String> = columns.iter().map(|column| cell(&balances, column)).collect();
            writeln!(found, "{event} | {}", row.join(" | ")).unwrap();
            writeln!(expected, "{event} | {}", cells.collect::<Vec<_>>().join(" | ")).unwrap();
        }
        assert_eq!(found, expected, "{:?}: {header}", book.backend());
        book.assert_whole().await;
    });
}

async fn read_balances(book: &Book) -> HashMap<(String, u128), (i64, i64)> {
    let text = "select account, owner_id, debit, credit from book_balances";
    let rows = book.db.query_all_raw(Statement::from_string(book.backend(), text)).await.unwrap();
    let read = |row: &sea_orm::QueryResult| {
        let owner: sea_orm::prelude::Uuid = row.try_get_by_index(1).unwrap();
        let key = (row.try_get_by_index(0).unwrap(), owner.as_u128());
        (key, (row.try_get_by_index(2).unwrap(), row.try_get_by_index(3).unwrap()))
    };
    rows.iter().map(read).collect()
}

fn cell(balances: &HashMap<(String, u128), (i64, i64)>, column: &str) -> String {
    let (partner, name) = column.strip_prefix("ben ").map_or((ANN, column), |name| (BEN, name));
    let (account, owner) = match name {
        "pending cost" => (Account::PendingCost, Owner::None),
        "pending" => (Account::PartnerPending, Owner::Partner(partner)),
        "to charge" => (Account::PendingReceivable, Owner::Advertiser(SHOP)),
        "cost" => (Account::CommissionCost, Owner::None),
        "approved" => (Account::PartnerApproved, Owner::Partner(partner)),
        "payable" => (Account::PartnerPayable, Owner::Partner(partner)),
        "in transit" => (Account::InTransit, Owner::Partner(partner)),
        "cash out" => (Account::Cash, Owner::Partner(partner)),
        "debt" => (Account::PartnerDebt, Owner::Partner(partner)),
        "charged" => (Account::AdvertiserReceivable, Owner::Advertiser(SHOP)),
        "prepaid" => (Account::AdvertiserPrepaid, Owner::Advertiser(SHOP)),
        "cash in" => (Account::Cash, Owner::Advertiser(SHOP)),
        "revenue" => (Account::Revenue, Owner::None),
        "subscriptions" => (Account::SubscriptionRevenue, Owner::None),
        "adjustments" => (Account::Adjustments, Owner::None),
        "placements" => (Account::Placements, Owner::None),
        "tax" => (Account::TaxWithheld, Owner::Partner(partner)),
        "vat" => (Account::VatDue, Owner::None),
        "fees" => (Account::Fees, Owner::None),
        "exchange" => (Account::Exchange, Owner::None),
        "equity" => (Account::OpeningEquity, Owner::None),
        _ => panic!("no column is called {name:?}"),
    };
    let id = match owner {
        Owner::None => 0,
        Owner::Partner(id) => id.as_u128(),
        Owner::Advertiser(id) => id.as_u128(),
    };
    let (debit, credit) = balances.get(&(account.code().to_owned(), id)).copied().unwrap_or_default();
    match account.balance(debit, credit) {
        0 => String::new(),
        minor => format_amount(minor, 2),
    }
}

#[test]
fn from_hold_to_paid() {
    check(
        "
        event                  | pending cost | pending | to charge | cost  | approved | payable | in transit | cash out | charged | revenue
        hold 10 charging 40    | 10.00        | 10.00   | 40.00     |       |          |         |            |          |         |
        approve 10 charging 40 |              |         |           | 10.00 | 10.00    |         |            |          | 40.00   | 40.00
        lock 10                |              |         |           | 10.00 |          | 10.00   |            |          | 40.00   | 40.00
        batch 10               |              |         |           | 10.00 |          |         | 10.00      |          | 40.00   | 40.00
        paid 10                |              |         |           | 10.00 |          |         |            | -10.00   | 40.00   | 40.00
        ",
    );
}

#[test]
fn a_book_that_moves_in_opens_with_what_was_owed() {
    check(
        "
        event            | payable | debt | charged | prepaid | in transit | equity
        open payable 120 | 120.00  |      |         |         |            | -120.00
        open debt 20     | 120.00  | 20.00 |        |         |            | -100.00
        open charged 300 | 120.00  | 20.00 | 300.00 |         |            | 200.00
        open prepaid 50  | 120.00  | 20.00 | 300.00 | 50.00   |            | 150.00
        offset debt 20   | 100.00  |      | 300.00  | 50.00   |            | 150.00
        batch 60         | 40.00   |      | 300.00  | 50.00   | 60.00      | 150.00
        close payable 40 |         |      | 300.00  | 50.00   | 60.00      | 190.00
        ",
    );
}

#[test]
fn rejected_and_reinstated() {
    check(
        "
        event                                | pending | to charge | cost  | approved | charged | revenue
        hold 10 charging 40                  | 10.00   | 40.00     |       |          |         |
        release 10 charging 40               |         |           |       |          |         |
        reinstate 10 charging 40 as approved |         |           | 10.00 | 10.00    | 40.00   | 40.00
        reverse 10 charging 40 when approved |         |           |       |          |         |
        reinstate 10 charging 40 as pending  | 10.00   | 40.00     |       |          |         |
        ",
    );
}

#[test]
fn a_refund_is_taken_from_where_the_money_lies() {
    check(
        "
        event                              | pending | approved | payable | in transit | cash out | debt | cost  | charged | revenue
        hold 10 charging 40                | 10.00   |          |         |            |          |      |       |         |
        reverse 1 charging 4 when pending  | 9.00    |          |         |            |          |      |       |         |
        approve 9 charging 36              |         | 9.00     |         |            |          |      | 9.00  | 36.00   | 36.00
        reverse 2 charging 8 when approved |         | 7.00     |         |            |          |      | 7.00  | 28.00   | 28.00
        lock 7                             |         |          | 7.00    |            |          |      | 7.00  | 28.00   | 28.00
        reverse 3 charging 12 when locked  |         |          | 4.00    |            |          |      | 4.00  | 16.00   | 16.00
        batch 4                            |         |          |         | 4.00       |          |      | 4.00  | 16.00   | 16.00
        reverse 1 charging 4 when sent     |         |          |         | 4.00       |          | 1.00 | 3.00  | 12.00   | 12.00
        paid 4                             |         |          |         |            | -4.00    | 1.00 | 3.00  | 12.00   | 12.00
        reverse 3 charging 12 when sent    |         |          |         |            | -4.00    | 4.00 |       |         |
        ",
    );
}

#[test]
fn debt_comes_off_the_next_payout() {
    check(
        "
        event                              | approved | payable | in transit | cash out | debt
        approve at once 10 charging 0      | 10.00    |         |            |          |
        lock 10                            |          | 10.00   |            |          |
        batch 10                           |          |         | 10.00      |          |
        paid 10                            |          |         |            | -10.00   |
        reverse 10 charging 0 when sent    |          |         |            | -10.00   | 10.00
        approve at once 25 charging 0      | 25.00    |         |            | -10.00   | 10.00
        lock 25                            |          | 25.00   |            | -10.00   | 10.00
        offset debt 10                     |          | 15.00   |            | -10.00   |
        batch 15                           |          |         | 15.00      | -10.00   |
        failed 15                          |          | 15.00   |            | -10.00   |
        reverse 25 charging 0 when locked  |          |         |            | -10.00   | 10.00
        reinstate 25 charging 0 as locked  |          | 15.00   |            | -10.00   |
        ",
    );
}

#[test]
fn a_new_price_posts_the_difference() {
    check(
        "
        event                                 | pending | approved | payable | cash out | debt | cost  | charged | revenue
        hold 10 charging 40                   | 10.00   |          |         |          |      |       |         |
        reprice 2 charging -10 when pending   | 12.00   |          |         |          |      |       |         |
        approve 12 charging 30                |         | 12.00    |         |          |      | 12.00 | 30.00   | 30.00
        reprice -3 charging 5 when approved   |         | 9.00     |         |          |      | 9.00  | 35.00   | 35.00
        lock 9                                |         |          | 9.00    |          |      | 9.00  | 35.00   | 35.00
        reprice 1 charging 0 when locked      |         |          | 10.00   |          |      | 10.00 | 35.00   | 35.00
        reprice -2 charging 0 when locked     |         |          | 8.00    |          |      | 8.00  | 35.00   | 35.00
        batch 8                               |         |          |         |          |      | 8.00  | 35.00   | 35.00
        paid 8                                |         |          |         | -8.00    |      | 8.00  | 35.00   | 35.00
        reprice -3 charging 0 when sent       |         |          |         | -8.00    | 3.00 | 5.00  | 35.00   | 35.00
        reprice 4 charging -35 when sent      |         |          | 1.00    | -8.00    |      | 9.00  |         |
        ",
    );
}

#[test]
fn a_payout_comes_back() {
    check(
        "
        event                         | payable | in transit | cash out
        approve at once 10 charging 0 |         |            |
        lock 10                       | 10.00   |            |
        batch 10                      |         | 10.00      |
        failed 10                     | 10.00   |            |
        batch 10                      |         | 10.00      |
        paid 10                       |         |            | -10.00
        returned 10                   | 10.00   |            |
        ",
    );
}

#[test]
fn a_conversion_moves_to_another_partner() {
    check(
        "
        event                          | cost  | approved | payable | debt | ben approved | ben payable | revenue
        approve at once 10 charging 40 | 10.00 | 10.00    |         |      |              |             | 40.00
        move 4 to ben when approved    | 10.00 | 6.00     |         |      | 4.00         |             | 40.00
        lock 6                         | 10.00 |          | 6.00    |      | 4.00         |             | 40.00
        move 6 to ben when locked      | 10.00 |          |         |      | 4.00         | 6.00        | 40.00
        ",
    );
}

#[test]
fn an_advertiser_pays() {
    check(
        "
        event                               | charged | prepaid | cash in | revenue
        approve at once 10 charging 40      | 40.00   |         |         | 40.00
        shop pays 100                       |         | 60.00   | 100.00  | 40.00
        approve at once 10 charging 50      | 50.00   | 60.00   | 100.00  | 90.00
        prepaid used 50                     |         | 10.00   | 100.00  | 90.00
        reverse 5 charging 20 when approved | -20.00  | 10.00   | 100.00  | 70.00
        ",
    );
}

#[test]
fn an_advertiser_is_invoiced_with_tax_and_gets_back_what_it_did_not_use() {
    check(
        "
        event                               | charged | prepaid | cash in | revenue | vat
        approve at once 10 charging 40      | 40.00   |         |         | 40.00   |
        tax of invoice 9.20                 | 49.20   |         |         | 40.00   | 9.20
        shop pays 60                        |         | 10.80   | 60.00   | 40.00   | 9.20
        shop is given back 10.80            |         |         | 49.20   | 40.00   | 9.20
        reverse 5 charging 20 when approved | -20.00  |         | 49.20   | 20.00   | 9.20
        tax of invoice -4.60                | -24.60  |         | 49.20   | 20.00   | 4.60
        ",
    );
}

#[test]
fn an_advertiser_is_charged_for_a_subscription_and_given_back_what_it_did_not_use() {
    check(
        "
        event                               | charged | prepaid | cash in | revenue | subscriptions
        shop pays 100                       |         | 100.00  | 100.00  |         |
        subscription 49                     | 49.00   | 100.00  | 100.00  |         | 49.00
        prepaid used 49                     |         | 51.00   | 100.00  |         | 49.00
        subscription -24.50                 | -24.50  | 51.00   | 100.00  |         | 24.50
        approve at once 10 charging 40      | 15.50   | 51.00   | 100.00  | 40.00   | 24.50
        ",
    );
}

#[test]
fn money_beside_commissions() {
    check(
        "
        event                    | approved | payable | debt  | adjustments | tax  | fees  | exchange
        adjust 20 when approved  | 20.00    |         |       | 20.00       |      |       |
        lock 20                  |          | 20.00   |       | 20.00       |      |       |
        withhold tax 3           |          | 17.00   |       | 20.00       | 3.00 |       |
        fee of partner 2         |          | 15.00   |       | 20.00       | 3.00 | -2.00 |
        fee of workspace 1       |          | 15.00   |       | 20.00       | 3.00 | -1.00 |
        exchange 5 back 4        |          | 14.00   |       | 20.00       | 3.00 | -1.00 | -1.00
        adjust -24 when locked   |          |         | 10.00 | -4.00       | 3.00 | -1.00 | -1.00
        adjust 12 when locked    |          | 2.00    |       | 8.00        | 3.00 | -1.00 | -1.00
        ",
    );
}

#[test]
fn nought_is_not_posted() {
    check(
        "
        event                                | pending | to charge | approved | charged
        hold 0 charging 0                    |         |           |          |
        hold 10 charging 0                   | 10.00   |           |          |
        approve 10 charging 0                |         |           | 10.00    |
        reprice 0 charging 0 when approved   |         |           | 10.00    |
        ",
    );
}
