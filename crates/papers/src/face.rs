//! The letters: Inter in two weights, shaped and measured as they are drawn.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Feature, UnicodeBuffer, ttf_parser::Tag};

const REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.ttf");
const SEMI_BOLD: &[u8] = include_bytes!("../fonts/Inter-SemiBold.ttf");
/// Stands for a letter that has neither a glyph nor a Latin spelling.
const NO_GLYPH: &str = "\u{25a1}";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    Regular,
    SemiBold,
}

/// Both weights, read once for a paper.
pub struct Faces {
    regular: Face,
    semi_bold: Face,
}

impl Faces {
    /// # Panics
    /// Never: the fonts are part of the program, and a test reads them.
    #[expect(clippy::new_without_default, reason = "it reads fonts, which nobody expects of a default")]
    pub fn new() -> Self {
        Self { regular: Face::read(REGULAR), semi_bold: Face::read(SEMI_BOLD) }
    }

    pub fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::SemiBold => &self.semi_bold,
        }
    }
}

/// A font of one weight.
pub struct Face {
    shaper: rustybuzz::Face<'static>,
    font: Font,
    units_per_em: f32,
}

/// A line of text with its glyphs.
#[derive(Clone, Debug)]
pub struct Shaped {
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    /// In points.
    pub width: f32,
}

impl Face {
    fn read(data: &'static [u8]) -> Self {
        let shaper = rustybuzz::Face::from_slice(data, 0).expect("the font is part of the program");
        let font = Font::new(data.into(), 0).expect("the font is part of the program");
        let units_per_em = shaper.units_per_em() as f32;
        Self { shaper, font, units_per_em }
    }

    pub fn font(&self) -> Font {
        self.font.clone()
    }

    /// Whether the font draws the letter.
    pub fn has(&self, letter: char) -> bool {
        self.shaper.glyph_index(letter).is_some()
    }

    /// The text in letters that the font has: others are said in Latin ones, marks of direction and control are left out.
    pub fn readable(&self, text: &str) -> String {
        let mut readable = String::with_capacity(text.len());
        for letter in text.chars() {
            if letter.is_control() {
                readable.push(' ');
            } else if self.has(letter) {
                readable.push(letter);
            } else if !is_unseen(letter) {
                readable.push_str(deunicode::deunicode_char(letter).unwrap_or(NO_GLYPH));
            }
        }
        readable
    }

    /// In points, at a size in points.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        self.shape(text, size).width
    }

    /// The glyphs of a line. All digits are equally wide, so that columns of amounts stand straight.
    pub fn shape(&self, text: &str, size: f32) -> Shaped {
        let text = self.readable(text);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(&self.shaper, &tabular(&text), buffer);
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let em = |units: i32| units as f32 / self.units_per_em;
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(info, position)| {
            let start = info.cluster as usize;
            let end = starts.iter().copied().filter(|&other| other > start).min().unwrap_or(text.len());
            let (advance, rise) = (em(position.x_advance), em(position.y_advance));
            let glyph = GlyphId::new(info.glyph_id);
            KrillaGlyph::new(glyph, advance, em(position.x_offset), em(position.y_offset), rise, start..end, None)
        });
        let glyphs: Vec<KrillaGlyph> = glyphs.collect();
        let width = glyphs.iter().map(|glyph| glyph.x_advance * size).sum();
        Shaped { text, glyphs, width }
    }
}

/// Digits as wide as each other, and nothing else: a hyphen as wide as a digit would tear words apart.
fn tabular(text: &str) -> Vec<Feature> {
    let digits = text.char_indices().filter(|(_, letter)| letter.is_ascii_digit());
    // The end is told as included and taken as excluded.
    digits.map(|(at, _)| Feature::new(Tag::from_bytes(b"tnum"), 1, at..=at + 1)).collect()
}

/// Joiners, marks of direction, choosers of variants.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_our_languages_has_a_glyph() {
        let letters = "AĄBCĆDEĘFGHIJKLŁMNŃOÓPQRSŚTUVWXYZŹŻaąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż\
            АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюяІіЇїЄєҐґ\
            ÄÖÜäöüßÀàÇçÉéÈèÊêÑñØøÅåŠšŽžČčŘřĚěŮůŐőŰűȘșȚțİıĞğ0123456789.,:;!?«»„”“’()[]%№§€£$₽₴₺–\u{2014}−…•\u{a0}\u{25a1}";
        let faces = Faces::new();
        for weight in [Weight::Regular, Weight::SemiBold] {
            let missing: String = letters.chars().filter(|&letter| !faces.of(weight).has(letter)).collect();
            assert_eq!(missing, "", "{weight:?}");
        }
    }

    #[test]
    fn a_name_in_other_letters_is_said_in_latin_ones() {
        let faces = Faces::new();
        let face = faces.of(Weight::Regular);
        assert_eq!(face.readable("北京 Ltd").trim(), "Bei Jing  Ltd");
        assert_eq!(face.readable("Zażółć\u{200b} gęślą\n"), "Zażółć gęślą ");
        assert!(face.readable("\u{1f600}").chars().all(|letter| face.has(letter)));
    }

    #[test]
    fn figures_are_equally_wide() {
        let faces = Faces::new();
        let face = faces.of(Weight::Regular);
        let widths: Vec<f32> = ('0'..='9').map(|digit| face.width(&digit.to_string(), 10.0)).collect();
        assert!(widths.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.001), "{widths:?}");
    }
}
