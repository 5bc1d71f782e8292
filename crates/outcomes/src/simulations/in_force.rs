//! Every plan in force, tried on all that happened: what it comes to is what stands, or is told.

use kernel::{Id, Timestamp, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde::Serialize;

use super::{
    model::{Model, Proposal, SimulationState, WindowBasis},
    rules::figures::{Reproduction, Unlike},
    run,
};
use crate::{App, offers::entity::offer};

/// Offers read at once.
const PAGE_ROWS: u64 = 500;
/// Differing conversions that are told; all are counted.
const TOLD_MAX: usize = 1_000;
/// Happened by then, whatever clock the sender has.
const AHEAD_DAYS: i64 = 2;

/// What trying every plan in force came to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    pub offers: u64,
    /// Priced again by the plan in force.
    pub checked: i64,
    /// Priced by another system before they moved in.
    pub moved_in: i64,
    pub differing: i64,
    /// Of those that differ: priced by another version on purpose, as by a reprice.
    pub repriced: i64,
    /// Of those: tiers or limits had counted otherwise, as where a tier was settled before a later refund.
    pub counted_otherwise: i64,
    /// The first of those that differ.
    pub differences: Vec<Differing>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Differing {
    pub offer_id: Id<id::Offer>,
    pub currency: String,
    #[serde(flatten)]
    pub unlike: Unlike,
}

impl Report {
    /// Whether every plan comes to what stands, but for what was repriced on purpose or counted otherwise.
    pub const fn is_same(&self) -> bool {
        self.differing == self.repriced + self.counted_otherwise
    }

    fn add(&mut self, offer: &offer::Model, told: Reproduction) {
        self.offers += 1;
        self.checked += told.checked;
        self.moved_in += told.moved_in;
        self.differing += told.differing;
        self.repriced += told.repriced;
        self.counted_otherwise += told.counted_otherwise;
        let room = TOLD_MAX.saturating_sub(self.differences.len());
        let with_offer = |unlike| Differing { offer_id: offer.id, currency: offer.currency.clone(), unlike };
        self.differences.extend(told.differences.into_iter().take(room).map(with_offer));
    }
}

/// Tries the plan in force of every offer of the installation on its whole past.
pub async fn all(app: &App) -> anyhow::Result<Report> {
    let mut report = Report::default();
    let mut after = Id::<id::Offer>::from_u128(0);
    loop {
        let next = offer::Entity::find().filter(offer::Column::Id.gt(after)).order_by_asc(offer::Column::Id);
        let offers = next.limit(PAGE_ROWS).all(app.records.read()).await?;
        for one in &offers {
            report.add(one, run::answer(app, whole_past(app, one)).await?.reproduction);
        }
        match offers.last().filter(|_| offers.len() as u64 == PAGE_ROWS) {
            Some(last) => after = last.id,
            None => return Ok(report),
        }
    }
}

fn whole_past(app: &App, offer: &offer::Model) -> Model {
    let now = app.ambient.now();
    Model {
        id: app.ambient.new_id(),
        workspace_id: offer.workspace_id,
        offer_id: offer.id,
        draft_id: None,
        basis: WindowBasis::Event,
        from_at: Timestamp::from_millis(0),
        to_at: now.plus_days(AHEAD_DAYS),
        currency: offer.currency.clone(),
        proposal: Proposal::default(),
        state: SimulationState::Running,
        rows_done: 0,
        rows_total: 0,
        result: None,
        created_by: Id::from_u128(0),
        created_at: now,
        finished_at: None,
    }
}
