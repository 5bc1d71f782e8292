//! Where the repository lies and what is in it.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// Folders that hold what was fetched or built.
const NOT_OURS: [&str; 3] = ["target", "node_modules", "dist"];
/// More files than this means that something generated is being read.
const FILES_MAX: usize = 20_000;

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("xtask lies two folders deep").to_owned()
}

/// The folder of built binaries, `CARGO_TARGET_DIR` honoured.
pub fn release_dir() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    root().join(target).join("release")
}

/// The program this repository builds, as an error that says how to build it where it is missing.
pub fn binary() -> Result<PathBuf> {
    let path = release_dir().join("tributary");
    anyhow::ensure!(path.exists(), "{} is not built; run `make build`", path.display());
    Ok(path)
}

/// Every file of ours under a folder of the repository, as paths from the root, in order.
pub fn files() -> Result<Vec<PathBuf>> {
    let root = root();
    let mut found = Vec::new();
    collect(&root, &root, &mut found)?;
    anyhow::ensure!(found.len() < FILES_MAX, "more than {FILES_MAX} files; is a built folder among them?");
    found.sort();
    Ok(found)
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let kind = entry.file_type()?;
        if kind.is_dir() && is_ours(&name) {
            collect(root, &entry.path(), found)?;
        } else if kind.is_file() {
            found.push(entry.path().strip_prefix(root)?.to_owned());
        }
    }
    Ok(())
}

fn is_ours(folder: &str) -> bool {
    let hidden = folder.starts_with('.') && ![".ci", ".cargo", ".config"].contains(&folder);
    !hidden && !NOT_OURS.contains(&folder)
}
