//! Commands for the process that owns a data folder.
//!
//! `check`, `backup`, `explain`, `verify-plans` and `admin` ask a running server over a socket in the data folder; where none
//! runs they open the stores themselves. The socket lies in a folder only its owner can enter.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use anyhow::{Context as _, anyhow};
use serde::{Deserialize, Serialize};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{UnixListener, UnixStream},
};

use crate::{
    Platform,
    admin::{self, AdminCommand},
    backup, check,
    data_folder::control_socket,
    explain, verify_plans,
};

const REQUEST_BYTES_MAX: u64 = 64 << 10;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    Check,
    Backup {
        to: std::path::PathBuf,
    },
    Admin {
        admin: AdminCommand,
    },
    /// Why one click or conversion was decided as it was.
    Explain {
        id: String,
    },
    /// Everything decided again.
    ExplainAll,
    /// Every plan in force tried on all that happened.
    VerifyPlans,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    Done(serde_json::Value),
    Failed(String),
}

/// Carries a command out in this process.
pub async fn execute(platform: &Platform, command: Command) -> anyhow::Result<serde_json::Value> {
    match command {
        Command::Check => Ok(serde_json::to_value(check::run(platform).await)?),
        Command::Backup { to } => Ok(serde_json::to_value(backup::take(platform, &to).await?)?),
        Command::Admin { admin } => admin::run(platform, admin).await,
        Command::Explain { id } => explain::one(platform, &id).await,
        Command::ExplainAll => explain::all(platform).await,
        Command::VerifyPlans => verify_plans::all(platform).await,
    }
}

/// Listens for commands until the task is dropped.
pub fn listen(platform: Platform) -> anyhow::Result<tokio::task::JoinHandle<()>> {
    let path = control_socket(platform.data());
    // A socket left by a killed server: the lock on the folder says that nobody listens there.
    let _ = fs::remove_file(&path);
    let listener = UnixListener::bind(&path).with_context(|| format!("listen on {}", path.display()))?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
    Ok(tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let platform = platform.clone();
            tokio::spawn(async move {
                if let Err(error) = answer(&platform, stream).await {
                    tracing::warn!(error = format!("{error:#}"), "a command over the control socket failed");
                }
            });
        }
    }))
}

async fn answer(platform: &Platform, mut stream: UnixStream) -> anyhow::Result<()> {
    let mut line = String::new();
    BufReader::new((&mut stream).take(REQUEST_BYTES_MAX)).read_line(&mut line).await?;
    let command: Command = serde_json::from_str(&line).context("read a command")?;
    let reply = match execute(platform, command).await {
        Ok(value) => Reply::Done(value),
        Err(error) => Reply::Failed(format!("{error:#}")),
    };
    stream.write_all(&serde_json::to_vec(&reply)?).await?;
    Ok(stream.shutdown().await?)
}

/// Asks the server that owns `data`; `None` where none runs.
pub async fn ask(data: &Path, command: &Command) -> Option<anyhow::Result<serde_json::Value>> {
    let stream = UnixStream::connect(control_socket(data)).await.ok()?;
    Some(converse(stream, command).await)
}

async fn converse(mut stream: UnixStream, command: &Command) -> anyhow::Result<serde_json::Value> {
    let mut line = serde_json::to_vec(command)?;
    line.push(b'\n');
    stream.write_all(&line).await?;
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).await?;
    match serde_json::from_slice(&reply).context("the server ended before it answered")? {
        Reply::Done(value) => Ok(value),
        Reply::Failed(message) => Err(anyhow!(message)),
    }
}
