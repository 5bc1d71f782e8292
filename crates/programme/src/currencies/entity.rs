//! Registered units, and rates by day.

pub mod unit {
    //! A unit that is used as money here.

    use kernel::{Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "currency_units")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Id<id::Workspace>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub created_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod rate {
    //! What one unit of a currency was worth in euro on a day.

    use kernel::{Id, Timestamp, id};
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    /// Who says so.
    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
    )]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum RateSource {
        /// The European Central Bank's file of reference rates.
        Ecb,
        /// A person.
        Manual,
    }

    impl RateSource {
        pub const fn code(self) -> &'static str {
            match self {
                Self::Ecb => "ecb",
                Self::Manual => "manual",
            }
        }
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "reference_rates")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Id<id::Workspace>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub currency: String,
        /// `2026-11-22`.
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: String,
        /// Euro for one unit: numerator over denominator.
        pub numerator: i64,
        pub denominator: i64,
        pub source: RateSource,
        /// Who brought it.
        pub user_id: Option<Id<id::User>>,
        pub created_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
