//! Where a payout's money goes, as it is frozen with its batch.

use crate::{
    partners::model::PayoutMethod,
    platform::{columns::TextMap, secrets::Secrets},
};

const SHOWN_CHARS: usize = 4;

/// A payee's details by name: `iban`, `email`, `address` and what else its method needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account(TextMap);

impl Account {
    pub const fn new(details: TextMap) -> Self {
        Self(details)
    }

    /// As it was sealed with a payout; empty where nothing was.
    pub fn opened(secrets: &Secrets, sealed: Option<&[u8]>) -> anyhow::Result<Self> {
        let Some(sealed) = sealed else { return Ok(Self::default()) };
        let plain =
            secrets.open_sealed(sealed).ok_or_else(|| anyhow::anyhow!("a payout's account cannot be opened"))?;
        Ok(Self(serde_json::from_slice(&plain)?))
    }

    pub const fn details(&self) -> &TextMap {
        &self.0
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.0.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// What names the account to the bank or service.
    pub fn number(&self, method: PayoutMethod) -> Option<&str> {
        let names: &[&str] = match method {
            PayoutMethod::Sepa => &["iban"],
            PayoutMethod::UsdtTrc20 | PayoutMethod::UsdtErc20 => &["address"],
            PayoutMethod::Paypal | PayoutMethod::Payoneer | PayoutMethod::Paxum => &["email"],
            PayoutMethod::Wise => &["iban", "email"],
            PayoutMethod::Capitalist => &["account"],
            PayoutMethod::Csv | PayoutMethod::External => &["account", "iban", "email"],
        };
        names.iter().find_map(|name| self.get(name))
    }

    /// The end of the number: enough to know it, too little to pay it.
    pub fn shown(&self, method: PayoutMethod) -> Option<String> {
        let number = self.number(method)?;
        let hidden = number.chars().count().saturating_sub(SHOWN_CHARS).max(1);
        Some(format!("…{}", number.chars().skip(hidden).collect::<String>()))
    }
}
