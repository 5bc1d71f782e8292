//! Rows of plans and subscriptions.

use kernel::{Currency, Id, Money, Timestamp, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

/// What a plan's price is for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionPeriod {
    Month,
    Quarter,
    Year,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionState {
    /// Nothing is charged yet.
    Trialing,
    Active,
    /// An invoice with its fee is overdue, and was reminded of.
    PastDue,
    /// It stayed unpaid: the advertiser's offers are stopped, and nothing is charged.
    Paused,
    /// Over for good.
    Cancelled,
}

pub mod plan {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "subscription_plans")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::SubscriptionPlan>,
        pub workspace_id: Id<id::Workspace>,
        pub name: String,
        pub currency: String,
        pub period: SubscriptionPeriod,
        pub trial_days: i32,
        /// For new subscriptions, in minor units.
        pub price_minor: i64,
        /// Of the price; from one on.
        pub version: i32,
        /// Takes no new subscriptions from then on.
        pub archived_at: Option<Timestamp>,
        pub created_by: Id<id::User>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// # Panics
        /// Where a row holds no currency code: rows are written from [`Currency`] only.
        pub fn price(&self) -> Money {
            Money::new(self.price_minor, self.currency.parse().expect("rows hold currency codes"))
        }
    }
}

pub mod version {
    //! A price that a plan had, or has.

    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "subscription_plan_versions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub plan_id: Id<id::SubscriptionPlan>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i32,
        pub workspace_id: Id<id::Workspace>,
        pub price_minor: i64,
        pub set_by: Id<id::User>,
        pub set_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod subscription {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "subscriptions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::Subscription>,
        pub workspace_id: Id<id::Workspace>,
        pub advertiser_id: Id<id::Advertiser>,
        /// The advertiser while it is not cancelled: there is one at a time.
        pub running_of: Option<Id<id::Advertiser>>,
        pub plan_id: Id<id::SubscriptionPlan>,
        pub plan_version: i32,
        /// As it was agreed, for a whole period.
        pub price_minor: i64,
        pub currency: String,
        pub period: SubscriptionPeriod,
        pub state: SubscriptionState,
        /// `2026-02-02`, by the workspace's clock, as all days here.
        pub started_on: String,
        /// The first day after the trial.
        pub trial_ends_on: Option<String>,
        /// The first day of the first period: all others begin as many months later.
        pub anchor_on: String,
        /// Periods that began since the anchor.
        pub periods: i32,
        /// The period that was charged last.
        pub period_from: Option<String>,
        /// The first day after it.
        pub period_to: Option<String>,
        /// When the next period begins, or it ends.
        pub next_on: Option<String>,
        /// What holds from the next period on.
        pub next_plan_id: Option<Id<id::SubscriptionPlan>>,
        pub next_plan_version: Option<i32>,
        /// It is cancelled when its period, or its trial, is over.
        pub ends: bool,
        /// Changes within periods, for their keys.
        pub changes: i32,
        pub past_due_on: Option<String>,
        pub paused_on: Option<String>,
        pub cancelled_on: Option<String>,
        /// The last day on which it was reminded of.
        pub reminded_on: Option<String>,
        pub created_by: Id<id::User>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
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

pub mod reminder {
    //! A letter about an invoice that is overdue, by the days at which it was due.

    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "subscription_reminders")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub subscription_id: Id<id::Subscription>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub invoice_id: Id<id::Invoice>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub after_days: i32,
        pub workspace_id: Id<id::Workspace>,
        pub sent_on: String,
        pub sent_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Days after an invoice was due.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Days(pub Vec<i32>);

pub mod terms {
    //! When a workspace reminds, and when it pauses.

    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "subscription_terms")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Id<id::Workspace>,
        pub reminder_days: Days,
        pub pause_days: i32,
        pub changed_by: Id<id::User>,
        pub changed_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
