//! How payouts and batches look over the API.

use kernel::{Decimal8, Id, Money, Page, PageQuery, Tenant, Timestamp, id};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use crate::{
    currencies::entity::rate::RateSource,
    partners::model::PayoutMethod,
    payouts::{
        create::LeftOut,
        due::Exchanged,
        entity::{
            batch::{self, BatchState},
            payout::{self, PayoutState},
            terms::FeeBearer,
        },
        store,
        wanted::{self, StateSum},
    },
    platform::Answer,
};

/// Who was left out, as one answer names them.
const LEFT_OUT_TOLD: usize = 500;

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "pyt_01KAMX4S5T0000000000000000", "batch_id": "pyb_01KAMX4S5T0000000000000000",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "payee_name": "Trail Notes", "payee_email": "pay@trailnotes.example",
    "account_shown": "…3000", "account_place": 0, "share_bp": 10000, "provider_state": null, "amount": {"minor": 21240, "currency": "EUR"}, "debt_offset": {"minor": 0, "currency": "EUR"},
    "withheld": {"minor": 0, "currency": "EUR"}, "early_fee": {"minor": 0, "currency": "EUR"},
    "fee": {"minor": 35, "currency": "EUR"}, "fee_bearer": "workspace", "exchanges": [], "state": "in_transit",
    "reference": null, "failure_reason": null, "created_at": "2026-11-22T09:30:00.000Z", "settled_at": null
}))]
pub struct PayoutOut {
    pub id: Id<id::Payout>,
    pub batch_id: Id<id::PayoutBatch>,
    pub partner_id: Id<id::Partner>,
    pub payee_name: String,
    pub payee_email: String,
    /// The end of the number of the account it goes to.
    pub account_shown: Option<String>,
    /// The account's place among the partner's: 0 for the main one.
    pub account_place: i32,
    /// Its share of what was due, in hundredths of a per cent.
    pub share_bp: i32,
    pub amount: Money,
    /// Debt that was taken off before.
    pub debt_offset: Money,
    /// Tax that was kept back before.
    pub withheld: Money,
    /// What was taken before for being paid early.
    pub early_fee: Money,
    /// What the transfer costs; taken before where the partner bears it.
    pub fee: Money,
    pub fee_bearer: FeeBearer,
    /// What was payable in other currencies and is in the amount, by which rate.
    pub exchanges: Vec<ExchangedOut>,
    pub state: PayoutState,
    pub reference: Option<String>,
    pub failure_reason: Option<String>,
    /// The payment service's word for how far it is, such as `unclaimed`.
    pub provider_state: Option<String>,
    pub created_at: Timestamp,
    pub settled_at: Option<Timestamp>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "sold": {"minor": 8000, "currency": "EUR"}, "bought": {"minor": 8660, "currency": "USD"}, "rate": "1.0825",
    "day": "2026-11-20", "source": "ecb"
}))]
pub struct ExchangedOut {
    /// What was payable.
    pub sold: Money,
    /// What is paid for it.
    pub bought: Money,
    /// Units of the second currency for one of the first, to eight decimals.
    pub rate: Decimal8,
    /// The day of the rate.
    pub day: String,
    pub source: RateSource,
}

impl From<Exchanged> for ExchangedOut {
    fn from(one: Exchanged) -> Self {
        let Exchanged { sold, bought, used, .. } = one;
        Self { sold, bought, rate: used.rate.rounded(), day: used.day, source: used.source }
    }
}

impl PayoutOut {
    pub fn of(row: payout::Model) -> Answer<Self> {
        let currency = row.currency.parse()?;
        Ok(Self {
            id: row.id,
            batch_id: row.batch_id,
            partner_id: row.partner_id,
            payee_name: row.payee_name,
            payee_email: row.payee_email,
            account_shown: row.account_shown,
            account_place: row.account_place,
            share_bp: row.share_bp,
            amount: Money::new(row.amount_minor, currency),
            debt_offset: Money::new(row.debt_offset_minor, currency),
            withheld: Money::new(row.withheld_minor, currency),
            early_fee: Money::new(row.early_fee_minor, currency),
            fee: Money::new(row.fee_minor, currency),
            fee_bearer: row.fee_bearer,
            exchanges: row.exchanges.0.into_iter().map(ExchangedOut::from).collect(),
            state: row.state,
            reference: row.reference,
            failure_reason: row.failure_reason,
            provider_state: row.provider_state,
            created_at: row.created_at,
            settled_at: row.settled_at,
        })
    }
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "pyb_01KAMX4S5T0000000000000000", "method": "sepa", "state": "approved",
    "total": {"minor": 21240, "currency": "EUR"}, "payout_count": 1, "frozen_hash": "9f2c…", "pay_on": "2026-11-24",
    "created_by": "usr_01KAMX4S5T0000000000000000", "schedule_id": null, "early_payout_id": null, "created_at": "2026-11-22T09:30:00.000Z", "approved_by": null,
    "approved_at": null, "file_given_at": null, "sent_by": null, "sent_at": null, "provider_batch_id": null, "trouble": null,
    "results": [{"state": "in_transit", "count": 1, "amount": {"minor": 21240, "currency": "EUR"}}]
}))]
pub struct BatchOut {
    pub id: Id<id::PayoutBatch>,
    pub method: PayoutMethod,
    pub total: Money,
    pub payout_count: i64,
    /// BLAKE3 of the frozen list.
    pub frozen_hash: String,
    pub state: BatchState,
    /// The local day on which it is to be paid.
    #[schema(value_type = Option<String>, format = Date)]
    pub pay_on: Option<String>,
    pub created_by: Id<id::User>,
    /// The schedule that made it, in the name of who set that up.
    pub schedule_id: Option<Id<id::PayoutSchedule>>,
    /// The request of the partner that it pays before its day.
    pub early_payout_id: Option<Id<id::EarlyPayout>>,
    pub created_at: Timestamp,
    /// Who agreed to it, where it took two.
    pub approved_by: Option<Id<id::User>>,
    pub approved_at: Option<Timestamp>,
    pub sent_by: Option<Id<id::User>>,
    pub sent_at: Option<Timestamp>,
    /// When its file was first given out: since then it is undone only with the word that the file was not used.
    pub file_given_at: Option<Timestamp>,
    /// The payment service's own id.
    pub provider_batch_id: Option<String>,
    /// What went wrong when it was last sent, or why it was rejected.
    pub trouble: Option<String>,
    /// What became of its payouts, one for each state in which any is.
    pub results: Vec<BatchSum>,
}

/// Payouts of a batch in one state.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"state": "paid", "count": 18, "amount": {"minor": 360000, "currency": "EUR"}}))]
pub struct BatchSum {
    pub state: PayoutState,
    pub count: i64,
    pub amount: Money,
}

impl BatchOut {
    /// One batch with what became of its payouts.
    pub async fn load(conn: &impl ConnectionTrait, row: batch::Model) -> Answer<Self> {
        let sums = wanted::sums(conn, Tenant(row.workspace_id), [row.id]).await?.remove(&row.id);
        Self::of(row, sums.unwrap_or_default())
    }

    pub fn of(row: batch::Model, sums: Vec<StateSum>) -> Answer<Self> {
        let currency = row.currency.parse()?;
        let told = |StateSum { state, count, amount_minor }| BatchSum {
            state,
            count,
            amount: Money::new(amount_minor, currency),
        };
        Ok(Self {
            results: sums.into_iter().map(told).collect(),
            id: row.id,
            method: row.method,
            total: Money::new(row.total_minor, currency),
            payout_count: row.payout_count,
            frozen_hash: row.frozen_hash,
            state: row.state,
            pay_on: row.pay_on,
            created_by: row.created_by,
            schedule_id: row.schedule_id,
            early_payout_id: row.early_payout_id,
            created_at: row.created_at,
            approved_by: row.approved_by,
            approved_at: row.approved_at,
            sent_by: row.sent_by,
            sent_at: row.sent_at,
            file_given_at: row.file_given_at,
            provider_batch_id: row.provider_batch_id,
            trouble: row.trouble,
        })
    }
}

/// A batch with the first of its payouts.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "pyb_01KAMX4S5T0000000000000000", "method": "sepa", "state": "approved",
    "total": {"minor": 21240, "currency": "EUR"}, "payout_count": 1, "frozen_hash": "9f2c…", "pay_on": "2026-11-24",
    "created_by": "usr_01KAMX4S5T0000000000000000", "schedule_id": null, "early_payout_id": null, "created_at": "2026-11-22T09:30:00.000Z", "approved_by": null,
    "approved_at": null, "sent_by": null, "sent_at": null, "provider_batch_id": null, "trouble": null,
    "results": [{"state": "in_transit", "count": 1, "amount": {"minor": 21240, "currency": "EUR"}}],
    "payouts": [], "next_cursor": null, "left_out": [], "left_out_count": 0
}))]
pub struct BatchDetail {
    #[serde(flatten)]
    pub batch: BatchOut,
    /// The first fifty in order of id; `GET /v1/payout-batches/{id}/payouts` goes on.
    pub payouts: Vec<PayoutOut>,
    /// With which the list of its payouts goes on; absent where these are all.
    pub next_cursor: Option<String>,
    /// Whom the method cannot pay, in the answer that made the batch, at most 500; empty afterwards.
    pub left_out: Vec<LeftOutOut>,
    /// How many were left out in all.
    pub left_out_count: usize,
}

/// Somebody who is payable and was left out.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "partner_id": "prt_01KAMX4S5T0000000000000000", "name": "Trail Notes", "field": "iban", "message": "it is missing"
}))]
pub struct LeftOutOut {
    pub partner_id: Id<id::Partner>,
    pub name: String,
    /// What of the payee's details, such as `iban`.
    pub field: String,
    pub message: String,
}

impl From<LeftOut> for LeftOutOut {
    fn from(one: LeftOut) -> Self {
        Self { partner_id: one.partner, name: one.name, field: one.field, message: one.words }
    }
}

impl BatchDetail {
    pub async fn load(conn: &impl ConnectionTrait, batch: batch::Model, left_out: Vec<LeftOut>) -> Answer<Self> {
        let first = store::page_of(conn, Tenant(batch.workspace_id), batch.id, &PageQuery::default()).await?;
        let Page { items, next_cursor, .. } = first.try_map(PayoutOut::of)?;
        Ok(Self {
            batch: BatchOut::load(conn, batch).await?,
            payouts: items,
            next_cursor,
            left_out_count: left_out.len(),
            left_out: left_out.into_iter().take(LEFT_OUT_TOLD).map(LeftOutOut::from).collect(),
        })
    }
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"currency": "EUR", "method": "csv"}))]
#[serde(deny_unknown_fields)]
pub struct NewBatch {
    /// One currency a batch; the workspace's own unless said.
    pub currency: Option<kernel::Currency>,
    /// `csv` unless said.
    pub method: Option<PayoutMethod>,
    /// Only these partners; all who have something payable unless said.
    pub partner_ids: Option<Vec<Id<id::Partner>>>,
    /// The local day on which it is to be paid; today unless said.
    #[schema(value_type = Option<String>, format = Date)]
    pub pay_on: Option<String>,
    /// Leaves out whom the bank or service would refuse, instead of refusing the batch.
    pub leave_out_faulty: Option<bool>,
}
