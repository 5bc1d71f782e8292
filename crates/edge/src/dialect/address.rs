//! Which door of a dialect an address names, by path and query alone.

use super::{Dialect, Dialects};
use crate::params::MAX_PAIRS;

/// First parts of paths that belong to native doors and to the application: never an alias or an id.
const RESERVED: [&str; 13] =
    ["api", "assets", "c", "docs", "favicon", "healthz", "i", "openapi", "postback", "px", "readyz", "t", "v1"];
/// Longest alias, key or id in a path, in bytes.
const MAX_SEGMENT_BYTES: usize = 128;

/// How a conversion is reported, and so how it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// From server to server.
    Postback,
    /// An image on the advertiser's page; the click may be named by the browser's cookie.
    Pixel,
}

/// A door of a dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    Click(Dialect),
    View(Dialect),
    Conversion(Dialect, Manner),
}

impl Address {
    /// The door at `path`, on a host that speaks `spoken`.
    pub fn of(spoken: Dialects, path: &str, query: &str) -> Option<Self> {
        let exact = exact(path, query).filter(|address| spoken.speak(address.dialect()));
        exact
            .or_else(|| spoken.speak(Dialect::Keitaro).then(|| keitaro_postback(path)).flatten())
            .or_else(|| spoken.speak(Dialect::Everflow).then(|| everflow(path, query)).flatten())
            .or_else(|| spoken.speak(Dialect::Keitaro).then(|| keitaro_alias(path)).flatten())
    }

    pub const fn dialect(self) -> Dialect {
        match self {
            Self::Click(dialect) | Self::View(dialect) | Self::Conversion(dialect, _) => dialect,
        }
    }
}

fn exact(path: &str, query: &str) -> Option<Address> {
    use Address::{Click, Conversion, View};
    use Dialect::{Affise, Awin, Tune};
    Some(match path {
        "/aff_c" => Click(Tune),
        "/aff_i" => View(Tune),
        "/aff_lsr" => Conversion(Tune, Manner::Postback),
        "/aff_l" => Conversion(Tune, Manner::Pixel),
        "/aff_goal" if value(query, "a").as_deref() == Some("l") => Conversion(Tune, Manner::Pixel),
        "/aff_goal" => Conversion(Tune, Manner::Postback),
        "/click" => Click(Affise),
        "/postback" => Conversion(Affise, Manner::Postback),
        "/cread.php" | "/awclick.php" => Click(Awin),
        "/sread.php" if value(query, "tt").as_deref() == Some("ss") => Conversion(Awin, Manner::Postback),
        "/sread.php" | "/sread.img" => Conversion(Awin, Manner::Pixel),
        _ => return None,
    })
}

fn everflow(path: &str, query: &str) -> Option<Address> {
    let names = |some: &[&str]| some.iter().any(|name| value(query, name).is_some());
    let at_root = path == "/" || path.is_empty();
    let is_conversion = at_root && names(&["nid"]);
    let by_query = at_root && names(&["oid", "offer_id"]) && names(&["affid", "affiliate_id"]);
    if is_conversion {
        return Some(Address::Conversion(Dialect::Everflow, Manner::Postback));
    }
    (by_query || pair(path).is_some()).then_some(Address::Click(Dialect::Everflow))
}

fn keitaro_postback(path: &str) -> Option<Address> {
    key_of_postback(path).map(|_| Address::Conversion(Dialect::Keitaro, Manner::Postback))
}

fn keitaro_alias(path: &str) -> Option<Address> {
    alias(path).map(|_| Address::Click(Dialect::Keitaro))
}

/// The two ids of `/{affid}/{oid}/`.
pub fn pair(path: &str) -> Option<(&str, &str)> {
    let path = path.strip_prefix('/')?;
    let (first, second) = path.strip_suffix('/').unwrap_or(path).split_once('/')?;
    (is_free(first) && is_plain(second)).then_some((first, second))
}

/// The key of `/{key}/postback`.
pub fn key_of_postback(path: &str) -> Option<&str> {
    let key = path.strip_prefix('/')?.strip_suffix("/postback")?;
    is_free(key).then_some(key)
}

/// The alias of `/{alias}`.
pub fn alias(path: &str) -> Option<&str> {
    let path = path.strip_prefix('/')?;
    let alias = path.strip_suffix('/').unwrap_or(path);
    is_free(alias).then_some(alias)
}

fn is_free(segment: &str) -> bool {
    is_plain(segment) && !RESERVED.contains(&segment)
}

fn is_plain(segment: &str) -> bool {
    let plain = segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    !segment.is_empty() && segment.len() <= MAX_SEGMENT_BYTES && plain
}

/// The first value of a parameter that is not empty.
pub fn value<'a>(query: &'a str, name: &str) -> Option<std::borrow::Cow<'a, str>> {
    let pairs = form_urlencoded::parse(query.as_bytes()).take(MAX_PAIRS);
    pairs.into_iter().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(spoken: &[Dialect], target: &str) -> Option<Address> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Address::of(spoken.iter().copied().collect(), path, query)
    }

    #[test]
    fn each_dialect_has_its_doors() {
        use Address::{Click, Conversion, View};
        use Dialect::{Affise, Awin, Everflow, Keitaro, Tune};
        let (postback, pixel) = (Manner::Postback, Manner::Pixel);
        for (target, wanted) in [
            ("/aff_c?offer_id=26&aff_id=1001", Click(Tune)),
            ("/aff_i?offer_id=26&aff_id=1001", View(Tune)),
            ("/aff_lsr?transaction_id=1", Conversion(Tune, postback)),
            ("/aff_l?offer_id=26", Conversion(Tune, pixel)),
            ("/aff_goal?a=lsr&goal_id=2", Conversion(Tune, postback)),
            ("/aff_goal?a=l&goal_id=2", Conversion(Tune, pixel)),
            ("/2B3T8/3QJ5/?sub1=a", Click(Everflow)),
            ("/2B3T8/3QJ5", Click(Everflow)),
            ("/?oid=7&affid=9", Click(Everflow)),
            ("/?nid=1&transaction_id=x", Conversion(Everflow, postback)),
            ("/click?pid=1&offer_id=2", Click(Affise)),
            ("/postback?clickid=x", Conversion(Affise, postback)),
            ("/e89bcbe/postback?subid=x", Conversion(Keitaro, postback)),
            ("/QqXk3D?sub_id_1=a", Click(Keitaro)),
            ("/cread.php?awinmid=1&awinaffid=2", Click(Awin)),
            ("/awclick.php?mid=1&id=2", Click(Awin)),
            ("/sread.php?tt=ss&tv=2", Conversion(Awin, postback)),
            ("/sread.img?tt=ns&tv=2", Conversion(Awin, pixel)),
        ] {
            assert_eq!(check(&Dialect::ALL, target), Some(wanted), "{target}");
            let others: Vec<_> = Dialect::ALL.into_iter().filter(|spoken| *spoken != wanted.dialect()).collect();
            assert_ne!(check(&others, target).map(Address::dialect), Some(wanted.dialect()), "{target}");
            assert_eq!(check(&[], target), None, "{target}");
        }
    }

    #[test]
    fn native_doors_and_the_application_are_never_shadowed() {
        for path in [
            "/",
            "/v1/offers",
            "/docs",
            "/c/slug",
            "/i/slug",
            "/t",
            "/t.js",
            "/px.gif",
            "/openapi.json",
            "/assets/index.js",
            "/healthz",
            "/readyz",
            "/favicon.ico",
            "//",
            "/a/b/c",
            "/a b",
            "/..",
            "/ż",
        ] {
            assert_eq!(check(&[Dialect::Everflow, Dialect::Keitaro], path), None, "{path}");
        }
    }
}
