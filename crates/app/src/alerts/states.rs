//! What is in a bad state, for rules that look at no metric.

use kernel::{Tenant, Timestamp};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, prelude::Uuid};

use super::{built_in::BuiltIn, rules::Judged};
use crate::{
    App,
    billing::entity::account::{self, AccountState},
    caps::{
        entity::{cap, counter},
        model::CapState,
    },
    domains::model::{self as domain, DomainState},
    postbacks::{entity::postback, model::PostbackState},
};

/// Subjects of one rule in one workspace.
const SUBJECTS_MAX: u64 = 10_000;
/// From here on a cap is near its end, in per cent.
const NEAR_PER_CENT: i64 = 90;
/// Counters in one question to the records.
const CHUNK: usize = 500;

/// What is found by a rule that comes with the program and looks at a state.
pub async fn found(app: &App, tenant: Tenant, what: BuiltIn, now: Timestamp) -> anyhow::Result<Vec<Judged>> {
    match what {
        BuiltIn::PostbackFailing => postbacks(app, tenant).await,
        BuiltIn::CapNearItsEnd => caps(app, tenant, now).await,
        BuiltIn::BalanceLow => balances(app, tenant).await,
        BuiltIn::DomainBanned => domains(app, tenant).await,
        BuiltIn::CostWithoutRevenue
        | BuiltIn::ConversionsStopped
        | BuiltIn::ApprovalFalling
        | BuiltIn::PartnerGoneQuiet
        | BuiltIn::SourceTurnedBad => Ok(Vec::new()),
    }
}

fn bad(subject: String) -> Judged {
    Judged { subject, is_found: true, ..Judged::default() }
}

async fn postbacks(app: &App, tenant: Tenant) -> anyhow::Result<Vec<Judged>> {
    use postback::Column;
    let rows = postback::Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::State.eq(PostbackState::Failing))
        .limit(SUBJECTS_MAX);
    Ok(rows.all(app.records.read()).await?.into_iter().map(|row| bad(row.id.to_string())).collect())
}

async fn balances(app: &App, tenant: Tenant) -> anyhow::Result<Vec<Judged>> {
    use account::Column;
    let rows = account::Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::State.is_in([AccountState::Low, AccountState::Stopped]))
        .limit(SUBJECTS_MAX);
    let mut found: Vec<_> =
        rows.all(app.records.read()).await?.into_iter().map(|row| bad(row.advertiser_id.to_string())).collect();
    found.sort_by(|one, other| one.subject.cmp(&other.subject));
    found.dedup();
    Ok(found)
}

async fn domains(app: &App, tenant: Tenant) -> anyhow::Result<Vec<Judged>> {
    use domain::Column;
    let rows = domain::Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::State.eq(DomainState::Banned))
        .limit(SUBJECTS_MAX);
    Ok(rows.all(app.records.read()).await?.into_iter().map(|row| bad(row.id.to_string())).collect())
}

async fn caps(app: &App, tenant: Tenant, now: Timestamp) -> anyhow::Result<Vec<Judged>> {
    let rows = cap::Entity::find()
        .filter(cap::Column::WorkspaceId.eq(tenant.id()))
        .filter(cap::Column::State.eq(CapState::Active))
        .limit(SUBJECTS_MAX)
        .all(app.records.read())
        .await?;
    let mut found = Vec::new();
    for chunk in rows.chunks(CHUNK) {
        let keys = chunk.iter().map(|row| counter_of(row, now)).collect::<Result<Vec<_>, _>>()?;
        let counters = counter::Entity::find().filter(counter::Column::Id.is_in(keys.iter().copied()));
        let counters = counters.all(app.records.read()).await?;
        let used = |key: &Uuid| counters.iter().find(|counter| counter.id == *key).map_or(0, |counter| counter.used);
        found.extend(chunk.iter().zip(&keys).filter_map(|(row, key)| near(row, used(key))));
    }
    Ok(found)
}

fn counter_of(row: &cap::Model, now: Timestamp) -> Result<Uuid, kernel::Refusal> {
    Ok(counter::key(row.id, row.period().around(now, &row.zone()?).start))
}

fn near(row: &cap::Model, used: i64) -> Option<Judged> {
    let per_cent = i64::try_from(i128::from(used) * 100 / i128::from(row.limit_count.max(1))).unwrap_or(i64::MAX);
    (per_cent >= NEAR_PER_CENT).then(|| Judged {
        seen: Some(per_cent),
        usual_to: Some(NEAR_PER_CENT),
        ..bad(row.id.to_string())
    })
}
