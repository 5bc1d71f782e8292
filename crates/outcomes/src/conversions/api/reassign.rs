//! Move a conversion to another partner.

use axum::{Json, extract::State};
use kernel::{Id, id, reason::ConversionReason};
use serde::Deserialize;

use super::{act, shape::ConversionDetail, show};
use crate::{
    App,
    conversions::{
        Action, Mover,
        moves::{self, Order},
    },
    identity::permissions::CanMoveConversions,
    partners::store::get as get_partner,
    platform::{
        Answer, Body,
        body::{PathId, TEXT_CHARS_MAX, short_text},
    },
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "partner_id": "prt_01KAMX4S5T0000000000000000", "note": "the coupon was printed for Trail Notes"
}))]
#[serde(deny_unknown_fields)]
pub struct Reassignment {
    /// Who earns it from now on.
    pub partner_id: Id<id::Partner>,
    /// Why, in plain words; kept with the move.
    pub note: String,
}

/// Move a conversion to another partner, with what it earns. What the first partner had of it is taken back: a debt, where
/// it was paid or is on its way. The other partner is given the same amount. The advertiser owes what it owed.
#[utoipa::path(
    post, path = "/v1/conversions/{id}/reassign", tag = "conversions", params(("id" = Id<id::Conversion>, Path)),
    request_body = Reassignment, responses((status = 200, body = ConversionDetail))
)]
pub async fn reassign(
    State(app): State<App>,
    CanMoveConversions(actor): CanMoveConversions,
    PathId(id): PathId<Id<id::Conversion>>,
    Body(body): Body<Reassignment>,
) -> Answer<Json<ConversionDetail>> {
    let note = short_text("note", &body.note, TEXT_CHARS_MAX)?;
    let tx = app.records.begin().await?;
    tx.lock_workspace(actor.tenant).await?;
    let to = get_partner(&*tx, actor.tenant, body.partner_id).await?;
    let mut sheet = moves::open(&*tx, actor.tenant, &app.ambient).await?;
    moves::load_conversions(&*tx, &mut sheet, &[id]).await?;
    moves::load_standings_of(&*tx, &mut sheet, to.id).await?;
    let order = Order {
        action: Action::Reassign,
        amount_minor: None,
        reason: Some(ConversionReason::Manual),
        words: Some(note),
        mover: Mover::user(&actor),
        at: sheet.now(),
    };
    sheet.reassign(id, &order, &to)?;
    let flips = sheet.caps.changes_routes();
    sheet.write(&*tx).await.map_err(act::conflict)?;
    let detail = show::detail(&*tx, &actor, id).await?;
    tx.commit().await?;
    if flips {
        app.catch_up_routes().await?;
    }
    app.shipper.wake();
    Ok(Json(detail))
}
