//! When somebody is to be told.

use kernel::{Id, Timestamp, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::alerts::{built_in::BuiltIn, watch::Watch};

/// Who gets a letter beside whoever is responsible.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct People(pub Vec<Id<id::User>>);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "alert_rules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::AlertRule>,
    pub workspace_id: Id<id::Workspace>,
    pub built_in: Option<BuiltIn>,
    /// As its author called it; of one that comes with the program, in English.
    pub name: String,
    /// Absent where a state is looked at and no metric.
    pub watch: Option<Watch>,
    pub is_on: bool,
    /// Whether letters are sent at all.
    pub mails: bool,
    pub people: People,
    pub created_by: Option<Id<id::User>>,
    pub created_at: Timestamp,
    pub removed_at: Option<Timestamp>,
    /// The end of the last hour that was looked at.
    pub looked_to: Option<Timestamp>,
    /// Why it cannot be asked any more.
    pub problem: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
