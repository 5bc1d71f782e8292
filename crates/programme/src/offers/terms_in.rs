//! An offer's terms as they are asked for, in a new offer or a change of one.

use std::collections::BTreeMap;

use kernel::{Id, Refusal, Timestamp, id, targeting::TargetingCondition};
use serde::Deserialize;

use super::{
    entity::offer,
    rules::{self, parameter_name, query_template, within, word},
    terms::{
        AttributionOrder, AttributionStep, ConversionStart, OfferState, PayModel, TrafficRule, TrafficRules,
        ValidationExpiry, Visibility,
    },
};
use crate::platform::{
    addresses::{host_pattern, web_address},
    body::{TEXT_CHARS_MAX, optional_text, present, short_text},
    columns::{TextList, TextMap, require_few},
};

const DESCRIPTION_CHARS_MAX: usize = 5_000;
const HOURS_MAX: i32 = 24 * 365;
/// Views are remembered for 30 days.
const VIEW_HOURS_MAX: i32 = 24 * 30;
const SECONDS_MAX: i32 = 86_400;
pub const DAYS_MAX: i32 = 365;
/// The last click keeps something, and those who assisted get something.
const ASSIST_PERCENT: (i32, i32) = (1, 90);

/// Terms of an offer. What is absent stays as it is, or in a new offer has its default.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct OfferTerms {
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub description: Option<Option<String>>,
    pub state: Option<OfferState>,
    /// `private` unless said.
    pub visibility: Option<Visibility>,
    pub vertical: Option<String>,
    /// Name under which the landing page reads the click id: `click_id` unless said.
    pub landing_parameter: Option<String>,
    /// Hosts a visitor may be sent to beside those of the landing pages; `*.shop.example` is all below it.
    pub allowed_hosts: Option<Vec<String>>,
    pub passes_extra_parameters: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub utm_template: Option<Option<String>>,
    /// A second click of one visitor within so many hours is a duplicate: 24 unless said.
    pub duplicate_window_hours: Option<i32>,
    pub click_to_conversion_min_seconds: Option<i32>,
    /// 30 unless said.
    pub click_to_conversion_max_days: Option<i32>,
    /// A view earns within so many hours, at most 720, where nothing stronger does: 0, not at all, unless said.
    pub view_to_conversion_hours: Option<i32>,
    /// Where a good conversion starts: `pending` unless said.
    pub conversion_start: Option<ConversionStart>,
    /// Days the advertiser has to judge: 30 unless said.
    pub validation_days: Option<i32>,
    /// What happens after them: `stay` unless said.
    pub validation_expiry: Option<ValidationExpiry>,
    /// Days from approved to locked: 14 unless said.
    pub hold_days: Option<i32>,
    pub many_per_click: Option<bool>,
    pub attribution_order: Option<Vec<AttributionStep>>,
    /// How the commission is split among those who had a part: `last` unless said.
    pub pay_model: Option<PayModel>,
    /// Of a hundred, what those who assisted share under `assist`: 20 unless said.
    pub assist_percent: Option<i32>,
    /// Traffic type to `allowed`, `by_approval` or `forbidden`; what is not listed is allowed.
    pub traffic_rules: Option<BTreeMap<String, TrafficRule>>,
    /// Who may come through; an empty list lets everybody.
    pub targeting: Option<Vec<TargetingCondition>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub fallback_url: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Timestamp>)]
    pub starts_at: Option<Option<Timestamp>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Timestamp>)]
    pub ends_at: Option<Option<Timestamp>>,
    pub external_refs: Option<BTreeMap<String, String>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<id::User>)]
    pub manager_id: Option<Option<Id<id::User>>>,
}

impl OfferTerms {
    /// Puts the terms into `row`, each checked. `landing_hosts` are always allowed.
    pub fn put_into(
        &self,
        row: &mut offer::Model,
        landing_hosts: &[String],
        allow_private: bool,
    ) -> Result<(), Refusal> {
        self.put_texts(row)?;
        self.put_hosts(row, landing_hosts, allow_private)?;
        self.put_clocks(row)?;
        self.put_choices(row)?;
        self.put_dates(row)
    }

    fn put_texts(&self, row: &mut offer::Model) -> Result<(), Refusal> {
        if let Some(description) = &self.description {
            row.description = long_text("description", description.as_deref())?;
        }
        if let Some(vertical) = &self.vertical {
            row.vertical = if vertical.is_empty() { String::new() } else { word("vertical", vertical)? };
        }
        if let Some(parameter) = &self.landing_parameter {
            row.landing_parameter = parameter_name("landing_parameter", parameter)?;
        }
        if let Some(utm) = &self.utm_template {
            row.utm_template = utm.as_deref().map(|utm| query_template("utm_template", utm)).transpose()?;
        }
        if let Some(refs) = &self.external_refs {
            row.external_refs = TextMap::checked("external_refs", refs)?;
        }
        Ok(())
    }

    fn put_hosts(&self, row: &mut offer::Model, landing: &[String], allow_private: bool) -> Result<(), Refusal> {
        let mut hosts = match &self.allowed_hosts {
            Some(typed) => checked_hosts(typed, allow_private)?,
            None => row.allowed_hosts.0.clone(),
        };
        if let Some(fallback) = &self.fallback_url {
            let checked = |url: &String| web_address("fallback_url", url, allow_private);
            let address = fallback.as_ref().map(checked).transpose()?;
            hosts.extend(address.iter().map(|address| address.host.clone()));
            row.fallback_url = address.map(|address| address.url);
        }
        hosts.extend(landing.iter().cloned());
        row.allowed_hosts = TextList::checked("allowed_hosts", &hosts, TEXT_CHARS_MAX)?;
        Ok(())
    }

    fn put_clocks(&self, row: &mut offer::Model) -> Result<(), Refusal> {
        let clocks = [
            (&mut row.duplicate_window_hours, "duplicate_window_hours", self.duplicate_window_hours, 0, HOURS_MAX),
            (
                &mut row.click_to_conversion_min_seconds,
                "click_to_conversion_min_seconds",
                self.click_to_conversion_min_seconds,
                0,
                SECONDS_MAX,
            ),
            (
                &mut row.click_to_conversion_max_days,
                "click_to_conversion_max_days",
                self.click_to_conversion_max_days,
                1,
                DAYS_MAX,
            ),
            (
                &mut row.view_to_conversion_hours,
                "view_to_conversion_hours",
                self.view_to_conversion_hours,
                0,
                VIEW_HOURS_MAX,
            ),
            (&mut row.validation_days, "validation_days", self.validation_days, 0, DAYS_MAX),
            (&mut row.hold_days, "hold_days", self.hold_days, 0, DAYS_MAX),
            (&mut row.assist_percent, "assist_percent", self.assist_percent, ASSIST_PERCENT.0, ASSIST_PERCENT.1),
        ];
        for (place, field, wanted, least, most) in clocks {
            *place = wanted.map_or(Ok(*place), |wanted| within(field, wanted, least, most))?;
        }
        Ok(())
    }

    fn put_choices(&self, row: &mut offer::Model) -> Result<(), Refusal> {
        row.state = self.state.map_or(Ok(row.state), |state| rules::move_offer(row.state, state))?;
        row.visibility = self.visibility.unwrap_or(row.visibility);
        row.passes_extra_parameters = self.passes_extra_parameters.unwrap_or(row.passes_extra_parameters);
        row.conversion_start = self.conversion_start.unwrap_or(row.conversion_start);
        row.validation_expiry = self.validation_expiry.unwrap_or(row.validation_expiry);
        row.pay_model = self.pay_model.unwrap_or(row.pay_model);
        row.many_per_click = self.many_per_click.unwrap_or(row.many_per_click);
        row.manager_id = self.manager_id.unwrap_or(row.manager_id);
        if let Some(order) = &self.attribution_order {
            row.attribution_order = checked_order(order)?;
        }
        if let Some(traffic) = &self.traffic_rules {
            require_few("traffic_rules", traffic.len())?;
            let entry = |(name, rule): (&String, &TrafficRule)| Ok((word("traffic_rules", name)?, *rule));
            row.traffic_rules = TrafficRules(traffic.iter().map(entry).collect::<Result<_, Refusal>>()?);
        }
        Ok(())
    }

    fn put_dates(&self, row: &mut offer::Model) -> Result<(), Refusal> {
        row.starts_at = self.starts_at.unwrap_or(row.starts_at);
        row.ends_at = self.ends_at.unwrap_or(row.ends_at);
        match (row.starts_at, row.ends_at) {
            (Some(start), Some(end)) if end <= start => Err(Refusal::field("ends_at", "must come after starts_at")),
            _ => Ok(()),
        }
    }
}

/// Text of several lines.
fn long_text(field: &str, text: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.chars().count() > DESCRIPTION_CHARS_MAX || text.contains(odd) {
        return Err(Refusal::field(field, format!("must be plain text of at most {DESCRIPTION_CHARS_MAX} characters")));
    }
    Ok(Some(text.to_owned()))
}

fn checked_hosts(typed: &[String], allow_private: bool) -> Result<Vec<String>, Refusal> {
    require_few("allowed_hosts", typed.len())?;
    let host = |(index, text): (usize, &String)| host_pattern(&format!("allowed_hosts.{index}"), text, allow_private);
    typed.iter().enumerate().map(host).collect()
}

fn checked_order(order: &[AttributionStep]) -> Result<AttributionOrder, Refusal> {
    let repeats = order.iter().enumerate().any(|(index, step)| order[..index].contains(step));
    if order.is_empty() || repeats {
        return Err(Refusal::field("attribution_order", "must name at least one way, each once"));
    }
    Ok(AttributionOrder(order.to_vec()))
}

/// A name, as offers, landing pages and goals have.
pub(super) fn name(text: &str) -> Result<String, Refusal> {
    short_text("name", text, TEXT_CHARS_MAX)
}

/// A free text of one line that may be absent.
pub(super) fn note(field: &str, text: Option<&str>) -> Result<Option<String>, Refusal> {
    optional_text(field, text, 500)
}
