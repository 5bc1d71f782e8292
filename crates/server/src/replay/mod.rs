//! `tributary replay`: sends recorded traffic through the real doors of a running server.
//!
//! The times and addresses of a replay are accepted only with a key of the scope `replay:write`. One visitor's requests
//! stay in order (they go over one connection), so duplicates are judged as they were.

mod access_log;
mod csv_rows;
mod send;

use std::{
    fs::File,
    io::{BufRead, BufReader, Read as _},
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use flate2::read::MultiGzDecoder;
use kernel::Timestamp;

/// Longest line of a file that is read, in bytes.
const LINE_BYTES_MAX: u64 = 64 << 10;
/// Refused lines that are shown.
const REFUSED_SHOWN_MAX: usize = 5;

/// What to replay, and where.
#[derive(Clone, Debug, clap::Args)]
pub struct ReplayArguments {
    /// An access log (Combined Log Format) or a CSV of clicks or conversions; gzip is unpacked.
    pub file: PathBuf,
    /// Slug of the link that clicks go to.
    #[arg(long)]
    pub link: Option<String>,
    /// Address of the running server.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    pub url: String,
    /// Key with the scopes replay:write (clicks) and receipts:write (conversions).
    #[arg(long, env = "TRIBUTARY_API_KEY")]
    pub api_key: String,
    /// Requests under way at once.
    #[arg(long, default_value_t = 16)]
    pub connections: usize,
}

/// A click as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedClick {
    pub at: Timestamp,
    pub method: String,
    pub address: String,
    pub user_agent: String,
    pub referrer: String,
    pub query: Vec<(String, String)>,
}

/// One thing to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded {
    Click(RecordedClick),
    /// Fields of `POST /v1/receipts`.
    Conversion(Vec<(String, String)>),
}

/// What came of a replay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Outcome {
    pub sent: u64,
    pub accepted: u64,
    pub refused: u64,
    pub unreadable: u64,
}

/// Reads the file and sends all of it; prints progress on stderr.
pub async fn run(arguments: &ReplayArguments) -> anyhow::Result<Outcome> {
    let (mut recorded, unreadable) = read(&arguments.file)?;
    // Logs are written when a request ends; duplicates are judged by when it began.
    recorded.sort_by_key(|item| match item {
        Recorded::Click(click) => click.at.millis(),
        Recorded::Conversion(_) => i64::MAX,
    });
    let needs_link = recorded.iter().any(|item| matches!(item, Recorded::Click(_)));
    anyhow::ensure!(!needs_link || arguments.link.is_some(), "clicks need --link SLUG");
    let mut outcome = send::all(arguments, recorded).await?;
    outcome.unreadable = unreadable.len() as u64;
    for line in unreadable.iter().take(REFUSED_SHOWN_MAX) {
        eprintln!("unreadable: {line}");
    }
    Ok(outcome)
}

/// All items of a file and the lines that are none.
fn read(path: &Path) -> anyhow::Result<(Vec<Recorded>, Vec<String>)> {
    let mut reader = open(path).with_context(|| format!("open {}", path.display()))?;
    let is_csv = path.to_string_lossy().trim_end_matches(".gz").ends_with(".csv");
    if is_csv {
        return csv_rows::read(reader);
    }
    let (mut recorded, mut unreadable) = (Vec::new(), Vec::new());
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut line)? == 0 {
            return Ok((recorded, unreadable));
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\r', '\n']);
        match access_log::parse(text) {
            Some(click) => recorded.push(Recorded::Click(click)),
            None if text.trim().is_empty() => {}
            None => unreadable.push(text.chars().take(200).collect()),
        }
    }
}

fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
    let mut file = BufReader::new(File::open(path)?);
    let packed = file.fill_buf()?.starts_with(&GZIP_MAGIC);
    Ok(if packed { Box::new(BufReader::new(MultiGzDecoder::new(file))) } else { Box::new(file) })
}
