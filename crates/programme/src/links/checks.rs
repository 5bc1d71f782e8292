//! The daily look at every tracking domain, and one on request. It lies here and not with the domains because it tries
//! a link.

use std::{fs, path::Path, sync::Arc};

use connect::probe::Question;
use kernel::{Id, id, time::HOUR_MS};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use tokio::task::JoinSet;

use super::model as link;
use crate::{
    App,
    domains::{
        model::{Column, Entity, Findings, Model},
        rules,
    },
    news::{self, RouteNews},
    platform::addresses::is_public,
};

pub const CHECK_DOMAINS: &str = "check_domains";
/// Domains of one run, looked at side by side; those looked at longest ago come first, so that the next run goes on.
const DOMAINS_MAX: u64 = 50;
/// A domain is looked at again after so many hours.
const EVERY_HOURS: i64 = 23;
/// The first-party script: only this installation answers with it.
const MARKER_PATH: &str = "/t.js";
const MARKER: &str = "/* Tributary";
const LISTS_MAX: usize = 20;
const LIST_BYTES_MAX: u64 = 64 << 20;

/// Looks at every domain.
pub async fn check_all(app: &App) -> anyhow::Result<()> {
    let before = app.ambient.now().plus_millis(-EVERY_HOURS * HOUR_MS);
    let due = Column::CheckedAt.is_null().or(Column::CheckedAt.lt(before));
    let oldest = Entity::find().filter(due).order_by_asc(Column::CheckedAt).order_by_asc(Column::Id);
    let rows = oldest.limit(DOMAINS_MAX).all(app.records.read()).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let lists = Arc::new(block_lists(app.settings.domain_blocklists.as_deref()));
    let mut looking = JoinSet::new();
    for row in rows {
        let (app, lists) = (app.clone(), lists.clone());
        looking.spawn(async move { check(&app, row, &lists).await });
    }
    while let Some(looked) = looking.join_next().await {
        looked??;
    }
    Ok(())
}

/// Looks at one domain and keeps what was found. A state that a person chose stays.
pub async fn check(app: &App, row: Model, lists: &[String]) -> anyhow::Result<Model> {
    let question = Question {
        host: row.host.clone(),
        marker_path: MARKER_PATH.to_owned(),
        marker: MARKER.to_owned(),
        redirect_path: a_link_of(app, &row).await?,
        may_connect: if app.settings.allow_private_addresses { |_| true } else { is_public },
    };
    let Some(seen) = app.prober.look(&question).await else { return Ok(row) };
    let is_listed = lists.iter().any(|list| rules::is_listed(&row.host, list));
    let verdict = rules::judge(&seen, is_listed, app.ambient.now());
    keep(app, row.id, verdict, seen.certificate_until).await
}

async fn keep(
    app: &App,
    domain: Id<id::TrackingDomain>,
    verdict: rules::Verdict,
    certificate_until: Option<kernel::Timestamp>,
) -> anyhow::Result<Model> {
    let write = app.records.begin().await?;
    let row = Entity::find_by_id(domain).one(&*write).await?;
    let mut row = row.ok_or_else(|| anyhow::anyhow!("a tracking domain is gone"))?;
    let before = row.state;
    if !row.is_state_chosen {
        row.state = verdict.state;
    }
    row.findings = Findings(verdict.findings);
    row.certificate_until = certificate_until;
    row.checked_at = Some(app.ambient.now());
    let changed = (row.state != before).then_some(RouteNews::Domain(row.id));
    Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    match changed {
        Some(news) => {
            let tenant = kernel::Tenant(row.workspace_id);
            news::routes_changed(&*write, &app.ambient, tenant, &[news]).await?;
            write.commit().await?;
            app.catch_up_routes().await?;
        }
        None => write.commit().await?,
    }
    Ok(row)
}

/// An active link that works at the domain, to see whether it redirects. HEAD counts nowhere.
async fn a_link_of(app: &App, row: &Model) -> anyhow::Result<Option<String>> {
    let mut select = link::Entity::find()
        .filter(link::Column::WorkspaceId.eq(row.workspace_id))
        .filter(link::Column::State.eq(link::LinkState::Active));
    if let Some(partner) = row.partner_id {
        select = select.filter(link::Column::PartnerId.eq(partner));
    }
    let link = select.order_by_asc(link::Column::Id).one(app.records.read()).await?;
    Ok(link.map(|link| format!("/c/{}", link.slug)))
}

/// The operator's block lists: text files with a host a line.
pub fn block_lists(folder: Option<&Path>) -> Vec<String> {
    let Some(entries) = folder.and_then(|folder| fs::read_dir(folder).ok()) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.sort_unstable();
    let small = |path: &std::path::PathBuf| fs::metadata(path).is_ok_and(|data| data.len() <= LIST_BYTES_MAX);
    let readable = paths.into_iter().filter(small).take(LISTS_MAX);
    readable.filter_map(|path| fs::read_to_string(path).ok()).collect()
}
