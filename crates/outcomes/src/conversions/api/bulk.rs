//! One judgement on many conversions.

use std::collections::{BTreeMap, HashSet};

use axum::{Json, extract::State};
use kernel::{Currency, Id, Refusal, id};
use serde::{Deserialize, Serialize};

use super::act::{self, Judgement};
use crate::{
    App,
    conversions::{
        Action,
        moves::{self, Holding},
    },
    identity::{Actor, Role, permissions::CanApproveConversions},
    platform::{Answer, Body},
};

/// Conversions of one request.
const IDS_MAX: usize = 1_000;

/// What is done to each.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BulkAction {
    Approve,
    Reject,
    Reverse,
    Reinstate,
}

impl BulkAction {
    const fn action(self) -> Action {
        match self {
            Self::Approve => Action::Approve,
            Self::Reject => Action::Reject,
            Self::Reverse => Action::Reverse,
            Self::Reinstate => Action::Reinstate,
        }
    }
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "action": "approve", "ids": ["cnv_01KAMX4S5T0000000000000000"], "dry_run": false,
    "reason": null, "note": "monthly check"
}))]
pub struct BulkJudgement {
    pub action: BulkAction,
    /// At most 1,000.
    pub ids: Vec<Id<id::Conversion>>,
    /// Only says what it would do; nothing is moved.
    #[serde(default)]
    pub dry_run: bool,
    #[serde(flatten)]
    pub judgement: Judgement,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"dry_run": false, "moved": 1, "partners": 1, "amounts": [{
    "currency": "EUR", "payout_minor": 800, "revenue_minor": 1000, "sale_minor": 8000
}], "refused": [{
    "id": "cnv_01KAMX4S5T0000000000000000", "code": "illegal_move",
    "message": "approve does not apply to a conversion that is approved"
}]}))]
pub struct BulkOutcome {
    pub dry_run: bool,
    /// Conversions that moved, or would move.
    pub moved: usize,
    /// Partners whose conversions they are.
    pub partners: usize,
    /// One for each currency, in its order.
    pub amounts: Vec<BulkAmounts>,
    pub refused: Vec<BulkRefusal>,
}

/// Whole minor units that go with the conversions: approved or given back with them, or taken back by them.
#[derive(Serialize, utoipa::ToSchema)]
pub struct BulkAmounts {
    #[schema(value_type = String)]
    pub currency: Currency,
    /// Of partners. Not shown to advertisers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payout_minor: Option<i64>,
    pub revenue_minor: i64,
    /// Order values, less what of them was refunded before.
    pub sale_minor: i64,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct BulkRefusal {
    pub id: Id<id::Conversion>,
    pub code: String,
    pub message: String,
}

/// Judge up to 1,000 conversions at once; those that cannot be moved are named, the others are moved. With `dry_run`
/// the answer is the same and nothing moves.
#[utoipa::path(
    post, path = "/v1/conversions/bulk", tag = "conversions", request_body = BulkJudgement,
    responses((status = 200, body = BulkOutcome))
)]
pub async fn bulk(
    State(app): State<App>,
    CanApproveConversions(actor): CanApproveConversions,
    Body(body): Body<BulkJudgement>,
) -> Answer<Json<BulkOutcome>> {
    if body.ids.len() > IDS_MAX {
        return Err(Refusal::field("ids", format!("must have at most {IDS_MAX} entries")).into());
    }
    let tx = app.records.begin().await?;
    tx.lock_workspace(actor.tenant).await?;
    let mut sheet = moves::open(&*tx, actor.tenant, &app.ambient).await?;
    moves::load_conversions(&*tx, &mut sheet, &body.ids).await?;
    let action = body.action.action();
    let (mut tally, mut refused) = (Tally::default(), Vec::new());
    for &id in &body.ids {
        let before = sheet.get(id).cloned();
        match act::apply(&mut sheet, &actor, id, action, &body.judgement) {
            Ok(()) => tally.add(before.as_ref(), sheet.get(id), action),
            Err(Refusal { code, message, .. }) => {
                refused.push(BulkRefusal { id, code: code.code().to_owned(), message });
            }
        }
    }
    let moved = body.ids.len() - refused.len();
    if !body.dry_run {
        let flips = sheet.caps.changes_routes();
        sheet.write(&*tx).await.map_err(act::conflict)?;
        tx.commit().await?;
        if flips {
            app.catch_up_routes().await?;
        }
        app.shipper.wake();
    }
    let (partners, amounts) = (tally.partners.len(), tally.amounts(&actor));
    Ok(Json(BulkOutcome { dry_run: body.dry_run, moved, partners, amounts, refused }))
}

/// What a judgement moves, added up.
#[derive(Default)]
struct Tally {
    partners: HashSet<Id<id::Partner>>,
    by_currency: BTreeMap<Currency, Worth>,
}

#[derive(Clone, Copy, Default)]
struct Worth {
    payout_minor: i64,
    revenue_minor: i64,
    sale_minor: i64,
}

impl Worth {
    fn of(holding: Option<&Holding>) -> Self {
        let Some(Holding { conversion: row, .. }) = holding else { return Self::default() };
        let sale_minor = if row.status.is_live() { row.sale_minor - row.refund_minor } else { 0 };
        Self { payout_minor: row.payout_minor, revenue_minor: row.revenue_minor, sale_minor }
    }

    const fn minus(self, other: Self) -> Self {
        Self {
            payout_minor: self.payout_minor - other.payout_minor,
            revenue_minor: self.revenue_minor - other.revenue_minor,
            sale_minor: self.sale_minor - other.sale_minor,
        }
    }
}

impl Tally {
    fn add(&mut self, before: Option<&Holding>, after: Option<&Holding>, action: Action) {
        let Some(held) = after else { return };
        let (old, new) = (Worth::of(before), Worth::of(after));
        let worth = match action {
            Action::Approve => new,
            Action::Reinstate => new.minus(old),
            _ => old.minus(new),
        };
        self.partners.extend(held.commissions.iter().map(|commission| commission.partner_id));
        let sum = self.by_currency.entry(held.conversion.currency()).or_default();
        sum.payout_minor = sum.payout_minor.saturating_add(worth.payout_minor);
        sum.revenue_minor = sum.revenue_minor.saturating_add(worth.revenue_minor);
        sum.sale_minor = sum.sale_minor.saturating_add(worth.sale_minor);
    }

    fn amounts(&self, actor: &Actor) -> Vec<BulkAmounts> {
        let seen = |payout_minor| (actor.role != Role::Advertiser).then_some(payout_minor);
        let amounts = self.by_currency.iter().map(|(&currency, sum)| BulkAmounts {
            currency,
            payout_minor: seen(sum.payout_minor),
            revenue_minor: sum.revenue_minor,
            sale_minor: sum.sale_minor,
        });
        amounts.collect()
    }
}
