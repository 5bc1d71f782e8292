//! What an advertiser was charged, as the book says it: by conversion, and by entry where no conversion is the cause.

use kernel::{
    Currency, Id, Tenant, Timestamp,
    id::{Advertiser, BookEntry, Conversion},
};
use sea_orm::{ConnectionTrait, Value};

use crate::{account::Account, entry::EntryKind, error::BookError, sql};

/// Charges in one answer; one more tells that there are others.
pub const CHARGES_MAX: usize = 500_000;

/// Entries that settle what is owed, or tax it: no charges.
const SETTLING: [EntryKind; 4] =
    [EntryKind::AdvertiserPaid, EntryKind::PrepaidUsed, EntryKind::AdvertiserRefunded, EntryKind::Vat];

/// What one conversion, or one entry without a conversion, came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charge {
    pub conversion: Option<Id<Conversion>>,
    /// Set where no conversion is.
    pub entry: Option<Id<BookEntry>>,
    /// Whole minor units; below nought where more was taken back than charged.
    pub minor: i64,
}

/// What the advertiser was ever charged in `currency` before a moment, taken together by its cause.
pub async fn charges(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<Advertiser>,
    currency: Currency,
    before: Timestamp,
) -> Result<Vec<Charge>, BookError> {
    // PostgreSQL adds whole numbers up to decimals.
    let text = format!(
        "select e.conversion_id, case when e.conversion_id is null then e.id end, \
         cast(sum(p.debit - p.credit) as bigint) from book_postings p \
         join book_entries e on e.workspace_id = p.workspace_id and e.seq = p.entry_seq \
         where p.workspace_id = ? and p.owner_kind <> 0 and p.owner_id = ? and p.account = ? and p.currency = ? \
         and e.at < ? and e.kind not in ({}) \
         group by e.conversion_id, case when e.conversion_id is null then e.id end limit {}",
        sql::placeholders(SETTLING.len()),
        CHARGES_MAX + 1
    );
    let mut values: Vec<Value> = vec![
        tenant.id().into(),
        advertiser.into(),
        Account::AdvertiserReceivable.code().into(),
        currency.code().into(),
        before.into(),
    ];
    values.extend(SETTLING.iter().map(|kind| Value::from(kind.code())));
    let rows = sql::query(conn, &text, values).await?;
    let charges = rows.iter().map(|row| {
        Ok(Charge {
            conversion: row.try_get_by_index(0)?,
            entry: row.try_get_by_index(1)?,
            minor: row.try_get_by_index(2)?,
        })
    });
    charges.collect()
}
