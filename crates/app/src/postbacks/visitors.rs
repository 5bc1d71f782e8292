//! What macros tell of the visitor behind a click: device, system and browser from the event store, the city from the
//! address while that is kept. Asked only where an address has such a macro.

use std::collections::{HashMap, HashSet};

use edge::template::{Macro, UrlTemplate};
use events::raw;
use kernel::{Id, Timestamp, id, time::SECOND_MS};

use super::{entity::postback, model::PostbackKind, target::Target, told::Visitor};
use crate::App;

const MACROS: [Macro; 4] = [Macro::Device, Macro::Os, Macro::Browser, Macro::City];
/// A click reaches the event store a moment after it can convert; for longer it is not waited for.
const WAIT_MS: i64 = 10 * SECOND_MS;
/// Clicks in one question.
const CHUNK: usize = 1_000;

pub type Visitors = HashMap<Id<id::Click>, Visitor>;

/// Whether an address has a macro that asks for the visitor.
pub fn asks(app: &App, setting: &postback::Model) -> bool {
    if setting.kind != PostbackKind::Url {
        return false;
    }
    let Ok(Target::Url { url, .. }) = Target::open(app, &setting.target_sealed) else { return false };
    let template = UrlTemplate::parse_any_host(&url);
    template.is_some_and(|template| MACROS.iter().any(|name| template.base.holds(*name)))
}

/// What is known of these clicks, each with the time it was made at; `None` where one is so young that it is worth
/// waiting until it is shipped.
pub async fn of_clicks(app: &App, clicks: &[(Id<id::Click>, Timestamp)]) -> anyhow::Result<Option<Visitors>> {
    let ids: HashSet<_> = clicks.iter().map(|(id, _)| *id).collect();
    let mut visitors = Visitors::new();
    for chunk in ids.into_iter().collect::<Vec<_>>().chunks(CHUNK) {
        let cities = cities(app, chunk).await?;
        for (id, agent) in raw::agents(&app.event_store, chunk.to_vec()).await? {
            let raw::Agent { device, os, browser } = agent;
            let city = cities.get(&id).cloned().unwrap_or_default();
            visitors.insert(id, Visitor { device, os, browser, city });
        }
    }
    let young = app.ambient.now().plus_millis(-WAIT_MS);
    let is_awaited = clicks.iter().any(|(id, at)| *at > young && !visitors.contains_key(id));
    Ok((!is_awaited).then_some(visitors))
}

/// The cities of clicks whose addresses are kept.
pub async fn cities(app: &App, ids: &[Id<id::Click>]) -> anyhow::Result<HashMap<Id<id::Click>, String>> {
    let facts = app.click_index.find_many(ids).await?;
    let city = |ip| app.trier.city(ip).to_owned();
    Ok(facts.into_iter().filter_map(|(id, facts)| Some((id, city(facts.ip?)))).collect())
}
