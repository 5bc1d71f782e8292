//! What is owed on the day of the move: entries of the book, each with its other side in the opening equity.

use std::collections::HashSet;

use kernel::Money;
use ledger::{Entry, Opening, Stamp, entries};
use sea_orm::DatabaseTransaction;
use serde_json::json;

use super::{Fate, FindingCode, Row, Stop, Work, unknown};
use crate::imports::{
    directory::Place,
    rules::rows::{self, BalanceRow, BalanceSide},
};

pub async fn take(work: &mut Work<'_>, tx: Option<&DatabaseTransaction>, rows: &[Row]) -> anyhow::Result<()> {
    let parsed = work.read_rows(rows, rows::balance)?;
    let ids: Vec<_> = parsed.iter().map(|(_, row)| row.id.clone()).collect();
    let known: HashSet<String> = work.known(&ids).await?.into_keys().collect();
    let mut posted = Vec::new();
    for (index, row) in parsed {
        let outcome = one(work, tx.is_some(), row, (&known, &mut posted));
        work.settle(rows[index].line, outcome)?;
    }
    if let Some(tx) = tx {
        ledger::post(tx, work.actor.tenant, &posted).await?;
    }
    Ok(())
}

fn one(
    work: &mut Work<'_>,
    is_run: bool,
    row: BalanceRow,
    (known, posted): (&HashSet<String>, &mut Vec<Entry>),
) -> Result<Fate, Stop> {
    if known.contains(&row.id) {
        return Ok(Fate::Matched);
    }
    work.see(&row.id)?;
    let Some(opening) = opening(work, &row)? else { return Ok(Fate::Made) };
    if !is_run {
        return Ok(Fate::Made);
    }
    let stamp = Stamp { id: work.app.ambient.new_id(), at: work.ground.now };
    let amount = Money::new(row.minor, row.currency);
    posted.push(entries::opened(stamp, opening, amount).with_note(work.import.system.as_str()));
    let owner = match opening {
        Opening::Payable(partner) | Opening::Debt(partner) => partner.uuid(),
        Opening::Receivable(advertiser) | Opening::Prepaid(advertiser) => advertiser.uuid(),
    };
    let detail = json!({"side": row.side.code(), "minor": row.minor, "currency": row.currency});
    work.remember(row.id, owner, detail);
    Ok(Fate::Made)
}

/// Nothing where a dry run would make the owner first.
fn opening(work: &Work<'_>, row: &BalanceRow) -> Result<Option<Opening>, Stop> {
    if row.side.is_of_partner() {
        let partner = super::clicks::partner_of(work, Some(row.owner.as_str()), None)?;
        let of =
            |partner| if row.side == BalanceSide::Debt { Opening::Debt(partner) } else { Opening::Payable(partner) };
        return Ok(partner.map(of));
    }
    let advertiser = match work.directory.advertisers.get(&row.owner) {
        Some(Place::Here(advertiser)) => *advertiser,
        Some(Place::Planned) => return Ok(None),
        None => return Err(unknown(FindingCode::UnknownAdvertiser, "advertiser", Some(row.owner.as_str())).into()),
    };
    let is_prepaid = row.side == BalanceSide::Prepaid;
    Ok(Some(if is_prepaid { Opening::Prepaid(advertiser) } else { Opening::Receivable(advertiser) }))
}
