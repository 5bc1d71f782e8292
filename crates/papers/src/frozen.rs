//! Days of a paper that is kept as text, so that it reads back as the same paper.

use jiff::civil::Date;
use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

pub(crate) mod day {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        read(&String::deserialize(from)?)
    }
}

pub(crate) mod maybe_day {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(day: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
        day.map(|day| day.to_string()).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
        Option::<String>::deserialize(from)?.as_deref().map(read).transpose()
    }
}

pub(crate) mod maybe_period {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(period: &Option<(Date, Date)>, to: S) -> Result<S::Ok, S::Error> {
        period.map(|(first, last)| (first.to_string(), last.to_string())).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<(Date, Date)>, D::Error> {
        let period = Option::<(String, String)>::deserialize(from)?;
        period.map(|(first, last)| Ok((read(&first)?, read(&last)?))).transpose()
    }
}

fn read<E: serde::de::Error>(text: &str) -> Result<Date, E> {
    text.parse().map_err(|_| E::custom("no day"))
}
