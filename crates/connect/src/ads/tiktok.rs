//! TikTok's Events API: `POST /open_api/v1.3/event/track/`. A refusal may come with the status 200: `code` tells.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{AdEvent, Refused, hashed, number};
use crate::outgoing::{Ask, Method, Reply};

pub const HOST: &str = "business-api.tiktok.com";
const PATH: &str = "/open_api/v1.3/event/track/";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    pub pixel_code: String,
    pub access_token: String,
    /// From the page of test events: without it nothing can be tried.
    pub test_event_code: Option<String>,
}

pub fn ask(key: &Key, event: &AdEvent) -> Ask {
    let mut body = json!({
        "event_source": "web",
        "event_source_id": key.pixel_code,
        "data": [{
            "event": event.name,
            "event_time": event.at_ms / 1_000,
            "event_id": event.id,
            "user": { "ttclid": event.ad_click_id, "external_id": hashed(&event.external_id) },
            "properties": {
                "value": number(&event.value), "currency": event.currency, "order_id": event.order_id
            },
        }],
    });
    if let Some(code) = key.test_event_code.as_ref().filter(|_| event.is_test) {
        body["test_event_code"] = json!(code);
    }
    Ask {
        method: Method::Post,
        url: format!("https://{HOST}{PATH}"),
        headers: vec![("content-type", "application/json".to_owned()), ("access-token", key.access_token.clone())],
        body: Some(body.to_string()),
    }
}

pub fn judge(reply: &Reply) -> Result<(), Refused> {
    let answer: Value = serde_json::from_str(&reply.body).unwrap_or_default();
    if reply.is_success() && answer["code"].as_i64() == Some(0) {
        return Ok(());
    }
    Err(Refused(answer["message"].as_str().unwrap_or("TikTok did not say that it took the event").to_owned()))
}
