//! A batch: from what the book says is payable to a frozen list.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use kernel::{Currency, Id, Refusal, RefusalCode, Tenant, id, refusal::FieldError};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    sea_query::ExprTrait as _,
};

use super::{
    account::Account,
    draw::{self, PART_PAYEES},
    due, early,
    entity::{
        batch::{self, BatchState},
        payout,
    },
    files::{self, Fault, Line, Paper},
    payers::{self, Payer},
    store,
};
use crate::{
    App,
    identity::Actor,
    own_invoices::hold::{self, HoldReason, Holds},
    partners::model::{self as partner, PartnerState, PayoutMethod},
    platform::{Answer, WriteTransaction, audit_trail::Author},
    workspaces,
};

/// Faults that one refusal tells.
const FAULTS_TOLD: usize = 100;

/// Who makes a batch.
#[derive(Clone, Copy, Debug)]
pub struct Maker {
    pub author: Author,
    /// Who answers for it.
    pub user: Id<id::User>,
    pub schedule: Option<Id<id::PayoutSchedule>>,
    /// Somebody has to agree to it whatever its amount.
    pub is_asked_for: bool,
}

impl Maker {
    pub fn person(actor: &Actor) -> Self {
        Self { author: actor.author(), user: actor.user, schedule: None, is_asked_for: false }
    }
}

/// Whom a batch may pay.
#[derive(Clone, Debug)]
pub enum Whom {
    All,
    Only(Vec<Id<id::Partner>>),
    /// A group, or all who are in none of these.
    Group(Option<String>, Vec<String>),
}

/// What a batch is asked to hold.
pub struct Wanted {
    pub currency: Currency,
    pub method: PayoutMethod,
    pub whom: Whom,
    /// The local day on which it is to be paid; today where absent.
    pub pay_on: Option<Date>,
    /// Leaves out whom the method cannot pay, instead of refusing the batch.
    pub leave_out_faulty: bool,
    /// Who asked for it before its day, and what that costs in hundredths of a per cent.
    pub early: Option<(Id<id::EarlyPayout>, i32)>,
}

/// A batch, and who would have been on it.
pub struct Made {
    pub batch: batch::Model,
    pub left_out: Vec<LeftOut>,
}

/// Somebody whom the method cannot pay, who lacks what has to be on file, or whose invoice is not accepted, and why.
#[derive(Clone, Debug)]
pub struct LeftOut {
    pub partner: Id<id::Partner>,
    pub name: String,
    pub field: String,
    pub words: String,
}

impl LeftOut {
    fn held(payee: &partner::Model, reason: HoldReason, words: String) -> Self {
        Self { partner: payee.id, name: payee.name.clone(), field: reason.code().to_owned(), words }
    }
}

type Payees = HashMap<Id<id::Partner>, partner::Model>;

/// Takes what is payable, freezes the list and books it in transit. Nothing is taken where the method's bank or service
/// would refuse any of it, unless the faulty are to be left out. A list of one part is one transaction; a longer one is
/// finished by a job where its drawing breaks off.
pub async fn create(app: &App, maker: &Maker, wanted: &Wanted) -> Answer<Made> {
    let tenant = maker.author.tenant;
    let payer_sealed = payers::sealed(app.records.read(), tenant, wanted.method).await?;
    payers::require(wanted.method, payer_sealed.as_deref())?;
    let batch = blank(app, maker, wanted, payer_sealed).await?;
    let (payees, left_out) = plan(app, &batch, wanted).await?;
    let mut ids: Vec<_> = payees.keys().copied().collect();
    ids.sort_unstable();
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    if let Some((asked, _)) = wanted.early {
        early::require_open(&*write, tenant, asked).await?;
    }
    batch::Entity::insert(batch.clone().into_active_model()).exec_without_returning(&*write).await?;
    let write = draw_all(app, write, &batch, &payees, &ids).await?;
    let batch = store::batch(&*write, tenant, batch.id).await?;
    let made = draw::freeze(app, &write, maker.author, batch, maker.is_asked_for).await?;
    if let Some(batch) = &made {
        early::note_batch(app, &write, maker, batch).await?;
    }
    write.commit().await?;
    let batch = made.ok_or_else(|| nothing(wanted.currency, &left_out))?;
    Ok(Made { batch, left_out })
}

/// Draws part after part, each but the last in a transaction of its own; gives back the last.
async fn draw_all(
    app: &App,
    mut write: WriteTransaction,
    batch: &batch::Model,
    payees: &Payees,
    ids: &[Id<id::Partner>],
) -> Answer<WriteTransaction> {
    for (number, part) in ids.chunks(PART_PAYEES).enumerate() {
        if number > 0 {
            write.commit().await?;
            write = app.records.begin().await?;
            write.lock_workspace(Tenant(batch.workspace_id)).await?;
        }
        let part: Payees = part.iter().filter_map(|id| Some((*id, payees.get(id)?.clone()))).collect();
        draw::part(app, &write, batch, &part).await?;
    }
    Ok(write)
}

async fn blank(app: &App, maker: &Maker, wanted: &Wanted, payer_sealed: Option<Vec<u8>>) -> Answer<batch::Model> {
    let tenant = maker.author.tenant;
    let zone = workspaces::store::get(app.records.read(), tenant).await?.zone()?;
    let today = app.ambient.now().local_day(&zone);
    let pay_on = wanted.pay_on.unwrap_or(today);
    if pay_on < today {
        return Err(Refusal::field("pay_on", "must not lie in the past").into());
    }
    Ok(batch::Model {
        id: app.ambient.new_id(),
        workspace_id: tenant.id(),
        currency: wanted.currency.to_string(),
        method: wanted.method,
        frozen_hash: String::new(),
        state: BatchState::Drawing,
        touched_at: app.ambient.now(),
        pay_on: Some(pay_on.to_string()),
        payer_sealed,
        payout_count: 0,
        total_minor: 0,
        created_by: maker.user,
        schedule_id: maker.schedule,
        early_payout_id: wanted.early.map(|(id, _)| id),
        early_share_bp: wanted.early.map_or(0, |(_, share_bp)| share_bp),
        created_at: app.ambient.now(),
        approved_by: None,
        approved_at: None,
        sent_by: None,
        sent_at: None,
        file_given_at: None,
        first_sent_at: None,
        provider_batch_id: None,
        trouble: None,
        look_at: None,
    })
}

/// Whom the batch will pay, and whom it cannot.
async fn plan(app: &App, batch: &batch::Model, wanted: &Wanted) -> Answer<(Payees, Vec<LeftOut>)> {
    let tenant = Tenant(batch.workspace_id);
    let conn = app.records.read();
    let mut payees = payees(conn, tenant, wanted).await?;
    let zone = workspaces::store::get(conn, tenant).await?.zone()?;
    let today = app.ambient.now().local_day(&zone);
    let holds = Holds::load(conn, tenant, today, payees.keys().copied()).await?;
    let (mut lines, mut left_out) = (Vec::new(), Vec::new());
    for due in due::due(conn, tenant, (wanted.currency, today), &payees).await? {
        let payouts = draw::payouts_of(app, batch, &due)?;
        if payouts.is_empty() {
            continue;
        }
        let billed = due.billed(wanted.currency);
        let reasons = holds.of(due.payee.id, billed);
        if reasons.is_empty() {
            let accounts = due.payee.payee_accounts(&app.secrets);
            let account = |payout: &payout::Model| accounts.all()[payout.account_place as usize].details.clone();
            let of_payee =
                payouts.iter().map(|payout| (payout.partner_id, line(payout, Account::new(account(payout)))));
            lines.extend(of_payee);
        }
        let invoiced = billed.and_then(|billed| holds.invoices.of(due.payee.id, billed));
        let held = |reason| LeftOut::held(due.payee, reason, hold::words(reason, invoiced));
        left_out.extend(reasons.into_iter().map(held));
    }
    if lines.is_empty() {
        return Err(nothing(wanted.currency, &left_out).into());
    }
    left_out.extend(without_faulty(app, batch, wanted, &mut lines)?);
    keep_first(&mut lines, files::payouts_max(wanted.method));
    let paid: HashSet<_> = lines.iter().map(|(partner, _)| *partner).collect();
    payees.retain(|id, _| paid.contains(id));
    Ok((payees, left_out))
}

/// Keeps as many as a file takes; nobody's payouts are parted.
fn keep_first(lines: &mut Vec<(Id<id::Partner>, Line)>, most: usize) {
    let Some((parted, _)) = lines.get(most) else { return };
    let parted = *parted;
    lines.truncate(most);
    while lines.last().is_some_and(|(partner, _)| *partner == parted) {
        lines.pop();
    }
}

/// As a file names a payout.
pub fn line(payout: &payout::Model, account: Account) -> Line {
    Line {
        payout: payout.id,
        name: payout.payee_name.clone(),
        email: payout.payee_email.clone(),
        account,
        amount_minor: payout.amount_minor,
    }
}

/// Takes those out whom the method cannot pay, or refuses them all by name.
fn without_faulty(
    app: &App,
    batch: &batch::Model,
    wanted: &Wanted,
    lines: &mut Vec<(Id<id::Partner>, Line)>,
) -> Answer<Vec<LeftOut>> {
    let payer = batch.payer_sealed.as_deref().map(|sealed| Payer::opened(&app.secrets, sealed)).transpose()?;
    let left_out = faults_of(&paper(batch, payer.as_ref(), &[])?, lines)?;
    if !left_out.is_empty() && !wanted.leave_out_faulty {
        return Err(refused(&left_out).into());
    }
    let faulty: HashSet<_> = left_out.iter().map(|one| one.partner).collect();
    lines.retain(|(partner, _)| !faulty.contains(partner));
    if lines.is_empty() { Err(refused(&left_out).into()) } else { Ok(left_out) }
}

/// Everything that the bank or service would refuse of these lines under this heading.
///
/// # Errors
/// Where the batch itself or its payer is at fault.
pub fn faults_of(heading: &Paper<'_>, lines: &[(Id<id::Partner>, Line)]) -> Result<Vec<LeftOut>, Refusal> {
    let mut left_out = Vec::new();
    // A service takes only so many at once: each portion is judged as a batch of its own would be.
    for portion in lines.chunks(files::payouts_max(heading.method)) {
        let plain: Vec<Line> = portion.iter().map(|(_, line)| line.clone()).collect();
        for fault in files::faults(&Paper { lines: &plain, ..*heading }) {
            let line = fault.line.ok_or_else(|| of_batch(&fault))?;
            let (partner, line) = &portion[line];
            left_out.push(LeftOut {
                partner: *partner,
                name: line.name.clone(),
                field: fault.field,
                words: fault.words,
            });
        }
    }
    Ok(left_out)
}

/// What the batch's file is written from.
pub fn paper<'a>(batch: &batch::Model, payer: Option<&'a Payer>, lines: &'a [Line]) -> Answer<Paper<'a>> {
    let pay_on = batch.pay_on.as_deref().map(str::parse::<Date>).transpose().map_err(anyhow::Error::from)?;
    Ok(Paper {
        batch: batch.id,
        method: batch.method,
        currency: batch.currency.parse()?,
        created_at: batch.created_at,
        pay_on: pay_on.unwrap_or_else(|| batch.created_at.local_day(&jiff::tz::TimeZone::UTC)),
        payer,
        lines,
    })
}

fn of_batch(fault: &Fault) -> Refusal {
    Refusal::field(fault.field.clone(), fault.words.clone())
}

fn refused(faults: &[LeftOut]) -> Refusal {
    let told = faults.iter().take(FAULTS_TOLD).map(|fault| FieldError {
        field: format!("partners.{}.{}", fault.partner, fault.field),
        message: format!("{}: {}", fault.name, fault.words),
    });
    let mut fields: Vec<_> = told.collect();
    if let Some(more) = faults.len().checked_sub(FAULTS_TOLD).filter(|&more| more > 0) {
        fields.push(FieldError { field: "partners".to_owned(), message: format!("{more} more faults") });
    }
    Refusal::fields(fields)
}

fn nothing(currency: Currency, left_out: &[LeftOut]) -> Refusal {
    let message = match left_out.len() {
        0 => format!("nothing is payable in {currency} by this method"),
        _ => format!("nobody to whom something is payable in {currency} by this method may be paid yet"),
    };
    Refusal::new(RefusalCode::NothingToPay, message)
}

/// Active partners who are paid this way. A partner without a method of their own is paid by the generic file.
async fn payees(conn: &impl ConnectionTrait, tenant: Tenant, wanted: &Wanted) -> Answer<Payees> {
    let mut by_method = Condition::any()
        .add(partner::Column::PayoutMethod.eq(wanted.method))
        .add(partner::Column::PayoutSplit.is_not_null());
    if wanted.method == PayoutMethod::Csv {
        by_method = by_method.add(partner::Column::PayoutMethod.is_null());
    }
    let mut query = partner::Entity::find()
        .filter(partner::Column::WorkspaceId.eq(tenant.id()))
        .filter(partner::Column::State.eq(PartnerState::Active))
        .filter(by_method);
    let group = partner::Column::PartnerGroup;
    query = match &wanted.whom {
        Whom::All => query,
        Whom::Only(partners) => query.filter(partner::Column::Id.is_in(partners.iter().copied())),
        Whom::Group(Some(own), _) => query.filter(group.eq(own)),
        Whom::Group(None, others) => query.filter(group.is_null().or(group.is_not_in(others))),
    };
    let paid_by = query.all(conn).await?.into_iter().filter(|payee| payee.is_paid_by(wanted.method));
    Ok(paid_by.map(|payee| (payee.id, payee)).collect())
}
