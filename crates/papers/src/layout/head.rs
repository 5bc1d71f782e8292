//! The top of the first page: title, dates, who sells and who buys, what is said before the table.

use crate::{
    face::Weight,
    paper::{Paper, Party},
    say,
    words::{self, Fact, Template},
};

use super::{
    closing, pen,
    pen::{Block, Ink, LEFT, Pen, SMALL, Slot, TEXT, TITLE, WHOLE},
    said_number,
};

const FACT_MIN: f32 = 60.0;
const FACT_GUTTER: f32 = 28.0;
const FACT_GAP: f32 = 12.0;
const PARTY_NAME: f32 = 10.5;
const LABEL: pen::Style = (SMALL, Weight::Regular, Ink::Soft);
const PLAIN: pen::Style = (TEXT, Weight::Regular, Ink::Strong);

pub(super) fn put(pen: &mut Pen<'_>, paper: &Paper) {
    let template = words::template(paper.kind, paper.language);
    let title = pen.block(&template.title, WHOLE, (TITLE, Weight::SemiBold, Ink::Strong));
    pen.put(&title);
    pen.gap(2.0);
    let number = pen.block(&under_title(paper), WHOLE, (11.0, Weight::Regular, Ink::Soft));
    pen.put(&number);
    pen.gap(16.0);
    facts(pen, paper, template);
    parties(pen, paper, template);
    pen.gap(20.0);
    closing::paragraphs(pen, paper, &template.opening);
}

/// The number; `Draft` where the paper will have one, or nothing where it never does.
fn under_title(paper: &Paper) -> String {
    let has_numbers = !matches!(paper.kind, crate::Kind::Statement | crate::Kind::SelfBillingConsent);
    let draft = || has_numbers.then(|| words::common(paper.language).draft.clone());
    said_number(paper).or_else(draft).unwrap_or_default()
}

/// Side by side, each as wide as it is, on as many rows as they need.
fn facts(pen: &mut Pen<'_>, paper: &Paper, template: &Template) {
    let mut row: Vec<Vec<Block>> = Vec::new();
    let mut x = LEFT;
    for (head, value) in template.facts.iter().filter_map(|named| Some((&named.head, fact(paper, named.value)?))) {
        let face = pen.faces.of(Weight::Regular);
        let width = face.width(head, SMALL).max(face.width(&value, TEXT)).max(FACT_MIN) + 1.0;
        if x + width > LEFT + WHOLE.width && !row.is_empty() {
            beside(pen, &std::mem::take(&mut row));
            pen.gap(FACT_GAP);
            x = LEFT;
        }
        let slot = Slot { x, width: width.min(WHOLE.width) };
        row.push(vec![pen.block(head, slot, LABEL), pen.block(&value, slot, PLAIN)]);
        x += width + FACT_GUTTER;
    }
    beside(pen, &row);
    pen.gap(FACT_GAP);
}

fn fact(paper: &Paper, fact: Fact) -> Option<String> {
    let day = |day| say::day(day, paper.language);
    match fact {
        Fact::IssuedOn => Some(day(paper.issued_on)),
        Fact::SoldOn => paper.period.map(|(_, last)| day(last)),
        Fact::Period => paper.period.map(|(first, last)| {
            format!("{} – {}", say::short_day(first, paper.language), say::short_day(last, paper.language))
        }),
        Fact::DueOn => paper.due_on.map(day),
        Fact::Corrects => paper.corrects.clone(),
        Fact::Currency => Some(paper.currency.to_string()),
    }
}

fn parties(pen: &mut Pen<'_>, paper: &Paper, template: &Template) {
    pen.rule_at(WHOLE, pen.y, Ink::Faint);
    pen.gap(12.0);
    let half = WHOLE.width / 2.0;
    let left = Slot { x: LEFT, width: half - 16.0 };
    let right = Slot { x: LEFT + half, width: half };
    let columns = [
        party(pen, paper, &template.seller, &paper.seller, left),
        party(pen, paper, &template.buyer, &paper.buyer, right),
    ];
    beside(pen, &columns);
}

fn party(pen: &Pen<'_>, paper: &Paper, head: &str, party: &Party, slot: Slot) -> Vec<Block> {
    let words = &words::common(paper.language).party;
    let mut blocks =
        vec![pen.block(head, slot, LABEL), pen.block(&party.name, slot, (PARTY_NAME, Weight::SemiBold, Ink::Strong))];
    blocks.extend(party.address.iter().chain(&party.country).map(|line| pen.block(line, slot, PLAIN)));
    let named =
        [(&words.vat_id, &party.vat_id), (&words.tax_id, &party.tax_id), (&words.registration, &party.registration)];
    let said = named.into_iter().filter_map(|(head, value)| Some(format!("{head}: {}", value.as_ref()?)));
    blocks.extend(said.chain(party.email.clone()).map(|text| pen.block(&text, slot, PLAIN)));
    blocks
}

/// Columns of blocks that begin at the same height.
fn beside(pen: &mut Pen<'_>, columns: &[Vec<Block>]) {
    let height = |column: &Vec<Block>| column.iter().map(Block::height).sum::<f32>();
    let tallest = columns.iter().map(height).fold(0.0, f32::max);
    pen.need(tallest);
    for column in columns {
        let mut top = pen.y;
        for block in column {
            pen.put_at(block, top);
            top += block.height();
        }
    }
    pen.gap(tallest);
}
