//! Our totals cell by cell, under the names that the advertiser has for its offers.

use std::collections::{BTreeMap, HashMap};

use kernel::{Id, id};
use reconcile::{
    Period, Standing,
    totals::{self, Cell, Total},
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use super::{entity::reconciliation, ours::Mine};
use crate::{
    offers::entity::offer,
    platform::{
        Answer,
        external_refs::{self, RefKind},
    },
};

/// Cells of one side.
pub type Cells = BTreeMap<Cell, Total>;

/// Which offer a text of theirs means: by id, by name, by the name that another system has for it.
pub struct OfferNames(HashMap<String, Id<id::Offer>>);

impl OfferNames {
    pub async fn of(conn: &impl ConnectionTrait, of: &reconciliation::Model) -> Answer<Self> {
        let offers = offer::Entity::find()
            .filter(offer::Column::WorkspaceId.eq(of.workspace_id))
            .filter(offer::Column::AdvertiserId.eq(of.advertiser_id))
            .all(conn)
            .await?;
        let ids: Vec<_> = offers.iter().map(|row| row.id).collect();
        let refs = external_refs::of_many(conn, RefKind::Offer, ids).await?;
        let mut names = HashMap::new();
        for (id, of_offer) in refs {
            names.extend(of_offer.0.into_values().map(|name| (name.to_lowercase(), id)));
        }
        for row in offers {
            names.insert(row.name.to_lowercase(), row.id);
            names.insert(row.id.to_string().to_lowercase(), row.id);
        }
        Ok(Self(names))
    }

    pub fn find(&self, text: &str) -> Option<Id<id::Offer>> {
        self.0.get(&text.trim().to_lowercase()).copied()
    }
}

/// Their cells under our ids where they name offers of ours.
///
/// # Errors
/// In plain words where a sum is too large.
pub fn renamed(theirs: Cells, names: &OfferNames) -> Result<Cells, String> {
    let mut cells = Cells::new();
    for (cell, total) in theirs {
        let offer = names.find(&cell.offer).map_or(cell.offer, |id| id.to_string());
        totals::add(&mut cells, Cell { offer, ..cell }, total)?;
    }
    Ok(cells)
}

/// What we approved in the period, by the parts that their file names.
///
/// # Errors
/// In plain words where a sum is too large.
pub fn of_ours(mine: &[Mine], of: &reconciliation::Model) -> Result<Cells, String> {
    let columns = &of.mapping.reading.columns;
    let part = |named: &Option<String>, value: String| if named.is_some() { value } else { String::new() };
    let period = Period { start: of.from_at, end: of.to_at };
    let mut cells = Cells::new();
    for one in mine.iter().filter(|one| one.ours.standing == Standing::Approved && period.holds(one.ours.at)) {
        let cell = Cell {
            offer: part(&columns.offer, one.offer.map(|id| id.to_string()).unwrap_or_default()),
            country: part(&columns.country, one.country.to_uppercase()),
            source: part(&columns.source, one.source.clone()),
            currency: Some(one.ours.amount.currency),
        };
        totals::add(&mut cells, cell, Total { count: 1, amount: Some(one.ours.amount) })?;
    }
    Ok(cells)
}
