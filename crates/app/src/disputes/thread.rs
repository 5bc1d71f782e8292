//! A few messages between both sides.

use kernel::{Id, Refusal, RefusalCode, id};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::{
    entity::message::{self, Entity},
    open::{WORDS_CHARS_MAX, require_open},
    store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::{Answer, body::long_text},
};

/// Messages of one dispute.
const MESSAGES_MAX: usize = 50;

/// Writes to the other side while the dispute is open.
pub async fn say(app: &App, actor: &Actor, id: Id<id::Dispute>, words: &str) -> Answer<()> {
    let words = long_text("words", words, WORDS_CHARS_MAX)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let row = store::get(&*write, actor, id).await?;
    require_open(&row)?;
    if store::messages(&*write, &row).await?.len() >= MESSAGES_MAX {
        let message = format!("a dispute has at most {MESSAGES_MAX} messages");
        return Err(Refusal::new(RefusalCode::TooManyOfThem, message).into());
    }
    let one = message::Model {
        id: app.ambient.new_id(),
        workspace_id: row.workspace_id,
        dispute_id: row.id,
        author_id: actor.user,
        from_staff: actor.role.is_staff(),
        words,
        created_at: app.ambient.now(),
    };
    Entity::insert(one.clone().into_active_model()).exec_without_returning(&*write).await?;
    let after = Some(json!({"words": one.words}));
    let change = Change { action: "dispute.answered", subject: row.id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    Ok(write.commit().await?)
}
