//! A batch goes out.

use connect::paypal::{Batch, PayPal, PayPalError, SentBatch};
use kernel::{Refusal, Tenant, Timestamp, time::MINUTE_MS};

use super::{client_of, later};
use crate::{
    App,
    payouts::{
        entity::batch::{self, BatchState},
        files,
        frozen::Frozen,
        store,
    },
    platform::{Answer, Problem},
};

/// What the answer makes of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    Sent(String),
    /// Nothing was done, and asking again would not help: a person decides.
    BackToPeople(String),
    /// Nothing was done; ask again.
    Again {
        after_ms: i64,
        why: String,
    },
    /// PayPal may have it: the same batch with the same key again.
    InDoubt(String),
    Doubtful(String),
}

/// Pure: what follows from PayPal's answer, to a batch that may have been sent before.
pub fn next(answer: Result<SentBatch, PayPalError>, sent_before: Option<Timestamp>) -> Next {
    match answer {
        Ok(sent) => Next::Sent(sent.payout_batch_id),
        Err(PayPalError::Refused(refusal)) => Next::BackToPeople(refusal.to_string()),
        Err(PayPalError::RateLimited { retry_after_s }) => {
            let after_ms = i64::from(retry_after_s.unwrap_or(60)) * 1_000;
            Next::Again { after_ms, why: "PayPal asks to wait".to_owned() }
        }
        // Asking again with a key that is not let in helps nobody.
        Err(error @ PayPalError::Auth(_)) if sent_before.is_none() => Next::BackToPeople(error.to_string()),
        Err(error @ (PayPalError::Auth(_) | PayPalError::Unreachable(_))) => {
            Next::Again { after_ms: MINUTE_MS, why: error.to_string() }
        }
        Err(PayPalError::Unclear(why)) => Next::InDoubt(why),
        Err(PayPalError::KeyForgotten) => Next::Doubtful(PayPalError::KeyForgotten.to_string()),
    }
}

/// Sends a claimed batch; `first_sent_at` is when it was sent before this turn, if it was.
pub async fn send(app: &App, row: batch::Model) -> Answer<()> {
    let sent_before = row.first_sent_at;
    let next = match asked(app, row.clone()).await {
        Ok((client, asked)) => next(client.send(&asked, sent_before).await, sent_before),
        Err(Problem::Refusal(refusal)) => unfit(sent_before, refusal.message),
        Err(fault) => return Err(fault),
    };
    keep(app, &row, sent_before, next).await
}

/// What PayPal is asked, if the batch is still what was frozen.
async fn asked(app: &App, row: batch::Model) -> Answer<(PayPal, Batch)> {
    let frozen = Frozen::load(app, app.records.read(), row).await?;
    let batch = files::for_paypal(&frozen.paper()?);
    let batch = batch.map_err(|faults| {
        let words = faults.iter().map(|fault| fault.words.clone()).collect::<Vec<_>>().join("; ");
        Refusal::field("payments", words)
    })?;
    Ok((client_of(app, &frozen.batch, frozen.payer.as_ref()).await?, batch))
}

/// A batch that cannot be sent as it lies: people undo it, or find out whether it was paid before.
fn unfit(sent_before: Option<Timestamp>, why: String) -> Next {
    if sent_before.is_some() { Next::Doubtful(why) } else { Next::BackToPeople(why) }
}

async fn keep(app: &App, row: &batch::Model, sent_before: Option<Timestamp>, next: Next) -> Answer<()> {
    let now = app.ambient.now();
    let tenant = Tenant(row.workspace_id);
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let known = store::batch(&*write, tenant, row.id).await?;
    if known.state != BatchState::Sending {
        return Ok(());
    }
    let since = known.first_sent_at.unwrap_or(now);
    let kept = match next {
        Next::Sent(id) => batch::Model {
            state: BatchState::Sent,
            sent_at: Some(now),
            provider_batch_id: Some(id),
            trouble: None,
            look_at: Some(now),
            ..known
        },
        // Nothing was done, now or before: the key is as good as new.
        Next::BackToPeople(why) => batch::Model {
            state: BatchState::Approved,
            first_sent_at: None,
            sent_by: None,
            trouble: Some(why),
            look_at: None,
            ..known
        },
        Next::Again { after_ms, why } => batch::Model {
            first_sent_at: sent_before,
            trouble: Some(why),
            look_at: Some(now.plus_millis(after_ms)),
            ..known
        },
        Next::InDoubt(why) => batch::Model { trouble: Some(why), look_at: Some(later(since, now)), ..known },
        Next::Doubtful(why) => batch::Model { state: BatchState::Doubtful, trouble: Some(why), look_at: None, ..known },
    };
    store::save_batch(&*write, &kept).await?;
    write.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_sure_refusal_goes_back_to_people() {
        let first = |error| next(Err(error), None);
        assert!(matches!(first(PayPalError::Refused(Default::default())), Next::BackToPeople(_)));
        assert!(matches!(first(PayPalError::Unclear(String::new())), Next::InDoubt(_)));
        assert!(matches!(first(PayPalError::Unreachable(String::new())), Next::Again { .. }));
        assert!(matches!(first(PayPalError::KeyForgotten), Next::Doubtful(_)));
        assert!(matches!(first(PayPalError::Auth(String::new())), Next::BackToPeople(_)));
        let again = next(Err(PayPalError::Auth(String::new())), Some(Timestamp::from_millis(0)));
        assert!(matches!(again, Next::Again { .. }), "it may have been paid before");
        let waits = first(PayPalError::RateLimited { retry_after_s: Some(7) });
        assert!(matches!(waits, Next::Again { after_ms: 7_000, .. }));
    }
}
