//! Doors through which results come: a batch of the API, and a file.

use axum::{Json, body::Body as RawBody, extract::State};
use kernel::{Id, Refusal, RefusalCode, id};
use serde::{Deserialize, Serialize};

use crate::{
    App, advertisers,
    identity::{Actor, permissions::CanSendResults},
    platform::{Answer, Body, body::Params},
    results::{
        file,
        model::{ResultDoor, ResultLine},
        take::{self, Placed, Sender, Tally},
    },
};

/// Lines of one batch.
const LINES_MAX: usize = 1_000;

/// Results of some customers on some days.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "advertiser_id": "adv_01KAMX4S5T0000000000000000",
    "results": [{
        "customer_id": "player-118", "day": "2026-11-01",
        "figures": {"deposits": "100.00", "bets": "250.00", "wins": "180.50", "deposits_count": "2"}
    }]
}))]
pub struct ResultsIn {
    /// An advertiser's own member may leave it out.
    #[serde(default)]
    pub advertiser_id: Option<Id<id::Advertiser>>,
    /// At most 1000, each customer's day once.
    pub results: Vec<ResultLine>,
}

/// What became of an upload.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"added": 120, "corrected": 3, "same": 877}))]
pub struct ResultsTaken {
    /// Days that were not known before.
    pub added: usize,
    /// Days whose figures changed: the new ones are a version of their own.
    pub corrected: usize,
    /// Days said again as they stand.
    pub same: usize,
}

impl From<Tally> for ResultsTaken {
    fn from(Tally { added, corrected, same }: Tally) -> Self {
        Self { added, corrected, same }
    }
}

/// Report what customers did, day by day.
///
/// A customer's day that was reported before is corrected: figures that are named replace those said before, the others
/// stay. Sending the same again changes nothing. Where a line is not understood nothing is taken, and each fault is told.
#[utoipa::path(
    post, path = "/v1/customer-results", tag = "results", request_body = ResultsIn,
    responses((status = 200, body = ResultsTaken))
)]
pub async fn send(
    State(app): State<App>,
    CanSendResults(actor): CanSendResults,
    Body(body): Body<ResultsIn>,
) -> Answer<Json<ResultsTaken>> {
    if body.results.is_empty() || body.results.len() > LINES_MAX {
        return Err(Refusal::field("results", format!("must have 1 to {LINES_MAX} lines")).into());
    }
    let sender = sender(&app, &actor, body.advertiser_id, ResultDoor::Api).await?;
    let placed = body.results.into_iter().enumerate();
    let placed: Vec<Placed> = placed.map(|(index, line)| Placed { place: format!("results.{index}"), line }).collect();
    Ok(Json(take::take(&app, sender, &placed, Vec::new()).await?.into()))
}

/// For whom a file speaks.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UploadFor {
    /// An advertiser's own member may leave it out.
    #[param(value_type = Option<String>)]
    pub advertiser_id: Option<Id<id::Advertiser>>,
}

/// Upload a CSV file of what customers did: 8 MiB and 20000 lines at most.
///
/// The first line names the columns: `customer_id`, `day`, any of the figures, and `currency` if it is said. Comma,
/// semicolon and tab are recognised. Where a line is not understood nothing is taken, and each fault names its line.
#[utoipa::path(
    put, path = "/v1/customer-results/file", tag = "results", params(UploadFor),
    request_body(
        content = String, content_type = "text/csv",
        example = "customer_id,day,deposits,bets,wins\nplayer-118,2026-11-01,100.00,250.00,180.50\n"
    ),
    responses((status = 200, body = ResultsTaken))
)]
pub async fn upload(
    State(app): State<App>,
    CanSendResults(actor): CanSendResults,
    Params(wanted): Params<UploadFor>,
    body: RawBody,
) -> Answer<Json<ResultsTaken>> {
    let sender = sender(&app, &actor, wanted.advertiser_id, ResultDoor::Csv).await?;
    let bytes = axum::body::to_bytes(body, file::FILE_BYTES_MAX)
        .await
        .map_err(|_| Refusal::new(RefusalCode::BodyTooLarge, "the upload broke off, or is larger than 8 MiB"))?;
    let (placed, faults) = file::read(&bytes)?;
    Ok(Json(take::take(&app, sender, &placed, faults).await?.into()))
}

async fn sender(app: &App, actor: &Actor, named: Option<Id<id::Advertiser>>, door: ResultDoor) -> Answer<Sender> {
    let advertiser = named.or(actor.advertiser).ok_or_else(|| Refusal::field("advertiser_id", "must be named"))?;
    actor.require_advertiser(advertiser)?;
    let advertiser = advertisers::store::get(app.records.read(), actor.tenant, advertiser).await?;
    Ok(Sender { tenant: actor.tenant, advertiser: advertiser.id, door, user: Some(actor.user) })
}
