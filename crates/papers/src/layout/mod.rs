//! A paper in pages: what is drawn where, before anything is drawn.

mod closing;
mod head;
mod lines;
mod pen;

use crate::{face::Faces, paper::Paper, words};

use pen::{BOTTOM, LEFT, Pen, RIGHT, SMALL};
pub use pen::{Ink, Mark, Page, Text};

/// A4, in points.
pub const PAGE_WIDTH: f32 = 595.28;
pub const PAGE_HEIGHT: f32 = 841.89;

/// Breaks a paper into pages.
pub fn pages(paper: &Paper, faces: &Faces) -> Vec<Page> {
    let mut pen = Pen::new(faces);
    head::put(&mut pen, paper);
    lines::put(&mut pen, paper);
    closing::put(&mut pen, paper);
    let mut pages = pen.finish();
    number(&mut pages, paper, faces);
    pages
}

/// The title and the number on each page, once it is known how many there are.
fn number(pages: &mut [Page], paper: &Paper, faces: &Faces) {
    let common = words::common(paper.language);
    let count = pages.len();
    let name = pen::fitting(faces, &name(paper), SMALL, (RIGHT - LEFT) * 0.75);
    for (index, page) in pages.iter_mut().enumerate() {
        let of = common.page.replace("{page}", &(index + 1).to_string()).replace("{pages}", &count.to_string());
        page.text(faces, &name, LEFT, BOTTOM + 22.0, SMALL, Ink::Soft);
        page.text_right(faces, &of, RIGHT, BOTTOM + 22.0, SMALL, Ink::Soft);
    }
}

/// The title with its number, and whose it is.
pub fn name(paper: &Paper) -> String {
    let template = words::template(paper.kind, paper.language);
    match said_number(paper) {
        Some(number) => format!("{} {number}", template.title),
        None => format!("{}, {}", template.title, paper.seller.name),
    }
}

pub(crate) fn said_number(paper: &Paper) -> Option<String> {
    let common = words::common(paper.language);
    paper.number.as_ref().map(|number| common.number.replace("{number}", number))
}
