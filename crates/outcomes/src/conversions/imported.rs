//! Conversions that another system took in and did not settle: they come as that system left them, with its amounts.
//!
//! They are priced by no plan; from here on they move like every other conversion. The advertiser's later postback finds
//! them by click or by order.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use events::{
    ClickFacts,
    record::{Door, Trust},
};
use kernel::{Ambient, Currency, Decimal8, Id, Tenant, Timestamp, id, reason::ConversionReason as Reason};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, QueryFilter as _,
    prelude::Uuid,
};
use serde_json::json;

use super::{
    entity::{commission, conversion, receipt},
    model::{Action, ActorKind, Mover, Status},
    moves::{self, Holding, Order, Worksheet},
    rates::RatesUsed,
    rules::{claim::ADV_FIELDS, known, terms::Terms},
};
use crate::{
    currencies,
    offers::{clocks::Clocks, terms::AttributionStep},
    partners::model as partner,
    platform::bulk::insert_all,
};

/// A conversion as its row in an export says it.
#[derive(Clone, Debug)]
pub struct Brought {
    /// The row, by the names of its columns.
    pub params: Vec<(String, String)>,
    pub offer: Id<id::Offer>,
    pub partner: Id<id::Partner>,
    /// Name or id of a goal, `tune:2` too; the primary goal where absent, and the only one whatever it is called.
    pub goal: Option<String>,
    pub click: Option<Arc<ClickFacts>>,
    pub order_id: Option<String>,
    pub status: Status,
    pub currency: Currency,
    pub sale_minor: i64,
    pub payout_minor: i64,
    pub revenue_minor: i64,
    pub event_at: Timestamp,
}

/// Takes conversions in, in the caller's transaction: each with its hold in the book, or the reason why not.
pub async fn take(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ambient: &Ambient,
    brought: Vec<Brought>,
) -> anyhow::Result<Vec<Result<Id<id::Conversion>, Reason>>> {
    let mut sheet = moves::open(conn, tenant, ambient).await?;
    let offers: Vec<_> = brought.iter().map(|one| one.offer).collect();
    moves::load_terms(conn, &mut sheet, &offers).await?;
    sheet.caps.load_counters(conn, tenant, brought.iter().map(|one| one.event_at)).await?;
    let named = brought.iter().map(|one| one.currency).chain([sheet.reporting]).collect();
    let days = brought.iter().map(|one| one.event_at.local_day(&sheet.zone)).collect();
    sheet.rates = currencies::store::rates(conn, tenant, &named, &days).await?;
    let partners = partners_of(conn, tenant, &brought).await?;
    let mut taken = taken_keys(conn, &sheet, &brought).await?;
    let (mut receipts, mut outcomes) = (Vec::new(), Vec::new());
    for one in brought {
        let outcome = keys_of(&sheet, &one).and_then(|keys| {
            let free = keys.each().all(|key| !taken.contains(&key));
            let partner = partners.get(&one.partner).filter(|_| free);
            partner.map(|partner| (keys, partner)).ok_or(Reason::DuplicateOrder)
        });
        outcomes.push(outcome.map(|(keys, partner)| {
            taken.extend(keys.each());
            let row = receipt_of(&sheet, &one);
            let holding = holding(&sheet, &one, &row, keys, partner);
            let id = holding.conversion.id;
            let order = Order {
                action: Action::Receive,
                amount_minor: None,
                reason: None,
                words: None,
                mover: Mover { kind: ActorKind::Receipt, id: Some(row.id.uuid()) },
                at: sheet.now(),
            };
            sheet.receive(holding, &order);
            receipts.push(receipt::Model { conversion_id: Some(id), ..row });
            id
        }));
    }
    insert_all(conn, receipts.into_iter().map(|row| row.into_active_model())).await?;
    sheet.write(conn).await?;
    Ok(outcomes)
}

/// By what later receipts find the conversion.
#[derive(Clone, Copy)]
struct Keys {
    goal: Id<id::Goal>,
    order: Option<Uuid>,
    click_goal: Option<Uuid>,
}

impl Keys {
    fn each(&self) -> impl Iterator<Item = Uuid> + use<> {
        self.order.into_iter().chain(self.click_goal)
    }
}

fn keys_of(sheet: &Worksheet, one: &Brought) -> Result<Keys, Reason> {
    let terms: &Terms = sheet.terms.get(&one.offer).ok_or(Reason::NoAttribution)?;
    let only = terms.goals.first().filter(|_| terms.goals.len() == 1);
    let goal = terms.goal(one.goal.as_deref()).or(only).ok_or(Reason::GoalUnknown)?.id;
    if one.currency != terms.currency() {
        return Err(Reason::BadCurrency);
    }
    let order = one.order_id.as_deref().map(|order| known::order_key(terms.advertiser.id, goal, order));
    let click = one.click.as_ref().filter(|_| !terms.offer.many_per_click);
    let click_goal = click.map(|click| known::click_goal_key(click.click_id, goal));
    Ok(Keys { goal, order, click_goal })
}

async fn taken_keys(
    conn: &impl ConnectionTrait,
    sheet: &Worksheet,
    brought: &[Brought],
) -> anyhow::Result<HashSet<Uuid>> {
    let keys: Vec<_> = brought.iter().filter_map(|one| keys_of(sheet, one).ok()).collect();
    let mut taken = HashSet::new();
    for chunk in keys.chunks(moves::IDS_PER_QUERY) {
        for (column, wanted) in [
            (conversion::Column::OrderKey, chunk.iter().filter_map(|keys| keys.order).collect::<Vec<_>>()),
            (conversion::Column::ClickGoalKey, chunk.iter().filter_map(|keys| keys.click_goal).collect()),
        ] {
            let same = conversion::Column::WorkspaceId.eq(sheet.tenant.id()).and(column.is_in(wanted));
            let rows = conversion::Entity::find().filter(same).all(conn).await?;
            taken.extend(rows.iter().flat_map(|row| row.order_key.into_iter().chain(row.click_goal_key)));
        }
    }
    Ok(taken)
}

async fn partners_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    brought: &[Brought],
) -> anyhow::Result<HashMap<Id<id::Partner>, partner::Model>> {
    let ids: HashSet<_> = brought.iter().map(|one| one.partner).collect();
    let mine = partner::Column::WorkspaceId.eq(tenant.id()).and(partner::Column::Id.is_in(ids));
    let rows = partner::Entity::find().filter(mine).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

fn receipt_of(sheet: &Worksheet, one: &Brought) -> receipt::Model {
    let now = sheet.now();
    receipt::Model {
        id: sheet.ambient().new_id(),
        workspace_id: sheet.tenant.id(),
        advertiser_id: sheet.terms.get(&one.offer).map(|terms| terms.advertiser.id),
        conversion_id: None,
        same_as: None,
        content_key: None,
        door: Door::Csv.code().to_owned(),
        trust: Trust::ApiKey.code().to_owned(),
        remote_ip: String::new(),
        params: serde_json::to_value(&one.params).expect("pairs of texts"),
        raw: Vec::new(),
        arrived_at: now,
        decided_at: now,
        http_status: 200,
        status: one.status.code().to_owned(),
        reason: None,
        message: "moved in from another system".to_owned(),
        is_test: false,
    }
}

fn holding(
    sheet: &Worksheet,
    one: &Brought,
    receipt: &receipt::Model,
    keys: Keys,
    partner: &partner::Model,
) -> Holding {
    let (terms, click, now) = (&sheet.terms[&one.offer], one.click.as_deref(), sheet.now());
    let goal = terms.goals.iter().find(|goal| goal.id == keys.goal).expect("a goal of these terms");
    let conversion = conversion::Model {
        id: sheet.ambient().new_id(),
        workspace_id: sheet.tenant.id(),
        receipt_id: receipt.id,
        advertiser_id: Some(terms.advertiser.id),
        offer_id: Some(one.offer),
        goal_id: Some(keys.goal),
        partner_id: Some(one.partner),
        attributed_by: click.map(|_| AttributionStep::ClickId.code().to_owned()),
        link_id: click.and_then(|click| click.link),
        landing_id: None,
        manager_id: partner.manager_id,
        click_id: click.map(|click| click.click_id),
        customer_id: None,
        order_key: keys.order,
        click_goal_key: keys.click_goal,
        customer_goal_key: None,
        plan_version_id: None,
        goal_kind: super::decider::text_of(&goal.kind),
        partner_group: partner.partner_group.clone().unwrap_or_default(),
        vertical: terms.offer.vertical.clone(),
        traffic_type: click.map_or_else(String::new, |click| click.traffic_type.clone()),
        order_id: one.order_id.clone(),
        coupon: None,
        advertiser_words: None,
        is_primary: goal.is_primary,
        is_new_customer: false,
        door: receipt.door.clone(),
        trust: receipt.trust.clone(),
        status: one.status,
        status_before: None,
        reason: None,
        currency: one.currency.code().to_owned(),
        reporting_currency: sheet.reporting.code().to_owned(),
        rate_e8: 0,
        sale_minor: one.sale_minor,
        refund_minor: 0,
        revenue_full_minor: one.revenue_minor,
        revenue_minor: 0,
        payout_minor: 0,
        reporting_sale_minor: None,
        reporting_revenue_minor: None,
        reporting_payout_minor: None,
        event_at: one.event_at,
        created_at: now,
        updated_at: now,
        click_at: click.map(|click| click.at),
        validation_until: None,
        lock_at: None,
        frozen_at: None,
        rates: RatesUsed::default(),
        clocks: Clocks::default(),
        moved_from_id: None,
        decided_at: (one.status != Status::Pending).then_some(now),
        locked_at: None,
        paid_at: None,
        click_dims: click.map_or_else(|| json!({}), super::decider::dims_of),
        adv: json!(<[Option<String>; ADV_FIELDS]>::default()),
    };
    Holding { commissions: vec![commission(sheet, one, &conversion)], conversion }
}

fn commission(sheet: &Worksheet, one: &Brought, conversion: &conversion::Model) -> commission::Model {
    commission::Model {
        id: sheet.ambient().new_id(),
        workspace_id: sheet.tenant.id(),
        conversion_id: conversion.id,
        partner_id: one.partner,
        manager_id: conversion.manager_id,
        partner_group: conversion.partner_group.clone(),
        kind: commission::Kind::Base,
        share_e8: Decimal8::ONE.raw(),
        rule_id: None,
        plan_version_id: None,
        currency: conversion.currency.clone(),
        full_minor: one.payout_minor,
        amount_minor: 0,
        status: one.status,
        payout_id: None,
        created_at: conversion.created_at,
    }
}
