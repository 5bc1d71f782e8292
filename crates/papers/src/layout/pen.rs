//! Puts marks on pages, from the top down.

use crate::{
    face::{Faces, Shaped, Weight},
    wrap,
};

use super::{PAGE_HEIGHT, PAGE_WIDTH};

pub(super) const LEFT: f32 = 50.0;
pub(super) const RIGHT: f32 = PAGE_WIDTH - 50.0;
pub(super) const TOP: f32 = 54.0;
/// Below it stands the foot of the page.
pub(super) const BOTTOM: f32 = PAGE_HEIGHT - 64.0;

pub(super) const TITLE: f32 = 21.0;
pub(super) const TEXT: f32 = 9.0;
pub(super) const SMALL: f32 = 7.5;
/// From one line to the next, of the size of the letters.
pub(super) const LEADING: f32 = 1.4;
/// From the top of a line to where letters stand, of their size.
const ASCENT: f32 = 1.0;

/// How dark a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    Strong,
    Soft,
    Faint,
}

/// Words in one line.
#[derive(Clone, Debug)]
pub struct Text {
    pub x: f32,
    /// Where the letters stand.
    pub y: f32,
    pub size: f32,
    pub weight: Weight,
    pub ink: Ink,
    pub shaped: Shaped,
}

#[derive(Clone, Debug)]
pub enum Mark {
    Text(Text),
    /// A level line.
    Rule {
        x: f32,
        y: f32,
        width: f32,
        ink: Ink,
    },
}

#[derive(Clone, Debug, Default)]
pub struct Page {
    pub marks: Vec<Mark>,
}

impl Page {
    pub(super) fn put(&mut self, (x, y): (f32, f32), (size, weight, ink): Style, shaped: Shaped) {
        self.marks.push(Mark::Text(Text { x, y, size, weight, ink, shaped }));
    }

    pub(super) fn text(&mut self, faces: &Faces, text: &str, x: f32, y: f32, size: f32, ink: Ink) {
        let shaped = faces.of(Weight::Regular).shape(text, size);
        self.put((x, y), (size, Weight::Regular, ink), shaped);
    }

    pub(super) fn text_right(&mut self, faces: &Faces, text: &str, right: f32, y: f32, size: f32, ink: Ink) {
        let shaped = faces.of(Weight::Regular).shape(text, size);
        self.put((right - shaped.width, y), (size, Weight::Regular, ink), shaped);
    }

    pub(super) fn rule(&mut self, x: f32, y: f32, width: f32, ink: Ink) {
        self.marks.push(Mark::Rule { x, y, width, ink });
    }
}

/// Size, weight and ink of words.
pub(super) type Style = (f32, Weight, Ink);

/// A place between two verticals.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) x: f32,
    pub(super) width: f32,
}

pub(super) const WHOLE: Slot = Slot { x: LEFT, width: RIGHT - LEFT };

/// Words broken into the lines of a slot.
#[derive(Debug)]
pub(super) struct Block {
    slot: Slot,
    style: Style,
    lines: Vec<Shaped>,
    right: bool,
}

impl Block {
    pub(super) fn height(&self) -> f32 {
        self.lines.len() as f32 * self.style.0 * LEADING
    }

    /// The lines end at the right of the slot.
    pub(super) fn ending_right(self) -> Self {
        Self { right: true, ..self }
    }

    fn put(&self, page: &mut Page, top: f32) {
        let size = self.style.0;
        for (index, line) in self.lines.iter().enumerate() {
            let y = top + size * ASCENT + index as f32 * size * LEADING;
            let x = if self.right { self.slot.x + self.slot.width - line.width } else { self.slot.x };
            page.put((x, y), self.style, line.clone());
        }
    }
}

/// A name cut with an ellipsis to what fits in a width.
pub(super) fn fitting(faces: &Faces, text: &str, size: f32, width: f32) -> String {
    let face = faces.of(Weight::Regular);
    if face.width(text, size) <= width {
        return text.to_owned();
    }
    let mut kept: String = text.to_owned();
    while kept.pop().is_some() {
        let shorter = format!("{}…", kept.trim_end());
        if face.width(&shorter, size) <= width {
            return shorter;
        }
    }
    kept
}

pub(super) struct Pen<'a> {
    pub(super) faces: &'a Faces,
    pages: Vec<Page>,
    page: Page,
    /// How far down the page is full.
    pub(super) y: f32,
}

impl<'a> Pen<'a> {
    pub(super) fn new(faces: &'a Faces) -> Self {
        Self { faces, pages: Vec::new(), page: Page::default(), y: TOP }
    }

    pub(super) fn block(&self, text: &str, slot: Slot, style: Style) -> Block {
        let lines = wrap::lines(self.faces.of(style.1), text, style.0, slot.width);
        Block { slot, style, lines, right: false }
    }

    /// Puts a block at a height of its own.
    pub(super) fn put_at(&mut self, block: &Block, top: f32) {
        block.put(&mut self.page, top);
    }

    /// Puts a block below what is there, on the next page where it does not fit.
    pub(super) fn put(&mut self, block: &Block) {
        self.need(block.height());
        block.put(&mut self.page, self.y);
        self.y += block.height();
    }

    pub(super) fn gap(&mut self, height: f32) {
        self.y += height;
    }

    pub(super) fn rule_at(&mut self, slot: Slot, y: f32, ink: Ink) {
        self.page.rule(slot.x, y, slot.width, ink);
    }

    pub(super) fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    /// Turns the page unless so much room is left.
    pub(super) fn need(&mut self, height: f32) {
        if self.room() < height && self.y > TOP {
            self.turn();
        }
    }

    pub(super) fn turn(&mut self) {
        self.pages.push(std::mem::take(&mut self.page));
        self.y = TOP;
    }

    pub(super) fn finish(mut self) -> Vec<Page> {
        self.pages.push(self.page);
        self.pages
    }
}
