//! One judgement on many conversions.

use axum::{Json, extract::State};
use kernel::{Id, Refusal, id};
use serde::{Deserialize, Serialize};

use super::act::{self, Judgement};
use crate::{
    App,
    conversions::{Action, moves},
    identity::permissions::CanApproveConversions,
    platform::{Answer, Body},
};

/// Conversions of one request.
const IDS_MAX: usize = 1_000;

/// What is done to each.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BulkAction {
    Approve,
    Reject,
    Reverse,
    Reinstate,
}

impl BulkAction {
    const fn action(self) -> Action {
        match self {
            Self::Approve => Action::Approve,
            Self::Reject => Action::Reject,
            Self::Reverse => Action::Reverse,
            Self::Reinstate => Action::Reinstate,
        }
    }
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "action": "approve", "ids": ["cnv_01KAMX4S5T0000000000000000"], "reason": null, "note": "monthly check"
}))]
pub struct BulkJudgement {
    pub action: BulkAction,
    /// At most 1,000.
    pub ids: Vec<Id<id::Conversion>>,
    #[serde(flatten)]
    pub judgement: Judgement,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"moved": 1, "refused": [{
    "id": "cnv_01KAMX4S5T0000000000000000", "code": "illegal_move",
    "message": "approve does not apply to a conversion that is approved"
}]}))]
pub struct BulkOutcome {
    pub moved: usize,
    pub refused: Vec<BulkRefusal>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct BulkRefusal {
    pub id: Id<id::Conversion>,
    pub code: String,
    pub message: String,
}

/// Judge up to 1,000 conversions at once; those that cannot be moved are named, the others are moved.
#[utoipa::path(
    post, path = "/v1/conversions/bulk", tag = "conversions", request_body = BulkJudgement,
    responses((status = 200, body = BulkOutcome))
)]
pub async fn bulk(
    State(app): State<App>,
    CanApproveConversions(actor): CanApproveConversions,
    Body(body): Body<BulkJudgement>,
) -> Answer<Json<BulkOutcome>> {
    if body.ids.len() > IDS_MAX {
        return Err(Refusal::field("ids", format!("must have at most {IDS_MAX} entries")).into());
    }
    let tx = app.records.begin().await?;
    tx.lock_workspace(actor.tenant).await?;
    let mut sheet = moves::open(&*tx, actor.tenant, &app.ambient).await?;
    moves::load_conversions(&*tx, &mut sheet, &body.ids).await?;
    let action = body.action.action();
    let refusals = body.ids.iter().filter_map(|&id| {
        let Refusal { code, message, .. } = act::apply(&mut sheet, &actor, id, action, &body.judgement).err()?;
        Some(BulkRefusal { id, code: code.code().to_owned(), message })
    });
    let refused = refusals.collect();
    let moved = sheet.write(&*tx).await.map_err(act::conflict)?;
    tx.commit().await?;
    app.shipper.wake();
    Ok(Json(BulkOutcome { moved, refused }))
}
