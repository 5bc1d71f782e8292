//! What became of each payment of a batch that PayPal has.

use std::collections::HashMap;

use connect::paypal::{Item, ItemState, PayPalError};
use kernel::{Id, Tenant, id};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::{client_of, later};
use crate::{
    App,
    payouts::{
        entity::{
            batch,
            payout::{self, PayoutState},
        },
        payers::Payer,
        settle::{self, Outcome},
        store,
    },
    platform::{Answer, audit_trail::Author},
};

/// For so long after the last payment PayPal is asked whether one came back.
const WATCHED_DAYS: i64 = 45;
/// Payments that one transaction settles.
const PART_ITEMS: usize = 200;

/// What an item makes of its payout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Nothing,
    Paid,
    Failed(String),
    Returned(String),
}

/// Pure: what follows from how far an item is. Held and unclaimed payments may still go either way.
pub fn told(state: PayoutState, item: &Item) -> Told {
    let why = || match &item.reason {
        Some(reason) => format!("PayPal: {} {}", reason.code, reason.message).trim().to_owned(),
        None => format!("PayPal: {}", item.state.code()),
    };
    match (state, item.state) {
        (PayoutState::InTransit, ItemState::Success) => Told::Paid,
        (PayoutState::InTransit, gone) if gone.is_with_sender() => Told::Failed(why()),
        (PayoutState::Paid, gone) if gone.is_with_sender() => Told::Returned(why()),
        _ => Told::Nothing,
    }
}

/// Asks PayPal about a claimed batch, and books what it says.
pub async fn follow(app: &App, row: batch::Model) -> Answer<()> {
    let payer = row.payer_sealed.as_deref().map(|sealed| Payer::opened(&app.secrets, sealed)).transpose()?;
    let paypal = client_of(app, &row, payer.as_ref()).await?;
    let provider_batch_id = row.provider_batch_id.clone().unwrap_or_default();
    let (mut page, mut trouble) = (1, None);
    loop {
        match paypal.items(&provider_batch_id, page).await {
            Ok(found) => {
                for part in found.items.chunks(PART_ITEMS) {
                    trouble = book(app, &row, part).await?.or(trouble);
                }
                if found.is_last {
                    break;
                }
                page += 1;
            }
            Err(error) => {
                trouble = Some(words(&error));
                break;
            }
        }
    }
    rest(app, &row, trouble).await
}

fn words(error: &PayPalError) -> String {
    error.to_string()
}

/// Books what PayPal says of some payments. Says what does not fit together.
async fn book(app: &App, batch: &batch::Model, items: &[Item]) -> Answer<Option<String>> {
    let tenant = Tenant(batch.workspace_id);
    let author = Author { tenant, user: None };
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let by_id: HashMap<Id<id::Payout>, &Item> =
        items.iter().filter_map(|item| Some((item.sender_item_id.parse().ok()?, item))).collect();
    let rows = payout::Entity::find()
        .filter(payout::Column::WorkspaceId.eq(tenant.id()))
        .filter(payout::Column::BatchId.eq(batch.id))
        .filter(payout::Column::Id.is_in(by_id.keys().copied()))
        .all(&*write)
        .await?;
    let mut trouble =
        (rows.len() != items.len()).then(|| "PayPal names payments that are not of this batch".to_owned());
    for row in rows {
        let item = by_id[&row.id];
        if (item.amount.minor, item.amount.currency.code()) != (row.amount_minor, row.currency.as_str()) {
            trouble = Some(format!("PayPal says another amount of {}", row.id));
            continue;
        }
        let news = payout::Model {
            provider_item_id: Some(item.payout_item_id.clone()),
            provider_state: Some(item.state.code().to_owned()),
            ..row.clone()
        };
        match told(row.state, item) {
            Told::Nothing if news != row => note(&write, &news).await?,
            Told::Nothing => {}
            Told::Paid => {
                let reference = Some(item.transaction_id.clone()).filter(|id| !id.is_empty());
                settle::book(app, &write, author, vec![news], &Outcome::Paid { reference }).await?;
            }
            Told::Failed(reason) => {
                settle::book(app, &write, author, vec![news], &Outcome::Failed { reason }).await?;
            }
            Told::Returned(reason) => {
                settle::book(app, &write, author, vec![news], &Outcome::Returned { reason }).await?;
            }
        }
    }
    write.commit().await?;
    app.shipper.wake();
    Ok(trouble)
}

async fn note(write: &crate::platform::WriteTransaction, news: &payout::Model) -> Answer<()> {
    let row = payout::ActiveModel {
        id: Set(news.id),
        provider_item_id: Set(news.provider_item_id.clone()),
        provider_state: Set(news.provider_state.clone()),
        ..Default::default()
    };
    row.update(&**write).await?;
    Ok(())
}

/// When the batch is asked about next: never, once nothing more can become of it.
async fn rest(app: &App, row: &batch::Model, trouble: Option<String>) -> Answer<()> {
    let tenant = Tenant(row.workspace_id);
    let now = app.ambient.now();
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let known = store::batch(&*write, tenant, row.id).await?;
    let sent_at = known.sent_at.unwrap_or(now);
    let payouts = store::payouts_of(&*write, tenant, row.id).await?;
    let waits = payouts.iter().any(|payout| payout.state == PayoutState::InTransit);
    let look_at = if waits {
        Some(later(sent_at, now))
    } else if now < sent_at.plus_days(WATCHED_DAYS) && payouts.iter().any(|payout| payout.state == PayoutState::Paid) {
        Some(now.plus_days(1))
    } else {
        None
    };
    store::save_batch(&*write, &batch::Model { look_at, trouble, ..known }).await?;
    write.commit().await?;
    Ok(())
}
