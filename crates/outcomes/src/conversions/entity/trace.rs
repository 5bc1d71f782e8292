//! What a conversion was decided from. Written once, with the conversion.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "conversion_traces")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub conversion_id: Id<id::Conversion>,
    pub workspace_id: Id<id::Workspace>,
    /// The terms of the offer; absent where none was known.
    pub terms_id: Option<Uuid>,
    pub format: i32,
    /// JSON.
    pub body: String,
}

impl ActiveModelBehavior for ActiveModel {}
