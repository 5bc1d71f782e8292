//! Which units of rewards the rules of a draft may name.

use std::collections::HashSet;

use sea_orm::ConnectionTrait;

use super::ground::Ground;
use crate::{
    plans::rules::{Effect, Rule},
    platform::Answer,
    reward_units::{rules::require_named, store},
};

/// # Errors
/// `invalid_fields` where a rule names a unit that the workspace does not have, or one out of use that no version of the
/// plan has named.
pub async fn require_known(conn: &impl ConnectionTrait, ground: &Ground, earnings: &[Rule]) -> Answer<()> {
    let named = earnings.iter().enumerate().filter_map(|(place, rule)| Some((place, unit(rule)?)));
    let named: Vec<(usize, &str)> = named.collect();
    if named.is_empty() {
        return Ok(());
    }
    let units = store::of_tenant(conn, ground.tenant).await?;
    let versions = ground.plans.earnings.versions.iter();
    let before: HashSet<&str> = versions.flat_map(|version| version.rules.0.iter().filter_map(unit)).collect();
    for (place, code) in named {
        require_named(&units, code, before.contains(code), format!("earnings.{place}.effect.reward.unit"))?;
    }
    Ok(())
}

fn unit(rule: &Rule) -> Option<&str> {
    match &rule.effect {
        Effect::Reward(reward) => Some(&reward.unit),
        _ => None,
    }
}
