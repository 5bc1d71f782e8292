//! What a decision would come to: the moves are tried in memory, and nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Tenant;
use serde::Serialize;

use super::{
    entity::{line, reconciliation},
    rules, take,
};
use crate::{
    App,
    conversions::moves::{self, Holding},
    platform::Answer,
};

/// What changes once theirs is taken.
#[derive(Clone, Debug, Default, Serialize, utoipa::ToSchema)]
#[schema(as = LinesChange)]
pub struct Change {
    /// Conversions that change.
    pub moved: u64,
    /// Lines that cannot be carried out: they come back undecided.
    pub refused: u64,
    /// Partners whose earnings change.
    pub partners: u64,
    /// One for each currency in which something changes, in its order.
    pub amounts: Vec<ChangedAmount>,
}

/// By how much more is charged and earned, or less where it is negative. What is pending or rejected counts as nought.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = LinesChangedAmount)]
pub struct ChangedAmount {
    pub currency: String,
    pub charged_minor: i64,
    pub earned_minor: i64,
}

/// Tries the lines one after the other.
pub async fn change(app: &App, of: &reconciliation::Model, lines: &[line::Model]) -> Answer<Change> {
    let records = app.records.read();
    let ids: Vec<_> = lines.iter().filter_map(|line| line.conversion_id).collect();
    let mut sheet = moves::open(records, Tenant(of.workspace_id), &app.ambient).await?;
    moves::load_conversions(records, &mut sheet, &ids).await?;
    moves::load_facts(records, &mut sheet, &ids).await?;
    let mut change = Change::default();
    let (mut sums, mut partners) = (BTreeMap::<String, (i64, i64)>::new(), BTreeSet::new());
    for line in lines {
        let Some(before) = line.conversion_id.and_then(|id| sheet.get(id)).cloned() else { continue };
        if take::take(&mut sheet, of, line).is_err() {
            change.refused += 1;
            continue;
        }
        let Some(after) = sheet.get(before.conversion.id) else { continue };
        let by = (worth(after).0 - worth(&before).0, worth(after).1 - worth(&before).1);
        let sum = sums.entry(before.conversion.currency.clone()).or_default();
        *sum = (sum.0 + by.0, sum.1 + by.1);
        change.moved += u64::from(by != (0, 0) || after.conversion.status != before.conversion.status);
        if by.1 != 0 {
            partners.extend(before.conversion.partner_id);
        }
    }
    change.partners = partners.len() as u64;
    let told = |(currency, (charged_minor, earned_minor))| ChangedAmount { currency, charged_minor, earned_minor };
    change.amounts = sums.into_iter().filter(|(_, by)| *by != (0, 0)).map(told).collect();
    Ok(change)
}

/// What is charged and earned for it while it stands for money.
fn worth(held: &Holding) -> (i64, i64) {
    let row = &held.conversion;
    match rules::standing(row.status) {
        reconcile::Standing::Approved => (row.revenue_minor, row.payout_minor),
        reconcile::Standing::Pending | reconcile::Standing::Rejected => (0, 0),
    }
}
