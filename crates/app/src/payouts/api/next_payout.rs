//! A partner's next payout.

use axum::{Json, extract::State};
use kernel::{Id, Money, id};
use sea_orm::TransactionTrait as _;
use serde::Serialize;

use crate::{
    App,
    identity::permissions::CanReadBalances,
    own_invoices::hold::{HoldReason, Invoiced},
    partners::{model::PayoutMethod, store::get as get_partner},
    payouts::upcoming::{self, Next, NextPart, Part},
    platform::{Answer, body::PathId},
    workspaces,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"items": [{
    "currency": "EUR", "payable": {"minor": 21240, "currency": "EUR"}, "debt": {"minor": 0, "currency": "EUR"},
    "minimum": {"minor": 10000, "currency": "EUR"}, "reaches_minimum": true,
    "next_payout": {"minor": 21240, "currency": "EUR"}, "withheld": {"minor": 0, "currency": "EUR"},
    "fee": {"minor": 0, "currency": "EUR"}, "parts": [], "early": null, "approved": {"minor": 1300, "currency": "EUR"},
    "upcoming": [{"day": "2026-12-06", "amount": {"minor": 800, "currency": "EUR"}, "conversions": 1}],
    "later": {"minor": 0, "currency": "EUR"}, "frozen": {"minor": 500, "currency": "EUR"},
    "missing": [], "own_invoice": null
}]}))]
pub struct NextPayoutOut {
    /// One for each currency.
    pub items: Vec<NextPayout>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct NextPayout {
    #[schema(value_type = String)]
    pub currency: kernel::Currency,
    /// Locked, to be paid with the next batch.
    pub payable: Money,
    /// Comes off first.
    pub debt: Money,
    /// Least payout; below it what is payable rolls forward.
    pub minimum: Money,
    pub reaches_minimum: bool,
    /// What a batch made now would send, after all that is taken from it.
    pub next_payout: Money,
    /// Tax that is kept back from it.
    pub withheld: Money,
    /// What its transfer costs, where the partner bears that.
    pub fee: Money,
    /// What of it each account is sent, the main one first, where the partner has several.
    pub parts: Vec<PayoutPart>,
    /// What being paid today would cost, where it may be asked for.
    pub early: Option<EarlyPayoutOffer>,
    /// All that is approved and not locked: the sum of `upcoming`, `later` and `frozen`.
    pub approved: Money,
    /// What becomes payable on each local day of the next 60.
    pub upcoming: Vec<UpcomingDay>,
    /// What becomes payable after those days.
    pub later: Money,
    /// Stopped by a case or dispute.
    pub frozen: Money,
    /// The currency in which it is paid, where that is another; at the rate of the day of the batch.
    #[schema(value_type = Option<String>)]
    pub paid_in: Option<kernel::Currency>,
    /// The next local day on which a schedule pays; absent where people make batches by hand.
    #[schema(value_type = Option<String>, format = Date)]
    pub pay_on: Option<String>,
    /// What has to be on file or accepted before anything is paid, and is not.
    pub missing: Vec<HoldReason>,
    /// Where it writes its own invoices and something is due: that, beside what is accepted; in the currency in
    /// which it is paid.
    pub own_invoice: Option<Invoiced>,
}

/// What one account is sent.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"method": "paypal", "share_bp": 3000, "amount": {"minor": 6372, "currency": "EUR"}}))]
pub struct PayoutPart {
    pub method: PayoutMethod,
    /// Hundredths of a per cent of what is due.
    pub share_bp: i32,
    /// Nothing where its part is below the least payout, or its account cannot be paid.
    pub amount: Money,
}

/// What being paid before the day costs and leaves.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "share_bp": 200, "fee": {"minor": 424, "currency": "EUR"}, "next_payout": {"minor": 20816, "currency": "EUR"}
}))]
pub struct EarlyPayoutOffer {
    /// Hundredths of a per cent of what is paid.
    pub share_bp: i32,
    pub fee: Money,
    /// What would be sent.
    pub next_payout: Money,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"day": "2026-12-06", "amount": {"minor": 800, "currency": "EUR"}, "conversions": 1}))]
pub struct UpcomingDay {
    /// Of the workspace's time zone.
    #[schema(value_type = String, format = Date)]
    pub day: String,
    pub amount: Money,
    pub conversions: i64,
}

impl From<Next> for NextPayout {
    fn from(next: Next) -> Self {
        let money = |minor| Money::new(minor, next.currency);
        let day = |(day, part): (&jiff::civil::Date, &Part)| UpcomingDay {
            day: day.to_string(),
            amount: money(part.amount_minor),
            conversions: part.conversions,
        };
        let part = |part: &NextPart| PayoutPart {
            method: part.method,
            share_bp: part.share_bp,
            amount: money(part.amount_minor),
        };
        Self {
            currency: next.currency,
            payable: money(next.payable_minor),
            debt: money(next.debt_minor),
            minimum: money(next.minimum_minor),
            reaches_minimum: next.reaches_minimum,
            next_payout: money(next.next_minor),
            withheld: money(next.taken.withheld_minor),
            fee: money(next.taken.fee_of_partner_minor()),
            parts: next.parts.iter().map(part).collect(),
            early: next.early.map(|offer| EarlyPayoutOffer {
                share_bp: offer.share_bp,
                fee: money(offer.fee_minor),
                next_payout: money(offer.sent_minor),
            }),
            approved: money(next.approved_minor),
            upcoming: next.upcoming.iter().map(day).collect(),
            later: money(next.later.amount_minor),
            frozen: money(next.frozen.amount_minor),
            paid_in: next.paid_in,
            pay_on: next.pay_on,
            missing: next.missing,
            own_invoice: next.own_invoice,
        }
    }
}

/// What a partner is paid next, per currency, and when what is approved follows. A partner reads its own.
#[utoipa::path(
    get, path = "/v1/partners/{id}/next-payout", tag = "payouts", params(("id" = Id<id::Partner>, Path)),
    responses((status = 200, body = NextPayoutOut))
)]
pub async fn next_payout(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Json<NextPayoutOut>> {
    actor.require_partner(id)?;
    let records = app.records.read().begin().await?;
    let partner = get_partner(&records, actor.tenant, id).await?;
    let zone = workspaces::store::get(&records, actor.tenant).await?.zone()?;
    let next = upcoming::next(&records, actor.tenant, &partner, &zone, app.ambient.now()).await?;
    Ok(Json(NextPayoutOut { items: next.into_iter().map(NextPayout::from).collect() }))
}
