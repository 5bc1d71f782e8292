//! From a prelanding on to the landing page, under the same click id.
//!
//! The address of a prelanding carries a token under [`NEXT_PARAMETER`]: the click id, the link and both pages. The page's
//! button leads to `/go/{token}`, or, where the page passes nothing on, to `/go`, which reads the token from a cookie. The
//! click id in it bears a MAC; with what else a visitor might change, it comes to another page of a link of the same
//! tenant and no further: a conversion is judged by its click.

use events::record::SmartMark;
use kernel::{
    Id,
    id::{Click, Landing},
};

use super::{
    decision::{Decision, Visit, belongs},
    rotation::{Chosen, WHOLE_PPM, choose},
    smart::{self, SmartChoice},
    steps,
};
use crate::{
    click_id::{self, ClickKeys},
    request::EdgeRequest,
    routes::{Found, slots::LandingSlot},
};

/// Name under which a prelanding's address carries the token.
pub const NEXT_PARAMETER: &str = "trib_next";
pub const NEXT_COOKIE: &str = "trib_n";
const DOOR: &str = "/go/";
/// Of a click on a link that is no member of a smart link.
const NO_MEMBER: &str = "-";
/// Hexadecimal digits that tell a page from the others of its offer.
const PAGE_DIGITS: usize = 8;

/// What a token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Onward<'t> {
    pub click_id: Id<Click>,
    /// Of the link, or of the smart link.
    slug: &'t str,
    member: Option<u8>,
    /// The ends of the pages' ids.
    landing: u32,
    prelanding: u32,
}

impl<'t> Onward<'t> {
    /// The token of the path or else of the cookie, if its click id is one of ours.
    pub fn of(request: &'t EdgeRequest<'_>, keys: &ClickKeys) -> Option<Self> {
        let named = request.path.strip_prefix(DOOR).filter(|token| !token.is_empty());
        let onward = Self::read(named.or_else(|| request.cookie(NEXT_COOKIE))?)?;
        keys.vouches_for(onward.click_id).then_some(onward)
    }

    fn read(token: &'t str) -> Option<Self> {
        let (click, rest) = token.split_once('.')?;
        let mut parts = rest.rsplitn(3, '.');
        let (pages, member, slug) = (parts.next()?, parts.next()?, parts.next()?);
        let number = |digits: &str| u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == PAGE_DIGITS);
        Some(Self {
            click_id: click_id::parse(click)?,
            slug,
            member: if member == NO_MEMBER { None } else { Some(member.parse().ok()?) },
            landing: number(pages.get(..PAGE_DIGITS)?)?,
            prelanding: number(pages.get(PAGE_DIGITS..)?)?,
        })
    }
}

/// The token by which the visitor of a prelanding goes on; none where the click goes straight to its landing page.
pub fn token(decision: &Decision<'_>, click_id: &str) -> Option<String> {
    let (found, landing, before) = (decision.found.as_ref()?, decision.chosen?, decision.prelanding?);
    let (slug, member) = match decision.smart {
        Some(smart) => (&*smart.slot.route.slug, smart.mark.member.to_string()),
        None => (&*found.link.slug, NO_MEMBER.to_owned()),
    };
    let (landing, before) = (end_of(landing.landing.landing_id), end_of(before.landing.landing_id));
    (!click_id.is_empty()).then(|| format!("{click_id}.{slug}.{member}.{landing:08x}{before:08x}"))
}

fn end_of(page: Id<Landing>) -> u32 {
    page.as_u128() as u32
}

impl<'a> Visit<'a> {
    /// Where a visitor goes on to from a prelanding. Only what has ended since the click is in the way: the click itself
    /// was judged, and has taken its room in caps.
    pub fn decide_onward(&self, onward: Option<&Onward<'_>>) -> Decision<'a> {
        let tenancy = self.tenancy();
        let Some((onward, (found, smart))) = onward.and_then(|onward| Some((onward, self.onward(onward)?))) else {
            return self.decide_on_nothing(tenancy);
        };
        if !belongs(&found, tenancy) {
            return self.decide_on_nothing(tenancy);
        }
        let judgement = steps::judge_onward(self, &found);
        let landing = page(&found.offer.landings, onward.landing)
            .or_else(|| choose(&found.offer.landings, found.link.landing_id, self.facts.visitor.key));
        let prelanding = page(&found.offer.prelandings, onward.prelanding);
        Decision { prelanding, smart, ..self.send(found, judgement, (landing, None)) }
    }

    fn onward(&self, onward: &Onward<'_>) -> Option<(Found<'a>, Option<SmartChoice<'a>>)> {
        let Some(number) = onward.member else { return Some((self.table.lookup(onward.slug)?, None)) };
        let slot = self.table.smart_link(onward.slug)?;
        let found = smart::found(self, slot.member(number)?, None)?;
        let mark = SmartMark { smart_link: slot.route.smart_link_id, member: number, ppm: 0, eligible: 0 };
        Some((found, Some(SmartChoice { slot, mark })))
    }
}

fn page(pages: &[LandingSlot], end: u32) -> Option<Chosen<'_>> {
    let found = pages.iter().find(|page| end_of(page.landing_id) == end)?;
    Some(Chosen { landing: found, share_ppm: WHOLE_PPM })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_and_anything_else_is_not() {
        let click = "01K000000000000000000000KA";
        let token = format!("{click}.a.b.3.0000000c000000ff");
        let read = Onward::read(&token).expect("a token");
        let parts = (read.slug, read.member, read.landing, read.prelanding);
        assert_eq!(parts, ("a.b", Some(3), 12, 255));
        assert_eq!(read.click_id, click_id::parse(click).expect("a click id"));
        assert_eq!(Onward::read(&format!("{click}.x.-.0000000c000000ff")).expect("a token").member, None);
        for other in ["", ".", "x", "x.y.-.0000000c000000ff", "01K000000000000000000000KA.x.-.0000000c00", &token[..40]]
        {
            assert_eq!(Onward::read(other), None, "{other}");
        }
        for broken in
            [format!("{click}.x.y.0000000c000000ff"), format!("{click}.x.-.0000000żżżżff"), format!("{click}.x")]
        {
            assert_eq!(Onward::read(&broken), None, "{broken}");
        }
    }
}
