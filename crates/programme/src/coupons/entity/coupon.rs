//! A coupon, bound to a partner.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::coupons::model::{CouponOffers, CouponState};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "coupons")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Coupon>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub partner_id: Id<id::Partner>,
    /// As it is printed.
    pub code: String,
    /// As it is looked up.
    pub code_folded: String,
    pub offers: CouponOffers,
    pub valid_from: Option<Timestamp>,
    pub valid_until: Option<Timestamp>,
    pub state: CouponState,
    /// Where it was seen, or why it is paused.
    pub note: Option<String>,
    /// Conversions that came with it.
    pub uses_count: i64,
    /// Of them, those that came with another partner's click: the sign of a leak.
    pub elsewhere_count: i64,
    pub last_used_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
