//! Accounts: what an advertiser may spend, and the cap that follows from it.

use std::collections::BTreeSet;

use kernel::{Currency, Id, Refusal, RefusalCode, Tenant, id};
use ledger::AdvertiserBalance;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::account::{AccountState, Column, Entity, Funding, Model, PartnersPaid},
    letters, receivables, rules,
};
use crate::{
    App, advertisers,
    audit::{self, Change},
    caps::{
        self,
        balance::{Balance, Standing},
        model::OnReach,
    },
    currencies,
    identity::Actor,
    news::{self, RouteNews},
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, optional_text},
        bulk::replace_all,
    },
};

/// Accounts of one advertiser.
pub const ACCOUNTS_MAX: u64 = 50;
const PAYMENT_DAYS_MAX: i32 = 365;
const PAYMENT_DAYS: i32 = 14;
const VAT_BP_MAX: i32 = 10_000;

/// An advertiser's terms in one currency; what is absent has its default.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "funding": "prepaid", "low_minor": 50000, "resume_minor": 20000, "on_empty": "redirect", "payment_days": 14,
    "vat_bp": 2300, "partners_paid": "when_collected"
}))]
#[serde(deny_unknown_fields)]
pub struct AccountTerms {
    pub funding: Funding,
    /// What it may owe, on credit.
    #[serde(default)]
    pub credit_limit_minor: i64,
    /// Below it both sides are told; nought tells only when nothing is left.
    #[serde(default)]
    pub low_minor: i64,
    /// How much must be left before what was stopped goes on.
    #[serde(default)]
    pub resume_minor: i64,
    /// `redirect` unless said.
    pub on_empty: Option<OnReach>,
    /// Days from the issue of an invoice until it is due; 14 unless said.
    pub payment_days: Option<i32>,
    /// Of the net amount, in hundredths of a per cent; none unless said.
    #[serde(default)]
    pub vat_bp: i32,
    pub vat_note: Option<String>,
    /// `on_schedule` unless said.
    pub partners_paid: Option<PartnersPaid>,
    /// How much partners may be owed beyond what it has paid.
    pub exposure_limit_minor: Option<i64>,
}

impl AccountTerms {
    fn put_into(&self, row: &mut Model) -> Result<(), Refusal> {
        let amounts = [
            ("credit_limit_minor", Some(self.credit_limit_minor)),
            ("low_minor", Some(self.low_minor)),
            ("resume_minor", Some(self.resume_minor)),
            ("exposure_limit_minor", self.exposure_limit_minor),
        ];
        for (field, minor) in amounts {
            if minor.is_some_and(|minor| !(0..=rules::AMOUNT_MINOR_MAX).contains(&minor)) {
                return Err(Refusal::field(field, "must be 0 to 1000000000000000"));
            }
        }
        if self.funding != Funding::Credit && self.credit_limit_minor != 0 {
            return Err(Refusal::field("credit_limit_minor", "must be absent unless the funding is credit"));
        }
        if self.funding == Funding::Credit && self.resume_minor > self.credit_limit_minor {
            return Err(Refusal::field("resume_minor", "must be at most the credit limit"));
        }
        let payment_days = self.payment_days.unwrap_or(PAYMENT_DAYS);
        if !(0..=PAYMENT_DAYS_MAX).contains(&payment_days) {
            return Err(Refusal::field("payment_days", "must be 0 to 365"));
        }
        if !(0..=VAT_BP_MAX).contains(&self.vat_bp) {
            return Err(Refusal::field("vat_bp", "must be 0 to 10000"));
        }
        row.vat_note = optional_text("vat_note", self.vat_note.as_deref(), TEXT_CHARS_MAX)?;
        (row.funding, row.credit_limit_minor) = (self.funding, self.credit_limit_minor);
        (row.low_minor, row.resume_minor) = (self.low_minor, self.resume_minor);
        row.on_empty = self.on_empty.unwrap_or(OnReach::Redirect);
        (row.payment_days, row.vat_bp) = (payment_days, self.vat_bp);
        row.partners_paid = self.partners_paid.unwrap_or(PartnersPaid::OnSchedule);
        row.exposure_limit_minor = self.exposure_limit_minor;
        Ok(())
    }
}

/// Sets an advertiser's terms in one currency.
pub async fn set(
    app: &App,
    actor: &Actor,
    (advertiser, currency): (Id<id::Advertiser>, Currency),
    terms: &AccountTerms,
) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    advertisers::store::get(&*write, actor.tenant, advertiser).await?;
    currencies::store::require_usable(&*write, actor.tenant, currency).await?;
    let known = find(&*write, actor.tenant, advertiser, currency).await?;
    if known.is_none() && of_advertiser(&*write, actor.tenant, advertiser).await?.len() as u64 >= ACCOUNTS_MAX {
        return Err(Refusal::new(RefusalCode::TooManyOfThem, "this advertiser has as many accounts as it can").into());
    }
    let before = known.as_ref().map(remembered);
    let mut row = known.unwrap_or_else(|| blank(app, actor.tenant, advertiser, currency));
    terms.put_into(&mut row)?;
    row.updated_at = app.ambient.now();
    let news = refresh(app, &write, &mut row).await?;
    let after = Some(remembered(&row));
    let change = Change { action: "advertiser_account.set", subject: advertiser.to_string(), before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &news).await?;
    Ok(row)
}

/// An account by which nothing is stopped and nothing waits.
pub fn blank(app: &App, tenant: Tenant, advertiser: Id<id::Advertiser>, currency: Currency) -> Model {
    let now = app.ambient.now();
    Model {
        id: app.ambient.new_id(),
        workspace_id: tenant.id(),
        advertiser_id: advertiser,
        currency: currency.to_string(),
        funding: Funding::Open,
        credit_limit_minor: 0,
        low_minor: 0,
        resume_minor: 0,
        on_empty: OnReach::Redirect,
        payment_days: PAYMENT_DAYS,
        vat_bp: 0,
        vat_note: None,
        partners_paid: PartnersPaid::OnSchedule,
        exposure_limit_minor: None,
        exposure_minor: 0,
        state: AccountState::Open,
        stopped_minor: None,
        cap_id: None,
        is_suspended: false,
        created_at: now,
        updated_at: now,
    }
}

/// The account of an advertiser in one currency.
pub async fn find(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    currency: Currency,
) -> Answer<Option<Model>> {
    let mine = Column::WorkspaceId.eq(tenant.id());
    let query = Entity::find().filter(mine).filter(Column::AdvertiserId.eq(advertiser));
    Ok(query.filter(Column::Currency.eq(currency.code())).one(conn).await?)
}

/// All accounts of an advertiser, in order of currency.
pub async fn of_advertiser(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
) -> Answer<Vec<Model>> {
    let mine = Column::WorkspaceId.eq(tenant.id());
    let query = Entity::find().filter(mine).filter(Column::AdvertiserId.eq(advertiser));
    Ok(query.order_by_asc(Column::Currency).limit(ACCOUNTS_MAX).all(conn).await?)
}

/// What the book says it has in one currency.
pub async fn balance(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    currency: Currency,
) -> anyhow::Result<Option<AdvertiserBalance>> {
    let balances = ledger::advertiser_balance(conn, tenant, advertiser).await?;
    Ok(balances.into_iter().find(|balance| balance.currency == currency))
}

/// Whether the account is not as the book and its cap say it should be.
pub async fn is_stale(app: &App, row: &Model) -> anyhow::Result<bool> {
    let (conn, tenant) = (app.records.read(), Tenant(row.workspace_id));
    let balance = balance(conn, tenant, row.advertiser_id, row.currency()).await?;
    let left = rules::left(row, balance.as_ref());
    let standing = standing(app, conn, row).await?;
    let state = rules::state(row, left, rules::stopped_at(row, standing));
    let used_minor = standing.map_or(0, |it| it.used_minor);
    Ok(state != row.state || standing.map(|it| it.limit_minor) != rules::room(left, state).limit(used_minor))
}

/// Brings state and cap to what the book says, and tells both sides where the state got worse or better. Call it while
/// holding the workspace, after what changed the book; it writes the row. Answers what the edge must hear.
pub async fn refresh(app: &App, write: &WriteTransaction, row: &mut Model) -> Answer<Vec<RouteNews>> {
    let before = row.state;
    let (news, left) = follow(app, write, row).await?;
    if row.state != before {
        letters::tell(app, &**write, row, left).await?;
    }
    Ok(news)
}

/// Stops an advertiser's offers in these currencies whatever is left to spend, or no more. Whoever does it tells why. Call
/// it while holding the workspace.
pub async fn suspend(
    app: &App,
    write: &WriteTransaction,
    (tenant, advertiser): (Tenant, Id<id::Advertiser>),
    (currencies, is_suspended): (&BTreeSet<Currency>, bool),
) -> Answer<Vec<RouteNews>> {
    let mut news = Vec::new();
    for &currency in currencies {
        let known = find(&**write, tenant, advertiser, currency).await?;
        let mut row = known.unwrap_or_else(|| blank(app, tenant, advertiser, currency));
        if row.is_suspended != is_suspended {
            row.is_suspended = is_suspended;
            row.updated_at = app.ambient.now();
            news.extend(follow(app, write, &mut row).await?.0);
        }
    }
    Ok(news)
}

/// As [`refresh`], without a word to anybody; answers what is left too.
async fn follow(app: &App, write: &WriteTransaction, row: &mut Model) -> Answer<(Vec<RouteNews>, Option<i64>)> {
    let tenant = Tenant(row.workspace_id);
    let balance = balance(&**write, tenant, row.advertiser_id, row.currency()).await?;
    if row.exposure_limit_minor.is_some() {
        let earned = receivables::earned(&**write, tenant, &[row.advertiser_id]).await?;
        let earned_minor = earned.get(&(row.advertiser_id, row.currency())).copied().unwrap_or_default();
        row.exposure_minor = rules::exposure(earned_minor, balance.as_ref().map_or(0, |it| it.paid));
    }
    let left = rules::left(row, balance.as_ref());
    let standing = standing(app, &**write, row).await?;
    let stopped = rules::stopped_at(row, standing);
    let state = rules::state(row, left, stopped);
    let before = row.state;
    row.state = state;
    row.stopped_minor = match (state, before) {
        _ if row.is_suspended || rules::is_overexposed(row) => None,
        (AccountState::Stopped, AccountState::Stopped) => stopped,
        (AccountState::Stopped, _) => stopped.or(left),
        _ => None,
    };
    let wanted = Balance {
        advertiser: row.advertiser_id,
        currency: row.currency(),
        on_reach: row.on_empty,
        room: rules::room(left, state),
    };
    row.cap_id = caps::balance::keep(write, &app.ambient, tenant, row.cap_id, &wanted).await?;
    replace_all(&**write, [row.clone().into_active_model()], Column::Id).await?;
    Ok((row.cap_id.map(RouteNews::Cap).into_iter().collect(), left))
}

/// As [`refresh`], where the advertiser has an account in the currency.
pub async fn refresh_of(
    app: &App,
    write: &WriteTransaction,
    tenant: Tenant,
    (advertiser, currency): (Id<id::Advertiser>, Currency),
) -> Answer<Vec<RouteNews>> {
    match find(&**write, tenant, advertiser, currency).await? {
        Some(mut row) => refresh(app, write, &mut row).await,
        None => Ok(Vec::new()),
    }
}

async fn standing(app: &App, conn: &impl ConnectionTrait, row: &Model) -> anyhow::Result<Option<Standing>> {
    let Some(cap) = row.cap_id else { return Ok(None) };
    caps::balance::standing(conn, Tenant(row.workspace_id), cap, app.ambient.now()).await
}

fn remembered(row: &Model) -> serde_json::Value {
    json!({
        "currency": row.currency, "funding": row.funding, "credit_limit_minor": row.credit_limit_minor,
        "low_minor": row.low_minor, "resume_minor": row.resume_minor, "on_empty": row.on_empty,
        "payment_days": row.payment_days, "vat_bp": row.vat_bp, "vat_note": row.vat_note,
        "partners_paid": row.partners_paid, "exposure_limit_minor": row.exposure_limit_minor
    })
}
