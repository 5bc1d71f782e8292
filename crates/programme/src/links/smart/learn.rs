//! The job that learns: from facts to what is known of each offer, and from that to the edge's shares.

use std::collections::HashMap;

use anyhow::Context as _;
use events::smart::{self, MemberFacts};
use kernel::{Id, Tenant, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
};

use super::{
    bandit::{self, Brought, Posterior},
    link::{self, SmartMode},
    member::{self, SmartMemberState},
    rules, shape, store,
};
use crate::{
    App,
    links::model::LinkState,
    news::{self, RouteNews},
    platform::bulk::replace_all,
    workspaces,
};

pub const LEARN_SMART_LINKS: &str = "learn_smart_links";
/// Clicks longer ago teach nothing any more: offers change.
const LEARN_DAYS: i64 = 90;
/// Smart links of one run.
const LINKS_MAX: u64 = 20_000;

type Facts = HashMap<(Id<id::SmartLink>, u8), MemberFacts>;

/// Learns for every smart link that has had a click.
pub async fn run(app: &App) -> anyhow::Result<()> {
    let records = app.records.read();
    let active = link::Entity::find().filter(link::Column::State.eq(LinkState::Active)).limit(LINKS_MAX);
    let rows = active.all(records).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let facts = smart::members(&app.event_store, app.ambient.now().plus_days(-LEARN_DAYS)).await?;
    let facts: Facts = facts.into_iter().map(|fact| ((fact.smart_link, fact.member), fact)).collect();
    let mut members = store::members_of(records, rows.iter().map(|row| row.id)).await?;
    for row in rows {
        let of_link = members.remove(&row.id).unwrap_or_default();
        learn_one(app, row, of_link, &facts).await?;
    }
    Ok(())
}

async fn learn_one(app: &App, row: link::Model, members: Vec<member::Model>, facts: &Facts) -> anyhow::Result<()> {
    let of = |member: &member::Model| facts.get(&(row.id, rules::number(member)));
    let is_news = |member: &member::Model| {
        let told = of(member).map_or((0, 0, 0), |fact| (fact.clicks, fact.paying_clicks, fact.profit));
        told != (member.clicks, member.paying_clicks, member.profit_minor)
    };
    if !members.iter().any(is_news) {
        return Ok(());
    }
    let brought: Vec<_> = members.iter().map(|member| brought(member, of(member))).collect();
    let expected = row.expected_profit_minor.or_else(|| first_profit(&brought));
    let posteriors: Vec<_> = brought.iter().map(|one| Posterior::of(one, expected.unwrap_or(1) as f64)).collect();
    let mut learned = members.clone();
    stand(app, (&row, &mut learned), posteriors).await?;
    for member in &mut learned {
        let fact = of(member).copied();
        member.clicks = fact.map_or(0, |fact| fact.clicks);
        member.paying_clicks = fact.map_or(0, |fact| fact.paying_clicks);
        member.profit_minor = fact.map_or(0, |fact| fact.profit);
    }
    keep(app, row, learned, expected).await
}

fn brought(member: &member::Model, fact: Option<&MemberFacts>) -> Brought {
    let number = rules::number(member);
    let Some(fact) = fact else { return Brought { number, ..Brought::default() } };
    Brought {
        number,
        clicks: fact.clicks as f64,
        paying_clicks: fact.paying_clicks as f64,
        profit: fact.profit as f64,
        profit_squares: fact.profit_squares,
    }
}

/// What the first clicks that paid brought on average.
fn first_profit(brought: &[Brought]) -> Option<i64> {
    let paying: f64 = brought.iter().map(|one| one.paying_clicks).sum();
    let profit: f64 = brought.iter().map(|one| one.profit.abs()).sum();
    (paying > 0.0).then(|| ((profit / paying).round() as i64).max(1))
}

/// Active members are compared; the others keep what is known of them, and are not the best of anything.
async fn stand(
    app: &App,
    (row, members): (&link::Model, &mut [member::Model]),
    posteriors: Vec<Posterior>,
) -> anyhow::Result<()> {
    let currency = workspaces::store::get(app.records.read(), Tenant(row.workspace_id)).await?.currency()?;
    let scale = shape::micros_in_a_minor_unit(currency) as f64;
    let is_active = |member: &member::Model| member.state == SmartMemberState::Active;
    let compared: Vec<_> =
        members.iter().zip(&posteriors).filter(|(member, _)| is_active(member)).map(|it| *it.1).collect();
    let seed = u64::from_le_bytes(app.ambient.random_bytes());
    let standings = tokio::task::spawn_blocking(move || bandit::standings(&compared, seed)).await.context("learn")?;
    for member in members {
        let standing = standings.iter().find(|standing| standing.number == rules::number(member));
        let Some(standing) = standing.filter(|_| is_active(member)) else {
            member.best_ppm = 0;
            continue;
        };
        member.best_ppm = standing.best_ppm as i32;
        member.low_micros = Some((standing.low * scale).round() as i64);
        member.high_micros = Some((standing.high * scale).round() as i64);
    }
    Ok(())
}

/// Writes what was learned; tells the edge where it chooses by it. Terms that changed meanwhile stay as they are now.
async fn keep(app: &App, row: link::Model, learned: Vec<member::Model>, expected: Option<i64>) -> anyhow::Result<()> {
    let write = app.records.begin().await?;
    let Some(mut now) = link::Entity::find_by_id(row.id).one(&*write).await? else { return Ok(()) };
    now.learned_at = Some(app.ambient.now());
    now.expected_profit_minor = now.expected_profit_minor.or(expected);
    let known = store::members_of(&*write, [row.id]).await?.remove(&row.id).unwrap_or_default();
    let merged: Vec<_> = known.into_iter().map(|member| merge(member, &learned)).collect();
    let is_news = now.mode == SmartMode::Learned;
    link::Entity::update(now.into_active_model().reset_all()).exec_without_returning(&*write).await?;
    let rows = merged.into_iter().map(|member| member.into_active_model().reset_all());
    replace_all(&*write, rows, member::Column::Id).await?;
    if is_news {
        let tenant = Tenant(row.workspace_id);
        news::routes_changed(&*write, &app.ambient, tenant, &[RouteNews::SmartLink(row.id)]).await?;
    }
    write.commit().await?;
    if is_news { app.catch_up_routes().await } else { Ok(()) }
}

fn merge(now: member::Model, learned: &[member::Model]) -> member::Model {
    let Some(learned) = learned.iter().find(|member| member.id == now.id) else { return now };
    let (weight, priority, state) = (now.weight, now.priority, now.state);
    member::Model { weight, priority, state, ..learned.clone() }
}
