//! How an explanation looks from outside.

use kernel::{Id, Timestamp, id};
use serde::Serialize;

use super::{
    values::{Reader, Values},
    words,
};
use crate::platform::labels::{Labels, Wanted};

/// What a step said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepVerdict {
    Passed,
    /// It refused the conversion, or sent the visitor elsewhere.
    Refused,
    /// It marked the click, which is sent on all the same.
    Marked,
    /// It has the conversion wait for a person.
    Waits,
    /// An earlier step had ended the walk.
    NotReached,
}

/// One step, in the order in which they are taken.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct StepOut {
    /// Its stable name.
    pub step: &'static str,
    pub verdict: StepVerdict,
    /// Stable code of the closed list.
    pub reason: Option<String>,
    /// Plain words, in English.
    pub words: String,
    /// What it looked at, as far as the reader may see it.
    #[schema(value_type = Object)]
    pub values: Values,
    /// What would have changed the outcome, in English.
    pub change: Option<String>,
}

impl StepOut {
    pub fn passed(step: &'static str, words: &str, values: Values) -> Self {
        Self { step, verdict: StepVerdict::Passed, reason: None, words: words.to_owned(), values, change: None }
    }

    pub fn not_reached(step: &'static str) -> Self {
        let words = "Not reached: an earlier step had decided.".to_owned();
        Self { step, verdict: StepVerdict::NotReached, reason: None, words, values: Values::default(), change: None }
    }

    pub fn spoke(step: &'static str, verdict: StepVerdict, reason: &str, words: &str, values: Values) -> Self {
        Self { step, verdict, reason: Some(reason.to_owned()), words: words.to_owned(), values, change: None }
    }

    /// As the reader may see it, with what would have changed it in the words of what is left.
    fn told(mut self, reader: &Reader) -> Self {
        self.values = self.values.redacted(reader);
        self.change = self.reason.as_deref().and_then(|reason| words::change(reason, &self.values));
        self
    }
}

/// The versions of the rules that were in force.
#[derive(Clone, Debug, Default, Serialize, utoipa::ToSchema)]
pub struct VersionsOut {
    /// The offer's terms, by the hash of their content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earnings_plan: Option<Id<id::PlanVersion>>,
    /// Not shown to partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revenue_plan: Option<Id<id::PlanVersion>>,
    /// Sequence number of the edge's routes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routes: Option<u64>,
}

/// A field in which the verdict drawn again differs from the one that stands.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = DecisionDifference)]
pub struct Difference {
    pub field: String,
    #[schema(value_type = Object)]
    pub decided: serde_json::Value,
    #[schema(value_type = Object)]
    pub again: serde_json::Value,
}

/// Why a click or conversion was decided as it was.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "cnv_01KAMX4S5T0000000000000000", "status": "rejected", "reason": "too_late",
    "decided_at": "2026-11-22T09:30:00.000Z", "is_traced": true,
    "versions": {"terms": "3f2a8c1e9b7d4f60", "earnings_plan": "plv_01KAMX4S5T0000000000000000"},
    "steps": [{
        "step": "window", "verdict": "refused", "reason": "too_late",
        "words": "the conversion came later after its click than the offer allows",
        "values": {"max_days": 30, "elapsed_seconds": 2764800, "late_by_seconds": 172800},
        "change": "It came 2 d after the window of 30 days had closed."
    }],
    "differences": [], "labels": {}
}))]
pub struct Explanation {
    pub id: String,
    /// Where the decision put it: a conversion's status, or a click's verdict.
    pub status: String,
    pub reason: Option<String>,
    pub decided_at: Timestamp,
    /// False for what was decided before traces were kept: its steps are not known.
    pub is_traced: bool,
    pub versions: VersionsOut,
    pub steps: Vec<StepOut>,
    /// Decided again from the trace: where that differs from what stands. Empty as long as all is well; only for staff.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// Names by id.
    #[serde(default, skip_serializing_if = "Labels::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub labels: Labels,
}

impl Explanation {
    /// As the reader may see it.
    pub fn told(mut self, reader: &Reader) -> Self {
        self.steps = self.steps.into_iter().map(|step| step.told(reader)).collect();
        if !reader.is_staff() {
            self.differences.clear();
            self.versions = VersionsOut { terms: self.versions.terms, ..VersionsOut::default() };
        }
        self
    }

    /// The rows that its values name.
    pub fn names(&self) -> Wanted {
        Wanted::default().with_printed(self.steps.iter().flat_map(|step| step.values.texts()))
    }
}
