//! The payday board over HTTP.

use axum::{Json, extract::State};
use kernel::{Id, Money, Page, PageQuery, Timestamp, id};
use serde::{Deserialize, Serialize};

use super::{
    board::{self, Board},
    figures::{self, Figures},
    model::{PaydayItem, PaydayStanding, PaydayStep},
    rules::{self, FiguresStanding},
};
use crate::{
    App,
    identity::permissions::CanPay,
    platform::{Answer, body::Params, labels::Wanted},
    reconciliation::model::ReconciliationState,
    results::model::Month,
    workspaces,
};

/// The board of a month: what of it is done, what waits, what is blocked.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "month": "2026-11", "paid_in": "2026-12", "from": "2026-10-31T23:00:00.000Z", "to": "2026-11-30T23:00:00.000Z",
    "is_over": true, "is_payday": true,
    "steps": [{"step": "decide", "standing": "waits", "items": [{"kind": "disputes_open", "standing": "waits",
        "count": 3, "amounts": [{"minor": 2400, "currency": "EUR"}], "since": "2026-11-20T09:30:00.000Z",
        "currency": null}]}]
}))]
pub struct PaydayBoard {
    pub month: Month,
    /// In which its money leaves.
    pub paid_in: Month,
    /// By the workspace's clock.
    pub from: Timestamp,
    pub to: Timestamp,
    pub is_over: bool,
    /// Its payday is now: what has no month stands here too.
    pub is_payday: bool,
    /// All six, in order.
    pub steps: Vec<PaydayStepOut>,
}

/// One step, with what is on it.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"step": "decide", "standing": "rests", "items": []}))]
pub struct PaydayStepOut {
    pub step: PaydayStep,
    /// The most pressing of its items.
    pub standing: PaydayStanding,
    pub items: Vec<PaydayItem>,
}

impl From<Board> for PaydayBoard {
    fn from(board: Board) -> Self {
        let step = |step: PaydayStep| {
            let items: Vec<_> = board.items.iter().filter(|item| item.kind.step() == step).cloned().collect();
            PaydayStepOut { step, standing: rules::step(&items), items }
        };
        Self {
            month: board.turn.month,
            paid_in: board.turn.paid_in,
            from: board.span.0,
            to: board.span.1,
            is_over: board.turn.is_over,
            is_payday: board.turn.is_payday,
            steps: PaydayStep::ALL.into_iter().map(step).collect(),
        }
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PaydayQuery {
    /// Such as `2026-11`; the last that is over unless said.
    #[param(value_type = Option<String>)]
    pub month: Option<Month>,
}

/// What of a month is done, what waits and what is blocked, each with amount, count and age.
#[utoipa::path(
    get, path = "/v1/payday", tag = "payday", operation_id = "show_payday", params(PaydayQuery),
    responses((status = 200, body = PaydayBoard))
)]
pub async fn show(
    State(app): State<App>,
    CanPay(actor): CanPay,
    Params(query): Params<PaydayQuery>,
) -> Answer<Json<PaydayBoard>> {
    Ok(Json(board::of(&app, actor.tenant, query.month).await?.into()))
}

/// An advertiser that is charged for conversions of a month.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "advertiser_id": "adv_01KAMX4S5T0000000000000000", "standing": "missing", "conversions": 840,
    "amounts": [{"minor": 120000, "currency": "EUR"}], "periods": []
}))]
pub struct PaydayAdvertiser {
    pub advertiser_id: Id<id::Advertiser>,
    /// How far its figures are.
    pub standing: FiguresStanding,
    pub conversions: i64,
    /// What they come to now, one for each currency.
    pub amounts: Vec<Money>,
    /// Its periods that have a day of the month.
    pub periods: Vec<PaydayPeriod>,
}

/// A period of an advertiser's figures.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"reconciliation_id": "rcn_01KAMX4S5T0000000000000000", "state": "open"}))]
pub struct PaydayPeriod {
    pub reconciliation_id: Id<id::Reconciliation>,
    pub state: ReconciliationState,
}

impl From<Figures> for PaydayAdvertiser {
    fn from(one: Figures) -> Self {
        let period = |(reconciliation_id, state)| PaydayPeriod { reconciliation_id, state };
        Self {
            advertiser_id: one.advertiser,
            standing: one.standing,
            conversions: one.conversions,
            amounts: one.amounts,
            periods: one.periods.into_iter().map(period).collect(),
        }
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PaydayAdvertisersQuery {
    /// Such as `2026-11`; the last that is over unless said.
    #[param(value_type = Option<String>)]
    pub month: Option<Month>,
    pub standing: Option<FiguresStanding>,
}

/// Advertisers that are charged for conversions of a month, and how far their figures of it are.
#[utoipa::path(
    get, path = "/v1/payday/advertisers", tag = "payday", operation_id = "list_payday_advertisers",
    params(PaydayAdvertisersQuery, PageQuery), responses((status = 200, body = Page<PaydayAdvertiser>))
)]
pub async fn advertisers(
    State(app): State<App>,
    CanPay(actor): CanPay,
    Params(query): Params<PaydayAdvertisersQuery>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<PaydayAdvertiser>>> {
    let records = app.records.read();
    let zone = workspaces::store::get(records, actor.tenant).await?.zone()?;
    let month = rules::turn(query.month, app.ambient.now().local_day(&zone)).month;
    let mut all = figures::of(records, actor.tenant, (month, month.span(&zone))).await?;
    let after = page.after::<id::Advertiser>()?;
    all.retain(|one| query.standing.is_none_or(|standing| one.standing == standing));
    all.retain(|one| after.is_none_or(|after| one.advertiser > after));
    let rows = Page::from_rows(all, &page, |row| row.advertiser).map(PaydayAdvertiser::from);
    let wanted = Wanted::default().with(rows.items.iter().map(|row| row.advertiser_id));
    Ok(Json(wanted.beside(rows, records, actor.tenant).await?))
}
