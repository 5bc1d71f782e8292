//! Meta's Conversions API: `POST /{version}/{pixel}/events`.
//!
//! Website events must carry the visitor's agent and page, which a tracking platform's server does not keep, so events go
//! as `system_generated`. Names of events are the partner's choice; an id and a name equal to an earlier event's within 48
//! hours are counted once. Events older than seven days are refused.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{AdEvent, Refused, hashed, number};
use crate::outgoing::{Ask, Method, Reply};

pub const HOST: &str = "graph.facebook.com";
const VERSION: &str = "v24.0";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    pub pixel_id: String,
    pub access_token: String,
    /// From the page of test events: without it nothing can be tried.
    pub test_event_code: Option<String>,
}

pub fn ask(key: &Key, event: &AdEvent) -> Ask {
    let mut user = json!({
        "external_id": [hashed(&event.external_id)],
        // The form of Meta's own cookie, which the browser would have kept.
        "fbc": format!("fb.1.{}.{}", event.click_at_ms, event.ad_click_id),
    });
    if !event.country.is_empty() {
        user["country"] = json!([hashed(&event.country)]);
    }
    let mut body = json!({ "data": [{
        "event_name": event.name,
        "event_time": event.at_ms / 1_000,
        "event_id": event.id,
        "action_source": "system_generated",
        "user_data": user,
        "custom_data": { "value": number(&event.value), "currency": event.currency, "order_id": event.order_id },
    }] });
    if let Some(code) = key.test_event_code.as_ref().filter(|_| event.is_test) {
        body["test_event_code"] = json!(code);
    }
    Ask {
        method: Method::Post,
        url: format!("https://{HOST}/{VERSION}/{}/events?access_token={}", key.pixel_id, key.access_token),
        headers: vec![("content-type", "application/json".to_owned())],
        body: Some(body.to_string()),
    }
}

pub fn judge(reply: &Reply) -> Result<(), Refused> {
    let answer: Value = serde_json::from_str(&reply.body).unwrap_or_default();
    if reply.is_success() && answer["events_received"].as_u64().unwrap_or(0) > 0 {
        return Ok(());
    }
    let words = answer["error"]["error_user_msg"].as_str().or_else(|| answer["error"]["message"].as_str());
    Err(Refused(words.unwrap_or("Meta did not say that it received the event").to_owned()))
}
