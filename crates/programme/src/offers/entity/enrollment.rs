//! A partner's place on an offer.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::offers::terms::{ApprovedTrafficTypes, EnrollmentState};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "enrollments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Enrollment>,
    pub workspace_id: Id<id::Workspace>,
    pub offer_id: Id<id::Offer>,
    pub partner_id: Id<id::Partner>,
    pub state: EnrollmentState,
    /// Why it was rejected, paused or ended.
    pub reason: Option<String>,
    pub approved_traffic_types: ApprovedTrafficTypes,
    /// Where the traffic is to come from, as the partner put it.
    pub source: Option<String>,
    pub volume: Option<String>,
    pub creatives: Option<String>,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
    pub decided_by: Option<Id<id::User>>,
}

impl ActiveModelBehavior for ActiveModel {}
