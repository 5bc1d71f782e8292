//! A paper as PDF: text that can be selected, letters of two fonts of which only the used ones are kept.

use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule},
    surface::Surface,
};

use crate::{
    face::Faces,
    layout::{self, Ink, Mark, PAGE_HEIGHT, PAGE_WIDTH, Text},
    paper::{LINES_MAX, Paper},
};

const RULE: f32 = 0.6;

/// A paper that cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum NotDrawn {
    #[error("a paper has at most {LINES_MAX} lines, not {0}")]
    TooLong(usize),
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
}

/// The bytes of the paper's PDF; the same for the same paper.
///
/// # Errors
/// More lines than [`LINES_MAX`], or a paper that breaks a limit of PDF.
pub fn write(paper: &Paper) -> Result<Vec<u8>, NotDrawn> {
    if paper.lines.len() > LINES_MAX {
        return Err(NotDrawn::TooLong(paper.lines.len()));
    }
    let faces = Faces::new();
    let mut document = Document::new();
    document.set_metadata(metadata(paper));
    for laid in layout::pages(paper, &faces) {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).expect("A4 is a page");
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in &laid.marks {
            draw(&mut surface, mark, &faces);
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| NotDrawn::Pdf(format!("{error:?}")))
}

fn metadata(paper: &Paper) -> Metadata {
    let day = paper.issued_on;
    let year = u16::try_from(day.year()).unwrap_or_default();
    let created = DateTime::new(year).month(day.month().unsigned_abs()).day(day.day().unsigned_abs());
    Metadata::new()
        .title(layout::name(paper))
        .authors(vec![paper.buyer.name.clone()])
        .creator("Tributary".to_owned())
        .language(paper.language.code().to_owned())
        .creation_date(created)
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, faces: &Faces) {
    match mark {
        Mark::Text(text) => draw_text(surface, text, faces),
        Mark::Rule { x, y, width, ink } => {
            let mut path = PathBuilder::new();
            if let Some(bar) = Rect::from_xywh(*x, y - RULE / 2.0, *width, RULE) {
                path.push_rect(bar);
            }
            surface.set_fill(Some(fill(*ink)));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}

fn draw_text(surface: &mut Surface<'_>, text: &Text, faces: &Faces) {
    surface.set_fill(Some(fill(text.ink)));
    let start = Point::from_xy(text.x, text.y);
    let font = faces.of(text.weight).font();
    surface.draw_glyphs(start, &text.shaped.glyphs, font, &text.shaped.text, text.size, false);
}

fn fill(ink: Ink) -> Fill {
    let (red, green, blue) = match ink {
        Ink::Strong => (23, 27, 34),
        Ink::Soft => (94, 102, 115),
        Ink::Faint => (214, 218, 224),
    };
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}
