//! Steps, what stands on them, and how.

use kernel::{Currency, Money, Timestamp};
use serde::{Deserialize, Serialize};

/// What is done with a month, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaydayStep {
    Reconcile,
    Decide,
    Close,
    Approve,
    Send,
    Confirm,
}

impl PaydayStep {
    pub const ALL: [Self; 6] = [Self::Reconcile, Self::Decide, Self::Close, Self::Approve, Self::Send, Self::Confirm];
}

/// How it stands with something, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaydayStanding {
    /// Something else has to happen before.
    Blocked,
    /// Somebody can do it now, or it is being done.
    Waits,
    Done,
    /// Nothing is to be done about it.
    Rests,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident: $step:ident, $standing:ident;)+) => {
        /// What stands on the board.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum PaydayKind { $($(#[$doc])* $kind),+ }

        impl PaydayKind {
            pub const fn step(self) -> PaydayStep {
                match self { $(Self::$kind => PaydayStep::$step),+ }
            }

            /// As it stands while its payday is.
            pub const fn standing(self) -> PaydayStanding {
                match self { $(Self::$kind => PaydayStanding::$standing),+ }
            }
        }
    };
}

kinds! {
    /// Advertisers who owe for days of the month that none of their files tells of.
    FiguresMissing: Reconcile, Blocked;
    FiguresComparing: Reconcile, Waits;
    FiguresCompared: Reconcile, Done;
    DifferencesUndecided: Decide, Waits;
    ScrubsAsked: Decide, Waits;
    AppealsOpen: Decide, Waits;
    DisputesOpen: Decide, Waits;
    /// Partners who ask to be paid before the day.
    EarlyAsked: Decide, Waits;
    /// Periods of which a difference is undecided.
    PeriodsUndecided: Close, Blocked;
    PeriodsToClose: Close, Waits;
    PeriodsClosed: Close, Done;
    InvoicesDraft: Close, Waits;
    InvoicesIssued: Close, Done;
    /// Partners whose method has no account that it is paid from.
    OwedPayerMissing: Approve, Blocked;
    /// Partners whose account the bank or service would refuse.
    OwedFaulty: Approve, Blocked;
    /// Partners who lack what has to be on file.
    OwedMissing: Approve, Blocked;
    /// What a case or a dispute has frozen, or waits for the advertiser's money.
    OwedFrozen: Approve, Blocked;
    /// Partners whom a batch made now would pay.
    OwedReady: Approve, Waits;
    BatchesAwaitingApproval: Approve, Waits;
    BatchesMade: Approve, Done;
    OwedBelowMinimum: Approve, Rests;
    OwedWithheld: Approve, Rests;
    /// Batches with which something went wrong.
    BatchesInTrouble: Send, Blocked;
    /// Only a person can find out whether they were paid.
    BatchesDoubtful: Send, Blocked;
    BatchesDrawing: Send, Waits;
    BatchesToSend: Send, Waits;
    BatchesSending: Send, Waits;
    BatchesSent: Send, Done;
    /// Payable again.
    PayoutsFailed: Confirm, Blocked;
    PayoutsReturned: Confirm, Blocked;
    /// Sent batches of whose payouts nobody has said yet what became.
    SentWithoutNews: Confirm, Waits;
    PayoutsPaid: Confirm, Done;
}

/// One thing on the board: how many, how much, since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "kind": "disputes_open", "standing": "waits", "count": 3, "amounts": [{"minor": 2400, "currency": "EUR"}],
    "since": "2026-11-20T09:30:00.000Z", "currency": null
}))]
pub struct PaydayItem {
    pub kind: PaydayKind,
    pub standing: PaydayStanding,
    pub count: i64,
    /// One for each currency.
    pub amounts: Vec<Money>,
    /// Since when the oldest of them waits.
    pub since: Option<Timestamp>,
    /// Of who is owed: the currency of the list.
    #[schema(value_type = Option<String>)]
    pub currency: Option<Currency>,
}
