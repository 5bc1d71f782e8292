//! A conversion as it stands now. How it came here is told by its moves.

use kernel::{Currency, Id, Timestamp, id, reason::ConversionReason};
use sea_orm::entity::prelude::*;

use crate::{
    conversions::{model::Status, rates::RatesUsed},
    offers::clocks::Clocks,
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "conversions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Conversion>,
    pub workspace_id: Id<id::Workspace>,
    /// The receipt that made it.
    pub receipt_id: Id<id::Receipt>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub goal_id: Option<Id<id::Goal>>,
    pub partner_id: Option<Id<id::Partner>>,
    /// What named the partner: `click_id`, `coupon`, `customer`, `journey`, `view`; `moved` where a person did.
    pub attributed_by: Option<String>,
    pub link_id: Option<Id<id::Link>>,
    pub landing_id: Option<Id<id::Landing>>,
    pub manager_id: Option<Id<id::User>>,
    pub click_id: Option<Id<id::Click>>,
    pub customer_id: Option<Id<id::Customer>>,
    /// Hash of advertiser, goal and order id; held once it was accepted.
    pub order_key: Option<Uuid>,
    /// Hash of click and goal; held once it was accepted, unless the goal allows many.
    pub click_goal_key: Option<Uuid>,
    /// Hash of customer and goal; held by leads once accepted.
    pub customer_goal_key: Option<Uuid>,
    /// The version that priced the revenue.
    pub plan_version_id: Option<Id<id::PlanVersion>>,
    pub goal_kind: String,
    pub partner_group: String,
    pub vertical: String,
    pub traffic_type: String,
    pub order_id: Option<String>,
    pub coupon: Option<String>,
    /// The advertiser's own word for the last status it sent.
    pub advertiser_words: Option<String>,
    pub is_primary: bool,
    /// The customer's first conversion with the advertiser.
    pub is_new_customer: bool,
    pub door: String,
    pub trust: String,
    pub status: Status,
    /// The state from which it was reversed, to which a reinstatement returns.
    pub status_before: Option<Status>,
    pub reason: Option<String>,
    /// The offer's currency; the workspace's where no offer is known.
    pub currency: String,
    pub reporting_currency: String,
    /// Units of the reporting currency for one of `currency`, times 10^8; 0 where unknown.
    pub rate_e8: i64,
    /// Order value as the advertiser last said it, before refunds.
    pub sale_minor: i64,
    /// Of the order value, what was refunded so far.
    pub refund_minor: i64,
    /// What the advertiser would be charged without refunds.
    pub revenue_full_minor: i64,
    /// What the advertiser is charged now; nought while rejected or reversed.
    pub revenue_minor: i64,
    /// What partners earn now, the sum of the commissions.
    pub payout_minor: i64,
    pub reporting_sale_minor: Option<i64>,
    pub reporting_revenue_minor: Option<i64>,
    pub reporting_payout_minor: Option<i64>,
    /// When the customer converted.
    pub event_at: Timestamp,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub click_at: Option<Timestamp>,
    /// Until when the advertiser judges.
    pub validation_until: Option<Timestamp>,
    pub lock_at: Option<Timestamp>,
    /// No clock runs while it is set.
    pub frozen_at: Option<Timestamp>,
    /// What its amounts were converted by.
    pub rates: RatesUsed,
    /// Whose days the clocks above run by.
    pub clocks: Clocks,
    /// The partner that the rules had credited, where a person moved it to another.
    pub moved_from_id: Option<Id<id::Partner>>,
    /// When it was last approved, rejected or reversed.
    pub decided_at: Option<Timestamp>,
    pub locked_at: Option<Timestamp>,
    pub paid_at: Option<Timestamp>,
    /// Country, sub ids and source of the click.
    pub click_dims: Json,
    /// `adv1` to `adv10` as the advertiser sent them.
    pub adv: Json,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// # Panics
    /// Where a row holds no currency code: rows are written from [`Currency`] only.
    pub fn currency(&self) -> Currency {
        self.currency.parse().expect("rows hold currency codes")
    }

    pub fn reason(&self) -> Option<ConversionReason> {
        self.reason.as_deref().and_then(ConversionReason::from_code)
    }
}
