//! How and where a partner is paid: sealed in the records, masked on the way out.

use std::collections::BTreeMap;

use kernel::{Currency, Id, Refusal, id};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
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
    "payout_currency": null
}))]
pub struct PayoutDetailsOut {
    pub method: Option<PayoutMethod>,
    pub details: TextMap,
    pub minimum_payouts: MinimumPayouts,
    pub payout_currency: Option<String>,
}

impl PayoutDetailsOut {
    pub fn masked(row: &Model, secrets: &Secrets) -> Self {
        let plain = row.payout_details(secrets);
        let details = plain.0.into_iter().map(|(name, value)| (name, mask(&value))).collect();
        let minimum_payouts = row.minimum_payouts.clone();
        let payout_currency = row.payout_currency.clone();
        Self { method: row.payout_method, details: TextMap(details), minimum_payouts, payout_currency }
    }
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

/// Replaces a partner's payout details.
pub async fn set(app: &App, actor: &Actor, partner: Id<id::Partner>, new: PayoutDetailsIn) -> Answer<Model> {
    let details = payee_account::checked(new.method, TextMap::checked("details", &new.details)?)?;
    let minimum_payouts = minimums(&new.minimum_payouts)?;
    let write = app.records.begin().await?;
    let mut row = store::get(&*write, actor.tenant, partner).await?;
    let plain = serde_json::to_vec(&details).expect("a map of texts is plain data");
    let values = (
        Some(json!({"method": row.payout_method, "payout_currency": row.payout_currency})),
        Some(json!({"method": new.method, "payout_currency": new.payout_currency})),
    );
    row.payout_method = Some(new.method);
    row.payout_details_sealed = Some(app.secrets.seal(&app.ambient, &plain));
    row.minimum_payouts = minimum_payouts;
    if let Some(currency) = new.payout_currency {
        currencies::store::require_usable(&*write, actor.tenant, currency).await?;
    }
    row.payout_currency = new.payout_currency.map(|currency| currency.to_string());
    update::save(app, actor, write, "partner.payout_details_set", values, &row).await?;
    Ok(row)
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
