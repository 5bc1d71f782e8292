//! The book for those who keep it: entries with their causes and hashes, and what lies in each account.

use axum::{Json, extract::State};
use kernel::{Currency, Id, Page, PageQuery, Refusal, Timestamp, id};
use ledger::{Account, AccountTotal, BookError, BookedEntry, EntryKind, JournalQuestion, Owner, Posting};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    identity::permissions::CanReadJournal,
    payouts::entity::payout,
    platform::{
        Answer, Problem,
        body::{Params, PathId},
        labels::{Labels, Wanted},
    },
};

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JournalFilter {
    /// An account that the entry touched.
    pub account: Option<Account>,
    /// Whose part of the account it touched.
    pub partner_id: Option<Id<id::Partner>>,
    /// Whose part of the account it touched; not together with `partner_id`.
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub currency: Option<Currency>,
    pub kind: Option<EntryKind>,
    pub conversion_id: Option<Id<id::Conversion>>,
    pub payout_id: Option<Id<id::Payout>>,
    /// First moment, inclusive.
    pub from: Option<Timestamp>,
    /// End, exclusive.
    pub to: Option<Timestamp>,
}

impl JournalFilter {
    fn question(&self) -> Result<JournalQuestion, Refusal> {
        Ok(JournalQuestion {
            account: self.account,
            owner: owner(self.partner_id, self.advertiser_id)?,
            currency: self.currency,
            kind: self.kind,
            conversion: self.conversion_id,
            payout: self.payout_id,
            from: self.from,
            to: self.to,
        })
    }
}

fn owner(partner: Option<Id<id::Partner>>, advertiser: Option<Id<id::Advertiser>>) -> Result<Option<Owner>, Refusal> {
    match (partner, advertiser) {
        (Some(_), Some(_)) => Err(Refusal::field("advertiser_id", "a part of an account has one owner")),
        (partner, advertiser) => Ok(partner.map(Owner::Partner).or(advertiser.map(Owner::Advertiser))),
    }
}

/// One side of one account. Exactly one of `debit_minor` and `credit_minor` is above nought.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PostingOut {
    pub account: Account,
    /// Whose part of the account it is, where a partner has one.
    pub partner_id: Option<Id<id::Partner>>,
    /// Whose part of the account it is, where an advertiser has one.
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub currency: Currency,
    pub debit_minor: i64,
    pub credit_minor: i64,
}

impl From<&Posting> for PostingOut {
    fn from(posting: &Posting) -> Self {
        let Posting { account, owner, currency, debit, credit } = *posting;
        Self {
            account,
            partner_id: if let Owner::Partner(id) = owner { Some(id) } else { None },
            advertiser_id: if let Owner::Advertiser(id) = owner { Some(id) } else { None },
            currency,
            debit_minor: debit,
            credit_minor: credit,
        }
    }
}

/// An entry of the book.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "ent_01K9Q0ZV5W8R4T6Y7N3M2H1G0F", "number": 6, "at": "2026-11-22T09:30:00.000Z", "kind": "lock",
    "conversion_id": "cnv_01KAMX4S5T0000000000000000", "commission_id": "com_01KAMX4S5T0000000000000000",
    "payout_id": null, "note": "lock", "hash": "9f2c5a", "postings": [
        {"account": "partner_approved", "partner_id": "prt_01KAMX4S5T0000000000000000", "advertiser_id": null,
         "currency": "EUR", "debit_minor": 800, "credit_minor": 0},
        {"account": "partner_payable", "partner_id": "prt_01KAMX4S5T0000000000000000", "advertiser_id": null,
         "currency": "EUR", "debit_minor": 0, "credit_minor": 800}
    ]
}))]
pub struct JournalEntryOut {
    pub id: Id<id::BookEntry>,
    /// Its place in the workspace's chain, counted from 1.
    pub number: i64,
    pub at: Timestamp,
    pub kind: EntryKind,
    pub conversion_id: Option<Id<id::Conversion>>,
    pub commission_id: Option<Id<id::Commission>>,
    pub payout_id: Option<Id<id::Payout>>,
    /// A reason's code or a few plain words.
    pub note: String,
    /// BLAKE3 of the entry and of the hash before it.
    pub hash: String,
    pub postings: Vec<PostingOut>,
}

impl From<BookedEntry> for JournalEntryOut {
    fn from(booked: BookedEntry) -> Self {
        let BookedEntry { seq, hash, entry } = booked;
        Self {
            id: entry.id,
            number: seq,
            at: entry.at,
            kind: entry.cause.kind,
            conversion_id: entry.cause.conversion,
            commission_id: entry.cause.commission,
            payout_id: entry.cause.payout,
            note: entry.cause.note,
            hash: hexadecimal(&hash),
            postings: entry.postings.iter().map(PostingOut::from).collect(),
        }
    }
}

fn hexadecimal(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An entry with what it hangs on.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "ent_01K9Q0ZV5W8R4T6Y7N3M2H1G0F", "number": 6, "at": "2026-11-22T09:30:00.000Z", "kind": "paid",
    "conversion_id": null, "commission_id": null, "payout_id": "pyt_01KAMX4S5T0000000000000000", "note": "",
    "hash": "9f2c5a", "postings": [], "previous_hash": "7be1d0", "is_intact": true,
    "batch_id": "pyb_01KAMX4S5T0000000000000000", "labels": {}
}))]
pub struct JournalEntryDetail {
    #[serde(flatten)]
    pub entry: JournalEntryOut,
    /// The hash of the entry before it; noughts before the first.
    pub previous_hash: String,
    /// The hash was worked out again from the entry and is the stored one.
    pub is_intact: bool,
    /// The batch its payout belongs to.
    pub batch_id: Option<Id<id::PayoutBatch>>,
    /// Names by id.
    pub labels: Labels,
}

/// The entries of the book, the last booked first.
#[utoipa::path(
    get, path = "/v1/journal", tag = "payouts", params(JournalFilter, PageQuery),
    responses((status = 200, body = Page<JournalEntryOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadJournal(actor): CanReadJournal,
    Params(filter): Params<JournalFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<JournalEntryOut>>> {
    let found = ledger::journal(app.records.read(), actor.tenant, &filter.question()?, &page).await.map_err(told)?;
    let found = found.map(JournalEntryOut::from);
    let wanted = found.items.iter().fold(Wanted::default(), named_by);
    Ok(Json(wanted.beside(found, app.records.read(), actor.tenant).await?))
}

/// One entry of the book, its hash worked out again.
#[utoipa::path(
    get, path = "/v1/journal/{id}", tag = "payouts", params(("id" = Id<id::BookEntry>, Path)),
    responses((status = 200, body = JournalEntryDetail))
)]
pub async fn show(
    State(app): State<App>,
    CanReadJournal(actor): CanReadJournal,
    PathId(id): PathId<Id<id::BookEntry>>,
) -> Answer<Json<JournalEntryDetail>> {
    let records = app.records.read();
    let found = ledger::chained_entry(records, actor.tenant, id).await.map_err(told)?;
    let (previous_hash, is_intact) = (hexadecimal(&found.previous_hash), found.is_intact);
    let entry = JournalEntryOut::from(found.booked);
    let labels = named_by(Wanted::default(), &entry).read(records, actor.tenant).await?;
    let batch_id = match entry.payout_id {
        None => None,
        Some(payout) => batch_of(&app, actor.tenant, payout).await?,
    };
    Ok(Json(JournalEntryDetail { entry, previous_hash, is_intact, batch_id, labels }))
}

async fn batch_of(app: &App, tenant: kernel::Tenant, payout: Id<id::Payout>) -> Answer<Option<Id<id::PayoutBatch>>> {
    let of_tenant = payout::Column::WorkspaceId.eq(tenant.id());
    let batch = payout::Entity::find_by_id(payout).filter(of_tenant).select_only().column(payout::Column::BatchId);
    Ok(batch.into_tuple().one(app.records.read()).await?)
}

fn named_by(wanted: Wanted, entry: &JournalEntryOut) -> Wanted {
    wanted
        .with(entry.conversion_id)
        .with(entry.postings.iter().filter_map(|posting| posting.partner_id))
        .with(entry.postings.iter().filter_map(|posting| posting.advertiser_id))
}

fn told(error: BookError) -> Problem {
    match error {
        BookError::BadCursor(refusal) => refusal.into(),
        other => anyhow::Error::from(other).into(),
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AccountsQuery {
    /// Only this partner's part of each account.
    pub partner_id: Option<Id<id::Partner>>,
    /// Only this advertiser's part of each account; not together with `partner_id`.
    pub advertiser_id: Option<Id<id::Advertiser>>,
}

/// What lies in one account in one currency.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AccountOut {
    pub account: Account,
    pub currency: Currency,
    /// All that was ever put on this side.
    pub debit_minor: i64,
    /// All that was ever put on this side.
    pub credit_minor: i64,
    /// What lies there, positive on the side on which the account grows.
    pub balance_minor: i64,
}

impl From<AccountTotal> for AccountOut {
    fn from(total: AccountTotal) -> Self {
        let AccountTotal { account, currency, debit, credit } = total;
        let balance_minor = account.balance(debit, credit);
        Self { account, currency, debit_minor: debit, credit_minor: credit, balance_minor }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"items": [
    {"account": "partner_payable", "currency": "EUR", "debit_minor": 0, "credit_minor": 800, "balance_minor": 800},
    {"account": "commission_cost", "currency": "EUR", "debit_minor": 800, "credit_minor": 0, "balance_minor": 800}
]}))]
pub struct AccountList {
    /// In order of currency; over all owners the debits of a currency are its credits.
    pub items: Vec<AccountOut>,
}

/// What lies in each account of the book.
#[utoipa::path(
    get, path = "/v1/journal/accounts", tag = "payouts", params(AccountsQuery),
    responses((status = 200, body = AccountList))
)]
pub async fn accounts(
    State(app): State<App>,
    CanReadJournal(actor): CanReadJournal,
    Params(query): Params<AccountsQuery>,
) -> Answer<Json<AccountList>> {
    let owner = owner(query.partner_id, query.advertiser_id)?;
    let totals = ledger::account_totals(app.records.read(), actor.tenant, owner).await.map_err(told)?;
    Ok(Json(AccountList { items: totals.into_iter().map(AccountOut::from).collect() }))
}
