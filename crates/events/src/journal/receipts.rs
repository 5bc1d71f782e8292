//! The receipts' lane: many senders, one thread, one fsync for all that came meanwhile.

use std::{io, thread};

use tokio::sync::{mpsc, oneshot};

use super::{
    frame,
    lane::LaneWriter,
    options::{JournalError, MAX_RECORD_BYTES},
};
use crate::{
    position::Position,
    record::{ReceiptRecord, Record},
};

/// Receipts that may wait for the thread; further senders wait their turn.
const QUEUE: usize = 4_096;
/// Receipts that one fsync serves.
const GROUP: usize = 1_024;
/// Bytes that one write takes, give or take one receipt.
const GROUP_BYTES: usize = 4 * MAX_RECORD_BYTES;

struct Waiting {
    frame: Vec<u8>,
    answer: oneshot::Sender<Result<Position, JournalError>>,
}

/// Writes receipts. Clones share one thread, which ends with the last of them.
#[derive(Clone)]
pub struct ReceiptLane(mpsc::Sender<Waiting>);

impl ReceiptLane {
    pub(super) fn start(writer: LaneWriter) -> Result<Self, JournalError> {
        let (sender, receiver) = mpsc::channel(QUEUE);
        thread::Builder::new().name("receipts".into()).spawn(move || run(writer, receiver))?;
        Ok(Self(sender))
    }

    /// Resolves when the receipt is on the disk, with the place after it.
    pub async fn append(&self, receipt: &ReceiptRecord) -> Result<Position, JournalError> {
        let record = Record::Receipt(receipt.clone());
        let mut frame = Vec::with_capacity(512);
        frame::append(&mut frame, |out| record.encode_into(out))?;
        let (answer, answered) = oneshot::channel();
        self.0.send(Waiting { frame, answer }).await.map_err(|_| JournalError::Closed)?;
        answered.await.map_err(|_| JournalError::Closed)?
    }
}

fn run(mut writer: LaneWriter, mut receiver: mpsc::Receiver<Waiting>) {
    let (mut bytes, mut ends, mut answers) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(first) = receiver.blocking_recv() {
        let mut next = Some(first);
        while let Some(waiting) = next {
            bytes.extend_from_slice(&waiting.frame);
            ends.push(bytes.len());
            answers.push(waiting.answer);
            let more = ends.len() < GROUP && bytes.len() < GROUP_BYTES;
            next = if more { receiver.try_recv().ok() } else { None };
        }
        let written = writer.write(&bytes).and_then(|end| writer.sync().map(|()| end));
        if written.is_err() {
            writer.count_unstored(ends.len() as u64);
        }
        for (answer, end) in answers.drain(..).zip(ends.drain(..)) {
            // A sender that has gone away does not need the answer.
            let _ = answer.send(place(&written, bytes.len() - end));
        }
        bytes.clear();
    }
}

fn place(written: &Result<Position, JournalError>, bytes_after: usize) -> Result<Position, JournalError> {
    match written {
        Ok(end) => Ok(Position { offset: end.offset - bytes_after as u32, ..*end }),
        Err(JournalError::Io(error)) => Err(io::Error::new(error.kind(), error.to_string()).into()),
        Err(_) => Err(JournalError::Full),
    }
}
