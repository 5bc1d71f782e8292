//! The kinds of tax forms, as data.

use jiff::civil::{Date, date};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Which form it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(40))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TaxFormKind {
    /// Of persons and companies of the United States.
    W9,
    /// Of people elsewhere.
    W8Ben,
    /// Of companies elsewhere.
    W8BenE,
    /// Any country's certificate of where somebody is taxed.
    ResidenceCertificate,
}

/// How long a form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Until another replaces it.
    Always,
    /// Through the last day of so many years after the one in which it was signed.
    YearsAfter(i16),
    /// As it says itself.
    AsItSays,
}

/// What one kind asks for.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    pub kind: TaxFormKind,
    /// As its authority calls it; absent where each country has its own name.
    pub title: Option<&'static str>,
    pub holds: Holds,
}

pub const KINDS: [Terms; 4] = [
    Terms { kind: TaxFormKind::W9, title: Some("Form W-9"), holds: Holds::Always },
    Terms { kind: TaxFormKind::W8Ben, title: Some("Form W-8BEN"), holds: Holds::YearsAfter(3) },
    Terms { kind: TaxFormKind::W8BenE, title: Some("Form W-8BEN-E"), holds: Holds::YearsAfter(3) },
    Terms { kind: TaxFormKind::ResidenceCertificate, title: None, holds: Holds::AsItSays },
];

impl TaxFormKind {
    pub fn terms(self) -> Terms {
        KINDS.into_iter().find(|terms| terms.kind == self).expect("each kind has its terms")
    }
}

impl Terms {
    /// The last day on which one that is signed `today` holds, where its kind says.
    pub fn last_day(self, today: Date) -> Option<Date> {
        match self.holds {
            Holds::YearsAfter(years) => Some(date(today.year() + years, 12, 31)),
            Holds::Always | Holds::AsItSays => None,
        }
    }

    /// Whoever hands it in has to say its last day.
    pub fn asks_for_last_day(self) -> bool {
        self.holds == Holds::AsItSays
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable as _;

    use super::*;

    #[test]
    fn each_kind_has_its_terms() {
        assert!(TaxFormKind::iter().all(|kind| kind.terms().kind == kind));
    }

    #[test]
    fn a_w8_holds_through_the_third_year_after() {
        let today = date(2026, 2, 3);
        assert_eq!(TaxFormKind::W8Ben.terms().last_day(today), Some(date(2029, 12, 31)));
        assert_eq!(TaxFormKind::W9.terms().last_day(today), None);
        assert!(TaxFormKind::ResidenceCertificate.terms().asks_for_last_day());
    }
}
