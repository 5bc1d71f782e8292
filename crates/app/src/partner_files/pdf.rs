//! An upload that is to be a PDF.

use axum::body::{Body, to_bytes};
use kernel::{Refusal, RefusalCode};

use crate::platform::{Answer, body::optional_text};

/// Largest file, in bytes.
pub const FILE_BYTES_MAX: usize = 5 << 20;
pub(super) const NAME_CHARS_MAX: usize = 120;
/// Readers look for the mark of the end in so many last bytes.
const END_BYTES: usize = 1_024;
const BEGINNINGS: [&[u8]; 2] = [b"%PDF-1.", b"%PDF-2."];
const END: &[u8] = b"%%EOF";

/// A file that is a PDF by its first and last bytes.
#[derive(Debug)]
pub struct Pdf {
    /// How whoever sent it calls it.
    pub name: Option<String>,
    content: Vec<u8>,
}

impl Pdf {
    /// Reads a body to its end, or refuses it: `body_too_large`, or a fault of `file`.
    pub async fn read(name: Option<&str>, body: Body) -> Answer<Self> {
        let broken = |_| Refusal::new(RefusalCode::BodyTooLarge, "the upload broke off, or is larger than 5 MiB");
        let content = to_bytes(body, FILE_BYTES_MAX).await.map_err(broken)?;
        Ok(Self::checked(name, content.to_vec())?)
    }

    fn checked(name: Option<&str>, content: Vec<u8>) -> Result<Self, Refusal> {
        if !is_whole(&content) {
            return Err(Refusal::field("file", "must be a whole PDF"));
        }
        Ok(Self { name: optional_text("name", name, NAME_CHARS_MAX)?, content })
    }

    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// BLAKE3 in hexadecimal: the same file is known again by it.
    pub fn hash(&self) -> String {
        blake3::hash(&self.content).to_hex().to_string()
    }
}

/// Whether it begins and ends as a PDF does.
pub fn is_whole(content: &[u8]) -> bool {
    let tail = &content[content.len().saturating_sub(END_BYTES)..];
    let begins = BEGINNINGS.iter().any(|beginning| content.starts_with(beginning));
    begins && tail.windows(END.len()).any(|window| window == END)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_is_known_by_both_its_ends() {
        let is_taken = |content: &[u8]| Pdf::checked(None, content.to_vec()).is_ok();
        assert!(is_taken(b"%PDF-1.7\n1 0 obj\n%%EOF\n"));
        assert!(is_taken(b"%PDF-2.0\n%%EOF"));
        assert!(!is_taken(b"%PDF-1.7\ncut off in the middle"));
        assert!(!is_taken(b"<html>%PDF-1.7 %%EOF</html>"));
        assert!(!is_taken(b""));
        let long_after = [b"%PDF-1.7\n%%EOF".as_slice(), &[b' '; 2_000]].concat();
        assert!(!is_taken(&long_after), "what follows the end is something else");
    }

    #[test]
    fn a_name_is_short_and_plain() {
        let named = |name: &str| Pdf::checked(Some(name), b"%PDF-1.7 %%EOF".to_vec()).map(|pdf| pdf.name);
        assert_eq!(named(" W-9.pdf ").ok(), Some(Some("W-9.pdf".to_owned())));
        assert_eq!(named(" ").ok(), Some(None));
        assert!(named("a\nb.pdf").is_err() && named(&"x".repeat(121)).is_err());
    }
}
