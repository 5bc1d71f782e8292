//! Staff accepts an invoice or sends it back.

use kernel::{Id, Refusal, id};
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::{Model, OwnInvoiceState},
    rules, store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::{Answer, body::long_text},
};

const REASON_CHARS_MAX: usize = 1_000;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"accept": false, "reason": "Our VAT number is missing"}))]
#[serde(deny_unknown_fields)]
pub struct ReviewOwnInvoice {
    pub accept: bool,
    /// For the partner; needed where it is sent back.
    pub reason: Option<String>,
}

/// Accepts an invoice, or sends it back and says why. What is sent back gives its number free.
pub async fn review(app: &App, actor: &Actor, id: Id<id::OwnInvoice>, wanted: &ReviewOwnInvoice) -> Answer<Model> {
    let reason = reason(wanted)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = store::get(&*write, actor.tenant, id).await?;
    let before = json!({"state": row.state});
    row.state = rules::reviewed(row.state, wanted.accept)?;
    if row.state == OwnInvoiceState::SentBack {
        row.standing_number = None;
    }
    (row.reason, row.reviewed_by, row.reviewed_at) = (reason, Some(actor.user), Some(app.ambient.now()));
    row.clone().into_active_model().reset_all().update(&*write).await?;
    let after = Some(json!({"state": row.state, "reason": row.reason, "partner_id": row.partner_id}));
    let change = Change { action: "own_invoice.reviewed", subject: id.to_string(), before: Some(before), after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

fn reason(wanted: &ReviewOwnInvoice) -> Result<Option<String>, Refusal> {
    let said = wanted.reason.as_deref().filter(|said| !said.trim().is_empty());
    match said {
        Some(_) if wanted.accept => Ok(None),
        Some(said) => Ok(Some(long_text("reason", said, REASON_CHARS_MAX)?)),
        None if wanted.accept => Ok(None),
        None => Err(Refusal::field("reason", "must say why it is sent back")),
    }
}
