//! A click judged again by the edge's own steps, on the routes of its time.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use edge::{
    RouteTable, Routes, Trier,
    again::{Again, Kept, bare_link},
    routes::About,
};
use events::click_rows::ClickRow;
use kernel::{Id, id, reason::ClickReason};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use super::step::Difference;
use crate::links::{
    feed::history::Past,
    model::{Column, Entity},
};

/// Tables of past routes that are remembered; most clicks are judged by few.
const TABLES_MAX: usize = 10_000;
/// Links that one question names.
const LINKS_PER_QUERY: usize = 1_000;

/// Slugs by link.
pub type Slugs = HashMap<Id<id::Link>, String>;

/// The slugs of the links that clicks name.
pub async fn slugs(conn: &impl ConnectionTrait, rows: &[ClickRow]) -> Result<Slugs, DbErr> {
    let links: HashSet<_> = rows.iter().filter_map(|row| row.link).collect();
    let links: Vec<_> = links.into_iter().collect();
    let mut slugs = Slugs::new();
    for links in links.chunks(LINKS_PER_QUERY) {
        let found = Entity::find().filter(Column::Id.is_in(links.iter().copied())).all(conn).await?;
        slugs.extend(found.into_iter().map(|row| (row.id, row.slug)));
    }
    Ok(slugs)
}

/// What a click is judged by, beside its record.
type Abouts = [About; 5];

/// Things and which version of each: equal keys mean equal routes.
type Key = (Abouts, [usize; 5]);

/// What a click is judged by; `None` where its record does not name it.
pub fn abouts(row: &ClickRow, slugs: &Slugs) -> Option<Abouts> {
    let (workspace, offer, partner) = (row.workspace?, row.offer?, row.partner?);
    let slug = row.link.map_or(Some(String::new()), |link| slugs.get(&link).cloned())?;
    Some([
        About::Workspace(workspace),
        About::Offer(offer),
        About::Partner(partner),
        About::Enrollment(offer, partner),
        About::Link(slug),
    ])
}

/// Judges clicks by past routes.
pub struct Judge {
    past: Past,
    tables: HashMap<Key, Option<Arc<RouteTable>>>,
}

impl Judge {
    pub fn new(past: Past) -> Self {
        Self { past, tables: HashMap::new() }
    }

    /// The judgement drawn again; `None` where the routes of the click's time are not known.
    pub fn judge(&mut self, trier: &Trier, row: &ClickRow, slugs: &Slugs) -> Option<(Again, Arc<RouteTable>)> {
        let abouts = abouts(row, slugs)?;
        let About::Link(slug) = abouts[4].clone() else { return None };
        let table = self.table(row, abouts)?;
        let again = trier.again(&table, &kept(row, &slug))?;
        Some((again, table))
    }

    fn table(&mut self, row: &ClickRow, abouts: Abouts) -> Option<Arc<RouteTable>> {
        let held: Vec<_> = abouts.iter().map(|about| self.past.at(about, row.route_version)).collect();
        let places: [usize; 5] = std::array::from_fn(|index| held[index].0);
        let key = (abouts, places);
        if let Some(known) = self.tables.get(&key) {
            return known.clone();
        }
        let table = (|| {
            let mut changes = Vec::with_capacity(held.len());
            for (_, held) in held {
                changes.extend(held.ok()?);
            }
            if row.link.is_none() {
                changes.push(bare_link(row.offer?, row.partner?));
            }
            let routes = Routes::default();
            routes.replace(row.route_version.max(1), changes);
            Some(routes.table().clone())
        })();
        if self.tables.len() >= TABLES_MAX {
            self.tables.clear();
        }
        self.tables.insert(key, table.clone());
        table
    }
}

fn kept<'a>(row: &'a ClickRow, slug: &'a str) -> Kept<'a> {
    Kept {
        slug,
        at: row.at,
        method: &row.method,
        agent: &row.user_agent,
        language: &row.language,
        referrer: &row.referrer,
        referrer_host: &row.referrer_host,
        country: &row.country,
        asn: row.asn,
        visitor: row.visitor,
        subs: std::array::from_fn(|index| row.subs[index].as_str()),
        source_id: &row.source_id,
        steps: row.steps,
        condition: row.condition,
        destination: &row.destination,
    }
}

/// What a click on no link of ours was told: nothing was judged.
pub fn is_unknown_link(row: &ClickRow) -> bool {
    row.reason == Some(ClickReason::UnknownLink)
}

/// What the rule of duplicates makes of it now.
pub fn verdict(row: &ClickRow, again: &Again, table: &RouteTable, slug: &str) -> &'static str {
    let window_ms = table.lookup(slug).and_then(|found| found.offer.route.as_ref()).map(|it| it.duplicate_window_ms);
    if again.kind == events::record::ClickKind::Probe {
        return "probe";
    }
    if again.reason.is_some() {
        return "invalid";
    }
    let Some(first) = &row.duplicate_of else { return "valid" };
    let Some(first_at) = first.at else { return "duplicate" };
    let age_ms = row.at.millis() - first_at.millis();
    let is_in = first.is_alike && age_ms >= 0 && window_ms.is_some_and(|window| age_ms < window);
    if is_in { "duplicate" } else { "valid" }
}

/// Where the judgement drawn again differs from the one that was recorded.
pub fn differences(row: &ClickRow, again: &Again, table: &RouteTable, slug: &str) -> Vec<Difference> {
    let pairs = [
        ("verdict", json!(row.verdict), json!(verdict(row, again, table, slug))),
        ("reason", json!(row.reason), json!(again.reason)),
        ("steps", json!(row.steps), json!(again.bits)),
        ("condition", json!(row.condition), json!(again.condition)),
        ("landing", json!(row.landing), json!(again.landing)),
        ("landing_ppm", json!(row.landing_ppm), json!(again.landing_ppm)),
        ("destination", json!(row.destination), json!(again.destination.code())),
    ];
    let differs = pairs.into_iter().filter(|(_, decided, again)| decided != again);
    differs.map(|(field, decided, again)| Difference { field: field.to_owned(), decided, again }).collect()
}
