//! What a simulation answers.

use kernel::{Decimal8, Id, decimal, id};
use serde::{Deserialize, Serialize};

/// Sums of minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    pub earnings_minor: i64,
    pub revenue_minor: i64,
}

impl Amounts {
    pub fn add(&mut self, other: Self) {
        self.earnings_minor = self.earnings_minor.saturating_add(other.earnings_minor);
        self.revenue_minor = self.revenue_minor.saturating_add(other.revenue_minor);
    }

    pub fn times(self, growth: Decimal8) -> Self {
        let grown = |minor| growth.times(minor).unwrap_or(i64::MAX);
        Self { earnings_minor: grown(self.earnings_minor), revenue_minor: grown(self.revenue_minor) }
    }

    pub fn figures(self) -> TriedFigures {
        TriedFigures::of(self.earnings_minor, self.revenue_minor)
    }
}
/// Two decimals of a per cent are told.
const MARGIN_DIGITS: i64 = 100;

fn margin_percent(profit_minor: i64, revenue_minor: i64) -> Option<Decimal8> {
    if revenue_minor <= 0 {
        return None;
    }
    let hundredths = i128::from(profit_minor) * 100 * i128::from(MARGIN_DIGITS);
    let rounded = i64::try_from(decimal::divide_half_away(hundredths, i128::from(revenue_minor))).ok()?;
    rounded.checked_mul(Decimal8::ONE.raw() / MARGIN_DIGITS).map(Decimal8::from_raw)
}

/// What partners earn, what advertisers are charged and what is left, in minor units of the offer's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TriedFigures {
    pub earnings_minor: i64,
    pub revenue_minor: i64,
    pub profit_minor: i64,
    /// Profit of revenue; absent where nothing is charged.
    pub margin_percent: Option<Decimal8>,
}

impl TriedFigures {
    pub fn of(earnings_minor: i64, revenue_minor: i64) -> Self {
        let profit_minor = revenue_minor.saturating_sub(earnings_minor);
        let margin_percent = margin_percent(profit_minor, revenue_minor);
        Self { earnings_minor, revenue_minor, profit_minor, margin_percent }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TriedPartner {
    pub partner_id: Id<id::Partner>,
    pub conversions: i64,
    pub before: TriedFigures,
    pub after: TriedFigures,
    /// Of earnings.
    pub change_minor: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TriedGoal {
    pub goal_id: Id<id::Goal>,
    pub conversions: i64,
    pub before: TriedFigures,
    pub after: TriedFigures,
}

/// What both plans would cost at another volume, tiers counted anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TriedVolume {
    /// Times the volume that there was.
    pub growth: Decimal8,
    pub before: TriedFigures,
    pub after: TriedFigures,
}

/// Why the plan in force does not come to what stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnlikeWhy {
    /// Another version priced it than the one in force when it happened: it was repriced.
    OtherVersion,
    /// Tiers or limits of the plan had counted otherwise when it was decided.
    CountedOtherwise,
    /// The price does not fit an amount.
    DoesNotFit,
    /// Of other facts than are known now.
    OtherFacts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Unlike {
    pub conversion_id: Id<id::Conversion>,
    pub why: UnlikeWhy,
    pub earnings_stand_minor: i64,
    pub earnings_priced_minor: i64,
    pub revenue_stand_minor: i64,
    pub revenue_priced_minor: i64,
}

/// Whether the plan in force comes to what stands, conversion by conversion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Reproduction {
    /// Conversions that a plan here priced.
    pub checked: i64,
    /// Priced by another system before they moved in, and so taken as they stand.
    pub moved_in: i64,
    pub differing: i64,
    /// Of those: priced by another version than the one in force when they happened, as by a reprice.
    #[serde(default)]
    pub repriced: i64,
    /// Of those that differ: tiers or limits counted otherwise when they were decided.
    #[serde(default)]
    pub counted_otherwise: i64,
    /// Of all that differ.
    pub earnings_minor: i64,
    pub revenue_minor: i64,
    /// The first of them.
    pub differences: Vec<Unlike>,
}

/// A plan tried on what happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SimulationResult {
    /// In the window, with a partner who earns from them.
    pub conversions: i64,
    pub before: TriedFigures,
    pub after: TriedFigures,
    /// Partners who would have earned more, less, the same.
    pub winners: i64,
    pub losers: i64,
    pub unchanged: i64,
    /// Largest change first.
    pub partners: Vec<TriedPartner>,
    /// Partners beyond those that are listed.
    pub more_partners: i64,
    pub goals: Vec<TriedGoal>,
    pub sensitivity: Vec<TriedVolume>,
    pub reproduction: Reproduction,
    /// Conversions whose price by the draft does not fit an amount; taken for nought.
    pub overflowing: i64,
}
