//! Lines of a text in a width.

use crate::face::{Face, Shaped};

/// Where a word may be broken beside blanks: after the mark.
const BREAKS_AFTER: [char; 4] = ['-', '/', '_', '@'];

/// The lines of a text that are no wider than `width`. A word too long for a line is cut.
pub fn lines(face: &Face, text: &str, size: f32, width: f32) -> Vec<Shaped> {
    let whole = face.shape(text.trim(), size);
    if whole.width <= width {
        return if whole.text.is_empty() { Vec::new() } else { vec![whole] };
    }
    let mut done = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let longer = format!("{line}{piece}");
        if face.width(longer.trim_end(), size) <= width {
            line = longer;
            continue;
        }
        if !line.trim().is_empty() {
            done.push(std::mem::take(&mut line));
        }
        line = piece.trim_start().to_owned();
        while face.width(line.trim_end(), size) > width {
            let kept = fitting(face, &line, size, width);
            let rest = line.split_off(kept);
            done.push(std::mem::replace(&mut line, rest));
        }
    }
    if !line.trim().is_empty() {
        done.push(line);
    }
    done.iter().map(|line| face.shape(line.trim(), size)).collect()
}

/// How many bytes of a long word fit, one letter at least.
fn fitting(face: &Face, word: &str, size: f32, width: f32) -> usize {
    let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let mut kept = 0;
    for end in ends {
        if kept > 0 && face.width(&word[..end], size) > width {
            break;
        }
        kept = end;
    }
    kept
}

/// Words with the blanks that follow them; a no-break space breaks nothing.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut may_break = false;
    for (at, letter) in text.char_indices() {
        let is_blank = letter.is_ascii_whitespace();
        if may_break && !is_blank {
            pieces.push(&text[start..at]);
            (start, may_break) = (at, false);
        }
        may_break |= is_blank || BREAKS_AFTER.contains(&letter);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::{Faces, Weight};

    #[test]
    fn no_line_is_wider_and_no_letter_is_lost() {
        let faces = Faces::new();
        let face = faces.of(Weight::Regular);
        let texts = [
            "Towarzystwo Ubezpieczeń Wzajemnych \"Złota Jesień\" Spółka z ograniczoną odpowiedzialnością sp.k.",
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
            "https://example.com/a-very-long/address_of/something",
            "Щ",
        ];
        for text in texts {
            let wrapped = lines(face, text, 9.0, 120.0);
            assert!(wrapped.iter().all(|line| line.width <= 120.0), "{text}");
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let joined: String = wrapped.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(letters(&joined), letters(text));
        }
        assert!(lines(face, "  ", 9.0, 120.0).is_empty());
    }

    #[test]
    fn an_amount_is_never_broken() {
        let faces = Faces::new();
        let wrapped = lines(faces.of(Weight::Regular), "to pay 12\u{a0}345,60\u{a0}EUR", 9.0, 70.0);
        let texts: Vec<_> = wrapped.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["to pay", "12\u{a0}345,60\u{a0}EUR"]);
    }
}
