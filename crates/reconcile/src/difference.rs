//! Each row in exactly one class, with the likely cause of each difference.

use std::collections::{BTreeMap, HashSet};

use kernel::{Currency, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    figures::{Keys, Ours, Period, Said, Standing, Theirs},
    mapping::{DateBasis, Mapping},
    pairs::{Pairs, pair},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Matched,
    OnlyOurs,
    OnlyTheirs,
    StatusDiffers,
    AmountDiffers,
}

/// Why it likely differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// It lies so near the edge of the period that another zone has it on the other side.
    TimeZone,
    /// They date it otherwise than we do: it is ours of another period.
    DateBasis,
    /// Longer after the click than they pay for.
    Window,
    /// The same row twice, on the side that has it.
    Duplicate,
    TestRow,
    /// Their word has no meaning in the mapping.
    StatusWord,
    /// One side has decided, the other not yet.
    NotYetDecided,
    /// One side approved what the other rejected.
    DecidedOtherwise,
    Currency,
    Rounding,
    GrossNet,
    Price,
    /// The id has not the form of ours.
    ForeignId,
    /// They tell of what never reached us.
    NotReceived,
    /// We have what they do not tell of.
    NotReported,
}

/// One line of the outcome: `ours` and `theirs` are places in what was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub class: Class,
    pub cause: Option<Cause>,
    pub ours: Option<usize>,
    pub theirs: Option<usize>,
}

/// No two places of the world keep clocks further apart from the middle one.
const EDGE_MS: i64 = 14 * kernel::time::HOUR_MS;
/// Characters of a click id, with or without its prefix.
const CLICK_ID_LEN: usize = 26;

/// Compares all rows of theirs with ours of the period; those of ours outside it only explain.
pub fn compare(ours: &[Ours], theirs: &[Theirs], period: Period, mapping: &Mapping) -> Vec<Difference> {
    let pairs = pair(ours, theirs, period);
    let view = View { ours, theirs, period, mapping, pairs: &pairs };
    let known: HashSet<&Keys> = paired(ours, &pairs);
    let mut seen = HashSet::new();
    let mut lines: Vec<Difference> = Vec::with_capacity(theirs.len());
    for (place, their) in theirs.iter().enumerate() {
        let again = !seen.insert(&their.keys);
        lines.push(view.of_theirs(place, their, again));
    }
    let unpaired =
        ours.iter().enumerate().filter(|(place, our)| period.holds(our.at) && pairs.of_ours[*place].is_none());
    lines.extend(unpaired.map(|(place, our)| view.only_ours(place, our, known.contains(&our.keys))));
    lines
}

fn paired<'a>(ours: &'a [Ours], pairs: &Pairs) -> HashSet<&'a Keys> {
    ours.iter().zip(&pairs.of_ours).filter(|(_, pair)| pair.is_some()).map(|(our, _)| &our.keys).collect()
}

struct View<'a> {
    ours: &'a [Ours],
    theirs: &'a [Theirs],
    period: Period,
    mapping: &'a Mapping,
    pairs: &'a Pairs,
}

impl View<'_> {
    fn of_theirs(&self, place: usize, their: &Theirs, again: bool) -> Difference {
        let only = |cause| Difference {
            class: Class::OnlyTheirs,
            cause: Some(cause),
            ours: self.pairs.of_theirs[place],
            theirs: Some(place),
        };
        match self.pairs.of_theirs[place] {
            Some(ours) if self.period.holds(self.ours[ours].at) => self.both(ours, place),
            Some(ours) => only(self.shift(self.ours[ours].at)),
            None => only(alone(their, again)),
        }
    }

    /// Why ours of another period is among theirs of this one.
    fn shift(&self, at: Timestamp) -> Cause {
        if self.is_near_edge(at) && self.mapping.date_basis == DateBasis::Event {
            Cause::TimeZone
        } else {
            Cause::DateBasis
        }
    }

    fn is_near_edge(&self, at: Timestamp) -> bool {
        let near = |edge: Timestamp| (at.millis() - edge.millis()).abs() <= EDGE_MS;
        near(self.period.start) || near(self.period.end)
    }

    fn both(&self, ours: usize, theirs: usize) -> Difference {
        let (our, their) = (&self.ours[ours], &self.theirs[theirs]);
        let (class, cause) = match status(our, their) {
            Some(cause) => (Class::StatusDiffers, Some(cause)),
            None => match self.amount(our, their) {
                Some(cause) => (Class::AmountDiffers, Some(cause)),
                None => (Class::Matched, None),
            },
        };
        Difference { class, cause, ours: Some(ours), theirs: Some(theirs) }
    }

    fn amount(&self, our: &Ours, their: &Theirs) -> Option<Cause> {
        let said = their.amount.filter(|_| our.standing != Standing::Rejected)?;
        if said.currency != our.amount.currency {
            return Some(Cause::Currency);
        }
        let apart = said.minor.abs_diff(our.amount.minor);
        match apart {
            0 => None,
            _ if apart <= u64::from(self.mapping.rounding) => Some(Cause::Rounding),
            _ if our.gross == Some(said.minor) => Some(Cause::GrossNet),
            _ => Some(Cause::Price),
        }
    }

    /// What both count for nothing is matched, though they keep silent about it.
    fn only_ours(&self, place: usize, our: &Ours, again: bool) -> Difference {
        let (class, cause) = if our.standing == Standing::Rejected {
            (Class::Matched, None)
        } else {
            (Class::OnlyOurs, Some(self.unreported(our, again)))
        };
        Difference { class, cause, ours: Some(place), theirs: None }
    }

    fn unreported(&self, our: &Ours, again: bool) -> Cause {
        let window = self.mapping.window_days.map(|days| i64::from(days) * kernel::time::DAY_MS);
        let taken = our.clicked_at.map(|clicked| our.at.millis() - clicked.millis());
        if our.test {
            Cause::TestRow
        } else if again {
            Cause::Duplicate
        } else if taken.zip(window).is_some_and(|(taken, window)| taken > window) {
            Cause::Window
        } else if self.is_near_edge(our.at) {
            Cause::TimeZone
        } else {
            Cause::NotReported
        }
    }
}

fn status(our: &Ours, their: &Theirs) -> Option<Cause> {
    let Some(standing) = their.standing() else { return Some(Cause::StatusWord) };
    match (our.standing, standing) {
        (a, b) if a == b => None,
        _ if their.is_test() || our.test => Some(Cause::TestRow),
        (Standing::Pending, _) | (_, Standing::Pending) => Some(Cause::NotYetDecided),
        _ => Some(Cause::DecidedOtherwise),
    }
}

fn alone(their: &Theirs, again: bool) -> Cause {
    if their.is_test() {
        Cause::TestRow
    } else if again {
        Cause::Duplicate
    } else if their.keys.click.as_deref().is_some_and(|click| !is_click_of_ours(click)) {
        Cause::ForeignId
    } else if matches!(their.said, Said::Unknown(_)) {
        Cause::StatusWord
    } else {
        Cause::NotReceived
    }
}

/// Whether it has the form of a click id of ours, Crockford base32 with or without the prefix.
fn is_click_of_ours(text: &str) -> bool {
    let id = text.strip_prefix("clk_").unwrap_or(text);
    let crockford = |byte: u8| byte.is_ascii_alphanumeric() && !b"ilouILOU".contains(&byte);
    id.len() == CLICK_ID_LEN && id.bytes().all(crockford)
}

/// Rows and money of one class, cause and currency. What is rejected counts as no money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    pub lines: u64,
    pub ours: i128,
    pub theirs: i128,
}

/// Adds the lines up. A line whose two sides have two currencies counts under each with its own side.
pub fn sums(
    lines: &[Difference],
    ours: &[Ours],
    theirs: &[Theirs],
    period: Period,
) -> BTreeMap<(Class, Option<Cause>, Option<Currency>), Sums> {
    let mut sums: BTreeMap<_, Sums> = BTreeMap::new();
    for line in lines {
        let our =
            line.ours.map(|at| &ours[at]).filter(|our| period.holds(our.at)).map(|our| worth(our.standing, our.amount));
        let their = line.theirs.map(|at| &theirs[at]).and_then(their_worth);
        let counted = our.or(their).map(|(currency, _)| currency);
        sums.entry((line.class, line.cause, counted)).or_default().lines += 1;
        if let Some((currency, minor)) = our {
            sums.entry((line.class, line.cause, Some(currency))).or_default().ours += i128::from(minor);
        }
        if let Some((currency, minor)) = their {
            sums.entry((line.class, line.cause, Some(currency))).or_default().theirs += i128::from(minor);
        }
    }
    sums
}

fn worth(standing: Standing, amount: kernel::Money) -> (Currency, i64) {
    (amount.currency, if standing == Standing::Rejected { 0 } else { amount.minor })
}

fn their_worth(their: &Theirs) -> Option<(Currency, i64)> {
    their.amount.map(|amount| worth(their.standing().unwrap_or(Standing::Pending), amount))
}
