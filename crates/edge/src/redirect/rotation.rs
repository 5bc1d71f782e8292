//! Which landing page a visitor sees where an offer shows several: by weight, and always the same one.
//!
//! Nothing is remembered: a visitor's key and the page's id give each page a score, and the highest wins (weighted
//! rendezvous). So a browser that returns sees its page again, and when a weight changes or a page comes or goes, only
//! those visitors move who must.

use kernel::{Id, id::Landing};

use crate::routes::slots::LandingSlot;

/// The share of a choice that was none.
pub const WHOLE_PPM: u32 = 1_000_000;

/// A page, and the share of visitors who see it, in millionths.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    pub landing: &'a LandingSlot,
    pub share_ppm: u32,
}

/// The page that the link names; else, where pages have weights, one of those by the visitor's key; else the first.
pub fn choose(landings: &[LandingSlot], wanted: Option<Id<Landing>>, visitor: u64) -> Option<Chosen<'_>> {
    let named = wanted.and_then(|wanted| landings.iter().find(|landing| landing.landing_id == wanted));
    if let Some(landing) = named {
        return Some(Chosen { landing, share_ppm: WHOLE_PPM });
    }
    let total: u64 = landings.iter().map(|landing| u64::from(landing.weight)).sum();
    let weighted = landings.iter().filter(|landing| landing.weight > 0);
    let score = |landing: &LandingSlot| score(landing.landing_id.as_u128(), landing.weight, visitor);
    let winner = weighted.max_by(|a, b| score(a).total_cmp(&score(b)));
    match winner {
        Some(landing) => {
            let share_ppm = u64::from(landing.weight) * u64::from(WHOLE_PPM) / total;
            Some(Chosen { landing, share_ppm: share_ppm as u32 })
        }
        None => landings.first().map(|landing| Chosen { landing, share_ppm: WHOLE_PPM }),
    }
}

/// Higher wins: the logarithm of a number between 0 and 1, drawn for this visitor and thing, over the thing's weight.
pub(super) fn score(id: u128, weight: u32, visitor: u64) -> f64 {
    let drawn = mixed(mixed(visitor ^ (id >> 64) as u64) ^ id as u64);
    let share = ((drawn >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
    share.ln() / f64::from(weight)
}

/// The finisher of splitmix64: every bit of the outcome depends on every bit put in.
fn mixed(mut bits: u64) -> u64 {
    bits = bits.wrapping_add(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ bits >> 31
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::UrlTemplate;

    const VISITORS: u64 = 20_000;

    fn pages(weights: &[u32]) -> Vec<LandingSlot> {
        let page = |(number, weight): (usize, &u32)| LandingSlot {
            landing_id: Id::from_u128((0x0198_0000 << 96) | (number as u128 + 1)),
            url: UrlTemplate::parse_any_host("https://shop.example/").expect("an address"),
            weight: *weight,
        };
        weights.iter().enumerate().map(page).collect()
    }

    fn seen(pages: &[LandingSlot], visitor: u64) -> usize {
        let chosen = choose(pages, None, mixed(visitor)).expect("a page");
        pages.iter().position(|page| page.landing_id == chosen.landing.landing_id).expect("one of them")
    }

    #[test]
    fn shares_follow_the_weights_and_are_told() {
        let pages = pages(&[70, 20, 0, 10]);
        let mut counts = [0_u64; 4];
        (0..VISITORS).for_each(|visitor| counts[seen(&pages, visitor)] += 1);
        for (count, percent) in counts.into_iter().zip([70, 20, 0, 10]) {
            assert!(count.abs_diff(VISITORS * percent / 100) < VISITORS / 100, "{counts:?}");
        }
        let told = choose(&pages, None, 7).expect("a page");
        assert_eq!(told.share_ppm, told.landing.weight * 10_000);
    }

    #[test]
    fn a_visitor_stays_unless_it_must_move() {
        let (before, after) = (pages(&[50, 50]), pages(&[50, 50, 100]));
        for visitor in 0..VISITORS {
            let (was, is) = (seen(&before, visitor), seen(&after, visitor));
            assert!(was == is || is == 2, "nobody moves between pages that stay as they are");
        }
    }

    #[test]
    fn a_named_page_and_pages_without_weights_are_no_choice() {
        let pages = pages(&[0, 0]);
        let first = choose(&pages, None, 7).expect("a page");
        assert_eq!((first.landing.landing_id, first.share_ppm), (pages[0].landing_id, WHOLE_PPM));
        let named = choose(&pages, Some(pages[1].landing_id), 7).expect("a page");
        assert_eq!((named.landing.landing_id, named.share_ppm), (pages[1].landing_id, WHOLE_PPM));
        assert!(choose(&[], None, 7).is_none());
    }
}
