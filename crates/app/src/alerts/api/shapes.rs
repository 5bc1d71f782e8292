//! Alerts and rules as they are told.

use events::question::Unit;
use kernel::{Id, Timestamp, id};
use serde::Serialize;

use crate::alerts::{
    built_in::BuiltIn,
    entity::{
        alert::{self, AlertState},
        rule,
    },
    rules,
    watch::Watch,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "alt_01KAMX4S5T0000000000000000", "rule_id": "alr_01KAMX4S5T0000000000000000",
    "rule_name": "Approval is falling", "built_in": "approval_falling",
    "watch": {"metric": "settled_approval", "test": {"kind": "falls", "per_cent": 20, "unless": null},
        "window_hours": 168, "at_least": 60, "each": "offer", "filters": []},
    "subject": "ofr_01KAMX4S5T0000000000000000", "state": "open", "unit": "ratio", "seen": 500000,
    "usual_from": 640000, "usual_to": null, "before": 800000, "currency": null,
    "window_from": "2026-11-15T09:00:00.000Z", "window_to": "2026-11-22T09:00:00.000Z",
    "opened_at": "2026-11-22T09:05:00.000Z", "last_seen_at": "2026-11-22T09:05:00.000Z", "snoozed_until": null,
    "assigned_to": null, "ended_at": null, "ended_by": null, "done": null
}))]
pub struct AlertOut {
    pub id: Id<id::Alert>,
    pub rule_id: Id<id::AlertRule>,
    pub rule_name: String,
    pub built_in: Option<BuiltIn>,
    /// What is looked at, as the rule says now; absent where a state is looked at.
    pub watch: Option<Watch>,
    /// A value of the rule's dimension, or the id of what is in a bad state; empty for the whole.
    pub subject: String,
    pub state: AlertState,
    /// What its numbers are; absent where a state is looked at, whose number is in per cent.
    pub unit: Option<Unit>,
    /// In whole units of the metric: things, minor units, millionths of ratios and of the currency's unit.
    pub seen: Option<i64>,
    /// From where to where nothing would have been said.
    pub usual_from: Option<i64>,
    pub usual_to: Option<i64>,
    /// The same length just before.
    pub before: Option<i64>,
    /// Of money.
    pub currency: Option<String>,
    /// The stretch that was looked at last.
    pub window_from: Timestamp,
    pub window_to: Timestamp,
    pub opened_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub snoozed_until: Option<Timestamp>,
    pub assigned_to: Option<Id<id::User>>,
    pub ended_at: Option<Timestamp>,
    pub ended_by: Option<Id<id::User>>,
    /// What was done.
    pub done: Option<String>,
}

impl AlertOut {
    pub fn of(row: alert::Model, rule: &rule::Model) -> Self {
        Self {
            id: row.id,
            rule_id: row.rule_id,
            rule_name: rule.name.clone(),
            built_in: rule.built_in,
            watch: rule.watch.clone(),
            subject: row.subject,
            state: row.state,
            unit: rules::unit(rule.watch.as_ref()),
            seen: row.seen,
            usual_from: row.usual_from,
            usual_to: row.usual_to,
            before: row.before,
            currency: row.currency,
            window_from: row.window_from,
            window_to: row.window_to,
            opened_at: row.opened_at,
            last_seen_at: row.last_seen_at,
            snoozed_until: row.snoozed_until,
            assigned_to: row.assigned_to,
            ended_at: row.ended_at,
            ended_by: row.ended_by,
            done: row.done,
        }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "alr_01KAMX4S5T0000000000000000", "built_in": null, "name": "Poland sends little",
    "watch": {"metric": "clicks", "test": {"kind": "below", "limit": 500}, "window_hours": 24, "at_least": 0,
        "each": null, "filters": [{"field": "country", "op": "in", "values": ["PL"]}]},
    "unit": "count", "is_on": true, "mails": true, "people": [], "looked_to": "2026-11-22T09:00:00.000Z",
    "problem": null, "created_by": "usr_01KAMX4S5T0000000000000000", "created_at": "2026-11-22T09:05:00.000Z"
}))]
pub struct AlertRuleOut {
    pub id: Id<id::AlertRule>,
    /// Which one of those that come with the program.
    pub built_in: Option<BuiltIn>,
    pub name: String,
    pub watch: Option<Watch>,
    pub unit: Option<Unit>,
    pub is_on: bool,
    pub mails: bool,
    pub people: Vec<Id<id::User>>,
    /// The end of the last hour that was looked at.
    pub looked_to: Option<Timestamp>,
    /// Why it cannot be asked any more.
    pub problem: Option<String>,
    pub created_by: Option<Id<id::User>>,
    pub created_at: Timestamp,
}

impl AlertRuleOut {
    pub fn of(row: rule::Model) -> Self {
        Self {
            id: row.id,
            built_in: row.built_in,
            name: row.name,
            unit: rules::unit(row.watch.as_ref()),
            watch: row.watch,
            is_on: row.is_on,
            mails: row.mails,
            people: row.people.0,
            looked_to: row.looked_to,
            problem: row.problem,
            created_by: row.created_by,
            created_at: row.created_at,
        }
    }
}
