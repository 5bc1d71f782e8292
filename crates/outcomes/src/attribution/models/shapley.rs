//! Shapley's value where a group of channels is worth what its own members alone converted.
//!
//! The worth of a group is the sum of the paths whose channels all belong to it. Such a game is a sum of one game for
//! each path, in which only the whole set of the path's channels is worth something; and there the value is the same for
//! each of the set. So the exact value needs no walk over all groups: each path's credit is shared equally among its
//! distinct channels.

use crate::attribution::paths::{Measure, Paths};

pub fn credit(paths: &Paths, what: Measure) -> Vec<f64> {
    let mut credit = vec![0.0; paths.channels().len()];
    for path in paths.rows().iter().filter(|path| path.credit(what) > 0.0) {
        let mut members = path.touches.clone();
        members.sort_unstable();
        members.dedup();
        let part = path.credit(what) / members.len() as f64;
        members.into_iter().for_each(|channel| credit[channel] += part);
    }
    credit
}
