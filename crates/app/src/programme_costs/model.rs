//! A cost.

use kernel::{Currency, Id, Money, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CostCategory {
    /// Of banks, payment services, networks.
    Fees,
    Ads,
    Salaries,
    Tools,
    Other,
}

impl CostCategory {
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Fees, "fees"),
        (Self::Ads, "ads"),
        (Self::Salaries, "salaries"),
        (Self::Tools, "tools"),
        (Self::Other, "other"),
    ];

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(category, _)| *category)
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "programme_costs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::ProgrammeCost>,
    pub workspace_id: Id<id::Workspace>,
    pub category: CostCategory,
    /// Its day, or the first day of its month.
    pub day: String,
    /// It is spread evenly over the days of a month.
    pub is_month: bool,
    pub currency: String,
    /// Below nought for what came back.
    pub amount_minor: i64,
    pub partner_id: Option<Id<id::Partner>>,
    pub offer_id: Option<Id<id::Offer>>,
    /// The offer's, where there is one.
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub note: Option<String>,
    /// Hash of the file that it came in.
    pub file_hash: Option<String>,
    /// The cost whose place it takes.
    pub replaces: Option<Id<id::ProgrammeCost>>,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
    /// Absent while it counts.
    pub removed_at: Option<Timestamp>,
    pub removed_by: Option<Id<id::User>>,
    pub removal_note: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// # Panics
    /// Where a row holds no currency code: rows are written from [`Currency`] only.
    pub fn currency(&self) -> Currency {
        self.currency.parse().expect("rows hold currency codes")
    }

    pub fn amount(&self) -> Money {
        Money::new(self.amount_minor, self.currency())
    }
}
