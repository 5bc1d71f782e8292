//! Writes a worksheet, set-wise: conversions, commissions, moves, the book, and the outbox last.

use kernel::Tenant;
use ledger::Entry;
use sea_orm::{ConnectionTrait, IntoActiveModel as _};

use super::{HeldState, Worksheet};
use crate::{
    conversions::entity::{commission, conversion, movement},
    news,
    platform::{
        bulk::{insert_all, replace_all},
        outbox::{self, Topic},
    },
};

/// Entries given to the book at once.
const ENTRIES_PER_POST: usize = 10_000;

impl Worksheet {
    /// Writes everything and answers how many conversions were touched. Call it once, as the last thing but the commit.
    pub async fn write(self, conn: &impl ConnectionTrait) -> anyhow::Result<usize> {
        let Self { tenant, holdings, moves, entries, facts, caps, ambient, now, .. } = self;
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        let (mut new_commissions, mut changed_commissions) = (Vec::new(), Vec::new());
        for held in holdings.into_values() {
            let (rows, commissions) = match held.state {
                HeldState::Untouched => continue,
                HeldState::New => (&mut new, &mut new_commissions),
                HeldState::Changed => (&mut changed, &mut changed_commissions),
            };
            rows.push(held.holding.conversion.into_active_model());
            commissions.extend(held.holding.commissions.into_iter().map(|row| row.into_active_model()));
        }
        let touched = new.len() + changed.len();
        // Together, because the database writes one while the next is put into words.
        tokio::try_join!(
            async { Ok(insert_all(conn, new).await?) },
            async { Ok(replace_all(conn, changed, conversion::Column::Id).await?) },
            async { Ok(insert_all(conn, new_commissions).await?) },
            async { Ok(replace_all(conn, changed_commissions, commission::Column::Id).await?) },
            async { Ok(insert_all(conn, moves.into_iter().map(movement::Model::into_active_model)).await?) },
            post_all(conn, tenant, &entries),
        )?;
        let flipped = caps.write(conn, &ambient, tenant).await?;
        outbox::publish(conn, tenant, Topic::ConversionMoved, &facts, now).await?;
        news::routes_changed(conn, &ambient, tenant, &flipped).await?;
        Ok(touched)
    }
}

async fn post_all(conn: &impl ConnectionTrait, tenant: Tenant, entries: &[Entry]) -> anyhow::Result<()> {
    for entries in entries.chunks(ENTRIES_PER_POST) {
        ledger::post(conn, tenant, entries).await?;
    }
    Ok(())
}
