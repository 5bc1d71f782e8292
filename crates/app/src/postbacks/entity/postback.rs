//! A setting: to whom what is told. A partner's where it names one, else the workspace's webhook.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::postbacks::model::{EventRules, PostbackKind, PostbackState};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "postbacks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Postback>,
    pub workspace_id: Id<id::Workspace>,
    pub partner_id: Option<Id<id::Partner>>,
    /// Of all offers where absent.
    pub offer_id: Option<Id<id::Offer>>,
    pub name: String,
    pub kind: PostbackKind,
    pub events: EventRules,
    /// Whether clicks are among its events, and whether what happens in the workspace is.
    pub wants_clicks: bool,
    pub wants_happenings: bool,
    /// Clicks that were not told because too many waited.
    pub clicks_left_out: i64,
    /// Which sub id carries the advertising platform's click id.
    pub ad_click_sub: i32,
    /// Address and keys, see [`Target`](crate::postbacks::target::Target).
    pub target_sealed: Vec<u8>,
    /// Where it leads, for fairness.
    pub host: String,
    pub state: PostbackState,
    /// Failures since the last success.
    pub failures: i32,
    /// When the first of them was.
    pub failing_since: Option<Timestamp>,
    pub delivered_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
