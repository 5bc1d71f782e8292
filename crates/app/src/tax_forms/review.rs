//! Staff accepts a form or rejects it.

use kernel::{Id, Refusal, id};
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::json;

use super::{entity::Model, rules, store};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::{Answer, body::long_text},
    workspaces,
};

const REASON_CHARS_MAX: usize = 1_000;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"accept": false, "reason": "Line 6 is not signed"}))]
#[serde(deny_unknown_fields)]
pub struct ReviewTaxForm {
    pub accept: bool,
    /// For the partner; needed where it is rejected.
    pub reason: Option<String>,
}

/// Accepts or rejects a form, and says why.
pub async fn review(app: &App, actor: &Actor, id: Id<id::TaxForm>, wanted: &ReviewTaxForm) -> Answer<Model> {
    let reason = reason(wanted)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = store::get(&*write, actor.tenant, id).await?;
    let before = json!({"state": row.state});
    let zone = workspaces::store::get(&*write, actor.tenant).await?.zone()?;
    row.state = rules::reviewed(&row, wanted.accept, app.ambient.now().local_day(&zone))?;
    (row.reason, row.reviewed_by, row.reviewed_at) = (reason, Some(actor.user), Some(app.ambient.now()));
    row.clone().into_active_model().reset_all().update(&*write).await?;
    let after = Some(json!({"state": row.state, "reason": row.reason, "partner_id": row.partner_id}));
    let change = Change { action: "tax_form.reviewed", subject: id.to_string(), before: Some(before), after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

fn reason(wanted: &ReviewTaxForm) -> Result<Option<String>, Refusal> {
    let said = wanted.reason.as_deref().filter(|said| !said.trim().is_empty());
    match said {
        Some(said) => Ok(Some(long_text("reason", said, REASON_CHARS_MAX)?)),
        None if wanted.accept => Ok(None),
        None => Err(Refusal::field("reason", "must say why it is rejected")),
    }
}
