//! What the fake knows: tokens, batches, items and what becomes of them.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use kernel::{
    Clock, Currency, Timestamp,
    money::parse_amount,
    time::{DAY_MS, SECOND_MS},
};
use serde_json::{Value, json};

use super::{PaidItem, Trouble};
use crate::paypal::{BATCH_ITEMS_MAX, CURRENCIES, ItemState, KEY_KEPT_DAYS};

/// As PayPal gives them in its sandbox.
pub(super) const TOKEN_HOLDS_S: i64 = 32_400;
const UNCLAIMED_KEPT_DAYS: i64 = 30;

/// A status and a body.
pub(super) type Said = (u16, Value);

pub(super) struct Ledger {
    clock: Arc<dyn Clock>,
    host: String,
    pub troubles: VecDeque<Trouble>,
    pub decided: HashMap<String, (ItemState, &'static str)>,
    pub tokens_given: usize,
    token: Option<(String, Timestamp)>,
    batches: Vec<Held>,
}

struct Held {
    id: String,
    key: String,
    state: &'static str,
    taken_at: Timestamp,
    items: Vec<HeldItem>,
}

struct HeldItem {
    id: String,
    asked: Value,
    fate: Option<(ItemState, &'static str)>,
}

impl Ledger {
    pub fn new(clock: Arc<dyn Clock>, host: String) -> Self {
        let (troubles, decided, batches) = Default::default();
        Self { clock, host, troubles, decided, tokens_given: 0, token: None, batches }
    }

    pub fn give_token(&mut self) -> Said {
        self.tokens_given += 1;
        let token = format!("A21-{}", self.tokens_given);
        self.token = Some((token.clone(), self.clock.now().plus_millis(TOKEN_HOLDS_S * SECOND_MS)));
        (200, json!({"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_HOLDS_S, "scope": "payouts"}))
    }

    pub fn revoke(&mut self) {
        self.token = None;
    }

    pub fn takes(&self, bearer: &str) -> bool {
        self.token.as_ref().is_some_and(|(token, ends_at)| token == bearer && self.clock.now() < *ends_at)
    }

    pub fn create(&mut self, asked: &Value) -> Said {
        let key = asked["sender_batch_header"]["sender_batch_id"].as_str().unwrap_or_default().to_owned();
        let now = self.clock.now();
        let kept = |held: &&Held| now < held.taken_at.plus_millis(KEY_KEPT_DAYS * DAY_MS);
        if let Some(held) = self.batches.iter().filter(kept).find(|held| !key.is_empty() && held.key == key) {
            return self.duplicate(&held.id);
        }
        let Some(items) = asked["items"].as_array().filter(|items| (1..=BATCH_ITEMS_MAX).contains(&items.len())) else {
            return error(400, "VALIDATION_ERROR", "/items", "INVALID_ITEM_COUNT");
        };
        if let Some(at) = items.iter().position(|item| !is_payable(item)) {
            return error(400, "VALIDATION_ERROR", &format!("/items/{at}"), "INVALID_ITEM");
        }
        let number = self.batches.len() + 1;
        let held =
            |(at, item): (usize, &Value)| HeldItem { id: format!("I{number}X{at}"), asked: item.clone(), fate: None };
        let items = items.iter().enumerate().map(held).collect();
        self.batches.push(Held { id: format!("B{number}FAKE"), key, state: "PENDING", taken_at: now, items });
        let header = header(self.batches.last().expect("just pushed"));
        (201, json!({"batch_header": header, "links": []}))
    }

    fn duplicate(&self, id: &str) -> Said {
        let href = format!("{}/v1/payments/payouts/{id}", self.host);
        let (status, mut body) =
            error(400, "USER_BUSINESS_ERROR", "SENDER_BATCH_ID", "Batch with given sender_batch_id already exists");
        body["details"][0]["link"] = json!([{"href": href, "rel": "self", "method": "GET"}]);
        (status, body)
    }

    pub fn show(&self, id: &str, page: usize, size: usize) -> Said {
        let Some(held) = self.batches.iter().find(|held| held.id == id) else { return not_found() };
        let items: Vec<Value> =
            held.items.iter().skip(page.saturating_sub(1) * size).take(size).map(|item| shown(held, item)).collect();
        let pages = held.items.len().div_ceil(size);
        let mut header = header(held);
        header["amount"] = total(held);
        let body =
            json!({"total_items": held.items.len(), "total_pages": pages, "batch_header": header, "items": items});
        (200, body)
    }

    pub fn show_item(&self, id: &str) -> Said {
        let mut all = self.batches.iter().flat_map(|held| held.items.iter().map(move |item| (held, item)));
        all.find(|(_, item)| item.id == id).map_or_else(not_found, |(held, item)| (200, shown(held, item)))
    }

    pub fn cancel(&mut self, id: &str) -> Said {
        let item = self.batches.iter_mut().flat_map(|held| &mut held.items).find(|item| item.id == id);
        let Some(item) = item else { return not_found() };
        if item.fate.map(|fate| fate.0) != Some(ItemState::Unclaimed) {
            return error(400, "ITEM_INCORRECT_STATUS", "", "The item is not unclaimed");
        }
        item.fate = Some((ItemState::Returned, "RECEIVER_UNREGISTERED"));
        self.show_item(id)
    }

    pub fn process(&mut self) {
        let now = self.clock.now();
        for held in self.batches.iter_mut().filter(|held| held.state != "DENIED") {
            held.state = "SUCCESS";
            let is_old = now >= held.taken_at.plus_millis(UNCLAIMED_KEPT_DAYS * DAY_MS);
            for item in &mut held.items {
                let receiver = item.asked["receiver"].as_str().unwrap_or_default();
                let first = self.decided.get(receiver).copied().unwrap_or((ItemState::Success, ""));
                item.fate = Some(match item.fate.unwrap_or(first) {
                    (ItemState::Unclaimed, why) if is_old => (ItemState::Returned, why),
                    fate => fate,
                });
            }
        }
    }

    pub fn deny(&mut self, key: &str) {
        self.batches.iter_mut().filter(|held| held.key == key).for_each(|held| held.state = "DENIED");
    }

    pub fn accepted(&self) -> Vec<PaidItem> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let paid = |held: &Held, item: &HeldItem| PaidItem {
            sender_batch_id: held.key.clone(),
            sender_item_id: text(&item.asked["sender_item_id"]),
            receiver: text(&item.asked["receiver"]),
            value: text(&item.asked["amount"]["value"]),
            currency: text(&item.asked["amount"]["currency"]),
        };
        self.batches.iter().flat_map(|held| held.items.iter().map(move |item| paid(held, item))).collect()
    }
}

/// PayPal's bounds of an item: a receiver, a currency it has, and no fraction of what it pays whole.
fn is_payable(item: &Value) -> bool {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (currency, value) = (text(&item["amount"]["currency"]), text(&item["amount"]["value"]));
    let decimals = if ["HUF", "JPY", "TWD"].contains(&currency.as_str()) { 0 } else { 2 };
    let known = ["EMAIL", "PHONE", "PAYPAL_ID"].contains(&text(&item["recipient_type"]).as_str());
    known
        && CURRENCIES.contains(&currency.as_str())
        && parse_amount(&value, decimals).is_ok_and(|minor| minor > 0)
        && (1..=127).contains(&text(&item["receiver"]).len())
        && text(&item["sender_item_id"]).len() <= 63
}

fn header(held: &Held) -> Value {
    json!({
        "payout_batch_id": held.id,
        "batch_status": held.state,
        "sender_batch_header": {"sender_batch_id": held.key},
    })
}

fn total(held: &Held) -> Value {
    let currency = held.items[0].asked["amount"]["currency"].as_str().unwrap_or_default();
    let decimals = Currency::from_code(currency).and_then(|currency| currency.iso_decimals()).unwrap_or_default();
    let minor = |item: &HeldItem| parse_amount(item.asked["amount"]["value"].as_str().unwrap_or_default(), decimals);
    let sum: i64 = held.items.iter().filter_map(|item| minor(item).ok()).sum();
    json!({"currency": currency, "value": kernel::money::format_amount(sum, decimals)})
}

fn shown(held: &Held, item: &HeldItem) -> Value {
    let mut shown = json!({"payout_item_id": item.id, "payout_batch_id": held.id, "payout_item": item.asked});
    if let Some((state, why)) = item.fate {
        shown["transaction_status"] = json!(state.word());
        shown["transaction_id"] = json!(format!("T{}", item.id));
        shown["payout_item_fee"] = json!({"currency": "USD", "value": "0.25"});
        if !why.is_empty() {
            shown["errors"] =
                json!({"name": why, "message": "As decided.", "debug_id": "0", "details": {}, "links": {}});
        }
    }
    shown
}

fn not_found() -> Said {
    error(404, "INVALID_RESOURCE_ID", "", "Requested resource ID was not found")
}

pub(super) fn error(status: u16, name: &str, field: &str, issue: &str) -> Said {
    let details = json!([{"field": field, "location": "body", "issue": issue}]);
    (status, json!({"name": name, "message": issue, "debug_id": "90957fca61718", "details": details}))
}
