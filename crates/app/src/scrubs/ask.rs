//! An advertiser asks to have conversions removed.

use std::collections::{BTreeMap, HashSet};

use kernel::{Id, Refusal, RefusalCode, id, reason::ConversionReason};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::{
        request,
        scrub::{self, ScrubState},
    },
    rules, terms,
};
use crate::{
    App, advertisers,
    audit::{self, Change},
    conversions::{Status, entity::conversion, moves},
    identity::Actor,
    platform::{Answer, body::long_text, bulk},
    reconciliation::take,
    workspaces,
};

/// Conversions of one request.
pub const CONVERSIONS_MAX: usize = 500;
const EVIDENCE_CHARS_MAX: usize = 4_000;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "advertiser_id": "adv_01KAMX4S5T0000000000000000", "reason": "returned", "evidence": "Sent back on the 3rd, slips 11 to 14",
    "order_ids": ["A-1001", "A-1002"]
}))]
#[serde(deny_unknown_fields)]
pub struct NewScrubRequest {
    /// An advertiser's own member may leave it out.
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub reason: ConversionReason,
    /// For staff; partners see it without e-mail addresses and long numbers.
    pub evidence: String,
    #[serde(default)]
    pub conversion_ids: Vec<Id<id::Conversion>>,
    #[serde(default)]
    pub order_ids: Vec<String>,
}

/// Takes a request in, whole or not at all.
pub async fn ask(app: &App, actor: &Actor, new: &NewScrubRequest) -> Answer<(request::Model, Vec<scrub::Model>)> {
    let whose =
        new.advertiser_id.or(actor.advertiser).ok_or_else(|| Refusal::field("advertiser_id", "must be named"))?;
    actor.require_advertiser(whose)?;
    let evidence = long_text("evidence", &new.evidence, EVIDENCE_CHARS_MAX)?;
    let named = new.conversion_ids.len() + new.order_ids.len();
    if named == 0 || named > CONVERSIONS_MAX {
        let message = format!("a request names 1 to {CONVERSIONS_MAX} conversions");
        return Err(Refusal::new(RefusalCode::BadParameter, message).into());
    }
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let advertiser = advertisers::store::get(&*write, actor.tenant, whose).await?.id;
    let conversions = named_conversions(&*write, actor, advertiser, new).await?;
    require_not_asked(&*write, actor, &conversions).await?;
    let request = request::Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        advertiser_id: advertiser,
        reason: new.reason.code().to_owned(),
        proof: rules::redacted(&evidence),
        evidence,
        created_by: actor.user,
        created_at: app.ambient.now(),
    };
    let rows = rows(app, &*write, actor, &request, &conversions).await?;
    request::Entity::insert(request.clone().into_active_model()).exec_without_returning(&*write).await?;
    bulk::insert_all(&*write, rows.iter().cloned().map(scrub::Model::into_active_model)).await?;
    let after = Some(json!({"advertiser_id": advertiser, "reason": request.reason, "conversions": rows.len()}));
    let change = Change { action: "scrub.asked", subject: request.id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok((request, rows))
}

/// Those that are named, each once: the advertiser's own, with money in them.
async fn named_conversions(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    advertiser: Id<id::Advertiser>,
    new: &NewScrubRequest,
) -> Answer<Vec<conversion::Model>> {
    use conversion::Column;
    let own = conversion::Entity::find()
        .filter(Column::WorkspaceId.eq(actor.tenant.id()))
        .filter(Column::AdvertiserId.eq(advertiser));
    let by_id = own.clone().filter(Column::Id.is_in(new.conversion_ids.iter().copied())).all(conn).await?;
    let by_order = own
        .filter(Column::OrderId.is_in(new.order_ids.iter().map(String::as_str)))
        .filter(Column::Status.is_in([Status::Approved, Status::Locked, Status::Paid]))
        .all(conn)
        .await?;
    let ids: HashSet<_> = by_id.iter().map(|row| row.id).collect();
    let orders: HashSet<_> = by_order.iter().filter_map(|row| row.order_id.as_deref()).collect();
    let missing = new.conversion_ids.iter().find(|id| !ids.contains(id)).map(ToString::to_string);
    let missing = missing.or_else(|| new.order_ids.iter().find(|order| !orders.contains(order.as_str())).cloned());
    if let Some(missing) = missing {
        let message = format!("{missing:.80} is no approved conversion of this advertiser");
        return Err(Refusal::new(RefusalCode::NotFound, message).into());
    }
    let mut rows: BTreeMap<_, _> = by_id.into_iter().map(|row| (row.id, row)).collect();
    rows.extend(by_order.into_iter().map(|row| (row.id, row)));
    for row in rows.values() {
        if !matches!(row.status, Status::Approved | Status::Locked | Status::Paid) {
            let message = format!("{} is {}: only what is approved is removed", row.id, row.status.code());
            return Err(Refusal::new(RefusalCode::IllegalMove, message).into());
        }
    }
    Ok(rows.into_values().collect())
}

/// What was refused may not be asked for again either: it was decided.
async fn require_not_asked(conn: &impl ConnectionTrait, actor: &Actor, rows: &[conversion::Model]) -> Answer<()> {
    let asked = scrub::Entity::find()
        .filter(scrub::Column::WorkspaceId.eq(actor.tenant.id()))
        .filter(scrub::Column::ConversionId.is_in(rows.iter().map(|row| row.id)));
    match asked.one(conn).await? {
        Some(known) => {
            let message = format!("{} was asked for already", known.conversion_id);
            Err(Refusal::new(RefusalCode::AlreadyExists, message).into())
        }
        None => Ok(()),
    }
}

async fn rows(
    app: &App,
    conn: &impl ConnectionTrait,
    actor: &Actor,
    request: &request::Model,
    conversions: &[conversion::Model],
) -> Answer<Vec<scrub::Model>> {
    let terms = terms::of(conn, actor.tenant, request.advertiser_id).await?;
    let zone = workspaces::store::get(conn, actor.tenant).await?.zone()?;
    let ids: Vec<_> = conversions.iter().map(|row| row.id).collect();
    let mut sheet = moves::open(conn, actor.tenant, &app.ambient).await?;
    moves::load_conversions(conn, &mut sheet, &ids).await?;
    let now = app.ambient.now();
    let mut rows = Vec::with_capacity(conversions.len());
    for row in conversions {
        let approved_at = row.decided_at.unwrap_or(row.created_at);
        let deadline_at = rules::deadline(terms.counted_from, terms.scrub_days, (approved_at, row.event_at), &zone);
        if deadline_at <= now {
            let message = format!("the right to have {} removed lapsed at {deadline_at}", row.id);
            return Err(Refusal::new(RefusalCode::DeadlinePassed, message).into());
        }
        rows.push(scrub::Model {
            id: app.ambient.new_id(),
            workspace_id: request.workspace_id,
            request_id: request.id,
            advertiser_id: request.advertiser_id,
            conversion_id: row.id,
            partner_id: row.partner_id,
            reason: request.reason.clone(),
            proof: request.proof.clone(),
            currency: row.currency.clone(),
            revenue_minor: row.revenue_minor,
            payout_minor: row.payout_minor,
            earned_minor: sheet.get(row.id).map_or(0, take::earned),
            deadline_at,
            state: ScrubState::Asked,
            bearer: None,
            partner_percent: None,
            note: None,
            decided_by: None,
            decided_at: None,
            appeal_state: None,
            appeal_words: None,
            appealed_at: None,
            answer: None,
            answered_by: None,
            answered_at: None,
            created_at: now,
        });
    }
    Ok(rows)
}
