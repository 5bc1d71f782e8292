//! Load on loopback, by `wrk`: the same prepared requests for every server that is compared.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};

use super::Arguments;

/// What a run under load showed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    pub per_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
}

/// One thread makes the load, so that the server keeps a core of its own on a machine of two.
const THREADS: &str = "1";

/// Requests for the given paths in turn, with the headers of a real browser.
const SCRIPT: &str = r#"
local requests, at = {}, 0
local headers = {
  ["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
  ["Accept"] = "text/html,application/xhtml+xml",
  ["Accept-Language"] = "de-DE,de;q=0.9,en;q=0.8",
  ["Referer"] = "https://blog.example/review",
}
init = function(args)
  for path in io.lines(args[1]) do requests[#requests + 1] = wrk.format("GET", path, headers) end
end
request = function()
  at = at % #requests + 1
  return requests[at]
end
"#;

/// Writes the script and the paths into a folder, once for all runs.
pub fn prepare(folder: &Path, paths: &[String]) -> Result<()> {
    fs::write(folder.join("load.lua"), SCRIPT)?;
    fs::write(folder.join("paths"), paths.join("\n")).context("writing the paths")
}

/// Runs the load against a server on loopback.
pub fn run(folder: &Path, port: u16, seconds: u32, arguments: &Arguments) -> Result<Load> {
    let output = Command::new("wrk")
        .args(["--threads", THREADS, "--latency", "--script"])
        .arg(folder.join("load.lua"))
        .arg(format!("--connections={}", arguments.connections))
        .arg(format!("--duration={seconds}s"))
        .arg(format!("http://127.0.0.1:{port}/"))
        .arg("--")
        .arg(folder.join("paths"))
        .output()
        .context("starting wrk; `scripts/setup.sh bench` installs it")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "wrk failed: {text}{}", String::from_utf8_lossy(&output.stderr));
    ensure!(!text.contains("Non-2xx or 3xx") && !text.contains("Socket errors"), "requests failed: {text}");
    parse(&text).with_context(|| format!("wrk said: {text}"))
}

fn parse(text: &str) -> Option<Load> {
    let after = |label: &str| text.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
    Some(Load {
        per_second: after("Requests/sec:")?.parse().ok()?,
        p50_ms: milliseconds(after("50%")?)?,
        p99_ms: milliseconds(after("99%")?)?,
    })
}

fn milliseconds(text: &str) -> Option<f64> {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1_000.0)];
    units.iter().find_map(|(unit, factor)| text.strip_suffix(unit)?.parse::<f64>().ok().map(|value| value * factor))
}

/// The run with the median rate.
pub fn median(mut runs: Vec<Load>) -> Option<Load> {
    runs.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
    runs.get(runs.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_is_read() {
        let text = "  Latency Distribution\n     50%  632.00us\n     90%    1.02ms\n     99%    4.70ms\n\
                    Requests/sec:  98123.22\nTransfer/sec:     30.11MB\n";
        assert_eq!(parse(text), Some(Load { per_second: 98_123.22, p50_ms: 0.632, p99_ms: 4.7 }));
    }
}
