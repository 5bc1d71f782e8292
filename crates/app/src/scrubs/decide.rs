//! What is asked for is accepted or refused, and who bears it.

use kernel::{Id, Refusal, RefusalCode, id, reason::ConversionReason};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::{
        request,
        scrub::{self, Column, Entity, Model, ScrubBearer, ScrubState},
    },
    rules,
};
use crate::{
    App,
    audit::{self, Change},
    conversions::{
        Action, Mover,
        moves::{self, Order, Worksheet},
    },
    identity::Actor,
    platform::{
        Answer,
        body::{TEXT_CHARS_MAX, optional_text},
        bulk,
    },
    reconciliation::take,
};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"accept": true, "bearer": "split", "partner_percent": 50, "note": "Seen on the slips"}))]
#[serde(deny_unknown_fields)]
pub struct DecideScrubs {
    /// All that nobody has decided unless said.
    pub scrub_ids: Option<Vec<Id<id::Scrub>>>,
    pub accept: bool,
    /// Of what is accepted.
    pub bearer: Option<ScrubBearer>,
    /// Of a split: what the partner gives up of its pay, 1 to 99.
    pub partner_percent: Option<i32>,
    /// The partner and the advertiser see it.
    pub note: Option<String>,
}

/// Decides some or all of a request, in one transaction.
pub async fn decide(
    app: &App,
    actor: &Actor,
    id: Id<id::ScrubRequest>,
    wanted: &DecideScrubs,
) -> Answer<(request::Model, Vec<Model>)> {
    let note = optional_text("note", wanted.note.as_deref(), TEXT_CHARS_MAX)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let (request, all) = get(&*write, actor, id).await?;
    let mut rows = meant(all, wanted)?;
    let ids: Vec<_> = rows.iter().map(|row| row.conversion_id).collect();
    let mut sheet = moves::open(&*write, actor.tenant, &app.ambient).await?;
    moves::load_conversions(&*write, &mut sheet, &ids).await?;
    for row in &mut rows {
        if wanted.accept {
            let bearer = wanted.bearer.ok_or_else(|| Refusal::field("bearer", "must be named"))?;
            remove(&mut sheet, actor, row, (bearer, wanted.partner_percent), note.clone())?;
            (row.bearer, row.partner_percent) = (Some(bearer), wanted.partner_percent);
        }
        row.state = if wanted.accept { ScrubState::Accepted } else { ScrubState::Refused };
        row.note.clone_from(&note);
        (row.decided_by, row.decided_at) = (Some(actor.user), Some(app.ambient.now()));
    }
    let flips = sheet.caps.changes_routes();
    sheet.write(&*write).await?;
    bulk::replace_all(&*write, rows.iter().cloned().map(scrub::Model::into_active_model), Column::Id).await?;
    let after = Some(json!({
        "advertiser_id": request.advertiser_id, "accept": wanted.accept, "bearer": wanted.bearer,
        "partner_percent": wanted.partner_percent, "conversions": rows.len(), "note": note
    }));
    let change = Change { action: "scrub.decided", subject: id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    if flips {
        app.catch_up_routes().await?;
    }
    app.shipper.wake();
    Ok((request, rows))
}

/// A request of the tenant with its conversions, or 404.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: Id<id::ScrubRequest>,
) -> Answer<(request::Model, Vec<Model>)> {
    let mine = request::Column::WorkspaceId.eq(actor.tenant.id());
    let request = request::Entity::find_by_id(id).filter(mine).one(conn).await?;
    let request = request.ok_or_else(|| Refusal::not_found("request"))?;
    let of_it = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id())).filter(Column::RequestId.eq(id));
    Ok((request, of_it.order_by_asc(Column::Id).all(conn).await?))
}

fn meant(all: Vec<Model>, wanted: &DecideScrubs) -> Result<Vec<Model>, Refusal> {
    let decided = || Refusal::new(RefusalCode::AlreadyDecided, "it has been decided already");
    let Some(ids) = &wanted.scrub_ids else {
        let open: Vec<_> = all.into_iter().filter(|row| row.state == ScrubState::Asked).collect();
        return if open.is_empty() { Err(decided()) } else { Ok(open) };
    };
    if ids.iter().any(|id| all.iter().all(|row| row.id != *id)) {
        return Err(Refusal::not_found("scrub"));
    }
    let named: Vec<_> = all.into_iter().filter(|row| ids.contains(&row.id)).collect();
    if named.iter().any(|row| row.state != ScrubState::Asked) { Err(decided()) } else { Ok(named) }
}

/// Moves the conversion, in memory: the advertiser owes nothing for it any more.
fn remove(
    sheet: &mut Worksheet,
    actor: &Actor,
    row: &mut Model,
    (bearer, percent): (ScrubBearer, Option<i32>),
    words: Option<String>,
) -> Result<(), Refusal> {
    let held = sheet.get(row.conversion_id).ok_or_else(|| Refusal::not_found("conversion"))?.clone();
    row.earned_minor = take::earned(&held);
    let kept = rules::kept(bearer, percent, row.earned_minor)?;
    let action = if bearer == ScrubBearer::Partner { Action::Reverse } else { Action::Reprice };
    let order = Order {
        action,
        amount_minor: None,
        reason: Some(ConversionReason::ScrubAgreed),
        words,
        mover: Mover::user(actor),
        at: sheet.now(),
    };
    match bearer {
        ScrubBearer::Partner => sheet.apply(row.conversion_id, &order),
        ScrubBearer::Network | ScrubBearer::Split => {
            sheet.price_anew(row.conversion_id, &take::priced(&held, 0, kept), &order)
        }
    }
}
