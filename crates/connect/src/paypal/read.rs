//! What PayPal tells of batches and items. A word that is not on its list is no state: nothing is guessed of money.

use kernel::Money;
use serde::Deserialize;

use super::{
    PayPalError,
    amount::{self, Amount},
    error::Refusal,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchState {
    Pending,
    Processing,
    /// Processed to the end; each item has its own state.
    Success,
    /// Nothing of it was paid.
    Denied,
    /// Nothing of it was paid.
    Canceled,
}

impl BatchState {
    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "PENDING" => Self::Pending,
            "PROCESSING" => Self::Processing,
            "SUCCESS" => Self::Success,
            "DENIED" => Self::Denied,
            "CANCELED" => Self::Canceled,
            _ => return None,
        })
    }
}

/// What became of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemState {
    Pending,
    /// The receiver has it.
    Success,
    /// The receiver has no account yet; PayPal gives it back after 30 days.
    Unclaimed,
    /// Was not claimed, or was cancelled: the sender has it back.
    Returned,
    /// PayPal reviews it.
    OnHold,
    Blocked,
    /// The receiver sent it back.
    Refunded,
    Reversed,
    Failed,
    /// It went down with its batch.
    Denied,
}

impl ItemState {
    pub const ALL: [Self; 10] = [
        Self::Pending,
        Self::Success,
        Self::Unclaimed,
        Self::Returned,
        Self::OnHold,
        Self::Blocked,
        Self::Refunded,
        Self::Reversed,
        Self::Failed,
        Self::Denied,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Success => "success",
            Self::Unclaimed => "unclaimed",
            Self::Returned => "returned",
            Self::OnHold => "onhold",
            Self::Blocked => "blocked",
            Self::Refunded => "refunded",
            Self::Reversed => "reversed",
            Self::Failed => "failed",
            Self::Denied => "denied",
        }
    }

    /// Whether the money is with the sender for good: it was given back, or never went. What is held or blocked is not yet.
    pub const fn is_with_sender(self) -> bool {
        matches!(self, Self::Returned | Self::Refunded | Self::Reversed | Self::Failed | Self::Denied)
    }

    pub(super) fn word(self) -> String {
        self.code().to_ascii_uppercase()
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A batch that PayPal has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentBatch {
    pub payout_batch_id: String,
    pub sender_batch_id: String,
    pub state: BatchState,
    pub amount: Option<Money>,
    /// An estimate at first.
    pub fees: Option<Money>,
}

/// Why an item is where it is, in PayPal's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Such as `RECEIVER_UNREGISTERED`.
    pub code: String,
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub payout_item_id: String,
    pub payout_batch_id: String,
    /// Ours.
    pub sender_item_id: String,
    /// Empty until there is a transaction.
    pub transaction_id: String,
    pub state: ItemState,
    pub reason: Option<Reason>,
    pub amount: Money,
    pub fee: Option<Money>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemsPage {
    pub batch: SentBatch,
    pub items: Vec<Item>,
    pub items_total: usize,
    pub is_last: bool,
}

#[derive(Deserialize)]
pub(super) struct RawBatch {
    batch_header: RawHeader,
    #[serde(default)]
    items: Vec<RawItem>,
    #[serde(default)]
    total_items: Option<usize>,
    #[serde(default)]
    total_pages: Option<u32>,
}

#[derive(Deserialize)]
struct RawHeader {
    payout_batch_id: String,
    batch_status: String,
    sender_batch_header: RawSender,
    amount: Option<Amount>,
    fees: Option<Amount>,
}

#[derive(Deserialize)]
struct RawSender {
    #[serde(default)]
    sender_batch_id: String,
}

#[derive(Deserialize)]
pub(super) struct RawItem {
    payout_item_id: String,
    payout_batch_id: String,
    #[serde(default)]
    transaction_id: String,
    transaction_status: Option<String>,
    payout_item_fee: Option<Amount>,
    payout_item: RawDetail,
    errors: Option<Refusal>,
}

#[derive(Deserialize)]
struct RawDetail {
    amount: Amount,
    #[serde(default)]
    sender_item_id: String,
}

impl RawBatch {
    pub fn batch(&self) -> Result<SentBatch, PayPalError> {
        let header = &self.batch_header;
        Ok(SentBatch {
            payout_batch_id: header.payout_batch_id.clone(),
            sender_batch_id: header.sender_batch_header.sender_batch_id.clone(),
            state: BatchState::from_word(&header.batch_status).ok_or_else(|| unknown(&header.batch_status))?,
            amount: header.amount.as_ref().and_then(amount::read),
            fees: header.fees.as_ref().and_then(amount::read),
        })
    }

    pub fn page(self, page: u32) -> Result<ItemsPage, PayPalError> {
        let batch = self.batch()?;
        let items: Result<Vec<_>, _> = self.items.into_iter().map(|item| item.item(Some(batch.state))).collect();
        let (Some(items_total), Some(pages)) = (self.total_items, self.total_pages) else {
            return Err(PayPalError::Unclear("the batch comes without the count of its items".to_owned()));
        };
        Ok(ItemsPage { batch, items: items?, items_total, is_last: page >= pages })
    }
}

impl RawItem {
    /// An item without a state went down with its batch, or waits in it.
    pub fn item(self, batch: Option<BatchState>) -> Result<Item, PayPalError> {
        let state = match (&self.transaction_status, batch) {
            (Some(word), _) => ItemState::from_word(word).ok_or_else(|| unknown(word))?,
            (None, Some(BatchState::Denied | BatchState::Canceled)) => ItemState::Denied,
            (None, _) => ItemState::Pending,
        };
        let said = &self.payout_item.amount;
        Ok(Item {
            state,
            amount: amount::read(said).ok_or_else(|| unknown(&format!("{} {}", said.value, said.currency)))?,
            reason: self
                .errors
                .filter(|said| !said.name.is_empty())
                .map(|said| Reason { code: said.name, message: said.message }),
            fee: self.payout_item_fee.as_ref().and_then(amount::read),
            payout_item_id: self.payout_item_id,
            payout_batch_id: self.payout_batch_id,
            sender_item_id: self.payout_item.sender_item_id,
            transaction_id: self.transaction_id,
        })
    }
}

fn unknown(word: &str) -> PayPalError {
    PayPalError::Unclear(format!("PayPal said {word:.40}, which is not on its list"))
}
