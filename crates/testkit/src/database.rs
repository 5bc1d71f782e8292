//! Where a world keeps its records.

use sea_orm::{ConnectionTrait as _, Database};

/// A database of a world's own on a PostgreSQL server, dropped at the end.
pub struct OwnDatabase {
    server_url: String,
    name: String,
}

impl OwnDatabase {
    /// Makes one where `TRIBUTARY_RECORDS_URL` names a PostgreSQL server.
    pub async fn create() -> Option<Self> {
        let server_url = std::env::var("TRIBUTARY_RECORDS_URL").ok().filter(|url| url.starts_with("postgres"))?;
        let name = format!("world_{:032x}", u128::from_be_bytes(random()));
        let own = Self { server_url, name };
        own.on_server(&format!("create database {}", own.name)).await;
        Some(own)
    }

    pub fn url(&self) -> String {
        let (server, _) = self.server_url.rsplit_once('/').expect("the address names a database");
        format!("{server}/{}", self.name)
    }

    pub async fn drop_it(&self) {
        self.on_server(&format!("drop database {} with (force)", self.name)).await;
    }

    async fn on_server(&self, statement: &str) {
        let server = Database::connect(&self.server_url).await.expect("the PostgreSQL server of the tests answers");
        server.execute_unprepared(statement).await.expect("the test user may make databases");
        server.close().await.expect("closed");
    }
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    kernel::Chance::fill(&kernel::ambient::SystemChance, &mut bytes);
    bytes
}
