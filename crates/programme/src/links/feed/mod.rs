//! From records to the edge's route table.
//!
//! A write that routes depend on leaves the names of its rows in the outbox. Whoever follows (the writer itself right
//! after its commit, and a timer for writes of other processes) reads those rows again and puts their present form in
//! force, so order and repetition do not matter.

mod caps;
pub mod history;
mod load;
mod read;
mod refs;
mod shapes;
mod smart;
mod tokens;

use std::collections::HashSet;

use crate::{
    App,
    caps::edge_counts,
    news::RouteNews,
    platform::outbox::{self, News, Topic},
};

pub use load::load_all;

/// News read at once.
const NEWS_MAX: u64 = 500;

/// The first catching up of a process. Where the outbox no longer holds the row with which the snapshot ends, what came
/// after it may have been forgotten too: then the table is loaded whole.
pub async fn start(app: &App) -> anyhow::Result<()> {
    let seen = i64::try_from(app.routes.sequence())?;
    if seen > 0 && !outbox::holds(app.records.read(), seen).await? {
        tracing::warn!(seen, "the route snapshot is too old; rebuilding it from records");
        load_all(app).await?;
    }
    catch_up(app).await
}

/// Puts every change committed so far in force at the local edge. An empty table is loaded whole.
pub async fn catch_up(app: &App) -> anyhow::Result<()> {
    if app.routes.sequence() == 0 {
        load_all(app).await?;
        edge_counts::open(app).await?;
    }
    loop {
        let seen = i64::try_from(app.routes.sequence())?;
        let news: Vec<News<RouteNews>> =
            outbox::read_after(app.records.read(), Topic::RoutesChanged, seen, NEWS_MAX).await?;
        let Some(last) = news.last().map(|row| row.seq) else { return Ok(()) };
        let named: HashSet<RouteNews> = news.iter().map(|row| row.payload).collect();
        let changes = read::changes(app, &named).await?;
        history::keep(app, last, &changes).await?;
        app.routes.apply(u64::try_from(last)?, changes);
        edge_counts::open(app).await?;
        if news.len() < NEWS_MAX as usize {
            return Ok(());
        }
    }
}
