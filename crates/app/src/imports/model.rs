//! The closed lists of moving in.

use edge::dialect::Dialect;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where the exports come from.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ImportPlatform {
    Tune,
    Everflow,
    Affise,
    Keitaro,
    /// Another one, or files made by hand: every column is mapped by hand.
    Other,
}

impl ImportPlatform {
    /// The form of its links and postbacks, where that is spoken here.
    pub const fn dialect(self) -> Option<Dialect> {
        match self {
            Self::Tune => Some(Dialect::Tune),
            Self::Everflow => Some(Dialect::Everflow),
            Self::Affise => Some(Dialect::Affise),
            Self::Keitaro => Some(Dialect::Keitaro),
            Self::Other => None,
        }
    }
}

/// What a file holds, in the order in which files are imported: later ones speak of earlier ones.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    Offers,
    Partners,
    Links,
    /// Clicks that may still convert.
    Clicks,
    /// Customers who are bound to partners.
    Customers,
    /// Conversions that wait for the advertiser's verdict.
    Conversions,
    /// What is owed on the day of the move.
    Balances,
}

impl ImportKind {
    pub const ALL: [Self; 7] =
        [Self::Offers, Self::Partners, Self::Links, Self::Clicks, Self::Customers, Self::Conversions, Self::Balances];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Offers => "offers",
            Self::Partners => "partners",
            Self::Links => "links",
            Self::Clicks => "clicks",
            Self::Customers => "customers",
            Self::Conversions => "conversions",
            Self::Balances => "balances",
        }
    }
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Files and mappings are being put together.
    Collecting,
    /// A dry run is under way.
    Checking,
    /// A dry run of the present files and mappings has ended.
    Checked,
    Running,
    Done,
    /// What can be taken back is being taken back.
    Undoing,
    Undone,
}

impl ImportState {
    /// Whether files, mappings and settings may change.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Collecting | Self::Checked)
    }
}

/// Why a row, or a part of it, was not understood.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(30))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// The line cannot be read as a row: too long, or no UTF-8.
    BrokenRow,
    /// A value that is needed is not there.
    Missing,
    /// No date in a form that is known.
    NotADate,
    InTheFuture,
    /// Clicks older than any window: nothing can come of them.
    TooOld,
    NotAnAmount,
    UnknownCurrency,
    /// Another currency than the offer's.
    CurrencyDiffers,
    /// A word that the mapping does not translate.
    UnknownWord,
    UnknownOffer,
    UnknownPartner,
    UnknownAdvertiser,
    UnknownGoal,
    UnknownLink,
    /// Two rates where one is taken: the fixed amount was.
    TwoRates,
    /// A macro of theirs that has no counterpart was taken out of the address.
    UnknownMacro,
    /// An id too long, or with characters that no click id has.
    BadForeignId,
    /// The same id stands in the file twice; the first was taken.
    Repeated,
    /// The rules here refuse it; the words say why.
    Refused,
}

impl FindingCode {
    /// The row was taken nevertheless.
    pub const fn is_warning(self) -> bool {
        matches!(self, Self::TwoRates | Self::UnknownMacro)
    }
}

/// Which of their columns is which of our fields, and their words in ours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[schema(example = json!({
    "columns": {"id": "Offer.id", "name": "Offer.name", "landing_url": "Offer.offer_url"},
    "constants": {"currency": "EUR"}, "words": {"status": {"on hold": "paused"}}
}))]
pub struct Mapping {
    /// Our field to the name of their column.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Our field to a value that holds for every row without one of its own.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// Our field to their words, each with ours.
    #[serde(default)]
    pub words: BTreeMap<String, BTreeMap<String, String>>,
}

/// A column of an uploaded file with some of its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SampledColumn {
    pub name: String,
    pub samples: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct SampledColumns(pub Vec<SampledColumn>);

/// What became of the rows of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
pub struct Tally {
    pub rows: i64,
    pub made: i64,
    /// Here already, by its id there: left as it is.
    pub matched: i64,
    /// Understood, and nothing to take: settled elsewhere, or an amount of nought.
    pub left_out: i64,
    pub not_understood: i64,
    /// Taken, but not wholly understood.
    pub warnings: i64,
}

/// What became of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Made,
    Matched,
    LeftOut,
    NotUnderstood,
}

impl Tally {
    pub fn count(&mut self, fate: Fate) {
        self.rows += 1;
        let place = match fate {
            Fate::Made => &mut self.made,
            Fate::Matched => &mut self.matched,
            Fate::LeftOut => &mut self.left_out,
            Fate::NotUnderstood => &mut self.not_understood,
        };
        *place += 1;
    }
}

/// What holds for a whole import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
pub struct ImportOptions {
    /// IANA name, for times that say none.
    pub timezone: String,
    /// For amounts that say none.
    pub currency: String,
    /// The advertisers' postbacks carry no token: their click ids alone vouch for them.
    pub postbacks_without_token: bool,
}
