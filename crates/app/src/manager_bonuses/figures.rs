//! What the partners of a manager did in a month, by the facts that reports are made of: approved conversions by the day on
//! which they were decided, under the manager who was responsible at the click.

use events::question::{
    self, Asked, Asker, Cell, Question, RowLimits,
    asked::{AskedFilter, DateBasis, OneOrMany, Op},
};
use kernel::{Id, Tenant, id};
use serde_json::{Value, json};

use super::rules::Figures;
use crate::{App, platform::Answer, results::model::Month, workspaces::model::Model as Workspace};

const METRICS: [&str; 4] = ["conversions", "payout", "revenue", "collected_revenue"];
const APPROVED: [&str; 3] = ["approved", "locked", "paid"];

/// Figures in the reporting currency, and the codes of currencies that no rate was known for.
pub async fn of(
    app: &App,
    workspace: &Workspace,
    manager: Id<id::User>,
    month: Month,
) -> Answer<(Figures, Vec<String>)> {
    let asker = Asker {
        tenant: Tenant(workspace.id),
        timezone: workspace.timezone.clone(),
        reporting_currency: workspace.currency()?,
        row_limits: RowLimits::default(),
        may_see_metric: |_| true,
        may_see_dimension: |_| true,
    };
    let question = Question::read(&asked(manager, month), &asker)?;
    let answer = question::ask_at_leisure(&app.event_store, question).await?;
    let whole = |name: &str| {
        let cell = answer.totals.iter().find(|(known, _)| known == name).map(|(_, cell)| cell);
        if let Some(Cell::Whole(number)) = cell { *number } else { 0 }
    };
    let figures = Figures {
        conversions: whole(METRICS[0]),
        earnings_minor: whole(METRICS[1]),
        revenue_minor: whole(METRICS[2]),
        collected_minor: whole(METRICS[3]),
    };
    let foreign = answer.columns.iter().filter(|column| !METRICS.contains(&column.name.as_str()));
    let mut without_rate: Vec<String> = foreign.filter_map(|column| column.currency.clone()).collect();
    without_rate.sort_unstable();
    without_rate.dedup();
    Ok((figures, without_rate))
}

fn asked(manager: Id<id::User>, month: Month) -> Asked {
    let filter = |field: &str, values: Vec<Value>| AskedFilter {
        field: field.to_owned(),
        op: Op::In,
        values: OneOrMany::Many(values),
    };
    Asked {
        from: Some(month.first_day().to_string()),
        to: Some(month.last_day().to_string()),
        metrics: METRICS.map(str::to_owned).to_vec(),
        filters: vec![
            filter("manager", vec![json!(manager.to_string())]),
            filter("conversion_status", APPROVED.iter().map(|status| json!(status)).collect()),
        ],
        date_basis: DateBasis::Decided,
        ..Asked::default()
    }
}
