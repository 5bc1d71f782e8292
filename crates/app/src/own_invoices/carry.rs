//! Payouts carry invoices, and let them go where nothing was paid. Both happen in the transaction that books the payouts.

use kernel::{Currency, Id, Tenant, id};
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::{
    entity::{Model, OwnInvoiceState},
    store,
};
use crate::{
    App,
    platform::{
        Answer, WriteTransaction,
        audit_trail::{self, Author, Change},
    },
};

/// A partner and the payout that is its.
pub type PayoutOf = (Id<id::Partner>, Id<id::Payout>);

/// The accepted invoices of each of these partners are carried by its payout from now on, in the caller's transaction,
/// which holds the workspace's lock and has found that they come to what is sent.
pub async fn carry(
    app: &App,
    write: &WriteTransaction,
    author: Author,
    (payouts, currency): (&[PayoutOf], Currency),
) -> Answer<()> {
    let partners: Vec<_> = payouts.iter().map(|(partner, _)| *partner).collect();
    for row in store::accepted(&**write, author.tenant, (&partners, currency)).await? {
        let payout = payouts.iter().find(|(partner, _)| *partner == row.partner_id).map(|(_, payout)| *payout);
        let used = Model { state: OwnInvoiceState::Used, payout_id: payout, ..row };
        save(app, write, author, (used, OwnInvoiceState::Accepted)).await?;
    }
    Ok(())
}

/// What failed, was undone or came back is payable again: its invoices are accepted again.
pub async fn let_go(app: &App, write: &WriteTransaction, author: Author, payouts: &[Id<id::Payout>]) -> Answer<()> {
    for row in store::carried_by(&**write, author.tenant, payouts).await? {
        let free = Model { state: OwnInvoiceState::Accepted, payout_id: None, ..row };
        save(app, write, author, (free, OwnInvoiceState::Used)).await?;
    }
    Ok(())
}

/// Whether a payout carries an invoice that the partner wrote itself.
pub async fn is_billed_by_partner(
    conn: &impl sea_orm::ConnectionTrait,
    tenant: Tenant,
    payout: Id<id::Payout>,
) -> Answer<bool> {
    Ok(!store::carried_by(conn, tenant, &[payout]).await?.is_empty())
}

async fn save(app: &App, write: &WriteTransaction, author: Author, (row, was): (Model, OwnInvoiceState)) -> Answer<()> {
    row.clone().into_active_model().reset_all().update(&**write).await?;
    let change = Change {
        action: if row.state == OwnInvoiceState::Used { "own_invoice.used" } else { "own_invoice.freed" },
        subject: row.id.to_string(),
        before: Some(json!({ "state": was })),
        after: Some(json!({"state": row.state, "payout_id": row.payout_id})),
    };
    Ok(audit_trail::record(&**write, &app.ambient, author, change).await?)
}
