//! One move of one conversion, in memory.

use kernel::{Ambient, Refusal, RefusalCode, Timestamp};

use super::{Holding, Order, Worksheet};
use crate::{
    attribution::rules::pay,
    conversions::{
        entity::{conversion, movement},
        model::{Action, Status, next_status},
        rules::{amounts, known, price, terms::Terms},
    },
    offers::clocks::{Clock, ClockBy, Clocks},
    partners::model::Model as Partner,
    plans::rules::PriceCase,
};

/// What named the partner of a conversion that a person moved.
pub const MOVED: &str = "moved";

/// A refund of all that is left is a reversal, and before the approval a rejection.
pub(super) fn whole_or_part(conversion: &conversion::Model, order: &Order) -> Order {
    let left_minor = conversion.sale_minor - conversion.refund_minor;
    let whole = order.action == Action::Refund && order.amount_minor == Some(left_minor) && left_minor > 0;
    let action = match (whole, conversion.status) {
        (true, Status::Pending) => Action::Reject,
        (true, _) => Action::Reverse,
        (false, _) => order.action,
    };
    Order { action, ..order.clone() }
}

impl Worksheet {
    /// The conversion after the move.
    pub(super) fn step(&self, before: &Holding, order: &Order) -> Result<Holding, Refusal> {
        let old = &before.conversion;
        let status = next_status(old.status, order.action, old.status_before)?;
        let mut after = before.clone();
        match order.action {
            Action::Refund => refund(&mut after.conversion, order)?,
            Action::Reprice => self.reprice(&mut after, order)?,
            Action::Reinstate | Action::Reopen => take_keys(&mut after.conversion)?,
            Action::Freeze => freeze(&mut after.conversion, order)?,
            Action::Reassign => return Err(Refusal::new(RefusalCode::IllegalMove, "another partner must be named")),
            Action::Unfreeze => self.unfreeze(&mut after.conversion, order)?,
            _ => {}
        }
        if order.action == Action::Unpay {
            after.commissions.iter_mut().for_each(|commission| commission.status = status);
        }
        after.conversion.status = status;
        if matches!(status, Status::Rejected | Status::Reversed) {
            // Nothing is withheld any more; a freeze that stayed would hold it for ever if it came back.
            after.conversion.frozen_at = None;
        }
        stamp(&mut after.conversion, old.status, order);
        self.set_clocks(&mut after.conversion, old.status, order.at);
        revalue(&mut after);
        Ok(after)
    }

    fn reprice(&self, after: &mut Holding, order: &Order) -> Result<(), Refusal> {
        let Holding { conversion: row, commissions } = after;
        let (Some(offer), Some(goal), Some(partner), Some(sale_minor)) =
            (row.offer_id, row.goal_id, row.partner_id, order.amount_minor)
        else {
            return Err(out_of_range("a conversion without offer, goal and partner has no price"));
        };
        if !(row.refund_minor..=amounts::SALE_MINOR_MAX).contains(&sale_minor) {
            return Err(out_of_range("the order's value is negative, too large, or less than was refunded already"));
        }
        let terms = self.terms.get(&offer).ok_or_else(|| Refusal::not_found("offer"))?;
        let facts = self.priced_by.get(&row.id).cloned().unwrap_or_default();
        let mut case = PriceCase { facts, ..PriceCase::plain(goal, partner, sale_minor) };
        let price = price::price(terms, &mut case, row.event_at)
            .map_err(|_| out_of_range("the price of this order does not fit an amount"))?;
        row.sale_minor = sale_minor;
        row.revenue_full_minor = price.revenue.minor;
        row.plan_version_id = price.revenue.version;
        let parts: Vec<_> = commissions.iter().map(|commission| commission.share_e8).collect();
        for (commission, full_minor) in commissions.iter_mut().zip(pay::split(price.earnings.minor, &parts)) {
            commission.full_minor = full_minor;
            commission.plan_version_id = price.earnings.version;
            commission.rule_id = price.earnings.rule.map(|rule| rule.to_string());
        }
        Ok(())
    }

    /// Starts the clock of the state that was entered at `at` and stops those of the state it left.
    pub(super) fn set_clocks(&self, row: &mut conversion::Model, from: Status, at: Timestamp) {
        let terms = row.offer_id.and_then(|offer| self.terms.get(&offer));
        let of_offer = |terms: &Terms| self.clocks.decide(&terms.offer, row.goal_id, &row.partner_group);
        let none = Clock { days: 0, by: ClockBy::Offer };
        let (validation, hold) = terms.map_or((none, none), of_offer);
        let local_day_after = |days| at.start_of_local_day_after(i64::from(days), &self.zone);
        let hold_goes_on = from == Status::Reversed && row.lock_at.is_some();
        match row.status {
            status if status == from || hold_goes_on => {}
            Status::Pending => {
                row.validation_until = (validation.days > 0).then(|| local_day_after(validation.days));
                row.lock_at = None;
                row.clocks = Clocks { validation: Some(validation), hold: None };
            }
            Status::Approved => {
                (row.validation_until, row.lock_at) = (None, Some(local_day_after(hold.days)));
                row.clocks.hold = Some(hold);
            }
            Status::Rejected => (row.validation_until, row.lock_at) = (None, None),
            _ => {}
        }
    }
}

impl Worksheet {
    /// The clocks go on: they end as many local days later as they stood still.
    fn unfreeze(&self, row: &mut conversion::Model, order: &Order) -> Result<(), Refusal> {
        let Some(frozen_at) = row.frozen_at.take() else {
            return Err(Refusal::new(RefusalCode::IllegalMove, "the conversion is not frozen"));
        };
        // A clock that began while it was frozen has stood still since then.
        let began_at = row.decided_at.filter(|_| row.status == Status::Approved).unwrap_or(row.created_at);
        let days_still = order.at.local_day(&self.zone).since(frozen_at.max(began_at).local_day(&self.zone));
        let days = days_still.map_or(0, |span| i64::from(span.get_days())).max(0);
        let later = |end: Timestamp| end.start_of_local_day_after(days, &self.zone);
        (row.validation_until, row.lock_at) = (row.validation_until.map(later), row.lock_at.map(later));
        Ok(())
    }
}

fn freeze(row: &mut conversion::Model, order: &Order) -> Result<(), Refusal> {
    if row.frozen_at.is_some() {
        return Err(Refusal::new(RefusalCode::IllegalMove, "the conversion is frozen already"));
    }
    row.frozen_at = Some(order.at);
    Ok(())
}

/// The conversion once it is another partner's. Money that was on its way or paid is the first partner's debt then, and
/// payable to the other.
pub(super) fn reassigned(before: &Holding, order: &Order, to: &Partner) -> Result<Holding, Refusal> {
    let old = &before.conversion;
    let status = next_status(old.status, order.action, None)?;
    let from = old.partner_id.filter(|partner| *partner != to.id);
    let from = from.ok_or_else(|| Refusal::new(RefusalCode::IllegalMove, "it is this partner's, or nobody's"))?;
    let mut after = before.clone();
    let row = &mut after.conversion;
    row.partner_id = Some(to.id);
    row.manager_id = to.manager_id;
    row.partner_group = to.partner_group.clone().unwrap_or_default();
    row.attributed_by = Some(MOVED.to_owned());
    // The link is the first partner's.
    row.link_id = None;
    row.moved_from_id = row.moved_from_id.or(Some(from));
    row.status = status;
    row.paid_at = row.paid_at.filter(|_| status == old.status);
    row.updated_at = order.at;
    for commission in after.commissions.iter_mut().filter(|commission| commission.partner_id == from) {
        commission.partner_id = to.id;
        commission.manager_id = to.manager_id;
        commission.partner_group = to.partner_group.clone().unwrap_or_default();
        commission.payout_id = None;
        commission.status = status;
    }
    revalue(&mut after);
    Ok(after)
}

fn refund(row: &mut conversion::Model, order: &Order) -> Result<(), Refusal> {
    let part = order.amount_minor.unwrap_or_default();
    let refund_minor = amounts::refund_after(row.sale_minor, row.refund_minor, part);
    row.refund_minor = refund_minor
        .map_err(|_| out_of_range("a refund is above nought and at most what is left of the order's value"))?;
    Ok(())
}

/// A conversion that a rule had refused takes the keys that only accepted ones hold.
fn take_keys(row: &mut conversion::Model) -> Result<(), Refusal> {
    let (Some(advertiser), Some(goal), Some(_)) = (row.advertiser_id, row.goal_id, row.partner_id) else {
        let message = "nobody is known to have earned this conversion, so it cannot be reinstated";
        return Err(Refusal::new(RefusalCode::IllegalMove, message));
    };
    if let Some(order) = row.order_id.as_deref() {
        row.order_key = Some(known::order_key(advertiser, goal, order));
    }
    if row.order_key.is_none() && row.click_goal_key.is_none() {
        row.click_goal_key = row.click_id.map(|click| known::click_goal_key(click, goal));
    }
    Ok(())
}

fn stamp(row: &mut conversion::Model, from: Status, order: &Order) {
    let at = Some(order.at);
    row.updated_at = order.at;
    match order.action {
        Action::Approve | Action::Reject | Action::Reverse | Action::Reinstate => row.decided_at = at,
        Action::Lock => row.locked_at = at,
        Action::Pay => row.paid_at = at,
        Action::Unpay => row.paid_at = None,
        Action::Reopen => row.decided_at = None,
        Action::Receive | Action::Refund | Action::Reprice => {}
        Action::Freeze | Action::Unfreeze | Action::Reassign => {}
    }
    match order.action {
        Action::Reverse => row.status_before = Some(from),
        Action::Reinstate => row.status_before = None,
        _ => {}
    }
    match order.action {
        Action::Reject | Action::Reverse => row.reason = order.reason.map(|reason| reason.code().to_owned()),
        Action::Approve | Action::Reinstate | Action::Reopen => row.reason = None,
        _ => {}
    }
}

/// Values the conversion and its commissions anew from their whole worth, status and refunds.
pub(super) fn revalue(holding: &mut Holding) {
    let Holding { conversion: row, commissions } = holding;
    let live = row.status.is_live();
    let (sale, refund) = (row.sale_minor, row.refund_minor);
    let left = |full| if live { amounts::left_after_refund(full, sale, refund) } else { 0 };
    row.revenue_minor = left(row.revenue_full_minor);
    let fulls: Vec<_> = commissions.iter().map(|commission| commission.full_minor).collect();
    let amounts = pay::split(left(fulls.iter().sum()), &fulls);
    for (commission, amount_minor) in commissions.iter_mut().zip(amounts) {
        commission.amount_minor = amount_minor;
        let was_paid_before_others = commission.status == Status::Paid && row.status == Status::Locked;
        commission.status = if was_paid_before_others { Status::Paid } else { row.status };
    }
    row.payout_minor = commissions.iter().map(|commission| commission.amount_minor).sum();
    row.rate_e8 = row.reporting_rate_e8();
    row.reporting_sale_minor = row.in_reporting(row.sale_minor);
    row.reporting_revenue_minor = row.in_reporting(row.revenue_minor);
    row.reporting_payout_minor = row.in_reporting(row.payout_minor);
}

pub(super) fn movement(
    ambient: &Ambient,
    now: Timestamp,
    before: Option<&Holding>,
    after: &Holding,
    order: &Order,
) -> movement::Model {
    let row = &after.conversion;
    let old = before.map(|before| &before.conversion);
    let base = after.commissions.first();
    movement::Model {
        id: ambient.new_id(),
        workspace_id: row.workspace_id,
        conversion_id: row.id,
        action: order.action,
        actor_kind: order.mover.kind,
        actor_id: order.mover.id,
        at: now,
        reason: order.reason.map(|reason| reason.code().to_owned()),
        words: order.words.clone(),
        rule_id: base.and_then(|base| base.rule_id.clone()),
        plan_version_id: base.and_then(|base| base.plan_version_id),
        from_partner_id: None,
        to_partner_id: None,
        from_status: old.map(|old| old.status),
        to_status: row.status,
        sale_before_minor: old.map_or(0, |old| old.sale_minor),
        refund_before_minor: old.map_or(0, |old| old.refund_minor),
        revenue_before_minor: old.map_or(0, |old| old.revenue_minor),
        payout_before_minor: old.map_or(0, |old| old.payout_minor),
        sale_after_minor: row.sale_minor,
        refund_after_minor: row.refund_minor,
        revenue_after_minor: row.revenue_minor,
        payout_after_minor: row.payout_minor,
    }
}

fn out_of_range(message: &str) -> Refusal {
    Refusal::new(RefusalCode::AmountOutOfRange, message)
}
