//! What a partner is paid next, and when the rest follows.
//!
//! Invariant: what is upcoming, later and frozen adds up to what the book calls approved.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use kernel::{Currency, Id, Tenant, Timestamp, id};
use ledger::Standing;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, JoinType, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::{
    rules::{Sent, SentPart, Share, sent, share},
    schedules,
    split::{Drawn, Part as SplitPart},
    terms::{TermsOf, rules::Deductions},
    to_invoice, withheld,
};
use crate::{
    accruals, bonuses,
    conversions::{
        Status,
        entity::{commission, conversion},
    },
    own_invoices::hold::{HoldReason, Holds, Invoiced},
    partners::{
        model::{Model as Partner, PartnerState, PayoutMethod},
        payee_accounts::PayoutSplit,
    },
    platform::Answer,
    recruitment, results,
};

/// Days that are told one by one.
pub const DAYS_TOLD: i64 = 60;

/// A partner's next payout in one currency, in whole minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    pub currency: Currency,
    pub payable_minor: i64,
    pub debt_minor: i64,
    pub minimum_minor: i64,
    pub reaches_minimum: bool,
    /// What is sent, after all that is taken from it.
    pub next_minor: i64,
    pub taken: Deductions,
    /// By account, the main one first, where the partner has several.
    pub parts: Vec<NextPart>,
    /// What being paid today would cost and leave, where it may be asked for.
    pub early: Option<EarlyOffer>,
    pub approved_minor: i64,
    /// By the local day on which it becomes payable.
    pub upcoming: BTreeMap<Date, Part>,
    pub later: Part,
    pub frozen: Part,
    /// The partner is paid in this other currency.
    pub paid_in: Option<Currency>,
    /// The next local day on which a schedule pays the partner.
    pub pay_on: Option<String>,
    /// What has to be on file or accepted before the partner is paid, and is not.
    pub missing: Vec<HoldReason>,
    /// Where it writes its own invoices and something is due, in the currency in which it is paid.
    pub own_invoice: Option<Invoiced>,
}

/// What being paid before the day costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EarlyOffer {
    /// Hundredths of a per cent.
    pub share_bp: i32,
    pub fee_minor: i64,
    /// What would be sent.
    pub sent_minor: i64,
}

impl Next {
    fn take(&mut self, standing: Standing, terms: &TermsOf, partner: &Partner, parts: &[SplitPart]) {
        if self.next_minor == 0 {
            return;
        }
        let sent = |early_share_bp| sent(standing, self.minimum_minor, parts, early_share_bp);
        let early = terms.early_share_bp().and_then(|share_bp| Some((share_bp, sent(share_bp)?)));
        // A request has one batch, which is of one method.
        let is_of_one_method = partner.payout_split.as_ref().is_none_or(PayoutSplit::is_of_one_method);
        self.early = early.filter(|_| self.paid_in.is_none() && is_of_one_method).map(|(share_bp, sent)| EarlyOffer {
            share_bp,
            fee_minor: sent.taken().early_fee_minor,
            sent_minor: sent.amount_minor(),
        });
        let next = sent(0);
        self.next_minor = next.as_ref().map_or(0, Sent::amount_minor);
        self.taken = next.as_ref().map(Sent::taken).unwrap_or_default();
        self.parts = next.as_ref().map(|next| parts_of(next, parts)).unwrap_or_default();
        // What a transfer costs would take all of it.
        self.reaches_minimum &= next.is_some();
    }
}

/// What one account is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextPart {
    pub method: PayoutMethod,
    /// Hundredths of a per cent of what is due.
    pub share_bp: i32,
    pub amount_minor: i64,
}

/// By account, where there are several.
fn parts_of(next: &Sent, parts: &[SplitPart]) -> Vec<NextPart> {
    let part = |(part, sent): (&SplitPart, &Option<SentPart>)| NextPart {
        method: part.method,
        share_bp: part.account.share_bp,
        amount_minor: sent.map_or(0, |sent| sent.amount_minor),
    };
    if parts.len() > 1 { parts.iter().zip(&next.parts).map(part).collect() } else { Vec::new() }
}

/// Some of what is approved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub amount_minor: i64,
    pub conversions: i64,
}

impl Part {
    fn add(&mut self, other: Self) {
        self.amount_minor = self.amount_minor.saturating_add(other.amount_minor);
        self.conversions = self.conversions.saturating_add(other.conversions);
    }
}

/// Approved commissions that leave their hold at the same moment.
#[derive(FromQueryResult)]
struct Hold {
    currency: String,
    lock_at: Option<Timestamp>,
    is_frozen: bool,
    amount_minor: i64,
    conversions: i64,
}

/// One for each currency in which the partner has anything, in order of currency. Read it in one transaction.
pub async fn next(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: &Partner,
    zone: &TimeZone,
    now: Timestamp,
) -> Answer<Vec<Next>> {
    let balances = ledger::partner_balance(conn, tenant, partner.id).await.map_err(anyhow::Error::from)?;
    let mut all: BTreeMap<Currency, Next> = BTreeMap::new();
    for balance in balances {
        let withheld = withheld::by_partner(conn, tenant, balance.currency).await?.get(&partner.id).copied();
        let payable_minor = balance.payable - withheld.unwrap_or_default();
        let standing = Standing { payable_minor, debt_minor: balance.debt };
        let terms = TermsOf::load(conn, tenant, balance.currency).await?;
        let drawn = Drawn::load(conn, tenant, balance.currency, [partner].into_iter()).await?;
        let parts = drawn.parts(partner, &terms);
        let mut next = standing_of(partner, balance.currency, (standing, balance.approved), &parts);
        next.take(standing, &terms, partner, &parts);
        all.insert(balance.currency, next);
    }
    let schedules = schedules::all(conn, tenant).await?;
    let pay_on = schedules::of_partner(&schedules, partner).map(|schedule| schedule.next_on.clone());
    let today = now.local_day(zone);
    let last = now.plus_days(DAYS_TOLD - 1).local_day(zone);
    for hold in holds(conn, tenant, partner.id).await? {
        let currency: Currency = hold.currency.parse()?;
        let part = Part { amount_minor: hold.amount_minor, conversions: hold.conversions };
        let next = all.entry(currency).or_insert_with(|| standing_of(partner, currency, (Standing::default(), 0), &[]));
        match hold.lock_at.filter(|_| !hold.is_frozen).map(|at| at.local_day(zone).max(today)) {
            None => next.frozen.add(part),
            Some(day) if day > last => next.later.add(part),
            Some(day) => next.upcoming.entry(day).or_default().add(part),
        }
    }
    let holds = Holds::load(conn, tenant, today, [partner.id]).await?;
    let billed = if holds.invoices.writes_own(partner.id) {
        to_invoice::billed(conn, tenant, (partner, today)).await?
    } else {
        BTreeMap::new()
    };
    let told = |next: Next| {
        let billed = billed.get(&next.paid_in.unwrap_or(next.currency)).copied();
        let missing = holds.of(partner.id, billed);
        let own_invoice = billed.and_then(|billed| holds.invoices.of(partner.id, billed));
        let is_held = !missing.is_empty();
        let next_minor = if is_held { 0 } else { next.next_minor };
        let early = next.early.filter(|_| !is_held);
        let parts = if is_held { Vec::new() } else { next.parts };
        Next { pay_on: pay_on.clone(), missing, own_invoice, next_minor, parts, early, ..next }
    };
    Ok(all.into_values().map(told).collect())
}

fn standing_of(
    partner: &Partner,
    currency: Currency,
    (standing, approved_minor): (Standing, i64),
    parts: &[SplitPart],
) -> Next {
    let minimum_minor = partner.minimum_payout_minor(currency);
    let share = share(standing, minimum_minor, parts);
    let next_minor = match share {
        Share::Pay { amount_minor, .. } if partner.state == PartnerState::Active => amount_minor,
        _ => 0,
    };
    Next {
        currency,
        payable_minor: standing.payable_minor,
        debt_minor: standing.debt_minor,
        minimum_minor,
        reaches_minimum: matches!(share, Share::Pay { .. }),
        next_minor,
        taken: Deductions::default(),
        parts: Vec::new(),
        early: None,
        approved_minor,
        upcoming: BTreeMap::new(),
        later: Part::default(),
        frozen: Part::default(),
        paid_in: partner.payout_currency.as_deref().and_then(Currency::from_code).filter(|own| *own != currency),
        pay_on: None,
        missing: Vec::new(),
        own_invoice: None,
    }
}

/// Holds end at the beginning of a local day, so there are few different ones.
async fn holds(conn: &impl ConnectionTrait, tenant: Tenant, partner: Id<id::Partner>) -> Answer<Vec<Hold>> {
    use commission::Column;
    let frozen = || conversion::Column::FrozenAt.is_not_null();
    let query = commission::Entity::find()
        .select_only()
        .column(Column::Currency)
        .column_as(conversion::Column::LockAt, "lock_at")
        .column_as(frozen(), "is_frozen")
        .column_as(Expr::col((commission::Entity, Column::AmountMinor)).sum().cast_as("bigint"), "amount_minor")
        .column_as(Expr::col((commission::Entity, Column::ConversionId)).count_distinct(), "conversions")
        .join(JoinType::InnerJoin, of_conversion())
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::PartnerId.eq(partner))
        .filter(Column::Status.eq(Status::Approved))
        .group_by(Column::Currency)
        .group_by(conversion::Column::LockAt)
        .group_by(frozen());
    let mut holds = query.into_model::<Hold>().all(conn).await?;
    let shares = results::store::holds(conn, tenant, partner).await?;
    holds.extend(shares.into_iter().filter(|share| share.earned_minor > 0).map(|share| Hold {
        currency: share.currency,
        lock_at: Some(share.lock_at),
        is_frozen: false,
        amount_minor: share.earned_minor,
        conversions: 0,
    }));
    let traffic = accruals::store::holds(conn, tenant, partner).await?;
    holds.extend(traffic.into_iter().filter(|posting| posting.earned_minor > 0).map(|posting| Hold {
        currency: posting.currency,
        lock_at: Some(posting.lock_at),
        is_frozen: false,
        amount_minor: posting.earned_minor,
        conversions: 0,
    }));
    let bonuses = bonuses::store::holds(conn, tenant, partner).await?;
    holds.extend(bonuses.into_iter().map(|bonus| Hold {
        currency: bonus.currency,
        lock_at: Some(bonus.lock_at),
        is_frozen: false,
        amount_minor: bonus.amount_minor,
        conversions: 0,
    }));
    let recruited = recruitment::store::holds(conn, tenant, partner).await?;
    holds.extend(recruited.into_iter().map(|share| Hold {
        currency: share.currency,
        lock_at: share.lock_at,
        is_frozen: false,
        amount_minor: share.amount_minor,
        conversions: 0,
    }));
    Ok(holds)
}

pub(super) fn of_conversion() -> sea_orm::RelationDef {
    commission::Entity::belongs_to(conversion::Entity)
        .from(commission::Column::ConversionId)
        .to(conversion::Column::Id)
        .into()
}
