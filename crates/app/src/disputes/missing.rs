//! A missing conversion is reported through the door that every sender uses, so that it is judged and priced like any other.

use jiff::civil::Date;
use kernel::{Id, Money, Refusal, RefusalCode, id};
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    entity::dispute::{Model, ReportAsked},
    open::require_open,
    rules, store,
};
use crate::{
    App,
    conversions::api::send,
    explain,
    identity::Actor,
    platform::{Answer, body::short_text},
    workspaces,
};

const GOAL_CHARS_MAX: usize = 60;

/// What is reported.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, utoipa::ToSchema)]
#[schema(example = json!({"goal": "sale", "order_value": {"minor": 8000, "currency": "EUR"}}))]
#[serde(deny_unknown_fields)]
pub struct MissingReport {
    /// Name of the goal; the offer's primary goal unless said.
    pub goal: Option<String>,
    /// What the customer paid; absent where nothing was.
    pub order_value: Option<Money>,
}

/// Reports it, and answers the conversion that it became. Saying the same again answers the same conversion.
pub async fn report(app: &App, actor: &Actor, row: &Model, wanted: &MissingReport) -> Answer<Id<id::Conversion>> {
    let not_own = || Refusal::new(RefusalCode::IllegalMove, "no click of the partner is named: give an amount instead");
    let click = row.click_id.ok_or_else(not_own)?;
    let seen = explain::click::find(app, click).await?;
    if seen.workspace != Some(row.workspace_id) || seen.partner != Some(row.partner_id) {
        return Err(not_own().into());
    }
    let zone = workspaces::store::get(app.records.read(), actor.tenant).await?.zone()?;
    let day = row.happened_on.as_deref().and_then(|day| day.parse::<Date>().ok());
    let mut params = vec![
        ("click_id".to_owned(), click.to_string()),
        ("order_id".to_owned(), row.order_id.clone().unwrap_or_else(|| row.id.to_string())),
        ("event_time".to_owned(), rules::moment(day, seen.at, row.created_at, &zone).to_string()),
    ];
    if let Some(goal) = &wanted.goal {
        params.push(("goal".to_owned(), short_text("report.goal", goal, GOAL_CHARS_MAX)?));
    }
    if let Some(value) = wanted.order_value {
        params.push(("amount".to_owned(), decimal(value)));
        params.push(("currency".to_owned(), value.currency.to_string()));
    }
    if let Some(customer) = &row.customer {
        params.push(("customer_id".to_owned(), customer.clone()));
    }
    let raw = json!({"dispute_id": row.id, "params": params}).to_string().into_bytes();
    note(app, actor, row.id, Some(wanted)).await?;
    let said = match send::report(app, actor, params, raw).await {
        Ok(said) => said,
        Err(refusal) => {
            note(app, actor, row.id, None).await?;
            return Err(refusal.into());
        }
    };
    match (said.http_status, said.conversion_id, said.status.as_str()) {
        (200, Some(conversion), status) if status != "rejected" => Ok(conversion),
        (202, ..) => {
            Err(Refusal::new(RefusalCode::Busy, "it is still being taken in: decide again in a moment").into())
        }
        _ => {
            // Nothing came of it: another report may be made, or an amount given.
            note(app, actor, row.id, None).await?;
            let message = format!("it could not be taken in: {}", said.message);
            Err(Refusal::new(RefusalCode::IllegalMove, message).into())
        }
    }
}

/// Notes what is reported before it is: from then on nothing else makes up for what is missing, whatever breaks off.
/// Nothing is noted where nothing came of it.
///
/// # Errors
/// `illegal_move` where another report is under way.
async fn note(app: &App, actor: &Actor, id: Id<id::Dispute>, report: Option<&MissingReport>) -> Answer<()> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = store::get(&*write, actor, id).await?;
    require_open(&row)?;
    if let Some(report) = report {
        require_same(&row, Some(report))?;
    }
    row.report_asked = report.map(|report| ReportAsked(report.clone()));
    row.into_active_model().reset_all().update(&*write).await?;
    write.commit().await?;
    Ok(())
}

/// A report that was made is the only way on.
pub fn require_same(row: &Model, report: Option<&MissingReport>) -> Result<(), Refusal> {
    let Some(ReportAsked(asked)) = &row.report_asked else { return Ok(()) };
    if report == Some(asked) {
        return Ok(());
    }
    let message = "this was reported already: decide the same again, so that it is not made up for twice";
    Err(Refusal::new(RefusalCode::IllegalMove, message))
}

/// In units of its currency.
fn decimal(value: Money) -> String {
    kernel::decimal::format_scaled(value.minor, value.currency.decimals().unwrap_or_default())
}
