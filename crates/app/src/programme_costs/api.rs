//! Programme costs over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Money, Page, PageQuery, Timestamp, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Select};
use serde::{Deserialize, Serialize};

use super::{
    change::{self, CostIn},
    model::{Column, CostCategory, Entity, Model},
    rules,
};
use crate::{
    App,
    identity::{
        Actor,
        permissions::{CanEditCosts, CanReadCosts},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId, TEXT_CHARS_MAX, short_text},
        labels::Wanted,
        listing::newest_first,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "cst_01KAMX4S5T0000000000000000", "category": "ads", "date": "2026-11-20",
    "amount": {"minor": 12000, "currency": "EUR"}, "partner_id": null, "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "advertiser_id": "adv_01KAMX4S5T0000000000000000", "note": "Retargeting of the autumn campaign", "replaces": null,
    "created_by": "usr_01KAMX4S5T0000000000000000", "created_at": "2026-11-22T09:30:00.000Z", "removed_at": null,
    "removed_by": null, "removal_note": null
}))]
pub struct CostOut {
    pub id: Id<id::ProgrammeCost>,
    pub category: CostCategory,
    /// A day, or a month such as `2026-11`.
    pub date: String,
    pub amount: Money,
    pub partner_id: Option<Id<id::Partner>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub note: Option<String>,
    /// The cost whose place it took.
    pub replaces: Option<Id<id::ProgrammeCost>>,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
    /// Absent while it counts.
    pub removed_at: Option<Timestamp>,
    pub removed_by: Option<Id<id::User>>,
    pub removal_note: Option<String>,
}

impl From<Model> for CostOut {
    fn from(row: Model) -> Self {
        Self {
            amount: row.amount(),
            date: if row.is_month { row.day[..7].to_owned() } else { row.day },
            id: row.id,
            category: row.category,
            partner_id: row.partner_id,
            offer_id: row.offer_id,
            advertiser_id: row.advertiser_id,
            note: row.note,
            replaces: row.replaces,
            created_by: row.created_by,
            created_at: row.created_at,
            removed_at: row.removed_at,
            removed_by: row.removed_by,
            removal_note: row.removal_note,
        }
    }
}

/// Write down what the programme cost on a day or in a month, beside what partners earn.
#[utoipa::path(
    post, path = "/v1/programme-costs", tag = "payouts", request_body = CostIn,
    responses((status = 201, body = CostOut))
)]
pub async fn add(
    State(app): State<App>,
    CanEditCosts(actor): CanEditCosts,
    Body(cost): Body<CostIn>,
) -> Answer<(StatusCode, Json<CostOut>)> {
    let row = change::add(&app, &actor, &cost).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CostFilter {
    pub category: Option<CostCategory>,
    pub partner_id: Option<Id<id::Partner>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    /// First day or month, such as `2026-11-22` or `2026-11`.
    pub from: Option<String>,
    /// Last day or month.
    pub to: Option<String>,
    /// Those taken out, and not those that count.
    #[serde(default)]
    pub removed: bool,
}

impl CostFilter {
    fn select(&self, actor: &Actor) -> Answer<Select<Entity>> {
        let from = self.from.as_deref().map(|text| rules::stretch("from", text)).transpose()?;
        let to = self.to.as_deref().map(|text| rules::stretch("to", text)).transpose()?;
        let last = to.map(|to| if to.is_month { to.day.last_of_month() } else { to.day });
        let state = if self.removed { Column::RemovedAt.is_not_null() } else { Column::RemovedAt.is_null() };
        let wanted = [
            Some(state),
            self.category.map(|category| Column::Category.eq(category)),
            self.partner_id.map(|partner| Column::PartnerId.eq(partner)),
            self.offer_id.map(|offer| Column::OfferId.eq(offer)),
            self.advertiser_id.map(|advertiser| Column::AdvertiserId.eq(advertiser)),
            from.map(|from| Column::Day.gte(from.day.to_string())),
            last.map(|last| Column::Day.lte(last.to_string())),
        ];
        let mine = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
        Ok(wanted.into_iter().flatten().fold(mine, |query, wish| query.filter(wish)))
    }
}

/// Costs of the programme, newest first.
#[utoipa::path(
    get, path = "/v1/programme-costs", tag = "payouts", params(CostFilter, PageQuery),
    responses((status = 200, body = Page<CostOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadCosts(actor): CanReadCosts,
    Params(filter): Params<CostFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<CostOut>>> {
    let query = filter.select(&actor)?;
    let rows = newest_first::<_, id::ProgrammeCost>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(CostOut::from);
    let wanted = Wanted::default()
        .with(rows.items.iter().filter_map(|row| row.partner_id))
        .with(rows.items.iter().filter_map(|row| row.offer_id))
        .with(rows.items.iter().filter_map(|row| row.advertiser_id))
        .with(rows.items.iter().flat_map(|row| [Some(row.created_by), row.removed_by]).flatten());
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

/// Put another cost in the place of one. The old one stays among those taken out.
#[utoipa::path(
    put, path = "/v1/programme-costs/{id}", tag = "payouts", params(("id" = Id<id::ProgrammeCost>, Path)),
    request_body = CostIn,
    responses((status = 200, body = CostOut), (status = 409, description = "`illegal_move`"))
)]
pub async fn replace(
    State(app): State<App>,
    CanEditCosts(actor): CanEditCosts,
    PathId(id): PathId<Id<id::ProgrammeCost>>,
    Body(cost): Body<CostIn>,
) -> Answer<Json<CostOut>> {
    Ok(Json(change::replace(&app, &actor, id, &cost).await?.into()))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"note": "Counted twice"}))]
#[serde(deny_unknown_fields)]
pub struct CostRemoval {
    pub note: String,
}

/// Take a cost out. It no longer counts, and stays in the list of those taken out with the note.
#[utoipa::path(
    post, path = "/v1/programme-costs/{id}/remove", tag = "payouts", params(("id" = Id<id::ProgrammeCost>, Path)),
    request_body = CostRemoval,
    responses((status = 200, body = CostOut), (status = 409, description = "`illegal_move`"))
)]
pub async fn remove(
    State(app): State<App>,
    CanEditCosts(actor): CanEditCosts,
    PathId(id): PathId<Id<id::ProgrammeCost>>,
    Body(body): Body<CostRemoval>,
) -> Answer<Json<CostOut>> {
    let note = short_text("note", &body.note, TEXT_CHARS_MAX)?;
    Ok(Json(change::remove(&app, &actor, id, note).await?.into()))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"csv": "date,category,amount,currency,note\n2026-11,salaries,4200.00,EUR,\n2026-11-20,ads,120.00,EUR,Search\n"}))]
#[serde(deny_unknown_fields)]
pub struct CostFile {
    pub csv: String,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"added": 2}))]
pub struct CostsLoaded {
    pub added: usize,
}

/// Load costs from CSV: `date,category,amount,currency`, and `partner`, `offer`, `advertiser` (ids) and `note` if they are
/// told.
///
/// At most 2000 lines. Where a line is not understood nothing is taken, and the refusal names it. The same file is not
/// taken twice while its costs count.
#[utoipa::path(
    post, path = "/v1/programme-costs/file", tag = "payouts", request_body = CostFile,
    responses(
        (status = 200, body = CostsLoaded), (status = 400, description = "`bad_cost_file`"),
        (status = 409, description = "`already_exists`")
    )
)]
pub async fn load(
    State(app): State<App>,
    CanEditCosts(actor): CanEditCosts,
    Body(body): Body<CostFile>,
) -> Answer<Json<CostsLoaded>> {
    let added = change::load_file(&app, &actor, &body.csv).await?;
    Ok(Json(CostsLoaded { added }))
}
