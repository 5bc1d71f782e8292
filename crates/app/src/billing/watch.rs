//! Looks after accounts: what the book charged beside conversions, what was reached, how much partners are owed beyond what
//! was collected.
//!
//! The clock plays no part in it: an account that nothing happened to stays as it is.

use std::collections::BTreeSet;

use kernel::Tenant;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::{
    accounts,
    entity::account::{Column, Entity, Funding, Model},
    receivables, rules,
};
use crate::{App, news, platform::Problem};

pub const WATCH_BALANCES: &str = "watch_balances";
pub const WATCH_EXPOSURE: &str = "watch_exposure";
/// Accounts looked after in one run.
const ACCOUNTS_MAX: u64 = 50_000;

/// The job that follows balances.
pub async fn balances(app: &App) -> anyhow::Result<()> {
    let watched = Condition::any()
        .add(Column::Funding.ne(Funding::Open))
        .add(Column::ExposureLimitMinor.is_not_null())
        .add(Column::CapId.is_not_null());
    let rows = Entity::find().filter(watched).order_by_asc(Column::Id).limit(ACCOUNTS_MAX);
    for row in rows.all(app.records.read()).await? {
        if accounts::is_stale(app, &row).await? {
            follow(app, &row).await.map_err(|problem| anyhow::anyhow!("follow the balance {}: {problem:?}", row.id))?;
        }
    }
    Ok(())
}

async fn follow(app: &App, row: &Model) -> Result<(), Problem> {
    let tenant = Tenant(row.workspace_id);
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let news = accounts::refresh_of(app, &write, tenant, (row.advertiser_id, row.currency())).await?;
    news::commit_routes(app, write, tenant, &news).await
}

/// The job that follows how much partners are owed beyond what was collected, where that has a limit.
pub async fn exposure(app: &App) -> anyhow::Result<()> {
    let limited = Entity::find().filter(Column::ExposureLimitMinor.is_not_null()).limit(ACCOUNTS_MAX);
    let rows = limited.all(app.records.read()).await?;
    let workspaces: BTreeSet<_> = rows.iter().map(|row| row.workspace_id).collect();
    for workspace in workspaces {
        let tenant = Tenant(workspace);
        let of_workspace: Vec<_> = rows.iter().filter(|row| row.workspace_id == workspace).collect();
        for row in changed(app, tenant, &of_workspace).await.map_err(|problem| anyhow::anyhow!("{problem:?}"))? {
            follow(app, row).await.map_err(|problem| anyhow::anyhow!("follow the exposure {}: {problem:?}", row.id))?;
        }
    }
    Ok(())
}

/// Of the accounts those whose exposure is not as it was.
async fn changed<'a>(app: &App, tenant: Tenant, rows: &[&'a Model]) -> Result<Vec<&'a Model>, Problem> {
    let advertisers: Vec<_> = rows.iter().map(|row| row.advertiser_id).collect();
    let earned = receivables::earned(app.records.read(), tenant, &advertisers).await?;
    let mut changed = Vec::new();
    for &row in rows {
        let paid = accounts::balance(app.records.read(), tenant, row.advertiser_id, row.currency()).await?;
        let earned_minor = earned.get(&(row.advertiser_id, row.currency())).copied().unwrap_or_default();
        if rules::exposure(earned_minor, paid.map_or(0, |it| it.paid)) != row.exposure_minor {
            changed.push(row);
        }
    }
    Ok(changed)
}
