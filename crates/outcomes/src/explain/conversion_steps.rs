//! The steps of a conversion, on one page: their words where they pass, and the values that they look at.

use kernel::Money;
use serde_json::json;

use super::values::Values;
use crate::{
    conversions::{
        rules::window::Window,
        trace::{Again, Material},
    },
    plans::rules::How,
};

/// What a step is explained from.
pub struct Look<'l, 's, 'a> {
    pub material: &'l Material,
    pub again: &'l Again<'s, 'a>,
}

pub struct StepPage {
    pub name: &'static str,
    pub passed: &'static str,
    pub values: fn(&Look<'_, '_, '_>) -> Values,
}

/// In the order in which they are taken: the door, the rules of `judge`, where it starts, and the caps.
pub const STEPS: &[StepPage] = &[
    StepPage { name: "receipt", passed: "The sender proved itself as the advertiser asks.", values: receipt },
    StepPage { name: "click", passed: "The click id, where one was named, is one of ours.", values: click },
    StepPage { name: "offer", passed: "The offer is known and belongs to the sender.", values: offer },
    StepPage { name: "goal", passed: "The offer has the goal.", values: goal },
    StepPage { name: "attribution", passed: "Somebody brought the customer.", values: attribution },
    StepPage { name: "amount", passed: "The order's value can be read.", values: amount },
    StepPage { name: "price", passed: "The plans in force priced it.", values: price },
    StepPage { name: "offer_open", passed: "The offer was open when the visitor came.", values: offer_open },
    StepPage { name: "partner", passed: "The partner is active.", values: partner },
    StepPage { name: "click_terms", passed: "No terms had sent the visitor away.", values: click_terms },
    StepPage { name: "traffic_type", passed: "The offer allows the type of traffic.", values: traffic_type },
    StepPage { name: "crediting", passed: "Coupon and customer may be credited.", values: crediting },
    StepPage { name: "window", passed: "It came within the window.", values: window },
    StepPage { name: "duplicate", passed: "It was not known before.", values: duplicate },
    StepPage { name: "items", passed: "Every line of the order can be read.", values: items },
    StepPage { name: "start", passed: "It starts where the advertiser's word or the offer says.", values: start },
    StepPage { name: "caps", passed: "Every cap had room.", values: caps },
];

fn receipt(look: &Look<'_, '_, '_>) -> Values {
    let receipt = &look.material.receipt;
    let asked = look.material.terms.as_ref().map(|terms| terms.advertiser.min_trust);
    Values::default()
        .with("door", &receipt.door)
        .with("trust", look.material.trust.code())
        .with("trust_asked", asked)
        .with("arrived_at", receipt.arrived_at)
        .with("receipt_id", receipt.id)
}

fn click(look: &Look<'_, '_, '_>) -> Values {
    let facts = look.again.case.click.facts();
    Values::default().with("click_id", facts.map(|facts| facts.click_id)).with("click_at", facts.map(|facts| facts.at))
}

fn offer(look: &Look<'_, '_, '_>) -> Values {
    let case = look.again.case;
    Values::default()
        .with("offer_id", case.terms.map(|terms| terms.offer.id))
        .with("named_offer", case.claim.offer)
        .with("advertiser_id", case.terms.map(|terms| terms.advertiser.id))
        .with("sender", case.sender)
}

fn goal(look: &Look<'_, '_, '_>) -> Values {
    let (case, found) = (look.again.case, look.again.settled.finding.goal);
    Values::default()
        .with("named_goal", &case.claim.goal)
        .with("goal_id", found.map(|goal| goal.id))
        .with("goal_name", found.map(|goal| &goal.name))
}

fn attribution(look: &Look<'_, '_, '_>) -> Values {
    let (case, finding) = (look.again.case, &look.again.settled.finding);
    let order = case.terms.map(|terms| &terms.offer.attribution_order);
    let shares = finding.shares.iter().map(|(partner, weight)| json!({"partner_id": partner, "weight": weight}));
    let clicked = case.click.facts().and_then(|facts| facts.partner);
    Values::default()
        .with("attribution_order", order)
        .with("attributed_by", finding.attributed_by)
        .with("partner_id", finding.partner.map(|partner| partner.id))
        .with("click_partner_id", clicked)
        .with("coupon_partner_id", look.material.coupon().map(|coupon| coupon.partner_id))
        .with("coupon_state", look.material.coupon().map(|coupon| coupon.state))
        .with("customer_partner_id", case.customer.and_then(|customer| customer.bound_partner_id))
        .with("customer_bound_until", case.customer.and_then(|customer| customer.bound_until))
        .with("pay_model", case.terms.map(|terms| terms.offer.pay_model))
        .with("shares", if finding.shares.len() > 1 { shares.collect() } else { Vec::new() })
}

fn amount(look: &Look<'_, '_, '_>) -> Values {
    let (claim, finding) = (look.again.case.claim, &look.again.settled.finding);
    Values::default()
        .with("amount", &claim.amount)
        .with("currency", claim.currency)
        .with("offer_currency", finding.currency)
        .with("sale", finding.currency.map(|currency| Money::new(finding.sale_minor, currency)))
}

fn price(look: &Look<'_, '_, '_>) -> Values {
    let finding = &look.again.settled.finding;
    let Some((price, currency)) = finding.price.zip(finding.currency) else { return Values::default() };
    let step_from = match price.earnings.how {
        How::Step { from } => Some(from),
        How::Plain | How::TermOver => None,
    };
    Values::default()
        .with("earnings", Money::new(price.earnings.minor, currency))
        .with("earnings_rule", price.earnings.rule)
        .with("earnings_limited_by", price.earnings.limited.map(|(per, _)| per))
        .with("earnings_step_from", step_from)
        .with("earnings_term_over", (price.earnings.how == How::TermOver).then_some(true))
        .with("earnings_version", price.earnings.version)
        .with("revenue", Money::new(price.revenue.minor, currency))
        .with("revenue_rule", price.revenue.rule)
        .with("revenue_version", price.revenue.version)
}

fn offer_open(look: &Look<'_, '_, '_>) -> Values {
    let case = look.again.case;
    let offer = case.terms.map(|terms| &terms.offer);
    Values::default()
        .with("offer_state", offer.map(|offer| offer.state))
        .with("began_at", case.click.facts().map_or(case.event_at, |facts| facts.at))
        .with("starts_at", offer.and_then(|offer| offer.starts_at))
        .with("ends_at", offer.and_then(|offer| offer.ends_at))
        .with("click_reason", case.click.facts().and_then(|facts| facts.reason))
}

fn partner(look: &Look<'_, '_, '_>) -> Values {
    let partner = look.again.settled.finding.partner;
    Values::default()
        .with("partner_id", partner.map(|partner| partner.id))
        .with("partner_state", partner.map(|partner| partner.state))
}

fn click_terms(look: &Look<'_, '_, '_>) -> Values {
    Values::default().with("click_reason", look.again.case.click.facts().and_then(|facts| facts.reason))
}

fn traffic_type(look: &Look<'_, '_, '_>) -> Values {
    let (case, facts) = (look.again.case, look.again.case.click.facts());
    let rule = case.terms.zip(facts).map(|(terms, facts)| terms.offer.traffic_rules.rule(&facts.traffic_type));
    Values::default().with("traffic_type", facts.map(|facts| &facts.traffic_type)).with("traffic_rule", rule)
}

fn crediting(look: &Look<'_, '_, '_>) -> Values {
    let case = look.again.case;
    let rules = case.terms.map(|terms| &terms.crediting);
    Values::default()
        .with("coupon_rule", rules.map(|rules| rules.coupon_rule))
        .with("existing_customers", rules.map(|rules| rules.existing_customers))
        .with("customer_first_seen_at", case.customer.map(|customer| customer.first_seen_at))
        .with("customer_id", case.customer.map(|customer| customer.id))
}

fn window(look: &Look<'_, '_, '_>) -> Values {
    let case = look.again.case;
    let (Some(terms), Some(facts)) = (case.terms, case.click.facts()) else { return Values::default() };
    let window = Window {
        min_seconds: terms.offer.click_to_conversion_min_seconds,
        max_days: terms.offer.click_to_conversion_max_days,
    };
    let elapsed = (case.event_at.millis() - facts.at.millis()).div_euclid(1_000);
    let late = elapsed - i64::from(window.max_days) * 86_400;
    let early = i64::from(window.min_seconds) - elapsed;
    Values::default()
        .with("click_at", facts.at)
        .with("event_at", case.event_at)
        .with("elapsed_seconds", elapsed)
        .with("min_seconds", window.min_seconds)
        .with("max_days", window.max_days)
        .with("late_by_seconds", (late >= 0).then_some(late))
        .with("early_by_seconds", (early > 0).then_some(early))
}

fn duplicate(look: &Look<'_, '_, '_>) -> Values {
    let (case, kin) = (look.again.case, look.material.kin());
    Values::default()
        .with("order_id", &case.claim.order_id)
        .with("many_per_click", case.terms.map(|terms| terms.offer.many_per_click))
        .with("same_order", kin.same_order.as_ref().map(|known| known.id))
        .with("same_click_and_goal", kin.same_click_goal.as_ref().map(|known| known.id))
        .with("same_customer_and_goal", kin.same_customer_goal)
}

fn items(look: &Look<'_, '_, '_>) -> Values {
    let count = look.again.case.claim.items.len();
    Values::default().with("items", (count > 0).then_some(count))
}

fn start(look: &Look<'_, '_, '_>) -> Values {
    let (case, settled) = (look.again.case, look.again.settled);
    Values::default()
        .with("status_word", &case.claim.status)
        .with("word_means", settled.meaning.map(|meaning| meaning.state))
        .with("conversion_start", case.terms.map(|terms| terms.offer.conversion_start))
}

/// Each cap it met; those of the one in the way stand for themselves, so that a sentence can name them.
fn caps(look: &Look<'_, '_, '_>) -> Values {
    let met = look.material.caps();
    let left = |met: &crate::caps::rules::room::Met| (met.limit - met.used).max(0);
    let all = met.iter().map(|met| {
        json!({
            "cap_id": met.cap, "metric": met.metric, "scope": met.scope, "period": met.period, "limit": met.limit,
            "used": met.used, "left": left(met), "needed": met.amount
        })
    });
    let values = Values::default().with("caps", all.collect::<Vec<_>>());
    let Some(stands) = look.again.in_the_way.map(|place| &met[place]) else { return values };
    values
        .with("cap_id", stands.cap)
        .with("limit", stands.limit)
        .with("used", stands.used)
        .with("left", left(stands))
        .with("needed", stands.amount)
        .with("on_reach", stands.on_reach)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversions::rules::judge;

    #[test]
    fn every_step_of_the_rules_is_on_the_page_in_its_order() {
        let listed: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        let judged = judge::STEPS.iter().map(|step| step.name);
        let wanted: Vec<_> = ["receipt"].into_iter().chain(judged).chain(["start", "caps"]).collect();
        assert_eq!(listed, wanted, "a step of the rules needs its words and values here");
        assert!(STEPS.iter().all(|step| !step.passed.is_empty()));
    }
}
