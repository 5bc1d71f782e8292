//! Parameters of tracking links, bounded and cleaned: what is too long is cut, control characters are dropped, bytes
//! that are no UTF-8 are replaced.

use std::borrow::Cow;

use crate::request::cut;

/// Pairs of a query that are looked at; further ones are dropped.
pub const MAX_PAIRS: usize = 64;
/// Longest value of a sub id, source or extra parameter, in bytes.
pub const MAX_VALUE_BYTES: usize = 256;
/// Longest name of an extra parameter, in bytes.
pub const MAX_NAME_BYTES: usize = 64;
/// Extra parameters that may be passed through.
const MAX_EXTRAS: usize = 20;
/// Names under which advertising platforms append the id of their own click.
const AD_CLICK_NAMES: [&str; 3] = ["gclid", "fbclid", "ttclid"];
/// The sub id, counted from 0, that keeps it where the link says nothing there.
const AD_CLICK_SUB: usize = 9;

#[derive(Debug, Default)]
pub struct Params<'a> {
    pub subs: [Cow<'a, str>; 10],
    pub source_id: Cow<'a, str>,
    /// Parameters that mean nothing to us, in their order.
    pub extras: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

/// What the name of a parameter stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Counted from 0.
    Sub(usize),
    Source,
    /// Has done its work, and goes no further.
    Dropped,
    Extra,
}

/// What a name means in our own links.
pub fn native_meaning(name: &str) -> Meaning {
    match name.strip_prefix("sub").and_then(sub_index) {
        Some(index) => Meaning::Sub(index),
        None if name == "source_id" => Meaning::Source,
        None => Meaning::Extra,
    }
}

impl<'a> Params<'a> {
    /// Of a name given twice, the first counts.
    pub fn parse(query: &'a str) -> Self {
        Self::parse_as(query, native_meaning)
    }

    /// As [`parse`](Self::parse), where names mean something else.
    pub fn parse_as(query: &'a str, meaning: impl Fn(&str) -> Meaning) -> Self {
        let mut params = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).take(MAX_PAIRS) {
            params.take(meaning(&name), name, clean(value, MAX_VALUE_BYTES));
        }
        params.keep_ad_click();
        params
    }

    fn take(&mut self, meaning: Meaning, name: Cow<'a, str>, value: Cow<'a, str>) {
        let slot = match meaning {
            Meaning::Sub(index) => &mut self.subs[index],
            Meaning::Source => &mut self.source_id,
            Meaning::Dropped => return,
            Meaning::Extra => return self.take_extra(name, value),
        };
        if slot.is_empty() {
            *slot = value;
        }
    }

    /// An advertising platform's click id is kept with the click, so that conversions can be told to it.
    fn keep_ad_click(&mut self) {
        if self.subs[AD_CLICK_SUB].is_empty()
            && let Some((_, value)) = self.extras.iter().find(|(name, _)| AD_CLICK_NAMES.contains(&&**name))
        {
            self.subs[AD_CLICK_SUB] = value.clone();
        }
    }

    /// The sub ids as the link gave them; an advertising platform's click id goes on under its own name.
    pub fn subs_given(&self) -> impl Iterator<Item = &str> {
        let kept = self.extras.iter().find(|(name, _)| AD_CLICK_NAMES.contains(&&**name)).map(|(_, value)| &**value);
        let given = move |(index, sub)| if index == AD_CLICK_SUB && Some(sub) == kept { "" } else { sub };
        self.subs.iter().map(|sub| &**sub).enumerate().map(given)
    }

    fn take_extra(&mut self, name: Cow<'a, str>, value: Cow<'a, str>) {
        let fresh = !self.extras.iter().any(|(known, _)| *known == name);
        if fresh && self.extras.len() < MAX_EXTRAS && !name.is_empty() && name.len() <= MAX_NAME_BYTES {
            self.extras.push((clean(name, MAX_NAME_BYTES), value));
        }
    }

    pub fn sub_texts(&self) -> [&str; 10] {
        std::array::from_fn(|index| &*self.subs[index])
    }
}

fn sub_index(number: &str) -> Option<usize> {
    match number.as_bytes() {
        [digit @ b'1'..=b'9'] => Some(usize::from(digit - b'1')),
        b"10" => Some(9),
        _ => None,
    }
}

/// Without control characters and cut to `max` bytes.
pub fn clean(mut text: Cow<'_, str>, max: usize) -> Cow<'_, str> {
    if text.chars().any(char::is_control) {
        text = Cow::Owned(text.chars().filter(|letter| !letter.is_control()).collect());
    }
    cut(&mut text, max);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_told_from_extras() {
        let params = Params::parse("sub1=a&sub10=z&sub11=no&source_id=s+1&gclid=%C5%BC&sub1=again");
        assert_eq!((&*params.subs[0], &*params.subs[9], &*params.source_id), ("a", "z", "s 1"));
        let extras: Vec<_> = params.extras.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(extras, [("sub11", "no"), ("gclid", "ż")]);
    }

    #[test]
    fn the_click_id_of_an_advertising_platform_is_kept() {
        let sub10 = |query| Params::parse(query).subs[9].to_string();
        assert_eq!(sub10("fbclid=IwAR0&sub1=a"), "IwAR0");
        assert_eq!(sub10("ttclid=E.C.P&gclid=x"), "E.C.P", "the first");
        assert_eq!(sub10("gclid=x&sub10=own"), "own", "what the link says stays");
        assert_eq!(Params::parse("gclid=x").extras.len(), 1, "it is passed on as before");
    }

    #[test]
    fn values_are_bounded_and_cleaned() {
        let long = format!("sub1={}&sub2=a%00b%0Ac%FF", "ż".repeat(500));
        let params = Params::parse(&long);
        assert_eq!(params.subs[0].len(), MAX_VALUE_BYTES);
        assert_eq!(params.subs[1], "abc\u{FFFD}");
        let many: String = (0..500).map(|n| format!("n{n}=1&")).collect();
        assert_eq!(Params::parse(&many).extras.len(), MAX_EXTRAS);
    }
}
