//! Papers as a business would send them: short, of three pages, with long names.

use jiff::civil::{Date, date};
use kernel::Currency;
use papers::{Figures, Kind, Language, Line, Paper, Party, Tax, Vat, What};

const OFFERS: [&str; 5] =
    ["Winter boots, sale", "Кредитная карта", "Buty zimowe, sprzedaż", "Trail Premium, lead", "Żółta Łódź"];

/// Each kind in each language, short; then the long and the wide.
pub fn all() -> Vec<(String, Paper)> {
    let mut papers = Vec::new();
    for language in Language::ALL {
        for kind in Kind::ALL {
            papers.push((format!("{}-{kind:?}", language.code()), short(kind, language)));
        }
        papers.push((format!("{}-long", language.code()), long(language)));
        papers.push((format!("{}-wide", language.code()), wide(language)));
    }
    papers
}

/// Of few lines.
pub fn short(kind: Kind, language: Language) -> Paper {
    let lines = match kind {
        Kind::Statement => statement_lines(6),
        Kind::SelfBillingConsent => Vec::new(),
        _ => invoice_lines(3),
    };
    let tax = match (kind, language) {
        (Kind::Statement | Kind::SelfBillingConsent | Kind::ActSoleTrader, _) => Tax::default(),
        (Kind::Rachunek, _) => Tax { vat: Vat::None, withheld_bp: 1_200, withheld_minor: None },
        (Kind::SelfBillingInvoice, Language::En) => {
            Tax { vat: Vat::ReverseCharge, withheld_bp: 0, withheld_minor: None }
        }
        (Kind::SelfBillingInvoice, Language::Ru) => {
            Tax { vat: Vat::Exempt { basis: None }, withheld_bp: 500, withheld_minor: None }
        }
        _ => Tax { vat: Vat::Charged { rate_bp: 2_300 }, withheld_bp: 0, withheld_minor: None },
    };
    of(kind, language, lines, tax)
}

/// A statement of three pages.
pub fn long(language: Language) -> Paper {
    of(Kind::Statement, language, statement_lines(70), Tax::default())
}

/// Long names everywhere, and amounts of nine decimals.
pub fn wide(language: Language) -> Paper {
    let mut paper = short(Kind::SelfBillingInvoice, language);
    paper.currency = Currency::from_code("TON").expect("a unit");
    paper.seller.name =
        "Towarzystwo Marketingu Afiliacyjnego i Publikacji Internetowych „Złota Jesień nad Wisłą” Spółka z \
                         ograniczoną odpowiedzialnością Spółka komandytowa w restrukturyzacji"
            .to_owned();
    paper.buyer.name = "Общество с ограниченной ответственностью «Международное агентство партнёрского маркетинга и \
                        интернет-рекламы»"
        .to_owned();
    paper.buyer.email =
        Some("accounts.payable.department.of.the.holding@very-long-subdomain.example-company.com".to_owned());
    paper.lines[0].detail = Some(
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft Österreich, erste Bestellung \
         eines neuen Kunden im Dauerabonnement mit zwölf Monaten Mindestlaufzeit"
            .to_owned(),
    );
    paper.lines[1].minor = 9_000_000_123_456_789;
    paper.lines[1].detail = Some("北京科技有限公司 \u{1f680}".to_owned());
    paper.figures = Figures::of_invoice(&paper.lines, &paper.tax).expect("it fits");
    paper.notes = vec!["The campaign's terms of 1 September 2026 apply. Questions: finance@example.com.".to_owned()];
    paper
}

fn of(kind: Kind, language: Language, lines: Vec<Line>, tax: Tax) -> Paper {
    let figures = match kind {
        Kind::Statement => Figures::of_statement(125_000, &lines),
        Kind::SelfBillingConsent => Some(Figures::default()),
        _ => Figures::of_invoice(&lines, &tax),
    };
    let has_number = !matches!(kind, Kind::Statement | Kind::SelfBillingConsent);
    Paper {
        kind,
        language,
        currency: Currency::EUR,
        number: has_number.then(|| "SB-2026-00042".to_owned()),
        issued_on: date(2026, 11, 5),
        due_on: matches!(kind, Kind::Invoice | Kind::Rachunek).then(|| date(2026, 11, 19)),
        period: Some((date(2026, 10, 1), date(2026, 10, 31))),
        corrects: (kind == Kind::CreditNote).then(|| "SB-2026-00017".to_owned()),
        seller: seller(),
        buyer: buyer(),
        lines,
        tax,
        figures: figures.expect("it fits"),
        notes: Vec::new(),
    }
}

fn seller() -> Party {
    Party {
        name: "Szlak Media Anna Wiśniewska".to_owned(),
        address: vec!["ul. Długa 12/4".to_owned(), "31-147 Kraków".to_owned()],
        country: Some("PL".to_owned()),
        vat_id: Some("PL6762412345".to_owned()),
        account: Some("PL61 1090 1014 0000 0712 1981 2874".to_owned()),
        email: Some("anna@szlak.example".to_owned()),
        ..Party::default()
    }
}

fn buyer() -> Party {
    Party {
        name: "Northwind Outdoor GmbH".to_owned(),
        address: vec!["Torstraße 5".to_owned(), "10119 Berlin".to_owned()],
        country: Some("DE".to_owned()),
        vat_id: Some("DE301234567".to_owned()),
        registration: Some("HRB 123456 B".to_owned()),
        ..Party::default()
    }
}

fn invoice_lines(count: usize) -> Vec<Line> {
    (0..count)
        .map(|index| Line {
            on: None,
            what: What::Commission,
            detail: Some(OFFERS[index % OFFERS.len()].to_owned()),
            count: Some(17 + 1_300 * index as i64),
            minor: 123_450 + 999_999 * index as i64,
        })
        .collect()
}

fn statement_lines(count: usize) -> Vec<Line> {
    let whats = [What::Commission, What::Commission, What::Bonus, What::Reversal, What::Commission, What::Payout];
    (0..count)
        .map(|index| {
            let what = whats[index % whats.len()];
            let minor = 8_015 + 77 * index as i64;
            let is_out = matches!(what, What::Reversal | What::Payout);
            Line {
                on: Some(day(index)),
                what,
                detail: Some(OFFERS[index % OFFERS.len()].to_owned()),
                count: (what == What::Commission).then_some(index as i64 + 1),
                minor: if is_out { -minor } else { minor },
            }
        })
        .collect()
}

fn day(index: usize) -> Date {
    date(2026, 10, i8::try_from(index % 31).unwrap_or_default() + 1)
}
