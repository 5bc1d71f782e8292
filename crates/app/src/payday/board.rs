//! The board of a month, put together.

use jiff::tz::TimeZone;
use kernel::{Tenant, Timestamp};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::{
    figures,
    model::{PaydayItem, PaydayKind},
    money,
    rules::{self, FiguresStanding, Turn},
    tally::{self, Tally},
};
use crate::{
    App,
    billing::{
        entity::invoice::{self, InvoiceState},
        listed::{InvoiceFilter, invoices},
    },
    disputes::entity::dispute::{self, DisputeState},
    payouts::entity::early::{self, EarlyPayoutState},
    platform::Answer,
    reconciliation::{
        entity::{line, reconciliation},
        listed::{ReconciliationFilter, periods},
        model::{LineClass, ReconciliationState},
    },
    results::model::Month,
    scrubs::entity::scrub::{self, AppealState, ScrubState},
    workspaces,
};

/// A month with all that stands on its board, in the order of its kinds.
pub struct Board {
    pub turn: Turn,
    /// When the month begins, and when the next one does.
    pub span: (Timestamp, Timestamp),
    pub items: Vec<PaydayItem>,
}

/// The board of `month`, or of the last that is over.
pub async fn of(app: &App, tenant: Tenant, month: Option<Month>) -> Answer<Board> {
    let zone = workspaces::store::get(app.records.read(), tenant).await?.zone()?;
    let today = app.ambient.now().local_day(&zone);
    let turn = rules::turn(month, today);
    let span = turn.month.span(&zone);
    let mut found = figures_of(app, tenant, (turn.month, span)).await?;
    found.extend(of_periods(app, tenant, turn.month).await?);
    found.extend(of_invoices(app, tenant, (turn.month, &zone)).await?);
    if turn.is_payday {
        found.extend(asked(app, tenant).await?);
    }
    found.extend(money::batches(app, tenant, (&turn, &zone)).await?);
    found.extend(money::payouts(app, tenant, (&turn, &zone)).await?);
    let mut items: Vec<_> = found.into_iter().map(|(kind, tally)| item(&turn, kind, tally)).collect();
    if turn.is_payday {
        for (kind, currency, tally) in money::owed(app, tenant, today).await? {
            items.push(PaydayItem { currency: Some(currency), ..item(&turn, kind, tally) });
        }
    }
    items.retain(|item| item.count > 0);
    items.sort_by_key(|item| (item.standing, item.kind, item.currency));
    Ok(Board { turn, span, items })
}

fn item(turn: &Turn, kind: PaydayKind, tally: Tally) -> PaydayItem {
    let Tally { count, amounts, since } = tally;
    PaydayItem { kind, standing: rules::standing(kind, turn), count, amounts, since, currency: None }
}

type Found = Vec<(PaydayKind, Tally)>;

/// Advertisers by how far their figures are. What is missing is due since the month ended.
async fn figures_of(app: &App, tenant: Tenant, (month, span): (Month, (Timestamp, Timestamp))) -> Answer<Found> {
    let all = figures::of(app.records.read(), tenant, (month, span)).await?;
    let found = [
        (PaydayKind::FiguresMissing, FiguresStanding::Missing),
        (PaydayKind::FiguresComparing, FiguresStanding::Comparing),
        (PaydayKind::FiguresCompared, FiguresStanding::Compared),
    ];
    let tally = |(kind, standing): (PaydayKind, FiguresStanding)| {
        let those: Vec<_> = all.iter().filter(|one| one.standing == standing).collect();
        let amounts = rules::added(those.iter().flat_map(|one| one.amounts.iter().copied()));
        let since = Some(span.1).filter(|_| standing == FiguresStanding::Missing);
        (kind, Tally { count: those.len() as i64, amounts, since })
    };
    Ok(found.into_iter().map(tally).collect())
}

/// Periods that have a day of the month, and their differences.
async fn of_periods(app: &App, tenant: Tenant, month: Month) -> Answer<Found> {
    use reconciliation::Column;
    let conn = app.records.read();
    let filter = |state, undecided| ReconciliationFilter {
        state: Some(state),
        month: Some(month),
        undecided,
        ..ReconciliationFilter::default()
    };
    let mut found = Vec::new();
    for (kind, filter) in [
        (PaydayKind::PeriodsUndecided, filter(ReconciliationState::Open, Some(true))),
        (PaydayKind::PeriodsToClose, filter(ReconciliationState::Open, Some(false))),
        (PaydayKind::PeriodsClosed, filter(ReconciliationState::Closed, None)),
    ] {
        let rows: Vec<(i64, Option<Timestamp>)> = periods(tenant, &filter)
            .select_only()
            .column_as(Column::Id.count(), "periods_count")
            .column_as(Column::CreatedAt.min(), "since")
            .into_tuple()
            .all(conn)
            .await?;
        let (count, since) = rows.first().copied().unwrap_or_default();
        found.push((kind, Tally { count, amounts: Vec::new(), since }));
    }
    let open = periods(tenant, &filter(ReconciliationState::Open, Some(true))).select_only().column(Column::Id);
    let undecided = line::Entity::find()
        .filter(line::Column::WorkspaceId.eq(tenant.id()))
        .filter(line::Column::ReconciliationId.in_subquery(sea_orm::QueryTrait::into_query(open)))
        .filter(line::Column::Decision.is_null())
        .filter(line::Column::Class.ne(LineClass::Matched));
    let columns = (line::Column::Currency, line::Column::OursMinor, line::Column::DecidedAt);
    let since = found.first().and_then(|(_, tally): &(PaydayKind, Tally)| tally.since);
    found.push((PaydayKind::DifferencesUndecided, Tally { since, ..tally::of(conn, undecided, columns).await? }));
    Ok(found)
}

async fn of_invoices(app: &App, tenant: Tenant, (month, zone): (Month, &TimeZone)) -> Answer<Found> {
    use invoice::Column;
    let today = app.ambient.now().local_day(zone);
    let mut found = Vec::new();
    for (kind, state) in
        [(PaydayKind::InvoicesDraft, InvoiceState::Draft), (PaydayKind::InvoicesIssued, InvoiceState::Issued)]
    {
        let filter = InvoiceFilter { state: Some(state), month: Some(month), ..InvoiceFilter::default() };
        let columns = (Column::Currency, Column::TotalMinor, Column::CreatedAt);
        let query = invoices(tenant, &filter, (today, zone));
        found.push((kind, tally::of(app.records.read(), query, columns).await?));
    }
    Ok(found)
}

/// What advertisers and partners ask for and nobody has answered.
async fn asked(app: &App, tenant: Tenant) -> Answer<Found> {
    let conn = app.records.read();
    let scrubs = || scrub::Entity::find().filter(scrub::Column::WorkspaceId.eq(tenant.id()));
    let of_scrubs = (scrub::Column::Currency, scrub::Column::RevenueMinor, scrub::Column::CreatedAt);
    let of_appeals = (scrub::Column::Currency, scrub::Column::PayoutMinor, scrub::Column::AppealedAt);
    let disputes = dispute::Entity::find()
        .filter(dispute::Column::WorkspaceId.eq(tenant.id()))
        .filter(dispute::Column::State.eq(DisputeState::Open));
    let of_disputes = (dispute::Column::Currency, dispute::Column::ClaimedMinor, dispute::Column::CreatedAt);
    let early = early::Entity::find()
        .filter(early::Column::WorkspaceId.eq(tenant.id()))
        .filter(early::Column::State.eq(EarlyPayoutState::Asked));
    let of_early = (early::Column::Currency, early::Column::AmountMinor, early::Column::AskedAt);
    let asked = scrubs().filter(scrub::Column::State.eq(ScrubState::Asked));
    let appealed = scrubs().filter(scrub::Column::AppealState.eq(AppealState::Open));
    Ok(vec![
        (PaydayKind::ScrubsAsked, tally::of(conn, asked, of_scrubs).await?),
        (PaydayKind::AppealsOpen, tally::of(conn, appealed, of_appeals).await?),
        (PaydayKind::DisputesOpen, tally::of(conn, disputes, of_disputes).await?),
        (PaydayKind::EarlyAsked, tally::of(conn, early, of_early).await?),
    ])
}
