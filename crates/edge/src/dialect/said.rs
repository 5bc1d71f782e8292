//! What a conversion door of a dialect was told, in our words: pure.

use std::collections::BTreeMap;

use kernel::{Decimal8, Refusal, RefusalCode};

use super::{
    Dialect, address,
    words::{self, KEITARO_TYPES},
};
use crate::receipt::fields::Fields;

/// Parts of one order.
const MAX_PARTS: usize = 30;
/// The group of what no other group takes.
const DEFAULT_GROUP: &str = "DEFAULT";

/// A conversion in our words. Their goals keep the platform's name before them (`tune:2`), for the offer to know.
#[derive(Debug)]
pub struct Said {
    pub fields: Fields,
    /// Their id of the offer.
    pub offer: Option<String>,
    token: Option<String>,
    /// Commission groups with their amounts.
    parts: Vec<(String, String)>,
}

/// One receipt of what was said.
pub struct OneReceipt {
    pub fields: Fields,
    pub token: Option<String>,
}

impl Said {
    pub fn read(dialect: Dialect, path: &str, given: &Fields) -> Result<Self, Refusal> {
        let mut fields = Fields::default();
        for (theirs, ours) in words::names(dialect) {
            if let Some(value) = given.get(theirs) {
                fields.add_missing(ours, value.to_owned());
            }
        }
        let named = words::goal_names(dialect).iter().find_map(|name| given.get(name).map(|goal| (*name, goal)));
        if let Some(goal) = named.and_then(|(name, goal)| goal_word(dialect, name, goal)) {
            fields.add_missing("goal", goal);
        }
        let mut said = Self {
            fields,
            offer: Self::offer_of(dialect, given).map(str::to_owned),
            token: words::token_name(dialect).and_then(|name| given.get(name)).map(str::to_owned),
            parts: Vec::new(),
        };
        said.read_own_way(dialect, path, given)?;
        Ok(said)
    }

    pub fn offer_of(dialect: Dialect, given: &Fields) -> Option<&str> {
        words::offer_names(dialect).iter().find_map(|name| given.get(name))
    }

    fn read_own_way(&mut self, dialect: Dialect, path: &str, given: &Fields) -> Result<(), Refusal> {
        match dialect {
            Dialect::Tune | Dialect::Everflow => {}
            Dialect::Affise => {
                let status = given.get("status").or_else(|| given.get("afstatus"));
                let word = status.map(|status| words::affise_status(status).to_owned());
                word.into_iter().for_each(|word| self.fields.add_missing("status", word));
            }
            Dialect::Keitaro => {
                self.token = address::key_of_postback(path).map(str::to_owned);
                self.read_keitaro_status(given);
            }
            Dialect::Awin => {
                if given.get("testmode") == Some("1") {
                    return Err(Refusal::new(RefusalCode::TestMode, "a test: nothing was recorded"));
                }
                self.parts = given.get("parts").map(parts).transpose()?.unwrap_or_default();
            }
        }
        Ok(())
    }

    /// `status=x` with `sale_status=x,y` means a sale; without such a list the word speaks for itself.
    fn read_keitaro_status(&mut self, given: &Fields) {
        let Some(said) = given.get("status") else { return };
        let lists = |kind: &str| given.get(&format!("{kind}_status")).is_some_and(|list| holds(list, said));
        let mapped = KEITARO_TYPES.iter().find(|(kind, ..)| lists(kind));
        let known = mapped.or_else(|| KEITARO_TYPES.iter().find(|(kind, ..)| said.eq_ignore_ascii_case(kind)));
        let (status, goal) = match known {
            Some((_, status, goal)) => (*status, *goal),
            None => (Some(said), None),
        };
        status.into_iter().for_each(|status| self.fields.add_missing("status", status.to_owned()));
        goal.into_iter().for_each(|goal| self.fields.add_missing("goal", format!("keitaro:{goal}")));
    }

    /// One receipt for each commission group that `knows` the offer has; what no group takes is the default's.
    pub fn into_receipts(self, knows: impl Fn(&str) -> bool) -> Result<Vec<OneReceipt>, Refusal> {
        let Self { fields, token, parts, .. } = self;
        let mut sums: BTreeMap<Option<String>, i64> = BTreeMap::new();
        for (group, amount) in parts {
            let group = Some(group).filter(|group| knows(group));
            let amount: Decimal8 = amount.parse().map_err(|_| bad_amount())?;
            let sum = sums.entry(group).or_default();
            *sum = sum.checked_add(amount.raw()).ok_or_else(bad_amount)?;
        }
        if sums.is_empty() {
            return Ok(vec![OneReceipt { fields, token }]);
        }
        let whole = sums.len() == 1;
        let one = |(group, sum): (Option<String>, i64)| {
            let mut part = Fields::default();
            group.into_iter().for_each(|group| part.add_missing("goal", format!("awin:{group}")));
            if !whole || fields.get("amount").is_none() {
                part.add_missing("amount", Decimal8::from_raw(sum).to_string());
            }
            fields.iter().for_each(|(name, value)| part.add_missing(name, value.to_owned()));
            OneReceipt { fields: part, token: token.clone() }
        };
        Ok(sums.into_iter().map(one).collect())
    }
}

/// Their word of a goal in ours; none for the base conversion.
fn goal_word(dialect: Dialect, name: &str, goal: &str) -> Option<String> {
    match (dialect, name) {
        (_, "goal_name") => Some(goal.to_owned()),
        (Dialect::Tune | Dialect::Everflow, _) if goal == "0" => None,
        _ => Some(format!("{}:{goal}", dialect.code())),
    }
}

fn holds(list: &str, word: &str) -> bool {
    list.split(',').any(|one| one.trim().eq_ignore_ascii_case(word))
}

/// `GROUP:10.00|OTHER:2.50`.
fn parts(text: &str) -> Result<Vec<(String, String)>, Refusal> {
    let wrong = || Refusal::new(RefusalCode::BadParameter, "parts are GROUP:amount, joined by |");
    let parts: Vec<_> = text.split('|').filter(|part| !part.is_empty()).take(MAX_PARTS + 1).collect();
    if parts.len() > MAX_PARTS {
        return Err(Refusal::new(RefusalCode::BadParameter, "an order has at most 30 parts"));
    }
    let part = |part: &str| {
        let (group, amount) = part.rsplit_once(':').ok_or_else(wrong)?;
        let group = if group.is_empty() { DEFAULT_GROUP } else { group };
        Ok((group.to_owned(), amount.to_owned()))
    };
    parts.into_iter().map(part).collect()
}

fn bad_amount() -> Refusal {
    Refusal::new(RefusalCode::BadAmount, "an amount of parts is a decimal such as 80.00")
}

#[cfg(test)]
#[path = "said_tests.rs"]
mod tests;
