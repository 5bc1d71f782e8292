//! How long the journal keeps receipts: until the records hold each of them, and its retention has passed.

use events::{Position, position::Lane};
use kernel::Tenant;

use edge::receipt::ReceiptDoor as _;

use super::{Waiting, recover};
use crate::App;

/// Of the hourly job that forgets.
pub const FORGET_DECIDED_RECEIPTS: &str = "forget_decided_receipts";
/// Stretches of the journal that one turn looks through; what is left waits for the next.
const STRETCHES_MAX: usize = 1_024;

/// Deletes old segments in which every receipt has been decided.
///
/// One that never reached the decider, because its sender hung up in between, is offered now; its segment stays until
/// the next turn.
pub async fn forget_decided(app: &App) -> anyhow::Result<()> {
    let now = app.ambient.now();
    let end = app.journal.old_to(Lane::RECEIPTS, now)?;
    let decided_to = decided_to(app, end).await?;
    let forgotten = app.journal.prune(now, &[decided_to].into_iter().collect())?;
    if forgotten > 0 {
        tracing::info!(segments = forgotten, "old receipts left the journal; the records hold them");
    }
    Ok(())
}

/// How far towards `end` the records hold every receipt.
async fn decided_to(app: &App, end: Position) -> anyhow::Result<Position> {
    let mut at = Position::start_of(Lane::RECEIPTS);
    for _ in 0..STRETCHES_MAX {
        match recover::next_unknown(app, at, end).await? {
            None => return Ok(end),
            Some((unknown, after)) if unknown.is_empty() => at = after,
            Some((unknown, _)) => {
                offer(app, unknown).await;
                break;
            }
        }
    }
    Ok(at)
}

async fn offer(app: &App, receipts: Vec<Waiting>) {
    let Some(decider) = super::of(app) else { return };
    for Waiting { receipt, position, .. } in receipts {
        if !decider.is_waiting(Tenant(receipt.workspace), receipt.receipt_id) {
            decider.decide(receipt, position).await;
        }
    }
}
