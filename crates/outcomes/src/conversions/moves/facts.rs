//! What a move tells the reports: the state before and the state after.

use events::{ConversionMove, FactShare, FactState, fact::Amounts};
use kernel::{Id, Timestamp, id};
use serde::{Deserialize, Serialize};

use super::Holding;
use crate::conversions::{entity::conversion, model::Status};

/// The payload of `conversion_moved`; the outbox adds workspace and sequence.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moved {
    pub conversion: Id<id::Conversion>,
    pub recorded_at: Timestamp,
    pub before: Option<FactState>,
    pub after: Option<FactState>,
}

impl Moved {
    pub(super) fn new(now: Timestamp, before: Option<&Holding>, after: &Holding) -> Self {
        Self { conversion: after.conversion.id, recorded_at: now, before: before.map(state), after: Some(state(after)) }
    }

    pub fn into_fact(self, workspace: Id<id::Workspace>, seq: u64) -> ConversionMove {
        let Self { conversion, recorded_at, before, after } = self;
        ConversionMove { seq, workspace, conversion_id: conversion, recorded_at, before, after }
    }
}

/// The amounts in the reporting currency; nothing where no rate is known.
fn reported(row: &conversion::Model, amounts: Amounts) -> Option<Amounts> {
    let Amounts { sale, revenue, payout, refund, collected } = amounts;
    Some(Amounts {
        sale: row.in_reporting(sale)?,
        revenue: row.in_reporting(revenue)?,
        payout: row.in_reporting(payout)?,
        refund: row.in_reporting(refund)?,
        collected: row.in_reporting(collected)?,
    })
}

/// A conversion as reports see it. A reversed one counts its whole order as refunded.
fn state(holding: &Holding) -> FactState {
    let row = &holding.conversion;
    let refund = if row.status == Status::Reversed { row.sale_minor } else { row.refund_minor };
    let amounts = Amounts {
        sale: row.sale_minor - refund,
        revenue: row.revenue_minor,
        payout: row.payout_minor,
        refund,
        collected: 0,
    };
    let others = holding.commissions.iter().filter(|commission| Some(commission.partner_id) != row.partner_id);
    let shares = others.map(|other| FactShare {
        partner: other.partner_id,
        manager: other.manager_id,
        partner_group: other.partner_group.clone(),
        payout: other.amount_minor,
    });
    let shares = shares.collect();
    let reporting_currency = row.reporting_currency.parse().unwrap_or_else(|_| row.currency());
    FactState {
        advertiser: row.advertiser_id,
        offer: row.offer_id,
        partner: row.partner_id,
        goal: row.goal_id,
        goal_kind: row.goal_kind.clone(),
        is_primary: row.is_primary,
        click_id: row.click_id,
        link: row.link_id,
        landing: row.landing_id,
        manager: row.manager_id,
        partner_group: row.partner_group.clone(),
        vertical: row.vertical.clone(),
        traffic_type: row.traffic_type.clone(),
        customer: row.customer_id,
        is_new_customer: row.is_new_customer,
        event_time: row.event_at,
        click_time: row.click_at,
        decided_time: row.decided_at,
        paid_time: row.paid_at,
        status: row.status.code().to_owned(),
        reason: row.reason.clone().unwrap_or_default(),
        currency: row.currency(),
        amounts,
        shares,
        attributed_by: row.attributed_by.clone().unwrap_or_default(),
        trust: row.trust.clone(),
        reporting_currency,
        reporting_amounts: reported(row, amounts),
        rate_e8: row.rate_e8,
    }
}
