//! Whether the stores can be reached, for `/readyz` and `tributary check`.

use std::sync::Arc;

use app::{App, migrations::Migrator};
use events::EventStore;
use sea_orm::ConnectionTrait as _;
use sea_orm_migration::MigratorTrait as _;
use serde::Serialize;

#[derive(Clone)]
pub struct Health {
    pub app: App,
    pub event_store: Arc<EventStore>,
}

/// One store: ready, or what is wrong with it.
#[derive(Clone, Debug, Serialize)]
pub struct Readiness {
    pub store: &'static str,
    pub problem: Option<String>,
}

impl Health {
    pub async fn check(&self) -> Vec<Readiness> {
        let told = |store, outcome: anyhow::Result<()>| Readiness {
            store,
            problem: outcome.err().map(|error| format!("{error:#}")),
        };
        vec![told("records", self.records().await), told("event_store", self.event_store().await)]
    }

    async fn records(&self) -> anyhow::Result<()> {
        let records = self.app.records.read();
        records.execute_unprepared("select 1").await?;
        let waiting = Migrator::get_pending_migrations(records).await?;
        anyhow::ensure!(waiting.is_empty(), "{} migrations have not run: tributary migrate", waiting.len());
        Ok(())
    }

    async fn event_store(&self) -> anyhow::Result<()> {
        self.event_store.read(|connection| Ok(connection.execute_batch("select 1")?)).await?;
        Ok(())
    }
}
