//! News of batches and items by webhook. PayPal itself is asked whether a message is its own. A message says that there
//! is something to read, and what it is about; what holds is read from PayPal.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{PayPal, PayPalError, call::Ask};

const MESSAGE_BYTES_MAX: usize = 256 * 1024;
const HEADER_BYTES_MAX: usize = 500;

/// What PayPal signs a message with: five of its headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewsHeaders {
    pub auth_algo: String,
    pub cert_url: String,
    pub transmission_id: String,
    pub transmission_sig: String,
    pub transmission_time: String,
}

impl NewsHeaders {
    /// Reads them from a request, or `None` where one lacks or is too long.
    pub fn read<'a>(header: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        let one = |name| header(name).filter(|value| value.len() <= HEADER_BYTES_MAX).map(str::to_owned);
        Some(Self {
            auth_algo: one("paypal-auth-algo")?,
            cert_url: one("paypal-cert-url")?,
            transmission_id: one("paypal-transmission-id")?,
            transmission_sig: one("paypal-transmission-sig")?,
            transmission_time: one("paypal-transmission-time")?,
        })
    }
}

/// A message of PayPal's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// The same for every delivery of the message.
    pub id: String,
    /// Such as `PAYMENT.PAYOUTS-ITEM.UNCLAIMED`.
    pub event_type: String,
    /// The batch it is about, or its item's.
    pub payout_batch_id: Option<String>,
    pub payout_item_id: Option<String>,
}

#[derive(Deserialize)]
struct Verdict {
    verification_status: String,
}

impl PayPal {
    /// Reads a message to the webhook `webhook_id`, or `None` where it is not PayPal's.
    pub async fn news(
        &self,
        webhook_id: &str,
        headers: &NewsHeaders,
        message: &[u8],
    ) -> Result<Option<News>, PayPalError> {
        let Some((text, news)) = read(message) else { return Ok(None) };
        let question = question(webhook_id, headers, text);
        let asked = self.call::<Verdict>(Ask::Question("/v1/notifications/verify-webhook-signature", &question)).await;
        match asked {
            Ok(verdict) => Ok((verdict.verification_status == "SUCCESS").then_some(news)),
            Err(PayPalError::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn read(message: &[u8]) -> Option<(&str, News)> {
    let text = std::str::from_utf8(message).ok().filter(|text| text.len() <= MESSAGE_BYTES_MAX)?;
    let event: Value = serde_json::from_str(text).ok()?;
    let resource = &event["resource"];
    let told = |value: &Value| value.as_str().map(str::to_owned);
    let news = News {
        id: told(&event["id"])?,
        event_type: told(&event["event_type"])?,
        payout_batch_id: told(&resource["payout_batch_id"])
            .or_else(|| told(&resource["batch_header"]["payout_batch_id"])),
        payout_item_id: told(&resource["payout_item_id"]),
    };
    Some((text, news))
}

/// The signature is of the message to the byte, so that it goes on as it came: written anew, it would not hold.
fn question(webhook_id: &str, headers: &NewsHeaders, message: &str) -> String {
    let known = json!({
        "webhook_id": webhook_id,
        "auth_algo": headers.auth_algo,
        "cert_url": headers.cert_url,
        "transmission_id": headers.transmission_id,
        "transmission_sig": headers.transmission_sig,
        "transmission_time": headers.transmission_time,
    })
    .to_string();
    let open = known.strip_suffix('}').expect("an object");
    format!("{open},\"webhook_event\":{message}}}")
}
