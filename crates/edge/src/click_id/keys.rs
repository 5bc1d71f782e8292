//! The keys behind the MAC of click ids: up to 16, each with its number, in `click.keys` (0600).
//!
//! The highest number signs; older ones still vouch for the clicks they signed. One line per key: number and 64 hex digits.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use kernel::{Ambient, Id, id::Click};

use super::{MAC_BITS, MAC_MASK, mac};

const FILE: &str = "click.keys";
/// Key numbers have four bits.
const MAX_KEYS: usize = 16;

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: io::Error },
    #[error("{0}: no readable keys; restore the file from a backup, or remove it to give up all earlier click ids")]
    Unreadable(PathBuf),
    #[error("all {MAX_KEYS} key numbers are used")]
    Exhausted,
}

impl KeyError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}

pub struct ClickKeys {
    keys: [Option<[u8; 32]>; MAX_KEYS],
    current: usize,
}

impl ClickKeys {
    pub fn open_or_create(folder: &Path, ambient: &Ambient) -> Result<Self, KeyError> {
        let path = folder.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text).ok_or(KeyError::Unreadable(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(folder).map_err(KeyError::io(folder))?;
                let keys = Self::parse(&line(0, &ambient.random_bytes())).expect("a fresh key is well-formed");
                keys.save(&path)?;
                Ok(keys)
            }
            Err(error) => Err(KeyError::io(&path)(error)),
        }
    }

    /// Adds a key that signs from the next start on.
    pub fn rotate(folder: &Path, ambient: &Ambient) -> Result<(), KeyError> {
        let mut keys = Self::open_or_create(folder, ambient)?;
        let next = keys.keys.iter().position(Option::is_none).ok_or(KeyError::Exhausted)?;
        keys.keys[next] = Some(ambient.random_bytes());
        keys.save(&folder.join(FILE))
    }

    /// Whether the MAC of `id` is ours: true for every id that was drawn, false for an invented one.
    pub fn vouches_for(&self, id: Id<Click>) -> bool {
        let unsigned = id.as_u128() >> MAC_BITS;
        let key = self.keys[(unsigned >> 36 & 15) as usize].as_ref();
        key.is_some_and(|key| mac(key, unsigned) ^ (id.as_u128() & MAC_MASK) == 0)
    }

    pub(super) fn current(&self) -> (u8, &[u8; 32]) {
        (self.current as u8, self.keys[self.current].as_ref().expect("the current key is present"))
    }

    /// A key for another purpose, derived from the first one, so that rotation does not change it.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let first = self.keys.iter().flatten().next().expect("there is always a key");
        blake3::derive_key(purpose, first)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut keys = [None; MAX_KEYS];
        for line in text.lines() {
            let (number, digits) = line.split_once(' ')?;
            *keys.get_mut(number.parse::<usize>().ok()?)? = Some(unhex(digits)?);
        }
        let current = keys.iter().rposition(Option::is_some)?;
        Some(Self { keys, current })
    }

    fn save(&self, path: &Path) -> Result<(), KeyError> {
        let lines = self.keys.iter().enumerate();
        let text: String = lines.filter_map(|(number, key)| key.as_ref().map(|key| line(number, key))).collect();
        write_private(path, text.as_bytes()).map_err(KeyError::io(path))
    }
}

fn line(number: usize, key: &[u8; 32]) -> String {
    let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{number} {digits}\n")
}

fn unhex(digits: &str) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    if digits.len() != 64 || !digits.is_ascii() {
        return None;
    }
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(key)
}

/// Writes beside and renames over, readable by the owner alone.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}
