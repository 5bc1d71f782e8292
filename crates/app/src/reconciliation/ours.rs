//! Our conversions of a period, as they are compared.

use std::collections::{BTreeSet, HashMap, HashSet};

use kernel::{Id, Money, Refusal, RefusalCode, Timestamp, id, reason::ConversionReason};
use reconcile::{Ours, Theirs, figures::Keys};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
    sea_query::{Expr, ExprTrait as _},
};

use super::{
    entity::{line, reconciliation},
    model::{AmountOf, LineDecision, ReconciliationState},
    rules,
};
use crate::{
    conversions::entity::{
        conversion::{self, Column, Entity},
        customer, item,
    },
    platform::Answer,
};

/// Conversions of ours in one period.
const OURS_MAX: usize = 200_000;
/// Ids in one question.
const IDS_PER_QUERY: usize = 500;
const ROWS_PER_QUERY: u64 = 5_000;

/// One of ours with what the comparison itself does not ask.
#[derive(Clone, Debug)]
pub struct Mine {
    pub id: Id<id::Conversion>,
    pub offer: Option<Id<id::Offer>>,
    pub country: String,
    pub source: String,
    pub ours: Ours,
}

/// Those of the period, and those of other times whose order or click is among theirs. Those that count for something
/// come first, so that they are paired first.
pub async fn load(conn: &impl ConnectionTrait, of: &reconciliation::Model, theirs: &[Theirs]) -> Answer<Vec<Mine>> {
    let shifted = Shifted::of(conn, of).await?;
    let mut rows = in_period(conn, of).await?;
    let known: HashSet<_> = rows.iter().map(|row| row.id).collect();
    let mut others = by_keys(conn, of, theirs).await?;
    others.extend(by_ids(conn, of, &shifted.later).await?);
    let mut taken = known;
    rows.extend(others.into_iter().filter(|row| taken.insert(row.id)));
    if rows.len() > OURS_MAX {
        return Err(Refusal::new(RefusalCode::TooManyOfThem, "the period has too many conversions").into());
    }
    let gross = gross(conn, of, &rows).await?;
    let customers = customers(conn, of, &rows).await?;
    let mut mine: Vec<_> = rows.iter().map(|row| mine(of, row, &gross, &customers, &shifted)).collect();
    mine.sort_by_key(|one| (one.ours.standing == reconcile::Standing::Rejected, one.ours.at, one.id));
    Ok(mine)
}

fn of_advertiser(of: &reconciliation::Model) -> Select<Entity> {
    Entity::find()
        .filter(Column::WorkspaceId.eq(of.workspace_id))
        .filter(Column::AdvertiserId.eq(of.advertiser_id))
        .filter(Column::OfferId.is_not_null())
}

/// Page by page, for a period may have many.
async fn in_period(conn: &impl ConnectionTrait, of: &reconciliation::Model) -> Answer<Vec<conversion::Model>> {
    let within = |column: Column| column.gte(of.from_at).and(column.lt(of.to_at));
    let otherwise =
        |column: Column| Condition::any().add(within(column)).add(column.is_null().and(within(Column::EventAt)));
    let of_period = match of.mapping.reading.date_basis {
        reconcile::mapping::DateBasis::Event => Condition::all().add(within(Column::EventAt)),
        reconcile::mapping::DateBasis::Click => otherwise(Column::ClickAt),
        reconcile::mapping::DateBasis::Decided => otherwise(Column::DecidedAt),
    };
    let mut rows: Vec<conversion::Model> = Vec::new();
    loop {
        let mut query = of_advertiser(of).filter(of_period.clone()).order_by_asc(Column::Id).limit(ROWS_PER_QUERY);
        if let Some(last) = rows.last() {
            query = query.filter(Column::Id.gt(last.id));
        }
        let page = query.all(conn).await?;
        let is_last = (page.len() as u64) < ROWS_PER_QUERY;
        rows.extend(page);
        if is_last || rows.len() > OURS_MAX {
            return Ok(rows);
        }
    }
}

async fn by_keys(
    conn: &impl ConnectionTrait,
    of: &reconciliation::Model,
    theirs: &[Theirs],
) -> Answer<Vec<conversion::Model>> {
    let orders: BTreeSet<&str> = theirs.iter().filter_map(|row| row.keys.order.as_deref()).collect();
    let clicks: BTreeSet<_> = theirs.iter().filter_map(|row| rules::click(row.keys.click.as_deref()?)).collect();
    let (orders, clicks): (Vec<_>, Vec<_>) = (orders.into_iter().collect(), clicks.into_iter().collect());
    let mut rows = Vec::new();
    for part in orders.chunks(IDS_PER_QUERY) {
        let known = Column::OrderId.is_in(part.iter().copied());
        rows.extend(of_advertiser(of).filter(known).limit(OURS_MAX as u64).all(conn).await?);
    }
    for part in clicks.chunks(IDS_PER_QUERY) {
        let known = Column::ClickId.is_in(part.iter().copied());
        rows.extend(of_advertiser(of).filter(known).limit(OURS_MAX as u64).all(conn).await?);
    }
    Ok(rows)
}

async fn by_ids(
    conn: &impl ConnectionTrait,
    of: &reconciliation::Model,
    ids: &HashSet<Id<id::Conversion>>,
) -> Answer<Vec<conversion::Model>> {
    let ids: Vec<_> = ids.iter().copied().collect();
    let mut rows = Vec::new();
    for part in ids.chunks(IDS_PER_QUERY) {
        rows.extend(of_advertiser(of).filter(Column::Id.is_in(part.iter().copied())).all(conn).await?);
    }
    Ok(rows)
}

/// What the last closed period changed about which period a conversion belongs to.
#[derive(Default)]
struct Shifted {
    /// It was left to the next one.
    later: HashSet<Id<id::Conversion>>,
    /// It was taken into that one.
    earlier: HashSet<Id<id::Conversion>>,
}

impl Shifted {
    async fn of(conn: &impl ConnectionTrait, of: &reconciliation::Model) -> Answer<Self> {
        let last = reconciliation::Entity::find()
            .filter(reconciliation::Column::WorkspaceId.eq(of.workspace_id))
            .filter(reconciliation::Column::AdvertiserId.eq(of.advertiser_id))
            .filter(reconciliation::Column::State.eq(ReconciliationState::Closed))
            .order_by_desc(reconciliation::Column::ToAt)
            .one(conn)
            .await?;
        let Some(last) = last else { return Ok(Self::default()) };
        let lines = line::Entity::find()
            .filter(line::Column::WorkspaceId.eq(of.workspace_id))
            .filter(line::Column::ReconciliationId.eq(last.id));
        let later = line::Column::Decision.eq(LineDecision::NextPeriod);
        let taken = [LineDecision::TakeTheirs, LineDecision::MakeConversion];
        let earlier = line::Column::Decision.is_in(taken).and(line::Column::InPeriod.eq(false));
        Ok(Self {
            later: conversions_of(conn, lines.clone().filter(later)).await?,
            earlier: conversions_of(conn, lines.filter(earlier)).await?,
        })
    }

    /// The moment by which it is of this period, or is not.
    fn moment(&self, id: Id<id::Conversion>, at: Timestamp, of: &reconciliation::Model) -> Timestamp {
        if self.later.contains(&id) {
            Ord::max(at, of.from_at)
        } else if self.earlier.contains(&id) {
            Ord::min(at, of.from_at.plus_millis(-1))
        } else {
            at
        }
    }
}

/// The conversions that lines are about.
pub async fn conversions_of(
    conn: &impl ConnectionTrait,
    lines: Select<line::Entity>,
) -> Answer<HashSet<Id<id::Conversion>>> {
    let ids: Vec<Option<Id<id::Conversion>>> =
        lines.select_only().column(line::Column::ConversionId).into_tuple().all(conn).await?;
    Ok(ids.into_iter().flatten().collect())
}

/// Tax and shipping of the items of an order.
async fn gross(
    conn: &impl ConnectionTrait,
    of: &reconciliation::Model,
    rows: &[conversion::Model],
) -> Answer<HashMap<Id<id::Conversion>, i64>> {
    let mut beside = HashMap::new();
    if of.mapping.amount_of == AmountOf::Charge {
        return Ok(beside);
    }
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    for part in ids.chunks(IDS_PER_QUERY) {
        let sum = |column: item::Column| Expr::col((item::Entity, column)).sum().cast_as("bigint");
        let sums: Vec<(Id<id::Conversion>, i64, i64)> = item::Entity::find()
            .select_only()
            .column(item::Column::ConversionId)
            .column_as(sum(item::Column::TaxMinor), "tax_minor")
            .column_as(sum(item::Column::ShippingMinor), "shipping_minor")
            .filter(item::Column::WorkspaceId.eq(of.workspace_id))
            .filter(item::Column::ConversionId.is_in(part.iter().copied()))
            .group_by(item::Column::ConversionId)
            .into_tuple()
            .all(conn)
            .await?;
        beside.extend(sums.into_iter().map(|(id, tax, shipping)| (id, tax.saturating_add(shipping))));
    }
    Ok(beside)
}

async fn customers(
    conn: &impl ConnectionTrait,
    of: &reconciliation::Model,
    rows: &[conversion::Model],
) -> Answer<HashMap<Id<id::Customer>, String>> {
    let mut names = HashMap::new();
    if of.mapping.reading.columns.customer.is_none() {
        return Ok(names);
    }
    let ids: Vec<_> = rows.iter().filter_map(|row| row.customer_id).collect::<BTreeSet<_>>().into_iter().collect();
    for part in ids.chunks(IDS_PER_QUERY) {
        let query = customer::Entity::find().filter(customer::Column::WorkspaceId.eq(of.workspace_id));
        let known = query.filter(customer::Column::Id.is_in(part.iter().copied())).all(conn).await?;
        names.extend(known.into_iter().map(|row| (row.id, row.external_id)));
    }
    Ok(names)
}

fn mine(
    of: &reconciliation::Model,
    row: &conversion::Model,
    beside: &HashMap<Id<id::Conversion>, i64>,
    customers: &HashMap<Id<id::Customer>, String>,
    shifted: &Shifted,
) -> Mine {
    let of_click = |field: &str| row.click_dims.get(field).and_then(|value| value.as_str()).unwrap_or_default();
    let at = rules::moment(of.mapping.reading.date_basis, row.event_at, row.click_at, row.decided_at);
    let amount = rules::amount(of.mapping.amount_of, row);
    Mine {
        id: row.id,
        offer: row.offer_id,
        country: of_click("country").to_owned(),
        source: of_click("source_id").to_owned(),
        ours: Ours {
            keys: Keys {
                click: row.click_id.map(|click| click.to_string()),
                order: row.order_id.clone(),
                customer: row.customer_id.and_then(|id| customers.get(&id)).cloned(),
            },
            standing: rules::standing(row.status),
            amount: Money::new(amount, row.currency()),
            gross: beside.get(&row.id).map(|more| amount.saturating_add(*more)),
            at: shifted.moment(row.id, at, of),
            clicked_at: row.click_at,
            test: matches!(row.reason(), Some(ConversionReason::Test | ConversionReason::TestLead)),
        },
    }
}
