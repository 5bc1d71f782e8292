//! A visitor who does not exist, and what the edge would do with it.

use std::{borrow::Cow, collections::BTreeMap, net::IpAddr};

use edge::{
    EdgeRequest,
    request::{MAX_AGENT_BYTES, MAX_REFERRER_BYTES},
    targeting::Standing,
    trial::{Imagined, MemberTrial, Seen, Trial},
};
use events::record::TargetingMark;
use kernel::{Refusal, Timestamp, reason::ClickReason, targeting::TargetingCondition};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    identity::{Actor, Role},
    offers::targeting::is_open,
    platform::columns::require_few,
};

/// Longest value of a parameter or header, in bytes.
const VALUE_BYTES_MAX: usize = 256;

/// A visitor as you imagine it; what is left out is not sent.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "address": "83.0.12.7", "language": "pl",
    "user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "referrer": "https://blog.example/review", "parameters": {"sub1": "banner"}, "at": "2026-11-23T09:30:00Z"
}))]
pub struct TrialIn {
    /// IP address.
    pub address: String,
    #[serde(default)]
    pub user_agent: String,
    /// Accept-Language, such as `pl` or `pl-PL,en;q=0.8`.
    #[serde(default)]
    pub language: String,
    #[serde(default)]
    pub referrer: String,
    /// Parameters of the tracking link: `sub1` to `sub10`, `source_id` and others.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
    /// Now unless said.
    pub at: Option<Timestamp>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "reason": "targeting_geo", "destination": "not_found", "location": null,
    "steps": [{"step": "bot", "reason": null}, {"step": "targeting", "reason": "targeting_geo"}],
    "conditions": [{
        "of": "offer", "place": 0, "matches": false, "lets_through": false, "spoke": true,
        "condition": {"field": "country", "mode": "include", "match": "exact", "values": ["PL"], "timezone": null}
    }],
    "seen": {
        "country": "DE", "region": "", "region_code": "", "city": "", "language": "de", "device": "mobile",
        "brand": "Apple", "os": "iOS", "os_version": "17.5", "browser": "Safari", "browser_version": "17.5",
        "connection": "", "asn": 3320, "network_owner": "Deutsche Telekom AG", "proxy": null, "referrer": "",
        "source": "", "subs": ["", "", "", "", "", "", "", "", "", ""]
    }
}))]
pub struct TrialOut {
    /// Why the click would not count; absent for a valid one.
    pub reason: Option<ClickReason>,
    /// `landing`, `partner_trafficback`, `offer_fallback`, `workspace_fallback` or `not_found`.
    pub destination: &'static str,
    /// Where the visitor would go, the click id left empty.
    pub location: Option<String>,
    /// Every step in its order. More than one may speak; terms outrank marks.
    pub steps: Vec<TrialStep>,
    /// The offer's conditions, then the link's.
    pub conditions: Vec<ConditionOut>,
    pub seen: SeenOut,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct TrialStep {
    pub step: &'static str,
    pub reason: Option<ClickReason>,
}

/// How one condition stands to the visitor.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ConditionOut {
    /// `offer` or `link`.
    pub of: &'static str,
    /// Its place in that list, from 0.
    pub place: usize,
    pub condition: TargetingCondition,
    pub matches: bool,
    pub lets_through: bool,
    /// Whether it is the one that is written down.
    pub spoke: bool,
}

/// The visitor as the conditions see it; empty where nothing is known.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SeenOut {
    pub country: String,
    pub region: String,
    pub region_code: String,
    pub city: String,
    pub language: String,
    pub device: &'static str,
    pub brand: &'static str,
    pub os: String,
    pub os_version: String,
    pub browser: String,
    pub browser_version: String,
    pub connection: String,
    pub asn: u32,
    pub network_owner: String,
    /// Kinds of proxy; `null` where no file tells.
    pub proxy: Option<Vec<&'static str>>,
    pub referrer: String,
    pub source: String,
    pub subs: Vec<String>,
}

/// Asks the steps of the edge about a visit to the link with this slug; of a smart link, to the member that was chosen.
pub fn run(app: &App, actor: &Actor, slug: &str, asked: &TrialIn) -> Result<(TrialOut, Vec<MemberTrial>), Refusal> {
    let ip: IpAddr = asked.address.trim().parse().map_err(|_| Refusal::field("address", "must be an IP address"))?;
    let query = query(&asked.parameters)?;
    let mut request = EdgeRequest::get("", "", ip);
    request.query = &query;
    request.user_agent = header("user_agent", &asked.user_agent, MAX_AGENT_BYTES)?;
    request.accept_language = header("language", &asked.language, VALUE_BYTES_MAX)?;
    request.referrer = header("referrer", &asked.referrer, MAX_REFERRER_BYTES)?;
    let at = asked.at.unwrap_or_else(|| app.ambient.now());
    let table = app.routes.table();
    let mut trial = app.trier.run(&table, &Imagined { slug, request: &request, ip, at });
    let members = std::mem::take(&mut trial.members);
    let chosen = members.iter().find(|member| member.is_chosen);
    let found = table.lookup(chosen.map_or(slug, |member| &member.link));
    let offer = found.and_then(|found| found.offer.targeting.as_deref()).map_or(&[][..], |held| held.conditions());
    let own = found.and_then(|found| found.link.targeting.as_deref()).map_or(&[][..], |held| held.conditions());
    let mut conditions = stood("offer", offer, &trial.of_offer, trial.condition);
    conditions.extend(stood("link", own, &trial.of_link, trial.condition));
    conditions.retain(|one| actor.role != Role::Partner || one.of == "link" || is_open(one.condition.field));
    Ok((told(trial, conditions), members))
}

fn query(parameters: &BTreeMap<String, String>) -> Result<String, Refusal> {
    require_few("parameters", parameters.len())?;
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in parameters {
        if name.len() > VALUE_BYTES_MAX || value.len() > VALUE_BYTES_MAX {
            return Err(Refusal::field("parameters", format!("must be at most {VALUE_BYTES_MAX} bytes each")));
        }
        query.append_pair(name, value);
    }
    Ok(query.finish())
}

fn header<'a>(field: &str, text: &'a str, bytes_max: usize) -> Result<Cow<'a, str>, Refusal> {
    if text.len() > bytes_max || text.contains(char::is_control) {
        return Err(Refusal::field(field, format!("must be plain text of at most {bytes_max} bytes")));
    }
    Ok(Cow::Borrowed(text))
}

fn stood(
    of: &'static str,
    conditions: &[TargetingCondition],
    standings: &[Standing],
    spoken: Option<TargetingMark>,
) -> Vec<ConditionOut> {
    let mark = |place: usize| {
        if of == "offer" { TargetingMark::Offer(place as u8) } else { TargetingMark::Link(place as u8) }
    };
    let one = |(place, (condition, standing)): (usize, (&TargetingCondition, &Standing))| ConditionOut {
        of,
        place,
        condition: condition.clone(),
        matches: standing.matches,
        lets_through: standing.lets_through,
        spoke: spoken == Some(mark(place)),
    };
    conditions.iter().zip(standings).enumerate().map(one).collect()
}

fn told(trial: Trial, conditions: Vec<ConditionOut>) -> TrialOut {
    TrialOut {
        reason: trial.reason,
        destination: trial.destination.code(),
        location: trial.location,
        steps: trial.steps.into_iter().map(|(step, reason)| TrialStep { step, reason }).collect(),
        conditions,
        seen: seen(trial.seen),
    }
}

fn seen(seen: Seen) -> SeenOut {
    SeenOut {
        country: seen.country,
        region: seen.region,
        region_code: seen.region_code,
        city: seen.city,
        language: seen.language,
        device: seen.device,
        brand: seen.brand,
        os: seen.os,
        os_version: seen.os_version,
        browser: seen.browser,
        browser_version: seen.browser_version,
        connection: seen.connection,
        asn: seen.asn,
        network_owner: seen.network_owner,
        proxy: seen.proxy.map(|kinds| kinds.names().collect()),
        referrer: seen.referrer,
        source: seen.source,
        subs: seen.subs.into(),
    }
}
