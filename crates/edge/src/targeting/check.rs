//! What somebody typed, put in order or refused at the field where it is wrong.

use std::collections::HashSet;

use kernel::{
    Refusal,
    targeting::{TargetingCondition, TargetingField as Field},
};

use super::compile::compile;

/// Conditions of one offer or link: a click's record names one in a byte.
pub const CONDITIONS_MAX: usize = 50;
/// Values of one condition.
pub const VALUES_MAX: usize = 1_000;
/// Values of all conditions of one offer or link.
const VALUES_IN_ALL_MAX: usize = 5_000;
const VALUE_BYTES_MAX: usize = 120;

/// The conditions as they are kept: trimmed, in the case of their codes, each value once, with what was left unsaid.
pub fn checked(wanted: &[TargetingCondition], timezone: &str) -> Result<Vec<TargetingCondition>, Refusal> {
    if wanted.len() > CONDITIONS_MAX {
        return Err(Refusal::field("targeting", format!("must have at most {CONDITIONS_MAX} conditions")));
    }
    if wanted.iter().map(|condition| condition.values.len()).sum::<usize>() > VALUES_IN_ALL_MAX {
        return Err(Refusal::field("targeting", format!("must have at most {VALUES_IN_ALL_MAX} values in all")));
    }
    let one = |(place, condition): (usize, &TargetingCondition)| one(condition, timezone, place);
    wanted.iter().enumerate().map(one).collect()
}

fn one(wanted: &TargetingCondition, timezone: &str, place: usize) -> Result<TargetingCondition, Refusal> {
    let at = |inner: &str| format!("targeting.{place}.{inner}");
    if wanted.values.is_empty() || wanted.values.len() > VALUES_MAX {
        return Err(Refusal::field(at("values"), format!("must have 1 to {VALUES_MAX} values")));
    }
    let values: Vec<String> = wanted.values.iter().map(|text| value(wanted.field, text)).collect();
    for (index, text) in values.iter().enumerate() {
        require_sound(wanted.field, text).map_err(|message| Refusal::field(at(&format!("values.{index}")), message))?;
    }
    let zone = || wanted.timezone.clone().unwrap_or_else(|| timezone.to_owned());
    let mut condition = TargetingCondition {
        field: wanted.field,
        mode: wanted.mode,
        compare: Some(wanted.compare.unwrap_or(wanted.field.matches()[0])),
        values,
        timezone: wanted.field.is_of_time().then(zone),
    };
    compile(&condition).map_err(|flaw| Refusal::field(at(&flaw.place), flaw.message))?;
    let mut seen = HashSet::new();
    condition.values.retain(|text| seen.insert(text.clone()));
    Ok(condition)
}

fn value(field: Field, text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match field {
        Field::Country => text.to_ascii_uppercase(),
        Field::Language | Field::Device | Field::Connection | Field::Proxy | Field::DayPart | Field::Referrer => {
            text.to_lowercase()
        }
        _ => text,
    }
}

fn require_sound(field: Field, text: &str) -> Result<(), &'static str> {
    if text.is_empty() && !field.may_be_absent() {
        return Err("must not be empty");
    }
    if text.len() > VALUE_BYTES_MAX || text.contains(char::is_control) {
        return Err("must be plain text of at most 120 bytes");
    }
    Ok(())
}
