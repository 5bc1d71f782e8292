//! The listener: one single-threaded runtime per thread, all on one port through SO_REUSEPORT.
//!
//! A connection stays on its thread, so that a redirect touches nothing that another thread writes. Paths that are no
//! doors go to the app on the app's own runtime. Bounds on headers, bodies, connections and idle time are named here.

mod app;
mod body;
mod connection;
mod doors;
mod worker;

use std::{net::SocketAddr, sync::Arc, thread::JoinHandle, time::Duration};

use anyhow::Context as _;
use tokio::{runtime::Handle, sync::watch};

pub use app::{AppBody, AppService, app_service, no_app};

use crate::edge::Edge;

pub struct ServerOptions {
    /// Port 0 takes a free one; [`Server::address`] tells which.
    pub address: SocketAddr,
    /// How long requests in flight may take when the server stops.
    pub grace: Duration,
}

impl ServerOptions {
    pub fn on(address: SocketAddr) -> Self {
        Self { address, grace: Duration::from_secs(5) }
    }
}

/// A running server. Dropping it stops it without waiting.
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    threads: Vec<JoinHandle<()>>,
}

impl Server {
    /// Binds and serves on as many threads as `edge` has lanes for. `app` answers on `app_runtime` what is no door.
    pub fn start(
        options: ServerOptions,
        edge: Arc<Edge>,
        app: AppService,
        app_runtime: Handle,
    ) -> anyhow::Result<Self> {
        let (stop, stopping) = watch::channel(false);
        let mut server = Self { address: options.address, stop, threads: Vec::new() };
        for number in 1..=edge.threads() {
            let listener = worker::listen(server.address).with_context(|| format!("listen on {}", server.address))?;
            server.address = listener.local_addr()?;
            let worker = worker::Worker {
                lane: number,
                edge: edge.clone(),
                app: app::App::new(app.clone(), app_runtime.clone()),
                stopping: stopping.clone(),
                grace: options.grace,
            };
            server.threads.push(worker.spawn(listener)?);
        }
        Ok(server)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Accepts nothing more, lets requests in flight end (at most the grace), and waits for the threads. Blocks.
    pub fn stop(mut self) {
        self.stop.send_replace(true);
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a serving thread panicked");
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}
