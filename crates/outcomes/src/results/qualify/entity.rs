//! Rows of qualification.

/// What a goal asks of a customer.
pub mod definition {
    use kernel::{Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    use crate::results::qualify::model::QualifyingConditions;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "goal_qualifications")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub goal_id: Id<id::Goal>,
        pub workspace_id: Id<id::Workspace>,
        pub offer_id: Id<id::Offer>,
        pub advertiser_id: Id<id::Advertiser>,
        /// The goal with which the window begins.
        pub from_goal_id: Id<id::Goal>,
        pub conditions: QualifyingConditions,
        /// Local days after the one on which the window begins.
        pub window_days: i32,
        /// Days after the window in which its last days may still be reported.
        pub report_days: i32,
        pub is_on: bool,
        /// Customers who were won before are not asked.
        pub since: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// How far a customer is.
pub mod progress {
    use kernel::{Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    use crate::results::qualify::model::{QualificationState, Standings};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "customer_qualifications")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::Qualification>,
        pub workspace_id: Id<id::Workspace>,
        pub advertiser_id: Id<id::Advertiser>,
        pub offer_id: Id<id::Offer>,
        pub goal_id: Id<id::Goal>,
        pub customer_id: Id<id::Customer>,
        pub partner_id: Option<Id<id::Partner>>,
        /// The conversion with which the window began.
        pub from_conversion_id: Id<id::Conversion>,
        pub started_at: Timestamp,
        /// The first moment that no longer counts.
        pub until: Timestamp,
        /// When it is missed unless it is met.
        pub judge_at: Timestamp,
        pub state: QualificationState,
        pub standings: Standings,
        /// Drawn when it is met.
        pub receipt_id: Option<Id<id::Receipt>>,
        pub conversion_id: Option<Id<id::Conversion>>,
        pub checked_at: Timestamp,
        pub decided_at: Option<Timestamp>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
