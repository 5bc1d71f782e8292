//! A partner hands a form in, or staff does for it.

use kernel::{Id, id};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::{Entity, Model, TaxFormState},
    kinds::TaxFormKind,
    rules, store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    partner_files::{self, pdf::Pdf},
    partners,
    platform::Answer,
    workspaces,
};

/// What a file is.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NewTaxForm {
    pub kind: TaxFormKind,
    /// The last day on which it holds; as its kind has it where absent.
    #[param(format = Date)]
    pub valid_until: Option<String>,
    /// How the file is called.
    pub name: Option<String>,
}

/// Takes a form in, to be looked at by staff.
pub async fn submit(app: &App, actor: &Actor, partner: Id<id::Partner>, new: &NewTaxForm, pdf: &Pdf) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    partners::store::get(&*write, actor.tenant, partner).await?;
    let zone = workspaces::store::get(&*write, actor.tenant).await?.zone()?;
    let today = app.ambient.now().local_day(&zone);
    let valid_until = rules::valid_until(new.kind.terms(), new.valid_until.as_deref(), today)?;
    let known = store::of_partner(&*write, actor.tenant, partner).await?;
    rules::require_room(&known, new.kind, &pdf.hash())?;
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        partner_id: partner,
        kind: new.kind,
        valid_until: valid_until.map(|day| day.to_string()),
        state: TaxFormState::Submitted,
        reason: None,
        file_name: pdf.name.clone(),
        file_hash: pdf.hash(),
        file_bytes: pdf.content().len() as i64,
        submitted_by: actor.user,
        created_at: app.ambient.now(),
        reviewed_by: None,
        reviewed_at: None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    partner_files::store::keep(&*write, app, (actor.tenant, row.id.uuid()), pdf.content()).await?;
    let after = json!({
        "partner_id": partner, "kind": row.kind, "valid_until": row.valid_until, "file_hash": row.file_hash
    });
    let subject = row.id.to_string();
    let change = Change { action: "tax_form.submitted", subject, before: None, after: Some(after) };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}
