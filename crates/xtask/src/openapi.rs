//! Writes `openapi.json` from the built binary. A test in the server compares it with what is served.

use std::{
    fs,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::repo;

pub fn run() -> Result<()> {
    let output = Command::new(repo::binary()?)
        .arg("openapi")
        .stderr(Stdio::inherit())
        .output()
        .context("running tributary openapi")?;
    ensure!(output.status.success(), "tributary openapi failed");
    let path = repo::root().join("openapi.json");
    let old = fs::read(&path).unwrap_or_default();
    fs::write(&path, &output.stdout).context("writing openapi.json")?;
    eprintln!("openapi.json: {}", if old == output.stdout { "unchanged" } else { "written" });
    Ok(())
}
