//! What conversions count for, figures of partners, and the bonuses that these met.

use kernel::{Currency, Id, Money, Timestamp, id};
use sea_orm::{ExprTrait as _, entity::prelude::*, sea_query::Expr};
use serde::{Deserialize, Serialize};

use super::rules::Place;
use crate::{
    accruals::lock::Held,
    plans::rules::{Metric, Period},
};

/// # Panics
/// Where a row holds no code of a metric: rows are written from [`Metric`] only.
fn metric_of(code: &str) -> Metric {
    Metric::ALL.into_iter().find(|metric| metric.code() == code).expect("rows hold codes of metrics")
}

/// # Panics
/// Where a row holds no code of a period: rows are written from [`Period`] only.
fn period_of(code: &str) -> Period {
    Period::ALL.into_iter().find(|period| period.code() == code).expect("rows hold codes of periods")
}

macro_rules! placed {
    () => {
        impl Model {
            pub fn metric(&self) -> crate::plans::rules::Metric {
                super::metric_of(&self.metric)
            }

            pub fn period(&self) -> crate::plans::rules::Period {
                super::period_of(&self.period)
            }

            pub fn place(&self) -> super::Place {
                super::Place {
                    offer: self.offer_id,
                    rule: self.rule_id,
                    partner: self.partner_id,
                    metric: self.metric(),
                    period: self.period(),
                    from: self.period_start,
                }
            }
        }
    };
}

pub mod count {
    //! What one conversion counts for by one rule.

    use kernel::{Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "bonus_counts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::BonusCount>,
        pub workspace_id: Id<id::Workspace>,
        pub conversion_id: Id<id::Conversion>,
        pub offer_id: Id<id::Offer>,
        pub partner_id: Id<id::Partner>,
        pub rule_id: Id<id::PlanRule>,
        /// The version in force when the conversion happened.
        pub plan_version_id: Id<id::PlanVersion>,
        pub metric: String,
        pub period: String,
        pub period_start: Timestamp,
        /// Whether the rule's conditions held when the conversion came to this partner.
        pub applies: bool,
        /// In the metric; nought while it counts for nothing.
        pub value: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}

    placed!();
}

pub mod figure {
    //! How far a partner has come in a period by one version of a rule.

    use kernel::{Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "bonus_figures")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::BonusFigure>,
        pub workspace_id: Id<id::Workspace>,
        pub offer_id: Id<id::Offer>,
        pub partner_id: Id<id::Partner>,
        pub rule_id: Id<id::PlanRule>,
        pub plan_version_id: Id<id::PlanVersion>,
        pub metric: String,
        pub period: String,
        pub period_start: Timestamp,
        /// The sum of what its conversions count for.
        pub reached: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}

    placed!();
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum BonusState {
    Standing,
    /// The figure fell below the threshold.
    TakenBack,
}

pub mod bonus {
    //! A threshold that was met.

    use kernel::{Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    use super::BonusState;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "bonuses")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::Bonus>,
        pub workspace_id: Id<id::Workspace>,
        pub advertiser_id: Id<id::Advertiser>,
        pub offer_id: Id<id::Offer>,
        pub partner_id: Id<id::Partner>,
        pub rule_id: Id<id::PlanRule>,
        /// The version by which the threshold was met.
        pub plan_version_id: Id<id::PlanVersion>,
        pub metric: String,
        pub period: String,
        pub period_start: Timestamp,
        pub period_end: Timestamp,
        pub threshold: i64,
        /// The figure now; of a bonus taken back, the one for which it was.
        pub reached: i64,
        pub currency: String,
        pub amount_minor: i64,
        pub state: BonusState,
        pub given_at: Timestamp,
        pub entry_id: Id<id::BookEntry>,
        pub lock_at: Timestamp,
        pub locked_at: Option<Timestamp>,
        pub lock_entry_id: Option<Id<id::BookEntry>>,
        pub taken_back_at: Option<Timestamp>,
        pub taken_back_entry_id: Option<Id<id::BookEntry>>,
        pub updated_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}

    placed!();
}

impl bonus::Model {
    /// # Panics
    /// Where a row holds no currency code: rows are written from [`Currency`] only.
    pub fn currency(&self) -> Currency {
        self.currency.parse().expect("rows hold currency codes")
    }

    pub fn amount(&self) -> Money {
        Money::new(self.amount_minor, self.currency())
    }
}

impl Held for bonus::Model {
    type Table = bonus::Entity;

    const ID: bonus::Column = bonus::Column::Id;
    const WORKSPACE: bonus::Column = bonus::Column::WorkspaceId;

    fn is_due(now: Timestamp) -> Expr {
        let stands = bonus::Column::State.eq(BonusState::Standing);
        stands.and(bonus::Column::LockedAt.is_null()).and(bonus::Column::LockAt.lte(now))
    }
    fn workspace(&self) -> Id<id::Workspace> {
        self.workspace_id
    }
    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }
    fn partner(&self) -> Id<id::Partner> {
        self.partner_id
    }
    fn earned(&self) -> Money {
        self.amount()
    }
    /// By its kind and id.
    fn note(&self) -> String {
        format!("bonus {}", self.id)
    }
    fn lock(&mut self, at: Timestamp, entry: Option<Id<id::BookEntry>>) {
        (self.locked_at, self.lock_entry_id, self.updated_at) = (Some(at), entry, at);
    }
}
