//! The credit for the conversions of a time: journeys from the facts, models from `attribution`.

use std::collections::{BTreeMap, HashMap};

use events::{
    journeys::{self, JourneyAmount, JourneyQuestion, Journeys, LOOKBACK_DAYS, Step, StepName},
    question::period::Period,
};
use kernel::{Id, Refusal, RefusalCode, id, money, time, time::HOUR_MS};

use super::{
    api::attribution::{AttributionAsked, AttributionOut, CreditAmount, CreditBy, CreditPath, CreditRow, Credited},
    asking, rules,
};
use crate::{
    App,
    attribution::{
        models::{self, Model},
        path_file::CHANNELS_MAX,
        paths::{Measure, Outcome, Paths},
    },
    identity::{Actor, Role},
    platform::{Answer, labels::Wanted},
};

/// Journeys told one by one, those that converted most.
const PATHS_TOLD_MAX: usize = 20;
/// Everybody beyond the [`CHANNELS_MAX`] who stand in most journeys, together.
const OTHERS: &str = "other";
/// Parts of one conversion that a share of money is told by.
const CREDIT_PARTS: f64 = 1e6;

pub async fn answer(app: &App, actor: &Actor, asked: &AttributionAsked) -> Answer<AttributionOut> {
    let workspace = asking::workspace_of(app, actor).await?;
    if actor.role == Role::Advertiser && asked.amount == CreditAmount::Payout {
        return Err(Refusal::new(RefusalCode::UnknownMetric, "there is no amount `payout` here").into());
    }
    let zone = time::zone(asked.timezone.as_deref().unwrap_or(&workspace.timezone))?;
    let question = JourneyQuestion {
        tenant: actor.tenant,
        row_limits: rules::row_limits(actor),
        window: Period::read(&asked.from, &asked.to, zone, None)?.window,
        offer: asked.offer_id,
        step: step(asked.by),
        amount: amount(asked.amount),
    };
    let fresh_to = app.shipper.fresh_to();
    let (journeys, more) = journeys::ask(&app.event_store, question).await?;
    let told = Told::of(&journeys, asked.by);
    let labels = Wanted::default().with_printed(told.names.values().map(String::as_str));
    let labels = labels.read(app.records.read(), actor.tenant).await?;
    let sum = |figure: fn(&Journeys) -> i64| journeys.iter().map(figure).sum();
    let models = if asked.models.is_empty() { Model::ALL.to_vec() } else { asked.models.clone() };
    Ok(AttributionOut {
        by: asked.by,
        currency: workspace.currency()?,
        conversions: sum(|it| it.conversions),
        minor: sum(|it| it.minor),
        nulls: sum(|it| it.nulls),
        conversions_without_rate: sum(|it| it.without_rate),
        lookback_days: LOOKBACK_DAYS,
        rows: rows(&told.paths(&journeys), &models, sum(|it| it.minor)),
        paths: told.most_walked(&journeys),
        truncated: more || told.folded,
        labels,
        fresh_to,
    })
}

const fn step(by: CreditBy) -> Step {
    match by {
        CreditBy::Partner => Step::Partner,
        CreditBy::Offer => Step::Offer,
        CreditBy::Channel => Step::TrafficType,
    }
}

const fn amount(amount: CreditAmount) -> JourneyAmount {
    match amount {
        CreditAmount::SaleAmount => JourneyAmount::Sale,
        CreditAmount::Revenue => JourneyAmount::Revenue,
        CreditAmount::Payout => JourneyAmount::Payout,
    }
}

/// How each step is told.
struct Told<'a> {
    names: HashMap<&'a StepName, String>,
    /// Some stand together under [`OTHERS`].
    folded: bool,
}

impl<'a> Told<'a> {
    fn of(journeys: &'a [Journeys], by: CreditBy) -> Self {
        let mut counted: HashMap<&StepName, i64> = HashMap::new();
        for (journey, step) in journeys.iter().flat_map(|it| it.steps.iter().map(move |step| (it, step))) {
            *counted.entry(step).or_default() += journey.conversions + journey.nulls;
        }
        let mut steps: Vec<_> = counted.into_iter().collect();
        steps.sort_unstable_by_key(|(step, count)| (std::cmp::Reverse(*count), (*step).clone()));
        let folded = steps.len() > CHANNELS_MAX;
        let named = steps.into_iter().enumerate().map(|(place, (step, _))| {
            let name = if place < CHANNELS_MAX { printed(step, by) } else { OTHERS.to_owned() };
            (step, name)
        });
        Self { names: named.collect(), folded }
    }

    fn names_of(&self, journey: &Journeys) -> Vec<&str> {
        journey.steps.iter().map(|step| self.names[step].as_str()).collect()
    }

    fn paths(&self, journeys: &[Journeys]) -> Paths {
        let mut paths = Paths::default();
        for journey in journeys {
            let hours = journey.ages_ms.iter().map(|age| *age as f64 / HOUR_MS as f64).collect::<Vec<_>>();
            let hours = Some(hours).filter(|hours| hours.len() == journey.steps.len());
            let [conversions, value, nulls] =
                [journey.conversions, journey.minor.max(0), journey.nulls].map(|figure| figure as f64);
            paths.add(&self.names_of(journey), hours, Outcome { conversions, value, nulls });
        }
        paths
    }

    /// The same steps at unlike times count as one.
    fn most_walked(&self, journeys: &[Journeys]) -> Vec<CreditPath> {
        let mut by_steps: BTreeMap<Vec<&str>, CreditPath> = BTreeMap::new();
        for journey in journeys {
            let names = self.names_of(journey);
            let steps = names.iter().map(|name| (*name).to_owned()).collect();
            let path = by_steps.entry(names).or_insert(CreditPath { steps, conversions: 0, minor: 0, nulls: 0 });
            path.conversions += journey.conversions;
            path.minor += journey.minor;
            path.nulls += journey.nulls;
        }
        let mut paths: Vec<_> = by_steps.into_values().filter(|path| path.conversions > 0).collect();
        paths.sort_by_key(|path| std::cmp::Reverse((path.conversions, path.minor)));
        paths.truncate(PATHS_TOLD_MAX);
        paths
    }
}

fn printed(step: &StepName, by: CreditBy) -> String {
    match (step, by) {
        (StepName::Id(0), _) => String::new(),
        (StepName::Id(id), CreditBy::Offer) => Id::<id::Offer>::from_u128(*id).to_string(),
        (StepName::Id(id), _) => Id::<id::Partner>::from_u128(*id).to_string(),
        (StepName::Text(text), _) => text.clone(),
    }
}

/// A row for each name, by the last model asked.
fn rows(paths: &Paths, models: &[Model], minor: i64) -> Vec<CreditRow> {
    let empty = |key: &String| CreditRow { key: key.clone(), models: BTreeMap::new() };
    let mut rows: Vec<CreditRow> = paths.channels().iter().map(empty).collect();
    for &model in models {
        let (Some(conversions), Some(value)) =
            (models::credit(paths, model, Measure::Conversions), models::credit(paths, model, Measure::Value))
        else {
            continue;
        };
        let amounts = whole(minor, &value);
        for (row, (conversions, minor)) in rows.iter_mut().zip(conversions.into_iter().zip(amounts)) {
            row.models.insert(model.code(), Credited { conversions, minor });
        }
    }
    let last = models.last().map_or("", |model| model.code());
    let rank = |row: &CreditRow| row.models.get(last).map_or(0.0, |credited| credited.conversions);
    rows.sort_by(|one, other| rank(other).total_cmp(&rank(one)).then_with(|| one.key.cmp(&other.key)));
    rows
}

/// Whole minor units that sum to `total`, in proportion to the credit.
fn whole(total: i64, credit: &[f64]) -> Vec<i64> {
    let weights: Vec<u64> = credit.iter().map(|part| (part.max(0.0) * CREDIT_PARTS) as u64).collect();
    if weights.iter().all(|weight| *weight == 0) {
        return vec![0; credit.len()];
    }
    money::allocate(total, &weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_whole_and_sum_to_the_total() {
        assert_eq!(whole(100, &[33.3, 33.3, 33.4]), [33, 33, 34]);
        assert_eq!(whole(0, &[0.0, 0.0]), [0, 0]);
        assert_eq!(whole(7, &[-1e-12, 7.0]), [0, 7]);
    }
}
