//! Raw clicks, newest first.

use axum::{Json, extract::State};
use events::{
    clicks::Verdict,
    question::period::Period,
    raw::{self, ClicksAsked, RawClick},
};
use kernel::{Id, Page, Refusal, Timestamp, id, paging::PageQuery};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    identity::{Actor, Role, permissions::CanReadReports},
    platform::{Answer, body::Params, labels::Wanted},
    reports::{asking, rules},
};

/// Days that are looked at where none are said.
const DAYS_UNSAID: i64 = 30;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ClickFilter {
    /// A local day (its beginning) or a moment of RFC 3339; the last 30 days unless said.
    pub from: Option<String>,
    /// A local day (its end) or a moment (not included).
    pub to: Option<String>,
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub link_id: Option<Id<id::Link>>,
    /// `valid`, `duplicate`, `invalid` or `probe`.
    pub verdict: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "clk_01KAMX4S5T0000000000000000", "event_time": "2026-11-22T09:30:00.000Z", "verdict": "valid",
    "reason": null, "advertiser_id": "adv_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "link_id": "lnk_01KAMX4S5T0000000000000000", "landing_id": null,
    "traffic_type": "seo", "subs": ["banner", "", "", "", "", "", "", "", "", ""], "source_id": "", "country": "PL",
    "device": "phone", "os": "Android", "browser": "Chrome", "language": "pl", "referrer_host": "blog.example",
    "destination": "landing", "duplicate_of": null
}))]
pub struct RawClickOut {
    pub id: Id<id::Click>,
    pub event_time: Timestamp,
    /// `valid`, `duplicate`, `invalid` or `probe`.
    pub verdict: String,
    /// Reason code.
    pub reason: Option<String>,
    /// Not shown to partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub link_id: Option<Id<id::Link>>,
    pub landing_id: Option<Id<id::Landing>>,
    pub traffic_type: String,
    /// `sub1` to `sub10`.
    pub subs: Vec<String>,
    pub source_id: String,
    pub country: String,
    pub device: String,
    pub os: String,
    pub browser: String,
    pub language: String,
    pub referrer_host: String,
    /// Where the visitor was sent.
    pub destination: String,
    pub duplicate_of: Option<Id<id::Click>>,
}

impl RawClickOut {
    fn of(click: RawClick, role: Role) -> Self {
        Self {
            id: click.click_id,
            event_time: click.at,
            verdict: click.verdict,
            reason: Some(click.reason).filter(|reason| !reason.is_empty()),
            advertiser_id: click.advertiser.filter(|_| role != Role::Partner),
            offer_id: click.offer,
            partner_id: click.partner,
            link_id: click.link,
            landing_id: click.landing,
            traffic_type: click.traffic_type,
            subs: click.subs.into(),
            source_id: click.source_id,
            country: click.country,
            device: click.device,
            os: click.os,
            browser: click.browser,
            language: click.language,
            referrer_host: click.referrer_host,
            destination: click.destination,
            duplicate_of: click.duplicate_of,
        }
    }
}

/// Raw clicks, newest first. Partners and advertisers see their own.
#[utoipa::path(
    get, path = "/v1/clicks", tag = "reports", params(ClickFilter, PageQuery),
    responses((status = 200, body = Page<RawClickOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadReports(actor): CanReadReports,
    Params(filter): Params<ClickFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<RawClickOut>>> {
    let asked = filter.asked(&app, &actor).await?;
    let before = page.after::<id::Click>()?;
    let rows = raw::clicks(&app.event_store, asked, before, page.limit() as usize + 1).await?;
    let shown = Page::from_rows(rows, &page, |row| row.click_id).map(|row| RawClickOut::of(row, actor.role));
    let wanted = Wanted::default()
        .with(shown.items.iter().filter_map(|click| click.advertiser_id))
        .with(shown.items.iter().filter_map(|click| click.offer_id))
        .with(shown.items.iter().filter_map(|click| click.partner_id))
        .with(shown.items.iter().filter_map(|click| click.link_id));
    Ok(Json(wanted.beside(shown, app.records.read(), actor.tenant).await?))
}

impl ClickFilter {
    async fn asked(self, app: &App, actor: &Actor) -> Answer<ClicksAsked> {
        let workspace = asking::workspace_of(app, actor).await?;
        let now = app.ambient.now();
        let from = self.from.unwrap_or_else(|| now.plus_days(-DAYS_UNSAID).to_string());
        let to = self.to.unwrap_or_else(|| now.plus_days(1).to_string());
        let window = Period::read(&from, &to, workspace.zone()?, None)?.window;
        Ok(ClicksAsked {
            window,
            offer: self.offer_id,
            partner: self.partner_id,
            link: self.link_id,
            verdict: self.verdict.as_deref().map(verdict).transpose()?,
            ..rules::clicks_asked(actor, now, now)
        })
    }
}

fn verdict(code: &str) -> Result<Verdict, Refusal> {
    let known = Verdict::ALL.into_iter().find(|verdict| verdict.code() == code);
    known.ok_or_else(|| Refusal::field("verdict", "must be valid, duplicate, invalid or probe"))
}
