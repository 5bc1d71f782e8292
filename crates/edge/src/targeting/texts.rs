//! Sets and patterns of texts that are compared without regard to case, and without an allocation.

use std::{cmp::Ordering, str::Chars};

/// One letter as it is compared.
pub fn fold(letter: char) -> char {
    if letter.is_ascii() { letter.to_ascii_lowercase() } else { letter.to_lowercase().next().unwrap_or(letter) }
}

pub fn folded(text: &str) -> Box<str> {
    text.chars().map(fold).collect()
}

/// Compares a text that is folded already with one that is not.
fn compare(folded: &str, text: &str) -> Ordering {
    folded.chars().cmp(text.chars().map(fold))
}

/// Texts in order, so that one is found by halving.
#[derive(Debug)]
pub struct TextSet(Box<[Box<str>]>);

impl TextSet {
    pub fn of(texts: &[String]) -> Self {
        let mut all: Vec<Box<str>> = texts.iter().map(|text| folded(text)).collect();
        all.sort_unstable_by(|a, b| a.chars().cmp(b.chars()));
        all.dedup();
        Self(all.into_boxed_slice())
    }

    pub fn holds(&self, text: &str) -> bool {
        self.0.binary_search_by(|known| compare(known, text)).is_ok()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Anything,
    OneLetter,
    Letter(char),
}

/// Text with `*` for anything and `?` for one letter.
#[derive(Debug)]
pub struct Pattern(Box<[Piece]>);

impl Pattern {
    pub fn of(text: &str) -> Self {
        let mut pieces: Vec<Piece> = text.chars().map(piece).collect();
        pieces.dedup_by(|a, b| *a == Piece::Anything && *b == Piece::Anything);
        Self(pieces.into_boxed_slice())
    }

    /// An empty text, which is an unknown one, fits no pattern.
    pub fn fits(&self, text: &str) -> bool {
        !text.is_empty() && walk(&self.0, text)
    }
}

fn piece(letter: char) -> Piece {
    match letter {
        '*' => Piece::Anything,
        '?' => Piece::OneLetter,
        letter => Piece::Letter(fold(letter)),
    }
}

/// Goes back only to the last `*`, so that the work is at most the product of both lengths.
fn walk(pieces: &[Piece], text: &str) -> bool {
    let (mut at, mut rest) = (0, text.chars());
    let mut retry: Option<(usize, Chars<'_>)> = None;
    loop {
        let mut ahead = rest.clone();
        match (pieces.get(at), ahead.next()) {
            (Some(Piece::Anything), _) => {
                at += 1;
                retry = Some((at, rest.clone()));
            }
            (Some(piece), Some(letter)) if takes(*piece, letter) => {
                at += 1;
                rest = ahead;
            }
            (None, None) => return true,
            _ => {
                let Some((behind, from)) = &mut retry else { return false };
                if from.next().is_none() {
                    return false;
                }
                (at, rest) = (*behind, from.clone());
            }
        }
    }
}

fn takes(piece: Piece, letter: char) -> bool {
    match piece {
        Piece::Letter(wanted) => wanted == fold(letter),
        Piece::OneLetter | Piece::Anything => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_texts() {
        let check = |pattern: &str, text: &str, wanted: bool| {
            assert_eq!(Pattern::of(pattern).fits(text), wanted, "{pattern} {text}");
        };
        check("*.blog.example", "my.blog.example", true);
        check("*.blog.example", "blog.example", false);
        check("Site-??", "site-42", true);
        check("site-??", "site-421", false);
        check("*a*b*", "xxaxxbxx", true);
        check("*a*b", "ab ab a", false);
        check("**", "x", true);
        check("*", "", false);
        check("ŻÓŁ*", "żółw", true);
        check("a*aab", "aaaaab", true);
    }

    #[test]
    fn sets_disregard_case() {
        let set = TextSet::of(&["Warsaw".to_owned(), "ŁÓDŹ".to_owned(), String::new()]);
        assert!(set.holds("warsaw") && set.holds("Łódź") && set.holds(""));
        assert!(!set.holds("Warsa") && !set.holds("Lodz"));
    }
}
