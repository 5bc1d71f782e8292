//! The closed lists of coupons and of an offer's rules for them.

use kernel::{Id, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CouponState {
    Active,
    Paused,
    /// Seen where it should not be: it names nobody until it is active again.
    Leaked,
}

/// Whose the conversion is when a coupon of one partner comes with a click of another.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CouponRule {
    /// As the offer's order of attribution says.
    ByOrder,
    ClickWins,
    CouponWins,
    /// It is rejected: `coupon_not_allowed`.
    Reject,
}

/// How long a customer stays with the partner who brought it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CustomerBinding {
    None,
    Days,
    Lifetime,
}

/// Whether customers the advertiser knows already earn anything.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ExistingCustomers {
    Allowed,
    /// Only for the partner to whom they are bound.
    OwnOnly,
    /// `existing_customer`.
    Refused,
}

/// Offers on which a coupon counts; an empty list is all of its advertiser.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct CouponOffers(pub Vec<Id<id::Offer>>);
