//! How conversions look from outside, to each kind of reader.

use kernel::{Currency, Decimal8, Id, Money, Timestamp, id};
use serde::Serialize;

use crate::{
    conversions::{
        Status,
        entity::{commission, conversion, item, movement},
        model::{Action, ActorKind},
        moves::MOVED,
        rates::Said,
    },
    currencies::entity::rate::RateSource,
    identity::{Actor, Role},
    offers::clocks::Clocks,
    plans::shown::RuleShown,
    platform::labels::{Labels, Wanted},
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "cnv_01KAMX4S5T0000000000000000", "status": "pending", "reason": null,
    "advertiser_id": "adv_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "goal_id": "gol_01KAMX4S5T0000000000000000", "goal_kind": "sale", "is_primary": true,
    "partner_id": "prt_01KAMX4S5T0000000000000000", "link_id": "lnk_01KAMX4S5T0000000000000000",
    "attributed_by": "click_id",
    "click_id": "clk_01KAMX4S5T0000000000000000", "order_id": "A-1001", "coupon": null,
    "sale": {"minor": 8000, "currency": "EUR"}, "refunded": {"minor": 0, "currency": "EUR"},
    "payout": {"minor": 800, "currency": "EUR"}, "revenue": {"minor": 1000, "currency": "EUR"},
    "traffic_type": "seo", "click": {"country": "PL", "subs": ["banner"], "source_id": ""},
    "is_new_customer": true, "event_time": "2026-11-22T09:30:00.000Z", "click_time": "2026-11-22T09:00:00.000Z",
    "created_at": "2026-11-22T09:30:00.000Z", "validation_until": null, "lock_at": null, "frozen_at": null,
    "decided_at": null, "locked_at": null, "paid_at": null, "customer_id": null, "advertiser_words": null,
    "trust": "token", "door": "postback", "receipt_id": "rcp_01KAMX4S5T0000000000000000", "adv": []
}))]
pub struct ConversionOut {
    pub id: Id<id::Conversion>,
    pub status: Status,
    /// Stable code of the closed list.
    pub reason: Option<String>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub goal_id: Option<Id<id::Goal>>,
    pub goal_kind: String,
    /// Whether it counts as a conversion; other goals are events.
    pub is_primary: bool,
    pub partner_id: Option<Id<id::Partner>>,
    /// What named the partner: `click_id`, `coupon`, `customer`, `journey` of the tag, or `view`.
    pub attributed_by: Option<String>,
    pub link_id: Option<Id<id::Link>>,
    pub click_id: Option<Id<id::Click>>,
    pub order_id: Option<String>,
    pub coupon: Option<String>,
    /// Order value before refunds.
    pub sale: Money,
    pub refunded: Money,
    /// What the sender stated, where it was in another currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<SaidOut>,
    /// What partners earn now. Not shown to advertisers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payout: Option<Money>,
    /// What the advertiser is charged now. Not shown to partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revenue: Option<Money>,
    pub traffic_type: String,
    /// Country, sub ids and source of the click.
    #[schema(value_type = Object)]
    pub click: serde_json::Value,
    pub is_new_customer: bool,
    pub event_time: Timestamp,
    pub click_time: Option<Timestamp>,
    pub created_at: Timestamp,
    /// Until when the advertiser judges.
    pub validation_until: Option<Timestamp>,
    /// When the hold ends.
    pub lock_at: Option<Timestamp>,
    /// No clock runs while it is set.
    pub frozen_at: Option<Timestamp>,
    pub decided_at: Option<Timestamp>,
    pub locked_at: Option<Timestamp>,
    pub paid_at: Option<Timestamp>,
    /// What the sender said and how far it was believed. Not shown to partners.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// An amount in another currency than the offer's, and what turned it into the offer's.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "amount": "86.60", "currency": "USD", "rate": "0.92378753", "day": "2026-11-20", "source": "ecb"
}))]
pub struct SaidOut {
    /// Decimal text; absent where only a currency was stated.
    pub amount: Option<String>,
    #[schema(value_type = String)]
    pub currency: Currency,
    /// Units of the offer's currency for one, to eight decimals.
    pub rate: Decimal8,
    /// The day of the rate.
    pub day: String,
    pub source: RateSource,
}

impl SaidOut {
    fn of(said: Said) -> Self {
        let Said { amount, currency, used } = said;
        Self { amount, currency, rate: used.rate.rounded(), day: used.day, source: used.source }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Evidence {
    pub receipt_id: Id<id::Receipt>,
    pub customer_id: Option<Id<id::Customer>>,
    /// The advertiser's own word for the state.
    pub advertiser_words: Option<String>,
    pub trust: String,
    pub door: String,
    /// `adv1` to `adv10`.
    #[schema(value_type = Vec<Option<String>>)]
    pub adv: serde_json::Value,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct CommissionOut {
    pub id: Id<id::Commission>,
    pub partner_id: Id<id::Partner>,
    pub kind: commission::Kind,
    /// Of the whole credit, in hundred-millionths.
    pub share_e8: i64,
    pub rule_id: Option<String>,
    pub plan_version_id: Option<Id<id::PlanVersion>>,
    pub amount: Money,
    pub status: Status,
    pub payout_id: Option<Id<id::Payout>>,
    /// Why it earned what it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleShown>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct MoveOut {
    pub id: Id<id::Move>,
    pub action: Action,
    pub actor: ActorKind,
    /// The user; only for staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<Id<id::User>>,
    pub at: Timestamp,
    pub reason: Option<String>,
    /// Plain words; not shown to partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    pub rule_id: Option<String>,
    pub plan_version_id: Option<Id<id::PlanVersion>>,
    /// Of a move from one partner to another; a partner sees its own side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_partner_id: Option<Id<id::Partner>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_partner_id: Option<Id<id::Partner>>,
    pub from_status: Option<Status>,
    pub to_status: Status,
    pub before: Figures,
    pub after: Figures,
}

/// Amounts on one side of a move.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Figures {
    pub sale: Money,
    pub refunded: Money,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revenue: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payout: Option<Money>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ItemOut {
    pub sku: String,
    pub category: Option<String>,
    pub net: Money,
    pub tax: Money,
    pub shipping: Money,
}

/// A conversion with all that happened to it.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "cnv_01KAMX4S5T0000000000000000", "status": "approved", "reason": null,
    "offer_id": "ofr_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000",
    "goal_kind": "sale", "is_primary": true, "order_id": "A-1001", "sale": {"minor": 8000, "currency": "EUR"},
    "payout": {"minor": 800, "currency": "EUR"}, "event_time": "2026-11-22T09:30:00.000Z",
    "lock_at": "2026-12-06T23:00:00.000Z", "clocks": {"hold": {"days": 14, "by": "offer"}}, "commissions": [], "items": [], "moves": []
}))]
pub struct ConversionDetail {
    #[serde(flatten)]
    pub conversion: ConversionOut,
    /// Whose days its clocks run by: why it locks when it does.
    pub clocks: Clocks,
    pub commissions: Vec<CommissionOut>,
    pub items: Vec<ItemOut>,
    /// Oldest first.
    pub moves: Vec<MoveOut>,
    /// Names by id, as beside a list.
    #[serde(default, skip_serializing_if = "Labels::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub labels: Labels,
}

/// What a reader may see.
#[derive(Clone, Copy)]
pub(super) struct Sight {
    partner: bool,
    advertiser: bool,
    /// Whose the reader is.
    own: Option<Id<id::Partner>>,
}

impl Sight {
    pub fn of(actor: &Actor) -> Self {
        Self { partner: actor.role == Role::Partner, advertiser: actor.role == Role::Advertiser, own: actor.partner }
    }
}

impl Sight {
    fn may_name(self, partner: Id<id::Partner>) -> bool {
        !self.partner || self.own == Some(partner)
    }

    /// As a partner sees the moves of a conversion from which others earn too.
    pub const fn without_earnings(self) -> Self {
        Self { advertiser: self.advertiser || self.partner, ..self }
    }
}

/// The rows that conversions speak of, as far as the reader may know them.
pub(super) fn names(items: &[ConversionOut], sight: Sight) -> Wanted {
    let advertisers = items.iter().filter_map(|item| item.advertiser_id).filter(|_| !sight.partner);
    Wanted::default()
        .with(items.iter().filter_map(|item| item.offer_id))
        .with(items.iter().filter_map(|item| item.goal_id))
        .with(items.iter().filter_map(|item| item.partner_id))
        .with(items.iter().filter_map(|item| item.link_id))
        .with(advertisers)
}

/// `own_minor` is what the reading partner earns from it. Where another partner is credited, the reader sees its own share
/// and nothing of the other's link and click.
pub(super) fn conversion(row: conversion::Model, sight: Sight, own_minor: Option<i64>) -> ConversionOut {
    let shared = sight.partner && (row.partner_id != sight.own || row.attributed_by.as_deref() == Some(MOVED));
    let row = if shared { without_source(row, sight) } else { row };
    let payout_minor = if sight.partner { own_minor.unwrap_or_default() } else { row.payout_minor };
    let currency = row.currency();
    let money = |minor| Money::new(minor, currency);
    let evidence = (!sight.partner).then(|| Evidence {
        receipt_id: row.receipt_id,
        customer_id: row.customer_id,
        advertiser_words: row.advertiser_words.clone(),
        trust: row.trust.clone(),
        door: row.door.clone(),
        adv: row.adv.clone(),
    });
    ConversionOut {
        id: row.id,
        status: row.status,
        reason: row.reason,
        advertiser_id: row.advertiser_id,
        offer_id: row.offer_id,
        goal_id: row.goal_id,
        goal_kind: row.goal_kind,
        is_primary: row.is_primary,
        partner_id: row.partner_id,
        attributed_by: row.attributed_by,
        link_id: row.link_id,
        click_id: row.click_id,
        order_id: row.order_id,
        coupon: row.coupon,
        sale: money(row.sale_minor),
        refunded: money(row.refund_minor),
        said: row.rates.said.map(SaidOut::of),
        payout: (!sight.advertiser).then(|| money(payout_minor)),
        revenue: (!sight.partner).then(|| money(row.revenue_minor)),
        traffic_type: row.traffic_type,
        click: row.click_dims,
        is_new_customer: row.is_new_customer,
        event_time: row.event_at,
        click_time: row.click_at,
        created_at: row.created_at,
        validation_until: row.validation_until,
        lock_at: row.lock_at,
        frozen_at: row.frozen_at,
        decided_at: row.decided_at,
        locked_at: row.locked_at,
        paid_at: row.paid_at,
        evidence,
    }
}

fn without_source(row: conversion::Model, sight: Sight) -> conversion::Model {
    conversion::Model {
        partner_id: sight.own,
        attributed_by: None,
        link_id: None,
        click_id: None,
        click_at: None,
        coupon: None,
        traffic_type: String::new(),
        click_dims: serde_json::json!({}),
        ..row
    }
}

pub(super) fn commission(row: commission::Model, currency: Currency) -> CommissionOut {
    CommissionOut {
        id: row.id,
        partner_id: row.partner_id,
        kind: row.kind,
        share_e8: row.share_e8,
        rule_id: row.rule_id,
        plan_version_id: row.plan_version_id,
        amount: Money::new(row.amount_minor, currency),
        status: row.status,
        payout_id: row.payout_id,
        rule: None,
    }
}

pub(super) fn movement(row: movement::Model, currency: Currency, sight: Sight) -> MoveOut {
    let money = |minor| Money::new(minor, currency);
    let figures = |sale, refund, revenue, payout| Figures {
        sale: money(sale),
        refunded: money(refund),
        revenue: (!sight.partner).then(|| money(revenue)),
        payout: (!sight.advertiser).then(|| money(payout)),
    };
    let by_user = row.actor_kind == ActorKind::User && !sight.partner && !sight.advertiser;
    MoveOut {
        id: row.id,
        action: row.action,
        actor: row.actor_kind,
        user_id: row.actor_id.filter(|_| by_user).map(Id::from_uuid),
        at: row.at,
        reason: row.reason,
        words: row.words.filter(|_| !sight.partner),
        rule_id: row.rule_id,
        plan_version_id: row.plan_version_id,
        from_partner_id: row.from_partner_id.filter(|partner| sight.may_name(*partner)),
        to_partner_id: row.to_partner_id.filter(|partner| sight.may_name(*partner)),
        from_status: row.from_status,
        to_status: row.to_status,
        before: figures(
            row.sale_before_minor,
            row.refund_before_minor,
            row.revenue_before_minor,
            row.payout_before_minor,
        ),
        after: figures(row.sale_after_minor, row.refund_after_minor, row.revenue_after_minor, row.payout_after_minor),
    }
}

pub(super) fn item(row: item::Model, currency: Currency) -> ItemOut {
    let money = |minor| Money::new(minor, currency);
    ItemOut {
        sku: row.sku,
        category: row.category,
        net: money(row.net_minor),
        tax: money(row.tax_minor),
        shipping: money(row.shipping_minor),
    }
}
