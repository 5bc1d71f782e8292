//! Goes behind the moves of conversions: what stands of each becomes what the rule in force when it happened gives now.
//!
//! The outbox is read behind a cursor, which moves on in the transaction of what was entered: a crash or a second node
//! does nothing twice. A conversion is looked at as it stands, not as a move left it; whatever moves it afterwards stands
//! behind the cursor.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Context as _;
use kernel::{Id, Tenant, Timestamp, id, time::DAY_MS};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{ExprTrait as _, Query, SelectStatement},
};

use super::{
    ledger::{self, Account, Cause, Posting},
    model::{RewardReason, standing},
    rules::{self, Decimals, Target},
    store,
};
use crate::{
    App,
    conversions::entity::conversion,
    plans::{self, rules::Needs, store::OfferPlans},
    platform::{
        WriteTransaction,
        outbox::{self, Topic},
    },
    reward_units::{self, model as unit},
    simulations::{
        rows::{self, Scope},
        rules::Past,
    },
    workspaces,
};

pub const FOLLOW_REWARDS: &str = "follow_rewards";
const CONSUMER: &str = "rewards";
/// Moves looked at in one transaction, and transactions of one run.
const MOVES_MAX: u64 = 500;
const TURNS_MAX: usize = 100;
/// Happened by then, whatever clock the sender has.
const AHEAD_DAYS: i64 = 2;

/// The job.
pub async fn run(app: &App) -> anyhow::Result<()> {
    for _ in 0..TURNS_MAX {
        if !turn(app).await? {
            return Ok(());
        }
    }
    Ok(())
}

/// One turn; false where nothing is left to read.
async fn turn(app: &App) -> anyhow::Result<bool> {
    let records = app.records.read();
    let from = outbox::read_to(records, CONSUMER).await?;
    // Read before the units: what happens while the first of them is made is behind it.
    let newest = outbox::newest_seq(records, Topic::ConversionMoved).await?;
    if newest <= from {
        return Ok(false);
    }
    let moves =
        if reward_units::store::are_any(records).await? { moves(app, (from, newest)).await? } else { Vec::new() };
    let is_full = moves.len() as u64 == MOVES_MAX;
    let to = moves.last().filter(|_| is_full).map_or(newest, |one| one.0);
    let mut moved: BTreeMap<Id<id::Workspace>, BTreeSet<Id<id::Conversion>>> = BTreeMap::new();
    for (_, workspace, conversion) in moves {
        moved.entry(workspace).or_default().insert(conversion);
    }
    let mut wanted = Vec::new();
    for (workspace, conversions) in moved {
        let tenant = Tenant(workspace);
        let of_workspace = wanted_of(app, tenant, conversions).await;
        wanted.push((tenant, of_workspace.with_context(|| format!("what conversions of {workspace} give"))?));
    }
    let write = app.records.begin().await?;
    if !outbox::move_on(&*write, CONSUMER, from, to).await? {
        return Ok(true);
    }
    for (tenant, wanted) in wanted.into_iter().filter(|(_, wanted)| !wanted.is_empty()) {
        write.lock_workspace(tenant).await?;
        enter(app, &write, tenant, wanted).await?;
    }
    write.commit().await?;
    Ok(is_full)
}

/// Moves of workspaces that have units of rewards.
async fn moves(app: &App, (from, to): (i64, i64)) -> anyhow::Result<Vec<(i64, Id<id::Workspace>, Id<id::Conversion>)>> {
    use outbox::Column;
    let rows = outbox::Entity::find()
        .filter(Column::Topic.eq(Topic::ConversionMoved).and(Column::Seq.gt(from)).and(Column::Seq.lte(to)))
        .filter(Column::WorkspaceId.in_subquery(workspaces_with_units()))
        .order_by_asc(Column::Seq)
        .limit(MOVES_MAX)
        .all(app.records.read())
        .await?;
    let read = |row: outbox::Model| {
        let conversion =
            serde_json::from_value(row.payload["conversion"].clone()).context("the conversion of a move")?;
        Ok((row.seq, row.workspace_id, conversion))
    };
    rows.into_iter().map(read).collect()
}

fn workspaces_with_units() -> SelectStatement {
    Query::select().column(unit::Column::WorkspaceId).from(unit::Entity).to_owned()
}

/// What is to stand of a conversion.
struct Wanted {
    conversion: Id<id::Conversion>,
    targets: BTreeMap<Account, Target>,
}

/// What is to stand of those conversions whose offers ever gave rewards.
async fn wanted_of(
    app: &App,
    tenant: Tenant,
    conversions: BTreeSet<Id<id::Conversion>>,
) -> anyhow::Result<Vec<Wanted>> {
    let records = app.records.read();
    let mine = conversion::Column::WorkspaceId.eq(tenant.id()).and(conversion::Column::Id.is_in(conversions));
    let rows = conversion::Entity::find().filter(mine).all(records).await?;
    let mut by_offer: HashMap<Id<id::Offer>, Vec<conversion::Model>> = HashMap::new();
    for row in rows {
        if let Some(offer) = row.offer_id {
            by_offer.entry(offer).or_default().push(row);
        }
    }
    let plans = plans::store::of_offers(records, tenant, by_offer.keys().copied()).await?;
    let units = reward_units::store::of_tenant(records, tenant).await?;
    let decimals = units.into_iter().map(|unit| (unit.code, unit.decimals.unsigned_abs())).collect();
    let zone = workspaces::store::get(records, tenant).await?.zone()?;
    let mut wanted = Vec::new();
    for (offer, rows) in by_offer {
        let Some(plans) = plans.get(&offer).filter(|plans| gives_rewards(plans)) else { continue };
        let whole = (Timestamp::from_millis(0), app.ambient.now().plus_millis(AHEAD_DAYS * DAY_MS));
        let scope = Scope { needs: needs(plans), ..Scope::of(tenant, offer, whole, zone.clone()) };
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let pasts = rows::some(records, &scope, &ids).await?;
        let mut pasts: HashMap<_, _> = pasts.into_iter().map(|past| (past.id, past)).collect();
        wanted.extend(rows.iter().map(|row| of_conversion(row, pasts.remove(&row.id), plans, &decimals)));
    }
    Ok(wanted)
}

fn gives_rewards(plans: &OfferPlans) -> bool {
    plans.earnings.versions.iter().any(|version| !rules::units(&version.rules.0).is_empty())
}

/// What the plans looked at, so that what was not kept of then is read from what is known now.
fn needs(plans: &OfferPlans) -> Needs {
    let versions = plans.earnings.versions.iter().map(|version| Needs::of(&version.rules.0, &[]));
    versions.fold(Needs::default(), |all, one| all.plus(&one))
}

/// One that nobody earns from, or that another system priced, gives nothing.
fn of_conversion(row: &conversion::Model, past: Option<Past>, plans: &OfferPlans, decimals: &Decimals) -> Wanted {
    let conversion = row.id;
    let version = plans.earnings.version_at(row.event_at);
    let Some((past, version)) = past.filter(|past| !past.is_moved_in()).zip(version) else {
        return Wanted { conversion, targets: BTreeMap::new() };
    };
    let currency_decimals = row.currency().decimals().unwrap_or_default();
    let gifts = rules::gifts(&version.rules.0, &rules::case(&past), currency_decimals, decimals);
    Wanted { conversion, targets: rules::targets(&past, row.status, &gifts, Some(version.id)) }
}

/// Enters what differs from what stands.
async fn enter(app: &App, write: &WriteTransaction, tenant: Tenant, wanted: Vec<Wanted>) -> anyhow::Result<()> {
    let stands = store::standings(&**write, tenant, wanted.iter().map(|one| one.conversion)).await?;
    let mut stands: HashMap<_, _> =
        stands.into_iter().map(|row| ((row.conversion_id, row.partner_id, row.unit.clone()), row)).collect();
    let (mut postings, mut coming, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for Wanted { conversion, mut targets } in wanted {
        let of_it = stands.keys().filter(|key| key.0 == conversion);
        let gone: Vec<Account> = of_it.map(|(_, partner, unit)| (*partner, unit.clone())).collect();
        for account in gone {
            targets.entry(account).or_default();
        }
        for (account, target) in targets {
            let row = stands.remove(&(conversion, account.0, account.1.clone()));
            let (granted, held) = row.as_ref().map_or((0, 0), |row| (row.granted_minor, row.coming_minor));
            let (more, later) = (target.granted_minor - granted, target.coming_minor - held);
            if (more, later) == (0, 0) {
                continue;
            }
            if more != 0 {
                postings.push(posting(conversion, &account, &target, more));
            }
            if later != 0 {
                coming.push((account.clone(), later));
            }
            rows.push(standing::Model {
                conversion_id: conversion,
                partner_id: account.0,
                unit: account.1,
                workspace_id: tenant.id(),
                granted_minor: target.granted_minor,
                coming_minor: target.coming_minor,
                updated_at: app.ambient.now(),
            });
        }
    }
    // What is taken from one is entered before what is given to another, as the moves of a conversion are.
    postings.sort_by_key(|posting| posting.amount_minor > 0);
    ledger::post(&**write, &app.ambient, tenant, postings, coming).await?;
    store::put_standings(&**write, rows).await?;
    Ok(())
}

fn posting(conversion: Id<id::Conversion>, (partner, unit): &Account, target: &Target, amount_minor: i64) -> Posting {
    Posting {
        partner: *partner,
        unit: unit.clone(),
        amount_minor,
        reason: if amount_minor > 0 { RewardReason::Granted } else { RewardReason::TakenBack },
        cause: Cause::Conversion { id: conversion, rule: target.rule, version: target.version },
        words: None,
    }
}
