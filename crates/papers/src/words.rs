//! How papers read: files of data, one for each kind in each language, and one of words that all share.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::{
    figures::Figure,
    paper::{Kind, Language, What},
};

/// What stands above the table, beside the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    IssuedOn,
    /// The last day of the period: when the service was rendered.
    SoldOn,
    Period,
    DueOn,
    Corrects,
    Currency,
}

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The number of the row.
    Row,
    Date,
    Text,
    Count,
    Amount,
}

/// Something of a closed list with the words of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named<T> {
    pub value: T,
    pub head: String,
}

/// How a kind of paper reads in a language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub title: String,
    /// What the two parties are called.
    pub seller: String,
    pub buyer: String,
    pub facts: Vec<Named<Fact>>,
    /// Paragraphs above the table. One whose placeholder has no value is left out.
    #[serde(default)]
    pub opening: Vec<String>,
    /// None where a paper has no table.
    #[serde(default)]
    pub columns: Vec<Named<Column>>,
    #[serde(default)]
    pub figures: Vec<Named<Figure>>,
    /// The figure that stands out.
    #[serde(default)]
    pub main_figure: Option<Figure>,
    /// Paragraphs below the figures, like those above.
    #[serde(default)]
    pub closing: Vec<String>,
    /// Under which lines are left to sign.
    #[serde(default)]
    pub signatures: Vec<String>,
}

/// Words about value added tax, and about what is kept back.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxWords {
    pub charged: String,
    pub reverse_charge: String,
    pub exempt: String,
    pub withheld: String,
    /// Sentences that the law asks for.
    pub reverse_charge_note: String,
    pub exempt_note: String,
    pub exempt_note_without_basis: String,
}

/// Heads of what is known of a party.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyWords {
    pub vat_id: String,
    pub tax_id: String,
    pub registration: String,
    pub account: String,
}

/// Words that all papers of a language share.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Common {
    /// As they stand in a date.
    pub months: Vec<String>,
    pub date: String,
    pub number: String,
    pub page: String,
    pub draft: String,
    pub nothing: String,
    /// Heads of the table beside a paper.
    pub table_date: String,
    pub table_text: String,
    pub table_detail: String,
    pub table_count: String,
    pub table_amount: String,
    pub table_currency: String,
    pub tax: TaxWords,
    pub party: PartyWords,
    pub what: BTreeMap<What, String>,
}

/// What may stand in braces in a paragraph.
pub const PLACEHOLDERS: [&str; 10] =
    ["number", "issued_on", "from", "to", "due_on", "seller", "buyer", "corrects", "to_pay", "account"];

macro_rules! spoken {
    ($language:literal) => {
        Spoken {
            common: include_str!(concat!("../templates/", $language, "/common.toml")),
            // In the order of `Kind::ALL`.
            kinds: [
                include_str!(concat!("../templates/", $language, "/statement.toml")),
                include_str!(concat!("../templates/", $language, "/self_billing_invoice.toml")),
                include_str!(concat!("../templates/", $language, "/invoice.toml")),
                include_str!(concat!("../templates/", $language, "/credit_note.toml")),
                include_str!(concat!("../templates/", $language, "/act_company.toml")),
                include_str!(concat!("../templates/", $language, "/act_sole_trader.toml")),
                include_str!(concat!("../templates/", $language, "/rachunek.toml")),
                include_str!(concat!("../templates/", $language, "/self_billing_consent.toml")),
            ],
        }
    };
}

struct Spoken {
    common: &'static str,
    kinds: [&'static str; Kind::ALL.len()],
}

/// In the order of `Language::ALL`.
const FILES: [Spoken; Language::ALL.len()] = [spoken!("en"), spoken!("ru"), spoken!("pl")];

static READ: LazyLock<Vec<(Common, Vec<Template>)>> = LazyLock::new(|| {
    let read = |spoken: &Spoken| {
        let templates =
            spoken.kinds.iter().map(|text| toml::from_str(text).expect("templates are part of the program"));
        (toml::from_str(spoken.common).expect("words are part of the program"), templates.collect())
    };
    FILES.iter().map(read).collect()
});

/// Words that all papers of the language share.
pub fn common(language: Language) -> &'static Common {
    &READ[language as usize].0
}

/// How the kind reads in the language.
pub fn template(kind: Kind, language: Language) -> &'static Template {
    &READ[language as usize].1[kind as usize]
}

/// What a line is for, in words.
pub fn what(what: What, language: Language) -> &'static str {
    common(language).what.get(&what).map_or("", String::as_str)
}

/// The paragraph with its placeholders filled, or `None` where one has no value.
pub fn filled(paragraph: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut said = String::new();
    let mut rest = paragraph;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        said.push_str(before);
        said.push_str(&value(name)?);
        rest = after;
    }
    said.push_str(rest);
    Some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of a template with where it stands.
    fn texts(template: &Template) -> Vec<&String> {
        let heads = template.facts.iter().map(|named| &named.head);
        let heads = heads.chain(template.columns.iter().map(|named| &named.head));
        let heads = heads.chain(template.figures.iter().map(|named| &named.head));
        let texts = [&template.title, &template.seller, &template.buyer];
        let paragraphs = template.opening.iter().chain(&template.closing).chain(&template.signatures);
        heads.chain(texts).chain(paragraphs).collect()
    }

    fn placeholders(template: &Template) -> Vec<String> {
        let names = std::cell::RefCell::new(Vec::new());
        for text in texts(template) {
            filled(text, |name| {
                names.borrow_mut().push(name.to_owned());
                Some(String::new())
            })
            .expect("every brace is closed");
        }
        names.into_inner()
    }

    #[test]
    fn every_kind_is_the_same_paper_in_every_language() {
        for kind in Kind::ALL {
            let english = template(kind, Language::En);
            for language in Language::ALL {
                let other = template(kind, language);
                let values = |template: &Template| {
                    let facts: Vec<_> = template.facts.iter().map(|named| named.value).collect();
                    let columns: Vec<_> = template.columns.iter().map(|named| named.value).collect();
                    let figures: Vec<_> = template.figures.iter().map(|named| named.value).collect();
                    let counts = (template.opening.len(), template.closing.len(), template.signatures.len());
                    (facts, columns, figures, template.main_figure, counts)
                };
                assert_eq!(values(other), values(english), "{kind:?} {language:?}");
            }
        }
    }

    #[test]
    fn no_phrase_is_empty_and_every_placeholder_is_known() {
        for (kind, language) in Kind::ALL.into_iter().flat_map(|kind| Language::ALL.map(|language| (kind, language))) {
            let template = template(kind, language);
            assert!(texts(template).iter().all(|text| !text.trim().is_empty()), "{kind:?} {language:?}");
            for name in placeholders(template) {
                assert!(PLACEHOLDERS.contains(&name.as_str()), "{name} in {kind:?} {language:?}");
            }
        }
    }

    #[test]
    fn every_language_says_every_cause_of_a_line() {
        let english: Vec<_> = common(Language::En).what.keys().copied().collect();
        assert_eq!(english.len(), 19, "one for each of `What`");
        for language in Language::ALL {
            assert_eq!(common(language).what.keys().copied().collect::<Vec<_>>(), english);
            assert_eq!(common(language).months.len(), 12);
            assert!(common(language).what.values().all(|words| !words.is_empty()));
        }
    }

    #[test]
    fn a_paragraph_without_its_value_is_left_out() {
        let value = |name: &str| (name == "seller").then(|| "Anna".to_owned());
        assert_eq!(filled("By {seller}.", value).as_deref(), Some("By Anna."));
        assert_eq!(filled("By {seller} for {buyer}.", value), None);
    }
}
