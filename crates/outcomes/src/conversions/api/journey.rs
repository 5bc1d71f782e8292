//! The clicks and other touches of the visitor that came before a conversion.

use axum::{Json, extract::State};
use events::journeys::{self, LOOKBACK_DAYS, Touch};
use kernel::{Id, Refusal, Timestamp, id};
use sea_orm::{EntityTrait as _, QueryFilter as _};
use serde::Serialize;

use super::list::own;
use crate::{
    App,
    conversions::entity::conversion,
    identity::{Role, permissions::CanReadConversions},
    platform::{
        Answer,
        body::PathId,
        labels::{Labels, Wanted},
    },
};

/// One click of the visitor, or one time it came without.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TouchOut {
    pub click_id: Option<Id<id::Click>>,
    /// How it came without a click: `direct`, `organic_search`, `paid_search`, `social`, `email`, `display`, `referral` or
    /// `campaign`. Not shown to partners.
    pub channel: Option<String>,
    pub at: Timestamp,
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub link_id: Option<Id<id::Link>>,
    pub traffic_type: String,
    /// The click that the conversion names.
    pub converted: bool,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "touches": [{"click_id": "clk_01KAMX4S5T0000000000000000", "channel": null, "at": "2026-11-22T09:00:00.000Z",
                 "offer_id": "ofr_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000",
                 "link_id": "lnk_01KAMX4S5T0000000000000000", "traffic_type": "seo", "converted": true}],
    "of_others": 1, "lookback_days": 30, "labels": {"prt_01KAMX4S5T0000000000000000": "Bright Media"}
}))]
pub struct JourneyOut {
    /// Valid clicks with the same advertiser and what the tag saw between them, oldest first. Partners see their own clicks.
    pub touches: Vec<TouchOut>,
    /// Clicks of other partners, where the reader does not see them.
    pub of_others: usize,
    /// Clicks this many days before the conversion are not looked for.
    pub lookback_days: i64,
    /// Names by id.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub labels: Labels,
}

/// The visitor's clicks and other touches that came before a conversion.
#[utoipa::path(
    get, path = "/v1/conversions/{id}/journey", tag = "conversions", params(("id" = Id<id::Conversion>, Path)),
    responses((status = 200, body = JourneyOut))
)]
pub async fn journey(
    State(app): State<App>,
    CanReadConversions(actor): CanReadConversions,
    PathId(id): PathId<Id<id::Conversion>>,
) -> Answer<Json<JourneyOut>> {
    let row = conversion::Entity::find_by_id(id).filter(own(&actor)).one(app.records.read()).await?;
    let row = row.ok_or_else(|| Refusal::not_found("conversion"))?;
    let touches = match row.click_id {
        Some(click) => journeys::of_click(&app.event_store, actor.tenant, click, row.event_at).await?,
        None => Vec::new(),
    };
    let clicks = |touches: &[Touch]| touches.iter().filter(|touch| touch.click.is_some()).count();
    let all = clicks(&touches);
    let seen = |touch: &Touch| actor.role != Role::Partner || touch.click.is_some() && touch.partner == actor.partner;
    let touches: Vec<_> = touches.into_iter().filter(seen).collect();
    let of_others = all - clicks(&touches);
    let touches: Vec<_> = touches.into_iter().map(|touch| shown(touch, row.click_id)).collect();
    let wanted = Wanted::default()
        .with(touches.iter().filter_map(|touch| touch.offer_id))
        .with(touches.iter().filter_map(|touch| touch.partner_id))
        .with(touches.iter().filter_map(|touch| touch.link_id));
    let labels = wanted.read(app.records.read(), actor.tenant).await?;
    Ok(Json(JourneyOut { of_others, touches, lookback_days: LOOKBACK_DAYS, labels }))
}

fn shown(touch: Touch, of_conversion: Option<Id<id::Click>>) -> TouchOut {
    TouchOut {
        click_id: touch.click,
        channel: Some(touch.channel).filter(|channel| !channel.is_empty()),
        at: touch.at,
        offer_id: touch.offer,
        partner_id: touch.partner,
        link_id: touch.link,
        traffic_type: touch.traffic_type,
        converted: touch.click.is_some() && touch.click == of_conversion,
    }
}
