//! A batch as it is sent. What PayPal would refuse by its published bounds is refused here, before anything is frozen.

use std::collections::HashSet;

use kernel::{Currency, Money};
use serde_json::{Value, json};

use super::amount;

pub const BATCH_ITEMS_MAX: usize = 15_000;
const KEY_BYTES_MAX: usize = 256;
const ITEM_ID_BYTES_MAX: usize = 63;
const RECEIVER_BYTES_MAX: usize = 127;
const SUBJECT_BYTES_MAX: usize = 255;
const NOTE_BYTES_MAX: usize = 4_000;
const NOTE_CHARS_MAX: usize = 1_000;

/// Whom PayPal pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receiver {
    Email(String),
    /// With the country's prefix.
    Phone(String),
    /// PayPal's own id of an account.
    PayPalId(String),
}

impl Receiver {
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Email(_) => "EMAIL",
            Self::Phone(_) => "PHONE",
            Self::PayPalId(_) => "PAYPAL_ID",
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Self::Email(text) | Self::Phone(text) | Self::PayPalId(text) => text,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Our id of the item, once in a batch.
    pub sender_item_id: String,
    pub receiver: Receiver,
    pub amount: Money,
    /// What the receiver reads; may be empty.
    pub note: String,
}

/// A batch to be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The key by which PayPal pays a batch once.
    pub sender_batch_id: String,
    /// Of PayPal's mail to the receivers; may be empty.
    pub email_subject: String,
    pub payments: Vec<Payment>,
}

/// A batch within PayPal's bounds: at least one payment, all of one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch(Draft);

/// What is wrong with a batch, and with which of its payments.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchFault {
    #[error("a batch has 1 to {BATCH_ITEMS_MAX} payments")]
    Count,
    #[error("the key of a batch has 1 to {KEY_BYTES_MAX} bytes")]
    Key,
    #[error("the subject has at most {SUBJECT_BYTES_MAX} bytes")]
    Subject,
    #[error("the id of payment {0} is empty, too long or used twice")]
    ItemId(usize),
    #[error("the receiver of payment {0} cannot be one")]
    Receiver(usize),
    #[error("PayPal does not pay in the currency of payment {0}")]
    Currency(usize),
    #[error("payment {0} is of another currency than the first")]
    MixedCurrencies(usize),
    #[error("the amount of payment {0} is not positive, or has a fraction that PayPal does not pay")]
    Amount(usize),
    #[error("the payments sum to too much")]
    Total,
    #[error("the note of payment {0} is too long")]
    Note(usize),
}

impl Batch {
    pub fn new(draft: Draft) -> Result<Self, BatchFault> {
        check(&draft)?;
        Ok(Self(draft))
    }

    pub fn sender_batch_id(&self) -> &str {
        &self.0.sender_batch_id
    }

    pub fn payments(&self) -> &[Payment] {
        &self.0.payments
    }

    pub fn total(&self) -> Money {
        total(&self.0.payments).expect("was checked")
    }

    pub(super) fn body(&self) -> Value {
        let mut header = json!({"sender_batch_id": self.0.sender_batch_id});
        if !self.0.email_subject.is_empty() {
            header["email_subject"] = json!(self.0.email_subject);
        }
        let items: Vec<Value> = self.0.payments.iter().map(item).collect();
        json!({"sender_batch_header": header, "items": items})
    }
}

fn item(payment: &Payment) -> Value {
    let mut item = json!({
        "recipient_type": payment.receiver.word(),
        "receiver": payment.receiver.text(),
        "amount": amount::write(payment.amount).expect("was checked"),
        "sender_item_id": payment.sender_item_id,
    });
    if !payment.note.is_empty() {
        item["note"] = json!(payment.note);
    }
    item
}

fn check(draft: &Draft) -> Result<(), BatchFault> {
    if !(1..=KEY_BYTES_MAX).contains(&draft.sender_batch_id.len()) {
        return Err(BatchFault::Key);
    }
    if draft.email_subject.len() > SUBJECT_BYTES_MAX {
        return Err(BatchFault::Subject);
    }
    if !(1..=BATCH_ITEMS_MAX).contains(&draft.payments.len()) {
        return Err(BatchFault::Count);
    }
    let currency = draft.payments[0].amount.currency;
    let mut ids = HashSet::new();
    for (at, payment) in draft.payments.iter().enumerate() {
        check_payment(at, payment, currency)?;
        if !ids.insert(&payment.sender_item_id) {
            return Err(BatchFault::ItemId(at));
        }
    }
    total(&draft.payments).map(|_| ()).ok_or(BatchFault::Total)
}

fn check_payment(at: usize, payment: &Payment, currency: Currency) -> Result<(), BatchFault> {
    let long_note = payment.note.len() > NOTE_BYTES_MAX
        || !payment.note.is_ascii() && payment.note.chars().count() > NOTE_CHARS_MAX;
    let fault = if !(1..=ITEM_ID_BYTES_MAX).contains(&payment.sender_item_id.len()) {
        BatchFault::ItemId(at)
    } else if !is_receiver(&payment.receiver) {
        BatchFault::Receiver(at)
    } else if !amount::pays_in(payment.amount.currency) {
        BatchFault::Currency(at)
    } else if payment.amount.currency != currency {
        BatchFault::MixedCurrencies(at)
    } else if payment.amount.minor <= 0 || amount::write(payment.amount).is_none() {
        BatchFault::Amount(at)
    } else if long_note {
        BatchFault::Note(at)
    } else {
        return Ok(());
    };
    Err(fault)
}

fn is_receiver(receiver: &Receiver) -> bool {
    let text = receiver.text();
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    let formed = match receiver {
        Receiver::Email(text) => {
            text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        }
        Receiver::Phone(text) => text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'+'),
        Receiver::PayPalId(text) => text.bytes().all(|byte| byte.is_ascii_alphanumeric()),
    };
    plain && formed && (1..=RECEIVER_BYTES_MAX).contains(&text.len())
}

fn total(payments: &[Payment]) -> Option<Money> {
    let (first, rest) = payments.split_first()?;
    rest.iter().try_fold(first.amount, |sum, payment| sum.checked_add(payment.amount))
}
