//! Keys of the installation and what is sealed with them.
//!
//! One master key lies in the data folder's `keys/` (0600), made at first start, or comes from the configuration. Every
//! other key is derived from it by name, so that a backup holds one file.

use std::{fs, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

use anyhow::{Context as _, ensure};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce, aead::Aead as _};
use kernel::Ambient;

const MASTER_FILE: &str = "master.key";
const NONCE_BYTES: usize = 24;

#[derive(Clone)]
pub struct Secrets {
    master: [u8; 32],
}

impl Secrets {
    pub fn from_master(master: [u8; 32]) -> Self {
        Self { master }
    }

    /// From 64 hexadecimal digits of the configuration.
    pub fn from_hex(text: &str) -> anyhow::Result<Self> {
        let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).context("read master_key")?;
        let master: Result<[u8; 32], _> = bytes.try_into();
        ensure!(master.is_ok(), "master_key is 64 hexadecimal digits");
        Ok(Self { master: master.expect("checked") })
    }

    /// Reads the master key of a data folder, or makes it.
    pub fn open(data: &Path, ambient: &Ambient) -> anyhow::Result<Self> {
        let path = data.join("keys").join(MASTER_FILE);
        if !path.exists() {
            create(&path, &ambient.random_bytes::<32>()).with_context(|| format!("make {}", path.display()))?;
        }
        let bytes = fs::read(&path).with_context(|| format!("read {}", path.display()))?;
        let master = bytes.try_into();
        ensure!(master.is_ok(), "{} is not 32 bytes long", path.display());
        Ok(Self { master: master.expect("checked") })
    }

    /// The key for one purpose; equal for equal purposes.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        blake3::derive_key(&format!("tributary 2026 {purpose}"), &self.master)
    }

    /// Encrypts a secret for the records.
    pub fn seal(&self, ambient: &Ambient, plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE_BYTES] = ambient.random_bytes();
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), plain).expect("memory holds a secret");
        [&nonce[..], &sealed].concat()
    }

    /// Decrypts what [`seal`](Self::seal) made; `None` where it was made with another key or altered.
    pub fn open_sealed(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, body) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        self.cipher().decrypt(&XNonce::from(*nonce), body).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derive("seal records").into())
    }
}

fn create(path: &Path, key: &[u8]) -> anyhow::Result<()> {
    fs::create_dir_all(path.parent().context("a key has a folder")?)?;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(key)?;
    file.sync_all()?;
    Ok(())
}

/// SHA-256 in hexadecimal: how tokens and API keys lie in the records.
pub fn token_hash(token: &str) -> String {
    use sha2::Digest as _;
    data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(token.as_bytes()))
}

/// A token of 256 random bits after `prefix`.
pub fn new_token(ambient: &Ambient, prefix: &str) -> String {
    format!("{prefix}{}", data_encoding::BASE64URL_NOPAD.encode(&ambient.random_bytes::<32>()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{ambient::SeededChance, time::SystemClock};
    use std::sync::Arc;

    #[test]
    fn a_sealed_secret_opens_only_unaltered() {
        let ambient = Ambient::new(Arc::new(SystemClock), Arc::new(SeededChance::from_number(1)));
        let secrets = Secrets::from_master([7; 32]);
        let mut sealed = secrets.seal(&ambient, b"JBSWY3DP");
        assert_eq!(secrets.open_sealed(&sealed).as_deref(), Some(&b"JBSWY3DP"[..]));
        assert_eq!(Secrets::from_master([8; 32]).open_sealed(&sealed), None);
        sealed[30] ^= 1;
        assert_eq!(secrets.open_sealed(&sealed), None);
    }
}
