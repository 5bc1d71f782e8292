//! Where it is told: address and keys, sealed in the records.

use anyhow::Context as _;
use connect::ads::{google_ads, meta, tiktok};
use edge::template::UrlTemplate;
use kernel::Refusal;
use serde::{Deserialize, Serialize};

use super::model::PostbackKind;
use crate::{
    App,
    platform::{
        addresses::{URL_BYTES_MAX, web_address},
        body::{optional_text, short_text},
    },
};

const KEY_CHARS_MAX: usize = 1_000;
const ID_CHARS_MAX: usize = 40;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallMethod {
    #[default]
    Get,
    /// The parameters of the address go as a form.
    Post,
}

/// What is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    Url {
        method: CallMethod,
        url: String,
    },
    /// Secrets newest first: every live one signs.
    Webhook {
        url: String,
        secrets: Vec<String>,
    },
    Meta(meta::Key),
    Tiktok(tiktok::Key),
    GoogleAds(google_ads::Key),
}

impl Target {
    pub fn open(app: &App, sealed: &[u8]) -> anyhow::Result<Self> {
        let plain = app.secrets.open_sealed(sealed).context("open the target of a postback")?;
        serde_json::from_slice(&plain).context("read the target of a postback")
    }

    pub fn seal(&self, app: &App) -> Vec<u8> {
        app.secrets.seal(&app.ambient, &serde_json::to_vec(self).expect("plain data"))
    }

    pub const fn kind(&self) -> PostbackKind {
        match self {
            Self::Url { .. } => PostbackKind::Url,
            Self::Webhook { .. } => PostbackKind::Webhook,
            Self::Meta(_) => PostbackKind::Meta,
            Self::Tiktok(_) => PostbackKind::Tiktok,
            Self::GoogleAds(_) => PostbackKind::GoogleAds,
        }
    }

    pub fn host(&self) -> String {
        match self {
            Self::Url { url, .. } | Self::Webhook { url, .. } => {
                let parsed = url::Url::parse(url).ok();
                parsed.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
            }
            Self::Meta(_) => meta::HOST.to_owned(),
            Self::Tiktok(_) => tiktok::HOST.to_owned(),
            Self::GoogleAds(_) => google_ads::HOST.to_owned(),
        }
    }

    /// What must not be read in a log.
    pub fn secrets(&self) -> Vec<String> {
        match self {
            Self::Url { .. } => Vec::new(),
            Self::Webhook { secrets, .. } => secrets.clone(),
            Self::Meta(key) => vec![key.access_token.clone()],
            Self::Tiktok(key) => vec![key.access_token.clone()],
            Self::GoogleAds(key) => {
                vec![key.developer_token.clone(), key.client_secret.clone(), key.refresh_token.clone()]
            }
        }
    }
}

/// Where a partner is told. Keys are never answered.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(example = json!({
    "kind": "url", "method": "get", "url": "https://tracker.example/postback?cid={sub1}&status={status}&payout={payout}"
}))]
pub enum TargetIn {
    Url {
        #[serde(default)]
        method: CallMethod,
        /// With macros behind its host.
        url: String,
    },
    Meta {
        pixel_id: String,
        access_token: String,
        #[serde(default)]
        test_event_code: Option<String>,
    },
    Tiktok {
        pixel_code: String,
        access_token: String,
        #[serde(default)]
        test_event_code: Option<String>,
    },
    GoogleAds {
        customer_id: String,
        conversion_action_id: String,
        developer_token: String,
        client_id: String,
        client_secret: String,
        refresh_token: String,
        #[serde(default)]
        login_customer_id: Option<String>,
    },
}

impl TargetIn {
    /// Checked, as it is sealed.
    pub fn read(&self, allow_private: bool) -> Result<Target, Refusal> {
        let key = |field: &str, value: &str| secret(&format!("target.{field}"), value);
        let code = |value: &Option<String>| optional_text("target.test_event_code", value.as_deref(), ID_CHARS_MAX);
        Ok(match self {
            Self::Url { method, url } => {
                Target::Url { method: *method, url: address("target.url", url, allow_private)? }
            }
            Self::Meta { pixel_id, access_token, test_event_code } => Target::Meta(meta::Key {
                pixel_id: digits("target.pixel_id", pixel_id)?,
                access_token: key("access_token", access_token)?,
                test_event_code: code(test_event_code)?,
            }),
            Self::Tiktok { pixel_code, access_token, test_event_code } => Target::Tiktok(tiktok::Key {
                pixel_code: short_text("target.pixel_code", pixel_code, ID_CHARS_MAX)?,
                access_token: key("access_token", access_token)?,
                test_event_code: code(test_event_code)?,
            }),
            Self::GoogleAds {
                customer_id,
                conversion_action_id,
                developer_token,
                client_id,
                client_secret,
                refresh_token,
                login_customer_id,
            } => Target::GoogleAds(google_ads::Key {
                customer_id: digits("target.customer_id", customer_id)?,
                conversion_action_id: digits("target.conversion_action_id", conversion_action_id)?,
                developer_token: key("developer_token", developer_token)?,
                client_id: key("client_id", client_id)?,
                client_secret: key("client_secret", client_secret)?,
                refresh_token: key("refresh_token", refresh_token)?,
                login_customer_id: login_customer_id
                    .as_deref()
                    .map(|id| digits("target.login_customer_id", id))
                    .transpose()?,
            }),
        })
    }
}

/// An address with macros, that leads into the public internet.
pub fn address(field: &str, text: &str, allow_private: bool) -> Result<String, Refusal> {
    let address = web_address(field, text, allow_private)?;
    if address.url.len() > URL_BYTES_MAX || UrlTemplate::parse_any_host(&address.url).is_none() {
        return Err(Refusal::field(field, "cannot be read as an address with macros"));
    }
    Ok(address.url)
}

/// A key goes into headers and addresses: letters, digits and the like.
fn secret(field: &str, value: &str) -> Result<String, Refusal> {
    let value = short_text(field, value, KEY_CHARS_MAX)?;
    let plain = value.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}&#?% ".contains(&byte));
    if plain { Ok(value) } else { Err(Refusal::field(field, "must be letters, digits and signs of a key")) }
}

/// An id of figures; dashes between them, as Google prints them, are left out.
fn digits(field: &str, value: &str) -> Result<String, Refusal> {
    let value = short_text(field, value, ID_CHARS_MAX)?.replace('-', "");
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(value);
    }
    Err(Refusal::field(field, "must be an id of figures"))
}

/// Where it is told, without keys.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TargetOut {
    Url { method: CallMethod, url: String },
    Meta { pixel_id: String, test_event_code: Option<String> },
    Tiktok { pixel_code: String, test_event_code: Option<String> },
    GoogleAds { customer_id: String, conversion_action_id: String, login_customer_id: Option<String> },
}

impl TargetOut {
    /// Nothing for a webhook, which is shown otherwise.
    pub fn of(target: Target) -> Option<Self> {
        Some(match target {
            Target::Url { method, url } => Self::Url { method, url },
            Target::Meta(meta::Key { pixel_id, test_event_code, .. }) => Self::Meta { pixel_id, test_event_code },
            Target::Tiktok(tiktok::Key { pixel_code, test_event_code, .. }) => {
                Self::Tiktok { pixel_code, test_event_code }
            }
            Target::GoogleAds(google_ads::Key { customer_id, conversion_action_id, login_customer_id, .. }) => {
                Self::GoogleAds { customer_id, conversion_action_id, login_customer_id }
            }
            Target::Webhook { .. } => return None,
        })
    }
}
