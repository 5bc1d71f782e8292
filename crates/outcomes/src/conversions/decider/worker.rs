//! The task: takes receipts as they come, in batches, and outlives absent records.

use std::{mem, sync::Arc, time::Duration};

use events::Position;
use tokio::{
    sync::mpsc,
    time::{Instant, sleep, timeout_at},
};

use super::{Waiting, backlog::Backlog, batch, clicks::Clicks, progress::Progress, recover};
use crate::{
    App, WeakApp,
    platform::{
        records::is_unavailable,
        statistics::{self, Growth},
    },
};

/// Receipts decided in one transaction.
pub const BATCH_MAX: usize = 256;
/// How long a batch waits for company while receipts come thick; a lone one does not wait.
const BATCH_WAIT: Duration = Duration::from_millis(5);
/// Pause before the records are tried again.
const RETRY_PAUSE: Duration = Duration::from_millis(200);
/// After this many failures that are not the records' absence, a receipt is set aside until the next start.
const ATTEMPTS_MAX: u32 = 5;

pub(super) struct Worker {
    app: WeakApp,
    clicks: Arc<dyn Clicks>,
    progress: Arc<Progress>,
    backlog: Backlog,
    /// The last batch came back: the records are away, or one receipt fails.
    stalled: bool,
    growth: Growth,
}

impl Worker {
    pub fn new(app: &App, clicks: Arc<dyn Clicks>, progress: Arc<Progress>) -> Self {
        let (backlog, growth) = (Backlog::default(), Growth::default());
        Self { app: app.downgrade(), clicks, progress, backlog, stalled: false, growth }
    }

    pub async fn run(mut self, mut incoming: mpsc::Receiver<Waiting>) {
        let Some(app) = self.app.upgrade() else { return };
        let end = app.journal.ends().get(events::position::Lane::RECEIPTS);
        drop(app);
        self.recover(None, end, &mut incoming).await;
        self.progress.recovered();
        loop {
            if !self.backlog.is_empty() {
                self.work_off(&mut incoming).await;
                continue;
            }
            let Some(first) = incoming.recv().await else { return };
            let batch = gather(first, &mut incoming).await;
            self.decide(batch).await;
        }
    }

    /// Offers again what lies in the journal between the cursor (or `from`) and `end`. What comes in meanwhile came
    /// later, and is decided later.
    async fn recover(&mut self, from: Option<Position>, end: Position, incoming: &mut mpsc::Receiver<Waiting>) {
        let mut behind = mem::take(&mut self.backlog);
        self.offer_again(from, end, &mut behind, incoming).await;
        self.backlog.append(behind);
    }

    async fn offer_again(
        &mut self,
        from: Option<Position>,
        end: Position,
        behind: &mut Backlog,
        incoming: &mut mpsc::Receiver<Waiting>,
    ) {
        let mut from = from;
        loop {
            let Some(app) = self.app.upgrade() else { return };
            let start = match from {
                Some(from) => Ok(from),
                None => recover::cursor(&app.records).await,
            };
            let offered = match start {
                Ok(start) => recover::next_unknown(&app, start, end).await,
                Err(error) => Err(error),
            };
            drop(app);
            match offered {
                Ok(None) => return,
                Ok(Some((receipts, after))) => {
                    from = Some(after);
                    for waiting in receipts {
                        self.progress.offer(&waiting.receipt, waiting.position);
                        self.backlog.defer(waiting);
                    }
                    while !self.backlog.is_empty() && self.work_off_once().await {}
                }
                Err(error) => {
                    tracing::error!(
                        error = format!("{error:#}"),
                        "receipts of the journal cannot be offered again yet"
                    );
                    defer_for(RETRY_PAUSE, behind, incoming).await;
                }
            }
            if incoming.is_closed() && incoming.is_empty() {
                return;
            }
        }
    }

    /// Tries the backlog once; receipts that come meanwhile queue behind it.
    async fn work_off(&mut self, incoming: &mut mpsc::Receiver<Waiting>) {
        while let Ok(waiting) = incoming.try_recv() {
            self.backlog.defer(waiting);
        }
        if let Some(from) = self.backlog.take_overflow() {
            let Some(app) = self.app.upgrade() else { return };
            let end = app.journal.ends().get(events::position::Lane::RECEIPTS);
            drop(app);
            Box::pin(self.recover(Some(from), end, incoming)).await;
        } else if !self.work_off_once().await {
            defer_for(RETRY_PAUSE, &mut self.backlog, incoming).await;
        }
    }

    /// Decides the front of the backlog; false where it came back.
    async fn work_off_once(&mut self) -> bool {
        let batch = self.backlog.take(BATCH_MAX);
        self.decide(batch).await;
        !self.stalled
    }

    /// Decides a batch. Once the application has ended it is dropped: the journal keeps it for the next start.
    async fn decide(&mut self, batch: Vec<Waiting>) {
        let Some(app) = self.app.upgrade() else { return };
        self.stalled = false;
        match batch::decide(&app, &*self.clicks, &self.progress, &batch).await {
            Ok(answers) => {
                self.look_at_growth(&app, batch.len());
                self.answer(batch, answers);
            }
            Err(error) if records_are_away(&error) => {
                tracing::error!(error = format!("{error:#}"), receipts = batch.len(), "receipts wait for the records");
                self.put_back(batch);
            }
            Err(error) if batch.len() > 1 => {
                tracing::warn!(error = format!("{error:#}"), receipts = batch.len(), "a batch failed; one by one");
                self.decide_alone(&app, batch).await;
            }
            Err(error) => self.fail(batch, &error),
        }
    }

    async fn decide_alone(&mut self, app: &App, batch: Vec<Waiting>) {
        let mut batch = batch.into_iter();
        while let Some(waiting) = batch.next() {
            let one = vec![waiting];
            match batch::decide(app, &*self.clicks, &self.progress, &one).await {
                Ok(answers) => self.answer(one, answers),
                Err(error) if records_are_away(&error) => {
                    return self.put_back(one.into_iter().chain(batch).collect());
                }
                Err(error) => self.fail(one, &error),
            }
        }
    }

    fn look_at_growth(&mut self, app: &App, decided: usize) {
        if !self.growth.is_look_due(decided) {
            return;
        }
        let records = app.records.clone();
        tokio::spawn(async move {
            if let Err(error) = statistics::look(&records).await {
                tracing::warn!(%error, "the records' statistics stay as they were");
            }
        });
    }

    fn answer(&self, batch: Vec<Waiting>, answers: Vec<edge::receipt::ReceiptAnswer>) {
        for (waiting, answer) in batch.into_iter().zip(answers) {
            self.progress.decided(waiting.receipt.receipt_id, waiting.position);
            if let Some(sender) = waiting.answer {
                // A sender that has gone away does not need the answer.
                let _ = sender.send(answer);
            }
        }
    }

    fn put_back(&mut self, batch: Vec<Waiting>) {
        self.stalled = true;
        self.backlog.put_back(batch);
    }

    fn fail(&mut self, batch: Vec<Waiting>, error: &anyhow::Error) {
        for mut waiting in batch {
            let receipt = waiting.receipt.receipt_id;
            waiting.attempts += 1;
            tracing::error!(%receipt, attempts = waiting.attempts, error = format!("{error:#}"), "a receipt failed");
            if waiting.attempts < ATTEMPTS_MAX {
                self.put_back(vec![waiting]);
            } else {
                self.progress.set_aside(receipt);
            }
        }
    }
}

/// The first receipt and those that wait already or, where there are any, come within [`BATCH_WAIT`]: at most [`BATCH_MAX`].
async fn gather(first: Waiting, incoming: &mut mpsc::Receiver<Waiting>) -> Vec<Waiting> {
    let mut batch = vec![first];
    while batch.len() < BATCH_MAX {
        match incoming.try_recv() {
            Ok(waiting) => batch.push(waiting),
            Err(_) => break,
        }
    }
    let thick = batch.len() > 1;
    let deadline = Instant::now() + BATCH_WAIT;
    while thick && batch.len() < BATCH_MAX {
        match timeout_at(deadline, incoming.recv()).await {
            Ok(Some(waiting)) => batch.push(waiting),
            Ok(None) | Err(_) => break,
        }
    }
    batch
}

/// Waits, and has those who come meanwhile told that the verdict comes later.
async fn defer_for(pause: Duration, backlog: &mut Backlog, incoming: &mut mpsc::Receiver<Waiting>) {
    let over = sleep(pause);
    let mut over = std::pin::pin!(over);
    loop {
        tokio::select! {
            () = &mut over => return,
            waiting = incoming.recv() => match waiting {
                Some(waiting) => backlog.defer(waiting),
                None => return over.await,
            },
        }
    }
}

fn records_are_away(error: &anyhow::Error) -> bool {
    let of_records = |cause: &(dyn std::error::Error + 'static)| match cause.downcast_ref::<sea_orm::DbErr>() {
        Some(error) => is_unavailable(error),
        None => matches!(cause.downcast_ref(), Some(ledger::BookError::Store(error)) if is_unavailable(error)),
    };
    error.chain().any(of_records) || error.is::<batch::ClicksNotShipped>()
}
