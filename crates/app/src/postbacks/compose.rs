//! The request that tells it: from a target and what is told.

use connect::{
    ads::{AdChange, AdEvent, google_ads, meta, tiktok},
    outgoing::{Ask, Method, Outcome, Reply},
};
use edge::template::UrlTemplate;
use kernel::{Id, Timestamp, id};

use super::{
    model::{PostbackEvent, PostbackKind},
    signature,
    target::{CallMethod, Target},
    told::Told,
};
use crate::App;

/// What was asked, and what came of it.
pub struct Tried {
    pub ask: Ask,
    pub outcome: Outcome,
    /// Why it counts as a failure.
    pub error: Option<String>,
    /// Beside those of the target, what must not be read in the log.
    pub secrets: Vec<String>,
}

/// Whether there is anything to tell: an advertising platform wants its own click id.
pub fn is_told(kind: PostbackKind, told: &Told, ad_click_sub: i32) -> bool {
    matches!(kind, PostbackKind::Url | PostbackKind::Webhook) || !ad_click_id(told, ad_click_sub).is_empty()
}

fn ad_click_id(told: &Told, sub: i32) -> &str {
    usize::try_from(sub).map_or("", |sub| told.sub(sub))
}

/// One try.
pub async fn send(app: &App, target: &Target, told: &Told, delivery: Id<id::Delivery>, sub: i32) -> Tried {
    let mut secrets = target.secrets();
    let ask = match target {
        Target::Url { method, url } => call(*method, url, told, delivery),
        Target::Webhook { url, secrets } => webhook(url, secrets, told, delivery, app.ambient.now()),
        Target::Meta(key) => meta::ask(key, &ad_event(told, delivery, sub)),
        Target::Tiktok(key) => tiktok::ask(key, &ad_event(told, delivery, sub)),
        Target::GoogleAds(key) => {
            let ask = google_ads::ask_token(key);
            let outcome = app.sender.send(&ask).await;
            let token = outcome.result.as_ref().map_err(ToString::to_string);
            match token.and_then(|reply| google_ads::read_token(reply).map_err(|refused| refused.0)) {
                Err(error) => return Tried { ask, outcome, error: Some(error), secrets },
                Ok(token) => {
                    secrets.push(token.clone());
                    google_ads::ask(key, &token, &ad_event(told, delivery, sub))
                }
            }
        }
    };
    let outcome = app.sender.send(&ask).await;
    let error = match &outcome.result {
        Ok(reply) => judge(target, reply),
        Err(failure) => Some(failure.to_string()),
    };
    Tried { ask, outcome, error, secrets }
}

/// Why an answer counts as a failure.
fn judge(target: &Target, reply: &Reply) -> Option<String> {
    let judged = match target {
        Target::Meta(_) => meta::judge(reply),
        Target::Tiktok(_) => tiktok::judge(reply),
        Target::GoogleAds(_) => google_ads::judge(reply),
        Target::Url { .. } | Target::Webhook { .. } if reply.is_success() => Ok(()),
        Target::Url { .. } | Target::Webhook { .. } => return Some(format!("HTTP {}", reply.status)),
    };
    judged.err().map(|refused| refused.0)
}

/// An address with macros. What may be repeated carries its key; a test says so.
fn call(method: CallMethod, url: &str, told: &Told, delivery: Id<id::Delivery>) -> Ask {
    let template = UrlTemplate::parse_any_host(url);
    let mut filled = String::new();
    if let Some(template) = &template {
        template.base.fill(&mut filled, told);
    }
    if told.is_test {
        filled.push_str(if template.is_some_and(|template| template.has_query) { "&test=1" } else { "?test=1" });
    }
    let mut headers = vec![("idempotency-key", delivery.to_string())];
    match (method, filled.split_once('?')) {
        (CallMethod::Post, Some((address, form))) => {
            headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
            Ask { method: Method::Post, url: address.to_owned(), headers, body: Some(form.to_owned()) }
        }
        (CallMethod::Post, None) => Ask { method: Method::Post, url: filled, headers, body: None },
        (CallMethod::Get, _) => Ask { method: Method::Get, url: filled, headers, body: None },
    }
}

fn webhook(url: &str, secrets: &[String], told: &Told, delivery: Id<id::Delivery>, now: Timestamp) -> Ask {
    let (id, seconds) = (delivery.to_string(), now.millis() / 1_000);
    let body = told.webhook_body().to_string();
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id.clone()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signature::sign(secrets, &id, seconds, &body)),
    ];
    Ask { method: Method::Post, url: url.to_owned(), headers, body: Some(body) }
}

/// A platform that takes conversions back is told of rejections and reversals so.
const fn ad_change(event: PostbackEvent) -> AdChange {
    match event {
        PostbackEvent::Rejected | PostbackEvent::Reversed => AdChange::Retracted,
        PostbackEvent::Changed => AdChange::Restated,
        _ => AdChange::Made,
    }
}

fn ad_event(told: &Told, delivery: Id<id::Delivery>, sub: i32) -> AdEvent {
    let click_at = told.click_time.unwrap_or(told.event_time);
    AdEvent {
        change: ad_change(told.event),
        name: told.name.clone().unwrap_or_else(|| "Purchase".to_owned()),
        id: delivery.to_string(),
        at_ms: told.at.millis(),
        click_at_ms: click_at.millis(),
        ad_click_id: ad_click_id(told, sub).to_owned(),
        external_id: told.click_id.map(|click| click.to_string()).unwrap_or_default(),
        country: told.country.clone(),
        value: told.decimal(told.payout),
        currency: told.currency_code(),
        order_id: told.conversion_id.map(|id| id.to_string()).unwrap_or_default(),
        is_test: told.is_test,
    }
}
