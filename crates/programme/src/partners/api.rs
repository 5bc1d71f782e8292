//! Partners over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use serde::{Deserialize, Serialize};

use super::{
    create::{self, NewPartner},
    model::{Model, PartnerState, PayoutMethod},
    payout_details::{self, PayoutDetailsIn, PayoutDetailsOut},
    store::{self, PartnerFilter},
    team::{self, TeamMemberOut},
    team_member::TeamRole,
    update::{self, PartnerChange},
};
use crate::{
    App,
    advertisers::managers::{self, SubjectKind, TermOut},
    identity::{
        Actor,
        permissions::{CanEditPartners, CanReadPartners, CanSetPayoutDetails},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId},
        columns::{TextList, TextMap},
        labels::Wanted,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "prt_01KAMX4S5T0000000000000000", "name": "Blue Media", "email": "team@bluemedia.example", "state": "active",
    "state_reason": null, "group": "gold", "tags": ["seo"], "language": "en", "country": "PL",
    "manager_id": "usr_01KAMX4S5T0000000000000000", "payout_method": "sepa", "external_refs": {},
    "trafficback_url": null, "trafficback_verified": false, "recruited_by": null, "recruited_at": null,
    "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct PartnerOut {
    pub id: Id<id::Partner>,
    pub name: String,
    pub email: String,
    pub state: PartnerState,
    pub state_reason: Option<String>,
    pub group: Option<String>,
    pub tags: TextList,
    pub language: String,
    pub country: Option<String>,
    pub manager_id: Option<Id<id::User>>,
    pub payout_method: Option<PayoutMethod>,
    pub external_refs: TextMap,
    pub trafficback_url: Option<String>,
    pub trafficback_verified: bool,
    /// Who brought this partner. Not shown to partners.
    pub recruited_by: Option<Id<id::Partner>>,
    pub recruited_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl From<Model> for PartnerOut {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            state: row.state,
            state_reason: row.state_reason,
            group: row.partner_group,
            tags: row.tags,
            language: row.language,
            country: row.country,
            manager_id: row.manager_id,
            payout_method: row.payout_method,
            external_refs: row.external_refs,
            trafficback_url: row.trafficback_url,
            trafficback_verified: row.trafficback_verified_host.is_some(),
            recruited_by: row.recruited_by,
            recruited_at: row.recruited_at,
            created_at: row.created_at,
        }
    }
}

impl PartnerOut {
    /// As `actor` may see it: how a partner is sorted and by whom is the workspace's own business.
    fn seen_by(actor: &Actor, row: Model) -> Self {
        let shown = Self::from(row);
        if actor.role.is_staff() {
            return shown;
        }
        let own = Self { group: None, tags: TextList::default(), manager_id: None, ..shown };
        Self { external_refs: TextMap::default(), recruited_by: None, recruited_at: None, ..own }
    }
}

/// Make a partner. It is active at once.
#[utoipa::path(
    post, path = "/v1/partners", tag = "partners", request_body = NewPartner,
    responses((status = 201, body = PartnerOut))
)]
pub async fn create(
    State(app): State<App>,
    CanEditPartners(actor): CanEditPartners,
    Body(new): Body<NewPartner>,
) -> Answer<(StatusCode, Json<PartnerOut>)> {
    let row = create::create(&app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Partners, newest first. A partner's member sees its own.
#[utoipa::path(
    get, path = "/v1/partners", tag = "partners", params(PartnerFilter, PageQuery),
    responses((status = 200, body = Page<PartnerOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadPartners(actor): CanReadPartners,
    Params(filter): Params<PartnerFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<PartnerOut>>> {
    let rows = store::page(app.records.read(), actor.tenant, actor.partner, &filter, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let by_staff = actor.role.is_staff();
    let wanted = Wanted::default().with(rows.items.iter().filter_map(|row| row.manager_id).filter(|_| by_staff));
    Ok(Json(wanted.beside(rows.map(|row| PartnerOut::seen_by(&actor, row)), app.records.read(), actor.tenant).await?))
}

/// One partner. A partner's member does not see its group, tags, manager and references.
#[utoipa::path(
    get, path = "/v1/partners/{id}", tag = "partners", params(("id" = Id<id::Partner>, Path)),
    responses((status = 200, body = PartnerOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadPartners(actor): CanReadPartners,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Json<PartnerOut>> {
    actor.require_partner(id)?;
    Ok(Json(PartnerOut::seen_by(&actor, store::get(app.records.read(), actor.tenant, id).await?)))
}

/// Change a partner: state, group, tags, manager, trafficback. Answered when the local edge has seen it.
#[utoipa::path(
    patch, path = "/v1/partners/{id}", tag = "partners", params(("id" = Id<id::Partner>, Path)),
    request_body = PartnerChange, responses((status = 200, body = PartnerOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditPartners(actor): CanEditPartners,
    PathId(id): PathId<Id<id::Partner>>,
    Body(change): Body<PartnerChange>,
) -> Answer<Json<PartnerOut>> {
    Ok(Json(update::update(&app, &actor, id, change).await?.into()))
}

/// Who was responsible for the partner, newest first.
#[utoipa::path(
    get, path = "/v1/partners/{id}/managers", tag = "partners", params(("id" = Id<id::Partner>, Path)),
    responses((status = 200, body = Page<TermOut>))
)]
pub async fn managers(
    State(app): State<App>,
    CanEditPartners(actor): CanEditPartners,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Json<Page<TermOut>>> {
    let records = app.records.read();
    store::get(records, actor.tenant, id).await?;
    Ok(Json(managers::history(records, actor.tenant, SubjectKind::Partner, id.uuid()).await?))
}

/// The members of a partner's team.
#[utoipa::path(
    get, path = "/v1/partners/{id}/team", tag = "partners", params(("id" = Id<id::Partner>, Path)),
    responses((status = 200, body = Page<TeamMemberOut>))
)]
pub async fn team(
    State(app): State<App>,
    CanReadPartners(actor): CanReadPartners,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Json<Page<TeamMemberOut>>> {
    actor.require_partner(id)?;
    let items = team::members(app.records.read(), actor.tenant, id).await?;
    Ok(Json(Page::whole(items)))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"role": "accountant"}))]
pub struct TeamRoleIn {
    pub role: TeamRole,
}

/// Say what a member of the team does there.
#[utoipa::path(
    put, path = "/v1/partners/{id}/team/{membership_id}", tag = "partners",
    params(("id" = Id<id::Partner>, Path), ("membership_id" = Id<id::Membership>, Path)),
    request_body = TeamRoleIn, responses((status = 200, body = Page<TeamMemberOut>))
)]
pub async fn set_team_role(
    State(app): State<App>,
    CanEditPartners(actor): CanEditPartners,
    PathId((id, member)): PathId<(Id<id::Partner>, Id<id::Membership>)>,
    Body(wanted): Body<TeamRoleIn>,
) -> Answer<Json<Page<TeamMemberOut>>> {
    team::set_role(&app, &actor, id, member, wanted.role).await?;
    let items = team::members(app.records.read(), actor.tenant, id).await?;
    Ok(Json(Page::whole(items)))
}

/// How a partner is paid, with the details masked.
#[utoipa::path(
    get, path = "/v1/partners/{id}/payout-details", tag = "partners", params(("id" = Id<id::Partner>, Path)),
    responses((status = 200, body = PayoutDetailsOut))
)]
pub async fn payout_details(
    State(app): State<App>,
    CanSetPayoutDetails(actor): CanSetPayoutDetails,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Json<PayoutDetailsOut>> {
    actor.require_partner(id)?;
    let row = store::get(app.records.read(), actor.tenant, id).await?;
    Ok(Json(PayoutDetailsOut::of(&app, actor.tenant, &row).await?))
}

/// Replace how a partner is paid. A first account holds at once; a changed one is confirmed by mail and waits.
#[utoipa::path(
    put, path = "/v1/partners/{id}/payout-details", tag = "partners", params(("id" = Id<id::Partner>, Path)),
    request_body = PayoutDetailsIn, responses((status = 200, body = PayoutDetailsOut))
)]
pub async fn set_payout_details(
    State(app): State<App>,
    CanSetPayoutDetails(actor): CanSetPayoutDetails,
    PathId(id): PathId<Id<id::Partner>>,
    Body(new): Body<PayoutDetailsIn>,
) -> Answer<Json<PayoutDetailsOut>> {
    actor.require_partner(id)?;
    let row = payout_details::set(&app, &actor, id, new).await?;
    Ok(Json(PayoutDetailsOut::of(&app, actor.tenant, &row).await?))
}
