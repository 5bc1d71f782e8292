//! How the credit for conversions is shared among the channels of their paths.

mod markov;
mod position;
mod shapley;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::paths::{Measure, Paths};

/// A touch this long before another one counts half as much.
pub const HALF_LIFE_HOURS: f64 = 168.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CreditModel)]
pub enum Model {
    /// All to the first touch.
    FirstTouch,
    /// All to the last touch.
    LastTouch,
    /// The same to each touch.
    Linear,
    /// 40 % to the first, 40 % to the last, 20 % to those between.
    #[serde(rename = "position_40_20_40")]
    Position,
    /// Half as much for each week before the conversion.
    #[serde(rename = "time_decay_halflife_168h")]
    TimeDecay,
    /// By what would be lost without the channel, in a chain of first order.
    #[serde(rename = "markov_order1")]
    Markov,
    /// By what the channel adds to every group of the others.
    Shapley,
}

impl Model {
    pub const ALL: [Self; 7] =
        [Self::FirstTouch, Self::LastTouch, Self::Linear, Self::Position, Self::TimeDecay, Self::Markov, Self::Shapley];

    pub const fn code(self) -> &'static str {
        match self {
            Self::FirstTouch => "first_touch",
            Self::LastTouch => "last_touch",
            Self::Linear => "linear",
            Self::Position => "position_40_20_40",
            Self::TimeDecay => "time_decay_halflife_168h",
            Self::Markov => "markov_order1",
            Self::Shapley => "shapley",
        }
    }
}

/// Each channel's credit, in the order of [`Paths::channels`]; `None` where the model needs times that the paths lack.
pub fn credit(paths: &Paths, model: Model, what: Measure) -> Option<Vec<f64>> {
    match model {
        Model::TimeDecay if !paths.have_times() => None,
        Model::Markov => Some(markov::credit(paths, what)),
        Model::Shapley => Some(shapley::credit(paths, what)),
        _ => Some(position::credit(paths, model, what)),
    }
}
