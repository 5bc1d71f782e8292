//! Shapes of reconciliations over HTTP.

use kernel::{Currency, Id, Money, Timestamp, id};
use serde::Serialize;

use super::{
    act::Act,
    entity::{line, reconciliation},
    lines::Group,
    model::{AgreedMapping, FiguresKind, LineCause, LineClass, LineDecision, LineStanding, ReconciliationState},
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "rcn_01KAMX4S5T0000000000000000", "advertiser_id": "adv_01KAMX4S5T0000000000000000",
    "first_day": "2026-11-01", "last_day": "2026-11-30", "from": "2026-11-01T04:00:00.000Z",
    "to": "2026-12-01T05:00:00.000Z", "state": "closed", "kind": "rows", "file_name": "november.csv",
    "file_hash": "9f2c", "file_bytes": 51200, "rows_count": 840, "lines_count": 852,
    "act": {"advertiser_id": "adv_01KAMX4S5T0000000000000000", "first_day": "2026-11-01", "last_day": "2026-11-30",
        "time_zone": "America/New_York", "file_hash": "9f2c", "parts": [], "differences": []},
    "act_hash": "5b01", "created_at": "2026-12-02T09:30:00.000Z", "closed_at": "2026-12-04T09:30:00.000Z"
}))]
pub struct ReconciliationOut {
    pub id: Id<id::Reconciliation>,
    pub advertiser_id: Id<id::Advertiser>,
    /// In the advertiser's time zone.
    pub first_day: String,
    pub last_day: String,
    pub from: Timestamp,
    /// Does not belong to it.
    pub to: Timestamp,
    pub state: ReconciliationState,
    pub kind: FiguresKind,
    /// As it was agreed when the file came. For staff alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mapping: Option<AgreedMapping>,
    pub file_name: String,
    /// SHA-256 in hex.
    pub file_hash: String,
    pub file_bytes: i64,
    /// Rows of theirs, or cells where they sent totals.
    pub rows_count: i64,
    pub lines_count: i64,
    /// Frozen once the period is closed.
    pub act: Option<Act>,
    /// SHA-256 of the act.
    pub act_hash: Option<String>,
    pub created_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

impl ReconciliationOut {
    pub fn of(row: reconciliation::Model, is_staff: bool) -> Self {
        Self {
            id: row.id,
            advertiser_id: row.advertiser_id,
            first_day: row.first_day,
            last_day: row.last_day,
            from: row.from_at,
            to: row.to_at,
            state: row.state,
            kind: row.kind,
            mapping: is_staff.then_some(row.mapping),
            file_name: row.file_name,
            file_hash: row.file_hash,
            file_bytes: row.file_bytes,
            rows_count: row.rows_count,
            lines_count: row.lines_count,
            act: row.act,
            act_hash: row.act_hash,
            created_at: row.created_at,
            closed_at: row.closed_at,
        }
    }
}

fn money(minor: Option<i64>, currency: Option<&str>) -> Option<Money> {
    minor.zip(currency.and_then(Currency::from_code)).map(|(minor, currency)| Money::new(minor, currency))
}

/// One row of theirs, of ours, or both: or one cell of totals.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "rcl_01KAMX4S5T0000000000000000", "row": 17, "class": "status_differs", "cause": "decided_otherwise",
    "conversion_id": "cnv_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000", "click": null,
    "order_id": "A-1001", "customer": null, "country": null, "source": null,
    "ours": {"standing": "approved", "amount": {"minor": 1200, "currency": "EUR"}, "count": null,
        "at": "2026-11-15T09:30:00.000Z"},
    "theirs": {"standing": "rejected", "amount": {"minor": 0, "currency": "EUR"}, "count": null, "at": null},
    "word": null, "decision": "take_theirs", "reason": null, "note": null,
    "decided_by": "usr_01KAMX4S5T0000000000000000", "decided_at": "2026-12-03T09:30:00.000Z",
    "applied_at": "2026-12-03T09:30:01.000Z", "problem": null, "problem_words": null
}))]
pub struct LineOut {
    pub id: Id<id::ReconciliationLine>,
    /// Its number in their file, the header being row 1.
    pub row: Option<i64>,
    pub class: LineClass,
    /// Why it likely differs.
    pub cause: Option<LineCause>,
    pub conversion_id: Option<Id<id::Conversion>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub click: Option<String>,
    /// Of cells: their name of an offer that is none of ours.
    pub order_id: Option<String>,
    pub customer: Option<String>,
    pub country: Option<String>,
    pub source: Option<String>,
    pub ours: LineSide,
    pub theirs: LineSide,
    /// Their word, where it has no meaning in the mapping.
    pub word: Option<String>,
    pub decision: Option<LineDecision>,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub decided_by: Option<Id<id::User>>,
    pub decided_at: Option<Timestamp>,
    /// Since when the decision is carried out.
    pub applied_at: Option<Timestamp>,
    /// Code of why the last decision could not be carried out.
    pub problem: Option<String>,
    pub problem_words: Option<String>,
}

/// What one side says. All is absent where it says nothing.
#[derive(Serialize, utoipa::ToSchema)]
pub struct LineSide {
    pub standing: Option<LineStanding>,
    /// As far as it counts: nought for what is rejected.
    pub amount: Option<Money>,
    /// Of cells.
    pub count: Option<i64>,
    pub at: Option<Timestamp>,
}

impl LineOut {
    pub fn of(row: line::Model) -> Self {
        Self {
            id: row.id,
            row: row.file_row,
            class: row.class,
            cause: row.cause,
            conversion_id: row.conversion_id,
            offer_id: row.offer_id,
            click: row.click,
            order_id: row.order_id,
            customer: row.customer,
            country: row.country,
            source: row.source,
            ours: LineSide {
                standing: row.ours_standing,
                amount: money(row.ours_minor, row.currency.as_deref()),
                count: row.ours_count,
                at: row.ours_at,
            },
            theirs: LineSide {
                standing: row.theirs_standing,
                amount: money(row.theirs_minor, row.theirs_currency.as_deref()),
                count: row.theirs_count,
                at: row.theirs_at,
            },
            word: row.theirs_word,
            decision: row.decision,
            reason: row.reason,
            note: row.note,
            decided_by: row.decided_by,
            decided_at: row.decided_at,
            applied_at: row.applied_at,
            problem: row.problem,
            problem_words: row.problem_words,
        }
    }
}

/// Lines of one class, cause, offer and decision, added up. Rejected counts as nought.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "class": "only_ours", "cause": "not_reported", "offer_id": "ofr_01KAMX4S5T0000000000000000", "decision": null,
    "lines": 6, "ours": {"minor": 7200, "currency": "EUR"}, "theirs": null
}))]
pub struct LineGroup {
    pub class: LineClass,
    pub cause: Option<LineCause>,
    pub offer_id: Option<Id<id::Offer>>,
    pub decision: Option<LineDecision>,
    pub lines: i64,
    pub ours: Option<Money>,
    pub theirs: Option<Money>,
}

impl From<Group> for LineGroup {
    fn from(group: Group) -> Self {
        Self {
            class: group.class,
            cause: group.cause,
            offer_id: group.offer_id,
            decision: group.decision,
            lines: group.lines_count,
            ours: money(group.ours_minor, group.currency.as_deref()),
            theirs: money(group.theirs_minor, group.theirs_currency.as_deref()),
        }
    }
}
