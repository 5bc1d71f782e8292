//! People read the audit log: what it remembers has names on screen, in `audit_field` of the catalogues' words.

use std::collections::BTreeSet;

use anyhow::Context as _;
use app::audit;
use sea_orm::{ConnectionTrait, EntityTrait as _};
use serde_json::Value;

const WORDS: &str = include_str!("../../../web/src/i18n/en/words.later.json");
/// What lies below these is called by the workspace or another system, not by us; as `fieldWord.ts` of the web reads it.
const NAMED_ELSEWHERE: [&str; 4] = ["external_refs", "status_map", "traffic_rules", "words"];

/// Fields that rows of the log hold and no screen has a name for.
pub async fn nameless(conn: &impl ConnectionTrait) -> anyhow::Result<BTreeSet<String>> {
    let words: Value = serde_json::from_str(WORDS)?;
    let names = words["audit_field"].as_object().context("the catalogue has names of fields")?;
    let mut held = BTreeSet::new();
    for row in audit::Entity::find().all(conn).await? {
        row.before.iter().chain(&row.after).for_each(|remembered| collect(remembered, &mut held));
    }
    Ok(held.into_iter().filter(|field| !names.contains_key(field)).collect())
}

fn collect(remembered: &Value, held: &mut BTreeSet<String>) {
    for (name, inner) in remembered.as_object().into_iter().flatten() {
        held.insert(name.clone());
        if !NAMED_ELSEWHERE.contains(&name.as_str()) {
            collect(inner, held);
        }
    }
}
