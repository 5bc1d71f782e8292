//! Partners.

use std::collections::BTreeMap;

use sea_orm::{ActiveEnum as _, DatabaseTransaction};
use serde_json::Value;

use super::{Fate, Row, Stop, Work, apart, close};
use crate::{
    imports::{
        directory::{Place, link_system},
        rules::rows::{self, PartnerRow},
    },
    news::RouteNews,
    partners::{
        create::{self, NewPartner},
        model::PartnerState,
    },
    platform::body,
};

pub async fn take(work: &mut Work<'_>, tx: Option<&DatabaseTransaction>, rows: &[Row]) -> anyhow::Result<()> {
    for (index, row) in work.read_rows(rows, |cells, _| rows::partner(cells).map(Some))? {
        let outcome = one(work, tx, row).await;
        work.settle(rows[index].line, outcome)?;
    }
    Ok(())
}

async fn one(work: &mut Work<'_>, tx: Option<&DatabaseTransaction>, row: PartnerRow) -> Result<Fate, Stop> {
    work.see(&row.id)?;
    if work.directory.partners.contains_key(&row.id) {
        return Ok(Fate::Matched);
    }
    body::email("email", &row.email)?;
    let Some(tx) = tx else { return Ok(Fate::Made) };
    let part = apart(tx).await?;
    let made = create::put(work.app, &part, &work.actor, new_partner(work, &row), state_of(&row)).await;
    let partner = close(part, made).await?;
    work.news.push(RouteNews::Partner(partner.id));
    work.remember(row.id.clone(), partner.id.uuid(), Value::Null);
    work.directory.partners.insert(row.id, Place::Here(partner.id));
    Ok(Fate::Made)
}

fn state_of(row: &PartnerRow) -> PartnerState {
    let said = row.status.as_ref().and_then(|word| PartnerState::try_from_value(word).ok());
    said.unwrap_or(PartnerState::Active)
}

fn new_partner(work: &Work<'_>, row: &PartnerRow) -> NewPartner {
    let system = &work.import.system;
    let mut refs = BTreeMap::from([(system.clone(), row.id.clone())]);
    refs.extend(row.link_id.iter().map(|theirs| (link_system(system), theirs.clone())));
    NewPartner {
        name: row.name.clone(),
        email: row.email.clone(),
        group: row.group.clone(),
        language: row.language.clone(),
        country: row.country.clone(),
        external_refs: refs,
        ..NewPartner::default()
    }
}
