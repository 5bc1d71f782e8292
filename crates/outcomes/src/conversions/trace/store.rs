//! Traces in the records.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context as _;
use kernel::{Id, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, prelude::Uuid, sea_query::OnConflict,
};

use super::{FORMAT, Material, Outcome, Seen, SeenTerms, material::Read};
use crate::{
    conversions::{
        entity::{commission, conversion, movement, receipt, trace, trace_terms},
        model::Action,
    },
    plans::version,
};

/// Keeps terms that are not kept yet.
pub async fn keep_terms(
    conn: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = trace_terms::Model>,
) -> Result<(), DbErr> {
    for row in rows {
        trace_terms::Entity::insert(row.into_active_model())
            .on_conflict(OnConflict::column(trace_terms::Column::Id).do_nothing().to_owned())
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}

/// A conversion with what it was decided from.
pub struct Traced {
    pub conversion: conversion::Model,
    pub seen: Seen,
    pub terms_id: Option<Uuid>,
    pub material: Material,
    /// What was decided then.
    pub decided: Outcome,
}

/// Terms and versions of plans that many conversions share, read once.
#[derive(Default)]
pub struct Shared {
    terms: HashMap<Uuid, SeenTerms>,
    versions: HashMap<Id<id::PlanVersion>, version::Model>,
}

/// Up to `limit` conversions of a workspace after `after`, oldest first, with their traces where they have one: those
/// decided before traces were kept have none.
pub async fn page(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    after: Option<Id<id::Conversion>>,
    limit: u64,
    shared: &mut Shared,
) -> anyhow::Result<(Vec<Traced>, Page)> {
    let in_workspace = conversion::Column::WorkspaceId.eq(tenant.id());
    let mut wanted = conversion::Entity::find().filter(in_workspace);
    if let Some(after) = after {
        wanted = wanted.filter(conversion::Column::Id.gt(after));
    }
    let rows = wanted.order_by_asc(conversion::Column::Id).limit(limit).all(conn).await?;
    let page = Page { last: rows.last().map(|row| row.id), rows: rows.len() };
    Ok((of(conn, tenant, rows, shared).await?, page))
}

/// How far a page went.
pub struct Page {
    pub last: Option<Id<id::Conversion>>,
    /// Conversions of it, untraced ones too.
    pub rows: usize,
}

/// Reads the traces of conversions; those without one are left out.
pub async fn of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    rows: Vec<conversion::Model>,
    shared: &mut Shared,
) -> anyhow::Result<Vec<Traced>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut traces = traces_of(conn, tenant, &ids).await?;
    let mut receipts = receipts_of(conn, tenant, rows.iter().map(|row| row.receipt_id)).await?;
    let mut firsts = first_moves(conn, tenant, &ids).await?;
    let mut commissions = commissions_of(conn, tenant, &ids).await?;
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        let Some((terms_id, seen)) = traces.remove(&row.id) else { continue };
        read.push((row, terms_id, seen));
    }
    shared.read(conn, tenant, read.iter().map(|(_, terms, seen)| (*terms, seen))).await?;
    let whole = read.into_iter().map(|(conversion, terms_id, seen)| {
        let id = conversion.id;
        let receipt = receipts.remove(&conversion.receipt_id).with_context(|| format!("the receipt of {id}"))?;
        let first = firsts.remove(&id).with_context(|| format!("the first move of {id}"))?;
        let decided = Outcome::told(&conversion, &first, &commissions.remove(&id).unwrap_or_default());
        let terms = terms_id.map(|terms| shared.terms(terms, tenant, &seen)).transpose()?;
        let material = Material::of(Read { receipt, seen: &seen, terms, tenant, at: conversion.created_at })?;
        Ok(Traced { conversion, seen, terms_id, material, decided })
    });
    whole.collect()
}

impl Shared {
    async fn read<'a>(
        &mut self,
        conn: &impl ConnectionTrait,
        tenant: Tenant,
        wanted: impl Iterator<Item = (Option<Uuid>, &'a Seen)> + Clone,
    ) -> anyhow::Result<()> {
        let terms = wanted.clone().filter_map(|(terms, _)| terms).filter(|terms| !self.terms.contains_key(terms));
        let terms: std::collections::BTreeSet<_> = terms.collect();
        let versions = wanted.flat_map(|(_, seen)| [seen.earnings, seen.revenue]).flatten();
        let versions: std::collections::BTreeSet<_> =
            versions.filter(|version| !self.versions.contains_key(version)).collect();
        let rows = trace_terms::Entity::find()
            .filter(trace_terms::Column::WorkspaceId.eq(tenant.id()))
            .filter(trace_terms::Column::Id.is_in(terms))
            .all(conn)
            .await?;
        for row in rows {
            require_format(row.format)?;
            self.terms.insert(row.id, serde_json::from_str(&row.body).context("read kept terms")?);
        }
        let rows = version::Entity::find()
            .filter(version::Column::WorkspaceId.eq(tenant.id()))
            .filter(version::Column::Id.is_in(versions))
            .all(conn)
            .await?;
        self.versions.extend(rows.into_iter().map(|row| (row.id, row)));
        Ok(())
    }

    fn terms(&self, id: Uuid, tenant: Tenant, seen: &Seen) -> anyhow::Result<crate::conversions::rules::terms::Terms> {
        let kept = self.terms.get(&id).with_context(|| format!("the kept terms {id}"))?;
        let version = |id: Option<Id<id::PlanVersion>>| id.and_then(|id| self.versions.get(&id)).cloned();
        Ok(kept.terms(tenant.id(), version(seen.earnings), version(seen.revenue)))
    }
}

fn require_format(format: i32) -> anyhow::Result<()> {
    anyhow::ensure!(format == FORMAT, "a trace of the unknown format {format}");
    Ok(())
}

type ById<T> = BTreeMap<Id<id::Conversion>, T>;

async fn traces_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &[Id<id::Conversion>],
) -> anyhow::Result<ById<(Option<Uuid>, Seen)>> {
    let rows = trace::Entity::find()
        .filter(trace::Column::WorkspaceId.eq(tenant.id()))
        .filter(trace::Column::ConversionId.is_in(ids.iter().copied()))
        .all(conn)
        .await?;
    let read = rows.into_iter().map(|row| {
        require_format(row.format)?;
        let seen =
            serde_json::from_str(&row.body).with_context(|| format!("read the trace of {}", row.conversion_id))?;
        Ok((row.conversion_id, (row.terms_id, seen)))
    });
    read.collect()
}

async fn receipts_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: impl Iterator<Item = Id<id::Receipt>>,
) -> Result<HashMap<Id<id::Receipt>, receipt::Model>, DbErr> {
    let rows = receipt::Entity::find()
        .filter(receipt::Column::WorkspaceId.eq(tenant.id()))
        .filter(receipt::Column::Id.is_in(ids))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

async fn first_moves(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &[Id<id::Conversion>],
) -> Result<ById<movement::Model>, DbErr> {
    let rows = movement::Entity::find()
        .filter(movement::Column::WorkspaceId.eq(tenant.id()))
        .filter(movement::Column::ConversionId.is_in(ids.iter().copied()))
        .filter(movement::Column::Action.eq(Action::Receive))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.conversion_id, row)).collect())
}

async fn commissions_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &[Id<id::Conversion>],
) -> Result<ById<Vec<commission::Model>>, DbErr> {
    let rows = commission::Entity::find()
        .filter(commission::Column::WorkspaceId.eq(tenant.id()))
        .filter(commission::Column::ConversionId.is_in(ids.iter().copied()))
        .order_by_asc(commission::Column::Id)
        .all(conn)
        .await?;
    let mut by_conversion = ById::<Vec<_>>::new();
    rows.into_iter().for_each(|row| by_conversion.entry(row.conversion_id).or_default().push(row));
    Ok(by_conversion)
}
