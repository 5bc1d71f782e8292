//! Google Ads' upload of offline conversions: a token for the refresh token, then
//! `POST /{version}/customers/{id}:uploadClickConversions`. With `partialFailure` a refusal comes with the status 200.
//!
//! What was uploaded is taken back (`RETRACTION`) or given another value (`RESTATEMENT`) through
//! `:uploadConversionAdjustments`. A conversion that was uploaded with an order id is named by it there, and Google takes
//! adjustments only once it has processed the conversion, so the first tries may be refused.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use kernel::Timestamp;

use super::{AdChange, AdEvent, Refused, number};
use crate::outgoing::{Ask, Method, Reply};

pub const HOST: &str = "googleads.googleapis.com";
pub const TOKEN_HOST: &str = "oauth2.googleapis.com";
const VERSION: &str = "v26";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Ten digits, without dashes.
    pub customer_id: String,
    pub conversion_action_id: String,
    pub developer_token: String,
    pub client_id: String,
    pub client_secret: String,
    pub refresh_token: String,
    /// The manager account through which the customer is reached.
    pub login_customer_id: Option<String>,
}

pub fn ask_token(key: &Key) -> Ask {
    let body = [
        ("grant_type", "refresh_token"),
        ("client_id", &key.client_id),
        ("client_secret", &key.client_secret),
        ("refresh_token", &key.refresh_token),
    ]
    .iter()
    .fold(String::new(), |body, (name, value)| {
        let joint = if body.is_empty() { "" } else { "&" };
        format!("{body}{joint}{name}={}", form_encoded(value))
    });
    Ask {
        method: Method::Post,
        url: format!("https://{TOKEN_HOST}/token"),
        headers: vec![("content-type", "application/x-www-form-urlencoded".to_owned())],
        body: Some(body),
    }
}

fn form_encoded(value: &str) -> String {
    let encoded = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    value.bytes().map(encoded).collect()
}

pub fn read_token(reply: &Reply) -> Result<String, Refused> {
    let answer: Value = serde_json::from_str(&reply.body).unwrap_or_default();
    match answer["access_token"].as_str() {
        Some(token) if reply.is_success() => Ok(token.to_owned()),
        _ => {
            let words = answer["error_description"].as_str().or_else(|| answer["error"].as_str());
            Err(Refused(words.unwrap_or("Google gave no access token").to_owned()))
        }
    }
}

/// What a conversion is told as: uploaded, or an adjustment of what was.
pub fn ask(key: &Key, token: &str, event: &AdEvent) -> Ask {
    let (method, field, told) = match event.change {
        AdChange::Made => ("uploadClickConversions", "conversions", conversion(key, event)),
        AdChange::Retracted | AdChange::Restated => {
            ("uploadConversionAdjustments", "conversionAdjustments", adjustment(key, event))
        }
    };
    let body = json!({ field: [told], "partialFailure": true, "validateOnly": event.is_test });
    let mut headers = vec![
        ("content-type", "application/json".to_owned()),
        ("authorization", format!("Bearer {token}")),
        ("developer-token", key.developer_token.clone()),
    ];
    headers.extend(key.login_customer_id.clone().map(|id| ("login-customer-id", id)));
    Ask {
        method: Method::Post,
        url: format!("https://{HOST}/{VERSION}/customers/{}:{method}", key.customer_id),
        headers,
        body: Some(body.to_string()),
    }
}

fn action(Key { customer_id, conversion_action_id, .. }: &Key) -> String {
    format!("customers/{customer_id}/conversionActions/{conversion_action_id}")
}

fn conversion(key: &Key, event: &AdEvent) -> Value {
    json!({
        "gclid": event.ad_click_id,
        "conversionAction": action(key),
        "conversionDateTime": moment(event.at_ms),
        "conversionValue": number(&event.value),
        "currencyCode": event.currency,
        "orderId": event.order_id,
    })
}

fn adjustment(key: &Key, event: &AdEvent) -> Value {
    let is_restated = event.change == AdChange::Restated;
    let mut told = json!({
        "adjustmentType": if is_restated { "RESTATEMENT" } else { "RETRACTION" },
        "conversionAction": action(key),
        "adjustmentDateTime": moment(event.at_ms),
        "orderId": event.order_id,
    });
    if is_restated {
        told["restatementValue"] = json!({"adjustedValue": number(&event.value), "currencyCode": event.currency});
    }
    told
}

/// `2026-11-22 09:30:00+00:00`
fn moment(at_ms: i64) -> String {
    let text = Timestamp::from_millis(at_ms).to_string();
    format!("{} {}+00:00", &text[..10], &text[11..19])
}

pub fn judge(reply: &Reply) -> Result<(), Refused> {
    let answer: Value = serde_json::from_str(&reply.body).unwrap_or_default();
    let refused = [&answer["partialFailureError"]["message"], &answer["error"]["message"]];
    match refused.iter().find_map(|words| words.as_str()) {
        None if reply.is_success() => Ok(()),
        words => Err(Refused(words.unwrap_or("Google Ads did not take the conversion").to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_google_reads_them() {
        assert_eq!(moment(1_767_225_600_000), "2026-01-01 00:00:00+00:00");
    }

    #[test]
    fn a_refusal_hides_behind_a_success() {
        let reply = |body: &str| Reply { status: 200, body: body.to_owned(), retry_after_s: None };
        assert_eq!(judge(&reply(r#"{"results":[{"gclid":"x"}]}"#)), Ok(()));
        let refused = judge(&reply(r#"{"partialFailureError":{"code":3,"message":"The click is too old."}}"#));
        assert_eq!(refused, Err(Refused("The click is too old.".to_owned())));
    }

    #[test]
    fn secrets_are_encoded_in_the_form() {
        let key = Key {
            customer_id: "1".to_owned(),
            conversion_action_id: "2".to_owned(),
            developer_token: "d".to_owned(),
            client_id: "c&x".to_owned(),
            client_secret: "s=1".to_owned(),
            refresh_token: "1//r".to_owned(),
            login_customer_id: None,
        };
        let body = ask_token(&key).body.expect("a form");
        assert!(body.ends_with("client_id=c%26x&client_secret=s%3D1&refresh_token=1%2F%2Fr"), "{body}");
    }
}
