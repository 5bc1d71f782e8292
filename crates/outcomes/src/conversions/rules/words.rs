//! From the state an advertiser asks for to the actions that lead there.

use kernel::reason::ConversionReason as Reason;

use crate::{
    advertisers::status_map::{MappedState, Meaning},
    conversions::model::{Action, Status},
};

/// What a sender asks of a known conversion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// What its word for the state means; absent where it sent none, or one that no map knows.
    pub meaning: Option<Meaning>,
    /// The amount it sent, in minor units: the part to take back with a reversal, else the order's value.
    pub amount_minor: Option<i64>,
}

/// One wanted action with its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub action: Action,
    /// Minor units: the part to refund, or the new order value.
    pub amount_minor: Option<i64>,
    pub reason: Option<Reason>,
}

/// The actions that `request` asks of a conversion in `status` with `sale_minor` and `refund_minor`; none where it is as
/// asked already. Which of them are legal is for the states to say.
pub fn actions(request: Request, status: Status, sale_minor: i64, refund_minor: i64) -> Vec<Wanted> {
    let reason = request.meaning.and_then(|meaning| meaning.reason);
    let state = request.meaning.map(|meaning| meaning.state);
    let wanted = |action, amount_minor| Wanted { action, amount_minor, reason };
    if state == Some(MappedState::Reversed) {
        let left_minor = sale_minor - refund_minor;
        let part = request.amount_minor.filter(|&part| part != left_minor);
        return take_back(status, part).map(|action| wanted(action, part)).into_iter().collect();
    }
    let moved = state.and_then(|state| step_to(state, status)).map(|action| wanted(action, None));
    let is_worth_something = status.is_live() || moved.is_some_and(|moved| leads_to_life(moved.action));
    let is_ended = moved.is_some_and(|moved| matches!(moved.action, Action::Reject | Action::Reverse));
    let repriced = request.amount_minor.filter(|&sale| sale != sale_minor && is_worth_something && !is_ended);
    let reprice = repriced.map(|sale| Wanted { action: Action::Reprice, amount_minor: Some(sale), reason: None });
    moved.into_iter().chain(reprice).collect()
}

fn step_to(wanted: MappedState, status: Status) -> Option<Action> {
    match (wanted, status) {
        (MappedState::Approved, Status::Pending) => Some(Action::Approve),
        (MappedState::Approved, Status::Rejected | Status::Reversed) => Some(Action::Reinstate),
        (MappedState::Pending, Status::Rejected) => Some(Action::Reopen),
        // Not legal; asked for all the same, so that the sender is told.
        (MappedState::Pending, Status::Approved | Status::Locked | Status::Paid) => Some(Action::Reopen),
        (MappedState::Rejected, Status::Pending) => Some(Action::Reject),
        (MappedState::Rejected, Status::Approved | Status::Locked | Status::Paid) => Some(Action::Reverse),
        _ => None,
    }
}

fn take_back(status: Status, part: Option<i64>) -> Option<Action> {
    match (status, part) {
        (Status::Pending | Status::Approved | Status::Locked | Status::Paid, Some(_)) => Some(Action::Refund),
        (Status::Pending, None) => Some(Action::Reject),
        (Status::Approved | Status::Locked | Status::Paid, None) => Some(Action::Reverse),
        _ => None,
    }
}

const fn leads_to_life(action: Action) -> bool {
    matches!(action, Action::Approve | Action::Reinstate | Action::Reopen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: Option<MappedState>, amount: Option<i64>, status: Status) -> Vec<&'static str> {
        let meaning = word.map(|state| Meaning { state, reason: None });
        let request = Request { meaning, amount_minor: amount };
        actions(request, status, 8_000, 0).iter().map(|wanted| wanted.action.code()).collect()
    }

    #[test]
    fn words_become_actions() {
        use MappedState::{Approved, Pending, Rejected, Reversed};
        assert_eq!(check(Some(Approved), None, Status::Pending), ["approve"]);
        assert_eq!(check(Some(Approved), Some(9_000), Status::Pending), ["approve", "reprice"]);
        assert_eq!(check(Some(Approved), Some(8_000), Status::Approved), [] as [&str; 0]);
        assert_eq!(check(Some(Approved), None, Status::Rejected), ["reinstate"]);
        assert_eq!(check(Some(Pending), None, Status::Rejected), ["reopen"]);
        assert_eq!(check(Some(Rejected), Some(1), Status::Pending), ["reject"]);
        assert_eq!(check(Some(Rejected), None, Status::Locked), ["reverse"]);
        assert_eq!(check(Some(Reversed), Some(2_000), Status::Approved), ["refund"]);
        assert_eq!(check(Some(Reversed), Some(8_000), Status::Approved), ["reverse"]);
        assert_eq!(check(Some(Reversed), None, Status::Pending), ["reject"]);
        assert_eq!(check(Some(Reversed), None, Status::Rejected), [] as [&str; 0]);
        assert_eq!(check(None, Some(9_000), Status::Locked), ["reprice"]);
        assert_eq!(check(None, Some(9_000), Status::Rejected), [] as [&str; 0]);
    }
}
