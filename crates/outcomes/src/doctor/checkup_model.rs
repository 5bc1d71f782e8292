//! A look at an offer's tracking, hop by hop, and which offers are looked at daily.

use kernel::{Id, Timestamp, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::rules::Advice;

/// The way from the link to the booking, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Hop {
    /// There is a tracking link.
    Link,
    /// The tracking domain leads here.
    Domain,
    /// A click is sent to the landing page.
    Click,
    /// The landing page answers.
    Landing,
    /// The click id is still in the address where the visitor ends up.
    Parameter,
    /// A test conversion is believed and would be taken.
    Conversion,
    /// The advertiser's own calls are taken.
    Calls,
}

impl Hop {
    pub const ALL: [Self; 7] =
        [Self::Link, Self::Domain, Self::Click, Self::Landing, Self::Parameter, Self::Conversion, Self::Calls];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HopState {
    Sound,
    Broken,
    /// Not looked at, because of what came before or for the reason given.
    Skipped,
}

/// One hop, as it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "hop": "landing", "state": "broken", "reason": "error_status", "advice": "repair_landing",
    "detail": "https://shop.riverside.example/ answers 503"
}))]
pub struct HopFound {
    pub hop: Hop,
    pub state: HopState,
    /// Code of what is wrong, or of why it was not looked at.
    pub reason: Option<String>,
    /// What to do about it.
    pub advice: Option<Advice>,
    /// What was seen, in the words of addresses and answers.
    pub detail: String,
}

/// Hops in one column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Hops(pub Vec<HopFound>);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "checkups")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Checkup>,
    pub workspace_id: Id<id::Workspace>,
    pub offer_id: Id<id::Offer>,
    pub at: Timestamp,
    /// Who asked for it; absent for the daily look.
    pub asked_by: Option<Id<id::User>>,
    /// The first hop that does not hold.
    pub broken_hop: Option<Hop>,
    pub reason: Option<String>,
    pub hops: Hops,
}

impl ActiveModelBehavior for ActiveModel {}
