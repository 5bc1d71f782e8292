//! Stop a conversion's clocks for a case or a dispute, and let them go on.

use axum::{Json, body::Bytes, extract::State};
use kernel::{Id, id};

use super::{
    act::{self, Judgement},
    shape::ConversionDetail,
};
use crate::{
    App,
    conversions::Action,
    identity::permissions::CanFreezeConversions,
    platform::{Answer, body::PathId},
};

/// Freeze a conversion: no clock runs, and what it earns is paid with no batch, until it is unfrozen.
#[utoipa::path(
    post, path = "/v1/conversions/{id}/freeze", tag = "conversions", params(("id" = Id<id::Conversion>, Path)),
    request_body(content = Option<Judgement>), responses((status = 200, body = ConversionDetail))
)]
pub async fn freeze(
    State(app): State<App>,
    CanFreezeConversions(actor): CanFreezeConversions,
    PathId(id): PathId<Id<id::Conversion>>,
    body: Bytes,
) -> Answer<Json<ConversionDetail>> {
    act::judge(&app, &actor, id, Action::Freeze, &body).await
}

/// Unfreeze a conversion: its clocks end as many days later as they stood still.
#[utoipa::path(
    post, path = "/v1/conversions/{id}/unfreeze", tag = "conversions", params(("id" = Id<id::Conversion>, Path)),
    request_body(content = Option<Judgement>), responses((status = 200, body = ConversionDetail))
)]
pub async fn unfreeze(
    State(app): State<App>,
    CanFreezeConversions(actor): CanFreezeConversions,
    PathId(id): PathId<Id<id::Conversion>>,
    body: Bytes,
) -> Answer<Json<ConversionDetail>> {
    act::judge(&app, &actor, id, Action::Unfreeze, &body).await
}
