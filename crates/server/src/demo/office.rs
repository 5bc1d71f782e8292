//! What people do behind the desks: advertisers report, finance pays.

use std::sync::Arc;

use anyhow::{Context as _, ensure};
use axum::http::Method;
use edge::{Edge, EdgeRequest};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{
    stage::Api,
    traffic::{ADVERTISER_ADDRESS, Due},
};
use crate::Platform;

/// Finance pays on every 30th day of the history, from its 28th.
const PAY_DAY: u32 = 27;
const PAY_EVERY_DAYS: u32 = 30;
/// So many days later the bank has answered.
const BANK_DAYS: u32 = 2;
/// Receipts under way at once.
const RECEIPTS_AT_ONCE: usize = 256;

pub struct Office {
    pub api: Api,
    pub postback_token: String,
    batch: Option<Value>,
    batches: u32,
}

impl Office {
    pub fn new(api: Api, postback_token: String) -> Self {
        Self { api, postback_token, batch: None, batches: 0 }
    }

    /// Sends what is due through the postback door, each at its own time.
    pub async fn report(&self, platform: &Platform, due: Vec<Due>) -> anyhow::Result<()> {
        platform.app().shipper.wake();
        let mut under_way = JoinSet::new();
        for due in due {
            while under_way.len() >= RECEIPTS_AT_ONCE {
                under_way.join_next().await.context("a receipt is under way")???;
            }
            let target = format!("/postback?{}&token={}", due.query, self.postback_token);
            let (edge, key, at) = (platform.edge().clone(), self.api.key.clone(), due.at.to_string());
            under_way.spawn(async move { send(&edge, &target, &key, &at).await });
        }
        while let Some(sent) = under_way.join_next().await {
            sent??;
        }
        Ok(())
    }

    /// Payday, on its days.
    pub async fn pay(&mut self, day: u32) -> anyhow::Result<()> {
        if day % PAY_EVERY_DAYS == PAY_DAY {
            self.make_batch().await?;
        }
        if day % PAY_EVERY_DAYS == (PAY_DAY + BANK_DAYS) % PAY_EVERY_DAYS {
            self.book_answers().await?;
        }
        Ok(())
    }

    async fn make_batch(&mut self) -> anyhow::Result<()> {
        let owed = self.api.call(Method::GET, "/v1/payouts/owed?currency=EUR", Value::Null).await?;
        if owed["total"]["minor"].as_i64().unwrap_or(0) > 0 {
            self.batch = Some(self.api.post("/v1/payout-batches", json!({ "currency": "EUR" })).await?);
            self.batches += 1;
        }
        Ok(())
    }

    /// The bank refuses one payout of every second batch, the others arrive.
    async fn book_answers(&mut self) -> anyhow::Result<()> {
        let Some(batch) = self.batch.take() else { return Ok(()) };
        let id = batch["id"].as_str().context("a batch has an id")?;
        if self.batches.is_multiple_of(2)
            && let Some(payout) = batch["payouts"][0]["id"].as_str()
        {
            self.api.post(&format!("/v1/payouts/{payout}/failed"), json!({ "reason": "account closed" })).await?;
        }
        let reference = json!({ "reference": format!("SEPA-{:03}", self.batches) });
        self.api.post(&format!("/v1/payout-batches/{id}/paid"), reference).await?;
        Ok(())
    }
}

async fn send(edge: &Arc<Edge>, target: &str, key: &str, at: &str) -> anyhow::Result<()> {
    let mut request = EdgeRequest::get("127.0.0.1", target, ADVERTISER_ADDRESS);
    request.authorization = format!("Bearer {key}").into();
    request.replay_time = at.into();
    let response = edge.postback(&request).await;
    ensure!(response.status.is_success(), "a postback of the demo answered {}", response.status);
    Ok(())
}
