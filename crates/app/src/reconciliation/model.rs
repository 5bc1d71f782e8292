//! States, classes, causes and decisions.

use kernel::Money;
use reconcile::{Cause, Class, Mapping, Standing, totals::CellClass};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
            utoipa::ToSchema,
        )]
        #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$of])* $variant),+ }
    )+};
}

codes! {
    ReconciliationState {
        /// Their rows are being compared with ours.
        Comparing,
        Open,
        /// Its act is frozen.
        Closed,
        /// Thrown away; what was decided before stands.
        Discarded,
    }
    /// What their file tells.
    FiguresKind {
        Rows,
        /// How many and how much by offer, country and source.
        Totals,
    }
    LineClass { Matched, OnlyOurs, OnlyTheirs, StatusDiffers, AmountDiffers, CountDiffers }
    LineCause {
        /// So near the edge of the period that another zone has it on the other side.
        TimeZone,
        /// They date it otherwise: it is ours of another period.
        DateBasis,
        /// Longer after the click than they pay for.
        Window,
        Duplicate,
        TestRow,
        /// Their word has no meaning in the mapping.
        StatusWord,
        NotYetDecided,
        DecidedOtherwise,
        Currency,
        Rounding,
        GrossNet,
        Price,
        /// The id has not the form of ours.
        ForeignId,
        NotReceived,
        NotReported,
    }
    LineStanding {
        Pending,
        Approved,
        /// Taken back wholly counts as this too.
        Rejected,
    }
    LineDecision {
        /// Ours is moved until it is as they say, or counts in this period where only the day differs.
        TakeTheirs,
        KeepOurs,
        /// It is invoiced with the next period.
        NextPeriod,
        /// What we never received is reported like any other, and stands as they say.
        MakeConversion,
    }
    /// What the amounts of their file are.
    AmountOf {
        /// What they owe for it.
        Charge,
        /// What the customer paid, without tax and shipping.
        OrderValue,
    }
}

#[expect(clippy::derivable_impls, reason = "the macro derives the same for each list of codes")]
impl Default for AmountOf {
    fn default() -> Self {
        Self::Charge
    }
}

/// What is said of a conversion that is made from a row of theirs, beyond what the row says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineReport {
    /// Name of the goal; the offer's primary goal unless said.
    pub goal: Option<String>,
    /// What the customer paid, where their file tells what they owe; of one line alone.
    pub order_value: Option<Money>,
}

/// What was agreed with an advertiser on how its files are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
pub struct AgreedMapping {
    #[serde(flatten)]
    pub reading: Mapping,
    #[serde(default)]
    pub amount_of: AmountOf,
}

impl AgreedMapping {
    /// A file with a column of counts is one of totals.
    pub fn kind(&self) -> FiguresKind {
        if self.reading.columns.count.is_some() { FiguresKind::Totals } else { FiguresKind::Rows }
    }
}

impl From<Class> for LineClass {
    fn from(class: Class) -> Self {
        match class {
            Class::Matched => Self::Matched,
            Class::OnlyOurs => Self::OnlyOurs,
            Class::OnlyTheirs => Self::OnlyTheirs,
            Class::StatusDiffers => Self::StatusDiffers,
            Class::AmountDiffers => Self::AmountDiffers,
        }
    }
}

impl From<CellClass> for LineClass {
    fn from(class: CellClass) -> Self {
        match class {
            CellClass::Matched => Self::Matched,
            CellClass::OnlyOurs => Self::OnlyOurs,
            CellClass::OnlyTheirs => Self::OnlyTheirs,
            CellClass::CountDiffers => Self::CountDiffers,
            CellClass::AmountDiffers => Self::AmountDiffers,
        }
    }
}

impl From<Cause> for LineCause {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::TimeZone => Self::TimeZone,
            Cause::DateBasis => Self::DateBasis,
            Cause::Window => Self::Window,
            Cause::Duplicate => Self::Duplicate,
            Cause::TestRow => Self::TestRow,
            Cause::StatusWord => Self::StatusWord,
            Cause::NotYetDecided => Self::NotYetDecided,
            Cause::DecidedOtherwise => Self::DecidedOtherwise,
            Cause::Currency => Self::Currency,
            Cause::Rounding => Self::Rounding,
            Cause::GrossNet => Self::GrossNet,
            Cause::Price => Self::Price,
            Cause::ForeignId => Self::ForeignId,
            Cause::NotReceived => Self::NotReceived,
            Cause::NotReported => Self::NotReported,
        }
    }
}

impl From<Standing> for LineStanding {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Pending => Self::Pending,
            Standing::Approved => Self::Approved,
            Standing::Rejected => Self::Rejected,
        }
    }
}
