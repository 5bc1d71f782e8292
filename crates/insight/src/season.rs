//! What is unusual for this hour of the week.
//!
//! A window of some hours is expected to be what the same hours brought in the weeks before, each set against the week
//! that led up to it: the shape from the season, the level from now. How far such an expectation tends to miss is not
//! assumed but measured, on the series' own past: variance = spread · mean + excess · mean², where `spread` is the
//! size of one thing (1 for counts, about an order's value for money) and `excess` what the world adds. Tails are those
//! of the negative binomial with that mean and variance, counted in things, so that small counts, nought among them,
//! have their true weight: P(X ≤ x) = I_p(k, x + 1), with the regularised incomplete beta function.

use statrs::function::beta::beta_reg;

pub const HOURS_OF_WEEK: usize = 168;
/// Weeks that an expectation is made from.
const REFERENCES: usize = 4;
/// An expectation needs its references, the week before the first of them, and weeks to measure misses on.
pub const WEEKS_MIN: usize = REFERENCES + 1 + 2;
/// Below this many things in all references together there is no season to speak of.
const THINGS_MIN: f64 = 8.0;
const BISECTIONS: usize = 60;

/// Which way something is unusual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Low,
    High,
}

/// What a window should bring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expectation {
    pub mean: f64,
    pub variance: f64,
    /// The size of one thing.
    pub spread: f64,
}

/// Hourly sums, oldest first; the last `window` of them are what is judged. None without enough of a past.
pub fn expect(hours: &[f64], window: usize) -> Option<Expectation> {
    let series = Series { sums: running(hours), window };
    let last = hours.len().checked_sub(1)?;
    if window == 0 || window > HOURS_OF_WEEK || hours.len() < WEEKS_MIN * HOURS_OF_WEEK + window {
        return None;
    }
    let mean = series.mean_at(last).filter(|mean| *mean > 0.0)?;
    let misses = series.misses(last);
    let (spread, excess) = fit(&misses)?;
    let variance = (spread * mean + excess * mean * mean) * doubt(misses.len(), window);
    Some(Expectation { mean, variance, spread })
}

impl Expectation {
    /// Whether the value is unusual, when of so many usual ones one may be called so: 0.001 is a false alarm in a
    /// thousand checks, both ways together.
    pub fn judge(&self, value: f64, false_alarms: f64) -> Option<Side> {
        let bound = false_alarms / 2.0;
        if self.at_most(value) < bound {
            Some(Side::Low)
        } else if 1.0 - self.at_most(value - self.spread) < bound {
            Some(Side::High)
        } else {
            None
        }
    }

    /// The usual range: what lies outside is judged unusual.
    pub fn range(&self, false_alarms: f64) -> (f64, f64) {
        let deviation = self.variance.sqrt();
        let (mut most, mut least) = (self.mean + 40.0 * (deviation + self.spread), 0.0);
        for _ in 0..BISECTIONS {
            let middle = f64::midpoint(least, most);
            if self.judge(middle, false_alarms) == Some(Side::High) { most = middle } else { least = middle }
        }
        let high = least;
        let (mut most, mut least) = (self.mean, 0.0);
        for _ in 0..BISECTIONS {
            let middle = f64::midpoint(least, most);
            if self.judge(middle, false_alarms) == Some(Side::Low) { least = middle } else { most = middle }
        }
        (if self.judge(0.0, false_alarms).is_none() { 0.0 } else { most }, high)
    }

    /// P(X ≤ value).
    fn at_most(&self, value: f64) -> f64 {
        let things = value / self.spread;
        if things < 0.0 {
            return 0.0;
        }
        let mean = self.mean / self.spread;
        let variance = (self.variance / self.spread.powi(2)).max(mean * (1.0 + 1e-6));
        let size = mean * mean / (variance - mean);
        beta_reg(size, things + 1.0, size / (size + mean))
    }
}

struct Series {
    /// Sums of all hours before each.
    sums: Vec<f64>,
    window: usize,
}

/// What a window was expected to bring, and by how much it missed.
struct Miss {
    mean: f64,
    error: f64,
}

impl Series {
    /// Of the window that ends with this hour.
    fn window_at(&self, last: usize) -> f64 {
        self.sums[last + 1] - self.sums[last + 1 - self.window]
    }

    /// Of the week that led up to that window.
    fn week_before(&self, last: usize) -> Option<f64> {
        let end = (last + 1).checked_sub(self.window)?;
        Some(self.sums[end] - self.sums[end.checked_sub(HOURS_OF_WEEK)?])
    }

    fn mean_at(&self, last: usize) -> Option<f64> {
        let (mut brought, mut level) = (0.0, 0.0);
        for back in 1..=REFERENCES {
            let reference = last.checked_sub(back * HOURS_OF_WEEK)?;
            brought += self.window_at(reference);
            level += self.week_before(reference)?;
        }
        if level <= 0.0 { None } else { Some(brought / level * self.week_before(last)?) }
    }

    /// Of all windows before the one that ends with this hour and shares hours with none of them.
    fn misses(&self, last: usize) -> Vec<Miss> {
        let first = (REFERENCES + 1) * HOURS_OF_WEEK + self.window;
        (first..=last - self.window)
            .filter_map(|at| self.mean_at(at).map(|mean| Miss { mean, error: self.window_at(at) - mean }))
            .collect()
    }
}

fn running(hours: &[f64]) -> Vec<f64> {
    let sums = hours.iter().scan(0.0, |sum, hour| {
        *sum += hour;
        Some(*sum)
    });
    std::iter::once(0.0).chain(sums).collect()
}

/// A variance measured on n misses is itself in doubt: that of Student's distribution is wider by n / (n − 2). Windows
/// that overlap count once.
fn doubt(misses: usize, window: usize) -> f64 {
    let apart = (misses as f64 / window as f64).max(3.0);
    apart / (apart - 2.0)
}

/// Spread and excess by least squares of error² / mean = spread + excess · mean, each window weighted by its mean.
fn fit(misses: &[Miss]) -> Option<(f64, f64)> {
    let misses: Vec<&Miss> = misses.iter().filter(|miss| miss.mean > 0.0).collect();
    let brought: f64 = misses.iter().map(|miss| miss.mean).sum();
    if misses.is_empty() || brought < THINGS_MIN {
        return None;
    }
    let (mut weight, mut x, mut y, mut xx, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for miss in &misses {
        let told = miss.error.powi(2) / miss.mean;
        weight += miss.mean;
        x += miss.mean * miss.mean;
        y += miss.mean * told;
        xx += miss.mean * miss.mean * miss.mean;
        xy += miss.mean * miss.mean * told;
    }
    let across = weight * xx - x * x;
    let slope = if across > f64::EPSILON * weight * xx { (weight * xy - x * y) / across } else { 0.0 };
    let excess = slope.clamp(0.0, y / x);
    let spread = ((y - excess * x) / weight).max(1.0);
    Some((spread, excess))
}
