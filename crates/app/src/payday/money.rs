//! Who is owed, batches and payouts, as their lists hold them.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use kernel::{Currency, Money, Tenant};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::{
    model::PaydayKind,
    rules::Turn,
    tally::{self, Tally},
};
use crate::{
    App,
    payouts::{
        entity::{
            batch::{self, BatchState},
            payout::{self, PayoutState},
        },
        owed::{self, Owed, OwedStanding},
        wanted::{self, BatchFilter, PayoutFilter},
    },
    platform::Answer,
};

/// Who is owed in each currency, by what a batch made now would do.
pub async fn owed(app: &App, tenant: Tenant, today: Date) -> Answer<Vec<(PaydayKind, Currency, Tally)>> {
    let currencies = ledger::payable_currencies(app.records.read(), tenant).await.map_err(anyhow::Error::from)?;
    let mut all = Vec::new();
    for currency in currencies {
        let owed = owed::in_currency(app, tenant, (currency, today)).await?;
        all.extend(by_kind(&owed).into_iter().map(|(kind, (count, minor))| {
            let amounts = vec![Money::new(minor, currency)];
            (kind, currency, Tally { count, amounts, since: None })
        }));
    }
    Ok(all)
}

/// How many of each kind, and how much.
fn by_kind(owed: &[Owed]) -> BTreeMap<PaydayKind, (i64, i64)> {
    let mut sums: BTreeMap<PaydayKind, (i64, i64)> = BTreeMap::new();
    let mut add = |kind, minor: i64| {
        let sum = sums.entry(kind).or_default();
        *sum = (sum.0 + 1, sum.1.saturating_add(minor));
    };
    for one in owed {
        let open_minor = one.payable_minor - one.frozen_minor;
        match one.standing {
            OwedStanding::Ready => add(PaydayKind::OwedReady, one.next_minor),
            OwedStanding::PayerMissing => add(PaydayKind::OwedPayerMissing, open_minor),
            OwedStanding::Faulty => add(PaydayKind::OwedFaulty, open_minor),
            OwedStanding::Missing => add(PaydayKind::OwedMissing, open_minor),
            OwedStanding::Withheld => add(PaydayKind::OwedWithheld, open_minor),
            OwedStanding::BelowMinimum => add(PaydayKind::OwedBelowMinimum, open_minor),
            OwedStanding::Nothing => {}
        }
        if one.frozen_minor > 0 {
            add(PaydayKind::OwedFrozen, one.frozen_minor);
        }
    }
    sums
}

/// Batches: those that are open of all times while their payday is, else those that were made in it.
pub async fn batches(app: &App, tenant: Tenant, (turn, zone): (&Turn, &TimeZone)) -> Answer<Vec<(PaydayKind, Tally)>> {
    use BatchState::{Approved, AwaitingApproval, Doubtful, Drawing, Sending, Sent};
    let made = Some(turn.paid_in);
    let month = made.filter(|_| !turn.is_payday);
    let any = BatchFilter::default();
    let of = |state, month| BatchFilter { state: Some(state), month, ..BatchFilter::default() };
    let open = |state| BatchFilter { in_transit: Some(true), ..of(state, month) };
    let mut all = Vec::new();
    for (kind, filter) in [
        (PaydayKind::BatchesAwaitingApproval, of(AwaitingApproval, month)),
        (PaydayKind::BatchesMade, BatchFilter { month: made, ..any.clone() }),
        (PaydayKind::BatchesInTrouble, BatchFilter { in_transit: Some(true), has_trouble: Some(true), month, ..any }),
        (PaydayKind::BatchesDoubtful, open(Doubtful)),
        (PaydayKind::BatchesDrawing, of(Drawing, month)),
        (PaydayKind::BatchesToSend, open(Approved)),
        (PaydayKind::BatchesSending, of(Sending, month)),
        (PaydayKind::BatchesSent, of(Sent, made)),
    ] {
        use batch::Column;
        let columns = (Column::Currency, Column::TotalMinor, Column::CreatedAt);
        all.push((kind, tally::of(app.records.read(), wanted::batches(tenant, &filter, zone), columns).await?));
    }
    let without_news = wanted::batches(tenant, &open(Sent), zone);
    all.push((PaydayKind::SentWithoutNews, without_news_of(app, tenant, without_news).await?));
    Ok(all)
}

/// As many as there are batches, with what of them is in transit, since the first of them was sent.
async fn without_news_of(app: &App, tenant: Tenant, batches: sea_orm::Select<batch::Entity>) -> Answer<Tally> {
    use batch::Column;
    let conn = app.records.read();
    let columns = (Column::Currency, Column::TotalMinor, Column::SentAt);
    let of_batches = tally::of(conn, batches.clone(), columns).await?;
    let ids = batches.select_only().column(Column::Id);
    let open = payout::Entity::find()
        .filter(payout::Column::WorkspaceId.eq(tenant.id()))
        .filter(payout::Column::State.eq(PayoutState::InTransit))
        .filter(payout::Column::BatchId.in_subquery(sea_orm::QueryTrait::into_query(ids)));
    let columns = (payout::Column::Currency, payout::Column::AmountMinor, payout::Column::CreatedAt);
    Ok(Tally { amounts: tally::of(conn, open, columns).await?.amounts, ..of_batches })
}

/// Payouts of which it was said within the payday what became of them.
pub async fn payouts(app: &App, tenant: Tenant, (turn, zone): (&Turn, &TimeZone)) -> Answer<Vec<(PaydayKind, Tally)>> {
    use payout::Column;
    let mut all = Vec::new();
    for (kind, state) in [
        (PaydayKind::PayoutsPaid, PayoutState::Paid),
        (PaydayKind::PayoutsFailed, PayoutState::Failed),
        (PaydayKind::PayoutsReturned, PayoutState::Returned),
    ] {
        let filter = PayoutFilter { state: Some(state), month: Some(turn.paid_in) };
        let columns = (Column::Currency, Column::AmountMinor, Column::SettledAt);
        all.push((kind, tally::of(app.records.read(), wanted::payouts(tenant, &filter, zone), columns).await?));
    }
    Ok(all)
}
