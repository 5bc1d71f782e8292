//! States of a conversion and the one function that moves between them.

use kernel::{Refusal, RefusalCode};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Only while a deferred receipt waits.
    Received,
    /// The advertiser judges.
    Pending,
    /// Accepted; may still be reversed without a debt.
    Approved,
    /// The hold is over: the commission is payable. Only compensating entries from here on.
    Locked,
    /// Not accepted, with a reason.
    Rejected,
    /// Wholly taken back after it was approved.
    Reversed,
    /// The partner has the money.
    Paid,
}

impl Status {
    pub const ALL: [Self; 7] =
        [Self::Received, Self::Pending, Self::Approved, Self::Locked, Self::Rejected, Self::Reversed, Self::Paid];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Locked => "locked",
            Self::Rejected => "rejected",
            Self::Reversed => "reversed",
            Self::Paid => "paid",
        }
    }

    /// Whether its commissions are worth something.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Pending | Self::Approved | Self::Locked | Self::Paid)
    }

    const fn is_past_lock(self) -> bool {
        matches!(self, Self::Locked | Self::Paid)
    }
}

/// What is done to a conversion.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It comes into being, in whatever state.
    Receive,
    Approve,
    Reject,
    /// A rejected one is judged anew.
    Reopen,
    /// A part of the sale is taken back.
    Refund,
    /// All of it is taken back.
    Reverse,
    Reinstate,
    /// The order's value changed.
    Reprice,
    /// The hold is over.
    Lock,
    Pay,
    /// The money came back.
    Unpay,
    /// Stops its clocks, for a case or a dispute.
    Freeze,
    Unfreeze,
    /// To another partner.
    Reassign,
}

impl Action {
    pub const ALL: [Self; 14] = [
        Self::Receive,
        Self::Approve,
        Self::Reject,
        Self::Reopen,
        Self::Refund,
        Self::Reverse,
        Self::Reinstate,
        Self::Reprice,
        Self::Lock,
        Self::Pay,
        Self::Unpay,
        Self::Freeze,
        Self::Unfreeze,
        Self::Reassign,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Reopen => "reopen",
            Self::Refund => "refund",
            Self::Reverse => "reverse",
            Self::Reinstate => "reinstate",
            Self::Reprice => "reprice",
            Self::Lock => "lock",
            Self::Pay => "pay",
            Self::Unpay => "unpay",
            Self::Freeze => "freeze",
            Self::Unfreeze => "unfreeze",
            Self::Reassign => "reassign",
        }
    }
}

/// Who moves a conversion.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    User,
    /// The sender of a receipt.
    Receipt,
    /// Time passed.
    Clock,
    Payout,
}

/// Who moved it, and through what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mover {
    pub kind: ActorKind,
    pub id: Option<Uuid>,
}

impl Mover {
    pub const CLOCK: Self = Self { kind: ActorKind::Clock, id: None };

    pub fn user(actor: &crate::identity::Actor) -> Self {
        Self { kind: ActorKind::User, id: Some(actor.user.uuid()) }
    }
}

/// Where `action` leads from `from`. `reversed_from` is the state a reversed conversion had before.
///
/// # Errors
/// `conversion_locked` where only compensating moves are left, `illegal_move` for every other move that the states do
/// not know.
pub fn next_status(from: Status, action: Action, reversed_from: Option<Status>) -> Result<Status, Refusal> {
    use Action as A;
    use Status as S;
    match (from, action) {
        (S::Pending, A::Approve) | (S::Rejected, A::Reinstate) => Ok(S::Approved),
        (S::Pending, A::Reject) => Ok(S::Rejected),
        (S::Rejected, A::Reopen) => Ok(S::Pending),
        (S::Approved, A::Lock) | (S::Paid, A::Unpay | A::Reassign) => Ok(S::Locked),
        (S::Locked, A::Pay) => Ok(S::Paid),
        (S::Approved | S::Locked | S::Paid, A::Reverse) => Ok(S::Reversed),
        (S::Reversed, A::Reinstate) => Ok(reversed_from.unwrap_or(S::Approved)),
        (S::Pending | S::Approved | S::Locked | S::Paid, A::Refund | A::Reprice)
        | (S::Pending | S::Approved | S::Locked, A::Freeze | A::Unfreeze | A::Reassign) => Ok(from),
        (S::Locked | S::Paid, A::Approve | A::Reject | A::Reopen) => Err(locked(from, action)),
        _ => Err(illegal(from, action)),
    }
}

fn locked(from: Status, action: Action) -> Refusal {
    debug_assert!(from.is_past_lock());
    let message =
        format!("a {} conversion can only be reversed or repriced, not moved by {}", from.code(), action.code());
    Refusal::new(RefusalCode::ConversionLocked, message)
}

fn illegal(from: Status, action: Action) -> Refusal {
    let message = format!("{} does not apply to a conversion that is {}", action.code(), from.code());
    Refusal::new(RefusalCode::IllegalMove, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The diagram of the states, each arrow once; everything that is not here is refused.
    const ARROWS: &[(&str, &str, &str)] = &[
        ("pending", "approve", "approved"),
        ("pending", "reject", "rejected"),
        ("pending", "refund", "pending"),
        ("pending", "reprice", "pending"),
        ("pending", "freeze", "pending"),
        ("pending", "unfreeze", "pending"),
        ("pending", "reassign", "pending"),
        ("rejected", "reinstate", "approved"),
        ("rejected", "reopen", "pending"),
        ("approved", "lock", "locked"),
        ("approved", "refund", "approved"),
        ("approved", "reprice", "approved"),
        ("approved", "reverse", "reversed"),
        ("approved", "freeze", "approved"),
        ("approved", "unfreeze", "approved"),
        ("approved", "reassign", "approved"),
        ("locked", "pay", "paid"),
        ("locked", "refund", "locked"),
        ("locked", "reprice", "locked"),
        ("locked", "reverse", "reversed"),
        ("locked", "freeze", "locked"),
        ("locked", "unfreeze", "locked"),
        ("locked", "reassign", "locked"),
        ("paid", "unpay", "locked"),
        ("paid", "refund", "paid"),
        ("paid", "reprice", "paid"),
        ("paid", "reverse", "reversed"),
        ("paid", "reassign", "locked"),
        ("reversed", "reinstate", "locked"),
    ];

    #[test]
    fn the_states_follow_the_diagram() {
        for from in Status::ALL {
            for action in Action::ALL {
                let arrow = ARROWS.iter().find(|arrow| arrow.0 == from.code() && arrow.1 == action.code());
                let found = next_status(from, action, Some(Status::Locked)).ok().map(Status::code);
                assert_eq!(found, arrow.map(|arrow| arrow.2), "{} {}", from.code(), action.code());
            }
        }
    }

    #[test]
    fn after_the_lock_the_code_says_so() {
        let code = |from, action| next_status(from, action, None).map_err(|refusal| refusal.code);
        assert_eq!(code(Status::Locked, Action::Reject), Err(RefusalCode::ConversionLocked));
        assert_eq!(code(Status::Paid, Action::Approve), Err(RefusalCode::ConversionLocked));
        assert_eq!(code(Status::Approved, Action::Reject), Err(RefusalCode::IllegalMove));
    }
}
