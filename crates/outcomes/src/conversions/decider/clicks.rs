//! Where the decider asks for clicks.

use std::{collections::HashMap, sync::Arc};

use edge::{ClickKeys, receipt::BoxFuture, redirect::visitor::VisitorKeys};
use events::{
    ClickFacts, ClickIndex, ImportedClicks, Positions, Shipper,
    clicks::{Foreign, ForeignClicks, Seen, SeenAsked},
    journeys::LOOKBACK_DAYS,
};
use kernel::{Id, id::Click, time::DAY_MS};

/// Earlier clicks of the visitor by the click they led to, oldest first.
pub type Journeys = HashMap<Id<Click>, Vec<Arc<ClickFacts>>>;

/// What is known of clicks.
pub trait Clicks: Send + Sync {
    /// Whether we drew this id.
    fn vouches_for(&self, click: Id<Click>) -> bool;

    /// The facts of those clicks that are known.
    fn find_many<'a>(
        &'a self,
        clicks: &'a [Id<Click>],
    ) -> BoxFuture<'a, anyhow::Result<HashMap<Id<Click>, Arc<ClickFacts>>>>;

    /// The facts of clicks that were made on another platform and moved in.
    fn find_foreign(&self, clicks: Vec<Foreign>) -> BoxFuture<'_, anyhow::Result<ForeignClicks>>;

    /// The valid clicks of each click's visitor on its offer until it, oldest first.
    fn journeys<'a>(&'a self, clicks: &'a [Id<Click>]) -> BoxFuture<'a, anyhow::Result<Journeys>>;

    /// The key of the visitor whom we signed so.
    fn visitor_of(&self, signed: &str) -> Option<u64>;

    /// What each visitor was seen with last, in the order of `asked`.
    fn seen(&self, asked: Vec<SeenAsked>) -> BoxFuture<'_, anyhow::Result<Vec<Seen>>>;

    /// Returns once every click journaled before `positions` can be found.
    fn wait_for<'a>(&'a self, positions: &'a Positions) -> BoxFuture<'a, anyhow::Result<()>>;
}

/// Clicks as the shipper indexes them.
pub struct IndexedClicks {
    pub keys: Arc<ClickKeys>,
    pub index: ClickIndex,
    pub imported: ImportedClicks,
    pub shipper: Arc<Shipper>,
}

impl Clicks for IndexedClicks {
    fn vouches_for(&self, click: Id<Click>) -> bool {
        self.keys.vouches_for(click)
    }

    fn find_many<'a>(
        &'a self,
        clicks: &'a [Id<Click>],
    ) -> BoxFuture<'a, anyhow::Result<HashMap<Id<Click>, Arc<ClickFacts>>>> {
        Box::pin(self.index.find_many(clicks))
    }

    fn find_foreign(&self, clicks: Vec<Foreign>) -> BoxFuture<'_, anyhow::Result<ForeignClicks>> {
        Box::pin(self.imported.find_many(clicks))
    }

    fn journeys<'a>(&'a self, clicks: &'a [Id<Click>]) -> BoxFuture<'a, anyhow::Result<Journeys>> {
        Box::pin(self.index.journeys(clicks, LOOKBACK_DAYS * DAY_MS))
    }

    fn visitor_of(&self, signed: &str) -> Option<u64> {
        VisitorKeys::new(&self.keys).read(signed)
    }

    fn seen(&self, asked: Vec<SeenAsked>) -> BoxFuture<'_, anyhow::Result<Vec<Seen>>> {
        Box::pin(self.index.seen(asked))
    }

    fn wait_for<'a>(&'a self, positions: &'a Positions) -> BoxFuture<'a, anyhow::Result<()>> {
        Box::pin(async move {
            self.shipper.wake();
            self.shipper.wait_for(positions).await
        })
    }
}
