//! A landing page.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::offers::terms::{LandingKind, LandingState};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "landings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Landing>,
    pub workspace_id: Id<id::Workspace>,
    pub offer_id: Id<id::Offer>,
    pub name: String,
    /// May hold out-macros behind the host.
    pub url: String,
    pub kind: LandingKind,
    pub state: LandingState,
    pub position: i32,
    /// Its share among the offer's pages that have one; 0 takes it out of the rotation.
    pub weight: i32,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
