//! What the edge had been told of a thing until a change replaced it. Rows are only ever added.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "route_history")]
pub struct Model {
    /// The thing, by its ids; a link by its slug.
    #[sea_orm(primary_key, auto_increment = false)]
    pub about: String,
    /// Sequence number of the routes from which on something else held.
    #[sea_orm(primary_key, auto_increment = false)]
    pub until_seq: i64,
    pub workspace_id: Id<id::Workspace>,
    /// A change of routes as JSON; `null` where nothing had been told.
    pub body: String,
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
