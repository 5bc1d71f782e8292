//! Registering units, and bringing rates.

use jiff::civil::Date;
use kernel::{Currency, Decimal8, Refusal, RefusalCode, rate::Rate};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::{
    csv::{self, Cell},
    entity::{
        rate::{self, RateSource},
        unit,
    },
    rules::Rates,
    store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::{Answer, WriteTransaction},
};

/// Rows that one statement carries.
const ROWS_PER_STATEMENT: usize = 500;

/// Registers a unit; again is nothing new.
pub async fn register_unit(app: &App, actor: &Actor, unit: Currency) -> Answer<()> {
    if !unit.is_unit() {
        let known: Vec<_> = Currency::UNITS.iter().map(|(code, _)| *code).collect();
        return Err(Refusal::field("code", format!("must be one of {}", known.join(", "))).into());
    }
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    if !store::is_usable(&*write, actor.tenant, unit).await? {
        let row = unit::Model {
            workspace_id: actor.tenant.id(),
            code: unit.code().to_owned(),
            created_at: app.ambient.now(),
        };
        unit::Entity::insert(row.into_active_model()).exec_without_returning(&*write).await?;
        let after = Some(json!({ "code": unit.code(), "decimals": unit.decimals() }));
        let change = Change { action: "currency.unit_registered", subject: unit.to_string(), before: None, after };
        audit::record(&*write, &app.ambient, actor, change).await?;
    }
    write.commit().await?;
    Ok(())
}

/// A rate as a person says it: one of `from` is `rate` of `to`.
#[derive(Clone, Copy, Debug)]
pub struct ByHand {
    pub day: Date,
    pub from: Currency,
    pub to: Currency,
    pub rate: Decimal8,
}

/// Keeps what a person says. It takes the place of the bank's rate of that day.
pub async fn set_by_hand(app: &App, actor: &Actor, said: ByHand) -> Answer<rate::Model> {
    let write = app.records.begin().await?;
    for currency in [said.from, said.to] {
        store::require_usable(&*write, actor.tenant, currency).await?;
    }
    let stated = Rate::of_decimal(said.rate).ok_or_else(|| Refusal::field("rate", "must be above nought"))?;
    let known = store::rates(&*write, actor.tenant, &[said.to, Currency::EUR].into(), &[said.day].into()).await?;
    let cell = in_euro(said, stated, &known)?;
    let row = row(app, actor, cell, RateSource::Manual);
    let before =
        rate::Entity::find_by_id((row.workspace_id, row.currency.clone(), row.day.clone())).one(&*write).await?;
    put(&write, vec![row.clone()]).await?;
    let change = Change {
        action: "currency.rate_set",
        subject: format!("{} {}", row.currency, row.day),
        before: before.map(|row| json!({ "numerator": row.numerator, "denominator": row.denominator })),
        after: Some(json!({ "from": said.from, "to": said.to, "rate": said.rate, "day": said.day.to_string() })),
    };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

/// What the statement says in euro: of `from`, or of `to` where `from` is the euro itself.
fn in_euro(said: ByHand, stated: Rate, known: &Rates) -> Result<Cell, Refusal> {
    let ByHand { day, from, to, .. } = said;
    if from == to {
        return Err(Refusal::field("to", "must be another currency"));
    }
    if from == Currency::EUR {
        return Ok(Cell { day, currency: to, rate: stated.inverse() });
    }
    let worth = known.in_euro(to, day).ok_or_else(|| {
        let message = format!("no rate of {to} is known for {day}; bring one in euro first");
        Refusal::new(RefusalCode::RateUnknown, message)
    })?;
    let rate = stated.times(worth.0).ok_or_else(|| Refusal::field("rate", "must be above nought"))?;
    Ok(Cell { day, currency: from, rate })
}

/// Keeps a file of the bank's. Answers days and rates; what a person said of a day gives way.
pub async fn bring_file(app: &App, actor: &Actor, text: &str) -> Answer<Vec<Cell>> {
    let cells = csv::read(text)?;
    let write = app.records.begin().await?;
    let mut rows: Vec<_> = cells.iter().map(|cell| row(app, actor, *cell, RateSource::Ecb)).collect();
    rows.sort_by(|one, other| (&one.currency, &one.day).cmp(&(&other.currency, &other.day)));
    rows.dedup_by(|one, other| (&one.currency, &one.day) == (&other.currency, &other.day));
    let count = rows.len();
    put(&write, rows).await?;
    let last = cells.iter().map(|cell| cell.day).max();
    let change = Change {
        action: "currency.rates_brought",
        subject: actor.tenant.id().to_string(),
        before: None,
        after: Some(json!({ "rates": count, "last_day": last.map(|day| day.to_string()) })),
    };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(cells)
}

fn row(app: &App, actor: &Actor, cell: Cell, source: RateSource) -> rate::Model {
    rate::Model {
        workspace_id: actor.tenant.id(),
        currency: cell.currency.code().to_owned(),
        day: cell.day.to_string(),
        numerator: cell.rate.numerator(),
        denominator: cell.rate.denominator(),
        source,
        user_id: Some(actor.user),
        created_at: app.ambient.now(),
    }
}

/// Rows whose currency and day are known take the new rate.
async fn put(write: &WriteTransaction, rows: Vec<rate::Model>) -> Answer<()> {
    let on_conflict =
        sea_orm::sea_query::OnConflict::columns([rate::Column::WorkspaceId, rate::Column::Currency, rate::Column::Day])
            .update_columns([
                rate::Column::Numerator,
                rate::Column::Denominator,
                rate::Column::Source,
                rate::Column::UserId,
                rate::Column::CreatedAt,
            ])
            .to_owned();
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        rate::Entity::insert_many(rows.iter().cloned().map(|row| row.into_active_model()))
            .on_conflict(on_conflict.clone())
            .exec_without_returning(&**write)
            .await?;
    }
    Ok(())
}
