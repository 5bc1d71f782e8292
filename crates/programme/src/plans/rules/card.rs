//! A plan as a rate card: goal, country, traffic type and group, each at most once, and a rate.

use kernel::{Id, Timestamp, id};

use super::{
    case::{Facts, PriceCase},
    conditions::Conditions,
    effect::{Effect, Rate},
    price::strongest,
    rule::Rule,
};
use crate::plans::model::PlanSide;

/// What a row of the card is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub goal_id: Id<id::Goal>,
    pub country: Option<String>,
    pub traffic_type: Option<String>,
    pub group: Option<String>,
}

/// The difference between what is charged and what is earned, where both are of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margin(pub Rate);

impl Key {
    fn conditions(&self) -> Conditions {
        let list = |value: &Option<String>| value.iter().cloned().collect();
        Conditions {
            goal_id: Some(self.goal_id),
            countries: list(&self.country),
            traffic_types: list(&self.traffic_type),
            groups: list(&self.group),
            ..Conditions::default()
        }
    }

    /// A conversion that the row is about.
    fn case(&self, side: PlanSide) -> PriceCase {
        let facts = Facts {
            country: self.country.clone().unwrap_or_default(),
            traffic_type: self.traffic_type.clone().unwrap_or_default(),
            group: self.group.clone(),
            ..Facts::default()
        };
        PriceCase { side, facts, ..PriceCase::plain(self.goal_id, Id::from_u128(0), 0) }
    }
}

/// The rows that a rule stands for; none where a card cannot say it.
fn keys(rule: &Rule) -> Vec<Key> {
    let Rule { conditions, name, priority, limits, .. } = rule;
    let is_card = |name: &str| matches!(name, "goal_id" | "countries" | "traffic_types" | "groups");
    let Some(goal_id) = conditions.goal_id else { return Vec::new() };
    if !rule.effect.is_price()
        || name.is_some()
        || *priority != 0
        || !limits.is_empty()
        || !conditions.set().all(is_card)
    {
        return Vec::new();
    }
    let each = |list: &[String]| -> Vec<Option<String>> {
        if list.is_empty() { vec![None] } else { list.iter().cloned().map(Some).collect() }
    };
    let mut keys = Vec::new();
    for country in each(&conditions.countries) {
        for traffic_type in each(&conditions.traffic_types) {
            for group in each(&conditions.groups) {
                keys.push(Key { goal_id, country: country.clone(), traffic_type: traffic_type.clone(), group });
            }
        }
    }
    keys
}

/// A row with what both plans say about exactly it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub key: Key,
    pub rate: Option<Effect>,
    pub revenue: Option<Effect>,
    pub margin: Option<Margin>,
}

/// Both plans as a card, in the order of their rules, and how many rules it cannot show.
pub fn card(earnings: &[Rule], revenue: &[Rule]) -> (Vec<Row>, usize) {
    let mut rows: Vec<Row> = Vec::new();
    let mut others = 0;
    for (rules, is_earnings) in [(earnings, true), (revenue, false)] {
        for rule in rules {
            let keys = keys(rule);
            others += usize::from(keys.is_empty());
            for key in keys {
                let place = rows.iter().position(|row| row.key == key).unwrap_or(rows.len());
                if place == rows.len() {
                    rows.push(Row { key, rate: None, revenue: None, margin: None });
                }
                let said = if is_earnings { &mut rows[place].rate } else { &mut rows[place].revenue };
                *said = Some(rule.effect.clone());
            }
        }
    }
    for row in &mut rows {
        row.margin = margin(earnings, revenue, &row.key);
    }
    (rows, others)
}

fn margin(earnings: &[Rule], revenue: &[Rule], key: &Key) -> Option<Margin> {
    let earned = strongest(earnings, &key.case(PlanSide::Earnings))?;
    let charged = strongest(revenue, &key.case(PlanSide::Revenue))?;
    match (&earned.effect, &charged.effect) {
        (Effect::Minor(earned), Effect::Minor(charged)) => Some(Margin(Rate::Minor(charged - earned))),
        (Effect::Percent(earned), Effect::Percent(charged)) => {
            Some(Margin(Rate::Percent(kernel::Decimal8::from_raw(charged.raw() - earned.raw()))))
        }
        _ => None,
    }
}

/// Rules of one side with the card's rows in place of those that a card can show. What a card cannot show stays, and so
/// does a rule whose rows say what it says.
pub fn with_rows(
    base: &[Rule],
    rows: &[(Key, Effect)],
    mut fresh: impl FnMut() -> Id<id::PlanRule>,
    now: Timestamp,
) -> Vec<Rule> {
    let says = |key: &Key, effect: &Effect| rows.iter().any(|(known, said)| known == key && said == effect);
    let stays = |rule: &&Rule| keys(rule).iter().all(|key| says(key, &rule.effect));
    let mut rules: Vec<Rule> = base.iter().filter(stays).cloned().collect();
    let told: Vec<Key> = rules.iter().flat_map(keys).collect();
    for (key, effect) in rows.iter().filter(|(key, _)| !told.contains(key)) {
        rules.push(Rule {
            id: fresh(),
            name: None,
            conditions: key.conditions(),
            effect: effect.clone(),
            priority: 0,
            limits: Vec::new(),
            created_at: now,
        });
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(country: Option<&str>) -> Key {
        Key { goal_id: Id::from_u128(1), country: country.map(str::to_owned), traffic_type: None, group: None }
    }

    fn rule(number: u128, conditions: Conditions, effect: Effect) -> Rule {
        let id = Id::from_u128(number);
        let created_at = Timestamp::from_millis(0);
        Rule { id, name: None, conditions, effect, priority: 0, limits: Vec::new(), created_at }
    }

    #[test]
    fn a_card_that_is_put_back_changes_nothing() {
        let dach = Conditions { countries: vec!["DE".into(), "AT".into()], ..key(None).conditions() };
        let partner = Conditions { partner_id: Some(Id::from_u128(5)), ..key(None).conditions() };
        let earnings = [
            rule(1, key(None).conditions(), Effect::Minor(800)),
            rule(2, dach, Effect::Minor(900)),
            rule(3, partner, Effect::Minor(1_000)),
        ];
        let revenue = [rule(4, key(None).conditions(), Effect::Minor(1_200))];
        let (rows, others) = card(&earnings, &revenue);
        let margins: Vec<_> = rows.iter().map(|row| row.margin).collect();
        assert_eq!((rows.len(), others), (3, 1));
        assert_eq!(
            margins,
            [400, 300, 300].map(|minor| Some(Margin(Rate::Minor(minor)))),
            "what is charged in general counts"
        );
        let said: Vec<_> = rows.iter().filter_map(|row| Some((row.key.clone(), row.rate.clone()?))).collect();
        let fresh = || Id::from_u128(99);
        assert_eq!(with_rows(&earnings, &said, fresh, Timestamp::from_millis(9)), earnings);
        let changed = [(key(Some("DE")), Effect::Minor(950))];
        let rules = with_rows(&earnings, &changed, fresh, Timestamp::from_millis(9));
        let left: Vec<_> = rules.iter().map(|rule| rule.id.as_u128()).collect();
        assert_eq!(left, [3, 99], "rows that are gone are gone, what a card cannot show stays");
    }
}
