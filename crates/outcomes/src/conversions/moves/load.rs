//! Set-wise reads into a worksheet.

use std::collections::{HashMap, HashSet};

use kernel::{Ambient, Id, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{Held, HeldState, Holding, Worksheet};
use crate::{
    advertisers::model as advertiser,
    conversions::{
        entity::{commission, conversion, trace},
        model::Status,
        rules::terms::Terms,
        trace::Seen,
    },
    coupons::{self, entity::crediting::Model as Crediting},
    offers::entity::{goal, offer},
    plans::{
        model::{self as plan, PlanSide},
        rules::Needs,
        version,
    },
    platform::external_refs::{self, RefKind},
    workspaces,
};

/// Ids that one `is_in` carries.
pub const IDS_PER_QUERY: usize = 1_000;
/// Versions of the plans of one load.
const VERSIONS_MAX: u64 = 50_000;

type Versions = HashMap<(Id<id::Offer>, bool), Vec<version::Model>>;

/// An empty worksheet of a workspace.
pub async fn open(conn: &impl ConnectionTrait, tenant: Tenant, ambient: &Ambient) -> anyhow::Result<Worksheet> {
    let workspace = workspaces::store::get(conn, tenant).await?;
    Ok(Worksheet::new(tenant, workspace.zone()?, workspace.currency()?, ambient.clone()))
}

/// Loads those of `ids` that exist, with commissions, terms and the standings of their partners.
pub async fn load_conversions(
    conn: &impl ConnectionTrait,
    sheet: &mut Worksheet,
    ids: &[Id<id::Conversion>],
) -> anyhow::Result<()> {
    let wanted: Vec<_> = ids.iter().copied().filter(|id| !sheet.holdings.contains_key(id)).collect();
    for ids in wanted.chunks(IDS_PER_QUERY) {
        let rows = conversion::Entity::find()
            .filter(conversion::Column::WorkspaceId.eq(sheet.tenant.id()))
            .filter(conversion::Column::Id.is_in(ids.iter().copied()))
            .all(conn)
            .await?;
        hold(conn, sheet, rows).await?;
    }
    Ok(())
}

/// Takes rows that were found otherwise into the worksheet.
pub(in crate::conversions) async fn hold(
    conn: &impl ConnectionTrait,
    sheet: &mut Worksheet,
    rows: Vec<conversion::Model>,
) -> anyhow::Result<()> {
    let rows: Vec<_> = rows.into_iter().filter(|row| !sheet.holdings.contains_key(&row.id)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let commissions = commission::Entity::find()
        .filter(commission::Column::WorkspaceId.eq(sheet.tenant.id()))
        .filter(commission::Column::ConversionId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(commission::Column::Id)
        .all(conn)
        .await?;
    let offers: Vec<_> = rows.iter().filter_map(|row| row.offer_id).collect();
    load_terms(conn, sheet, &offers).await?;
    let moments = rows.iter().map(|row| row.event_at);
    sheet.caps.load_counters(conn, sheet.tenant, moments).await?;
    load_standings(conn, sheet, &rows, &commissions).await?;
    let mut by_conversion: HashMap<_, Vec<_>> = HashMap::new();
    for commission in commissions {
        by_conversion.entry(commission.conversion_id).or_default().push(commission);
    }
    for row in rows {
        let commissions = by_conversion.remove(&row.id).unwrap_or_default();
        let held = Held { holding: Holding { conversion: row, commissions }, state: HeldState::Untouched };
        sheet.holdings.insert(held.holding.conversion.id, held);
    }
    Ok(())
}

/// Loads what conversions were priced by, for those whose order value may change.
pub async fn load_facts(
    conn: &impl ConnectionTrait,
    sheet: &mut Worksheet,
    ids: &[Id<id::Conversion>],
) -> anyhow::Result<()> {
    for ids in ids.chunks(IDS_PER_QUERY) {
        let rows = trace::Entity::find()
            .filter(trace::Column::WorkspaceId.eq(sheet.tenant.id()))
            .filter(trace::Column::ConversionId.is_in(ids.iter().copied()))
            .all(conn)
            .await?;
        for row in rows {
            let seen: Seen = serde_json::from_str(&row.body)?;
            if !seen.facts.is_empty() {
                sheet.priced_by.insert(row.conversion_id, seen.facts);
            }
        }
    }
    Ok(())
}

/// Standings matter only past the lock, where a reversal meets what is payable or owed.
async fn load_standings(
    conn: &impl ConnectionTrait,
    sheet: &mut Worksheet,
    rows: &[conversion::Model],
    commissions: &[commission::Model],
) -> anyhow::Result<()> {
    let past_lock = |row: &&conversion::Model| matches!(row.status, Status::Locked | Status::Paid | Status::Reversed);
    let locked: HashSet<_> = rows.iter().filter(past_lock).map(|row| row.id).collect();
    let known: HashSet<_> = sheet.standings.keys().map(|key| key.0).collect();
    let of_locked = commissions.iter().filter(|commission| locked.contains(&commission.conversion_id));
    let partners: HashSet<_> = of_locked.map(|it| it.partner_id).filter(|partner| !known.contains(partner)).collect();
    if !partners.is_empty() {
        let partners: Vec<_> = partners.into_iter().collect();
        sheet.standings.extend(ledger::standings(conn, sheet.tenant, &partners).await?);
    }
    Ok(())
}

/// Loads what is payable to and owed by a partner who has no part in the loaded conversions yet.
pub async fn load_standings_of(
    conn: &impl ConnectionTrait,
    sheet: &mut Worksheet,
    partner: Id<id::Partner>,
) -> anyhow::Result<()> {
    if sheet.standings.keys().all(|key| key.0 != partner) {
        sheet.standings.extend(ledger::standings(conn, sheet.tenant, &[partner]).await?);
    }
    Ok(())
}

/// Loads the terms of those of `offers` that exist and are not loaded yet.
pub async fn load_terms(
    conn: &impl ConnectionTrait,
    sheet: &mut Worksheet,
    offers: &[Id<id::Offer>],
) -> anyhow::Result<()> {
    let wanted: HashSet<_> = offers.iter().copied().filter(|offer| !sheet.terms.contains_key(offer)).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    sheet.caps.load(conn, sheet.tenant, &wanted).await?;
    sheet.clocks.load(conn, sheet.tenant, wanted.iter().copied()).await?;
    let workspace = sheet.tenant.id();
    let offers = offer::Entity::find()
        .filter(offer::Column::WorkspaceId.eq(workspace))
        .filter(offer::Column::Id.is_in(wanted.iter().copied()))
        .all(conn)
        .await?;
    let goals = goal::Entity::find()
        .filter(goal::Column::WorkspaceId.eq(workspace))
        .filter(goal::Column::OfferId.is_in(wanted.iter().copied()))
        .order_by_asc(goal::Column::Position)
        .all(conn)
        .await?;
    let goal_refs = external_refs::of_many(conn, RefKind::Goal, goals.iter().map(|goal| goal.id)).await?;
    let owners: HashSet<_> = offers.iter().map(|offer| offer.advertiser_id).collect();
    let advertisers = advertiser::Entity::find()
        .filter(advertiser::Column::WorkspaceId.eq(workspace))
        .filter(advertiser::Column::Id.is_in(owners))
        .all(conn)
        .await?;
    let mut crediting = coupons::store::crediting_of(conn, sheet.tenant, wanted.iter().copied()).await?;
    let mut plans = load_plans(conn, sheet.tenant, &wanted).await?;
    for offer in offers {
        let owner = advertisers.iter().find(|advertiser| advertiser.id == offer.advertiser_id);
        let Some(advertiser) = owner.cloned() else { continue };
        let of_offer = |goal: &&goal::Model| goal.offer_id == offer.id;
        let mut side = |is_earnings| plans.remove(&(offer.id, is_earnings)).unwrap_or_default();
        let (earnings, revenue) = (side(true), side(false));
        let goals: Vec<_> = goals.iter().filter(of_offer).cloned().collect();
        let called = goals.iter().filter_map(|goal| Some((goal.id, goal_refs.get(&goal.id)?.clone())));
        let goal_refs = called.collect();
        let crediting = crediting.remove(&offer.id).unwrap_or_else(|| Crediting::unsaid(workspace, offer.id));
        let needs = earnings.iter().map(|it| Needs::of(&it.rules.0, &[]));
        let needs = needs.chain(revenue.iter().map(|it| Needs::of(&[], &it.rules.0)));
        sheet.counts.needs.insert(offer.id, needs.fold(Needs::default(), |all, one| all.plus(&one)));
        sheet.terms.insert(offer.id, Terms { goals, goal_refs, advertiser, crediting, earnings, revenue, offer });
    }
    Ok(())
}

/// Versions in order of `valid_from`, by offer and whether they are of the earnings side.
async fn load_plans(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    offers: &HashSet<Id<id::Offer>>,
) -> anyhow::Result<Versions> {
    let plans = plan::Entity::find()
        .filter(plan::Column::WorkspaceId.eq(tenant.id()))
        .filter(plan::Column::OfferId.is_in(offers.iter().copied()))
        .all(conn)
        .await?;
    let versions = version::Entity::find()
        .filter(version::Column::WorkspaceId.eq(tenant.id()))
        .filter(version::Column::PlanId.is_in(plans.iter().map(|plan| plan.id)))
        .order_by_asc(version::Column::ValidFrom)
        .order_by_asc(version::Column::Version)
        .limit(VERSIONS_MAX)
        .all(conn)
        .await?;
    let sides: HashMap<_, _> =
        plans.iter().map(|plan| (plan.id, (plan.offer_id, plan.side == PlanSide::Earnings))).collect();
    let mut by_side = Versions::new();
    for version in versions {
        if let Some(side) = sides.get(&version.plan_id) {
            by_side.entry(*side).or_default().push(version);
        }
    }
    Ok(by_side)
}
