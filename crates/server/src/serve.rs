//! A server: listeners, the ticking of jobs, and an end in good order.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context as _;
use axum::{body::Body, http::Request};
use edge::{Server, ServerOptions, server::app_service};
use hyper::body::Incoming;
use tokio::{runtime::Handle, task::JoinHandle, time};
use tower::ServiceExt as _;

use crate::{Platform, control};

const JOB_TICK: Duration = Duration::from_millis(500);
/// How often the route table is looked at for changes, and the pause after writing it down.
const SNAPSHOT_LOOK: Duration = Duration::from_secs(1);
const SNAPSHOT_PAUSE: Duration = Duration::from_secs(30);
const RECORDS_RETRY: Duration = Duration::from_secs(5);
/// Jobs that may run one after another before the ticker rests.
const TICKS_IN_A_ROW_MAX: usize = 100;

/// A platform that listens.
pub struct Running {
    platform: Platform,
    server: Server,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Starts listening and, where `with_ticker`, running jobs by the platform's clock.
    pub async fn start(platform: Platform, with_ticker: bool) -> anyhow::Result<Self> {
        let options = ServerOptions::on(platform.listen_address());
        let router = platform.router().map_request(|request: Request<Incoming>| request.map(Body::new));
        let server = Server::start(options, platform.edge().clone(), app_service(router), Handle::current())?;
        let mut tasks = vec![control::listen(platform.clone())?];
        if with_ticker {
            tasks.push(tokio::spawn(run_jobs(platform.clone())));
            tasks.push(tokio::spawn(keep_snapshots(platform.clone())));
            tasks.push(tokio::spawn(app::postbacks::courier::run(platform.app().clone())));
            tasks.push(tokio::spawn(app::payouts::through_paypal::run(platform.app().clone())));
        }
        Ok(Self { platform, server, tasks })
    }

    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Lets requests under way finish, then closes.
    pub async fn stop(self) -> anyhow::Result<()> {
        let server = self.server;
        tokio::task::spawn_blocking(move || server.stop()).await.context("stop listening")?;
        self.tasks.iter().for_each(JoinHandle::abort);
        for task in self.tasks {
            // Ended as it was asked to: only then has it let go of the stores.
            let _ = task.await;
        }
        self.platform.close().await
    }
}

async fn run_jobs(platform: Platform) {
    loop {
        for _ in 0..TICKS_IN_A_ROW_MAX {
            match platform.tick().await {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(error = format!("{error:#}"), "jobs cannot run");
                    time::sleep(RECORDS_RETRY).await;
                    if let Err(error) = platform.recover_records().await {
                        tracing::error!(error = format!("{error:#}"), "records are still away");
                    }
                    break;
                }
            }
        }
        time::sleep(JOB_TICK).await;
    }
}

/// The first change after a quiet time is kept at once: a link made a moment ago outlives a crash without records.
async fn keep_snapshots(platform: Platform) {
    let mut looks = time::interval(SNAPSHOT_LOOK);
    looks.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        let platform = platform.clone();
        match tokio::task::spawn_blocking(move || platform.snapshot_routes()).await {
            Ok(Ok(true)) => time::sleep(SNAPSHOT_PAUSE).await,
            Ok(Err(error)) => {
                tracing::error!(error = format!("{error:#}"), "the route snapshot could not be written");
                time::sleep(SNAPSHOT_PAUSE).await;
            }
            Ok(Ok(false)) | Err(_) => {}
        }
    }
}

/// Resolves when the process is asked to end.
pub async fn asked_to_end() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).context("listen for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("listen for SIGINT")?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
