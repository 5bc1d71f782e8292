//! A partner hands its invoice in, or staff does for it.

use kernel::{Currency, Id, Refusal, RefusalCode, id};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::{Entity, Model, OwnInvoiceState},
    rules::{self, Amounts, WAITING_MAX},
    store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    partner_files::{self, upload::Upload},
    partners,
    payout_requirements::{entity::BilledBy, store::demands},
    platform::{Answer, WriteTransaction, body::short_text},
    workspaces,
};

const NUMBER_CHARS_MAX: usize = 60;

/// What the invoice in the file says.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NewOwnInvoice {
    /// The partner's own; once for each invoice that was not sent back.
    pub number: String,
    #[param(format = Date)]
    pub issued_on: String,
    /// In which the partner is paid.
    #[param(value_type = String)]
    pub currency: Currency,
    /// In whole minor units.
    pub net_minor: i64,
    /// Value added tax, in whole minor units; nought where there is none.
    #[serde(default)]
    pub tax_minor: i64,
    /// Net and tax: what is paid. In whole minor units.
    pub gross_minor: i64,
    /// How the file is called.
    pub name: Option<String>,
}

/// Takes an invoice in, to be looked at by staff.
pub async fn submit(
    app: &App,
    actor: &Actor,
    partner: Id<id::Partner>,
    (new, file): (&NewOwnInvoice, &Upload),
) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let row = checked(app, &write, actor, partner, (new, file)).await?;
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    partner_files::store::keep(&*write, app, (actor.tenant, row.id.uuid()), file.content()).await?;
    let after = json!({
        "partner_id": partner, "number": row.number, "currency": row.currency, "gross_minor": row.gross_minor,
        "tax_minor": row.tax_minor, "file_hash": row.file_hash
    });
    let subject = row.id.to_string();
    let change = Change { action: "own_invoice.submitted", subject, before: None, after: Some(after) };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

async fn checked(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    partner: Id<id::Partner>,
    (new, file): (&NewOwnInvoice, &Upload),
) -> Answer<Model> {
    let tenant = actor.tenant;
    let payee = partners::store::get(&**write, tenant, partner).await?;
    require_own(write, actor, partner).await?;
    let zone = workspaces::store::get(&**write, tenant).await?.zone()?;
    let today = app.ambient.now().local_day(&zone);
    let issued_on = rules::issued_on(&new.issued_on, today)?;
    rules::require_currency(payee.payout_currency.as_deref(), new.currency)?;
    let said = Amounts { net_minor: new.net_minor, tax_minor: new.tax_minor, gross_minor: new.gross_minor };
    let amounts = rules::checked(said)?;
    let number = short_text("number", &new.number, NUMBER_CHARS_MAX)?;
    let standing_number = rules::compared(&number);
    require_room(write, actor, (partner, &standing_number)).await?;
    Ok(Model {
        id: app.ambient.new_id(),
        workspace_id: tenant.id(),
        partner_id: partner,
        number,
        standing_number: Some(standing_number),
        issued_on: issued_on.to_string(),
        currency: new.currency.to_string(),
        net_minor: amounts.net_minor,
        tax_minor: amounts.tax_minor,
        gross_minor: amounts.gross_minor,
        state: OwnInvoiceState::Submitted,
        reason: None,
        payout_id: None,
        file_name: file.name.clone(),
        file_kind: file.kind,
        file_hash: file.hash(),
        file_bytes: file.content().len() as i64,
        submitted_by: actor.user,
        created_at: app.ambient.now(),
        reviewed_by: None,
        reviewed_at: None,
    })
}

/// Whoever is billed by the workspace hands nothing in.
async fn require_own(write: &WriteTransaction, actor: &Actor, partner: Id<id::Partner>) -> Answer<()> {
    match demands(&**write, actor.tenant).await?.billed_by(partner) {
        BilledBy::OwnInvoice => Ok(()),
        BilledBy::SelfBilling => {
            let message = "invoices are issued on this partner's behalf, so it hands none in";
            Err(Refusal::new(RefusalCode::WrongBiller, message).into())
        }
    }
}

async fn require_room(
    write: &WriteTransaction,
    actor: &Actor,
    (partner, number): (Id<id::Partner>, &str),
) -> Answer<()> {
    if store::stands(&**write, actor.tenant, (partner, number)).await? {
        return Err(Refusal::new(RefusalCode::AlreadyExists, "an invoice of this number was handed in already").into());
    }
    if store::waiting(&**write, actor.tenant, partner).await? >= WAITING_MAX {
        let message = "too many invoices wait to be looked at; wait for the first answers";
        return Err(Refusal::new(RefusalCode::TooManyOfThem, message).into());
    }
    Ok(())
}
