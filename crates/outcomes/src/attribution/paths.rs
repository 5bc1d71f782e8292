//! Paths of channels that led, or did not lead, to conversions.

use std::collections::HashMap;

/// What is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Conversions,
    Value,
}

/// A way through channels, oldest touch first, and what came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// Places in [`Paths::channels`]; never empty.
    pub touches: Vec<usize>,
    /// Hours from each touch to the conversion, where they are known.
    pub hours_before: Option<Vec<f64>>,
    pub conversions: f64,
    pub value: f64,
    /// How often it was walked without a conversion.
    pub nulls: f64,
}

impl Path {
    pub fn credit(&self, what: Measure) -> f64 {
        match what {
            Measure::Conversions => self.conversions,
            Measure::Value => self.value,
        }
    }
}

/// What came of a path.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    pub conversions: f64,
    pub value: f64,
    pub nulls: f64,
}

#[derive(Clone, Debug, Default)]
pub struct Paths {
    channels: Vec<String>,
    places: HashMap<String, usize>,
    rows: Vec<Path>,
}

impl Paths {
    /// Adds a path; `touches` and, where given, `hours_before` are of one length and not empty.
    pub fn add(&mut self, touches: &[&str], hours_before: Option<Vec<f64>>, outcome: Outcome) {
        assert!(!touches.is_empty(), "a path has a touch");
        assert!(hours_before.as_ref().is_none_or(|hours| hours.len() == touches.len()), "a time for each touch");
        let touches = touches.iter().map(|channel| self.place(channel)).collect();
        let Outcome { conversions, value, nulls } = outcome;
        self.rows.push(Path { touches, hours_before, conversions, value, nulls });
    }

    fn place(&mut self, channel: &str) -> usize {
        if let Some(place) = self.places.get(channel) {
            return *place;
        }
        let place = self.channels.len();
        self.channels.push(channel.to_owned());
        self.places.insert(channel.to_owned(), place);
        place
    }

    pub fn channels(&self) -> &[String] {
        &self.channels
    }

    pub fn rows(&self) -> &[Path] {
        &self.rows
    }

    /// Everything that was converted.
    pub fn total(&self, what: Measure) -> f64 {
        self.rows.iter().map(|path| path.credit(what)).sum()
    }

    /// Whether every path that converted says when.
    pub fn have_times(&self) -> bool {
        let mut converting = self.rows.iter().filter(|path| path.conversions > 0.0 || path.value > 0.0).peekable();
        converting.peek().is_some() && converting.all(|path| path.hours_before.is_some())
    }
}
