//! One move from one platform.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::{
    identity::Role,
    imports::model::{ImportOptions, ImportPlatform, ImportState},
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "imports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Import>,
    pub workspace_id: Id<id::Workspace>,
    pub platform: ImportPlatform,
    /// The system's name among external refs.
    pub system: String,
    pub state: ImportState,
    pub options: ImportOptions,
    /// In whose name things are made.
    pub user_id: Id<id::User>,
    pub membership_id: Id<id::Membership>,
    pub role: Role,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
