//! What is taken from one partner's payouts.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

use super::terms::FeeBearer;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payee_terms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: Id<id::Partner>,
    pub workspace_id: Id<id::Workspace>,
    /// As the workspace has it where absent.
    pub fee_bearer: Option<FeeBearer>,
    /// Tax that is kept back, in hundredths of a per cent of what is paid.
    pub withheld_bp: i32,
}

impl ActiveModelBehavior for ActiveModel {}
