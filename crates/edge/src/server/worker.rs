//! One serving thread: its runtime, its listener, its connections.

use std::{
    io,
    net::{SocketAddr, TcpListener as StdListener},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use socket2::{Domain, Protocol, Socket, Type};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Notify, watch},
    task::AbortHandle,
    time::MissedTickBehavior,
};

use super::{
    app::App,
    connection::{self, Activity},
};
use crate::edge::Edge;

/// Connections that one thread keeps; further ones are closed at once.
const MAX_CONNECTIONS: usize = 16_384;
/// Connections that the kernel keeps before we accept them.
const BACKLOG: i32 = 4_096;
/// How often idle connections are looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(5);
/// Sweeps without a finished request after which a connection is closed: 30 s.
const IDLE_SWEEPS: u32 = 6;
/// Waits after a failed accept, so that a lack of descriptors does not spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

pub struct Worker {
    pub lane: u16,
    pub edge: Arc<Edge>,
    pub app: App,
    pub stopping: watch::Receiver<bool>,
    pub grace: Duration,
}

/// What all connections of a thread share.
pub struct Shared {
    pub lane: u16,
    pub edge: Arc<Edge>,
    pub app: App,
    pub stopping: AtomicBool,
    pub stop: Notify,
}

struct Open {
    task: AbortHandle,
    activity: Arc<Activity>,
    seen: u32,
    idle_sweeps: u32,
}

pub fn listen(address: SocketAddr) -> io::Result<StdListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    socket.set_reuse_port(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

impl Worker {
    pub fn spawn(self, listener: StdListener) -> anyhow::Result<thread::JoinHandle<()>> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let name = format!("edge-{}", self.lane);
        let run = move || runtime.block_on(async { self.run(TcpListener::from_std(listener)).await });
        Ok(thread::Builder::new().name(name).spawn(run)?)
    }

    async fn run(self, listener: io::Result<TcpListener>) {
        let listener = match listener {
            Ok(listener) => listener,
            Err(error) => return tracing::error!(%error, "a serving thread has no listener"),
        };
        let flush_edge = self.edge.clone();
        let flushing = tokio::spawn(async move { flush_edge.lane(self.lane).flush_turns().await });
        let shared = Arc::new(Shared {
            lane: self.lane,
            edge: self.edge,
            app: self.app,
            stopping: AtomicBool::new(false),
            stop: Notify::new(),
        });
        let mut open = accept_until(listener, &shared, self.stopping).await;
        shared.stopping.store(true, Ordering::Release);
        shared.stop.notify_waiters();
        wait_for(&mut open, self.grace).await;
        flushing.abort();
    }
}

async fn accept_until(listener: TcpListener, shared: &Arc<Shared>, mut stopping: watch::Receiver<bool>) -> Vec<Open> {
    let mut open = Vec::new();
    let mut sweep = tokio::time::interval(SWEEP_EVERY);
    sweep.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return open,
            _ = sweep.tick() => close_idle(&mut open, shared),
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => admit(&mut open, shared, stream, peer),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }
}

fn admit(open: &mut Vec<Open>, shared: &Arc<Shared>, stream: TcpStream, peer: SocketAddr) {
    if open.len() >= MAX_CONNECTIONS {
        close_idle(open, shared);
    }
    if open.len() >= MAX_CONNECTIONS {
        shared.edge.counters().connections_refused.add(1);
        return;
    }
    shared.edge.counters().connections_opened.add(1);
    let activity = Arc::new(Activity::default());
    let serving = connection::serve(stream, peer.ip(), shared.clone(), activity.clone());
    let task = tokio::spawn(serving).abort_handle();
    open.push(Open { task, activity, seen: 0, idle_sweeps: 0 });
}

/// Forgets ended connections and closes those that finished no request for long. One in service is left alone.
fn close_idle(open: &mut Vec<Open>, shared: &Shared) {
    open.retain_mut(|connection| {
        let finished = connection.activity.finished();
        let quiet = finished == connection.seen && !connection.activity.in_service();
        connection.idle_sweeps = if quiet { connection.idle_sweeps + 1 } else { 0 };
        connection.seen = finished;
        if connection.idle_sweeps >= IDLE_SWEEPS {
            connection.task.abort();
            shared.edge.counters().connections_idle_closed.add(1);
        }
        !connection.task.is_finished() && connection.idle_sweeps < IDLE_SWEEPS
    });
}

async fn wait_for(open: &mut Vec<Open>, grace: Duration) {
    const LOOK_EVERY: Duration = Duration::from_millis(10);
    let ended = async {
        while !open.is_empty() {
            tokio::time::sleep(LOOK_EVERY).await;
            open.retain(|connection| !connection.task.is_finished());
        }
    };
    if tokio::time::timeout(grace, ended).await.is_err() {
        open.iter().for_each(|connection| connection.task.abort());
    }
}
