//! The hops themselves: each looks at one thing and says what it found.

use std::{borrow::Cow, net::IpAddr, sync::Arc};

use connect::probe::{Stop, Walk, Walked};
use edge::{
    Edge, EdgeRequest,
    receipt::{fields::Fields, signature},
    routes::token_digest,
    trial::Imagined,
};
use events::record::Destination;
use kernel::{Tenant, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::Value;

use super::{
    calls::{self, Outcome},
    checkup_model::{Hop, HopFound, HopState},
    rules::{self, Advice},
};
use crate::{
    App,
    advertisers::{
        key::KeyKind,
        keys,
        model::{Model as Advertiser, ReceiptTrust},
    },
    domains::{self, rules::Finding},
    links::{self, model as link},
    offers::entity::{goal::Model as Goal, offer::Model as Offer},
    platform::addresses::is_public,
    workspaces,
};

/// A visitor of nowhere (RFC 5737): no place is known of it.
const VISITOR: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 1));
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
/// A test may be told as of so many seconds ahead, where the offer wants time to pass after the click.
const AHEAD_SECONDS_MAX: i32 = 540;

/// What the walk has come to know.
pub(super) struct Patient<'a> {
    pub app: &'a App,
    pub edge: Arc<Edge>,
    pub tenant: Tenant,
    pub offer: Offer,
    pub advertiser: Advertiser,
    pub goal: Option<Goal>,
    /// Host at which the link is shown.
    pub host: String,
    pub slug: String,
    /// Where the click was sent, with its id.
    pub location: String,
    pub click_id: String,
    pub walked: Option<Walked>,
}

pub(super) fn sound(hop: Hop, detail: impl Into<String>) -> HopFound {
    HopFound { hop, state: HopState::Sound, reason: None, advice: None, detail: detail.into() }
}

pub(super) fn broken(hop: Hop, (reason, advice): (&str, Advice), detail: impl Into<String>) -> HopFound {
    let reason = Some(reason.to_owned());
    HopFound { hop, state: HopState::Broken, reason, advice: Some(advice), detail: detail.into() }
}

pub(super) fn skipped(hop: Hop, reason: &str, detail: impl Into<String>) -> HopFound {
    let reason = Some(reason.to_owned());
    HopFound { hop, state: HopState::Skipped, reason, advice: None, detail: detail.into() }
}

/// The newest active link of the offer, and the domain it is shown with.
pub(super) async fn link(patient: &mut Patient<'_>) -> anyhow::Result<HopFound> {
    let active = link::Column::WorkspaceId
        .eq(patient.tenant.id())
        .and(link::Column::OfferId.eq(patient.offer.id))
        .and(link::Column::State.eq(link::LinkState::Active));
    let newest = link::Entity::find().filter(active).order_by_desc(link::Column::Id);
    let Some(row) = newest.one(patient.app.records.read()).await? else {
        return Ok(broken(Hop::Link, ("no_link", Advice::MakeLink), ""));
    };
    let usable = domains::store::usable(patient.app.records.read(), patient.tenant).await?;
    let address = links::url::of_link(patient.app, &usable, row.partner_id, &row.slug);
    let main = patient.app.settings.public_url.split("://").nth(1).unwrap_or_default().to_owned();
    patient.host = domains::store::best_for(&usable, row.partner_id).map_or(main, |domain| domain.host.clone());
    patient.slug = row.slug;
    Ok(sound(Hop::Link, address))
}

/// What the look at the domain finds.
pub(super) async fn domain(patient: &Patient<'_>) -> anyhow::Result<HopFound> {
    let usable = domains::store::usable(patient.app.records.read(), patient.tenant).await?;
    let Some(row) = usable.into_iter().find(|domain| domain.host == patient.host) else {
        return Ok(sound(Hop::Domain, &*patient.host));
    };
    let lists = links::checks::block_lists(patient.app.settings.domain_blocklists.as_deref());
    let row = links::checks::check(patient.app, row, &lists).await?;
    let (host, findings) = (row.host, row.findings.0);
    if row.checked_at.is_none() {
        return Ok(skipped(Hop::Domain, "example_name", host));
    }
    Ok(match findings.iter().find(|finding| **finding != Finding::CertificateEndsSoon) {
        None => sound(Hop::Domain, host),
        Some(finding) => {
            let advice = if *finding == Finding::Listed { Advice::SwapDomain } else { Advice::RepairDomain };
            broken(Hop::Domain, (&code(finding), advice), host)
        }
    })
}

fn code(finding: &Finding) -> String {
    serde_json::to_value(finding).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A click by HEAD: stored as a probe, outside every count, and yet with an id that can convert.
pub(super) fn click(patient: &mut Patient<'_>) -> HopFound {
    let target = format!("/c/{}", patient.slug);
    let host = patient.host.clone();
    let mut request = EdgeRequest::get(&host, &target, VISITOR);
    (request.method, request.user_agent) = ("HEAD", Cow::Borrowed(AGENT));
    let app = patient.app;
    let imagined = Imagined { slug: &patient.slug, request: &request, ip: VISITOR, at: app.ambient.now() };
    let trial = app.trier.run(&app.routes.table(), &imagined);
    if trial.destination != Destination::Landing {
        let reason = trial.reason.map_or("not_redirected", |reason| reason.code());
        let detail = trial.location.unwrap_or_default();
        // A visitor of nowhere is none that targeting lets in, and a full cap does its work: nothing is broken.
        let is_meant = reason.starts_with("targeting_") || reason == "cap_reached";
        return if is_meant {
            skipped(Hop::Click, reason, detail)
        } else {
            broken(Hop::Click, (reason, Advice::CheckTerms), detail)
        };
    }
    let response = patient.edge.click(&request);
    let sent = response.location().map(str::to_owned).zip(response.click_id);
    let Some((location, click)) = sent else {
        return broken(Hop::Click, ("not_redirected", Advice::CheckTerms), response.status.to_string());
    };
    patient.click_id = kernel::crockford::encode_string(click.as_u128());
    patient.location.clone_from(&location);
    sound(Hop::Click, location)
}

/// Follows the landing page as far as the offer's hosts go.
pub(super) async fn landing(patient: &mut Patient<'_>) -> HopFound {
    let walk = Walk {
        url: patient.location.clone(),
        allowed_hosts: patient.offer.allowed_hosts.0.clone(),
        may_connect: if patient.app.settings.allow_private_addresses { |_| true } else { is_public },
    };
    let Some(walked) = patient.app.prober.walk(&walk).await else {
        return skipped(Hop::Landing, "example_name", walk.url);
    };
    let (url, status) = walked.end().map(|(url, status)| (url.to_owned(), status)).unwrap_or_default();
    let found = match (walked.stop, status) {
        (Some(stop), _) => broken(Hop::Landing, of_stop(stop), url),
        (None, Some(status)) if status >= 400 => {
            broken(Hop::Landing, ("error_status", Advice::RepairLanding), format!("{url} {status}"))
        }
        _ => sound(Hop::Landing, url),
    };
    patient.walked = Some(walked);
    found
}

const fn of_stop(stop: Stop) -> (&'static str, Advice) {
    match stop {
        Stop::NoAddress => ("no_address", Advice::RepairLanding),
        Stop::PrivateAddress => ("private_address", Advice::RepairLanding),
        Stop::LeftAllowedHosts => ("left_allowed_hosts", Advice::AllowHost),
        Stop::TooManyRedirects => ("too_many_redirects", Advice::RepairLanding),
        Stop::TimedOut => ("timed_out", Advice::RepairLanding),
        Stop::Unreachable => ("unreachable", Advice::RepairLanding),
        Stop::BadRedirect => ("bad_redirect", Advice::RepairLanding),
    }
}

/// The id must be in the first address, and still in the last.
pub(super) fn parameter(patient: &Patient<'_>) -> HopFound {
    let has = |url: &str| url.contains(&patient.click_id);
    let lost = |url: &str| broken(Hop::Parameter, ("parameter_lost", Advice::KeepParameter), url);
    if !has(&patient.location) {
        return lost(&patient.location);
    }
    let hops = patient.walked.as_ref().map_or(&[][..], |walked| &walked.hops);
    match hops.iter().find(|(url, _)| !has(url)) {
        Some((url, _)) => lost(url),
        None => sound(Hop::Parameter, &*patient.offer.landing_parameter),
    }
}

/// A postback with `test=1`, on the rung that the advertiser asks for.
pub(super) async fn conversion(patient: &Patient<'_>, order_id: &str) -> anyhow::Result<HopFound> {
    if patient.advertiser.min_trust == ReceiptTrust::ApiKey {
        return Ok(skipped(Hop::Conversion, "api_only", ""));
    }
    let Some(query) = credentials(patient, said(patient, order_id)).await? else {
        return Ok(broken(Hop::Conversion, ("no_signing_key", Advice::MakeSigningKey), ""));
    };
    let peer = home(&patient.advertiser);
    let target = format!("/postback?{query}");
    let response = patient.edge.postback(&EdgeRequest::get(&patient.host, &target, peer)).await;
    let answer: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    let message = if answer["message"].is_string() { text("message") } else { text("title") };
    let reason = if answer["reason"].is_string() { text("reason") } else { text("code") };
    Ok(match (reason.as_str(), rules::after_reading(&reason)) {
        ("test", _) => sound(Hop::Conversion, message),
        ("", _) => skipped(Hop::Conversion, "deferred", message),
        (reason, advice) if advice.is_broken() => broken(Hop::Conversion, (reason, advice), message),
        (reason, _) => skipped(Hop::Conversion, reason, message),
    })
}

fn said(patient: &Patient<'_>, order_id: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("amount", "1").append_pair("click_id", &patient.click_id);
    query.append_pair("currency", &patient.offer.currency);
    let after = patient.offer.click_to_conversion_min_seconds;
    if (1..=AHEAD_SECONDS_MAX).contains(&after) {
        let at = patient.app.ambient.now().plus_millis(i64::from(after) * 1_000);
        query.append_pair("event_time", &at.to_string());
    }
    if let Some(goal) = &patient.goal {
        query.append_pair("goal", &goal.name);
    }
    query.append_pair("offer_id", &patient.offer.id.to_string()).append_pair("order_id", order_id);
    query.append_pair("test", "1");
    query.finish()
}

/// The query with what vouches for it; `None` where the advertiser asks for a signature and nobody can sign.
async fn credentials(patient: &Patient<'_>, query: String) -> anyhow::Result<Option<String>> {
    let Patient { app, tenant, advertiser, .. } = patient;
    let live = async |kind| {
        let keys = keys::live(app.records.read(), *tenant, advertiser.id, kind).await;
        keys.map_err(|problem| anyhow::anyhow!("{problem:?}"))
    };
    if advertiser.min_trust != ReceiptTrust::Signature {
        let own = live(KeyKind::Token).await?.first().and_then(|key| key.plain(&app.secrets));
        let token = match own {
            Some(own) => own,
            None => workspaces::store::postback_token(app, *tenant).await?,
        };
        return Ok(Some(format!("{query}&token={token}")));
    }
    let Some(key) = live(KeyKind::Signing).await?.into_iter().next() else { return Ok(None) };
    let Some(secret) = key.plain(&app.secrets) else { return Ok(None) };
    let seconds = app.ambient.now().millis() / 1_000;
    let nonce = kernel::crockford::encode_string(app.ambient.new_id::<id::Checkup>().as_u128());
    let query = format!("{query}&key_id={}&timestamp={seconds}&nonce={nonce}", key.key_id());
    let target = format!("/postback?{query}");
    let request = EdgeRequest::get(&patient.host, &target, VISITOR);
    let fields = Fields::read(&request).map_err(|refusal| anyhow::anyhow!("{}", refusal.message))?;
    let signature = signature::sign(&token_digest(&secret), &request, &fields);
    Ok(Some(format!("{query}&signature={signature}")))
}

/// An address the advertiser may call from.
fn home(advertiser: &Advertiser) -> IpAddr {
    let listed = advertiser.ip_allow_list.0.first().and_then(|entry| entry.split('/').next()?.parse().ok());
    listed.unwrap_or(VISITOR)
}

/// The advertiser's own calls of the last seven days: broken where the newest was refused for how it was made.
pub(super) async fn own_calls(patient: &Patient<'_>) -> anyhow::Result<HopFound> {
    patient.app.keep_calls().await?;
    let told = calls::last_days(patient.app, patient.tenant, patient.advertiser.id).await;
    let told = told.map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
    let count = format!("{} / {}", told.refused, told.taken + told.refused);
    let real = told.groups.iter().filter(|group| !group.is_test);
    Ok(match real.max_by_key(|group| group.at) {
        None => skipped(Hop::Calls, "no_calls", ""),
        Some(last) if last.outcome == Outcome::Refused => {
            let reason = last.reason.clone().unwrap_or_default();
            let advice = last.advice.unwrap_or(Advice::ReadMessage);
            if advice.is_broken() {
                broken(Hop::Calls, (&reason, advice), format!("{count}: {}", last.message))
            } else {
                sound(Hop::Calls, count)
            }
        }
        Some(_) => sound(Hop::Calls, count),
    })
}
