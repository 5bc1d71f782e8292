//! Batches that PayPal pays: sent once, asked about until every payment has an end.
//!
//! That a batch is about to be sent is written down before PayPal is called. Whatever then goes wrong (a crash, a time-out
//! after the money was accepted), the very same batch goes out again under the same key, and PayPal leads to the one it has.
//! Only where PayPal may have forgotten the key does a person have to look.

mod follow;
mod send;

use std::{sync::Arc, time::Duration};

use connect::paypal::{Key, LIVE, PayPal, SANDBOX};
use kernel::{Tenant, Timestamp, time::MINUTE_MS};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use tokio::{sync::Notify, time};

use super::{
    entity::batch::{self, BatchState, Column},
    payers::{self, Payer, PaypalPayer},
    store,
};
use crate::{
    App,
    partners::model::PayoutMethod,
    platform::{Answer, FaultsOfEach},
};

/// How often it is looked whether a batch is due.
const LOOK: Duration = Duration::from_secs(5);
const FAULT_PAUSE: Duration = Duration::from_secs(30);
/// A batch that somebody took up is left to them for so long: longer than PayPal is waited for.
const CLAIM_MS: i64 = 5 * MINUTE_MS;
const BATCHES_MAX: u64 = 20;

#[derive(Default)]
struct Bell(Notify);

fn bell(app: &App) -> Arc<Bell> {
    app.kept.of()
}

/// Something is to be sent.
pub fn wake(app: &App) {
    bell(app).0.notify_one();
}

/// Sends and asks until the process ends.
pub async fn run(app: App) {
    loop {
        let pause = match turn(&app).await {
            Ok(0) => LOOK,
            Ok(_) => continue,
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "batches cannot be paid through PayPal");
                FAULT_PAUSE
            }
        };
        let _ = time::timeout(pause, bell(&app).0.notified()).await;
    }
}

/// One turn: what is due is sent or asked about. Says of how many batches.
pub async fn turn(app: &App) -> anyhow::Result<usize> {
    let due = batch::Entity::find()
        .filter(Column::State.is_in([BatchState::Sending, BatchState::Sent]))
        .filter(Column::Method.eq(PayoutMethod::Paypal))
        .filter(Column::LookAt.lte(app.ambient.now()))
        .order_by_asc(Column::LookAt)
        .limit(BATCHES_MAX)
        .all(app.records.read())
        .await?;
    let count = due.len();
    let mut faults = FaultsOfEach::default();
    for row in due {
        let id = row.id;
        faults.note(one(app, row).await.map_err(|problem| anyhow::anyhow!("the batch {id}: {problem:?}")));
    }
    faults.end()?;
    Ok(count)
}

async fn one(app: &App, row: batch::Model) -> Answer<()> {
    let Some(row) = claim(app, &row).await? else { return Ok(()) };
    match row.state {
        BatchState::Sending => send::send(app, row).await,
        _ => follow::follow(app, row).await,
    }
}

/// Takes up a batch, unless another node was first.
async fn claim(app: &App, row: &batch::Model) -> Answer<Option<batch::Model>> {
    let tenant = Tenant(row.workspace_id);
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let now = app.ambient.now();
    let known = store::batch(&*write, tenant, row.id).await?;
    let is_due = matches!(known.state, BatchState::Sending | BatchState::Sent)
        && known.look_at.is_some_and(|look_at| look_at <= now);
    if !is_due {
        return Ok(None);
    }
    let sent_before = known.first_sent_at;
    let mut claimed = batch::Model { look_at: Some(now.plus_millis(CLAIM_MS)), ..known };
    if claimed.state == BatchState::Sending {
        // Before PayPal is called: a crash from here on leads to the same key again.
        claimed.first_sent_at = claimed.first_sent_at.or(Some(now));
    }
    store::save_batch(&*write, &claimed).await?;
    write.commit().await?;
    // Whether it was sent before this turn is what PayPal's client asks.
    Ok(Some(batch::Model { first_sent_at: sent_before, ..claimed }))
}

/// PayPal as the batch's payer reaches it: with today's secret, where the account is still the same.
async fn client_of(app: &App, batch: &batch::Model, payer: Option<&Payer>) -> Answer<PayPal> {
    let today = payers::sealed(app.records.read(), Tenant(batch.workspace_id), PayoutMethod::Paypal).await?;
    let today = today.map(|sealed| Payer::opened(&app.secrets, &sealed)).transpose()?;
    let is_same = match (payer, &today) {
        (Some(Payer::Paypal(then)), Some(Payer::Paypal(now))) => {
            (&then.client_id, then.sandbox) == (&now.client_id, now.sandbox)
        }
        _ => false,
    };
    Ok(client(app, today.as_ref().filter(|_| is_same).or(payer))?)
}

/// PayPal as a payer reaches it.
fn client(app: &App, payer: Option<&Payer>) -> anyhow::Result<PayPal> {
    let Some(Payer::Paypal(payer)) = payer else { anyhow::bail!("the batch has no PayPal account") };
    let key =
        Key { client_id: payer.client_id.clone(), client_secret: payer.client_secret.clone().unwrap_or_default() };
    PayPal::new(host(app, payer), key, app.ambient.clock.clone())
}

fn host<'a>(app: &'a App, payer: &PaypalPayer) -> &'a str {
    match (app.settings.paypal_address.as_deref(), payer.sandbox) {
        (Some(address), _) => address,
        (None, true) => SANDBOX,
        (None, false) => LIVE,
    }
}

/// Asks again later, sooner at first.
fn later(since: Timestamp, now: Timestamp) -> Timestamp {
    let age_ms = now.millis().saturating_sub(since.millis());
    let pause_ms = match age_ms / MINUTE_MS {
        ..=10 => MINUTE_MS,
        11..=120 => 10 * MINUTE_MS,
        _ => 60 * MINUTE_MS,
    };
    now.plus_millis(pause_ms)
}

/// Has a batch looked at now, because PayPal said that something happened to it.
pub async fn look_now(app: &App, tenant: Tenant, provider_batch_id: &str) -> Answer<()> {
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let row = batch::Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::ProviderBatchId.eq(provider_batch_id))
        .filter(Column::State.eq(BatchState::Sent))
        .one(&*write)
        .await?;
    if let Some(row) = row {
        store::save_batch(&*write, &batch::Model { look_at: Some(app.ambient.now()), ..row }).await?;
    }
    write.commit().await?;
    wake(app);
    Ok(())
}

/// The newest settings of the workspace, for news that came by its webhook.
pub async fn account(app: &App, tenant: Tenant) -> Answer<Option<(PayPal, String)>> {
    let Some(sealed) = payers::sealed(app.records.read(), tenant, PayoutMethod::Paypal).await? else { return Ok(None) };
    let payer = Payer::opened(&app.secrets, &sealed)?;
    let webhook = match &payer {
        Payer::Paypal(payer) => payer.webhook_id.clone(),
        _ => None,
    };
    Ok(webhook.map(|webhook| Ok::<_, anyhow::Error>((client(app, Some(&payer))?, webhook))).transpose()?)
}
