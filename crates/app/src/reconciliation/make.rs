//! What the advertiser has and we never received is reported through the door that every sender uses, so that it is judged
//! and priced like any other. Their order's id makes it one conversion, however often it is said.

use kernel::{Id, Refusal, RefusalCode, Tenant, Timestamp, id, time::MINUTE_MS};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use serde_json::json;

use super::{
    entity::{
        line::{self, Column, Entity},
        reconciliation,
    },
    model::{AmountOf, LineDecision, LineStanding},
    rules, take,
};
use crate::{
    App,
    conversions::{api::send, entity::conversion},
    explain,
    platform::{Answer, Problem},
};

/// Lines that are read at once.
const CHUNK: u64 = 100;

/// Reports every line of which it is decided; each then waits to be taken like any other of theirs.
pub async fn all(app: &App, of: &reconciliation::Model) -> anyhow::Result<()> {
    let waiting = Condition::all()
        .add(Column::WorkspaceId.eq(of.workspace_id))
        .add(Column::ReconciliationId.eq(of.id))
        .add(Column::Decision.eq(LineDecision::MakeConversion))
        .add(Column::ConversionId.is_null())
        .add(Column::AppliedAt.is_null());
    loop {
        let query = Entity::find().filter(waiting.clone()).order_by_asc(Column::Id).limit(CHUNK);
        let lines = query.all(app.records.read()).await?;
        if lines.is_empty() {
            return Ok(());
        }
        for line in lines {
            match report(app, of, &line).await {
                Ok(conversion) => keep(app, of, &line, conversion).await?,
                Err(Problem::Refusal(refusal)) if refusal.code != RefusalCode::Busy => {
                    take::refuse(app, of, line.id, &refusal).await?;
                }
                Err(problem) => anyhow::bail!("report the row {:?} of {}: {problem:?}", line.file_row, of.id),
            }
        }
    }
}

/// The conversion that a line became.
async fn report(app: &App, of: &reconciliation::Model, line: &line::Model) -> Answer<Id<id::Conversion>> {
    let params = params(app, of, line).await?;
    let raw = json!({"reconciliation_id": of.id, "line_id": line.id, "row": line.file_row, "params": params});
    let sender = (Tenant(of.workspace_id), Some(of.advertiser_id));
    let said = send::report_of(app, sender, params, raw.to_string().into_bytes()).await?;
    match (said.http_status, said.conversion_id, said.status.as_str()) {
        (200, Some(conversion), status) if status != "rejected" => Ok(conversion),
        (202, ..) => Err(Refusal::new(RefusalCode::Busy, "it is still being taken in").into()),
        _ => {
            let message = format!("it could not be taken in: {}", said.message);
            Err(Refusal::new(RefusalCode::NothingToTake, message).into())
        }
    }
}

/// What a postback would say of it.
async fn params(app: &App, of: &reconciliation::Model, line: &line::Model) -> Answer<Vec<(String, String)>> {
    let click = line.click.as_deref().and_then(rules::click);
    let seen = match click {
        Some(click) => {
            Some(explain::click::find(app, click).await?).filter(|row| row.workspace == Some(of.workspace_id))
        }
        None => None,
    };
    let order = line.order_id.clone().unwrap_or_else(|| line.id.to_string());
    let at = moment(line.theirs_at, seen.as_ref().map(|row| row.at), of.to_at).min(app.ambient.now());
    let mut params = vec![("order_id".to_owned(), order), ("event_time".to_owned(), at.to_string())];
    let mut add = |name: &str, value: Option<String>| params.extend(value.map(|value| (name.to_owned(), value)));
    add("click_id", click.map(|click| click.to_string()));
    add("customer_id", line.customer.clone());
    let report = line.report.clone().unwrap_or_default();
    add("goal", report.goal);
    let told = line.theirs_minor.zip(line.theirs_currency.clone());
    let value = match (report.order_value, of.mapping.amount_of) {
        (Some(value), _) => Some((value.minor, value.currency.to_string())),
        (None, AmountOf::OrderValue) => told,
        (None, AmountOf::Charge) => None,
    };
    if let Some((minor, currency)) = value {
        let decimals = currency.parse::<kernel::Currency>()?.decimals().unwrap_or_default();
        add("amount", Some(kernel::decimal::format_scaled(minor, decimals)));
        add("currency", Some(currency));
    }
    Ok(params)
}

/// When it is taken to have happened: as they say, but after its click; at the end of the period where nobody says.
fn moment(told: Option<Timestamp>, clicked: Option<Timestamp>, period_end: Timestamp) -> Timestamp {
    let after_click = clicked.map(|at| at.plus_millis(MINUTE_MS));
    match (told, after_click) {
        (Some(told), Some(after)) => Ord::max(told, after),
        (Some(at), None) | (None, Some(at)) => at,
        (None, None) => period_end.plus_millis(-1),
    }
}

/// The line names it from now on. What they have not decided either is done with that.
async fn keep(app: &App, of: &reconciliation::Model, line: &line::Model, id: Id<id::Conversion>) -> anyhow::Result<()> {
    let write = app.records.begin().await?;
    write.lock_workspace(Tenant(of.workspace_id)).await?;
    let made = conversion::Entity::find_by_id(id).one(&*write).await?;
    let stands = Entity::find_by_id(line.id).filter(Column::WorkspaceId.eq(of.workspace_id)).one(&*write).await?;
    let waits = |now: &line::Model| now.decision == Some(LineDecision::MakeConversion) && now.conversion_id.is_none();
    if stands.is_some_and(|now| waits(&now)) {
        let is_pending = line.theirs_standing == Some(LineStanding::Pending);
        let named = line::ActiveModel {
            id: Set(line.id),
            conversion_id: Set(Some(id)),
            offer_id: Set(made.and_then(|made| made.offer_id)),
            applied_at: Set(is_pending.then_some(app.ambient.now())),
            ..Default::default()
        };
        named.update(&*write).await?;
    }
    Ok(write.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_happened_as_they_say_but_after_its_click() {
        let at = Timestamp::from_millis;
        let end = at(1_000 * MINUTE_MS);
        assert_eq!(moment(None, None, end), at(1_000 * MINUTE_MS - 1));
        assert_eq!(moment(Some(at(7)), None, end), at(7));
        assert_eq!(moment(None, Some(at(7)), end), at(7 + MINUTE_MS));
        assert_eq!(moment(Some(at(7)), Some(at(9)), end), at(9 + MINUTE_MS), "midnight of the day of its click");
        assert_eq!(moment(Some(at(5 * MINUTE_MS)), Some(at(9)), end), at(5 * MINUTE_MS));
    }
}
