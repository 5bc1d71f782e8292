//! The one way in which a balance of rewards changes: entries, each with the balance it left.

use std::collections::HashMap;

use anyhow::Context as _;
use kernel::{Ambient, Id, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, QueryFilter as _,
};

use super::model::{RewardReason, balance, entry};
use crate::platform::bulk;

/// Whose rewards, and in which unit.
pub type Account = (Id<id::Partner>, String);

/// What is to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    pub partner: Id<id::Partner>,
    pub unit: String,
    /// In the unit's smallest part, signed.
    pub amount_minor: i64,
    pub reason: RewardReason,
    pub cause: Cause,
    pub words: Option<String>,
}

/// What caused an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    Conversion { id: Id<id::Conversion>, rule: Option<Id<id::PlanRule>>, version: Option<Id<id::PlanVersion>> },
    Redemption(Id<id::RewardRedemption>, Id<id::User>),
    Hand(Id<id::User>),
}

/// Enters postings in their order, and moves what is coming. The caller holds the workspace's lock, in one transaction with
/// what caused them.
///
/// # Errors
/// Where the records fail, or a balance would not fit a number.
pub async fn post(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    tenant: Tenant,
    postings: Vec<Posting>,
    coming: Vec<(Account, i64)>,
) -> anyhow::Result<Vec<entry::Model>> {
    let accounts = postings.iter().map(|one| (one.partner, one.unit.clone()));
    let accounts = accounts.chain(coming.iter().map(|(account, _)| account.clone()));
    let mut balances = load(conn, ambient, tenant, accounts).await?;
    let mut entries = Vec::with_capacity(postings.len());
    for posting in postings {
        let balance = balances.get_mut(&(posting.partner, posting.unit.clone())).context("a loaded balance")?;
        entries.push(enter(ambient, tenant, balance, posting)?);
    }
    for (account, change) in coming {
        let balance = balances.get_mut(&account).context("a loaded balance")?;
        let fits = balance.coming_minor.checked_add(change);
        balance.coming_minor = fits.context("what is coming fits a number")?;
    }
    bulk::insert_all(conn, entries.iter().cloned().map(|row: entry::Model| row.into_active_model())).await?;
    let rows = balances.into_values().map(|row| row.into_active_model());
    bulk::replace_all(conn, rows, balance::Column::Id).await?;
    Ok(entries)
}

fn enter(
    ambient: &Ambient,
    tenant: Tenant,
    balance: &mut balance::Model,
    posting: Posting,
) -> anyhow::Result<entry::Model> {
    let after = balance.balance_minor.checked_add(posting.amount_minor).context("a balance fits a number")?;
    balance.balance_minor = after;
    balance.entries += 1;
    balance.updated_at = ambient.now();
    let (mut conversion_id, mut redemption_id, mut user_id) = (None, None, None);
    let (mut rule_id, mut plan_version_id) = (None, None);
    match posting.cause {
        Cause::Conversion { id, rule, version } => {
            (conversion_id, rule_id, plan_version_id) = (Some(id), rule, version);
        }
        Cause::Redemption(id, user) => (redemption_id, user_id) = (Some(id), Some(user)),
        Cause::Hand(user) => user_id = Some(user),
    }
    Ok(entry::Model {
        id: ambient.new_id(),
        workspace_id: tenant.id(),
        partner_id: posting.partner,
        unit: posting.unit,
        number: balance.entries,
        amount_minor: posting.amount_minor,
        balance_after_minor: after,
        reason: posting.reason,
        conversion_id,
        redemption_id,
        rule_id,
        plan_version_id,
        user_id,
        words: posting.words,
        created_at: ambient.now(),
    })
}

/// The balances of some accounts; one of nought where there is none yet.
async fn load(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    tenant: Tenant,
    accounts: impl Iterator<Item = Account>,
) -> anyhow::Result<HashMap<Account, balance::Model>> {
    let wanted: std::collections::BTreeSet<Account> = accounts.collect();
    let partners: Vec<_> = wanted.iter().map(|(partner, _)| *partner).collect();
    let mine = balance::Column::WorkspaceId.eq(tenant.id()).and(balance::Column::PartnerId.is_in(partners));
    let rows = balance::Entity::find().filter(mine).all(conn).await?;
    let mut known: HashMap<Account, balance::Model> =
        rows.into_iter().map(|row| ((row.partner_id, row.unit.clone()), row)).collect();
    let fresh = |(partner_id, unit): Account| balance::Model {
        id: ambient.new_id(),
        workspace_id: tenant.id(),
        partner_id,
        unit,
        balance_minor: 0,
        coming_minor: 0,
        entries: 0,
        updated_at: ambient.now(),
    };
    let with_row = wanted.into_iter().map(|account| {
        let row = known.remove(&account).unwrap_or_else(|| fresh(account.clone()));
        (account, row)
    });
    Ok(with_row.collect())
}
