//! Writing what customers did: all lines of an upload, or none.

use std::collections::{HashMap, HashSet};

use kernel::{Currency, Id, Refusal, Tenant, id, refusal::FieldError};
use sea_orm::{EntityTrait as _, ExprTrait as _, IntoActiveModel as _, entity::prelude::*};

use super::{
    entity::{change, result},
    model::{CustomerFigures, ResultDoor, ResultLine},
    rules::lines::{self, Frame, Said},
    store,
};
use crate::{
    App,
    conversions::entity::customer,
    platform::{
        Answer, WriteTransaction,
        bulk::{insert_all, replace_all},
    },
    workspaces,
};

/// Faults of one upload that are told.
const FAULTS_MAX: usize = 100;
/// Ids in one question to the records.
const CHUNK: usize = 500;

/// Who says it, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct Sender {
    pub tenant: Tenant,
    pub advertiser: Id<id::Advertiser>,
    pub door: ResultDoor,
    /// Absent for a postback.
    pub user: Option<Id<id::User>>,
}

/// A line and how the sender finds it again, such as `line 7`.
#[derive(Clone, Debug)]
pub struct Placed {
    pub place: String,
    pub line: ResultLine,
}

/// What became of an upload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Days that were not known before.
    pub added: usize,
    /// Days whose figures changed.
    pub corrected: usize,
    /// Days said again as they stand.
    pub same: usize,
}

/// Takes an upload. `faults` are those its reader found already.
///
/// # Errors
/// Every line that is not understood, by its place; nothing is written then.
pub async fn take(app: &App, sender: Sender, placed: &[Placed], faults: Vec<FieldError>) -> Answer<Tally> {
    let write = app.records.begin().await?;
    write.lock_workspace(sender.tenant).await?;
    let formula = store::formula(&*write, sender.tenant, sender.advertiser)
        .await?
        .ok_or_else(|| Refusal::field("advertiser_id", "has no formula of net revenue yet; agree on one first"))?;
    let zone = workspaces::store::get(&*write, sender.tenant).await?.zone()?;
    let currency = formula.currency();
    let decimals = currency.decimals().unwrap_or_default();
    let frame = Frame { currency, decimals, today: app.ambient.now().local_day(&zone) };
    let said = read_all(placed, &frame, faults)?;
    let tally = put(app, &write, sender, currency, said).await?;
    write.commit().await?;
    Ok(tally)
}

fn read_all(placed: &[Placed], frame: &Frame, mut faults: Vec<FieldError>) -> Result<Vec<Said>, Refusal> {
    let mut all = Vec::with_capacity(placed.len());
    let mut seen = HashSet::with_capacity(placed.len());
    for Placed { place, line } in placed {
        match lines::read(line, frame) {
            Ok(said) if !seen.insert((said.customer.clone(), said.day)) => {
                let message = "says a customer's day that stands in this upload already".to_owned();
                faults.push(FieldError { field: place.clone(), message });
            }
            Ok(said) => all.push(said),
            Err(wrongs) => faults.extend(
                wrongs
                    .into_iter()
                    .map(|wrong| FieldError { field: format!("{place}.{}", wrong.part), message: wrong.message }),
            ),
        }
    }
    if faults.is_empty() {
        return Ok(all);
    }
    faults.truncate(FAULTS_MAX);
    Err(Refusal::fields(faults))
}

async fn put(
    app: &App,
    write: &WriteTransaction,
    sender: Sender,
    currency: Currency,
    said: Vec<Said>,
) -> Answer<Tally> {
    let customers = customers(app, write, sender, &said).await?;
    let mut known = known(write, sender.tenant, &customers, &said).await?;
    let mut tally = Tally::default();
    let (mut rows, mut changes) = (Vec::new(), Vec::new());
    let now = app.ambient.now();
    for Said { customer, day, figures } in said {
        let customer_id = customers[&customer];
        let day = day.to_string();
        let before = known.remove(&(customer_id, day.clone()));
        let old = before.as_ref().map(|row| row.figures).unwrap_or_default();
        let mut new = old;
        figures.into_iter().for_each(|(figure, value)| new.put(figure, value));
        match &before {
            Some(_) if new == old => {
                tally.same += 1;
                continue;
            }
            Some(_) => tally.corrected += 1,
            None => tally.added += 1,
        }
        let row = result::Model {
            id: before.as_ref().map_or_else(|| app.ambient.new_id(), |row| row.id),
            workspace_id: sender.tenant.id(),
            advertiser_id: sender.advertiser,
            customer_id,
            day,
            currency: currency.to_string(),
            figures: new,
            version: before.map_or(0, |row| row.version) + 1,
            updated_at: now,
        };
        changes.push(change_of(app, sender, &row, new.minus(&old)));
        rows.push(row);
    }
    let rows: Vec<_> = rows.into_iter().map(|row: result::Model| row.into_active_model()).collect();
    let changes: Vec<_> = changes.into_iter().map(|row: change::Model| row.into_active_model()).collect();
    replace_all(&**write, rows, result::Column::Id).await?;
    insert_all(&**write, changes).await?;
    Ok(tally)
}

fn change_of(app: &App, sender: Sender, row: &result::Model, difference: CustomerFigures) -> change::Model {
    let CustomerFigures { deposits, bets, wins, bonus, chargeback, fees, tax, deposits_count, bets_count } = difference;
    change::Model {
        id: app.ambient.new_id(),
        workspace_id: row.workspace_id,
        advertiser_id: row.advertiser_id,
        customer_id: row.customer_id,
        result_id: row.id,
        day: row.day.clone(),
        version: row.version,
        deposits,
        bets,
        wins,
        bonus,
        chargeback,
        fees,
        tax,
        deposits_count,
        bets_count,
        door: sender.door,
        actor_id: sender.user,
        at: row.updated_at,
        closed_month: None,
    }
}

/// The customers that are spoken of. One whom no conversion named yet is known from here on.
async fn customers(
    app: &App,
    write: &WriteTransaction,
    sender: Sender,
    said: &[Said],
) -> Answer<HashMap<String, Id<id::Customer>>> {
    use customer::Column;
    let wanted: Vec<&str> =
        said.iter().map(|said| said.customer.as_str()).collect::<HashSet<_>>().into_iter().collect();
    let mut found = HashMap::with_capacity(wanted.len());
    for chunk in wanted.chunks(CHUNK) {
        let mine = Column::WorkspaceId.eq(sender.tenant.id()).and(Column::AdvertiserId.eq(sender.advertiser));
        let named = mine.and(Column::ExternalId.is_in(chunk.iter().copied()));
        let rows = customer::Entity::find().filter(named).all(&**write).await?;
        found.extend(rows.into_iter().map(|row| (row.external_id, row.id)));
    }
    let mut new: Vec<&str> = wanted.into_iter().filter(|name| !found.contains_key(*name)).collect();
    new.sort_unstable();
    let rows: Vec<customer::Model> = new
        .into_iter()
        .map(|name| customer::Model {
            id: app.ambient.new_id(),
            workspace_id: sender.tenant.id(),
            advertiser_id: sender.advertiser,
            external_id: name.to_owned(),
            first_seen_at: app.ambient.now(),
            conversions_count: 0,
            bound_partner_id: None,
            bound_until: None,
        })
        .collect();
    found.extend(rows.iter().map(|row| (row.external_id.clone(), row.id)));
    let rows: Vec<_> = rows.into_iter().map(|row| row.into_active_model()).collect();
    insert_all(&**write, rows).await?;
    Ok(found)
}

async fn known(
    write: &WriteTransaction,
    tenant: Tenant,
    customers: &HashMap<String, Id<id::Customer>>,
    said: &[Said],
) -> Answer<HashMap<(Id<id::Customer>, String), result::Model>> {
    use result::Column;
    let ids: Vec<_> = customers.values().copied().collect();
    let days = || said.iter().map(|said| said.day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Ok(HashMap::new()) };
    let mut known = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::CustomerId.is_in(chunk.iter().copied()));
        let in_days = mine.and(Column::Day.between(first.to_string(), last.to_string()));
        let rows = result::Entity::find().filter(in_days).all(&**write).await?;
        known.extend(rows.into_iter().map(|row| ((row.customer_id, row.day.clone()), row)));
    }
    Ok(known)
}
