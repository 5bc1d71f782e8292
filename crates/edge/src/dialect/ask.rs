//! What a tracking link of a dialect asks for, and its parameters in our words.

use std::borrow::Cow;

use super::{
    Dialect,
    address::{self, value},
};
use crate::{
    params::{Meaning, Params, native_meaning},
    request::EdgeRequest,
};

/// The offer and partner, or the link, that an address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask<'a> {
    Pair {
        offer: Cow<'a, str>,
        partner: Cow<'a, str>,
        /// A page of the advertiser's to go to instead of the landing page.
        deep_link: Option<Cow<'a, str>>,
    },
    Link(&'a str),
    Nothing,
}

/// Names of the parameters by which a dialect's link is found.
struct Names {
    offer: &'static [&'static str],
    partner: &'static [&'static str],
    deep_link: &'static [&'static str],
}

const fn names(dialect: Dialect) -> Names {
    match dialect {
        Dialect::Tune => Names { offer: &["offer_id"], partner: &["aff_id"], deep_link: &["url"] },
        Dialect::Everflow => Names { offer: &["oid", "offer_id"], partner: &["affid", "affiliate_id"], deep_link: &[] },
        Dialect::Affise => Names { offer: &["offer_id"], partner: &["pid"], deep_link: &[] },
        Dialect::Keitaro => Names { offer: &[], partner: &[], deep_link: &[] },
        Dialect::Awin => Names { offer: &["awinmid", "mid"], partner: &["awinaffid", "id"], deep_link: &["ued", "p"] },
    }
}

impl<'a> Ask<'a> {
    pub fn read(dialect: Dialect, request: &EdgeRequest<'a>) -> Self {
        if dialect == Dialect::Keitaro {
            return address::alias(request.path).map_or(Self::Nothing, Self::Link);
        }
        if let Some((partner, offer)) = address::pair(request.path).filter(|_| dialect == Dialect::Everflow) {
            return Self::Pair { offer: offer.into(), partner: partner.into(), deep_link: None };
        }
        let names = names(dialect);
        let first = |some: &[&str]| some.iter().find_map(|name| value(request.query, name));
        match (first(names.offer), first(names.partner)) {
            (Some(offer), Some(partner)) => Self::Pair { offer, partner, deep_link: first(names.deep_link) },
            _ => Self::Nothing,
        }
    }
}

/// The parameters of a dialect's link: its sub ids and source are ours, its own ids are dropped, the rest are extras.
pub fn params(dialect: Dialect, query: &str) -> Params<'_> {
    Params::parse_as(query, |name| meaning(dialect, name))
}

fn meaning(dialect: Dialect, name: &str) -> Meaning {
    let Names { offer, partner, deep_link } = names(dialect);
    if [offer, partner, deep_link].concat().contains(&name) {
        return Meaning::Dropped;
    }
    let sub = |prefix: &str, most: usize| {
        let number = name.strip_prefix(prefix)?;
        let number = if number.is_empty() { 1 } else { number.parse::<usize>().ok().filter(|number| *number > 0)? };
        (number <= most).then(|| Meaning::Sub(number - 1))
    };
    let own = match dialect {
        Dialect::Tune => sub("aff_sub", 5).or_else(|| sub("aff_unique", 5).map(after_five)),
        Dialect::Keitaro => sub("sub_id_", 10),
        Dialect::Awin => sub("clickref", 6),
        Dialect::Everflow | Dialect::Affise => None,
    };
    let source = matches!(dialect, Dialect::Tune | Dialect::Keitaro) && name == "source";
    own.or(source.then_some(Meaning::Source)).unwrap_or_else(|| native_meaning(name))
}

fn after_five(meaning: Meaning) -> Meaning {
    match meaning {
        Meaning::Sub(index) => Meaning::Sub(index + 5),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    fn ask(dialect: Dialect, target: &'static str) -> Ask<'static> {
        Ask::read(dialect, &EdgeRequest::get("h", target, IpAddr::V4(Ipv4Addr::LOCALHOST)))
    }

    fn pair(offer: &'static str, partner: &'static str) -> Ask<'static> {
        Ask::Pair { offer: offer.into(), partner: partner.into(), deep_link: None }
    }

    #[test]
    fn recorded_links_name_their_offer_and_partner() {
        assert_eq!(ask(Dialect::Tune, "/aff_c?offer_id=26&aff_id=1001&aff_sub=x"), pair("26", "1001"));
        assert_eq!(ask(Dialect::Everflow, "/2B3T8/3QJ5/?sub1=x"), pair("3QJ5", "2B3T8"));
        assert_eq!(ask(Dialect::Everflow, "/?oid=7&affid=9"), pair("7", "9"));
        assert_eq!(ask(Dialect::Affise, "/click?pid=3&offer_id=12&sub1=x"), pair("12", "3"));
        assert_eq!(ask(Dialect::Awin, "/awclick.php?mid=1001&id=45628&clickref=x"), pair("1001", "45628"));
        assert_eq!(ask(Dialect::Keitaro, "/QqXk3D?sub_id_1=x"), Ask::Link("QqXk3D"));
        assert_eq!(ask(Dialect::Tune, "/aff_c?offer_id=26"), Ask::Nothing);
        let deep = ask(Dialect::Awin, "/cread.php?awinmid=1001&awinaffid=45628&ued=https%3A%2F%2Fshop.example%2Fx");
        let Ask::Pair { deep_link, .. } = deep else { panic!("a pair") };
        assert_eq!(deep_link.as_deref(), Some("https://shop.example/x"));
    }

    #[test]
    fn sub_ids_are_ours_and_own_ids_go_no_further() {
        let check = |dialect, query: &'static str, subs: &[(usize, &str)], source: &str, extras: &[(&str, &str)]| {
            let params = params(dialect, query);
            for (index, wanted) in subs {
                assert_eq!(params.subs[*index], *wanted, "{query}");
            }
            assert_eq!(params.source_id, source, "{query}");
            let found: Vec<_> = params.extras.iter().map(|(name, value)| (&**name, &**value)).collect();
            assert_eq!(found, extras, "{query}");
        };
        let tune = "offer_id=26&aff_id=1&aff_sub=a&aff_sub5=e&aff_unique1=u&source=s&aff_click_id=k&aff_sub6=no";
        check(Dialect::Tune, tune, &[(0, "a"), (4, "e"), (5, "u")], "s", &[("aff_click_id", "k"), ("aff_sub6", "no")]);
        check(Dialect::Everflow, "oid=1&affid=2&sub1=a&sub5=e&source_id=s", &[(0, "a"), (4, "e")], "s", &[]);
        check(
            Dialect::Affise,
            "pid=1&offer_id=2&sub1=a&sub8=h&ref_id=r",
            &[(0, "a"), (7, "h")],
            "",
            &[("ref_id", "r")],
        );
        let keitaro = "sub_id_1=a&sub_id_10=j&sub_id_11=k&sub_id_30=z&source=s&sub_id_0=n";
        let beyond = [("sub_id_11", "k"), ("sub_id_30", "z"), ("sub_id_0", "n")];
        check(Dialect::Keitaro, keitaro, &[(0, "a"), (9, "j")], "s", &beyond);
        let awin = "awinmid=1&awinaffid=2&clickref=a&clickref6=f&ued=x";
        check(Dialect::Awin, awin, &[(0, "a"), (5, "f")], "", &[]);
    }
}
