//! Sending a batch, reading it, and taking back what nobody claimed.

use kernel::{Timestamp, time::DAY_MS};

use super::{
    Batch, Item, ItemsPage, PayPal, PayPalError, SentBatch,
    call::Ask,
    error::after_doubt,
    read::{RawBatch, RawItem},
};

/// For so long PayPal knows the key of a batch, and pays it once.
pub const KEY_KEPT_DAYS: i64 = 30;
/// Sent again up to this age, so that clocks that differ and a slow request cannot cross the border.
const KEY_SENT_AGAIN_DAYS: i64 = KEY_KEPT_DAYS - 2;
/// Within one call a batch of unclear outcome is sent so often.
const SENDS_MAX: u32 = 2;
/// Items of one page, as many as PayPal gives.
pub const PAGE_ITEMS_MAX: u32 = 1_000;
const ID_BYTES_MAX: usize = 32;

impl PayPal {
    /// Has a batch paid. `first_sent_at` is when the same batch was sent first, if it was: the caller writes it down
    /// before the first call. A batch that PayPal has already is found and given back.
    pub async fn send(&self, batch: &Batch, first_sent_at: Option<Timestamp>) -> Result<SentBatch, PayPalError> {
        let age_ms = first_sent_at.map_or(0, |at| self.clock.now().millis().saturating_sub(at.millis()));
        if age_ms > KEY_SENT_AGAIN_DAYS * DAY_MS {
            return Err(PayPalError::KeyForgotten);
        }
        let body = batch.body().to_string();
        let mut in_doubt = first_sent_at.is_some();
        for _ in 1..SENDS_MAX {
            match self.send_once(batch, &body).await {
                Err(PayPalError::Unclear(_)) => in_doubt = true,
                Err(error) if in_doubt => return Err(after_doubt(error)),
                known => return known,
            }
        }
        self.send_once(batch, &body).await.map_err(after_doubt)
    }

    async fn send_once(&self, batch: &Batch, body: &str) -> Result<SentBatch, PayPalError> {
        match self.call::<RawBatch>(Ask::Change("/v1/payments/payouts", body)).await {
            Ok(taken) => same_key(batch, taken.batch()?),
            Err(PayPalError::Refused(refusal)) if refusal.is_duplicate() => {
                let id = refusal.batch_named().ok_or_else(|| {
                    PayPalError::Unclear("PayPal has the batch and does not say which it is".to_owned())
                })?;
                // It was taken, whatever goes wrong in reading it.
                self.found(batch, &id).await.map_err(|error| PayPalError::Unclear(error.to_string()))
            }
            Err(error) => Err(error),
        }
    }

    /// The batch that has the key already, if it is this one.
    async fn found(&self, batch: &Batch, payout_batch_id: &str) -> Result<SentBatch, PayPalError> {
        let page = self.page(payout_batch_id, 1, 1).await?;
        let other_count = page.items_total != batch.payments().len();
        if other_count || page.batch.amount.is_some_and(|amount| amount != batch.total()) {
            return Err(PayPalError::Unclear(format!("batch {payout_batch_id} has the key and other payments")));
        }
        same_key(batch, page.batch)
    }

    /// A batch and its items from `page`, counted from 1.
    pub async fn items(&self, payout_batch_id: &str, page: u32) -> Result<ItemsPage, PayPalError> {
        self.page(payout_batch_id, page, PAGE_ITEMS_MAX).await
    }

    async fn page(&self, payout_batch_id: &str, page: u32, size: u32) -> Result<ItemsPage, PayPalError> {
        let id = in_path(payout_batch_id)?;
        let path = format!("/v1/payments/payouts/{id}?page={page}&page_size={size}&total_required=true");
        self.call::<RawBatch>(Ask::Read(&path)).await?.page(page)
    }

    /// One item. An item that went down with its batch is known as denied by its batch alone.
    pub async fn item(&self, payout_item_id: &str) -> Result<Item, PayPalError> {
        let path = format!("/v1/payments/payouts-item/{}", in_path(payout_item_id)?);
        self.call::<RawItem>(Ask::Read(&path)).await?.item(None)
    }

    /// Takes back a payment that is unclaimed. After an unclear outcome [`PayPal::item`] tells what holds.
    pub async fn cancel_unclaimed(&self, payout_item_id: &str) -> Result<Item, PayPalError> {
        let path = format!("/v1/payments/payouts-item/{}/cancel", in_path(payout_item_id)?);
        self.call::<RawItem>(Ask::Change(&path, "{}")).await?.item(None)
    }
}

fn same_key(batch: &Batch, sent: SentBatch) -> Result<SentBatch, PayPalError> {
    if sent.sender_batch_id == batch.sender_batch_id() {
        return Ok(sent);
    }
    Err(PayPalError::Unclear(format!("batch {} answers to another key", sent.payout_batch_id)))
}

/// An id that can stand in a path and lead nowhere else.
fn in_path(id: &str) -> Result<&str, PayPalError> {
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if plain && (1..=ID_BYTES_MAX).contains(&id.len()) {
        return Ok(id);
    }
    Err(PayPalError::Unclear(format!("{id:.40?} is no id of PayPal's")))
}
