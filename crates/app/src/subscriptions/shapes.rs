//! Subscriptions and their fees as the API shows them.

use kernel::{Currency, Id, Money, Tenant, Timestamp, id};
use sea_orm::ConnectionTrait;
use serde::Serialize;

use super::{
    entity::{SubscriptionPeriod, SubscriptionState, subscription::Model},
    life::Outcome,
    store,
};
use crate::{
    billing::{
        entity::fee::{self, FeeKind},
        fees::Fee,
    },
    platform::Answer,
};

/// What is charged next, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(example = json!({"on": "2026-12-15", "amount": {"minor": 4900, "currency": "EUR"}}))]
pub struct NextCharge {
    #[schema(format = Date)]
    pub on: String,
    /// Without tax.
    pub amount: Money,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "sub_01KAMX4S5T0000000000000000", "advertiser_id": "adv_01KAMX4S5T0000000000000000",
    "plan_id": "spl_01KAMX4S5T0000000000000000", "plan_name": "Growth", "price": {"minor": 4900, "currency": "EUR"},
    "period": "month", "state": "active", "started_on": "2026-11-01", "trial_ends_on": "2026-11-15",
    "period_from": "2026-11-15", "period_to": "2026-12-14", "next_charge":
    {"on": "2026-12-15", "amount": {"minor": 4900, "currency": "EUR"}}, "next_plan_id": null, "next_plan_name": null,
    "ends_on": null, "past_due_on": null, "paused_on": null, "cancelled_on": null,
    "created_at": "2026-11-01T09:30:00.000Z"
}))]
pub struct SubscriptionOut {
    pub id: Id<id::Subscription>,
    pub advertiser_id: Id<id::Advertiser>,
    pub plan_id: Id<id::SubscriptionPlan>,
    pub plan_name: String,
    /// As it was agreed, for a whole period and without tax.
    pub price: Money,
    pub period: SubscriptionPeriod,
    pub state: SubscriptionState,
    #[schema(format = Date)]
    pub started_on: String,
    /// The first day that is charged; absent where it had no trial.
    #[schema(value_type = Option<String>, format = Date)]
    pub trial_ends_on: Option<String>,
    /// The first day of the period that was charged last.
    #[schema(value_type = Option<String>, format = Date)]
    pub period_from: Option<String>,
    /// Its last day, that day included.
    #[schema(value_type = Option<String>, format = Date)]
    pub period_to: Option<String>,
    /// Absent where nothing more is charged.
    pub next_charge: Option<NextCharge>,
    /// What holds from the next period on, where that is something else: another plan, or another price of this one.
    pub next_plan_id: Option<Id<id::SubscriptionPlan>>,
    pub next_plan_name: Option<String>,
    /// The first day on which it is over, where it ends with its period.
    #[schema(value_type = Option<String>, format = Date)]
    pub ends_on: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub past_due_on: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub paused_on: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub cancelled_on: Option<String>,
    pub created_at: Timestamp,
}

impl SubscriptionOut {
    pub async fn of(conn: &impl ConnectionTrait, row: Model) -> Answer<Self> {
        let plan = store::plan(conn, Tenant(row.workspace_id), row.plan_id).await?;
        let next = store::next_terms(conn, &row).await?;
        let goes_on = !row.ends && row.state != SubscriptionState::Cancelled;
        let next_charge = row.next_on.clone().filter(|_| goes_on).map(|on| NextCharge { on, amount: next.price });
        Ok(Self {
            price: Money::new(row.price_minor, row.currency()),
            next_charge,
            next_plan_name: row.next_plan_id.is_some().then_some(next.name),
            ends_on: row.next_on.filter(|_| row.ends),
            id: row.id,
            advertiser_id: row.advertiser_id,
            plan_id: row.plan_id,
            plan_name: plan.name,
            period: row.period,
            state: row.state,
            started_on: row.started_on,
            trial_ends_on: row.trial_ends_on,
            period_from: row.period_from,
            period_to: row.period_to.as_deref().map(day_before),
            next_plan_id: row.next_plan_id,
            past_due_on: row.past_due_on,
            paused_on: row.paused_on,
            cancelled_on: row.cancelled_on,
            created_at: row.created_at,
        })
    }
}

/// The last day of what ends before a day.
fn day_before(day: &str) -> String {
    let before = day.parse().ok().and_then(|day: jiff::civil::Date| day.yesterday().ok());
    before.map_or_else(|| day.to_owned(), |day| day.to_string())
}

/// A fee, or what is given back of one.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "kind": "unused", "name": "Growth", "amount": {"minor": -2450, "currency": "EUR"},
    "full": {"minor": 4900, "currency": "EUR"}, "from": "2026-11-15", "to": "2026-11-28", "days": 14, "of_days": 28,
    "charged_at": "2026-11-15T09:30:00.000Z"
}))]
pub struct SubscriptionFeeOut {
    pub kind: FeeKind,
    /// The plan's, as it was called then.
    pub name: String,
    /// Without tax; below nought where it is given back.
    pub amount: Money,
    /// The price of the whole period.
    pub full: Money,
    #[schema(format = Date)]
    pub from: String,
    /// The last day, that day included.
    #[schema(format = Date)]
    pub to: String,
    pub days: i32,
    pub of_days: i32,
    /// Absent in a preview.
    pub charged_at: Option<Timestamp>,
}

impl From<fee::Model> for SubscriptionFeeOut {
    fn from(row: fee::Model) -> Self {
        let currency = row.currency();
        Self {
            kind: row.kind,
            name: row.name,
            amount: Money::new(row.amount_minor, currency),
            full: Money::new(row.full_minor, currency),
            from: row.from_on,
            to: row.to_on,
            days: row.days,
            of_days: row.of_days,
            charged_at: Some(row.created_at),
        }
    }
}

impl From<Fee> for SubscriptionFeeOut {
    fn from(fee: Fee) -> Self {
        Self {
            kind: fee.kind,
            name: fee.name,
            amount: fee.amount,
            full: Money::new(fee.full_minor, fee.amount.currency),
            from: fee.from_on.to_string(),
            to: fee.to_on.to_string(),
            days: fee.days,
            of_days: fee.of_days,
            charged_at: None,
        }
    }
}

/// What a step would come to.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "fees": [], "net": {"minor": 0, "currency": "EUR"},
    "next_charge": {"on": "2026-12-15", "amount": {"minor": 9900, "currency": "EUR"}}, "ends_on": null
}))]
pub struct SubscriptionPreviewOut {
    /// What is charged and given back at once.
    pub fees: Vec<SubscriptionFeeOut>,
    /// All of them, without tax; below nought where more is given back.
    pub net: Money,
    pub next_charge: Option<NextCharge>,
    /// The first day on which it is over.
    #[schema(value_type = Option<String>, format = Date)]
    pub ends_on: Option<String>,
}

impl SubscriptionPreviewOut {
    pub async fn of(conn: &impl ConnectionTrait, outcome: Outcome) -> Answer<Self> {
        let currency: Currency = outcome.row.currency();
        let net_minor = outcome.fees.iter().map(|fee| fee.amount.minor).sum();
        let fees = outcome.fees.into_iter().filter(|fee| fee.amount.minor != 0).map(SubscriptionFeeOut::from);
        let fees = fees.collect();
        let shown = SubscriptionOut::of(conn, outcome.row).await?;
        let ends_on = shown.ends_on.or(shown.cancelled_on);
        Ok(Self { fees, net: Money::new(net_minor, currency), next_charge: shown.next_charge, ends_on })
    }
}
