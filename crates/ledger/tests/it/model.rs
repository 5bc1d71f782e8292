//! A second, naive book: plain sums in a table, against which random histories are compared.

use std::collections::BTreeMap;

use kernel::{Currency, Id, Money, id::Partner};
use ledger::{Earning, Entry, PartnerBalance, Stage, Stamp, Standing, Transfer, entries};

use crate::book::Stamps;

const PARTNERS: usize = 3;
const CURRENCIES: [Currency; 2] = [Currency::EUR, Currency::USD];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Pending,
    Rejected,
    Approved,
    Locked,
    Sent,
}

#[derive(Clone, Copy, Debug)]
struct Commission {
    state: State,
    earning: Earning,
}

/// One step of a random history: which thing happens, to which commission, how much.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub what: u8,
    pub which: usize,
    pub amount: i64,
}

#[derive(Default)]
pub struct Model {
    commissions: Vec<Commission>,
    pub balances: BTreeMap<(Id<Partner>, Currency), PartnerBalance>,
    stamps: Stamps,
}

pub fn partner(number: usize) -> Id<Partner> {
    Id::from_u128(0xA001 + (number % PARTNERS) as u128)
}

impl Model {
    /// Does the step if it is legal now, and answers the entries it makes.
    pub fn step(&mut self, step: Step) -> Vec<Entry> {
        match step.what % 12 {
            0 | 1 => self.create(step),
            2 => self.move_on(step, State::Pending, State::Rejected),
            3 => self.move_on(step, State::Pending, State::Approved),
            4 => self.move_on(step, State::Approved, State::Locked),
            5 => self.move_on(step, State::Rejected, State::Approved),
            6 => self.reverse(step),
            7 => self.reprice(step),
            8 => self.send(step),
            9 => self.settle(step),
            10 => self.adjust(step),
            _ => self.reassign(step),
        }
    }

    fn stamp(&mut self) -> Stamp {
        self.stamps.next()
    }

    fn balance(&mut self, earning: &Earning) -> &mut PartnerBalance {
        let currency = earning.payout.currency;
        self.balances.entry((earning.partner, currency)).or_insert(PartnerBalance {
            currency,
            pending: 0,
            approved: 0,
            payable: 0,
            in_transit: 0,
            paid: 0,
            debt: 0,
        })
    }

    fn stage(&mut self, commission: &Commission) -> Option<Stage> {
        let balance = *self.balance(&commission.earning);
        let standing = Standing { payable_minor: balance.payable, debt_minor: balance.debt };
        match commission.state {
            State::Pending => Some(Stage::Pending),
            State::Rejected => None,
            State::Approved => Some(Stage::Approved),
            State::Locked => Some(Stage::Locked(standing)),
            State::Sent => Some(Stage::Sent(standing)),
        }
    }

    fn give(&mut self, earning: &Earning, state: State, minor: i64) {
        let balance = self.balance(earning);
        match state {
            State::Pending => balance.pending += minor,
            State::Approved => balance.approved += minor,
            State::Rejected => {}
            State::Locked | State::Sent => {
                let net = balance.payable - balance.debt;
                let settled = balance.debt.min(minor);
                balance.debt -= settled;
                balance.payable += minor - settled;
                assert_eq!(balance.payable - balance.debt, net + minor);
            }
        }
    }

    fn take(&mut self, earning: &Earning, state: State, minor: i64) {
        let balance = self.balance(earning);
        match state {
            State::Pending => balance.pending -= minor,
            State::Approved => balance.approved -= minor,
            State::Rejected => {}
            State::Locked => {
                let from_payable = balance.payable.min(minor);
                balance.payable -= from_payable;
                balance.debt += minor - from_payable;
            }
            State::Sent => balance.debt += minor,
        }
    }

    fn create(&mut self, step: Step) -> Vec<Entry> {
        let number = self.commissions.len() as u128;
        let currency = CURRENCIES[step.which % 2];
        let earning = Earning {
            conversion: Id::from_u128(0xC000 + number),
            commission: Id::from_u128(0xD000 + number),
            partner: partner(step.which / 2),
            advertiser: Id::from_u128(0xB001),
            payout: Money::new(step.amount, currency),
            revenue: Money::new(step.amount % 7 * 100, currency),
        };
        let state = if step.what.is_multiple_of(2) { State::Pending } else { State::Approved };
        self.give(&earning, state, step.amount);
        self.commissions.push(Commission { state, earning });
        let make = if state == State::Pending { entries::hold } else { entries::approve_at_once };
        vec![make(self.stamp(), &earning)]
    }

    fn pick(&self, step: Step, state: Option<State>) -> Option<usize> {
        let fits = |index: &usize| state.is_none_or(|state| self.commissions[*index].state == state);
        let fitting: Vec<usize> = (0..self.commissions.len()).filter(fits).collect();
        (!fitting.is_empty()).then(|| fitting[step.which % fitting.len()])
    }

    fn move_on(&mut self, step: Step, from: State, to: State) -> Vec<Entry> {
        let Some(index) = self.pick(step, Some(from)) else { return Vec::new() };
        let earning = self.commissions[index].earning;
        self.commissions[index].state = to;
        self.take(&earning, from, earning.payout.minor);
        if to == State::Locked {
            self.balance(&earning).payable += earning.payout.minor;
        } else {
            self.give(&earning, to, earning.payout.minor);
        }
        let stamp = self.stamp();
        vec![match (from, to) {
            (_, State::Rejected) => entries::release(stamp, &earning),
            (State::Rejected, _) => entries::reinstate(stamp, &earning, Stage::Approved),
            (_, State::Approved) => entries::approve(stamp, &earning),
            _ => entries::lock(stamp, &earning),
        }]
    }

    /// Takes a part and, for odd amounts, gives it again.
    fn reverse(&mut self, step: Step) -> Vec<Entry> {
        let Some(index) = self.pick(step, None) else { return Vec::new() };
        let commission = self.commissions[index];
        let Some(stage) = self.stage(&commission) else { return Vec::new() };
        let mut part = commission.earning;
        part.payout.minor = step.amount.min(part.payout.minor);
        part.revenue.minor = step.amount.min(part.revenue.minor);
        let reversal = entries::reverse(self.stamp(), &part, stage);
        self.take(&part, commission.state, part.payout.minor);
        if step.amount % 2 == 1 {
            let stage = self.stage(&commission).unwrap();
            self.give(&part, commission.state, part.payout.minor);
            return vec![reversal, entries::reinstate(self.stamp(), &part, stage)];
        }
        let left = &mut self.commissions[index].earning;
        left.payout.minor -= part.payout.minor;
        left.revenue.minor -= part.revenue.minor;
        vec![reversal]
    }

    fn reprice(&mut self, step: Step) -> Vec<Entry> {
        let Some(index) = self.pick(step, None) else { return Vec::new() };
        let commission = self.commissions[index];
        let Some(stage) = self.stage(&commission) else { return Vec::new() };
        let mut difference = commission.earning;
        difference.payout.minor = step.amount - commission.earning.payout.minor;
        difference.revenue.minor = step.amount * 2 - commission.earning.revenue.minor;
        self.commissions[index].earning.payout.minor = step.amount;
        self.commissions[index].earning.revenue.minor = step.amount * 2;
        match difference.payout.minor {
            minor if minor < 0 => self.take(&difference, commission.state, -minor),
            minor => self.give(&difference, commission.state, minor),
        }
        vec![entries::reprice(self.stamp(), &difference, stage)]
    }

    /// Debt comes off, the rest of what is payable goes on its way.
    fn send(&mut self, step: Step) -> Vec<Entry> {
        let Some(index) = self.pick(step, Some(State::Locked)) else { return Vec::new() };
        let earning = self.commissions[index].earning;
        let balance = self.balance(&earning);
        let offset = balance.payable.min(balance.debt);
        let sent = balance.payable - offset;
        balance.debt -= offset;
        balance.payable = 0;
        balance.in_transit += sent;
        let key = (earning.partner, earning.payout.currency);
        for commission in self.commissions.iter_mut().filter(|commission| commission.state == State::Locked) {
            if (commission.earning.partner, commission.earning.payout.currency) == key {
                commission.state = State::Sent;
            }
        }
        let (offset, sent) = (transfer(&earning, offset), transfer(&earning, sent));
        vec![entries::debt_offset(self.stamp(), &offset), entries::batch(self.stamp(), &sent)]
    }

    /// Money on its way arrives, fails, or arrives and comes back.
    fn settle(&mut self, step: Step) -> Vec<Entry> {
        let Some(index) = self.pick(step, None) else { return Vec::new() };
        let earning = self.commissions[index].earning;
        let balance = self.balance(&earning);
        let minor = balance.in_transit.min(step.amount);
        balance.in_transit -= minor;
        let arrives = step.amount % 3 == 0;
        if arrives {
            balance.paid += minor
        } else {
            balance.payable += minor
        }
        let transfer = transfer(&earning, minor);
        match step.amount % 3 {
            0 => vec![entries::paid(self.stamp(), &transfer)],
            1 => vec![entries::failed(self.stamp(), &transfer)],
            _ => vec![entries::paid(self.stamp(), &transfer), entries::returned(self.stamp(), &transfer)],
        }
    }

    fn adjust(&mut self, step: Step) -> Vec<Entry> {
        let Some(index) = self.pick(step, None) else { return Vec::new() };
        let commission = Commission { state: State::Locked, ..self.commissions[index] };
        let Some(stage) = self.stage(&commission) else { return Vec::new() };
        let signed = if step.amount % 2 == 0 { step.amount } else { -step.amount };
        let amount = Money::new(signed, commission.earning.payout.currency);
        match signed {
            minor if minor < 0 => self.take(&commission.earning, State::Locked, -minor),
            minor => self.give(&commission.earning, State::Locked, minor),
        }
        vec![entries::adjust(self.stamp(), commission.earning.partner, amount, stage)]
    }

    fn reassign(&mut self, step: Step) -> Vec<Entry> {
        let Some(index) = self.pick(step, Some(State::Approved)) else { return Vec::new() };
        let from = self.commissions[index].earning;
        let to = Earning { partner: partner(step.amount as usize), ..from };
        self.take(&from, State::Approved, from.payout.minor);
        self.give(&to, State::Approved, to.payout.minor);
        self.commissions[index].earning = to;
        vec![entries::reassign(self.stamp(), (&from, Stage::Approved), (&to, Stage::Approved))]
    }
}

fn transfer(earning: &Earning, minor: i64) -> Transfer {
    let amount = Money::new(minor, earning.payout.currency);
    Transfer { payout: Id::from_u128(0xF001), partner: earning.partner, amount }
}
