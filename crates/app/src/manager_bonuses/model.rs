//! Plans and statements of managers.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Of what a bonus is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum BonusBase {
    /// A sum a month, whatever happened.
    Month,
    /// A sum for each approved conversion.
    Conversions,
    /// A percentage of what the partners earned.
    Earnings,
    /// A percentage of what advertisers were charged, or of what they paid.
    Revenue,
    /// A percentage of revenue less earnings.
    Profit,
}

/// Which revenue counts.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum BonusBasis {
    /// Charged to advertisers.
    Booked,
    /// Paid by advertisers.
    Collected,
}

pub mod plan {
    //! What a manager gets from a month on.

    use kernel::{Currency, Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    use super::{BonusBase, BonusBasis};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "manager_bonus_plans")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::ManagerBonusPlan>,
        pub workspace_id: Id<id::Workspace>,
        pub manager_id: Id<id::User>,
        pub base: BonusBase,
        pub basis: BonusBasis,
        /// Of the sum.
        pub currency: String,
        /// The sum, of the bases that have one.
        pub sum_minor: Option<i64>,
        /// The percentage times 10^8, of the bases that have one.
        pub percent_e8: Option<i64>,
        /// Such as `2026-11`.
        pub from_month: String,
        pub created_by: Id<id::User>,
        pub created_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// # Panics
        /// Where a row holds no currency code: rows are written from [`Currency`] only.
        pub fn currency(&self) -> Currency {
            self.currency.parse().expect("rows hold currency codes")
        }
    }
}

pub mod statement {
    //! What a manager gets for a closed month.

    use kernel::{Currency, Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    use crate::platform::columns::TextList;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "manager_bonus_statements")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::ManagerBonusStatement>,
        pub workspace_id: Id<id::Workspace>,
        pub manager_id: Id<id::User>,
        pub plan_id: Id<id::ManagerBonusPlan>,
        pub month: String,
        pub formula: String,
        /// Approved conversions of the partners.
        pub conversions: i64,
        /// Of earnings and revenue.
        pub figures_currency: String,
        pub earnings_minor: i64,
        pub revenue_minor: i64,
        pub collected_minor: i64,
        /// Currencies of amounts that no rate was known for: they are in no figure.
        pub without_rate: TextList,
        pub currency: String,
        pub amount_minor: i64,
        pub closed_by: Id<id::User>,
        pub closed_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// # Panics
        /// Where a row holds no currency code: rows are written from [`Currency`] only.
        pub fn currency(&self) -> Currency {
            self.currency.parse().expect("rows hold currency codes")
        }

        /// # Panics
        /// As [`currency`](Self::currency).
        pub fn figures_currency(&self) -> Currency {
            self.figures_currency.parse().expect("rows hold currency codes")
        }
    }
}
