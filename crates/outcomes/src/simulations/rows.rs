//! The conversions of an offer in the order of decision, read in ranges of their ids: several ranges at once, and only the
//! columns that the rules ask for.

use std::collections::{HashMap, VecDeque};

use kernel::{Id, Tenant, Timestamp, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _,
    QuerySelect as _,
    prelude::{Json, Uuid},
    sea_query::{Expr, ExprTrait as _, Order, Query, SelectStatement},
};
use serde::Deserialize;
use tokio::task::JoinHandle;

use super::{
    model::WindowBasis,
    rules::{Past, Share, TriedOnly, lane::Plans, only::Meant, past::Tags},
};
use crate::{
    conversions::{
        Status,
        entity::{commission, item, trace},
    },
    partners::model as partner,
    plans::rules::{CustomerKind, Facts, Item, LocalTime, Needs},
    platform::folding::fold,
};

/// Conversions of one range.
pub const RANGE_ROWS: u64 = 10_000;
/// Ranges that are read at once.
const AHEAD: usize = 3;
/// An id is as old as the conversion's arrival, which never lies much before its event.
const SLACK_DAYS: i64 = 1;
/// Partners whose tags are known.
const PARTNERS_MAX: u64 = 200_000;

/// Which conversions, and what of them.
#[derive(Clone)]
pub struct Scope {
    pub tenant: Tenant,
    pub offer: Id<id::Offer>,
    /// Of one partner and goal.
    pub only: Option<(Id<id::Partner>, Id<id::Goal>)>,
    /// Only these, where it is said.
    pub ids: Option<Vec<Id<id::Conversion>>>,
    /// Which of those are tried; the others are only counted.
    pub tried: TriedOnly,
    pub basis: WindowBasis,
    pub from: Timestamp,
    pub to: Timestamp,
    /// Before `from` where counters of a period that reaches into the window need it.
    pub counted_from: Timestamp,
    /// After `to` where a period that is settled at its end reaches out of the window.
    pub counted_to: Timestamp,
    pub needs: Needs,
    /// The plan in force looks at more than goal, partner and amount, so that what it saw then must be read.
    pub reads_traces: bool,
    pub zone: jiff::tz::TimeZone,
}

impl Scope {
    /// All conversions of an offer by their event time.
    pub fn of(
        tenant: Tenant,
        offer: Id<id::Offer>,
        (from, to): (Timestamp, Timestamp),
        zone: jiff::tz::TimeZone,
    ) -> Self {
        Self {
            tenant,
            offer,
            only: None,
            ids: None,
            tried: TriedOnly::default(),
            basis: WindowBasis::Event,
            from,
            to,
            counted_from: from,
            counted_to: to,
            needs: Needs::default(),
            reads_traces: false,
            zone,
        }
    }

    /// Those of one partner and goal.
    pub fn only(self, partner: Id<id::Partner>, goal: Id<id::Goal>) -> Self {
        Self { only: Some((partner, goal)), ..self }
    }

    /// Begins where the longest of the plans' periods does.
    pub fn widened(mut self, in_force: &Plans, draft: Option<&Plans>) -> Self {
        let of_force = in_force.needs();
        self.reads_traces = !of_force.is_nothing();
        self.needs = draft.into_iter().fold(of_force, |all, draft| all.plus(&draft.needs()));
        let needs = &self.needs;
        let limits = needs.limits.iter().map(|limit| limit.2);
        let periods = needs.counts.iter().chain(&needs.counts_of_all).copied().chain(limits);
        let begins = periods.map(|period| period.bounds(self.from, &self.zone).0).min();
        self.counted_from = match begins {
            _ if needs.history => Timestamp::from_millis(0),
            Some(begins) => Ord::min(begins, self.from),
            None => self.from,
        };
        let whole = in_force.whole_periods().chain(draft.into_iter().flat_map(Plans::whole_periods));
        let ends = whole.map(|period| period.bounds(self.to.plus_millis(-1), &self.zone).1).max();
        self.counted_to = ends.map_or(self.to, |end| Ord::max(end, self.to));
        self
    }

    fn column(&self) -> &'static str {
        match self.basis {
            WindowBasis::Event => "event_at",
            WindowBasis::Decided => "decided_at",
        }
    }
}

/// Ids from the first (not included) to the second (included).
pub type Range = (Uuid, Uuid);

fn id_at(at: Timestamp) -> Uuid {
    let millis = u128::try_from(at.millis()).unwrap_or(0);
    Uuid::from_u128(millis << 80)
}

/// The ranges in which the offer's conversions lie, by its index of ids alone.
pub async fn ranges(conn: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Range>, DbErr> {
    let mut low = match scope.basis {
        WindowBasis::Event => id_at(scope.counted_from.plus_days(-SLACK_DAYS)),
        // It may have arrived long before somebody decided on it.
        WindowBasis::Decided => Uuid::nil(),
    };
    let mut ranges = Vec::new();
    loop {
        let last = Query::select()
            .column("id")
            .from("conversions")
            .and_where(Expr::col("workspace_id").eq(scope.tenant.id().uuid()))
            .and_where(Expr::col("offer_id").eq(scope.offer.uuid()))
            .and_where(Expr::col("id").gt(low))
            .order_by("id", Order::Asc)
            .offset(RANGE_ROWS - 1)
            .limit(1)
            .to_owned();
        let Some(row) = conn.query_one(&last).await? else { break };
        let high: Uuid = row.try_get("", "id")?;
        ranges.push((low, high));
        low = high;
    }
    ranges.push((low, Uuid::max()));
    Ok(ranges)
}

/// What is known of partners beside their conversions.
pub async fn tags(conn: &impl ConnectionTrait, scope: &Scope) -> Result<Tags, DbErr> {
    if !scope.needs.facts {
        return Ok(HashMap::new());
    }
    let mine = partner::Entity::find().filter(partner::Column::WorkspaceId.eq(scope.tenant.id()));
    let rows = mine.limit(PARTNERS_MAX).all(conn).await?;
    Ok(rows.into_iter().filter(|row| !row.tags.0.is_empty()).map(|row| (row.id, row.tags.0)).collect())
}

/// Some conversions of an offer, a few hundred at most, in the order of their ids: each with what it was priced from.
pub async fn some(conn: &DatabaseConnection, scope: &Scope, ids: &[Id<id::Conversion>]) -> anyhow::Result<Vec<Past>> {
    let (Some(first), Some(last)) = (ids.iter().min(), ids.iter().max()) else { return Ok(Vec::new()) };
    let before_first = Uuid::from_u128(first.as_u128().saturating_sub(1));
    let scope = Scope { ids: Some(ids.to_vec()), reads_traces: true, ..scope.clone() };
    read(conn, &scope, (before_first, last.uuid())).await
}

/// Reads ranges ahead, and answers them in their order.
pub struct Reader {
    conn: DatabaseConnection,
    scope: Scope,
    waiting: VecDeque<Range>,
    reading: VecDeque<JoinHandle<anyhow::Result<Vec<Past>>>>,
}

impl Reader {
    pub fn new(conn: &DatabaseConnection, scope: Scope, ranges: Vec<Range>) -> Self {
        Self { conn: conn.clone(), scope, waiting: ranges.into(), reading: VecDeque::new() }
    }

    /// The next range, or nothing at the end.
    pub async fn next(&mut self) -> anyhow::Result<Option<Vec<Past>>> {
        while self.reading.len() < AHEAD {
            let Some(range) = self.waiting.pop_front() else { break };
            let (conn, scope) = (self.conn.clone(), self.scope.clone());
            self.reading.push_back(tokio::spawn(async move { read(&conn, &scope, range).await }));
        }
        let Some(next) = self.reading.pop_front() else { return Ok(None) };
        Ok(Some(next.await??))
    }
}

/// Columns that are not asked for are absent.
#[derive(FromQueryResult)]
struct Row {
    id: Id<id::Conversion>,
    goal_id: Option<Id<id::Goal>>,
    partner_id: Option<Id<id::Partner>>,
    moved_from_id: Option<Id<id::Partner>>,
    event_at: Timestamp,
    basis_at: Option<Timestamp>,
    status: Status,
    sale_minor: i64,
    refund_minor: i64,
    revenue_minor: i64,
    earner_id: Id<id::Partner>,
    kind: commission::Kind,
    part_e8: i64,
    amount_minor: i64,
    version_id: Option<Id<id::PlanVersion>>,
    customer_id: Option<Id<id::Customer>>,
    is_new_customer: Option<bool>,
    partner_group: Option<String>,
    traffic_type: Option<String>,
    coupon: Option<String>,
    click_dims: Option<Json>,
}

const OF_CONVERSION: &[&str] = &[
    "id",
    "goal_id",
    "partner_id",
    "moved_from_id",
    "event_at",
    "status",
    "sale_minor",
    "refund_minor",
    "revenue_minor",
];
const OF_FACTS: &[&str] = &["is_new_customer", "partner_group", "traffic_type", "coupon", "click_dims"];

fn question(scope: &Scope, (low, high): Range) -> SelectStatement {
    let of = |column: &'static str| Expr::col(("conversions", column));
    let earned = |column: &'static str| Expr::col(("commissions", column));
    let mut select = Query::select();
    let customers = scope.needs.facts || scope.needs.counts_anything();
    let more: &[&str] = match () {
        () if scope.needs.facts => OF_FACTS,
        () if scope.tried.asks_for_clicks() => &["click_dims"],
        () => &[],
    };
    for column in OF_CONVERSION.iter().chain(more).copied().chain(customers.then_some("customer_id")) {
        select.expr_as(of(column), column);
    }
    select
        .expr_as(of(scope.column()), "basis_at")
        .expr_as(earned("partner_id"), "earner_id")
        .expr_as(earned("kind"), "kind")
        .expr_as(earned("share_e8"), "part_e8")
        .expr_as(earned("amount_minor"), "amount_minor")
        .expr_as(earned("plan_version_id"), "version_id")
        .from("conversions")
        .inner_join(
            "commissions",
            Expr::col(("commissions", "conversion_id"))
                .equals(("conversions", "id"))
                .and(Expr::col(("commissions", "workspace_id")).equals(("conversions", "workspace_id"))),
        )
        .and_where(of("workspace_id").eq(scope.tenant.id().uuid()))
        .and_where(of("offer_id").eq(scope.offer.uuid()))
        .and_where(of("id").gt(low))
        .and_where(of("id").lte(high))
        .and_where(of(scope.column()).gte(scope.counted_from.millis()))
        .and_where(of(scope.column()).lt(scope.counted_to.millis()))
        .order_by(("conversions", "id"), Order::Asc)
        .order_by(("commissions", "id"), Order::Asc);
    if let Some(ids) = &scope.ids {
        select.and_where(of("id").is_in(ids.iter().map(|id| id.uuid())));
    }
    if let Some((partner, goal)) = scope.only {
        select.and_where(of("partner_id").eq(partner.uuid())).and_where(of("goal_id").eq(goal.uuid()));
    }
    select
}

async fn read(conn: &DatabaseConnection, scope: &Scope, range: Range) -> anyhow::Result<Vec<Past>> {
    let rows = conn.query_all(&question(scope, range)).await?;
    let mut orders = items(conn, scope, range).await?;
    let mut recorded = recorded(conn, scope, range, &orders).await?;
    let mut pasts: Vec<Past> = Vec::with_capacity(rows.len());
    for row in rows {
        let row = Row::from_query_result(&row, "")?;
        if !matches!(row.kind, commission::Kind::Base | commission::Kind::Share) {
            continue;
        }
        let share = Share {
            partner_id: row.earner_id,
            part_e8: row.part_e8,
            amount_minor: row.amount_minor,
            version: row.version_id,
        };
        match pasts.last_mut().filter(|last| last.id == row.id) {
            Some(last) => last.shares.push(share),
            None => {
                let order = orders.remove(&row.id).unwrap_or_default();
                let recorded = recorded.remove(&row.id);
                pasts.extend(row.past(scope, order, share).map(|past| past.seen_then(recorded)));
            }
        }
    }
    Ok(pasts)
}

/// The lines of an order, and what of it is tax and shipping.
#[derive(Default)]
struct Ordered {
    items: Vec<Item>,
    net_minor: i64,
    charges_minor: i64,
}

impl Ordered {
    /// Tax and shipping within the order's value: one that is worth no more than its lines' net values was told net.
    fn deducted(&self, sale_minor: i64) -> i64 {
        (sale_minor - self.net_minor).clamp(0, Ord::max(self.charges_minor, 0))
    }
}

/// What a trace says of the price.
#[derive(Deserialize)]
struct Traced {
    #[serde(default)]
    facts: Facts,
}

/// From what conversions were priced: of all where the plan in force asks for it, else of those with tax or shipping.
async fn recorded(
    conn: &DatabaseConnection,
    scope: &Scope,
    (low, high): Range,
    orders: &HashMap<Id<id::Conversion>, Ordered>,
) -> anyhow::Result<HashMap<Id<id::Conversion>, Box<Facts>>> {
    let mine = trace::Column::WorkspaceId.eq(scope.tenant.id());
    let mine = mine.and(trace::Column::ConversionId.gt(low)).and(trace::Column::ConversionId.lte(high));
    let mut find = trace::Entity::find().filter(mine);
    if let Some(ids) = &scope.ids {
        find = find.filter(trace::Column::ConversionId.is_in(ids.iter().copied()));
    }
    if !scope.reads_traces {
        let charged: Vec<_> = orders.iter().filter(|(_, order)| order.charges_minor > 0).map(|(id, _)| *id).collect();
        if charged.is_empty() {
            return Ok(HashMap::new());
        }
        find = find.filter(trace::Column::ConversionId.is_in(charged));
    }
    let mut facts = HashMap::new();
    for row in find.all(conn).await? {
        let traced: Traced = serde_json::from_str(&row.body)?;
        facts.insert(row.conversion_id, Box::new(traced.facts));
    }
    Ok(facts)
}

async fn items(
    conn: &DatabaseConnection,
    scope: &Scope,
    (low, high): Range,
) -> Result<HashMap<Id<id::Conversion>, Ordered>, DbErr> {
    let within = item::Column::WorkspaceId
        .eq(scope.tenant.id())
        .and(item::Column::ConversionId.gt(low))
        .and(item::Column::ConversionId.lte(high));
    let mut orders: HashMap<_, Ordered> = HashMap::new();
    let mut find = item::Entity::find().filter(within);
    if let Some(ids) = &scope.ids {
        find = find.filter(item::Column::ConversionId.is_in(ids.iter().copied()));
    }
    for row in find.all(conn).await? {
        let order = orders.entry(row.conversion_id).or_default();
        order.items.push(Item { sku: row.sku, category: row.category });
        order.net_minor = order.net_minor.saturating_add(row.net_minor);
        order.charges_minor = order.charges_minor.saturating_add(row.tax_minor).saturating_add(row.shipping_minor);
    }
    Ok(orders)
}

impl Row {
    fn past(self, scope: &Scope, order: Ordered, share: Share) -> Option<Past> {
        // Whoever it was moved to was given what the first partner had.
        let (goal_id, partner_id) = (self.goal_id?, self.moved_from_id.or(self.partner_id)?);
        let wants_time = scope.needs.facts || scope.needs.counts_anything();
        let local = wants_time.then(|| LocalTime::of(self.event_at, &scope.zone));
        let is_tried = self.is_tried(goal_id, &scope.tried);
        Some(Past {
            id: self.id,
            goal_id,
            partner_id,
            event_at: self.event_at,
            in_window: is_tried && self.basis_at.is_some_and(|at| scope.from <= at && at < scope.to),
            is_live: self.status.is_live(),
            sale_minor: self.sale_minor,
            refund_minor: self.refund_minor,
            revenue_minor: self.revenue_minor,
            customer: self.customer_id,
            day: local.map(LocalTime::date),
            facts: self.facts(local, order),
            recorded: None,
            shares: vec![share],
        })
    }

    fn is_tried(&self, goal: Id<id::Goal>, tried: &TriedOnly) -> bool {
        let text = |name: &str| self.click_dims.as_ref().and_then(|dims| dims[name].as_str()).unwrap_or_default();
        let (country, source) = (text("country"), text("source_id"));
        tried.has(&Meant { partner: self.partner_id, goal, country, source })
    }

    fn facts(self, local: Option<LocalTime>, order: Ordered) -> Facts {
        let dims = self.click_dims.unwrap_or_default();
        let text = |name: &str| dims[name].as_str().unwrap_or_default().to_owned();
        let subs = dims["subs"].as_array().into_iter().flatten().zip(1_u8..);
        let told = subs.filter_map(|(sub, number)| Some((number, sub.as_str()?.to_owned())));
        let kind = |is_new| if is_new { CustomerKind::New } else { CustomerKind::Returning };
        Facts {
            group: self.partner_group.filter(|group| !group.is_empty()),
            country: text("country"),
            device: text("device"),
            traffic_type: self.traffic_type.unwrap_or_default(),
            subs: told.filter(|(_, sub)| !sub.is_empty()).collect(),
            source: text("source_id"),
            coupon: self.coupon.as_deref().map(fold),
            customer: self.customer_id.and(self.is_new_customer).map(kind),
            deducted_minor: order.deducted(self.sale_minor),
            items: order.items,
            local,
            ..Facts::default()
        }
    }
}
