//! Where tests lay their files: in memory, where the machine has the room. Hundreds of databases that each wait for a
//! slow disk would make tests of patience out of tests of rules.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command},
};

/// A folder that Linux keeps in memory.
const IN_MEMORY: &str = "/dev/shm";
const ROOM_BYTES_MIN: u64 = 6 << 30;

/// A folder of this run's own, gone when dropped.
pub struct Scratch(PathBuf);

impl Scratch {
    /// None where somebody has chosen a folder already, or memory is short.
    pub fn make() -> Option<Self> {
        if env::var_os("TMPDIR").is_some() || room_bytes(Path::new(IN_MEMORY)) < ROOM_BYTES_MIN {
            return None;
        }
        let folder = Path::new(IN_MEMORY).join(format!("tributary-tests-{}", process::id()));
        fs::create_dir(&folder).ok()?;
        Some(Self(folder))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// None is left where nobody knows.
fn room_bytes(folder: &Path) -> u64 {
    let asked = Command::new("df").args(["--output=avail", "--block-size=1"]).arg(folder).output();
    let told = asked.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    told.lines().nth(1).and_then(|bytes| bytes.trim().parse().ok()).unwrap_or(0)
}
