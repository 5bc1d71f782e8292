//! An adjustment, from which amount on it takes two, and what one person gave alone.

pub mod adjustment {
    //! An adjustment.

    use kernel::{Currency, Id, Timestamp, id};
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
    )]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum AdjustmentKind {
        /// Given on top.
        Bonus,
        /// Puts a mistake right, either way.
        Correction,
        /// Taken back.
        Clawback,
    }

    impl AdjustmentKind {
        pub const fn code(self) -> &'static str {
            match self {
                Self::Bonus => "bonus",
                Self::Correction => "correction",
                Self::Clawback => "clawback",
            }
        }
    }

    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
    )]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum AdjustmentState {
        /// For a second person.
        Waiting,
        Booked,
        Refused,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "adjustments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::Adjustment>,
        pub workspace_id: Id<id::Workspace>,
        pub partner_id: Id<id::Partner>,
        pub kind: AdjustmentKind,
        pub currency: String,
        /// What the partner gains; below nought what it loses.
        pub amount_minor: i64,
        /// Plain words, for the partner too.
        pub reason: String,
        /// The conversion it is about, where it is about one.
        pub conversion_id: Option<Id<id::Conversion>>,
        pub state: AdjustmentState,
        pub requested_by: Id<id::User>,
        pub requested_at: Timestamp,
        /// The second person, where it took one.
        pub decided_by: Option<Id<id::User>>,
        pub decided_at: Option<Timestamp>,
        /// Why it was refused.
        pub decision_note: Option<String>,
        pub entry_id: Option<Id<id::BookEntry>>,
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

pub mod limit {
    //! From which amount on adjustments take two people.

    use kernel::{Id, id};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "adjustment_limits")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Id<id::Workspace>,
        /// In the reporting currency; one person may do no more.
        pub limit_minor: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod given {
    //! What one person gave a partner, or took from it, without a second one.

    use kernel::{Currency, Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "amounts_given_alone")]
    pub struct Model {
        /// The entry that booked it.
        #[sea_orm(primary_key, auto_increment = false)]
        pub entry_id: Id<id::BookEntry>,
        pub workspace_id: Id<id::Workspace>,
        pub partner_id: Id<id::Partner>,
        pub user_id: Id<id::User>,
        pub currency: String,
        /// Above nought, whichever way it went.
        pub amount_minor: i64,
        pub at: Timestamp,
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
