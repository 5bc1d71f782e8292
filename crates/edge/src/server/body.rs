//! Bodies of answers: one block from a door, or what the app sends piece by piece.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::mpsc;

pub enum EdgeBody {
    Block(Bytes),
    /// Frames that the app's runtime makes.
    Stream(mpsc::Receiver<Frame<Bytes>>),
}

impl Body for EdgeBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.get_mut() {
            Self::Block(block) if block.is_empty() => Poll::Ready(None),
            Self::Block(block) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(block))))),
            Self::Stream(frames) => frames.poll_recv(context).map(|frame| frame.map(Ok)),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Block(block) if block.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Block(block) => SizeHint::with_exact(block.len() as u64),
            Self::Stream(_) => SizeHint::default(),
        }
    }
}
