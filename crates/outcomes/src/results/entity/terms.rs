//! What share of net revenue was agreed, from a month on. Agreeing anew is a new row.

use kernel::{Decimal8, Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::results::{
    model::{CarryRule, ShareTierMode, ShareTiers},
    rules::share::Agreed,
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "revenue_share_terms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::RevenueShareTerms>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    /// One partner; absent for a group or everyone.
    pub partner_id: Option<Id<id::Partner>>,
    pub partner_group: Option<String>,
    /// First month, such as `2026-11`.
    pub starts_month: String,
    pub tiers: ShareTiers,
    pub tier_mode: ShareTierMode,
    pub carry: CarryRule,
    pub carry_months: i32,
    pub high_roller_minor: Option<i64>,
    /// Times 10^8.
    pub charge_percent_e8: Option<i64>,
    pub hold_days: i32,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn agreed(&self) -> Agreed {
        Agreed {
            tiers: self.tiers.0.clone(),
            tier_mode: self.tier_mode,
            carry: self.carry,
            carry_months: self.carry_months,
            high_roller_minor: self.high_roller_minor,
            charge_percent: self.charge_percent_e8.map(Decimal8::from_raw),
        }
    }
}
