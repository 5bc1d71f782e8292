//! An upload of one of the known kinds.

use axum::body::{Body, to_bytes};
use kernel::{Refusal, RefusalCode};

use super::{
    kinds::FileKind,
    pdf::{FILE_BYTES_MAX, NAME_CHARS_MAX},
};
use crate::platform::{Answer, body::optional_text};

/// A whole file of a known kind.
#[derive(Debug)]
pub struct Upload {
    /// How whoever sent it calls it.
    pub name: Option<String>,
    pub kind: FileKind,
    content: Vec<u8>,
}

impl Upload {
    /// Reads a body to its end, or refuses it: `body_too_large`, or a fault of `file`.
    pub async fn read(name: Option<&str>, body: Body) -> Answer<Self> {
        let broken = |_| Refusal::new(RefusalCode::BodyTooLarge, "the upload broke off, or is larger than 5 MiB");
        let content = to_bytes(body, FILE_BYTES_MAX).await.map_err(broken)?.to_vec();
        let unknown = || Refusal::field("file", "must be a whole PDF, PNG, JPG or XML file");
        let kind = FileKind::of(&content).ok_or_else(unknown)?;
        Ok(Self { name: optional_text("name", name, NAME_CHARS_MAX)?, kind, content })
    }

    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// BLAKE3 in hexadecimal.
    pub fn hash(&self) -> String {
        blake3::hash(&self.content).to_hex().to_string()
    }
}
