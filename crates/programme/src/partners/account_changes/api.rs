//! Confirming, stopping and reading changes of accounts.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id};
use serde::{Deserialize, Serialize};

use super::entity::{ChangeState, Model};
use crate::{
    App,
    identity::{
        limits::OneAttempt,
        permissions::{CanPay, CanSetPayoutDetails},
    },
    partners::{account_changes, model::PayoutMethod, payout_details::FurtherAccountOut, store},
    platform::{Answer, Body, body::PathId, columns::TextMap},
};

/// A change of a partner's account, with the details masked.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "pac_01KAMX4S5T0000000000000000", "method": "sepa", "details": {"iban": "…3000"}, "further_accounts": [], "state": "waiting",
    "is_by_staff": false, "asked_by": "usr_01KAMX4S5T0000000000000000", "asked_at": "2026-11-22T09:30:00.000Z", "confirmed_at": "2026-11-22T09:34:00.000Z",
    "in_force_from": "2026-11-24T09:34:00.000Z", "ended_at": null
}))]
pub struct AccountChangeOut {
    pub id: Id<id::PayeeAccountChange>,
    pub method: PayoutMethod,
    pub details: TextMap,
    /// Accounts that take a share each of what is due; the rest goes to the first.
    pub further_accounts: Vec<FurtherAccountOut>,
    pub state: ChangeState,
    /// Staff asked for it, not the partner.
    pub is_by_staff: bool,
    pub asked_by: Id<id::User>,
    pub asked_at: Timestamp,
    pub confirmed_at: Option<Timestamp>,
    /// Known once it is confirmed.
    pub in_force_from: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
}

impl From<Model> for AccountChangeOut {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            method: row.method,
            details: row.details_shown,
            further_accounts: FurtherAccountOut::all(row.split),
            state: row.state,
            is_by_staff: row.is_by_staff,
            asked_by: row.asked_by,
            asked_at: row.asked_at,
            confirmed_at: row.confirmed_at,
            in_force_from: row.in_force_from,
            ended_at: row.ended_at,
        }
    }
}

/// Changes of a partner's account, newest first.
#[utoipa::path(
    get, path = "/v1/partners/{id}/payout-details/changes", tag = "partners", operation_id = "list_account_changes",
    params(("id" = Id<id::Partner>, Path)), responses((status = 200, body = Page<AccountChangeOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanSetPayoutDetails(actor): CanSetPayoutDetails,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Json<Page<AccountChangeOut>>> {
    actor.require_partner(id)?;
    store::get(app.records.read(), actor.tenant, id).await?;
    let rows = account_changes::all(app.records.read(), actor.tenant, id).await?;
    Ok(Json(Page::whole(rows.into_iter().map(AccountChangeOut::from).collect())))
}

/// Stop the change of a partner's account that is under way: payouts go on to the one in force.
#[utoipa::path(
    delete, path = "/v1/partners/{id}/payout-details/change", tag = "partners", operation_id = "stop_account_change",
    params(("id" = Id<id::Partner>, Path)), responses((status = 204, description = "stopped"))
)]
pub async fn stop(
    State(app): State<App>,
    CanSetPayoutDetails(actor): CanSetPayoutDetails,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<StatusCode> {
    actor.require_partner(id)?;
    account_changes::cancel(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Confirm the change of a partner's account in its place: for staff that did not ask for it and has made sure.
#[utoipa::path(
    post, path = "/v1/partners/{id}/payout-details/change/confirm", tag = "partners",
    operation_id = "confirm_account_change_for_partner", params(("id" = Id<id::Partner>, Path)),
    responses((status = 200, body = AccountChangeOut), (status = 409, description = "`second_person_needed`"))
)]
pub async fn confirm_for_partner(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Json<AccountChangeOut>> {
    Ok(Json(account_changes::confirm_by_staff(&app, &actor, id).await?.into()))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"token": "p2Zk0m…"}))]
#[serde(deny_unknown_fields)]
pub struct AccountConfirmation {
    /// From the mailed link.
    pub token: String,
}

/// Confirm the change of an account with the token of a mailed link; it then waits.
#[utoipa::path(
    post, path = "/v1/account-changes/confirm", tag = "partners", operation_id = "confirm_account_change",
    security(()), request_body = AccountConfirmation,
    responses(
        (status = 200, body = AccountChangeOut), (status = 401, description = "`bad_token`"),
        (status = 409, description = "`link_expired`: used, lapsed or stopped")
    )
)]
pub async fn confirm(
    State(app): State<App>,
    _: OneAttempt,
    Body(body): Body<AccountConfirmation>,
) -> Answer<Json<AccountChangeOut>> {
    Ok(Json(account_changes::confirm_by_link(&app, &body.token).await?.into()))
}
