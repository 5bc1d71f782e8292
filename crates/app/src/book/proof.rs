//! The proof: the journal, and then each number that is kept beside it.

use std::collections::HashMap;

use kernel::{Id, Tenant, Timestamp, id};
use ledger::{Difference, Part, VerifyReport};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use serde::Serialize;

use super::rules;
use crate::{
    accruals::{
        self,
        entity::{accrual, posting},
    },
    adjustments::entity::adjustment,
    billing::entity::fee,
    bonuses::{self, entity::bonus},
    conversions::entity::{commission, conversion},
    payouts::{
        entity::{
            batch::{self, BatchState},
            payout,
        },
        rules::frozen_hash,
    },
    placements::model as placement,
    platform::Records,
    recruitment::entity::share,
    results::{close::note, entity::statement as month_statement},
    rewards,
};

/// Conversions, payouts and batches compared at once.
const PAGE_ROWS: u64 = 500;
/// Bonuses compared at once: each has up to three entries.
const BONUSES_PAGE_ROWS: u64 = 300;
/// A receipt may have waited: what it changed is stamped with the moment at which it came.
const WAITED_DAYS_MAX: i64 = 1;

/// What was compared, and what differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Proof {
    #[serde(flatten)]
    pub book: VerifyReport,
    pub conversions: u64,
    pub commissions: u64,
    pub payouts: u64,
    pub batches: u64,
    pub adjustments: u64,
    pub placements: u64,
    pub advertiser_fees: u64,
    pub accrual_postings: u64,
    pub bonuses: u64,
    pub recruiter_shares: u64,
    pub revenue_share_statements: u64,
    pub reward_entries: u64,
}

impl Proof {
    pub const fn is_whole(&self) -> bool {
        self.book.is_whole()
    }

    pub(super) fn differ(&mut self, tenant: Tenant, subject: String, what: String) {
        let workspace = Some(tenant.id());
        self.book.differ(Difference { workspace, seq: None, entry: None, subject: Some(subject), what });
    }
}

/// Proves every workspace as it stands at one moment; only what happened from `since` on, where that is given.
pub async fn all(records: &Records, since: Option<Timestamp>) -> anyhow::Result<Proof> {
    let conn = ledger::snapshot(records.read(), records.backend()).await?;
    let mut proof = Proof::default();
    for workspace in ledger::verify::workspaces(&conn, &mut proof.book).await? {
        workspace_as_it_stands(&conn, Tenant(workspace), since, &mut proof).await?;
    }
    Ok(proof)
}

/// Proves one workspace as it stands at one moment.
pub async fn one(records: &Records, tenant: Tenant) -> anyhow::Result<Proof> {
    let conn = ledger::snapshot(records.read(), records.backend()).await?;
    let mut proof = Proof::default();
    workspace_as_it_stands(&conn, tenant, None, &mut proof).await?;
    Ok(proof)
}

async fn workspace_as_it_stands(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    since: Option<Timestamp>,
    proof: &mut Proof,
) -> anyhow::Result<()> {
    ledger::verify_workspace(conn, tenant.id(), since, &mut proof.book).await?;
    if let Err(error) = numbers(conn, tenant, since, proof).await {
        // What was altered into something that cannot be read is told, as it is for the journal itself.
        proof.differ(tenant, "book".to_owned(), format!("its rows cannot be read: {error:#}"));
    }
    Ok(())
}

async fn numbers(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    since: Option<Timestamp>,
    proof: &mut Proof,
) -> anyhow::Result<()> {
    conversions(conn, tenant, since, proof).await?;
    batches(conn, tenant, since, proof).await?;
    adjustments(conn, tenant, since, proof).await?;
    placements(conn, tenant, since, proof).await?;
    fees(conn, tenant, since, proof).await?;
    accruals(conn, tenant, since, proof).await?;
    bonuses(conn, tenant, since, proof).await?;
    recruiter_shares(conn, tenant, since, proof).await?;
    statements(conn, tenant, since, proof).await?;
    rewards_of(conn, tenant, proof).await
}

/// What is no money has no entries in the book: balances of rewards are compared with their own.
async fn rewards_of(conn: &impl ConnectionTrait, tenant: Tenant, proof: &mut Proof) -> anyhow::Result<()> {
    let (entries, differences) = rewards::prove::of(conn, tenant).await?;
    proof.reward_entries += entries;
    differences.into_iter().for_each(|(subject, what)| proof.differ(tenant, subject, what));
    Ok(())
}

/// Closed months of RevShare with what their closing and their lock booked.
async fn statements(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    since: Option<Timestamp>,
    proof: &mut Proof,
) -> anyhow::Result<()> {
    use month_statement::Column;
    let mut after = Id::<id::RevenueShareStatement>::from_u128(0);
    loop {
        let mine = month_statement::Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
        let mut query = mine.filter(Column::Id.gt(after));
        if let Some(since) = since {
            query = query.filter(Column::CreatedAt.gte(since).or(Column::LockedAt.gte(since)));
        }
        let rows = query.order_by_asc(Column::Id).limit(PAGE_ROWS).all(conn).await?;
        let notes: Vec<String> = rows.iter().map(note).collect();
        let parts = by_subject(ledger::parts_of_notes(conn, tenant, &notes).await?);
        for (place, row) in (0..).zip(&rows) {
            proof.revenue_share_statements += 1;
            let parts = parts.get(&place).map_or(&[][..], Vec::as_slice);
            if let Some(what) = rules::of_statement(row, parts) {
                proof.differ(tenant, row.id.to_string(), what);
            }
        }
        match rows.last().filter(|_| rows.len() as u64 == PAGE_ROWS) {
            Some(last) => after = last.id,
            None => return Ok(()),
        }
    }
}

/// Whose remainder is carried from one posting to the next.
type Stream = (Id<id::Offer>, Id<id::Partner>, String);

/// Postings of traffic with their rows, their entries and what each carries on from the one before.
async fn accruals(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    since: Option<Timestamp>,
    proof: &mut Proof,
) -> anyhow::Result<()> {
    use posting::Column;
    let mut carried: HashMap<Stream, (i64, i64)> = HashMap::new();
    let mut after = Id::<id::AccrualPosting>::from_u128(0);
    loop {
        let mine = posting::Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
        let mut query = mine.filter(Column::Id.gt(after));
        if let Some(since) = since {
            query = query.filter(Column::CreatedAt.gte(since));
        }
        let rows = query.order_by_asc(Column::Id).limit(PAGE_ROWS).all(conn).await?;
        let entries: Vec<_> = rows.iter().filter_map(|row| row.entry_id).collect();
        let parts = by_subject(ledger::parts_of_entries(conn, tenant, &entries).await?);
        let mut accrued: HashMap<Id<id::AccrualPosting>, Vec<accrual::Model>> = HashMap::new();
        for row in accruals::store::rows_of(conn, tenant, rows.iter().map(|row| row.id)).await? {
            accrued.entry(row.posting_id).or_default().push(row);
        }
        for row in &rows {
            proof.accrual_postings += 1;
            let key = (row.offer_id, row.partner_id, row.currency.clone());
            let before = carried.insert(key, (row.earned_after, row.charged_after));
            let before = before.or_else(|| since.is_none().then_some((0, 0)));
            let parts = row.entry_id.and_then(|entry| parts.get(&entry.as_u128())).map_or(&[][..], Vec::as_slice);
            let accrued = accrued.remove(&row.id).unwrap_or_default();
            if let Some(what) = rules::of_posting(row, &accrued, parts, before) {
                proof.differ(tenant, row.id.to_string(), what);
            }
        }
        match rows.last().filter(|_| rows.len() as u64 == PAGE_ROWS) {
            Some(last) => after = last.id,
            None => return Ok(()),
        }
    }
}

/// Bonuses with the entries by which they were given, became payable and were taken back.
async fn bonuses(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    since: Option<Timestamp>,
    proof: &mut Proof,
) -> anyhow::Result<()> {
    use bonus::Column;
    let mut after = Id::<id::Bonus>::from_u128(0);
    loop {
        let mine = bonus::Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
        let mut query = mine.filter(Column::Id.gt(after));
        if let Some(since) = since {
            query = query.filter(Column::UpdatedAt.gte(since));
        }
        let rows = query.order_by_asc(Column::Id).limit(BONUSES_PAGE_ROWS).all(conn).await?;
        let entries = |row: &bonus::Model| [Some(row.entry_id), row.lock_entry_id, row.taken_back_entry_id];
        let all: Vec<_> = rows.iter().flat_map(entries).flatten().collect();
        let parts = by_subject(ledger::parts_of_entries(conn, tenant, &all).await?);
        let places = rows.iter().map(bonus::Model::place).collect();
        let figures = bonuses::store::figures(conn, tenant, &places).await?;
        for row in &rows {
            proof.bonuses += 1;
            let figure = figures.get(&row.place()).into_iter().flatten().map(|figure| figure.reached).sum();
            let own = entries(row)
                .map(|entry| entry.and_then(|entry| parts.get(&entry.as_u128())).map_or(&[][..], Vec::as_slice));
            for what in rules::of_bonus(row, figure, own) {
                proof.differ(tenant, row.id.to_string(), what);
            }
        }
        match rows.last().filter(|_| rows.len() as u64 == BONUSES_PAGE_ROWS) {
            Some(last) => after = last.id,
            None => return Ok(()),
        }
    }
}

/// Recruiters' shares with all that was booked of them.
async fn recruiter_shares(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    since: Option<Timestamp>,
    proof: &mut Proof,
) -> anyhow::Result<()> {
    use share::Column;
    let mut after = Id::<id::RecruiterShare>::from_u128(0);
    loop {
        let mine = share::Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
        let mut query = mine.filter(Column::Id.gt(after));
        if let Some(since) = since {
            query = query.filter(Column::UpdatedAt.gte(since));
        }
        let rows = query.order_by_asc(Column::Id).limit(PAGE_ROWS).all(conn).await?;
        let notes: Vec<String> = rows.iter().map(share::Model::note).collect();
        let parts = by_subject(ledger::parts_of_notes(conn, tenant, &notes).await?);
        for (place, row) in (0..).zip(&rows) {
            proof.recruiter_shares += 1;
            let parts = parts.get(&place).map_or(&[][..], Vec::as_slice);
            if let Some(what) = rules::of_recruiter_share(row, parts) {
                proof.differ(tenant, row.id.to_string(), what);
            }
        }
        match rows.last().filter(|_| rows.len() as u64 == PAGE_ROWS) {
            Some(last) => after = last.id,
            None => return Ok(()),
        }
    }
}

async fn conversions(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    since: Option<Timestamp>,
    proof: &mut Proof,
) -> anyhow::Result<()> {
    use conversion::Column;
    let (mut after, mut booked) = (Id::<id::Conversion>::from_u128(0), 0);
    loop {
        let mut query =
            conversion::Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(Column::Id.gt(after));
        if let Some(since) = since {
            query = query.filter(Column::UpdatedAt.gte(since.plus_days(-WAITED_DAYS_MAX)));
        }
        let rows = query.order_by_asc(Column::Id).limit(PAGE_ROWS).all(conn).await?;
        booked += compare_conversions(conn, tenant, &rows, proof).await?;
        match rows.last().filter(|_| rows.len() as u64 == PAGE_ROWS) {
            Some(last) => after = last.id,
            None => break,
        }
    }
    let in_book = ledger::conversions_in_book(conn, tenant).await?;
    if since.is_none() && in_book != booked {
        proof.differ(tenant, "book".to_owned(), format!("{in_book} conversions have entries, {booked} have rows too"));
    }
    Ok(())
}

/// Answers how many of the rows have entries.
async fn compare_conversions(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    rows: &[conversion::Model],
    proof: &mut Proof,
) -> anyhow::Result<u64> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let parts = by_subject(ledger::parts_of_conversions(conn, tenant, &ids).await?);
    let of_rows = commission::Entity::find()
        .filter(commission::Column::WorkspaceId.eq(tenant.id()))
        .filter(commission::Column::ConversionId.is_in(ids));
    let mut commissions: HashMap<Id<id::Conversion>, Vec<commission::Model>> = HashMap::new();
    for row in of_rows.all(conn).await? {
        commissions.entry(row.conversion_id).or_default().push(row);
    }
    for row in rows {
        let commissions = commissions.remove(&row.id).unwrap_or_default();
        proof.conversions += 1;
        proof.commissions += commissions.len() as u64;
        let parts = parts.get(&row.id.as_u128()).map_or(&[][..], Vec::as_slice);
        for what in rules::of_conversion(row, &commissions, parts) {
            proof.differ(tenant, row.id.to_string(), what);
        }
    }
    Ok(parts.len() as u64)
}

async fn batches(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    since: Option<Timestamp>,
    proof: &mut Proof,
) -> anyhow::Result<()> {
    use batch::Column;
    let mut after = Id::<id::PayoutBatch>::from_u128(0);
    loop {
        let mut query = batch::Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(Column::Id.gt(after));
        if let Some(since) = since {
            query = query.filter(Column::CreatedAt.gte(since));
        }
        let rows = query.order_by_asc(Column::Id).limit(PAGE_ROWS).all(conn).await?;
        for row in &rows {
            compare_batch(conn, tenant, row, proof).await?;
        }
        match rows.last().filter(|_| rows.len() as u64 == PAGE_ROWS) {
            Some(last) => after = last.id,
            None => return Ok(()),
        }
    }
}

async fn compare_batch(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    batch: &batch::Model,
    proof: &mut Proof,
) -> anyhow::Result<()> {
    proof.batches += 1;
    let payouts = payout::Entity::find()
        .filter(payout::Column::WorkspaceId.eq(tenant.id()))
        .filter(payout::Column::BatchId.eq(batch.id))
        .all(conn)
        .await?;
    let is_listed = batch.state != BatchState::Drawing;
    let total: i64 = payouts.iter().map(|payout| payout.amount_minor).sum();
    if is_listed && (total, payouts.len() as i64) != (batch.total_minor, batch.payout_count) {
        let what = format!("{} payouts add up to {total}, the batch says otherwise", payouts.len());
        proof.differ(tenant, batch.id.to_string(), what);
    }
    if is_listed && frozen_hash(batch, &payouts) != batch.frozen_hash {
        proof.differ(tenant, batch.id.to_string(), "the frozen list has another hash".to_owned());
    }
    for payouts in payouts.chunks(PAGE_ROWS as usize) {
        let ids: Vec<_> = payouts.iter().map(|payout| payout.id).collect();
        let parts = by_subject(ledger::parts_of_payouts(conn, tenant, &ids).await?);
        for payout in payouts {
            proof.payouts += 1;
            let parts = parts.get(&payout.id.as_u128()).map_or(&[][..], Vec::as_slice);
            for what in rules::of_payout(payout, parts) {
                proof.differ(tenant, payout.id.to_string(), what);
            }
        }
    }
    Ok(())
}

async fn adjustments(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    since: Option<Timestamp>,
    proof: &mut Proof,
) -> anyhow::Result<()> {
    use adjustment::Column;
    let mut after = Id::<id::Adjustment>::from_u128(0);
    loop {
        let mine = adjustment::Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
        let mut query = mine.filter(Column::EntryId.is_not_null()).filter(Column::Id.gt(after));
        if let Some(since) = since {
            query = query.filter(Column::RequestedAt.gte(since));
        }
        let rows = query.order_by_asc(Column::Id).limit(PAGE_ROWS).all(conn).await?;
        let entries: Vec<_> = rows.iter().filter_map(|row| row.entry_id).collect();
        let parts = by_subject(ledger::parts_of_entries(conn, tenant, &entries).await?);
        for row in &rows {
            proof.adjustments += 1;
            let entry = row.entry_id.map_or(0, |entry| entry.as_u128());
            let parts = parts.get(&entry).map_or(&[][..], Vec::as_slice);
            if let Some(what) = rules::of_adjustment(row, parts) {
                proof.differ(tenant, row.id.to_string(), what);
            }
        }
        match rows.last().filter(|_| rows.len() as u64 == PAGE_ROWS) {
            Some(last) => after = last.id,
            None => return Ok(()),
        }
    }
}

async fn placements(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    since: Option<Timestamp>,
    proof: &mut Proof,
) -> anyhow::Result<()> {
    use placement::Column;
    let mut after = Id::<id::Placement>::from_u128(0);
    loop {
        let mine = placement::Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
        let mut query = mine.filter(Column::EntryId.is_not_null()).filter(Column::Id.gt(after));
        if let Some(since) = since {
            query = query.filter(Column::UpdatedAt.gte(since));
        }
        let rows = query.order_by_asc(Column::Id).limit(PAGE_ROWS).all(conn).await?;
        let entries: Vec<_> = rows.iter().flat_map(|row| [row.entry_id, row.returned_entry_id]).flatten().collect();
        let parts = by_subject(ledger::parts_of_entries(conn, tenant, &entries).await?);
        for row in &rows {
            proof.placements += 1;
            let of = |entry: Option<Id<id::BookEntry>>| {
                entry.and_then(|entry| parts.get(&entry.as_u128())).map_or(&[][..], Vec::as_slice)
            };
            for what in rules::of_placement(row, of(row.entry_id), of(row.returned_entry_id)) {
                proof.differ(tenant, row.id.to_string(), what);
            }
        }
        match rows.last().filter(|_| rows.len() as u64 == PAGE_ROWS) {
            Some(last) => after = last.id,
            None => return Ok(()),
        }
    }
}

/// Fees of subscriptions with what they booked.
async fn fees(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    since: Option<Timestamp>,
    proof: &mut Proof,
) -> anyhow::Result<()> {
    use fee::Column;
    let mut after = Id::<id::AdvertiserFee>::from_u128(0);
    loop {
        let mut query = fee::Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(Column::Id.gt(after));
        if let Some(since) = since {
            query = query.filter(Column::CreatedAt.gte(since));
        }
        let rows = query.order_by_asc(Column::Id).limit(PAGE_ROWS).all(conn).await?;
        let entries: Vec<_> = rows.iter().map(|row| row.entry_id).collect();
        let parts = by_subject(ledger::parts_of_entries(conn, tenant, &entries).await?);
        for row in &rows {
            proof.advertiser_fees += 1;
            let parts = parts.get(&row.entry_id.as_u128()).map_or(&[][..], Vec::as_slice);
            if let Some(what) = rules::of_fee(row, parts) {
                proof.differ(tenant, row.id.to_string(), what);
            }
        }
        match rows.last().filter(|_| rows.len() as u64 == PAGE_ROWS) {
            Some(last) => after = last.id,
            None => return Ok(()),
        }
    }
}

fn by_subject(parts: Vec<Part>) -> HashMap<u128, Vec<Part>> {
    let mut by_subject: HashMap<u128, Vec<Part>> = HashMap::new();
    for part in parts {
        by_subject.entry(part.subject).or_default().push(part);
    }
    by_subject
}
