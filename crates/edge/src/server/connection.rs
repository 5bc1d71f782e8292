//! One connection: HTTP/1.1, kept alive, one request after another.

use std::{
    convert::Infallible,
    future::Future as _,
    future::poll_fn,
    net::IpAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::{doors, worker::Shared};

/// Request line and headers together, in bytes. Their number is hyper's own bound of 100, which costs no allocation.
const MAX_HEAD_BYTES: usize = 32 << 10;

/// What the sweep wants to know of a connection.
#[derive(Default)]
pub struct Activity {
    finished: AtomicU32,
    in_service: AtomicBool,
}

impl Activity {
    pub fn finished(&self) -> u32 {
        self.finished.load(Ordering::Relaxed)
    }

    pub fn in_service(&self) -> bool {
        self.in_service.load(Ordering::Relaxed)
    }

    fn begin(&self) {
        self.in_service.store(true, Ordering::Relaxed);
    }

    fn end(&self) {
        self.in_service.store(false, Ordering::Relaxed);
        // Only this connection's task counts.
        self.finished.store(self.finished().wrapping_add(1), Ordering::Relaxed);
    }
}

pub async fn serve(stream: TcpStream, peer: IpAddr, shared: Arc<Shared>, activity: Arc<Activity>) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection went away before it was served");
        return;
    }
    let service = service_fn(|request: Request<Incoming>| {
        let (shared, activity) = (&shared, &activity);
        async move {
            activity.begin();
            let response = doors::answer(shared, request, peer).await;
            activity.end();
            Ok::<_, Infallible>(response)
        }
    });
    let mut builder = http1::Builder::new();
    builder.max_buf_size(MAX_HEAD_BYTES).half_close(false);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let mut stop = pin!(shared.stop.notified());
    let (mut listens, mut told) = (false, false);
    let ended = poll_fn(|context| {
        if !listens {
            listens = true;
            let _ = stop.as_mut().poll(context);
        }
        if !told && shared.stopping.load(Ordering::Relaxed) {
            told = true;
            connection.as_mut().graceful_shutdown();
        }
        connection.as_mut().poll(context)
    });
    if let Err(error) = ended.await {
        tracing::debug!(%error, "a connection ended badly");
    }
}
