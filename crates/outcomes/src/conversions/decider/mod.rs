//! Decides receipts: one task for the installation, in batches, in the order of the journal.
//!
//! A batch is read set-wise, decided in memory and written in one transaction; then every sender is told the truth. When
//! the records cannot be reached, senders are told 202, the receipts wait in memory in their order (further ones behind
//! them), and what memory cannot hold is read again from the journal. At start, receipts after the cursor kept in the
//! records are offered again; those decided already are known by their id.
//!
//! Invariants: a receipt is decided at most once (its id is unique in the deciding transaction); receipts of one
//! workspace are decided in the order in which they came; no sender waits for another one's click.

mod answer;
mod backlog;
mod batch;
mod build;
mod clicks;
mod decide;
mod facts;
mod load;
mod progress;
mod recover;
pub mod retention;
mod update;
mod worker;

use std::sync::{Arc, OnceLock};

use edge::receipt::{BoxFuture, ReceiptAnswer, ReceiptDoor};
use events::{Position, ReceiptRecord};
use kernel::{Id, Tenant, id};
use tokio::sync::{mpsc, oneshot};

pub use answer::words;
pub(super) use build::{dims_of, text_of};
pub use clicks::{Clicks, IndexedClicks};

use crate::App;
use progress::Progress;

/// Receipts that may wait for the decider; further senders wait their turn.
const QUEUE_MAX: usize = 8_192;

/// A receipt on its way to a verdict.
struct Waiting {
    receipt: ReceiptRecord,
    position: Position,
    /// Absent once the sender has been told that the verdict comes later.
    answer: Option<oneshot::Sender<ReceiptAnswer>>,
    attempts: u32,
}

/// The door to the decider. Clones share one task.
#[derive(Clone)]
pub struct Decider {
    queue: mpsc::Sender<Waiting>,
    progress: Arc<Progress>,
}

impl Decider {
    /// Starts the task: first what the journal holds beyond the cursor, then what comes in. It ends with the last clone.
    pub fn start(app: &App, clicks: Arc<dyn Clicks>) -> Self {
        let (queue, incoming) = mpsc::channel(QUEUE_MAX);
        let progress = Arc::new(Progress::default());
        let decider = Self { queue, progress: progress.clone() };
        tokio::spawn(worker::Worker::new(app, clicks, progress).run(incoming));
        decider
    }

    /// Whether the receipt waits for its verdict in this workspace.
    pub fn is_waiting(&self, tenant: Tenant, receipt: Id<id::Receipt>) -> bool {
        self.progress.is_waiting(tenant, receipt)
    }

    /// Returns once everything that was offered before the call has been decided or set aside.
    pub async fn settle(&self) {
        self.progress.settle().await;
    }

    /// Receipts that wait for a verdict.
    pub fn waiting_count(&self) -> usize {
        self.progress.waiting_count()
    }
}

impl ReceiptDoor for Decider {
    fn decide(&self, receipt: ReceiptRecord, position: Position) -> BoxFuture<'_, ReceiptAnswer> {
        let (receipt_id, conversion_id) = (receipt.receipt_id, receipt.conversion_id);
        Box::pin(async move {
            let (answer, answered) = oneshot::channel();
            self.progress.offer(&receipt, position);
            let waiting = Waiting { receipt, position, answer: Some(answer), attempts: 0 };
            if self.queue.send(waiting).await.is_err() {
                return ReceiptAnswer::deferred(receipt_id, conversion_id);
            }
            answered.await.unwrap_or_else(|_| ReceiptAnswer::deferred(receipt_id, conversion_id))
        })
    }
}

/// Where the application keeps its decider, once there is one.
#[derive(Default)]
pub struct Desk(OnceLock<Decider>);

impl Desk {
    /// Puts the decider in its place, once.
    pub fn seat(app: &App, decider: Decider) {
        assert!(app.kept.of::<Self>().0.set(decider).is_ok(), "an application has one decider");
    }
}

/// The application's decider, once it has been started.
pub fn of(app: &App) -> Option<Decider> {
    app.kept.of::<Desk>().0.get().cloned()
}
