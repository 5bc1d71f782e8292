//! The table: its head on every page, rows never broken, the last of them beside the figures.

use crate::{
    face::Weight,
    paper::{Line, Paper},
    say,
    words::{self, Column, Template},
};

use super::{
    closing,
    pen::{BOTTOM, Block, Ink, LEFT, Pen, SMALL, Slot, Style, TEXT, TOP, WHOLE},
};

const PADDING: f32 = 5.0;
const GUTTER: f32 = 12.0;
/// How many rows go with the figures when these go to a page of their own.
const ROWS_WITH_FIGURES: usize = 2;
const HEAD: Style = (SMALL, Weight::Regular, Ink::Soft);
const CELL: Style = (TEXT, Weight::Regular, Ink::Strong);

/// Cells of a row, from left to right.
type Row = Vec<Block>;

pub(super) fn put(pen: &mut Pen<'_>, paper: &Paper) {
    let template = words::template(paper.kind, paper.language);
    if template.columns.is_empty() {
        return;
    }
    let slots = slots(pen, paper, template);
    let head = head(pen, paper, template, &slots);
    let rows = rows(pen, paper, template, &slots);
    let heights: Vec<f32> = rows.iter().map(height).collect();
    let rooms = (pen.room() - height(&head), BOTTOM - TOP - height(&head));
    let mut rest = rows.as_slice();
    for (index, count) in split(&heights, rooms, closing::figures_height(paper)).into_iter().enumerate() {
        if index > 0 {
            pen.turn();
        }
        let (these, later) = rest.split_at(count);
        rest = later;
        if !these.is_empty() {
            put_row(pen, &head, Ink::Strong);
        }
        these.iter().for_each(|row| put_row(pen, row, Ink::Faint));
    }
}

/// How many rows stand on each page, so that `tail` fits below the last of them.
fn split(heights: &[f32], (first, full): (f32, f32), tail: f32) -> Vec<usize> {
    let mut pages = vec![0_usize];
    let mut left = first;
    for &height in heights {
        let is_fresh = pages.len() > 1 && pages.last() == Some(&0);
        if height > left && !is_fresh {
            pages.push(0);
            left = full;
        }
        left -= height;
        if let Some(count) = pages.last_mut() {
            *count += 1;
        }
    }
    if left < tail {
        let last = pages.last_mut().expect("there is a page");
        let moved = ROWS_WITH_FIGURES.min(last.saturating_sub(1));
        *last -= moved;
        pages.push(moved);
    }
    pages
}

fn height(row: &Row) -> f32 {
    row.iter().map(Block::height).fold(0.0, f32::max) + 2.0 * PADDING
}

fn put_row(pen: &mut Pen<'_>, row: &Row, rule: Ink) {
    for cell in row {
        pen.put_at(cell, pen.y + PADDING);
    }
    pen.gap(height(row));
    pen.rule_at(WHOLE, pen.y, rule);
}

/// Columns of figures and dates are as wide as their widest cell; the text has the rest.
fn slots(pen: &Pen<'_>, paper: &Paper, template: &Template) -> Vec<Slot> {
    let widest = |named: &words::Named<Column>| {
        let face = pen.faces.of(Weight::Regular);
        let cells = paper.lines.iter().enumerate().map(|(index, line)| cell(paper, named.value, index, line));
        let cells = cells.map(|text| face.width(&text, TEXT)).fold(0.0, f32::max);
        cells.max(face.width(&column_head(paper, named), SMALL)) + GUTTER
    };
    let narrow: Vec<Option<f32>> =
        template.columns.iter().map(|named| (named.value != Column::Text).then(|| widest(named))).collect();
    let taken: f32 = narrow.iter().flatten().sum();
    let mut x = LEFT;
    let widths = narrow.into_iter().map(|width| width.unwrap_or(WHOLE.width - taken));
    let slots = widths.map(|width| {
        let slot = Slot { x, width };
        x += width;
        slot
    });
    slots.collect()
}

fn is_right(column: Column) -> bool {
    matches!(column, Column::Count | Column::Amount)
}

/// The slot without the gutter to its neighbour: left of figures, right of anything else.
fn inner(slot: Slot, column: Column) -> Slot {
    let x = if is_right(column) { slot.x + GUTTER } else { slot.x };
    Slot { x, width: slot.width - GUTTER }
}

fn block(pen: &Pen<'_>, text: &str, slot: Slot, column: Column, style: Style) -> Block {
    // A hair more than the widest cell, so that rounding never breaks an amount.
    let slot = inner(slot, column);
    let block = pen.block(text, Slot { x: slot.x - 0.1, width: slot.width + 0.1 }, style);
    if is_right(column) { block.ending_right() } else { block }
}

fn column_head(paper: &Paper, named: &words::Named<Column>) -> String {
    match named.value {
        Column::Amount => format!("{},\u{a0}{}", named.head, paper.currency),
        _ => named.head.clone(),
    }
}

fn head(pen: &Pen<'_>, paper: &Paper, template: &Template, slots: &[Slot]) -> Row {
    let named = template.columns.iter().zip(slots);
    named.map(|(named, &slot)| block(pen, &column_head(paper, named), slot, named.value, HEAD)).collect()
}

fn rows(pen: &Pen<'_>, paper: &Paper, template: &Template, slots: &[Slot]) -> Vec<Row> {
    if paper.lines.is_empty() {
        let nothing = &words::common(paper.language).nothing;
        return vec![vec![pen.block(nothing, WHOLE, (TEXT, Weight::Regular, Ink::Soft))]];
    }
    let row = |(index, line): (usize, &Line)| {
        let cells = template.columns.iter().zip(slots);
        cells
            .map(|(named, &slot)| block(pen, &cell(paper, named.value, index, line), slot, named.value, CELL))
            .collect()
    };
    paper.lines.iter().enumerate().map(row).collect()
}

fn cell(paper: &Paper, column: Column, index: usize, line: &Line) -> String {
    match column {
        Column::Row => (index + 1).to_string(),
        Column::Date => line.on.map(|day| say::short_day(day, paper.language)).unwrap_or_default(),
        Column::Text => text(paper, line),
        Column::Count => line.count.map(|count| say::count(count, paper.language)).unwrap_or_default(),
        Column::Amount => say::amount(line.minor, paper.currency, paper.language),
    }
}

fn text(paper: &Paper, line: &Line) -> String {
    let what = words::what(line.what, paper.language);
    match &line.detail {
        Some(detail) => format!("{what}: {detail}"),
        None => what.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn rows_go_to_the_next_page_and_the_figures_never_stand_alone() {
        let rows = |count: usize| vec![10.0; count];
        assert_eq!(split(&rows(3), (50.0, 100.0), 20.0), [3]);
        assert_eq!(split(&rows(4), (50.0, 100.0), 20.0), [2, 2], "two rows go with the figures");
        assert_eq!(split(&rows(5), (50.0, 100.0), 0.0), [5]);
        assert_eq!(split(&rows(15), (50.0, 100.0), 20.0), [5, 8, 2]);
        assert_eq!(split(&rows(16), (50.0, 100.0), 20.0), [5, 10, 1]);
        assert_eq!(split(&rows(1), (5.0, 100.0), 20.0), [0, 1], "no head without a row");
        assert_eq!(split(&rows(1), (10.0, 100.0), 20.0), [1, 0]);
    }

    #[test]
    fn a_row_higher_than_a_page_still_goes_on() {
        assert_eq!(split(&[200.0, 10.0], (50.0, 100.0), 20.0), [0, 1, 1]);
    }
}
