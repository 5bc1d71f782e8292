//! How a draft is made, changed and switched on.

use std::collections::HashSet;

use kernel::{Id, Refusal, RefusalCode, Timestamp, id};
use sea_orm::{IntoActiveModel as _, entity::prelude::*};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    entity::{Entity, Model},
    ground::Ground,
    store, units,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    offers::margin::MarginGuard,
    plans::{
        change::{self as plan_change, RULES_MAX},
        model::PlanSide,
        rules::{
            Effect, Rule, RuleIn,
            card::{self, Key},
            text,
        },
        store::PlanHistory,
        version::Rules,
    },
    platform::Answer,
};

/// Rows of a rate card.
const ROWS_MAX: usize = 5_000;

/// What a draft is made of: rules, a text or a card, and where nothing is said the version in force. A side that is not
/// named stays as it is.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "earnings\n12.5% ; goal sale ; groups gold\n10% ; goal sale"}))]
pub struct DraftIn {
    pub earnings: Option<Vec<RuleIn>>,
    pub revenue: Option<Vec<RuleIn>>,
    /// Lines of rules; see the documentation of plans.
    pub text: Option<String>,
    /// In place of all rules that a card can show.
    pub card: Option<Vec<CardRowIn>>,
}

/// A row as it is pasted.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"goal": "sale", "country": "DE", "rate": "12.5%", "revenue": "16%"}))]
pub struct CardRowIn {
    /// Name or id; `goal_id` is read too, so that a card can be put back as it was read.
    #[serde(alias = "goal_id")]
    pub goal: String,
    pub country: Option<String>,
    pub traffic_type: Option<String>,
    pub group: Option<String>,
    pub rate: Option<CardRateIn>,
    pub revenue: Option<CardRateIn>,
}

/// `12.5%`, `9.60` in units of the offer's currency, or an effect.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum CardRateIn {
    Text(String),
    Effect(Effect),
}

/// Rules of both sides.
type Both = (Vec<Rule>, Vec<Rule>);

/// From when a draft is switched on.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "valid_from": "2026-12-01T00:00:00Z", "simulation_id": "sim_01KAMX4S5T0000000000000000"
}))]
pub struct SwitchOn {
    /// Now unless said.
    pub valid_from: Option<Timestamp>,
    /// A simulation of the draft as it stands, kept with the record of the switch.
    pub simulation_id: Option<Id<id::Simulation>>,
    /// Why the rates may leave less than the workspace's `margin_floor`; asked for with `margin_too_thin`.
    #[serde(default)]
    pub margin_words: Option<String>,
}

/// What was found of a draft before it was switched on.
pub struct Evidence {
    /// When the draft that was looked at was last written.
    pub draft_at: Timestamp,
    pub told: Value,
}

pub async fn create(app: &App, actor: &Actor, offer: Id<id::Offer>, body: DraftIn) -> Answer<(Model, Ground)> {
    let write = app.records.begin().await?;
    let ground = Ground::of(&*write, actor.tenant, offer).await?;
    if store::count(&*write, actor.tenant, offer).await? >= store::DRAFTS_MAX {
        let message = format!("an offer has at most {} drafts", store::DRAFTS_MAX);
        return Err(Refusal::new(RefusalCode::TooManyOfThem, message).into());
    }
    let now = app.ambient.now();
    let (earnings, revenue) = rules(app, &ground, body, in_force(&ground, now))?;
    units::require_known(&*write, &ground, &earnings).await?;
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        offer_id: offer,
        earnings_version_id: newest(&ground.plans.earnings),
        revenue_version_id: newest(&ground.plans.revenue),
        earnings: Rules(earnings),
        revenue: Rules(revenue),
        created_by: actor.user,
        created_at: now,
        updated_at: now,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    write.commit().await?;
    Ok((row, ground))
}

/// Writes a draft anew; with an empty body it becomes a copy of what is in force, made of the newest versions.
pub async fn replace(app: &App, actor: &Actor, draft: Id<id::PlanDraft>, body: DraftIn) -> Answer<(Model, Ground)> {
    let write = app.records.begin().await?;
    let row = store::get(&*write, actor.tenant, draft).await?;
    let ground = Ground::of(&*write, actor.tenant, row.offer_id).await?;
    let now = app.ambient.now();
    let is_copy = body.is_empty();
    let base = if is_copy { in_force(&ground, now) } else { (row.earnings.0.clone(), row.revenue.0.clone()) };
    let (earnings, revenue) = rules(app, &ground, body, base)?;
    units::require_known(&*write, &ground, &earnings).await?;
    let mut row = Model { earnings: Rules(earnings), revenue: Rules(revenue), updated_at: now, ..row };
    if is_copy {
        row.earnings_version_id = newest(&ground.plans.earnings);
        row.revenue_version_id = newest(&ground.plans.revenue);
    }
    Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    write.commit().await?;
    Ok((row, ground))
}

pub async fn discard(app: &App, actor: &Actor, draft: Id<id::PlanDraft>) -> Answer<()> {
    let write = app.records.begin().await?;
    let row = store::get(&*write, actor.tenant, draft).await?;
    Entity::delete_by_id(row.id).exec(&*write).await?;
    write.commit().await?;
    Ok(())
}

/// Writes the draft's rules as new versions of both plans, and the draft goes.
pub async fn switch_on(
    app: &App,
    actor: &Actor,
    draft: Id<id::PlanDraft>,
    wanted: SwitchOn,
    evidence: Option<Evidence>,
) -> Answer<Ground> {
    let write = app.records.begin().await?;
    let row = store::get(&*write, actor.tenant, draft).await?;
    let offer = row.offer_id;
    plan_change::lock(&*write, actor.tenant, offer).await?;
    let ground = Ground::of(&*write, actor.tenant, offer).await?;
    let is_newest = newest(&ground.plans.earnings) == row.earnings_version_id
        && newest(&ground.plans.revenue) == row.revenue_version_id;
    if !is_newest {
        let message = "the plan has a newer version than the draft was made of";
        return Err(Refusal::new(RefusalCode::DraftOutdated, message).into());
    }
    if evidence.as_ref().is_some_and(|evidence| evidence.draft_at != row.updated_at) {
        return Err(Refusal::field("simulation_id", "must be of this draft as it stands").into());
    }
    units::require_known(&*write, &ground, &row.earnings.0).await?;
    let now = app.ambient.now();
    let before = in_force(&ground, now);
    let guard = MarginGuard::before(&*write, actor.tenant, offer, now).await?;
    for (side, rules) in [(PlanSide::Earnings, &row.earnings.0), (PlanSide::Revenue, &row.revenue.0)] {
        let history = ground.plans.side(side);
        plan_change::replace(&*write, &app.ambient, actor, history, rules.clone(), wanted.valid_from).await?;
    }
    let words = guard.after(&*write, now, wanted.margin_words.as_deref()).await?;
    let simulation = evidence.map(|evidence| evidence.told);
    let text = ground.text(&row.earnings.0, &row.revenue.0);
    let after = json!({"text": text, "valid_from": wanted.valid_from, "simulation": simulation,
        "margin_words": words});
    let before = json!({"text": ground.text(&before.0, &before.1)});
    let (before, after) = (Some(before), Some(after));
    let change = Change { action: "plan.switched_on", subject: offer.to_string(), before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    Entity::delete_by_id(row.id).exec(&*write).await?;
    let ground = Ground::of(&*write, actor.tenant, offer).await?;
    write.commit().await?;
    Ok(ground)
}

fn newest(history: &PlanHistory) -> Option<Id<id::PlanVersion>> {
    history.versions.iter().max_by_key(|version| version.version).map(|version| version.id)
}

fn in_force(ground: &Ground, now: Timestamp) -> Both {
    (ground.plans.earnings.rules_at(now).to_vec(), ground.plans.revenue.rules_at(now).to_vec())
}

impl DraftIn {
    fn is_empty(&self) -> bool {
        self.earnings.is_none() && self.revenue.is_none() && self.text.is_none() && self.card.is_none()
    }
}

/// The rules that a body says, over `base`.
fn rules(app: &App, ground: &Ground, body: DraftIn, base: Both) -> Result<Both, Refusal> {
    let DraftIn { earnings, revenue, text, card } = body;
    let forms = [earnings.is_some() || revenue.is_some(), text.is_some(), card.is_some()];
    if forms.into_iter().filter(|is_given| *is_given).count() > 1 {
        return Err(Refusal::field("text", "must be the only form: rules, a text or a card"));
    }
    if let Some(rows) = card {
        return with_card(app, ground, &rows, base);
    }
    let (earnings, revenue) = match text {
        Some(text) => {
            let read = text::read(&text, &ground.names())?;
            (read.earnings, read.revenue)
        }
        None => (earnings, revenue),
    };
    let whole = |rules: Option<Vec<RuleIn>>, base: Vec<Rule>| match rules {
        Some(rules) => rules.into_iter().map(|rule| rule.whole((app.ambient.new_id(), app.ambient.now()))).collect(),
        None => base,
    };
    let both = (whole(earnings, base.0), whole(revenue, base.1));
    Ok((checked(app, both.0, PlanSide::Earnings)?, checked(app, both.1, PlanSide::Revenue)?))
}

/// Rules as they are kept: within bounds, each id once, none from the future.
fn checked(app: &App, rules: Vec<Rule>, side: PlanSide) -> Result<Vec<Rule>, Refusal> {
    let name = if side == PlanSide::Earnings { "earnings" } else { "revenue" };
    if rules.len() > RULES_MAX {
        return Err(Refusal::field(name, format!("a plan holds at most {RULES_MAX} rules")));
    }
    let (mut ids, now) = (HashSet::new(), app.ambient.now());
    let mut kept = Vec::with_capacity(rules.len());
    for (index, rule) in rules.into_iter().enumerate() {
        let field = format!("{name}.{index}");
        if !ids.insert(rule.id) {
            return Err(Refusal::field(format!("{field}.id"), "must name another rule than those before it"));
        }
        if side == PlanSide::Revenue && !rule.limits.is_empty() {
            return Err(Refusal::field(format!("{field}.limits"), "limits hold what partners earn"));
        }
        if side == PlanSide::Revenue && !rule.effect.is_chargeable() {
            return Err(Refusal::field(
                format!("{field}.effect"),
                "bonuses, shares and rewards are what partners earn",
            ));
        }
        let rule = rule.checked(&field)?;
        kept.push(Rule { created_at: rule.created_at.min(now), ..rule });
    }
    Ok(kept)
}

fn with_card(app: &App, ground: &Ground, rows: &[CardRowIn], base: Both) -> Result<Both, Refusal> {
    if rows.len() > ROWS_MAX {
        return Err(Refusal::field("card", format!("must have at most {ROWS_MAX} rows")));
    }
    let (mut known, mut earned, mut charged) = (HashSet::new(), Vec::new(), Vec::new());
    for (index, row) in rows.iter().enumerate() {
        let field = format!("card.{index}");
        let key = row.key(ground, &field)?;
        if !known.insert(format!("{key:?}")) {
            return Err(Refusal::field(field, "must be the only row of its goal, country, traffic type and group"));
        }
        for (rate, name, rates) in [(&row.rate, "rate", &mut earned), (&row.revenue, "revenue", &mut charged)] {
            if let Some(effect) = effect(rate.as_ref(), ground, &format!("{field}.{name}"))? {
                rates.push((key.clone(), effect));
            }
        }
    }
    let side =
        |base: &[Rule], rows: &[(Key, Effect)]| card::with_rows(base, rows, || app.ambient.new_id(), app.ambient.now());
    let both = (side(&base.0, &earned), side(&base.1, &charged));
    Ok((checked(app, both.0, PlanSide::Earnings)?, checked(app, both.1, PlanSide::Revenue)?))
}

impl CardRowIn {
    fn key(&self, ground: &Ground, field: &str) -> Result<Key, Refusal> {
        let goal_id = ground.names().goal(self.goal.trim());
        let goal_id = goal_id.ok_or_else(|| Refusal::field(format!("{field}.goal"), "must be a goal of this offer"))?;
        let said =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        Ok(Key {
            goal_id,
            country: said(&self.country).map(|country| country.to_uppercase()),
            traffic_type: said(&self.traffic_type).map(|word| word.to_lowercase()),
            group: said(&self.group),
        })
    }
}

/// The effect that a cell says; nothing where it is blank.
fn effect(rate: Option<&CardRateIn>, ground: &Ground, field: &str) -> Result<Option<Effect>, Refusal> {
    match rate {
        None => Ok(None),
        Some(CardRateIn::Effect(effect)) => Ok(Some(effect.clone())),
        Some(CardRateIn::Text(text)) if text.trim().is_empty() => Ok(None),
        Some(CardRateIn::Text(text)) => {
            let rate = text::rate_of(text, &ground.names());
            rate.map(|rate| Some(rate.into()))
                .map_err(|_| Refusal::field(field, "must be a rate such as 12.5% or 9.60"))
        }
    }
}
