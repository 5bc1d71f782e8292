//! Below the table: the figures, what the law asks to be said, notes, lines to sign on.

use crate::{
    face::Weight,
    figures::{Figure, Vat},
    paper::Paper,
    say,
    words::{self, Named, TaxWords, Template},
};

use super::pen::{Ink, LEFT, Pen, RIGHT, SMALL, Slot, Style, TEXT, WHOLE};

const FIGURES_WIDTH: f32 = 270.0;
const FIGURE_ROW: f32 = 18.0;
const MAIN_FIGURE: f32 = 11.0;
const SIGNATURE_ROOM: f32 = 86.0;
const PARAGRAPH_GAP: f32 = 6.0;

pub(super) fn put(pen: &mut Pen<'_>, paper: &Paper) {
    let template = words::template(paper.kind, paper.language);
    figures(pen, paper, template);
    pen.gap(18.0);
    let said = tax_notes(paper).into_iter().chain(template.closing.iter().cloned());
    let said: Vec<String> = said.collect();
    paragraphs(pen, paper, &said);
    for note in &paper.notes {
        paragraph(pen, note);
    }
    signatures(pen, template);
}

/// What the figures need below the last row.
pub(super) fn figures_height(paper: &Paper) -> f32 {
    let template = words::template(paper.kind, paper.language);
    shown(paper, template).len() as f32 * FIGURE_ROW + 16.0
}

fn shown<'a>(paper: &Paper, template: &'a Template) -> Vec<(&'a Named<Figure>, i64)> {
    template.figures.iter().filter_map(|named| Some((named, paper.figures.get(named.value)?))).collect()
}

fn figures(pen: &mut Pen<'_>, paper: &Paper, template: &Template) {
    let shown = shown(paper, template);
    if shown.is_empty() {
        return;
    }
    pen.need(figures_height(paper));
    pen.gap(10.0);
    for (named, minor) in shown {
        let is_main = template.main_figure == Some(named.value);
        figure(pen, &figure_head(paper, named), &say::money(minor, paper.currency, paper.language), is_main);
    }
}

fn figure(pen: &mut Pen<'_>, head: &str, amount: &str, is_main: bool) {
    let style: Style = match is_main {
        true => (MAIN_FIGURE, Weight::SemiBold, Ink::Strong),
        false => (TEXT, Weight::Regular, Ink::Strong),
    };
    let whole = Slot { x: RIGHT - FIGURES_WIDTH, width: FIGURES_WIDTH };
    let amount = pen.block(amount, whole, style).ending_right();
    let head = pen.block(head, Slot { width: FIGURES_WIDTH * 0.6, ..whole }, style);
    if is_main {
        pen.rule_at(whole, pen.y, Ink::Strong);
        pen.gap(4.0);
    }
    pen.put_at(&head, pen.y);
    pen.put_at(&amount, pen.y);
    pen.gap(FIGURE_ROW.max(head.height() + 4.0));
}

/// The head of a figure; of tax, with its rate.
fn figure_head(paper: &Paper, named: &Named<Figure>) -> String {
    let words = &words::common(paper.language).tax;
    let with_rate = |words: &str, basis_points| words.replace("{rate}", &say::rate(basis_points, paper.language));
    match (named.value, &paper.tax.vat) {
        (Figure::Vat, Vat::Charged { rate_bp }) => with_rate(&words.charged, *rate_bp),
        (Figure::Vat, Vat::ReverseCharge) => words.reverse_charge.clone(),
        (Figure::Vat, Vat::Exempt { .. }) => words.exempt.clone(),
        (Figure::Withheld, _) => with_rate(&words.withheld, paper.tax.withheld_bp),
        _ => named.head.clone(),
    }
}

fn tax_notes(paper: &Paper) -> Option<String> {
    let TaxWords { reverse_charge_note, exempt_note, exempt_note_without_basis, .. } =
        &words::common(paper.language).tax;
    match &paper.tax.vat {
        Vat::ReverseCharge => Some(reverse_charge_note.clone()),
        Vat::Exempt { basis: Some(basis) } => Some(exempt_note.replace("{basis}", basis.trim_end_matches('.'))),
        Vat::Exempt { basis: None } => Some(exempt_note_without_basis.clone()),
        Vat::Charged { .. } | Vat::None => None,
    }
}

/// Paragraphs of a template with their placeholders filled.
pub(super) fn paragraphs(pen: &mut Pen<'_>, paper: &Paper, paragraphs: &[String]) {
    for text in paragraphs.iter().filter_map(|text| words::filled(text, |name| value(paper, name))) {
        paragraph(pen, &text);
    }
}

fn paragraph(pen: &mut Pen<'_>, text: &str) {
    let block = pen.block(text, WHOLE, (TEXT, Weight::Regular, Ink::Strong));
    pen.put(&block);
    pen.gap(PARAGRAPH_GAP);
}

/// What stands for a placeholder of `words::PLACEHOLDERS`.
fn value(paper: &Paper, name: &str) -> Option<String> {
    let day = |day| say::day(day, paper.language);
    match name {
        "number" => paper.number.clone(),
        "issued_on" => Some(day(paper.issued_on)),
        "from" => paper.period.map(|(first, _)| day(first)),
        "to" => paper.period.map(|(_, last)| day(last)),
        "due_on" => paper.due_on.map(day),
        "seller" => Some(paper.seller.name.clone()),
        "buyer" => Some(paper.buyer.name.clone()),
        "corrects" => paper.corrects.clone(),
        "to_pay" => paper.figures.get(Figure::ToPay).map(|minor| say::money(minor, paper.currency, paper.language)),
        "account" => paper.seller.account.clone(),
        _ => None,
    }
}

fn signatures(pen: &mut Pen<'_>, template: &Template) {
    if template.signatures.is_empty() {
        return;
    }
    pen.need(SIGNATURE_ROOM);
    pen.gap(SIGNATURE_ROOM - 20.0);
    let half = WHOLE.width / 2.0;
    for (index, who) in template.signatures.iter().enumerate() {
        let slot = Slot { x: LEFT + index as f32 * half, width: half - 40.0 };
        pen.rule_at(slot, pen.y, Ink::Soft);
        let who = pen.block(who, slot, (SMALL, Weight::Regular, Ink::Soft));
        pen.put_at(&who, pen.y + 5.0);
    }
    pen.gap(20.0);
}
