//! A customer of an advertiser, known by the advertiser's own id.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Customer>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub external_id: String,
    pub first_seen_at: Timestamp,
    pub conversions_count: i64,
    /// The partner who earns from this customer without a click.
    pub bound_partner_id: Option<Id<id::Partner>>,
    /// Absent for a lifetime.
    pub bound_until: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
