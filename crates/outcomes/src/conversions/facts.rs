//! Moves of conversions as the shipper reads them: the outbox, told as signed facts.

use events::{ConversionMove, FactSource};
use tokio::runtime::Handle;

use super::moves::Moved;
use crate::platform::{
    Records,
    outbox::{self, News, Topic},
};

/// Reads the outbox for the shipper's thread.
pub struct OutboxFacts {
    records: Records,
    runtime: Handle,
}

impl OutboxFacts {
    /// `runtime` drives the reads; the shipper's thread has none of its own.
    pub fn new(records: Records, runtime: Handle) -> Self {
        Self { records, runtime }
    }
}

impl FactSource for OutboxFacts {
    fn read_after(&self, cursor: u64, limit: usize) -> anyhow::Result<Vec<ConversionMove>> {
        let seq = i64::try_from(cursor)?;
        let read = outbox::read_after(self.records.read(), Topic::ConversionMoved, seq, limit as u64);
        let news: Vec<News<Moved>> = self.runtime.block_on(read)?;
        Ok(news.into_iter().map(|one| one.payload.into_fact(one.tenant.id(), one.seq as u64)).collect())
    }
}
