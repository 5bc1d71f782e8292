//! Redirects with everything on, beside nginx answering 302 and writing its access log; start-up and idle memory of
//! the same server.

use std::{
    path::Path,
    process::{Child, Command},
    time::Instant,
};

use anyhow::{Context, Result};

use super::{
    Arguments, Scratch,
    nginx::Nginx,
    served,
    table::Row,
    workload::build,
    wrk::{self, Load},
};
use crate::repo;

const RATIO_MIN: f64 = 0.8;
const P99_MS_MAX: f64 = 5.0;
const START_SECONDS_MAX: f64 = 3.0;
const IDLE_MB_MAX: f64 = 150.0;
/// Caches and connections settle before anything counts.
const WARM_UP_SECONDS: u32 = 2;
/// Different links that the load walks through.
const LINKS_ASKED: u32 = 10_000;
/// Of the links that are loaded, those with twenty targeting conditions each. The load meets all of them.
const TARGETED_LINKS: u32 = 2_000;
/// Smart links that are loaded beside them, with ten members each.
const SMART_LINKS: u32 = 100;

/// The edge with made-up links, a real journal and the geo tables: the example `redirects` of the `edge` crate.
struct Server {
    process: Child,
    port: u16,
    start_seconds: f64,
}

impl Server {
    fn start(folder: &Path, links: u32) -> Result<Self> {
        let started = Instant::now();
        let mut command = Command::new(repo::release_dir().join("examples/redirects"));
        let (links, targeted) = (links.to_string(), TARGETED_LINKS.min(links).to_string());
        command.args(["--port", "0", "--links", &links, "--targeted", &targeted, "--folder"]).arg(folder.join("data"));
        command.arg("--geo").arg(repo::root().join(".geo"));
        let (process, line) = served::start_and_read_line(&mut command)?;
        let start_seconds = started.elapsed().as_secs_f64();
        let port = line.trim().rsplit(':').next().and_then(|port| port.parse().ok());
        let port = port.with_context(|| format!("the server said: {line}"))?;
        Ok(Self { process, port, start_seconds })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        served::terminate(&mut self.process);
    }
}

/// Links without conditions, spread over all that are loaded, with a sub id as partners send one.
fn plain_paths(links: u32, count: u32) -> Vec<String> {
    let targeted = TARGETED_LINKS.min(links);
    let plain = (links - targeted).max(1);
    let step = (plain / count.max(1)).max(1);
    (0..count).map(|number| format!("/c/l{}?sub1=bench", targeted + number * step % plain)).collect()
}

/// Every link with conditions.
fn targeted_paths(links: u32) -> Vec<String> {
    (0..TARGETED_LINKS.min(links)).map(|number| format!("/c/t{number}?sub1=bench")).collect()
}

/// Smart links over ten links each, where there are so many.
fn smart_paths(links: u32) -> Vec<String> {
    let smart = SMART_LINKS.min((links - TARGETED_LINKS.min(links)) / 10);
    (0..smart).map(|number| format!("/c/s{number}?sub1=bench")).collect()
}

/// What the load walks through: every fifth click is on a link with conditions.
fn mixed_paths(links: u32) -> Vec<String> {
    let targeted = targeted_paths(links);
    let plain = plain_paths(links, LINKS_ASKED - TARGETED_LINKS);
    let share = plain.len() / targeted.len().max(1);
    let mut targeted = targeted.into_iter();
    plain.chunks(share.max(1)).flat_map(|some| some.iter().cloned().chain(targeted.next())).collect()
}

pub fn measure(arguments: &Arguments) -> Result<Vec<Row>> {
    build("redirects")?;
    let scratch = Scratch::new("redirect")?;
    // The first start makes the snapshot of the routes, the second finds it, as every later start does.
    drop(Server::start(&scratch.0, arguments.links)?);
    let server = Server::start(&scratch.0, arguments.links)?;
    let full_mb = served::resident_mb(&server.process)?;
    wrk::prepare(&scratch.0, &mixed_paths(arguments.links))?;
    let nginx = Nginx::start(&scratch.0)?;
    let (ours, theirs) = alternate(&scratch.0, &server, &nginx, arguments)?;
    let start = start_row(arguments, &server);
    let targeting = targeting_row(&scratch.0, &server, arguments)?;
    let smart = smart_row(&scratch.0, &server, arguments)?;
    drop((server, nginx));
    Ok(vec![
        rate_row(arguments, ours, theirs),
        latency_row(ours, theirs),
        targeting,
        smart,
        start,
        memory_row(arguments.links, full_mb),
        memory_row(0, idle_mb()?),
    ])
}

fn idle_mb() -> Result<f64> {
    let scratch = Scratch::new("idle")?;
    served::resident_mb(&Server::start(&scratch.0, 0)?.process)
}

fn alternate(folder: &Path, server: &Server, nginx: &Nginx, arguments: &Arguments) -> Result<(Load, Load)> {
    for port in [server.port, nginx.port] {
        wrk::run(folder, port, WARM_UP_SECONDS, arguments)?;
    }
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for round in 1..=arguments.rounds {
        let yardstick = wrk::run(folder, nginx.port, arguments.seconds, arguments)?;
        let measured = wrk::run(folder, server.port, arguments.seconds, arguments)?;
        eprintln!("bench: round {round}: nginx {:.0}/s, tributary {:.0}/s", yardstick.per_second, measured.per_second);
        theirs.push(yardstick);
        ours.push(measured);
    }
    let median = |runs| wrk::median(runs).context("at least one round is needed");
    Ok((median(ours)?, median(theirs)?))
}

fn rate_row(arguments: &Arguments, ours: Load, theirs: Load) -> Row {
    let ratio = ours.per_second / theirs.per_second;
    Row {
        what: format!(
            "redirects, {} links, {TARGETED_LINKS} with 20 conditions, {} connections",
            arguments.links, arguments.connections
        ),
        measured: format!("{:.0}/s, {ratio:.2} of nginx", ours.per_second),
        beside: format!("nginx 302 + access log {:.0}/s", theirs.per_second),
        promised: format!("at least {RATIO_MIN} of nginx"),
        held: Some(ratio >= RATIO_MIN),
        ..Row::default()
    }
}

/// What the step costs a click where every link has conditions.
fn targeting_row(folder: &Path, server: &Server, arguments: &Arguments) -> Result<Row> {
    let (plain, targeted) = side_by_side(folder, server, arguments, targeted_paths(arguments.links))?;
    Ok(Row {
        what: "step targeting, 20 conditions on every link".into(),
        measured: told(plain, targeted),
        beside: format!("without conditions {:.0}/s", plain.per_second),
        ..Row::default()
    })
}

/// What the choice costs a click where every address is a smart link's.
fn smart_row(folder: &Path, server: &Server, arguments: &Arguments) -> Result<Row> {
    let (plain, smart) = side_by_side(folder, server, arguments, smart_paths(arguments.links))?;
    Ok(Row {
        what: "choice of a smart link, 10 members each".into(),
        measured: told(plain, smart),
        beside: format!("plain links {:.0}/s", plain.per_second),
        ..Row::default()
    })
}

fn told(plain: Load, other: Load) -> String {
    let step_us = (1.0 / other.per_second - 1.0 / plain.per_second) * 1e6;
    format!("{:.0}/s, {step_us:.2} us a click", other.per_second)
}

/// The same server on plain links and on others, in turn.
fn side_by_side(folder: &Path, server: &Server, arguments: &Arguments, other: Vec<String>) -> Result<(Load, Load)> {
    let sides = [plain_paths(arguments.links, LINKS_ASKED), other];
    let mut runs = [Vec::new(), Vec::new()];
    for _ in 0..arguments.rounds {
        for (paths, runs) in sides.iter().zip(&mut runs) {
            wrk::prepare(folder, paths)?;
            runs.push(wrk::run(folder, server.port, arguments.seconds, arguments)?);
        }
    }
    let [plain, other] = runs.map(wrk::median);
    plain.zip(other).context("at least one round is needed")
}

fn latency_row(ours: Load, theirs: Load) -> Row {
    Row {
        what: "redirect latency under that load".into(),
        measured: format!("p50 {:.2} ms, p99 {:.2} ms", ours.p50_ms, ours.p99_ms),
        beside: format!("nginx p50 {:.2} ms, p99 {:.2} ms", theirs.p50_ms, theirs.p99_ms),
        promised: format!("p99 under {P99_MS_MAX} ms"),
        held: Some(ours.p99_ms < P99_MS_MAX),
        ..Row::default()
    }
}

fn start_row(arguments: &Arguments, server: &Server) -> Row {
    Row {
        what: format!("start with {} links", arguments.links),
        measured: format!("{:.2} s", server.start_seconds),
        promised: format!("under {START_SECONDS_MAX} s"),
        held: Some(server.start_seconds < START_SECONDS_MAX),
        ..Row::default()
    }
}

fn memory_row(links: u32, megabytes: f64) -> Row {
    let promised = links == 0;
    Row {
        what: format!("memory with {links} links, idle"),
        measured: format!("{megabytes:.0} MB"),
        promised: if promised { format!("under {IDLE_MB_MAX} MB") } else { String::new() },
        held: promised.then_some(megabytes < IDLE_MB_MAX),
        ..Row::default()
    }
}
