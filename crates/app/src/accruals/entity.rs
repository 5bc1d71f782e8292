//! Postings and their rows.

pub mod posting {
    //! What a partner's traffic on an offer earned, as it was posted. Only its lock is noted later.

    use kernel::{Currency, Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "accrual_postings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::AccrualPosting>,
        pub workspace_id: Id<id::Workspace>,
        pub advertiser_id: Id<id::Advertiser>,
        pub offer_id: Id<id::Offer>,
        pub partner_id: Id<id::Partner>,
        /// The last day it counts, `2026-11-22` by the workspace's clock.
        pub day: String,
        pub currency: String,
        pub clicks: i64,
        pub views: i64,
        pub earned_minor: i64,
        pub charged_minor: i64,
        /// What was carried in and is carried on, in parts of a minor unit ([`super::super::rules::PARTS`]).
        pub earned_before: i64,
        pub earned_after: i64,
        pub charged_before: i64,
        pub charged_after: i64,
        /// Absent where it came to less than a minor unit.
        pub entry_id: Option<Id<id::BookEntry>>,
        pub lock_at: Timestamp,
        pub locked_at: Option<Timestamp>,
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

pub mod accrual {
    //! What one link's clicks or views of a day count for by one rule.

    use kernel::{Decimal8, Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    use crate::plans::model::{PlanSide, TrafficUnit};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "accruals")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::Accrual>,
        pub workspace_id: Id<id::Workspace>,
        pub posting_id: Id<id::AccrualPosting>,
        pub offer_id: Id<id::Offer>,
        pub partner_id: Id<id::Partner>,
        /// Absent where the address named offer and partner alone.
        pub link_id: Option<Id<id::Link>>,
        pub day: String,
        /// From when the version of the plan held that priced it, at the earliest the day's beginning.
        pub from_at: Timestamp,
        pub side: PlanSide,
        pub rule_id: Id<id::PlanRule>,
        pub unit: TrafficUnit,
        pub units: i64,
        /// Times 10^8.
        pub rate_e8: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        pub const fn rate(&self) -> Decimal8 {
            Decimal8::from_raw(self.rate_e8)
        }
    }
}
