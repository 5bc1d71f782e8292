//! How an offer credits conversions that come with a coupon or a known customer. An offer without a row has the defaults.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

use crate::coupons::model::{CouponRule, CustomerBinding, ExistingCustomers};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "offer_crediting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub offer_id: Id<id::Offer>,
    pub workspace_id: Id<id::Workspace>,
    pub coupon_rule: CouponRule,
    pub binding: CustomerBinding,
    pub binding_days: i32,
    pub existing_customers: ExistingCustomers,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What an offer does that says nothing.
    pub fn unsaid(workspace_id: Id<id::Workspace>, offer_id: Id<id::Offer>) -> Self {
        Self {
            offer_id,
            workspace_id,
            coupon_rule: CouponRule::ByOrder,
            binding: CustomerBinding::None,
            binding_days: 0,
            existing_customers: ExistingCustomers::Allowed,
        }
    }
}
