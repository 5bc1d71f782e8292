//! A batch's list: drawn up a part at a time, so that nothing else waits long, and frozen whole.
//!
//! Each part is booked in one transaction with its rows. A list whose drawing broke off is frozen as far as it got: what
//! it holds is in transit, everything else stays payable.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::{Ambient, Currency, Id, Money, Refusal, RefusalCode, Tenant, id};
use ledger::{Entry, Stamp, Transfer, entries};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    ModelTrait as _, QueryFilter as _, sea_query::ExprTrait as _,
};
use serde_json::json;

use super::{
    account::Account,
    due::{self, Due, Exchanges},
    entity::{
        batch::{self, BatchState},
        limit,
        payout::{self, PayoutState},
    },
    rules::{self, SentPart},
    store, taken, withheld,
};
use crate::{
    App,
    conversions::{entity::commission, model::Status},
    currencies::{self, entity::rate::RateSource},
    own_invoices::{carry, hold::Invoices},
    partners::{
        model::{self as partner, PartnerState},
        payee_accounts::PayeeAccount,
    },
    payout_requirements::hold::on_hold,
    platform::{
        Answer, FaultsOfEach, WriteTransaction,
        audit_trail::{self, Author, Change},
    },
    workspaces,
};

/// Payees whose amounts one transaction takes.
pub const PART_PAYEES: usize = 500;
/// Rows that one insert carries, below the bind limits of both databases.
const INSERT_ROWS_MAX: usize = 500;
/// A list that has not grown for so long was left behind.
const LEFT_BEHIND_MS: i64 = 5 * kernel::time::MINUTE_MS;
/// Days over which one person's batches count together.
const TOGETHER_DAYS: i64 = 1;
pub const FINISH_BATCHES: &str = "finish_payout_batches";

/// What a payee is due as payouts to its accounts of the batch's method; none where the minimum or debt leaves nothing. Debt
/// and exchanges go with the first of them.
pub fn payouts_of(app: &App, batch: &batch::Model, due: &Due) -> Answer<Vec<payout::Model>> {
    let currency = batch.currency.parse::<Currency>()?;
    let Some(sent) = due.sent(currency, batch.early_share_bp) else { return Ok(Vec::new()) };
    let accounts = due.payee.payee_accounts(&app.secrets);
    let mut payouts = Vec::new();
    for (place, ((part, account), of_part)) in (0..).zip(sent.parts.iter().zip(accounts.all()).zip(&due.parts)) {
        let Some(part) = part.filter(|_| account.method == batch.method) else { continue };
        let is_first = payouts.is_empty();
        payouts.push(payout::Model {
            account_place: place,
            debt_offset_minor: if is_first { sent.debt_offset_minor } else { 0 },
            exchanges: if is_first { due.exchanges.clone() } else { Exchanges::default() },
            ..payout_to(app, (batch, due.payee), (account, &part, of_part.terms.withheld_bp))?
        });
    }
    Ok(payouts)
}

fn payout_to(
    app: &App,
    (batch, payee): (&batch::Model, &partner::Model),
    (account, part, withheld_bp): (&PayeeAccount, &SentPart, i32),
) -> Answer<payout::Model> {
    let to = Account::new(account.details.clone());
    let plain = serde_json::to_vec(to.details()).map_err(anyhow::Error::from)?;
    Ok(payout::Model {
        id: app.ambient.new_id(),
        workspace_id: batch.workspace_id,
        batch_id: batch.id,
        partner_id: payee.id,
        payee_name: payee.name.clone(),
        payee_email: payee.email.clone(),
        account_shown: to.shown(batch.method),
        account_sealed: Some(app.secrets.seal(&app.ambient, &plain)),
        split_id: payee.payout_split.as_ref().map(|split| split.id),
        account_place: 0,
        share_bp: account.share_bp,
        currency: batch.currency.clone(),
        amount_minor: part.amount_minor,
        debt_offset_minor: 0,
        withheld_minor: part.taken.withheld_minor,
        withheld_bp,
        early_fee_minor: part.taken.early_fee_minor,
        fee_minor: part.taken.fee_minor,
        fee_bearer: part.taken.fee_bearer,
        exchanges: Exchanges::default(),
        state: PayoutState::InTransit,
        reference: None,
        failure_reason: None,
        provider_item_id: None,
        provider_state: None,
        created_at: app.ambient.now(),
        settled_at: None,
    })
}

/// Takes what is payable to `payees` into the batch, in the caller's transaction, which holds the workspace's lock.
pub async fn part(
    app: &App,
    write: &WriteTransaction,
    batch: &batch::Model,
    payees: &HashMap<Id<id::Partner>, partner::Model>,
) -> Answer<()> {
    let tenant = Tenant(batch.workspace_id);
    require_drawing(&**write, batch).await?;
    let currency: Currency = batch.currency.parse()?;
    let zone = workspaces::store::get(&**write, tenant).await?.zone()?;
    let today = app.ambient.now().local_day(&zone);
    let payees = &unchanged(&**write, (tenant, today), payees).await?;
    let invoices = Invoices::load(&**write, tenant).await?;
    let (mut payouts, mut carried) = (Vec::new(), Vec::new());
    for due in due::due(&**write, tenant, (currency, today), payees).await? {
        // What is payable may have moved since the list was planned, or its invoice have been sent back.
        let held = due.billed(currency).and_then(|billed| invoices.reason(due.payee.id, billed));
        let own = if held.is_none() { payouts_of(app, batch, &due)? } else { Vec::new() };
        if let Some(first) = own.first() {
            carried.push((first.clone(), due.carried));
        }
        payouts.extend(own);
    }
    for chunk in payouts.chunks(INSERT_ROWS_MAX) {
        let rows = chunk.iter().cloned().map(|payout| payout.into_active_model());
        payout::Entity::insert_many(rows).exec_without_returning(&**write).await?;
    }
    carry_commissions(&**write, tenant, &carried).await?;
    let own = payouts.iter().filter(|payout| invoices.writes_own(payout.partner_id));
    let own: Vec<_> = own.map(|payout| (payout.partner_id, payout.id)).collect();
    carry::carry(app, write, Author { tenant, user: Some(batch.created_by) }, (&own, currency)).await?;
    let booked = payouts.iter().flat_map(|payout| entries_of(&app.ambient, payout, currency));
    ledger::post(&**write, tenant, &booked.collect::<Vec<_>>()).await.map_err(anyhow::Error::from)?;
    let touched = batch::ActiveModel { id: Set(batch.id), touched_at: Set(app.ambient.now()), ..Default::default() };
    touched.update(&**write).await?;
    Ok(())
}

/// A list that was left behind is frozen as far as it got: nothing is added to it any more.
pub async fn require_drawing(conn: &impl ConnectionTrait, batch: &batch::Model) -> Answer<()> {
    let known = store::batch(conn, Tenant(batch.workspace_id), batch.id).await?;
    if known.state == BatchState::Drawing {
        return Ok(());
    }
    let message = "drawing the list up took too long, so it was frozen as far as it got: look at the batch";
    Err(Refusal::new(RefusalCode::BatchChanged, message).into())
}

/// Those who are still paid as they were when the list was planned. Who is banned, paid elsewhere or put on hold since
/// then waits for the next batch.
async fn unchanged(
    conn: &impl ConnectionTrait,
    (tenant, today): (Tenant, Date),
    planned: &HashMap<Id<id::Partner>, partner::Model>,
) -> Answer<HashMap<Id<id::Partner>, partner::Model>> {
    let query = partner::Entity::find()
        .filter(partner::Column::WorkspaceId.eq(tenant.id()))
        .filter(partner::Column::State.eq(PartnerState::Active))
        .filter(partner::Column::Id.is_in(planned.keys().copied()));
    let held = on_hold(conn, tenant, today, planned.keys().copied()).await?;
    let same = |now: &partner::Model| {
        planned.get(&now.id).is_some_and(|then| {
            (then.payout_method, &then.payout_details_sealed, &then.payout_split, &then.payout_currency, &then.email)
                == (now.payout_method, &now.payout_details_sealed, &now.payout_split, &now.payout_currency, &now.email)
        })
    };
    let rows = query.all(conn).await?.into_iter();
    Ok(rows.filter(|now| same(now) && !held.contains_key(&now.id)).map(|now| (now.id, now)).collect())
}

/// Notes which payout carries each locked commission, so that its conversion can be told paid.
async fn carry_commissions(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    carried: &[(payout::Model, Vec<Currency>)],
) -> Answer<()> {
    for (payout, currencies) in carried {
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
    booked.extend(taken::entries(payout, currency, stamp));
    booked.push(entries::batch(stamp(), &transfer(payout.amount_minor)));
    booked
}

/// Freezes the list as it is, by hash; a list of nothing is no batch. It waits for somebody to agree where that is asked
/// for, or its amount takes two.
pub async fn freeze(
    app: &App,
    write: &WriteTransaction,
    author: Author,
    batch: batch::Model,
    is_asked_for: bool,
) -> Answer<Option<batch::Model>> {
    require_drawing(&**write, &batch).await?;
    let payouts = store::payouts_of(&**write, Tenant(batch.workspace_id), batch.id).await?;
    if payouts.is_empty() {
        batch.delete(&**write).await?;
        return Ok(None);
    }
    let total = payouts.iter().try_fold(0_i64, |sum, payout| sum.checked_add(payout.amount_minor));
    let too_much =
        || Refusal::new(RefusalCode::AmountOutOfRange, "the batch's total is too large; name fewer partners");
    let mut batch = batch::Model {
        payout_count: payouts.len() as i64,
        total_minor: total.ok_or_else(too_much)?,
        touched_at: app.ambient.now(),
        ..batch
    };
    batch.frozen_hash = rules::frozen_hash(&batch, &payouts);
    let waits = is_asked_for || takes_two(app, write, &batch).await?;
    batch.state = if waits { BatchState::AwaitingApproval } else { BatchState::Approved };
    batch.clone().into_active_model().reset_all().update(&**write).await?;
    let change = Change {
        action: "payout_batch.created",
        subject: batch.id.to_string(),
        before: None,
        after: Some(json!({
            "currency": batch.currency, "method": batch.method, "total_minor": batch.total_minor,
            "payouts": batch.payout_count, "frozen_hash": batch.frozen_hash, "state": batch.state
        })),
    };
    audit_trail::record(&**write, &app.ambient, author, change).await?;
    Ok(Some(batch))
}

/// Whether it takes two: with what the same person had sent alone within a day, so that small batches count together. A
/// rate that a person set tells nothing: whoever makes the batch may have set it.
pub async fn takes_two(app: &App, write: &WriteTransaction, batch: &batch::Model) -> Answer<bool> {
    let tenant = Tenant(batch.workspace_id);
    let limit_minor = limit::Entity::find_by_id(tenant.id()).one(&**write).await?.map(|row| row.limit_minor);
    if limit_minor.is_none() {
        return Ok(false);
    }
    let alone = batch::Entity::find()
        .filter(batch::Column::WorkspaceId.eq(tenant.id()))
        .filter(batch::Column::CreatedBy.eq(batch.created_by))
        .filter(batch::Column::CreatedAt.gt(app.ambient.now().plus_days(-TOGETHER_DAYS)))
        .filter(batch::Column::ApprovedBy.is_null())
        .filter(batch::Column::State.is_not_in([
            BatchState::Drawing,
            BatchState::AwaitingApproval,
            BatchState::Rejected,
        ]))
        .all(&**write)
        .await?;
    let payouts = store::payouts_of(&**write, tenant, batch.id).await?;
    let exchanges_by_hand =
        payouts.iter().flat_map(|payout| &payout.exchanges.0).any(|one| one.used.source == RateSource::Manual);
    let workspace = workspaces::store::get(&**write, tenant).await?;
    let (reporting, today) = (workspace.currency()?, app.ambient.now().local_day(&workspace.zone()?));
    let total = |batch: &batch::Model| Ok(Money::new(batch.total_minor, batch.currency.parse()?));
    let totals: Vec<Money> = alone.iter().chain([batch]).map(total).collect::<Answer<_>>()?;
    let named = totals.iter().map(|money| money.currency).chain([reporting]).collect();
    let rates = currencies::store::rates(&**write, tenant, &named, &[today].into()).await?;
    let worth_minor = totals.into_iter().try_fold(0_i64, |sum, money| {
        let (worth, used) = rates.convert(money, reporting, today)?;
        sum.checked_add(worth.minor).filter(|_| used.source != RateSource::Manual)
    });
    let worth_minor = worth_minor.filter(|_| !exchanges_by_hand);
    Ok(rules::takes_two(limit_minor, worth_minor))
}

/// The job that freezes lists whose drawing broke off.
pub async fn finish(app: &App) -> anyhow::Result<()> {
    let left = batch::Entity::find()
        .filter(batch::Column::State.eq(BatchState::Drawing))
        .filter(batch::Column::TouchedAt.lt(app.ambient.now().plus_millis(-LEFT_BEHIND_MS)))
        .all(app.records.read())
        .await?;
    let mut faults = FaultsOfEach::default();
    for batch in left {
        let id = batch.id;
        let finished = finish_one(app, batch).await;
        faults.note(finished.map_err(|problem| anyhow::anyhow!("finish the batch {id}: {problem:?}")));
    }
    faults.end()
}

async fn finish_one(app: &App, batch: batch::Model) -> Answer<()> {
    let tenant = Tenant(batch.workspace_id);
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let batch = store::batch(&*write, tenant, batch.id).await?;
    if batch.state == BatchState::Drawing {
        // Whether it was to be agreed to is not known any more: somebody looks.
        freeze(app, &write, Author { tenant, user: Some(batch.created_by) }, batch, true).await?;
    }
    write.commit().await?;
    Ok(())
}
