//! How a workspace pays by each method: the account of its bank, the key of its payment service.
//!
//! Invariants: settings lie sealed; the secret of a service is never given out; a batch is paid as its payer stood when
//! the batch was made.

use kernel::{Currency, Refusal, RefusalCode, Tenant};
use payfiles::{Bic, Iban, batch::wise::Template};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::entity::payer::{Column, Entity, Model};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    partners::model::PayoutMethod,
    platform::{
        Answer,
        body::{TEXT_CHARS_MAX, optional_text, short_text},
        secrets::Secrets,
    },
};

const TEMPLATE_BYTES_MAX: usize = 20_000;

/// How a workspace pays by one method. Methods that are not here need nothing said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Payer {
    Sepa(SepaPayer),
    Paypal(PaypalPayer),
    Wise(WisePayer),
    Capitalist(CapitalistPayer),
}

/// The account that credit transfers are paid from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "name": "Riverside GmbH", "iban": "DE89370400440532013000", "bic": "COBADEFF", "street": "Uferweg", "building": "3",
    "postal_code": "10115", "town": "Berlin", "country": "DE", "version": "pain.001.001.09", "one_booking": true
}))]
pub struct SepaPayer {
    pub name: String,
    pub iban: String,
    pub bic: Option<String>,
    pub street: Option<String>,
    pub building: Option<String>,
    pub postal_code: Option<String>,
    pub town: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// What the bank takes: `pain.001.001.09` unless said, or `pain.001.001.03`.
    pub version: Option<String>,
    /// Whether the bank books a batch as one line of the statement.
    #[serde(default)]
    pub one_booking: bool,
}

/// The PayPal application that batches are paid with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"client_id": "AY3x…", "client_secret": "EL9…", "sandbox": false, "webhook_id": "8PT5…"}))]
pub struct PaypalPayer {
    pub client_id: String,
    /// Never given out; what is known stays where it is absent.
    pub client_secret: Option<String>,
    /// Pays play money.
    #[serde(default)]
    pub sandbox: bool,
    /// Of the webhook by which PayPal tells what became of payments.
    pub webhook_id: Option<String>,
    /// Of PayPal's mail to partners.
    pub email_subject: Option<String>,
}

/// What Wise is told beside the payments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"source_currency": "EUR", "template": null}))]
pub struct WisePayer {
    /// Of the balance that pays; the batch's own where absent.
    #[schema(value_type = Option<String>)]
    pub source_currency: Option<Currency>,
    /// The template that Wise gives for the batch, as CSV; a plain one where absent.
    pub template: Option<String>,
}

/// What Capitalist is told beside the payments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"operation": "CAPITALIST"}))]
pub struct CapitalistPayer {
    /// Capitalist's name of the way the money goes.
    pub operation: String,
}

impl Payer {
    pub const fn method(&self) -> PayoutMethod {
        match self {
            Self::Sepa(_) => PayoutMethod::Sepa,
            Self::Paypal(_) => PayoutMethod::Paypal,
            Self::Wise(_) => PayoutMethod::Wise,
            Self::Capitalist(_) => PayoutMethod::Capitalist,
        }
    }

    /// As it may be shown.
    pub fn without_secret(self) -> Self {
        match self {
            Self::Paypal(payer) => Self::Paypal(PaypalPayer { client_secret: None, ..payer }),
            other => other,
        }
    }

    /// What may stand in the audit log: where the money comes from, without keys.
    fn remembered(&self) -> serde_json::Value {
        match self {
            Self::Sepa(payer) => json!({"name": payer.name, "iban": payer.iban}),
            Self::Paypal(payer) => json!({"client_id": payer.client_id, "sandbox": payer.sandbox}),
            Self::Wise(payer) => json!({"source_currency": payer.source_currency}),
            Self::Capitalist(payer) => json!({"operation": payer.operation}),
        }
    }

    pub(super) fn opened(secrets: &Secrets, sealed: &[u8]) -> anyhow::Result<Self> {
        let plain =
            secrets.open_sealed(sealed).ok_or_else(|| anyhow::anyhow!("a payer's settings cannot be opened"))?;
        Ok(serde_json::from_slice(&plain)?)
    }
}

/// All that are set, by method.
pub async fn all(app: &App, tenant: Tenant) -> Answer<Vec<(Payer, Model)>> {
    let query = Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).order_by_asc(Column::Method);
    let rows = query.all(app.records.read()).await?;
    let opened = rows.into_iter().map(|row| Ok((Payer::opened(&app.secrets, &row.settings_sealed)?, row)));
    opened.collect()
}

/// How this method is paid, sealed as it lies; `None` where nothing is set.
pub async fn sealed(conn: &impl ConnectionTrait, tenant: Tenant, method: PayoutMethod) -> Answer<Option<Vec<u8>>> {
    Ok(Entity::find_by_id((tenant.id(), method)).one(conn).await?.map(|row| row.settings_sealed))
}

/// Sets how a method is paid.
pub async fn set(app: &App, actor: &Actor, payer: Payer) -> Answer<Model> {
    let write = app.records.begin().await?;
    let method = payer.method();
    let known = sealed(&*write, actor.tenant, method).await?;
    let before = known.map(|sealed| Payer::opened(&app.secrets, &sealed)).transpose()?;
    let payer = checked(payer, before.as_ref())?;
    let plain = serde_json::to_vec(&payer).map_err(anyhow::Error::from)?;
    let row = Model {
        workspace_id: actor.tenant.id(),
        method,
        settings_sealed: app.secrets.seal(&app.ambient, &plain),
        changed_by: actor.user,
        changed_at: app.ambient.now(),
    };
    let change = Change {
        action: "payout_payer.set",
        subject: serde_json::to_value(method).map_err(anyhow::Error::from)?.as_str().unwrap_or_default().to_owned(),
        before: before.as_ref().map(Payer::remembered),
        after: Some(payer.remembered()),
    };
    audit::record(&*write, &app.ambient, actor, change).await?;
    let replaced = OnConflict::columns([Column::WorkspaceId, Column::Method])
        .update_columns([Column::SettingsSealed, Column::ChangedBy, Column::ChangedAt])
        .to_owned();
    Entity::insert(row.clone().into_active_model()).on_conflict(replaced).exec_without_returning(&*write).await?;
    write.commit().await?;
    Ok(row)
}

/// What is needed is there and can be right; a secret that is not said stays.
fn checked(payer: Payer, before: Option<&Payer>) -> Result<Payer, Refusal> {
    Ok(match payer {
        Payer::Sepa(payer) => Payer::Sepa(checked_sepa(payer)?),
        Payer::Paypal(payer) => {
            let known = before.and_then(|before| match before {
                Payer::Paypal(before) if before.client_id == payer.client_id.trim() => before.client_secret.clone(),
                _ => None,
            });
            Payer::Paypal(checked_paypal(payer, known)?)
        }
        Payer::Wise(payer) => Payer::Wise(checked_wise(payer)?),
        Payer::Capitalist(payer) => {
            let operation = short_text("operation", &payer.operation, TEXT_CHARS_MAX)?;
            if !operation.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_') {
                return Err(Refusal::field("operation", "must be capitals, digits and _, such as CAPITALIST"));
            }
            Payer::Capitalist(CapitalistPayer { operation })
        }
    })
}

fn checked_sepa(payer: SepaPayer) -> Result<SepaPayer, Refusal> {
    let wrong = |_| Refusal::field("iban", "must be an IBAN whose length and check digits fit");
    let iban = Iban::parse(&payer.iban).map_err(wrong)?;
    if !iban.in_sepa() {
        return Err(Refusal::field("iban", "must be an IBAN of a country that SEPA reaches"));
    }
    let bic = optional_text("bic", payer.bic.as_deref(), TEXT_CHARS_MAX)?;
    let bic = bic.map(|text| Bic::parse(&text).and_then(|bic| bic.fits(&iban).map(|()| bic)));
    let bic = bic.transpose().map_err(|_| Refusal::field("bic", "must be a BIC, of the country of the IBAN"))?;
    let text = |field: &str, value: &Option<String>| optional_text(field, value.as_deref(), TEXT_CHARS_MAX);
    let (town, country) = (text("town", &payer.town)?, text("country", &payer.country)?);
    let (street, building) = (text("street", &payer.street)?, text("building", &payer.building)?);
    let postal_code = text("postal_code", &payer.postal_code)?;
    let part = street.is_some() || building.is_some() || postal_code.is_some() || town.is_some() || country.is_some();
    if part && (town.is_none() || country.is_none()) {
        let lacks = if town.is_none() { "town" } else { "country" };
        return Err(Refusal::field(lacks, "is needed where an address is given"));
    }
    let version = text("version", &payer.version)?;
    if version.as_deref().is_some_and(|version| !["pain.001.001.09", "pain.001.001.03"].contains(&version)) {
        return Err(Refusal::field("version", "must be pain.001.001.09 or pain.001.001.03"));
    }
    Ok(SepaPayer {
        name: short_text("name", &payer.name, TEXT_CHARS_MAX)?,
        iban: iban.as_str().to_owned(),
        bic: bic.map(|bic| bic.as_str().to_owned()),
        street,
        building,
        postal_code,
        town,
        country: country.map(|country| country.to_ascii_uppercase()),
        version,
        one_booking: payer.one_booking,
    })
}

fn checked_paypal(payer: PaypalPayer, known: Option<String>) -> Result<PaypalPayer, Refusal> {
    let said = optional_text("client_secret", payer.client_secret.as_deref(), TEXT_CHARS_MAX)?;
    let client_secret = said.or(known);
    if client_secret.is_none() {
        return Err(Refusal::field("client_secret", "is needed: none is known for this client id"));
    }
    Ok(PaypalPayer {
        client_id: short_text("client_id", &payer.client_id, TEXT_CHARS_MAX)?,
        client_secret,
        sandbox: payer.sandbox,
        webhook_id: optional_text("webhook_id", payer.webhook_id.as_deref(), TEXT_CHARS_MAX)?,
        email_subject: optional_text("email_subject", payer.email_subject.as_deref(), TEXT_CHARS_MAX)?,
    })
}

fn checked_wise(payer: WisePayer) -> Result<WisePayer, Refusal> {
    let template = payer.template.filter(|template| !template.trim().is_empty());
    if template.as_ref().is_some_and(|template| template.len() > TEMPLATE_BYTES_MAX) {
        return Err(Refusal::field("template", format!("must be at most {TEMPLATE_BYTES_MAX} bytes")));
    }
    if let Some(text) = &template {
        Template::read(text.as_bytes()).map_err(|error| Refusal::field("template", error.to_string()))?;
    }
    Ok(WisePayer { source_currency: payer.source_currency, template })
}

/// Refuses a method that cannot be paid before it is said how.
pub fn require(method: PayoutMethod, sealed: Option<&[u8]>) -> Result<(), Refusal> {
    let needs = matches!(method, PayoutMethod::Sepa | PayoutMethod::Paypal);
    if needs && sealed.is_none() {
        let message = "say first from which account this method is paid";
        return Err(Refusal::new(RefusalCode::PayerMissing, message));
    }
    Ok(())
}
