//! The proof of rewards: every balance against its entries, what stands of conversions, and what was redeemed.

use std::collections::{BTreeSet, HashMap};

use kernel::{Ambient, Id, Tenant, id};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{
    ledger::Account,
    model::{RedemptionState, RewardReason, balance, entry, redemption, standing},
};
use crate::platform::bulk;

/// Rows read at once.
const PAGE_ROWS: u64 = 1_000;

/// What the entries of an account come to.
#[derive(Default)]
struct Sums {
    entries: i64,
    balance_minor: i64,
    /// Of conversions alone.
    granted_minor: i64,
    /// Given up and not returned.
    redeemed_minor: i64,
    /// What is wrong with the row of entries itself.
    wrong: Option<String>,
}

/// What differs, each with the account it differs in, and how many entries were read.
pub async fn of(conn: &impl ConnectionTrait, tenant: Tenant) -> anyhow::Result<(u64, Vec<(String, String)>)> {
    let mut balances = balances(conn, tenant).await?;
    let accounts: BTreeSet<Account> =
        accounts(conn, tenant).await?.into_iter().chain(balances.keys().cloned()).collect();
    let (mut read, mut differences) = (0, Vec::new());
    for account in accounts {
        let sums = sums(conn, tenant, &account).await?;
        read += sums.entries.unsigned_abs();
        let balance = balances.remove(&account);
        let (granted, coming, unlike) = standing_of(conn, tenant, &account).await?;
        let redeemed = redeemed(conn, tenant, &account).await?;
        let kept = balance.map(|row| (row.balance_minor, row.coming_minor, row.entries)).unwrap_or_default();
        let mut wrong: Vec<String> = sums.wrong.into_iter().chain(unlike).collect();
        if (sums.balance_minor, coming, sums.entries) != kept {
            let (balance, entries) = (sums.balance_minor, sums.entries);
            wrong.push(format!("{entries} entries come to {balance} with {coming} coming, the balance says {kept:?}"));
        }
        if sums.granted_minor != granted {
            wrong.push(format!("entries of conversions come to {}, they stand at {granted}", sums.granted_minor));
        }
        if sums.redeemed_minor != redeemed {
            wrong.push(format!("entries of what was redeemed come to {}, not {redeemed}", sums.redeemed_minor));
        }
        let (partner, unit) = &account;
        differences.extend(wrong.into_iter().map(|what| (format!("{unit} of {partner}"), what)));
    }
    Ok((read, differences))
}

/// Makes every balance of a workspace again from its entries and from what stands of conversions.
pub async fn rebuild(conn: &impl ConnectionTrait, ambient: &Ambient, tenant: Tenant) -> anyhow::Result<()> {
    let mut known = balances(conn, tenant).await?;
    let mut rows = Vec::new();
    for account in accounts(conn, tenant).await? {
        let sums = sums(conn, tenant, &account).await?;
        // Entries that were altered are not believed: nothing is made of them.
        anyhow::ensure!(sums.wrong.is_none(), "{} of {}: {:?}", account.1, account.0, sums.wrong);
        let (_, coming_minor, _) = standing_of(conn, tenant, &account).await?;
        let id = known.remove(&account).map_or_else(|| ambient.new_id(), |row| row.id);
        let (partner_id, unit) = account;
        rows.push(balance::Model {
            id,
            workspace_id: tenant.id(),
            partner_id,
            unit,
            balance_minor: sums.balance_minor,
            coming_minor,
            entries: sums.entries,
            updated_at: ambient.now(),
        });
    }
    balance::Entity::delete_many().filter(balance::Column::WorkspaceId.eq(tenant.id())).exec(conn).await?;
    bulk::insert_all(conn, rows.into_iter().map(|row| row.into_active_model())).await?;
    Ok(())
}

async fn balances(conn: &impl ConnectionTrait, tenant: Tenant) -> anyhow::Result<HashMap<Account, balance::Model>> {
    let rows = balance::Entity::find().filter(balance::Column::WorkspaceId.eq(tenant.id())).all(conn).await?;
    Ok(rows.into_iter().map(|row| ((row.partner_id, row.unit.clone()), row)).collect())
}

/// Whoever has entries or stands to get some.
async fn accounts(conn: &impl ConnectionTrait, tenant: Tenant) -> anyhow::Result<BTreeSet<Account>> {
    let entered = entry::Entity::find()
        .select_only()
        .columns([entry::Column::PartnerId, entry::Column::Unit])
        .distinct()
        .filter(entry::Column::WorkspaceId.eq(tenant.id()));
    let entered: Vec<Account> = entered.into_tuple().all(conn).await?;
    let standing = standing::Entity::find()
        .select_only()
        .columns([standing::Column::PartnerId, standing::Column::Unit])
        .distinct()
        .filter(standing::Column::WorkspaceId.eq(tenant.id()));
    let standing: Vec<Account> = standing.into_tuple().all(conn).await?;
    Ok(entered.into_iter().chain(standing).collect())
}

async fn sums(conn: &impl ConnectionTrait, tenant: Tenant, (partner, unit): &Account) -> anyhow::Result<Sums> {
    use entry::Column;
    let (mut sums, mut last) = (Sums::default(), 0);
    loop {
        let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::PartnerId.eq(*partner));
        let mine = mine.and(Column::Unit.eq(unit.as_str())).and(Column::Number.gt(last));
        let rows = entry::Entity::find().filter(mine).order_by_asc(Column::Number).limit(PAGE_ROWS);
        let rows = rows.all(conn).await?;
        for row in &rows {
            sums.add(row);
        }
        match rows.last().filter(|_| rows.len() as u64 == PAGE_ROWS) {
            Some(row) => last = row.number,
            None => return Ok(sums),
        }
    }
}

impl Sums {
    fn add(&mut self, row: &entry::Model) {
        self.entries += 1;
        self.balance_minor += row.amount_minor;
        match row.reason {
            RewardReason::Granted | RewardReason::TakenBack => self.granted_minor += row.amount_minor,
            RewardReason::Redeemed | RewardReason::Returned => self.redeemed_minor -= row.amount_minor,
            RewardReason::Given | RewardReason::Taken => {}
        }
        if self.wrong.is_none() && (row.number, row.balance_after_minor) != (self.entries, self.balance_minor) {
            let (number, after) = (row.number, row.balance_after_minor);
            let what =
                format!("entry {number} ({}) left {after}, those up to it come to {}", row.id, self.balance_minor);
            self.wrong = Some(what);
        }
    }
}

/// What stands of the account's conversions in all, granted and coming, and those whose entries say otherwise.
async fn standing_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (partner, unit): &Account,
) -> anyhow::Result<(i64, i64, Vec<String>)> {
    use standing::Column;
    let (mut granted, mut coming, mut unlike) = (0, 0, Vec::new());
    let mut after = Id::<id::Conversion>::from_u128(0);
    loop {
        let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::PartnerId.eq(*partner));
        let mine = mine.and(Column::Unit.eq(unit.as_str())).and(Column::ConversionId.gt(after));
        let rows = standing::Entity::find().filter(mine).order_by_asc(Column::ConversionId).limit(PAGE_ROWS);
        let rows = rows.all(conn).await?;
        let of_them = Condition::all()
            .add(entry::Column::PartnerId.eq(*partner))
            .add(entry::Column::Unit.eq(unit.as_str()))
            .add(entry::Column::ConversionId.is_in(rows.iter().map(|row| row.conversion_id)));
        let mut entered: HashMap<Id<id::Conversion>, i64> = HashMap::new();
        for row in entry::Entity::find().filter(of_them).all(conn).await? {
            let sum = row.conversion_id.map(|conversion| entered.entry(conversion).or_default());
            sum.into_iter().for_each(|sum| *sum += row.amount_minor);
        }
        for row in &rows {
            (granted, coming) = (granted + row.granted_minor, coming + row.coming_minor);
            let sum = entered.remove(&row.conversion_id).unwrap_or_default();
            if sum != row.granted_minor {
                unlike.push(format!("{} stands at {}, its entries at {sum}", row.conversion_id, row.granted_minor));
            }
        }
        match rows.last().filter(|_| rows.len() as u64 == PAGE_ROWS) {
            Some(last) => after = last.conversion_id,
            None => return Ok((granted, coming, unlike)),
        }
    }
}

/// What is given up and was not declined.
async fn redeemed(conn: &impl ConnectionTrait, tenant: Tenant, (partner, unit): &Account) -> anyhow::Result<i64> {
    use redemption::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::PartnerId.eq(*partner));
    let mine = mine.and(Column::Unit.eq(unit.as_str())).and(Column::State.ne(RedemptionState::Declined));
    let rows = redemption::Entity::find().filter(mine).all(conn).await?;
    Ok(rows.iter().map(|row| row.amount_minor).sum())
}
