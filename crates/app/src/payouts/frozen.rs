//! A frozen batch as it is paid: given out only while it is what was frozen.

use kernel::{Refusal, RefusalCode, Tenant};
use sea_orm::ConnectionTrait;

use super::{
    account::Account,
    create::{line, paper},
    entity::{batch, payout},
    files::{Line, Paper},
    payers::Payer,
    rules, store,
};
use crate::{App, platform::Answer};

pub struct Frozen {
    pub batch: batch::Model,
    pub payouts: Vec<payout::Model>,
    pub payer: Option<Payer>,
    pub lines: Vec<Line>,
}

impl Frozen {
    /// Reads it. Refuses `batch_not_approved`, and `batch_changed` where its list has another hash.
    pub async fn load(app: &App, conn: &impl ConnectionTrait, batch: batch::Model) -> Answer<Self> {
        rules::require_approved(batch.state)?;
        let payouts = store::payouts_of(conn, Tenant(batch.workspace_id), batch.id).await?;
        if rules::frozen_hash(&batch, &payouts) != batch.frozen_hash {
            let message = "the list of payouts is not the one that was frozen; do not pay it";
            return Err(Refusal::new(RefusalCode::BatchChanged, message).into());
        }
        let payer = batch.payer_sealed.as_deref().map(|sealed| Payer::opened(&app.secrets, sealed)).transpose()?;
        let mut lines = Vec::with_capacity(payouts.len());
        for payout in &payouts {
            lines.push(line(payout, Account::opened(&app.secrets, payout.account_sealed.as_deref())?));
        }
        Ok(Self { batch, payouts, payer, lines })
    }

    pub fn paper(&self) -> Answer<Paper<'_>> {
        paper(&self.batch, self.payer.as_ref(), &self.lines)
    }
}
