//! Balances, entries, what stands of conversions, and what partners redeem.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Why an entry stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RewardReason {
    /// A conversion gives more than it stood at.
    Granted,
    /// A conversion gives less than it stood at.
    TakenBack,
    /// The partner gave it up for something.
    Redeemed,
    /// What the partner wanted for it was declined.
    Returned,
    /// A person gave it.
    Given,
    /// A person took it.
    Taken,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RedemptionState {
    /// The rewards are given up, and nothing has come for them yet.
    Asked,
    Fulfilled,
    /// The rewards are the partner's again.
    Declined,
}

pub mod balance {
    //! What a partner has of a unit: the sum of its entries, kept so that it can be read at once.

    use kernel::{Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "reward_balances")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::RewardBalance>,
        pub workspace_id: Id<id::Workspace>,
        pub partner_id: Id<id::Partner>,
        pub unit: String,
        /// In the unit's smallest part; below nought where more was taken back than was left.
        pub balance_minor: i64,
        /// What pending conversions give once they are approved.
        pub coming_minor: i64,
        /// Entries so far; the last has this number.
        pub entries: i64,
        pub updated_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod entry {
    //! One change of a balance. Rows are only ever added.

    use kernel::{Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    use super::RewardReason;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "reward_entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::RewardEntry>,
        pub workspace_id: Id<id::Workspace>,
        pub partner_id: Id<id::Partner>,
        pub unit: String,
        /// Counts the entries of the partner in the unit from 1, without gaps.
        pub number: i64,
        /// In the unit's smallest part, signed.
        pub amount_minor: i64,
        /// What the partner had after it.
        pub balance_after_minor: i64,
        pub reason: RewardReason,
        pub conversion_id: Option<Id<id::Conversion>>,
        pub redemption_id: Option<Id<id::RewardRedemption>>,
        pub rule_id: Option<Id<id::PlanRule>>,
        pub plan_version_id: Option<Id<id::PlanVersion>>,
        /// Who did it; absent where a conversion did.
        pub user_id: Option<Id<id::User>>,
        pub words: Option<String>,
        pub created_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod standing {
    //! What stands of a conversion for a partner in a unit.

    use kernel::{Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "reward_standings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub conversion_id: Id<id::Conversion>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub partner_id: Id<id::Partner>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit: String,
        pub workspace_id: Id<id::Workspace>,
        /// The sum of its entries.
        pub granted_minor: i64,
        pub coming_minor: i64,
        pub updated_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod redemption {
    //! A partner gives rewards up for something.

    use kernel::{Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    use super::RedemptionState;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "reward_redemptions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::RewardRedemption>,
        pub workspace_id: Id<id::Workspace>,
        pub partner_id: Id<id::Partner>,
        pub unit: String,
        pub amount_minor: i64,
        /// What the partner wishes for it.
        pub wish: Option<String>,
        pub state: RedemptionState,
        /// What was given, or why not, in words that the partner reads.
        pub words: Option<String>,
        pub asked_by: Id<id::User>,
        pub asked_at: Timestamp,
        pub decided_by: Option<Id<id::User>>,
        pub decided_at: Option<Timestamp>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
