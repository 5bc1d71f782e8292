//! A cap's terms as they are asked for, in a new cap or a change of one.

use kernel::Refusal;
use serde::Deserialize;

use super::{
    change::zone_name,
    entity::cap::Model,
    model::{CapFilter, CapState, CountedStatus, CountedStatuses, GraceKind, OnReach, Thresholds},
};
use crate::platform::{
    body::{TEXT_CHARS_MAX, optional_text, present, short_text},
    columns::require_few,
};

const LIMIT_MAX: i64 = 1_000_000_000_000_000;
const GRACE_HOURS_MAX: i32 = 24 * 30;
const THRESHOLDS_MAX: usize = 5;
const SOURCE_CHARS_MAX: usize = 256;

/// Terms of a cap. What is absent stays as it is, or in a new cap has its default.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"limit": 150, "on_reach": "redirect"}))]
pub struct CapTerms {
    /// Things, or minor units of the cap's currency.
    pub limit: Option<i64>,
    /// IANA name; the workspace's unless said.
    pub timezone: Option<String>,
    /// `pending` and `approved` unless said.
    pub counted: Option<Vec<CountedStatus>>,
    /// `reject` unless said.
    pub on_reach: Option<OnReach>,
    /// Per cents at which the manager is told: 80 and 100 unless said.
    pub thresholds: Option<Vec<u32>>,
    pub filter: Option<CapFilter>,
    /// `none` unless said.
    pub grace: Option<GraceKind>,
    /// With the grace `hours`.
    pub grace_hours: Option<i32>,
    /// By what a test is judged, in words.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub kpi: Option<Option<String>>,
    pub state: Option<CapState>,
}

impl CapTerms {
    /// Puts the terms into `row`, each checked.
    pub fn put_into(&self, row: &mut Model) -> Result<(), Refusal> {
        if let Some(limit) = self.limit {
            if !(1..=LIMIT_MAX).contains(&limit) {
                return Err(Refusal::field("limit", "must be 1 to 1000000000000000"));
            }
            row.limit_count = limit;
        }
        if let Some(zone) = &self.timezone {
            row.timezone = zone_name(zone)?;
        }
        if let Some(counted) = &self.counted {
            row.counted = checked_statuses(counted)?;
        }
        if let Some(thresholds) = &self.thresholds {
            row.thresholds = checked_thresholds(thresholds)?;
        }
        if let Some(filter) = &self.filter {
            row.filter = checked_filter(filter)?;
        }
        if let Some(kpi) = &self.kpi {
            row.kpi = optional_text("kpi", kpi.as_deref(), TEXT_CHARS_MAX)?;
        }
        self.put_choices(row)
    }

    fn put_choices(&self, row: &mut Model) -> Result<(), Refusal> {
        row.on_reach = self.on_reach.unwrap_or(row.on_reach);
        row.grace = self.grace.unwrap_or(row.grace);
        row.grace_hours = self.grace_hours.unwrap_or(row.grace_hours);
        row.state = self.state.unwrap_or(row.state);
        if row.metric.is_traffic() && row.on_reach == OnReach::Pending {
            return Err(Refusal::field("on_reach", "must not be pending for clicks and views"));
        }
        if row.grace != GraceKind::Hours {
            row.grace_hours = 0;
        } else if !(1..=GRACE_HOURS_MAX).contains(&row.grace_hours) {
            return Err(Refusal::field("grace_hours", format!("must be 1 to {GRACE_HOURS_MAX}")));
        }
        Ok(())
    }
}

fn checked_statuses(counted: &[CountedStatus]) -> Result<CountedStatuses, Refusal> {
    let mut counted = counted.to_vec();
    counted.sort_unstable();
    counted.dedup();
    if counted.is_empty() {
        return Err(Refusal::field("counted", "must not be empty"));
    }
    Ok(CountedStatuses(counted))
}

fn checked_thresholds(thresholds: &[u32]) -> Result<Thresholds, Refusal> {
    if thresholds.len() > THRESHOLDS_MAX {
        return Err(Refusal::field("thresholds", format!("must have at most {THRESHOLDS_MAX} entries")));
    }
    if thresholds.iter().any(|percent| !(1..=100).contains(percent)) {
        return Err(Refusal::field("thresholds", "must be 1 to 100"));
    }
    let mut thresholds = thresholds.to_vec();
    thresholds.sort_unstable();
    thresholds.dedup();
    Ok(Thresholds(thresholds))
}

fn checked_filter(filter: &CapFilter) -> Result<CapFilter, Refusal> {
    require_few("filter.countries", filter.countries.len())?;
    require_few("filter.goals", filter.goals.len())?;
    require_few("filter.sources", filter.sources.len())?;
    let country = |code: &String| {
        let code = code.trim().to_ascii_uppercase();
        let plain = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        plain.then_some(code).ok_or_else(|| Refusal::field("filter.countries", "must be a country code such as PL"))
    };
    let source = |text: &String| short_text("filter.sources", text, SOURCE_CHARS_MAX);
    Ok(CapFilter {
        countries: filter.countries.iter().map(country).collect::<Result<_, _>>()?,
        goals: filter.goals.clone(),
        sources: filter.sources.iter().map(source).collect::<Result<_, _>>()?,
    })
}
