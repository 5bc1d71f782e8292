//! Processes that serve on a loopback port: started, awaited, measured, ended.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

/// How long a process may take to serve.
const START_MAX: Duration = Duration::from_secs(120);
/// How long a process may take to end after it was asked to.
const END_MAX: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// A port that was free a moment ago.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

pub fn wait_for_port(port: u16) -> Result<()> {
    let started = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        ensure!(started.elapsed() < START_MAX, "port {port} is not served within {} s", START_MAX.as_secs());
        std::thread::park_timeout(LOOK_EVERY);
    }
    Ok(())
}

/// Starts a program that prints one line when it serves and ends with its input, and gives that line.
pub fn start_and_read_line(command: &mut Command) -> Result<(Child, String)> {
    let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("starting the server")?;
    let mut line = String::new();
    let output = process.stdout.as_mut().context("the server's output is piped")?;
    BufReader::new(output).read_line(&mut line)?;
    if line.is_empty() {
        bail!("the server ended before it served: {}", process.wait()?);
    }
    Ok((process, line))
}

/// Memory a process holds, in MB.
pub fn resident_mb(process: &Child) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{}/status", process.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1_024.0)
}

/// Asks a process to end, and makes it end when it does not.
pub fn terminate(process: &mut Child) {
    let asked = Command::new("kill").arg(process.id().to_string()).status();
    let started = Instant::now();
    while asked.is_ok() && started.elapsed() < END_MAX {
        if !matches!(process.try_wait(), Ok(None)) {
            return;
        }
        std::thread::park_timeout(LOOK_EVERY);
    }
    // It is gone already, or it is made to go; there is nobody to tell either way.
    let _ = process.kill();
    let _ = process.wait();
}
