//! Questions about results and RevShare.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::{Id, Refusal, Tenant, Timestamp, id, paging::PageQuery};
use sea_orm::{
    ConnectionTrait, ExprTrait as _, FromQueryResult, JoinType, QueryOrder as _, QuerySelect as _, entity::prelude::*,
};
use serde::Deserialize;

use super::{
    entity::{change, closed, formula, isolated, owner, part, result, statement, terms},
    model::{CustomerFigures, Figure, Month},
    rules::share,
};
use crate::{
    advertisers,
    conversions::{
        Status,
        entity::{commission, conversion, customer},
    },
    identity::Actor,
    platform::{Answer, listing::newest_first, secrets::token_hash},
};

/// Terms of one advertiser that are read.
pub const TERMS_MAX: u64 = 2_000;
/// Parts of one statement, or versions of one day, that are shown.
pub const SHOWN_MAX: u64 = 1_000;
/// Ids in one question to the records.
const CHUNK: usize = 500;

/// How the advertiser's net revenue is worked out now.
pub async fn formula(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
) -> Result<Option<formula::Model>, DbErr> {
    use formula::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::AdvertiserId.eq(advertiser));
    formula::Entity::find().filter(mine).order_by_desc(Column::Version).one(conn).await
}

/// The last month that was closed.
pub async fn last_closed(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
) -> Answer<Option<Month>> {
    use closed::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::AdvertiserId.eq(advertiser));
    let row = closed::Entity::find().filter(mine).order_by_desc(Column::Month).one(conn).await?;
    Ok(row.map(|row| row.month.parse()).transpose()?)
}

/// The earliest month with something that was counted in none yet.
pub async fn first_open(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
) -> Answer<Option<Month>> {
    use change::Column;
    let open = open(tenant, advertiser);
    let row = change::Entity::find().filter(open).order_by_asc(Column::Day).one(conn).await?;
    let day = row.and_then(|row| row.day.parse::<Date>().ok());
    Ok(day.map(Month::of))
}

fn open(tenant: Tenant, advertiser: Id<id::Advertiser>) -> Expr {
    use change::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::AdvertiserId.eq(advertiser));
    mine.and(Column::ClosedMonth.is_null())
}

#[derive(FromQueryResult)]
struct Sum {
    customer_id: Id<id::Customer>,
    deposits: i64,
    bets: i64,
    wins: i64,
    bonus: i64,
    chargeback: i64,
    fees: i64,
    tax: i64,
    deposits_count: i64,
    bets_count: i64,
}

const fn column(figure: Figure) -> change::Column {
    use change::Column;
    match figure {
        Figure::Deposits => Column::Deposits,
        Figure::Bets => Column::Bets,
        Figure::Wins => Column::Wins,
        Figure::Bonus => Column::Bonus,
        Figure::Chargeback => Column::Chargeback,
        Figure::Fees => Column::Fees,
        Figure::Tax => Column::Tax,
        Figure::DepositsCount => Column::DepositsCount,
        Figure::BetsCount => Column::BetsCount,
    }
}

/// What was counted in no month yet, of days up to `last`, by customer.
pub async fn open_sums(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    last: Date,
) -> Result<HashMap<Id<id::Customer>, CustomerFigures>, DbErr> {
    use change::Column;
    let wanted = open(tenant, advertiser).and(Column::Day.lte(last.to_string()));
    let mut select = change::Entity::find().select_only().column(Column::CustomerId);
    for figure in Figure::ALL {
        let sum = Expr::col((change::Entity, column(figure))).sum().cast_as("bigint");
        select = select.column_as(sum, figure.code());
    }
    let sums = select.filter(wanted).group_by(Column::CustomerId).into_model::<Sum>().all(conn).await?;
    let figures = |sum: Sum| {
        let Sum { customer_id, deposits, bets, wins, bonus, chargeback, fees, tax, deposits_count, bets_count } = sum;
        (
            customer_id,
            CustomerFigures { deposits, bets, wins, bonus, chargeback, fees, tax, deposits_count, bets_count },
        )
    };
    Ok(sums.into_iter().map(figures).collect())
}

/// Notes in which month the open figures of these customers were counted.
pub async fn count_in(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    month: Month,
    customers: &[Id<id::Customer>],
) -> Result<(), DbErr> {
    use change::Column;
    for chunk in customers.chunks(CHUNK) {
        let of_days = open(tenant, advertiser).and(Column::Day.lte(month.last_day().to_string()));
        change::Entity::update_many()
            .col_expr(Column::ClosedMonth, Expr::value(month.to_string()))
            .filter(of_days.and(Column::CustomerId.is_in(chunk.iter().copied())))
            .exec(conn)
            .await?;
    }
    Ok(())
}

/// To whom these customers belong, as noted.
pub async fn owners(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    customers: &[Id<id::Customer>],
) -> Result<HashMap<Id<id::Customer>, owner::Model>, DbErr> {
    use owner::Column;
    let mut found = HashMap::with_capacity(customers.len());
    for chunk in customers.chunks(CHUNK) {
        let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::CustomerId.is_in(chunk.iter().copied()));
        let rows = owner::Entity::find().filter(mine).all(conn).await?;
        found.extend(rows.into_iter().map(|row| (row.customer_id, row)));
    }
    Ok(found)
}

/// Customers by id.
pub async fn customers(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &[Id<id::Customer>],
) -> Result<HashMap<Id<id::Customer>, customer::Model>, DbErr> {
    use customer::Column;
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::Id.is_in(chunk.iter().copied()));
        let rows = customer::Entity::find().filter(mine).all(conn).await?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    Ok(found)
}

/// Partner and moment of each customer's first conversion that was approved.
pub async fn first_partners(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &[Id<id::Customer>],
) -> Result<HashMap<Id<id::Customer>, (Id<id::Partner>, Timestamp)>, DbErr> {
    use conversion::Column;
    type Found = (Option<Id<id::Customer>>, Option<Id<id::Partner>>, Timestamp);
    let mut first = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<Found> = conversion::Entity::find()
            .select_only()
            .columns([Column::CustomerId, Column::PartnerId, Column::EventAt])
            .filter(Column::WorkspaceId.eq(tenant.id()))
            .filter(Column::CustomerId.is_in(chunk.iter().copied()))
            .filter(Column::Status.is_in([Status::Approved, Status::Locked, Status::Paid]))
            .filter(Column::PartnerId.is_not_null())
            .order_by_asc(Column::EventAt)
            .order_by_asc(Column::Id)
            .into_tuple()
            .all(conn)
            .await?;
        for (customer, partner, at) in rows {
            if let (Some(customer), Some(partner)) = (customer, partner) {
                first.entry(customer).or_insert((partner, at));
            }
        }
    }
    Ok(first)
}

/// What stands on high rollers' own accounts.
pub async fn isolated(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
) -> Result<HashMap<Id<id::Customer>, isolated::Model>, DbErr> {
    use isolated::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::AdvertiserId.eq(advertiser));
    let rows = isolated::Entity::find().filter(mine.and(Column::BalanceMinor.lt(0))).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.customer_id, row)).collect())
}

/// A partner's last statement with the advertiser.
pub async fn last_statement(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    partner: Id<id::Partner>,
) -> Result<Option<statement::Model>, DbErr> {
    use statement::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::AdvertiserId.eq(advertiser));
    let of_partner = mine.and(Column::PartnerId.eq(partner));
    statement::Entity::find().filter(of_partner).order_by_desc(Column::Month).one(conn).await
}

/// All that was agreed with the advertiser's partners, newest first.
pub async fn terms_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
) -> Result<Vec<terms::Model>, DbErr> {
    use terms::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::AdvertiserId.eq(advertiser));
    terms::Entity::find().filter(mine).order_by_desc(Column::Id).limit(TERMS_MAX).all(conn).await
}

/// What holds for a partner in a month: its own before its group's before everyone's, of each the latest.
pub fn terms_for<'a>(
    all: &'a [terms::Model],
    partner: Id<id::Partner>,
    group: Option<&str>,
    month: Month,
) -> Option<&'a terms::Model> {
    let month = month.to_string();
    let holds = |terms: &&terms::Model| {
        let for_partner = terms.partner_id.is_none_or(|wanted| wanted == partner);
        let for_group = terms.partner_group.as_deref().is_none_or(|wanted| Some(wanted) == group);
        for_partner && for_group && terms.starts_month <= month
    };
    let rank = |terms: &terms::Model| share::rank(terms.partner_id.is_some(), terms.partner_group.is_some());
    all.iter()
        .filter(holds)
        .max_by(|one, other| (rank(one), &one.starts_month, one.id).cmp(&(rank(other), &other.starts_month, other.id)))
}

/// Which days a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ResultFilter {
    pub advertiser_id: Option<Id<id::Advertiser>>,
    /// The advertiser's own id of the customer.
    pub customer: Option<String>,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn results(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &ResultFilter,
    page: &PageQuery,
) -> Answer<Vec<result::Model>> {
    use result::Column;
    let mut select = result::Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    let advertisers = [actor.advertiser, filter.advertiser_id].into_iter().flatten();
    select = advertisers.fold(select, |select, advertiser| select.filter(Column::AdvertiserId.eq(advertiser)));
    if let Some(named) = &filter.customer {
        let of_name = customer::Column::WorkspaceId.eq(actor.tenant.id()).and(customer::Column::ExternalId.eq(named));
        let ids = customer::Entity::find().filter(of_name).limit(SHOWN_MAX).all(conn).await?;
        select = select.filter(Column::CustomerId.is_in(ids.into_iter().map(|row| row.id)));
    }
    if let Some(from) = &filter.from {
        select = select.filter(Column::Day.gte(from));
    }
    if let Some(to) = &filter.to {
        select = select.filter(Column::Day.lte(to));
    }
    newest_first::<_, id::CustomerResult>(conn, select, Column::Id, page).await
}

/// One day that the actor may see, or 404.
pub async fn result(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    result: Id<id::CustomerResult>,
) -> Answer<result::Model> {
    use result::Column;
    let mine = Column::WorkspaceId.eq(actor.tenant.id()).and(Column::Id.eq(result));
    let row = result::Entity::find().filter(mine).one(conn).await?;
    let row = row.filter(|row| actor.advertiser.is_none_or(|advertiser| advertiser == row.advertiser_id));
    row.ok_or_else(|| Refusal::not_found("result").into())
}

/// The versions of a day, newest first.
pub async fn changes_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    result: Id<id::CustomerResult>,
) -> Result<Vec<change::Model>, DbErr> {
    use change::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::ResultId.eq(result));
    change::Entity::find().filter(mine).order_by_desc(Column::Version).limit(SHOWN_MAX).all(conn).await
}

/// Which months a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MonthFilter {
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub partner_id: Option<Id<id::Partner>>,
    #[param(value_type = Option<String>)]
    pub month: Option<Month>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn statements(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &MonthFilter,
    page: &PageQuery,
) -> Answer<Vec<statement::Model>> {
    use statement::Column;
    let wanted = [
        filter.advertiser_id.map(|advertiser| Column::AdvertiserId.eq(advertiser)),
        filter.partner_id.map(|partner| Column::PartnerId.eq(partner)),
        filter.month.map(|month| Column::Month.eq(month.to_string())),
    ];
    let visible = statement::Entity::find().filter(visible_to(actor));
    let select = wanted.into_iter().flatten().fold(visible, |select, wish| select.filter(wish));
    newest_first::<_, id::RevenueShareStatement>(conn, select, Column::Id, page).await
}

/// One statement that the actor may see, or 404.
pub async fn statement(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    statement: Id<id::RevenueShareStatement>,
) -> Answer<statement::Model> {
    let mine = visible_to(actor).and(statement::Column::Id.eq(statement));
    let row = statement::Entity::find().filter(mine).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("statement").into())
}

fn visible_to(actor: &Actor) -> Expr {
    use statement::Column;
    actor.sees([Column::WorkspaceId, Column::PartnerId, Column::Id])
}

/// The customers of a statement, those who count least first.
pub async fn parts_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    statement: Id<id::RevenueShareStatement>,
) -> Result<Vec<part::Model>, DbErr> {
    use part::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::StatementId.eq(statement));
    part::Entity::find().filter(mine).order_by_asc(Column::NetMinor).limit(SHOWN_MAX).all(conn).await
}

/// What a partner earned from single conversions with an advertiser in a stretch of time: the CPA beside the share.
pub async fn from_conversions(
    conn: &impl ConnectionTrait,
    row: &statement::Model,
    (start, end): (Timestamp, Timestamp),
) -> Result<i64, DbErr> {
    use commission::Column;
    let of_conversion =
        commission::Entity::belongs_to(conversion::Entity).from(Column::ConversionId).to(conversion::Column::Id).into();
    let sum: Option<Option<i64>> = commission::Entity::find()
        .select_only()
        .column_as(Expr::col((commission::Entity, Column::AmountMinor)).sum().cast_as("bigint"), "sum")
        .join(JoinType::InnerJoin, of_conversion)
        .filter(Column::WorkspaceId.eq(row.workspace_id))
        .filter(Column::PartnerId.eq(row.partner_id))
        .filter(Column::Currency.eq(&row.currency))
        .filter(conversion::Column::AdvertiserId.eq(row.advertiser_id))
        .filter(conversion::Column::EventAt.gte(start))
        .filter(conversion::Column::EventAt.lt(end))
        .filter(conversion::Column::Status.is_in([Status::Approved, Status::Locked, Status::Paid]))
        .into_tuple()
        .one(conn)
        .await?;
    Ok(sum.flatten().unwrap_or_default())
}

/// Shares that are approved and not locked: currency, when they lock, and how much.
pub async fn holds(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: Id<id::Partner>,
) -> Result<Vec<statement::Model>, DbErr> {
    use statement::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::PartnerId.eq(partner));
    statement::Entity::find().filter(mine.and(Column::LockedAt.is_null())).all(conn).await
}

/// Whose live token it is.
pub async fn sender(conn: &impl ConnectionTrait, token: &str) -> Result<Option<advertisers::key::Model>, DbErr> {
    use advertisers::key::{Column, Entity, KeyKind};
    let named = Column::Digest.eq(token_hash(token)).and(Column::Kind.eq(KeyKind::Token));
    Entity::find().filter(named.and(Column::RetiredAt.is_null())).one(conn).await
}
