//! Dialects: the tracking links and conversion doors of other platforms, accepted as they are.
//!
//! A tracking domain names the dialects it speaks; nowhere else do they mean anything. A link of a dialect is a click like
//! any other on the partner's oldest active link to that offer; a conversion becomes an ordinary receipt in our words,
//! with the request kept raw, and is answered in the dialect's own form. Invariant: no address of a dialect shadows a
//! native door: those are looked at first, and `/postback` with a native token or signature stays ours.

pub mod address;
mod answer;
mod ask;
mod doors;
mod said;
mod words;

use serde::{Deserialize, Serialize};

pub use address::Address;
pub use ask::{Ask, params};
pub use said::Said;

/// A platform whose addresses are understood. The order is stored: add at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Dialect {
    Tune,
    Everflow,
    Affise,
    Keitaro,
    Awin,
}

impl Dialect {
    pub const ALL: [Self; 5] = [Self::Tune, Self::Everflow, Self::Affise, Self::Keitaro, Self::Awin];

    /// The word in the API, and the system's name among external refs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tune => "tune",
            Self::Everflow => "everflow",
            Self::Affise => "affise",
            Self::Keitaro => "keitaro",
            Self::Awin => "awin",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.code() == code)
    }

    /// The dialect to which an external ref of `system` belongs. Some platforms write other ids into links than into
    /// reports: `everflow_link` is such a second id.
    pub fn of_system(system: &str) -> Option<Self> {
        Self::from_code(system.strip_suffix("_link").unwrap_or(system))
    }
}

/// The dialects that one domain speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialects(u8);

impl Dialects {
    pub const fn speak(self, dialect: Dialect) -> bool {
        self.0 & (1 << dialect as u8) != 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Dialect> for Dialects {
    fn from_iter<I: IntoIterator<Item = Dialect>>(dialects: I) -> Self {
        Self(dialects.into_iter().fold(0, |bits, dialect| bits | 1 << dialect as u8))
    }
}
