//! Billing details: read, checked, written with a row in the audit log.

use std::collections::HashSet;

use kernel::{Id, Refusal, RefusalCode, Tenant, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QuerySelect as _, prelude::Uuid,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::entity::{Column, Entity, LegalForm, Model, Whose};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::{
        Answer,
        body::{email, optional_text, short_text},
    },
};

const NAME_CHARS_MAX: usize = 200;
const LINE_CHARS_MAX: usize = 120;
const ADDRESS_LINES_MAX: usize = 6;
const NUMBER_CHARS_MAX: usize = 60;
const ACCOUNT_CHARS_MAX: usize = 120;
const VAT_BP_MAX: i32 = 10_000;

/// The whole of somebody's billing details: what is absent is cleared.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "legal_form": "company", "name": "Trail Notes sp. z o.o.", "address": ["ul. Długa 12", "31-147 Kraków"],
    "country": "PL", "vat_id": "PL6762412345", "language": "pl", "vat_bp": 2300, "self_billing": true
}))]
#[serde(deny_unknown_fields)]
pub struct DetailsIn {
    pub legal_form: LegalForm,
    pub name: String,
    /// Line by line.
    pub address: Vec<String>,
    pub country: String,
    pub vat_id: Option<String>,
    pub tax_id: Option<String>,
    pub registration: Option<String>,
    pub email: Option<String>,
    /// Where money is sent to, as it reads on an invoice.
    pub account: Option<String>,
    /// Of papers that are sent to it: en, ru or pl; English where absent.
    pub language: Option<String>,
    /// The rate of value added tax at home, in hundredths of a per cent.
    pub vat_bp: Option<i32>,
    /// The law under which no tax is charged.
    pub vat_exempt_basis: Option<String>,
    /// Agrees that invoices are issued on its behalf.
    #[serde(default)]
    pub self_billing: bool,
}

/// Whose details are meant.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    pub whose: Whose,
    pub id: Uuid,
}

impl Subject {
    pub fn workspace(tenant: Tenant) -> Self {
        Self { whose: Whose::Workspace, id: tenant.id().into() }
    }

    pub fn partner(id: Id<id::Partner>) -> Self {
        Self { whose: Whose::Partner, id: id.into() }
    }

    pub fn advertiser(id: Id<id::Advertiser>) -> Self {
        Self { whose: Whose::Advertiser, id: id.into() }
    }
}

pub async fn find(conn: &impl ConnectionTrait, tenant: Tenant, of: Subject) -> Answer<Option<Model>> {
    let query = Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
    Ok(query.filter(Column::Whose.eq(of.whose)).filter(Column::WhoseId.eq(of.id)).one(conn).await?)
}

/// Partners at whose details staff has looked since they changed them.
pub async fn confirmed_partners(conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<HashSet<Id<id::Partner>>> {
    let ids: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::WhoseId)
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::Whose.eq(Whose::Partner))
        .filter(Column::ConfirmedBy.is_not_null())
        .into_tuple()
        .all(conn)
        .await?;
    Ok(ids.into_iter().map(|id| Id::from_u128(id.as_u128())).collect())
}

/// The details, or a refusal that says whose are missing.
pub async fn require(conn: &impl ConnectionTrait, tenant: Tenant, of: Subject) -> Answer<Model> {
    let message = match of.whose {
        Whose::Workspace => "the workspace has no billing details",
        Whose::Partner => "the partner has no billing details",
        Whose::Advertiser => "the advertiser has no billing details",
    };
    Ok(find(conn, tenant, of).await?.ok_or_else(|| missing(message))?)
}

pub fn missing(message: &str) -> Refusal {
    Refusal::new(RefusalCode::BillingDetailsMissing, message)
}

/// Puts details in the place of those before. What a partner writes waits for staff to look at it.
pub async fn set(app: &App, actor: &Actor, of: Subject, new: &DetailsIn) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let before = find(&*write, actor.tenant, of).await?;
    let zone = crate::workspaces::store::get(&*write, actor.tenant).await?.zone()?;
    let today = app.ambient.now().local_day(&zone).to_string();
    let mut row = checked(app, actor, of, new)?;
    let agreed = before.as_ref().and_then(|row| row.self_billing_since.clone()).unwrap_or(today);
    row.self_billing_since = new.self_billing.then_some(agreed);
    if let Some(before) = &before {
        row.id = before.id;
        Entity::update(row.clone().into_active_model().reset_all()).exec(&*write).await?;
    } else {
        Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    }
    let change = Change {
        action: "billing_details.set",
        subject: row.whose_id.to_string(),
        before: before.as_ref().map(remembered),
        after: Some(remembered(&row)),
    };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

fn remembered(row: &Model) -> Value {
    json!({
        "whose": row.whose, "legal_form": row.legal_form, "name": row.name, "address": row.address, "country": row.country,
        "vat_id": row.vat_id, "tax_id": row.tax_id, "registration": row.registration, "vat_bp": row.vat_bp,
        "vat_exempt_basis": row.vat_exempt_basis, "self_billing_since": row.self_billing_since,
        "confirmed": row.confirmed_by.is_some()
    })
}

fn checked(app: &App, actor: &Actor, of: Subject, new: &DetailsIn) -> Result<Model, Refusal> {
    let number = |field: &str, text: &Option<String>| optional_text(field, text.as_deref(), NUMBER_CHARS_MAX);
    Ok(Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        whose: of.whose,
        whose_id: of.id,
        legal_form: new.legal_form,
        name: short_text("name", &new.name, NAME_CHARS_MAX)?,
        address: address(&new.address)?,
        country: country(&new.country)?,
        vat_id: number("vat_id", &new.vat_id)?,
        tax_id: number("tax_id", &new.tax_id)?,
        registration: number("registration", &new.registration)?,
        email: new.email.as_deref().map(|text| email("email", text)).transpose()?,
        account: optional_text("account", new.account.as_deref(), ACCOUNT_CHARS_MAX)?,
        language: language(new.language.as_deref().unwrap_or("en"))?,
        vat_bp: new.vat_bp.map(rate).transpose()?,
        vat_exempt_basis: optional_text("vat_exempt_basis", new.vat_exempt_basis.as_deref(), NAME_CHARS_MAX)?,
        self_billing_since: None,
        confirmed_by: actor.role.is_staff().then_some(actor.user),
        updated_at: app.ambient.now(),
    })
}

fn address(lines: &[String]) -> Result<String, Refusal> {
    if lines.is_empty() {
        return Err(Refusal::field("address", "must not be empty"));
    }
    if lines.len() > ADDRESS_LINES_MAX {
        return Err(Refusal::field("address", format!("must have at most {ADDRESS_LINES_MAX} entries")));
    }
    let line = |(index, line): (usize, &String)| short_text(&format!("address.{index}"), line, LINE_CHARS_MAX);
    Ok(lines.iter().enumerate().map(line).collect::<Result<Vec<_>, _>>()?.join("\n"))
}

fn country(text: &str) -> Result<String, Refusal> {
    let text = text.trim().to_ascii_uppercase();
    let is_code = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    is_code.then_some(text).ok_or_else(|| Refusal::field("country", "must be a country code such as PL"))
}

fn language(text: &str) -> Result<String, Refusal> {
    let known = ::papers::Language::ALL.into_iter().find(|language| language.code() == text);
    let known = known.ok_or_else(|| Refusal::field("language", "must be en, ru or pl"))?;
    Ok(known.code().to_owned())
}

fn rate(basis_points: i32) -> Result<i32, Refusal> {
    let fits = (0..=VAT_BP_MAX).contains(&basis_points);
    fits.then_some(basis_points).ok_or_else(|| Refusal::field("vat_bp", format!("must be 0 to {VAT_BP_MAX}")))
}
