//! How and where a partner is paid: sealed in the records, masked on the way out.

use std::collections::BTreeMap;

use kernel::{Currency, Id, Refusal, Tenant, id};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    account_changes::{self, api::AccountChangeOut},
    model::{MinimumPayouts, Model, PayoutMethod},
    payee_account, store, update,
};
use crate::{
    App, currencies,
    identity::Actor,
    platform::{
        Answer,
        columns::{TextMap, require_few},
        secrets::Secrets,
    },
};

const SHOWN_CHARS: usize = 4;
const EMAIL: &str = "email";

/// The whole of a partner's payout details: what is absent is cleared.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "method": "sepa", "details": {"name": "Blue Media", "iban": "DE89370400440532013000"},
    "minimum_payouts": {"EUR": 10000}
}))]
pub struct PayoutDetailsIn {
    pub method: PayoutMethod,
    /// What the method needs, by name.
    #[serde(default)]
    pub details: BTreeMap<String, String>,
    /// Least payout in minor units by currency.
    #[serde(default)]
    pub minimum_payouts: BTreeMap<String, i64>,
    /// In which all that is payable is paid, at the rate of the day of the batch; as it was earned where absent.
    pub payout_currency: Option<Currency>,
}

/// Payout details with all but the last characters of each value hidden.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "method": "sepa", "details": {"name": "…edia", "iban": "…3000"}, "minimum_payouts": {"EUR": 10000},
    "payout_currency": null, "change": null
}))]
pub struct PayoutDetailsOut {
    pub method: Option<PayoutMethod>,
    pub details: TextMap,
    pub minimum_payouts: MinimumPayouts,
    pub payout_currency: Option<String>,
    /// A change of the account that is not in force yet.
    pub change: Option<AccountChangeOut>,
}

impl PayoutDetailsOut {
    /// A partner's, with the change that is under way.
    pub async fn of(app: &App, tenant: Tenant, row: &Model) -> Answer<Self> {
        let change = account_changes::pending(app.records.read(), tenant, row.id).await?;
        Ok(Self {
            method: row.payout_method,
            details: masked_details(&row.payout_details(&app.secrets)),
            minimum_payouts: row.minimum_payouts.clone(),
            payout_currency: row.payout_currency.clone(),
            change: change.map(AccountChangeOut::from),
        })
    }
}

/// The ends of details, by name.
pub fn masked_details(plain: &TextMap) -> TextMap {
    TextMap(plain.0.iter().map(|(name, value)| (name.clone(), mask(value))).collect())
}

fn mask(value: &str) -> String {
    let hidden = value.chars().count().saturating_sub(SHOWN_CHARS).max(1);
    format!("…{}", value.chars().skip(hidden).collect::<String>())
}

impl Model {
    /// The payout details in the clear: for payout files.
    pub fn payout_details(&self, secrets: &Secrets) -> TextMap {
        let sealed = self.payout_details_sealed.as_deref().unwrap_or_default();
        let plain = secrets.open_sealed(sealed).unwrap_or_default();
        serde_json::from_slice(&plain).unwrap_or_default()
    }
}

/// Replaces a partner's payout details. The first account holds at once; one that takes the place of another is
/// confirmed by mail and waits. Minimums and the currency hold at once.
pub async fn set(app: &App, actor: &Actor, partner: Id<id::Partner>, new: PayoutDetailsIn) -> Answer<Model> {
    let details = payee_account::checked(new.method, TextMap::checked("details", &new.details)?)?;
    let minimum_payouts = minimums(&new.minimum_payouts)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = store::get(&*write, actor.tenant, partner).await?;
    let is_first = row.payout_method.is_none();
    let is_same = row.payout_method == Some(new.method) && row.payout_details(&app.secrets) == details;
    let told = |method, currency: Option<String>| Some(json!({"method": method, "payout_currency": currency}));
    let before = told(row.payout_method, row.payout_currency.clone());
    if is_first {
        row.payout_method = Some(new.method);
        row.payout_details_sealed = Some(sealed(app, &details));
    } else if !is_same {
        account_changes::ask(app, &write, actor, &row, (new.method, &details)).await?;
    }
    row.minimum_payouts = minimum_payouts;
    if let Some(currency) = new.payout_currency {
        currencies::store::require_usable(&*write, actor.tenant, currency).await?;
    }
    row.payout_currency = new.payout_currency.map(|currency| currency.to_string());
    let after = told(row.payout_method, row.payout_currency.clone());
    update::save(app, actor, write, "partner.payout_details_set", (before, after), &row).await?;
    Ok(row)
}

/// Money that finds its way by the payee's mail address goes on to the one that was in force: a new address for letters is
/// no new account.
pub(super) fn keep_mail(app: &App, row: &mut Model, email: &str) {
    if row.payout_method.is_none_or(|method| !method.goes_by_mail()) {
        return;
    }
    let mut details = row.payout_details(&app.secrets);
    if !details.0.contains_key(EMAIL) {
        details.0.insert(EMAIL.to_owned(), email.to_owned());
        row.payout_details_sealed = Some(sealed(app, &details));
    }
}

fn sealed(app: &App, details: &TextMap) -> Vec<u8> {
    let plain = serde_json::to_vec(details).expect("a map of texts is plain data");
    app.secrets.seal(&app.ambient, &plain)
}

fn minimums(entries: &BTreeMap<String, i64>) -> Result<MinimumPayouts, Refusal> {
    require_few("minimum_payouts", entries.len())?;
    for (code, &minor) in entries {
        let is_known = code.parse::<Currency>().is_ok_and(|currency| currency.decimals().is_some());
        if !is_known || minor < 0 {
            return Err(Refusal::field("minimum_payouts", "must be amounts of 0 or more by currency code"));
        }
    }
    Ok(MinimumPayouts(entries.clone()))
}
