//! How and where a partner is paid: sealed in the records, masked on the way out.

use std::collections::BTreeMap;

use kernel::{Currency, Id, Refusal, Tenant, id};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    account_changes::{self, api::AccountChangeOut},
    model::{MinimumPayouts, Model, PayoutMethod},
    payee_accounts::{PayeeAccounts, PayoutSplit, SplitAccount},
    store, update,
};
use crate::{
    App, currencies,
    identity::Actor,
    platform::{
        Answer,
        columns::{TextMap, require_few},
    },
};

const SHOWN_CHARS: usize = 4;
const EMAIL: &str = "email";

/// The whole of a partner's payout details: what is absent is cleared.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "method": "sepa", "details": {"name": "Blue Media", "iban": "DE89370400440532013000"},
    "minimum_payouts": {"EUR": 10000},
    "further_accounts": [{"method": "paypal", "details": {"email": "pay@blue.example"}, "share_bp": 3000}]
}))]
pub struct PayoutDetailsIn {
    pub method: PayoutMethod,
    /// What the method needs, by name.
    #[serde(default)]
    pub details: BTreeMap<String, String>,
    /// Accounts that take a share each of what is due, at most four; the rest goes to the first.
    #[serde(default)]
    pub further_accounts: Vec<FurtherAccountIn>,
    /// Least payout in minor units by currency.
    #[serde(default)]
    pub minimum_payouts: BTreeMap<String, i64>,
    /// In which all that is payable is paid, at the rate of the day of the batch; as it was earned where absent.
    pub payout_currency: Option<Currency>,
}

/// An account beside the first.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"method": "paypal", "details": {"email": "pay@blue.example"}, "share_bp": 3000}))]
pub struct FurtherAccountIn {
    pub method: PayoutMethod,
    /// What the method needs, by name.
    #[serde(default)]
    pub details: BTreeMap<String, String>,
    /// Hundredths of a per cent of what is due.
    pub share_bp: i32,
}

/// An account beside the first, masked.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"method": "paypal", "details": {"email": "…mple"}, "share_bp": 3000}))]
pub struct FurtherAccountOut {
    pub method: PayoutMethod,
    pub details: TextMap,
    /// Hundredths of a per cent of what is due.
    pub share_bp: i32,
}

impl FurtherAccountOut {
    /// All but the first of a split.
    pub fn all(split: Option<PayoutSplit>) -> Vec<Self> {
        let out = |one: SplitAccount| Self { method: one.method, details: one.shown, share_bp: one.share_bp };
        split.into_iter().flat_map(|split| split.accounts).skip(1).map(out).collect()
    }
}

/// Payout details with all but the last characters of each value hidden.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "method": "sepa", "details": {"name": "…edia", "iban": "…3000"}, "minimum_payouts": {"EUR": 10000},
    "further_accounts": [], "payout_currency": null, "change": null
}))]
pub struct PayoutDetailsOut {
    pub method: Option<PayoutMethod>,
    pub details: TextMap,
    /// Accounts that take a share each of what is due; the rest goes to the first.
    pub further_accounts: Vec<FurtherAccountOut>,
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
            details: masked_details(&row.payee_accounts(&app.secrets).main().details),
            further_accounts: FurtherAccountOut::all(row.payout_split.clone()),
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

/// Replaces a partner's payout details. The first account holds at once; one that takes the place of another is
/// confirmed by mail and waits. Minimums and the currency hold at once.
pub async fn set(app: &App, actor: &Actor, partner: Id<id::Partner>, new: PayoutDetailsIn) -> Answer<Model> {
    let accounts = PayeeAccounts::checked(&new)?;
    let minimum_payouts = minimums(&new.minimum_payouts)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = store::get(&*write, actor.tenant, partner).await?;
    let before = told(&row);
    if row.payout_method.is_none() {
        hold(app, &mut row, &accounts);
    } else if row.payee_accounts(&app.secrets) != accounts {
        account_changes::ask(app, &write, actor, &row, &accounts).await?;
    }
    row.minimum_payouts = minimum_payouts;
    if let Some(currency) = new.payout_currency {
        currencies::store::require_usable(&*write, actor.tenant, currency).await?;
    }
    row.payout_currency = new.payout_currency.map(|currency| currency.to_string());
    let after = told(&row);
    update::save(app, actor, write, "partner.payout_details_set", (Some(before), Some(after)), &row).await?;
    Ok(row)
}

fn told(row: &Model) -> serde_json::Value {
    let shares = row.payout_split.as_ref().map(PayoutSplit::shares_bp);
    json!({"method": row.payout_method, "share_bp": shares, "payout_currency": row.payout_currency})
}

/// The partner is paid to these from now on.
fn hold(app: &App, row: &mut Model, accounts: &PayeeAccounts) {
    row.payout_method = Some(accounts.main().method);
    row.payout_details_sealed = Some(accounts.sealed(&app.secrets, &app.ambient));
    row.payout_split = accounts.split(&app.ambient);
}

/// Money that finds its way by the payee's mail address goes on to the one that was in force: a new address for letters is
/// no new account.
pub(super) fn keep_mail(app: &App, row: &mut Model, email: &str) {
    if row.payout_method.is_none() {
        return;
    }
    let was = row.payee_accounts(&app.secrets);
    let mut accounts = was.clone();
    accounts.each(|one| {
        if one.method.goes_by_mail() {
            one.details.0.entry(EMAIL.to_owned()).or_insert_with(|| email.to_owned());
        }
    });
    if accounts != was {
        row.payout_details_sealed = Some(accounts.sealed(&app.secrets, &app.ambient));
    }
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
