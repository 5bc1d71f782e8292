//! One version of a customer's day: by how much its figures changed, who said so and when.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::results::model::{CustomerFigures, ResultDoor};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_result_changes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::CustomerResultChange>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub customer_id: Id<id::Customer>,
    pub result_id: Id<id::CustomerResult>,
    pub day: String,
    pub version: i32,
    pub deposits: i64,
    pub bets: i64,
    pub wins: i64,
    pub bonus: i64,
    pub chargeback: i64,
    pub fees: i64,
    pub tax: i64,
    pub deposits_count: i64,
    pub bets_count: i64,
    pub door: ResultDoor,
    /// Absent for a postback.
    pub actor_id: Option<Id<id::User>>,
    pub at: Timestamp,
    /// The month in whose close it was counted.
    pub closed_month: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub const fn figures(&self) -> CustomerFigures {
        let &Self { deposits, bets, wins, bonus, chargeback, fees, tax, deposits_count, bets_count, .. } = self;
        CustomerFigures { deposits, bets, wins, bonus, chargeback, fees, tax, deposits_count, bets_count }
    }
}
