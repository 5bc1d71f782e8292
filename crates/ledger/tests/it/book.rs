//! An empty book on each store.

use std::sync::atomic::{AtomicU32, Ordering};

use kernel::{Currency, Id, Money, Tenant, Timestamp, id::Partner};
use ledger::{BookError, ChainHead, Earning, Entry, PartnerBalance, Stamp};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, TransactionTrait as _};
use sea_orm_migration::SchemaManager;

pub const TENANT: Tenant = Tenant(Id::from_u128(1));

static NEXT_SCHEMA: AtomicU32 = AtomicU32::new(0);

pub struct Book {
    pub db: DatabaseConnection,
}

impl Book {
    /// Posts in a transaction of its own.
    pub async fn post(&self, entries: &[Entry]) -> Result<ChainHead, BookError> {
        let txn = self.db.begin().await?;
        match ledger::post(&txn, TENANT, entries).await {
            Ok(head) => {
                txn.commit().await?;
                Ok(head)
            }
            Err(refused) => {
                txn.rollback().await?;
                Err(refused)
            }
        }
    }

    pub async fn balance(&self, partner: Id<Partner>) -> Vec<PartnerBalance> {
        ledger::partner_balance(&self.db, TENANT, partner).await.unwrap()
    }

    pub async fn assert_whole(&self) {
        let report = ledger::verify_snapshot(&self.db, self.backend()).await.unwrap();
        assert!(report.is_whole(), "{report:#?}");
    }

    pub fn backend(&self) -> DbBackend {
        self.db.get_database_backend()
    }
}

/// Runs `test` with an empty book on each store there is.
pub fn on_each_store(test: impl AsyncFn(&Book)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        test(&in_memory().await).await;
        if let Ok(url) = std::env::var("TRIBUTARY_RECORDS_URL") {
            on_postgres(&url, &test).await;
        }
    });
}

async fn in_memory() -> Book {
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(1).sqlx_logging(false);
    migrated(Database::connect(options).await.unwrap()).await
}

async fn on_postgres(url: &str, test: &impl AsyncFn(&Book)) {
    let number = NEXT_SCHEMA.fetch_add(1, Ordering::Relaxed);
    let schema = format!("book_test_{}_{number}", std::process::id());
    let admin = Database::connect(ConnectOptions::new(url)).await.unwrap();
    admin.execute_unprepared(&format!("create schema {schema}")).await.unwrap();
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false).set_schema_search_path(&schema);
    let book = migrated(Database::connect(options).await.unwrap()).await;
    test(&book).await;
    book.db.close().await.unwrap();
    admin.execute_unprepared(&format!("drop schema {schema} cascade")).await.unwrap();
}

async fn migrated(db: DatabaseConnection) -> Book {
    ledger::migration().up(&SchemaManager::new(&db)).await.unwrap();
    Book { db }
}

/// Numbered ids and a moment for each new entry.
#[derive(Default)]
pub struct Stamps(u128);

impl Stamps {
    pub fn next(&mut self) -> Stamp {
        self.0 += 1;
        Stamp { id: Id::from_u128(0xE000 + self.0), at: Timestamp::from_millis(1_767_000_000_000 + self.0 as i64) }
    }
}

pub fn euro(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// A commission of partner 1 for advertiser 1, in EUR.
pub fn earning(number: u128, payout: i64, revenue: i64) -> Earning {
    Earning {
        conversion: Id::from_u128(0xC000 + number),
        commission: Id::from_u128(0xD000 + number),
        partner: Id::from_u128(0xA001),
        advertiser: Id::from_u128(0xB001),
        payout: euro(payout),
        revenue: euro(revenue),
    }
}
