//! Putting a spare in the place of a domain that browsers or mail providers warn of, in one step.

use kernel::{Id, Refusal, RefusalCode, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _, QuerySelect as _, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::model as link;
use crate::{
    App,
    audit::{self, Change},
    domains::{
        model::{DomainState, Entity, Model},
        store,
    },
    identity::Actor,
    news::{self, RouteNews},
    platform::{Answer, columns::TextList},
};

#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"dry_run": true}))]
pub struct Swap {
    /// Only tells what would change.
    #[serde(default)]
    pub dry_run: bool,
}

/// What a swap changes, or would change.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "from": "go.riverside.example", "to": "go2.riverside.example", "to_id": "dom_01KAMX4S5T0000000000000000",
    "links": 42, "partners": 7, "dry_run": true
}))]
pub struct Swapped {
    pub from: String,
    pub to: String,
    pub to_id: Id<id::TrackingDomain>,
    /// Active links that are shown with the spare from now on. Those that were given out go on working.
    pub links: u64,
    /// Partners whose links they are.
    pub partners: u64,
    pub dry_run: bool,
}

/// Bans the domain; its owner's best spare takes its place and speaks its dialects too.
pub async fn swap(app: &App, actor: &Actor, domain: Id<id::TrackingDomain>, wanted: Swap) -> Answer<Swapped> {
    let write = app.records.begin().await?;
    let mut row = store::get(&*write, actor.tenant, domain).await?;
    let usable = store::usable(&*write, actor.tenant).await?;
    let mut spare = spare_for(&usable, &row).cloned().ok_or_else(|| {
        Refusal::new(RefusalCode::NoSpareDomain, "there is no sound domain to take its place; add one first")
    })?;
    let (links, partners) = shown_with(&*write, &usable, &row).await?;
    let (from, to, to_id) = (row.host.clone(), spare.host.clone(), spare.id);
    let swapped = Swapped { from, to, to_id, links, partners, dry_run: wanted.dry_run };
    if wanted.dry_run {
        return Ok(swapped);
    }
    let before = Some(json!({"state": row.state}));
    (row.state, row.is_state_chosen) = (DomainState::Banned, true);
    spare.dialects = both(&spare.dialects, &row.dialects);
    for row in [&row, &spare] {
        Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    }
    let after = Some(json!({"state": row.state, "spare": spare.host, "links": links, "dialects": spare.dialects}));
    let change = Change { action: "domain.swapped", subject: row.id.to_string(), before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Domain(row.id), RouteNews::Domain(spare.id)]).await?;
    Ok(swapped)
}

/// A sound domain of the same owner, else of the workspace; the oldest.
fn spare_for<'a>(usable: &'a [Model], row: &Model) -> Option<&'a Model> {
    let fits = |one: &&Model| {
        let owner_fits = one.partner_id.is_none() || one.partner_id == row.partner_id;
        one.id != row.id && one.state == DomainState::Ok && owner_fits
    };
    usable.iter().filter(fits).min_by_key(|one| (one.partner_id != row.partner_id, one.id))
}

fn both(one: &TextList, other: &TextList) -> TextList {
    let mut words: Vec<String> = one.0.iter().chain(&other.0).cloned().collect();
    words.sort_unstable();
    words.dedup();
    TextList(words)
}

/// Active links that are shown with the domain now, and partners who have them.
async fn shown_with(conn: &impl ConnectionTrait, usable: &[Model], row: &Model) -> Answer<(u64, u64)> {
    let of_owner = match row.partner_id {
        Some(partner) => link::Column::PartnerId.eq(partner),
        None => {
            let elsewhere = usable.iter().filter_map(|one| one.partner_id);
            link::Column::PartnerId.is_not_in(elsewhere)
        }
    };
    let best = usable.iter().filter(|one| one.partner_id == row.partner_id);
    let is_best = best.min_by_key(|one| (one.state != DomainState::Ok, one.id)).is_some_and(|best| best.id == row.id);
    if !is_best {
        return Ok((0, 0));
    }
    let counts: Option<(i64, i64)> = link::Entity::find()
        .select_only()
        .expr(Expr::col(link::Column::Id).count())
        .expr(Expr::col(link::Column::PartnerId).count_distinct())
        .filter(link::Column::WorkspaceId.eq(row.workspace_id))
        .filter(link::Column::State.eq(link::LinkState::Active))
        .filter(of_owner)
        .into_tuple()
        .one(conn)
        .await?;
    let (links, partners) = counts.unwrap_or_default();
    Ok((u64::try_from(links).unwrap_or_default(), u64::try_from(partners).unwrap_or_default()))
}
