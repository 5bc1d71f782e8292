use papers::{
    Figure, Kind, Language, Paper,
    face::{Faces, Weight},
    layout::{self, Mark, PAGE_HEIGHT, PAGE_WIDTH, Page, Text},
    pdf, say,
};

use crate::sample;

const MARGIN: f32 = 40.0;

fn texts(page: &Page) -> Vec<&Text> {
    let texts = page.marks.iter().filter_map(|mark| match mark {
        Mark::Text(text) => Some(text),
        Mark::Rule { .. } => None,
    });
    texts.collect()
}

fn laid(paper: &Paper) -> Vec<Page> {
    layout::pages(paper, &Faces::new())
}

/// Whether some line of the page reads so.
fn reads(page: &Page, words: &str) -> bool {
    texts(page).iter().any(|text| text.shaped.text == words)
}

#[test]
fn every_letter_is_drawn_and_nothing_leaves_the_page() {
    for (name, paper) in sample::all() {
        for page in laid(&paper) {
            for text in texts(&page) {
                let drawn = text.shaped.glyphs.iter().all(|glyph| glyph.glyph_id.to_u32() != 0);
                assert!(drawn, "{name}: a glyph lacks in {}", text.shaped.text);
                let inside = text.x >= MARGIN && text.x + text.shaped.width <= PAGE_WIDTH - MARGIN;
                assert!(inside && text.y < PAGE_HEIGHT - 30.0, "{name}: {} leaves the page", text.shaped.text);
            }
        }
    }
}

#[test]
fn no_two_texts_lie_on_each_other() {
    for (name, paper) in sample::all() {
        for page in laid(&paper) {
            let texts = texts(&page);
            for (index, one) in texts.iter().enumerate() {
                let hit = texts[index + 1..].iter().find(|other| overlap(one, other));
                let hit = hit.map(|other| (&one.shaped.text, &other.shaped.text));
                assert_eq!(hit, None, "{name}");
            }
        }
    }
}

fn overlap(one: &Text, other: &Text) -> bool {
    let apart = (one.y - other.y).abs() >= one.size.min(other.size) * 0.9;
    !apart && one.x < other.x + other.shaped.width && other.x < one.x + one.shaped.width
}

#[test]
fn a_long_statement_has_three_pages_with_heads_numbers_and_its_sums_together() {
    for (language, head, page_of) in [
        (Language::En, "Item", "Page 2 of 3"),
        (Language::Ru, "Наименование", "Страница 2 из 3"),
        (Language::Pl, "Nazwa", "Strona 2 z 3"),
    ] {
        let paper = sample::long(language);
        let pages = laid(&paper);
        assert_eq!(pages.len(), 3);
        assert!(pages.iter().all(|page| reads(page, head)), "the head is on every page");
        assert!(reads(&pages[1], page_of));
        let rows: usize = pages.iter().map(|page| texts(page).iter().filter(|text| is_row_day(text)).count()).sum();
        assert_eq!(rows, paper.lines.len(), "each row stands once");
        for figure in [Figure::Opening, Figure::Added, Figure::TakenBack, Figure::Paid, Figure::Closing] {
            let minor = paper.figures.get(figure).expect("a statement has it");
            assert!(reads(&pages[2], &say::money(minor, paper.currency, language)), "{figure:?} is on the last page");
        }
    }
}

/// The day of a row: a date alone, in the size of the table.
fn is_row_day(text: &Text) -> bool {
    let day = &text.shaped.text;
    text.x < 51.0 && day.len() == 10 && day.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-')
}

#[test]
fn amounts_stand_under_each_other() {
    let paper = sample::short(Kind::Invoice, Language::Pl);
    let pages = laid(&paper);
    let rights: Vec<f32> = paper
        .lines
        .iter()
        .map(|line| {
            let said = say::amount(line.minor, paper.currency, Language::Pl);
            let text = texts(&pages[0]).into_iter().find(|text| text.shaped.text == said).expect("it is there");
            text.x + text.shaped.width
        })
        .collect();
    assert!(rights.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.2), "{rights:?}");
}

#[test]
fn the_law_is_said_in_the_language_of_the_paper() {
    let says = |kind, language, words: &str| laid(&sample::short(kind, language)).iter().any(|page| reads(page, words));
    assert!(says(Kind::SelfBillingInvoice, Language::En, "VAT, reverse charge"));
    assert!(says(Kind::SelfBillingInvoice, Language::Ru, "НДС не облагается."));
    assert!(says(Kind::SelfBillingInvoice, Language::Ru, "Удержан налог, 5%"));
    assert!(says(Kind::SelfBillingInvoice, Language::Pl, "VAT 23%"));
    assert!(says(Kind::Rachunek, Language::Pl, "Podatek pobrany u źródła, 12%"));
    assert!(says(Kind::Invoice, Language::En, "Due"));
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    for (name, paper) in sample::all() {
        let first = pdf::write(&paper).expect("it is drawn");
        assert!(first.starts_with(b"%PDF-1."));
        assert_eq!(first, pdf::write(&paper).expect("it is drawn"), "{name}");
    }
}

#[test]
fn a_paper_that_was_kept_reads_back_as_itself() {
    for (name, paper) in sample::all() {
        let kept = serde_json::to_string(&paper).expect("it is data");
        assert_eq!(serde_json::from_str::<Paper>(&kept).expect("it reads back"), paper, "{name}");
    }
}

#[test]
fn too_many_lines_are_refused() {
    let mut paper = sample::long(Language::En);
    paper.lines = vec![paper.lines[0].clone(); 5_001];
    assert!(matches!(pdf::write(&paper), Err(pdf::NotDrawn::TooLong(5_001))));
}

#[test]
fn both_weights_measure() {
    let faces = Faces::new();
    assert!(faces.of(Weight::SemiBold).width("Do zapłaty", 9.0) > faces.of(Weight::Regular).width("Do zapłaty", 9.0));
}
