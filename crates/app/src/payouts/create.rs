//! A batch: from what the book says is payable to a frozen list.

use std::collections::HashMap;

use kernel::{Ambient, Currency, Id, Money, Refusal, RefusalCode, Tenant, id};
use ledger::{Entry, Stamp, Transfer, entries};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, sea_query::ExprTrait as _,
};

use super::{
    due,
    entity::{
        batch,
        payout::{self, PayoutState},
    },
    rules::{self, Share},
    withheld,
};
use crate::{
    App,
    audit::{self, Change},
    conversions::{entity::commission, model::Status},
    identity::Actor,
    partners::model::{self as partner, PartnerState, PayoutMethod},
    platform::Answer,
    workspaces,
};

/// Payouts of one batch.
const PAYOUTS_MAX: usize = 10_000;
/// Rows that one insert carries, below the bind limits of both databases.
const INSERT_ROWS_MAX: usize = 1_000;

/// What a batch is asked to hold.
pub struct Wanted {
    pub currency: Currency,
    pub method: PayoutMethod,
    /// Only these; all who have something payable where absent.
    pub partners: Option<Vec<Id<id::Partner>>>,
}

/// Takes what is payable, freezes the list and books it in transit, all in one transaction.
pub async fn create(app: &App, actor: &Actor, wanted: &Wanted) -> Answer<(batch::Model, Vec<payout::Model>)> {
    let tenant = actor.tenant;
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let batch_id = app.ambient.new_id();
    let (payouts, carried) = draw_up(&*write, app, tenant, batch_id, wanted).await?;
    if payouts.is_empty() {
        let message = format!("nothing is payable in {} by this method", wanted.currency);
        return Err(Refusal::new(RefusalCode::NothingToPay, message).into());
    }
    let batch = freeze(app, actor, batch_id, wanted, &payouts)?;
    batch::Entity::insert(batch.clone().into_active_model()).exec_without_returning(&*write).await?;
    for chunk in payouts.chunks(INSERT_ROWS_MAX) {
        let rows = chunk.iter().cloned().map(|payout| payout.into_active_model());
        payout::Entity::insert_many(rows).exec_without_returning(&*write).await?;
    }
    carry_commissions(&*write, tenant, &payouts, &carried).await?;
    let booked = payouts.iter().flat_map(|payout| entries_of(&app.ambient, payout, wanted.currency));
    ledger::post(&*write, tenant, &booked.collect::<Vec<_>>()).await.map_err(anyhow::Error::from)?;
    let change = Change {
        action: "payout_batch.created",
        subject: batch.id.to_string(),
        before: None,
        after: Some(serde_json::json!({
            "currency": batch.currency, "total_minor": batch.total_minor, "payouts": batch.payout_count,
            "frozen_hash": batch.frozen_hash
        })),
    };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok((batch, payouts))
}

/// The payouts, and the currencies of the commissions that each carries.
async fn draw_up(
    conn: &impl ConnectionTrait,
    app: &App,
    tenant: Tenant,
    batch: Id<id::PayoutBatch>,
    wanted: &Wanted,
) -> Answer<(Vec<payout::Model>, Vec<Vec<Currency>>)> {
    let ambient = &app.ambient;
    let payees = payees(conn, tenant, wanted).await?;
    let zone = workspaces::store::get(conn, tenant).await?.zone()?;
    let today = ambient.now().local_day(&zone);
    let (mut payouts, mut carried) = (Vec::new(), Vec::new());
    for due in due::due(conn, tenant, (wanted.currency, today), &payees).await? {
        let payee = due.payee;
        let minimum_minor = payee.minimum_payout_minor(wanted.currency);
        let Share::Pay { debt_offset_minor, amount_minor } = rules::share(due.standing, minimum_minor) else {
            continue;
        };
        payouts.push(payout::Model {
            id: ambient.new_id(),
            workspace_id: tenant.id(),
            batch_id: batch,
            partner_id: payee.id,
            payee_name: payee.name.clone(),
            payee_email: payee.email.clone(),
            currency: wanted.currency.to_string(),
            amount_minor,
            debt_offset_minor,
            exchanges: due.exchanges,
            state: PayoutState::InTransit,
            reference: None,
            failure_reason: None,
            created_at: ambient.now(),
            settled_at: None,
        });
        carried.push(due.carried);
    }
    payouts.truncate(PAYOUTS_MAX);
    Ok((payouts, carried))
}

/// Active partners who are paid this way. A partner without a method of their own is paid by the generic file.
async fn payees(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    wanted: &Wanted,
) -> Answer<HashMap<Id<id::Partner>, partner::Model>> {
    let mut by_method = Condition::any().add(partner::Column::PayoutMethod.eq(wanted.method));
    if wanted.method == PayoutMethod::Csv {
        by_method = by_method.add(partner::Column::PayoutMethod.is_null());
    }
    let mut query = partner::Entity::find()
        .filter(partner::Column::WorkspaceId.eq(tenant.id()))
        .filter(partner::Column::State.eq(PartnerState::Active))
        .filter(by_method);
    if let Some(partners) = &wanted.partners {
        query = query.filter(partner::Column::Id.is_in(partners.iter().copied()));
    }
    Ok(query.all(conn).await?.into_iter().map(|payee| (payee.id, payee)).collect())
}

fn freeze(
    app: &App,
    actor: &Actor,
    id: Id<id::PayoutBatch>,
    wanted: &Wanted,
    payouts: &[payout::Model],
) -> Answer<batch::Model> {
    let total_minor = payouts.iter().try_fold(0_i64, |sum, payout| sum.checked_add(payout.amount_minor));
    let too_much =
        || Refusal::new(RefusalCode::AmountOutOfRange, "the batch's total is too large; name fewer partners");
    Ok(batch::Model {
        id,
        workspace_id: actor.tenant.id(),
        currency: wanted.currency.to_string(),
        method: wanted.method,
        frozen_hash: rules::frozen_hash(id, wanted.currency, payouts),
        payout_count: payouts.len() as i64,
        total_minor: total_minor.ok_or_else(too_much)?,
        created_by: actor.user,
        created_at: app.ambient.now(),
    })
}

/// Notes which payout carries each locked commission, so that its conversion can be told paid.
async fn carry_commissions(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    payouts: &[payout::Model],
    currencies: &[Vec<Currency>],
) -> Answer<()> {
    for (payout, currencies) in payouts.iter().zip(currencies) {
        let carried = commission::ActiveModel { payout_id: Set(Some(payout.id)), ..Default::default() };
        commission::Entity::update_many()
            .set(carried)
            .filter(commission::Column::WorkspaceId.eq(tenant.id()))
            .filter(commission::Column::PartnerId.eq(payout.partner_id))
            .filter(commission::Column::Currency.is_in(currencies.iter().map(|currency| currency.code())))
            .filter(commission::Column::Status.eq(Status::Locked))
            .filter(commission::Column::PayoutId.is_null())
            .filter(withheld::is_withheld().not())
            .exec(conn)
            .await?;
    }
    Ok(())
}

fn entries_of(ambient: &Ambient, payout: &payout::Model, currency: Currency) -> Vec<Entry> {
    let stamp = || Stamp { id: ambient.new_id(), at: ambient.now() };
    let transfer =
        |minor| Transfer { payout: payout.id, partner: payout.partner_id, amount: Money::new(minor, currency) };
    let whose = (payout.id, payout.partner_id);
    let mut booked: Vec<_> = payout.exchanges.0.iter().flat_map(|one| one.entries(whose, stamp)).collect();
    if payout.debt_offset_minor > 0 {
        booked.push(entries::debt_offset(stamp(), &transfer(payout.debt_offset_minor)));
    }
    booked.push(entries::batch(stamp(), &transfer(payout.amount_minor)));
    booked
}
