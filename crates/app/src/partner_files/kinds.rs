//! The kinds of files that partners hand in, known by their first and last bytes.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::pdf;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Pdf,
    Png,
    Jpg,
    /// A structured invoice, in UTF-8.
    Xml,
}

const PNG_BEGINNING: &[u8] = b"\x89PNG\r\n\x1a\n";
const PNG_END: &[u8] = b"IEND\xaeB`\x82";
const JPG_BEGINNING: &[u8] = b"\xff\xd8\xff";
const JPG_END: &[u8] = b"\xff\xd9";
const UTF8_MARK: char = '\u{feff}';
/// Declarations that make readers of XML fetch or blow up something else.
const XML_FORBIDDEN: [&str; 2] = ["<!DOCTYPE", "<!ENTITY"];

impl FileKind {
    /// What whole file this is, if it is one.
    pub fn of(content: &[u8]) -> Option<Self> {
        let between = |begins, ends| content.starts_with(begins) && content.ends_with(ends);
        if pdf::is_whole(content) {
            Some(Self::Pdf)
        } else if between(PNG_BEGINNING, PNG_END) {
            Some(Self::Png)
        } else if between(JPG_BEGINNING, JPG_END) {
            Some(Self::Jpg)
        } else {
            std::str::from_utf8(content).is_ok_and(is_xml).then_some(Self::Xml)
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpg => "image/jpeg",
            Self::Xml => "application/xml",
        }
    }

    /// How names of such files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpg => "jpg",
            Self::Xml => "xml",
        }
    }
}

fn is_xml(text: &str) -> bool {
    let text = text.strip_prefix(UTF8_MARK).unwrap_or(text).trim();
    let upper = text.to_ascii_uppercase();
    text.starts_with("<?xml") && text.ends_with('>') && !XML_FORBIDDEN.iter().any(|word| upper.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_both_its_ends() {
        assert_eq!(FileKind::of(b"%PDF-1.7\n%%EOF\n"), Some(FileKind::Pdf));
        assert_eq!(FileKind::of(b"\x89PNG\r\n\x1a\nxxIEND\xaeB`\x82"), Some(FileKind::Png));
        assert_eq!(FileKind::of(b"\xff\xd8\xff\xe0xx\xff\xd9"), Some(FileKind::Jpg));
        assert_eq!(FileKind::of("\u{feff}<?xml version=\"1.0\"?>\n<Faktura/>\n".as_bytes()), Some(FileKind::Xml));
        assert_eq!(FileKind::of(b"\x89PNG\r\n\x1a\ncut off"), None);
        assert_eq!(FileKind::of(b"<html></html>"), None);
        assert_eq!(FileKind::of(b"<?xml version=\"1.0\"?><!doctype a [<!ENTITY b \"c\">]><a/>"), None);
        assert_eq!(FileKind::of(b""), None);
    }
}
