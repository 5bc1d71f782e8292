//! Paid before the day: a partner asks, staff agrees, and a batch of its own pays what is payable less what that costs.
//!
//! Invariants: a partner has one open request a currency; one that is approved has one batch, made in the same transaction.

use kernel::{Currency, Id, PageQuery, Refusal, RefusalCode, Tenant, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _,
};
use serde_json::json;

use super::{
    create::{self, Maker, Wanted, Whom},
    entity::{
        batch,
        early::{Column, EarlyPayoutState, Entity, Model},
    },
    terms, upcoming,
};
use crate::{
    App,
    audit::Change,
    identity::Actor,
    partners::{self, model::PayoutMethod},
    platform::{Answer, WriteTransaction, audit_trail, listing::newest_first},
    workspaces,
};

pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, id: Id<id::EarlyPayout>) -> Answer<Model> {
    let mut query = Entity::find_by_id(id).filter(Column::WorkspaceId.eq(actor.tenant.id()));
    if let Some(own) = actor.partner {
        query = query.filter(Column::PartnerId.eq(own));
    }
    query.one(conn).await?.ok_or_else(|| Refusal::not_found("early payout").into())
}

/// Which requests a list shows.
#[derive(Clone, Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EarlyPayoutFilter {
    pub state: Option<EarlyPayoutState>,
    pub partner_id: Option<Id<id::Partner>>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &EarlyPayoutFilter,
    page: &PageQuery,
) -> Answer<Vec<Model>> {
    let mut query = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    if let Some(own) = actor.partner {
        query = query.filter(Column::PartnerId.eq(own));
    }
    if let Some(partner) = filter.partner_id {
        query = query.filter(Column::PartnerId.eq(partner));
    }
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state));
    }
    newest_first::<_, id::EarlyPayout>(conn, query, Column::Id, page).await
}

/// Asks to be paid today what is payable in a currency. What it costs is what the workspace says now.
pub async fn ask(app: &App, actor: &Actor, partner: Id<id::Partner>, currency: Currency) -> Answer<Model> {
    let tenant = actor.tenant;
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let payee = partners::store::get(&*write, tenant, partner).await?;
    if terms::of_workspace(&*write, tenant).await?.early_share_bp.is_none() {
        return Err(Refusal::new(RefusalCode::IllegalMove, "nobody is paid before the day here").into());
    }
    let zone = workspaces::store::get(&*write, tenant).await?.zone()?;
    let next = upcoming::next(&*write, tenant, &payee, &zone, app.ambient.now()).await?;
    let next = next.into_iter().find(|next| next.currency == currency);
    let (next, offer) = next.and_then(|next| next.early.map(|offer| (next, offer))).ok_or_else(nothing)?;
    require_none(&*write, tenant, partner, currency).await?;
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: tenant.id(),
        partner_id: partner,
        currency: currency.to_string(),
        amount_minor: next.next_minor + next.taken.of_partner_minor(),
        share_bp: offer.share_bp,
        state: EarlyPayoutState::Asked,
        asked_by: actor.user,
        asked_at: app.ambient.now(),
        decided_by: None,
        decided_at: None,
        reason: None,
        batch_id: None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    remember(app, &write, actor.author(), "early_payout.asked", &row).await?;
    write.commit().await?;
    Ok(row)
}

fn nothing() -> Refusal {
    Refusal::new(RefusalCode::NothingToPay, "nothing could be paid today in this currency")
}

async fn require_none(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: Id<id::Partner>,
    currency: Currency,
) -> Answer<()> {
    let waiting = Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::PartnerId.eq(partner))
        .filter(Column::Currency.eq(currency.code()))
        .filter(Column::State.eq(EarlyPayoutState::Asked))
        .count(conn)
        .await?;
    let message = "a request in this currency waits for its answer";
    if waiting > 0 { Err(Refusal::new(RefusalCode::AlreadyExists, message).into()) } else { Ok(()) }
}

/// Agrees: what is payable now goes into a batch of its own, by the partner's method. A batch above the workspace's limit
/// waits for its second person like any other.
pub async fn approve(app: &App, actor: &Actor, id: Id<id::EarlyPayout>) -> Answer<Model> {
    let records = app.records.read();
    let row = get(records, actor, id).await?;
    require_asked(&row)?;
    let payee = partners::store::get(records, actor.tenant, row.partner_id).await?;
    let wanted = Wanted {
        currency: row.currency.parse()?,
        method: payee.payout_method.unwrap_or(PayoutMethod::Csv),
        whom: Whom::Only(vec![row.partner_id]),
        pay_on: None,
        leave_out_faulty: false,
        early: Some((id, row.share_bp)),
    };
    create::create(app, &Maker::person(actor), &wanted).await?;
    get(app.records.read(), actor, id).await
}

/// Refuses a request that was answered, as its batch is about to be made.
pub async fn require_open(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::EarlyPayout>) -> Answer<()> {
    let query = Entity::find_by_id(id).filter(Column::WorkspaceId.eq(tenant.id()));
    let row = query.one(conn).await?.ok_or_else(|| Refusal::not_found("early payout"))?;
    Ok(require_asked(&row)?)
}

/// Notes the batch of a request, in the transaction that freezes it.
pub async fn note_batch(app: &App, write: &WriteTransaction, maker: &Maker, batch: &batch::Model) -> Answer<()> {
    let Some(id) = batch.early_payout_id else { return Ok(()) };
    let query = Entity::find_by_id(id).filter(Column::WorkspaceId.eq(batch.workspace_id));
    let row = query.one(&**write).await?.ok_or_else(|| anyhow::anyhow!("{id} asked for the batch {}", batch.id))?;
    let decided = Model { batch_id: Some(batch.id), ..row };
    let state = (EarlyPayoutState::Approved, None);
    decide_as(app, write, (maker.author, maker.user), decided, state).await?;
    Ok(())
}

/// Says no.
pub async fn decline(app: &App, actor: &Actor, id: Id<id::EarlyPayout>, reason: String) -> Answer<Model> {
    answer(app, actor, id, (EarlyPayoutState::Declined, Some(reason))).await
}

/// The partner asks no longer.
pub async fn withdraw(app: &App, actor: &Actor, id: Id<id::EarlyPayout>) -> Answer<Model> {
    answer(app, actor, id, (EarlyPayoutState::Withdrawn, None)).await
}

async fn answer(
    app: &App,
    actor: &Actor,
    id: Id<id::EarlyPayout>,
    state: (EarlyPayoutState, Option<String>),
) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let row = get(&*write, actor, id).await?;
    require_asked(&row)?;
    let decided = decide_as(app, &write, (actor.author(), actor.user), row, state).await?;
    write.commit().await?;
    Ok(decided)
}

async fn decide_as(
    app: &App,
    write: &WriteTransaction,
    (author, user): (audit_trail::Author, Id<id::User>),
    row: Model,
    (state, reason): (EarlyPayoutState, Option<String>),
) -> Answer<Model> {
    let decided = Model { state, reason, decided_by: Some(user), decided_at: Some(app.ambient.now()), ..row };
    decided.clone().into_active_model().reset_all().update(&**write).await?;
    let action = match state {
        EarlyPayoutState::Declined => "early_payout.declined",
        EarlyPayoutState::Withdrawn => "early_payout.withdrawn",
        _ => "early_payout.approved",
    };
    remember(app, write, author, action, &decided).await?;
    Ok(decided)
}

fn require_asked(row: &Model) -> Result<(), Refusal> {
    if row.state == EarlyPayoutState::Asked {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::AlreadyDecided, "this request was answered or withdrawn already"))
}

async fn remember(
    app: &App,
    write: &WriteTransaction,
    author: audit_trail::Author,
    action: &str,
    row: &Model,
) -> Answer<()> {
    let after = json!({
        "partner_id": row.partner_id, "currency": row.currency, "amount_minor": row.amount_minor,
        "share_bp": row.share_bp, "state": row.state, "reason": row.reason, "batch_id": row.batch_id
    });
    let change = Change { action, subject: row.id.to_string(), before: None, after: Some(after) };
    Ok(audit_trail::record(&**write, &app.ambient, author, change).await?)
}
