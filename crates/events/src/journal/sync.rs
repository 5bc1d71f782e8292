//! The thread that brings the clicks to the disk every interval.

use std::{
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use super::{
    lane::LaneState,
    options::{Counts, JournalError},
};

pub struct Syncer {
    sender: Option<mpsc::Sender<Arc<LaneState>>>,
    thread: Option<JoinHandle<()>>,
}

impl Syncer {
    pub fn start(interval: Duration, lanes: Vec<Arc<LaneState>>, counts: Arc<Counts>) -> Result<Self, JournalError> {
        let (sender, receiver) = mpsc::channel();
        let work = move || run(interval, lanes, &receiver, &counts);
        let thread = thread::Builder::new().name("journal-sync".into()).spawn(work)?;
        Ok(Self { sender: Some(sender), thread: Some(thread) })
    }

    /// Has the lane synced from now on.
    pub fn watch(&self, lane: Arc<LaneState>) {
        if let Some(sender) = &self.sender {
            sender.send(lane).expect("the thread lives as long as its sender");
        }
    }
}

impl Drop for Syncer {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the journal's sync thread panicked");
        }
    }
}

fn run(interval: Duration, mut lanes: Vec<Arc<LaneState>>, receiver: &mpsc::Receiver<Arc<LaneState>>, counts: &Counts) {
    loop {
        let message = receiver.recv_timeout(interval);
        match message {
            Ok(lane) if !lanes.iter().any(|known| Arc::ptr_eq(known, &lane)) => lanes.push(lane),
            Ok(_) => {}
            Err(ended) => {
                sync_all(&lanes, counts);
                if ended == RecvTimeoutError::Disconnected {
                    return;
                }
            }
        }
    }
}

fn sync_all(lanes: &[Arc<LaneState>], counts: &Counts) {
    for lane in lanes {
        if let Err(error) = lane.sync() {
            Counts::add(&counts.sync_failures, 1);
            tracing::error!(%error, lane = lane.lane().0, "the journal could not be brought to the disk");
        }
    }
}
