//! What a move says in the book.

use kernel::{Currency, Id, Money};
use ledger::{Account, Earning, Entry, Owner, Stage, Stamp, entries};

use super::{Holding, Order, Worksheet};
use crate::conversions::{
    entity::commission,
    model::{Action, Status},
};

/// What one commission is worth, and what is charged with it.
#[derive(Clone, Copy, Default)]
struct Worth {
    payout_minor: i64,
    revenue_minor: i64,
}

impl Worth {
    /// The revenue goes with the first commission.
    fn of(holding: &Holding, index: usize) -> Self {
        let payout_minor = holding.commissions.get(index).map_or(0, |commission| commission.amount_minor);
        let revenue_minor = if index == 0 { holding.conversion.revenue_minor } else { 0 };
        Self { payout_minor, revenue_minor }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            payout_minor: self.payout_minor - other.payout_minor,
            revenue_minor: self.revenue_minor - other.revenue_minor,
        }
    }
}

/// One commission over a move.
struct Change<'a> {
    commission: &'a commission::Model,
    from: Status,
    old: Worth,
    new: Worth,
}

impl Worksheet {
    /// Notes the entries of a move, one a commission.
    pub(super) fn enter(&mut self, before: Option<&Holding>, after: &Holding, order: &Order) {
        if let (Some(before), Action::Reassign) = (before, order.action) {
            return self.enter_reassigned(before, after, order);
        }
        let from = before.map_or(Status::Received, |before| before.conversion.status);
        for (index, commission) in after.commissions.iter().enumerate() {
            let old = before.map_or_else(Worth::default, |before| Worth::of(before, index));
            let change = Change { commission, from, old, new: Worth::of(after, index) };
            let entry = self.entry(after, &change, order.action);
            let Some(entry) = entry.filter(|entry| !entry.postings.is_empty()) else { continue };
            self.settle_standings(&entry);
            let note = order.reason.map_or(order.action.code(), |reason| reason.code());
            self.entries.push(entry.with_note(note));
        }
    }

    fn entry(&self, after: &Holding, change: &Change<'_>, action: Action) -> Option<Entry> {
        let row = &after.conversion;
        let currency = row.currency();
        let Change { commission, from, old, new } = *change;
        let earning = |worth: Worth| earning(after, commission, worth);
        let stamp = Stamp { id: self.ambient.new_id(), at: self.now };
        let stage = |status| self.stage(status, commission, currency);
        let entry = match (action, row.status) {
            (Action::Receive, Status::Approved) => entries::approve_at_once(stamp, &earning(new)),
            (Action::Receive | Action::Reopen, Status::Pending) => entries::hold(stamp, &earning(new)),
            (Action::Approve, _) => entries::approve(stamp, &earning(old)),
            (Action::Reject, _) => entries::release(stamp, &earning(old)),
            (Action::Lock, _) => entries::lock(stamp, &earning(new)),
            (Action::Reverse, _) => entries::reverse(stamp, &earning(old), stage(from)),
            // Of a split commission one share may rise by a unit while their sum falls.
            (Action::Refund, _) if new.payout_minor > old.payout_minor => {
                entries::reprice(stamp, &earning(new.minus(old)), stage(from))
            }
            (Action::Refund, _) => entries::reverse(stamp, &earning(old.minus(new)), stage(from)),
            (Action::Reinstate, status) => entries::reinstate(stamp, &earning(new), stage(status)),
            (Action::Reprice, _) => entries::reprice(stamp, &earning(new.minus(old)), stage(from)),
            _ => return None,
        };
        Some(entry)
    }

    /// What one partner had goes to another; what the advertiser owes stays as it is.
    fn enter_reassigned(&mut self, before: &Holding, after: &Holding, order: &Order) {
        let currency = after.conversion.currency();
        for (old, new) in before.commissions.iter().zip(&after.commissions) {
            if old.partner_id == new.partner_id {
                continue;
            }
            let worth =
                |commission: &commission::Model| Worth { payout_minor: commission.amount_minor, revenue_minor: 0 };
            let from = (&earning(before, old, worth(old)), self.stage(before.conversion.status, old, currency));
            let to = (&earning(after, new, worth(new)), self.stage(after.conversion.status, new, currency));
            let entry = entries::reassign(Stamp { id: self.ambient.new_id(), at: self.now }, from, to);
            if entry.postings.is_empty() {
                continue;
            }
            self.settle_standings(&entry);
            let note = order.reason.map_or(order.action.code(), |reason| reason.code());
            self.entries.push(entry.with_note(note));
        }
    }

    fn stage(&self, status: Status, commission: &commission::Model, currency: Currency) -> Stage {
        let standing = self.standings.get(&(commission.partner_id, currency)).copied().unwrap_or_default();
        match status {
            Status::Locked | Status::Paid if commission.payout_id.is_some() => Stage::Sent(standing),
            Status::Locked | Status::Paid => Stage::Locked(standing),
            Status::Approved => Stage::Approved,
            _ => Stage::Pending,
        }
    }

    /// Later entries of the same transaction must see what this one leaves to the partners.
    fn settle_standings(&mut self, entry: &Entry) {
        for posting in &entry.postings {
            let Owner::Partner(partner) = posting.owner else { continue };
            let standing = self.standings.entry((partner, posting.currency)).or_default();
            match posting.account {
                Account::PartnerPayable => standing.payable_minor += posting.credit - posting.debit,
                Account::PartnerDebt => standing.debt_minor += posting.debit - posting.credit,
                _ => {}
            }
        }
    }
}

fn earning(holding: &Holding, commission: &commission::Model, worth: Worth) -> Earning {
    let row = &holding.conversion;
    Earning {
        conversion: row.id,
        commission: commission.id,
        partner: commission.partner_id,
        advertiser: row.advertiser_id.unwrap_or(Id::from_u128(0)),
        payout: Money::new(worth.payout_minor, row.currency()),
        revenue: Money::new(worth.revenue_minor, row.currency()),
    }
}
