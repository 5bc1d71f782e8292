//! The live example: what a made-up sale would earn and be charged, by which rule, and why not by the others.

use std::collections::BTreeMap;

use kernel::{Id, Refusal, Timestamp, id};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::{ground::Ground, store};
use crate::{
    App,
    identity::Actor,
    partners,
    plans::{
        model::PlanSide,
        rules::{self, CustomerKind, Facts, LocalTime, LostBecause, PriceCase, Rule, words},
    },
    platform::{Answer, folding::fold},
};

/// Largest sale that can be tried, in minor units.
const AMOUNT_MINOR_MAX: i64 = 1_000_000_000_000;
/// Largest place of an order in its customer's row.
const NTH_MAX: i64 = 1_000_000;

/// A sale to try. Tiers and limits see it as the first of its period.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "partner_id": "prt_01KAMX4S5T0000000000000000", "amount_minor": 8000, "country": "DE", "customer": "new"
}))]
pub struct TryIn {
    /// The version in force unless said.
    pub draft_id: Option<Id<id::PlanDraft>>,
    pub partner_id: Id<id::Partner>,
    /// The offer's primary goal unless said.
    pub goal_id: Option<Id<id::Goal>>,
    pub amount_minor: i64,
    pub country: Option<String>,
    pub device: Option<String>,
    pub traffic_type: Option<String>,
    pub coupon: Option<String>,
    pub source: Option<String>,
    pub customer: Option<CustomerKind>,
    pub nth_order: Option<i64>,
    /// When it happens: now unless said.
    pub at: Option<Timestamp>,
    /// Sub ids by number.
    #[serde(default)]
    pub subs: BTreeMap<u8, String>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "currency": "EUR",
    "earnings": {"minor": 960, "rule_id": "rul_01KAMX4S5T0000000000000000", "rule_name": "Gold partners",
        "words": "12% of 80.00 EUR", "lost": [{"rule_id": "rul_01KAMX4S5T0000000000000001", "name": null,
        "because": "less_specific"}], "not_applying": []},
    "revenue": {"minor": 1120, "rule_id": "rul_01KAMX4S5T0000000000000002", "rule_name": null,
        "words": "14% of 80.00 EUR", "lost": [], "not_applying": []},
    "beside": [{"rule_id": "rul_01KAMX4S5T0000000000000003", "rule_name": "Points"}]
}))]
pub struct SaleTryOut {
    pub currency: String,
    pub earnings: Told,
    pub revenue: Told,
    /// What applies beside the price: bonuses it counts towards, rewards, recruiters' shares.
    pub beside: Vec<BesideOut>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct BesideOut {
    pub rule_id: Id<id::PlanRule>,
    pub rule_name: Option<String>,
}

/// A price and how it came about.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Told {
    pub minor: i64,
    pub rule_id: Option<Id<id::PlanRule>>,
    pub rule_name: Option<String>,
    pub words: String,
    /// Rules that applied and lost, strongest first.
    pub lost: Vec<LostOut>,
    pub not_applying: Vec<NotApplyingOut>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct LostOut {
    pub rule_id: Id<id::PlanRule>,
    pub name: Option<String>,
    pub because: LostBecause,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct NotApplyingOut {
    pub rule_id: Id<id::PlanRule>,
    pub name: Option<String>,
    /// The first of its conditions that does not hold.
    pub condition: String,
}

pub async fn run(app: &App, actor: &Actor, offer: Id<id::Offer>, asked: TryIn) -> Answer<SaleTryOut> {
    asked.check()?;
    let conn = app.records.read();
    let ground = Ground::of(conn, actor.tenant, offer).await?;
    let at = asked.at.unwrap_or_else(|| app.ambient.now());
    let mut case = case(conn, actor, &ground, &asked, at).await?;
    let (earnings, revenue) = match asked.draft_id {
        None => (ground.plans.earnings.rules_at(at).to_vec(), ground.plans.revenue.rules_at(at).to_vec()),
        Some(draft) => {
            let draft = store::get(conn, actor.tenant, draft).await?;
            if draft.offer_id != offer {
                return Err(Refusal::not_found("draft").into());
            }
            (draft.earnings.0, draft.revenue.0)
        }
    };
    case.side = PlanSide::Revenue;
    let revenue = told(&revenue, &case, &ground)?;
    (case.side, case.revenue_minor) = (PlanSide::Earnings, revenue.minor);
    let beside = rules::beside(&earnings, &case);
    let beside = beside.into_iter().map(|rule| BesideOut { rule_id: rule.id, rule_name: rule.name.clone() }).collect();
    let earnings = told(&earnings, &case, &ground)?;
    Ok(SaleTryOut { currency: ground.currency.code().to_owned(), earnings, revenue, beside })
}

impl TryIn {
    fn check(&self) -> Result<(), Refusal> {
        if !(0..=AMOUNT_MINOR_MAX).contains(&self.amount_minor) {
            return Err(Refusal::field("amount_minor", "must be 0 to 1000000000000"));
        }
        if self.nth_order.is_some_and(|nth| !(1..=NTH_MAX).contains(&nth)) {
            return Err(Refusal::field("nth_order", "must be 1 to 1000000"));
        }
        Ok(())
    }
}

async fn case(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    ground: &Ground,
    asked: &TryIn,
    at: Timestamp,
) -> Answer<PriceCase> {
    let partner = partners::store::get(conn, actor.tenant, asked.partner_id).await?;
    let is_asked =
        |goal: &&crate::offers::entity::goal::Model| asked.goal_id.map_or(goal.is_primary, |id| id == goal.id);
    let goal = ground.goals.iter().find(is_asked).ok_or_else(|| Refusal::not_found("goal"))?;
    let said = |text: &Option<String>| text.as_deref().map(str::trim).unwrap_or_default().to_owned();
    let implied = asked.nth_order.map(|nth| if nth > 1 { CustomerKind::Returning } else { CustomerKind::New });
    let facts = Facts {
        group: partner.partner_group,
        tags: partner.tags.0,
        country: said(&asked.country).to_uppercase(),
        device: said(&asked.device).to_lowercase(),
        traffic_type: said(&asked.traffic_type).to_lowercase(),
        subs: asked.subs.clone(),
        source: said(&asked.source),
        coupon: asked.coupon.as_deref().map(fold).filter(|code| !code.is_empty()),
        customer: asked.customer.or(implied),
        nth_order: asked.nth_order.or((asked.customer == Some(CustomerKind::New)).then_some(1)),
        local: Some(LocalTime::of(at, &ground.zone)),
        ..Facts::default()
    };
    Ok(PriceCase { facts, ..PriceCase::plain(goal.id, partner.id, asked.amount_minor) })
}

fn told(rules: &[Rule], case: &PriceCase, ground: &Ground) -> Result<Told, Refusal> {
    let priced = rules::price(rules, case)?;
    let name = |id: Id<id::PlanRule>| rules.iter().find(|rule| rule.id == id).and_then(|rule| rule.name.clone());
    let out = rules::not_applying(rules, case).into_iter().map(|one| NotApplyingOut {
        rule_id: one.rule_id,
        name: name(one.rule_id),
        condition: one.condition.to_owned(),
    });
    let lost = priced.lost.iter().map(|lost| LostOut {
        rule_id: lost.rule_id,
        name: name(lost.rule_id),
        because: lost.because,
    });
    Ok(Told {
        minor: priced.minor,
        rule_id: priced.rule_id,
        rule_name: priced.rule_id.and_then(name),
        words: words::words(rules, case, &priced, ground.writing()),
        lost: lost.collect(),
        not_applying: out.collect(),
    })
}
