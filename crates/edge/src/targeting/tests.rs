//! A table for every field, and random conditions against a plain reading of the same words.

use kernel::{
    Timestamp,
    targeting::{TargetingCondition, TargetingField as Field, TargetingMatch as Match, TargetingMode as Mode},
};
use proptest::prelude::*;

use super::*;
use crate::redirect::{
    place::{Area, ProxyKinds},
    version::Version,
};

/// A Monday, 10:30 in Warsaw.
const NOW: &str = "2026-11-23T09:30:00Z";

fn sight() -> Sight<'static> {
    let mut subs = [""; 10];
    subs[0] = "banner-7";
    subs[9] = "150";
    Sight {
        at: Timestamp::parse(NOW).expect("a time"),
        country: "PL",
        area: Area { region: "Mazovia", region_code: "14", city: "Warsaw" },
        language: "pl",
        device: "mobile",
        brand: "Samsung",
        os: "Android",
        os_version: Version::find("14"),
        browser: "Chrome",
        browser_version: Version::find("131.0.6778.39"),
        connection: "cellular",
        asn: 5617,
        owner: "Orange Polska",
        proxy: Some(ProxyKinds::named("vpn").expect("a kind")),
        referrer_host: "my.blog.example",
        source_id: "Site-42",
        subs,
    }
}

fn unknown() -> Sight<'static> {
    Sight {
        at: Timestamp::parse(NOW).expect("a time"),
        country: "",
        area: Area::default(),
        language: "",
        device: "",
        brand: "",
        os: "",
        os_version: Version::UNKNOWN,
        browser: "",
        browser_version: Version::UNKNOWN,
        connection: "",
        asn: 0,
        owner: "",
        proxy: None,
        referrer_host: "",
        source_id: "",
        subs: [""; 10],
    }
}

fn condition(field: Field, mode: Mode, compare: Option<Match>, values: &[&str]) -> TargetingCondition {
    let values = values.iter().map(|text| (*text).to_owned()).collect();
    TargetingCondition { field, mode, compare, values, timezone: None }
}

/// Which reason an including and an excluding condition give such a visitor.
fn both(sight: &Sight<'_>, field: Field, compare: Option<Match>, values: &[&str]) -> [Option<ClickReason>; 2] {
    [Mode::Include, Mode::Exclude].map(|mode| {
        let checked = checked(&[condition(field, mode, compare, values)], "Europe/Warsaw").expect("sound");
        Targeting::of(checked).expect("a condition").speaker(sight).map(|(_, reason)| reason)
    })
}

#[test]
fn every_field_is_matched_and_missed() {
    use Match::{Exact, Pattern, Range};
    let hits = |field: Field, compare: Match, values: &[&str]| {
        let wanted = [None, Some(field.reason())];
        assert_eq!(both(&sight(), field, Some(compare), values), wanted, "{field:?} {values:?}");
    };
    let misses = |field: Field, compare: Match, values: &[&str]| {
        let wanted = [Some(field.reason()), None];
        assert_eq!(both(&sight(), field, Some(compare), values), wanted, "{field:?} {values:?}");
    };
    hits(Field::Country, Exact, &["de", " pl "]);
    misses(Field::Country, Exact, &["DE", "AT", "CH"]);
    hits(Field::Region, Exact, &["mazovia"]);
    hits(Field::Region, Exact, &["PL-14"]);
    hits(Field::Region, Pattern, &["maz*"]);
    misses(Field::Region, Exact, &["DE-14", "14"]);
    hits(Field::City, Exact, &["WARSAW"]);
    hits(Field::City, Pattern, &["W?rs*"]);
    misses(Field::City, Exact, &["Wars"]);
    hits(Field::Language, Exact, &["PL"]);
    misses(Field::Language, Exact, &["en"]);
    hits(Field::Device, Exact, &["Mobile", "tablet"]);
    misses(Field::Device, Exact, &["desktop"]);
    hits(Field::Brand, Exact, &["samsung"]);
    misses(Field::Brand, Pattern, &["*apple*"]);
    hits(Field::Os, Exact, &["android"]);
    misses(Field::Os, Exact, &["iOS", "Windows"]);
    hits(Field::OsVersion, Exact, &["14"]);
    hits(Field::OsVersion, Range, &["iOS 15..", "Android 12..14"]);
    misses(Field::OsVersion, Range, &["iOS 12..14"]);
    misses(Field::OsVersion, Range, &["..13.9"]);
    hits(Field::Browser, Pattern, &["chro*"]);
    misses(Field::Browser, Exact, &["Safari"]);
    hits(Field::BrowserVersion, Exact, &["Chrome 131.0"]);
    misses(Field::BrowserVersion, Range, &["132.."]);
    hits(Field::Connection, Exact, &["cellular"]);
    misses(Field::Connection, Exact, &["corporate", "cable_dsl"]);
    hits(Field::Asn, Exact, &["AS5617"]);
    hits(Field::Asn, Range, &["1..10", "as5000..6000"]);
    misses(Field::Asn, Exact, &["5618"]);
    hits(Field::NetworkOwner, Pattern, &["orange*"]);
    misses(Field::NetworkOwner, Exact, &["Orange"]);
    hits(Field::Proxy, Exact, &["any"]);
    hits(Field::Proxy, Exact, &["tor", "vpn"]);
    misses(Field::Proxy, Exact, &["hosting"]);
    misses(Field::Proxy, Exact, &["none"]);
    hits(Field::Referrer, Exact, &["My.Blog.Example"]);
    hits(Field::Referrer, Pattern, &["*.blog.example"]);
    misses(Field::Referrer, Exact, &["blog.example", ""]);
    hits(Field::Source, Exact, &["site-42"]);
    hits(Field::Source, Pattern, &["site-*"]);
    misses(Field::Source, Range, &["1..100"]);
    hits(Field::Sub1, Exact, &["banner-7"]);
    hits(Field::Sub10, Range, &["100..199"]);
    misses(Field::Sub10, Range, &["..149", "151.."]);
    hits(Field::Sub2, Exact, &[""]);
    misses(Field::Sub2, Pattern, &["*"]);
    hits(Field::DayPart, Range, &["mon-fri 08:00-20:00"]);
    misses(Field::DayPart, Range, &["sat,sun", "mon 08:00-10:30"]);
    hits(Field::Schedule, Range, &["2026-11-01..2026-11-23"]);
    misses(Field::Schedule, Range, &["2026-11-24..", "..2026-11-22"]);
}

#[test]
fn what_is_unknown_is_refused_by_an_inclusion_and_let_through_by_an_exclusion() {
    for (field, value) in [
        (Field::Country, "PL"),
        (Field::Region, "Mazovia"),
        (Field::City, "Warsaw"),
        (Field::Language, "pl"),
        (Field::Device, "mobile"),
        (Field::Brand, "Apple"),
        (Field::Os, "iOS"),
        (Field::OsVersion, "14"),
        (Field::Browser, "Chrome"),
        (Field::BrowserVersion, "131"),
        (Field::Connection, "cellular"),
        (Field::Asn, "5617"),
        (Field::NetworkOwner, "Orange"),
        (Field::Proxy, "any"),
        (Field::Proxy, "none"),
        (Field::Referrer, "blog.example"),
        (Field::Source, "7"),
        (Field::Sub5, "7"),
    ] {
        assert_eq!(both(&unknown(), field, None, &[value]), [Some(field.reason()), None], "{field:?}");
    }
    assert_eq!(both(&unknown(), Field::OsVersion, Some(Match::Range), &["..99"])[1], None);
    assert_eq!(both(&unknown(), Field::Asn, Some(Match::Range), &["..99"])[1], None);
}

#[test]
fn every_condition_must_let_through_and_the_first_that_does_not_speaks() {
    let list = [
        condition(Field::Country, Mode::Include, None, &["PL"]),
        condition(Field::Source, Mode::Exclude, Some(Match::Pattern), &["site-4*"]),
        condition(Field::Device, Mode::Include, None, &["desktop"]),
    ];
    let held = Targeting::of(checked(&list, "UTC").expect("sound")).expect("some");
    assert_eq!(held.speaker(&sight()), Some((1, ClickReason::SourceBlocked)));
    assert_eq!(held.standings(&sight()).map(|one| one.lets_through).collect::<Vec<_>>(), [true, false, false]);
    assert!(Targeting::of(Vec::new()).is_none());
    assert_eq!(held.needs, Needs::default());
    let costly = checked(&[condition(Field::City, Mode::Include, None, &["Warsaw"])], "UTC").expect("sound");
    assert_eq!(Targeting::of(costly).expect("some").needs, Needs { area: true, ..Needs::default() });
}

#[test]
fn what_cannot_be_read_is_refused_where_it_stands() {
    let check = |field: Field, compare: Option<Match>, values: &[&str], place: &str| {
        let refusal = checked(&[condition(field, Mode::Include, compare, values)], "UTC").expect_err("refused");
        assert_eq!(refusal.fields[0].field, format!("targeting.0.{place}"), "{refusal}");
    };
    check(Field::Country, None, &["PL", "Poland"], "values.1");
    check(Field::Country, Some(Match::Pattern), &["P*"], "match");
    check(Field::Country, None, &[], "values");
    check(Field::City, None, &[" "], "values.0");
    check(Field::City, Some(Match::Pattern), &["a\u{7}b"], "values.0");
    check(Field::Source, Some(Match::Pattern), &[""], "values.0");
    check(Field::Source, Some(Match::Range), &["a..b"], "values.0");
    check(Field::Language, None, &["Polish"], "values.0");
    check(Field::Device, None, &["phone"], "values.0");
    check(Field::Connection, None, &["wifi"], "values.0");
    check(Field::Proxy, None, &["all"], "values.0");
    check(Field::OsVersion, None, &["12..14"], "values.0");
    check(Field::OsVersion, Some(Match::Range), &["Android"], "values.0");
    check(Field::Asn, None, &["Orange"], "values.0");
    check(Field::DayPart, None, &["always"], "values.0");
    check(Field::Schedule, None, &["soon"], "values.0");
    let mut elsewhere = condition(Field::DayPart, Mode::Include, None, &["mon"]);
    elsewhere.timezone = Some("Mars/Olympus".to_owned());
    let refusal = checked(&[elsewhere], "UTC").expect_err("refused");
    assert_eq!(refusal.fields[0].field, "targeting.0.timezone");
    let many = vec![condition(Field::Country, Mode::Include, None, &["PL"]); CONDITIONS_MAX + 1];
    assert_eq!(checked(&many, "UTC").expect_err("refused").fields[0].field, "targeting");
}

#[test]
fn a_list_is_kept_in_order() {
    let list = [condition(Field::DayPart, Mode::Include, None, &["  MON-FRI   08:00-20:00 ", "mon-fri 08:00-20:00"])];
    let kept = checked(&list, "Europe/Warsaw").expect("sound");
    assert_eq!(kept[0].values, ["mon-fri 08:00-20:00"]);
    assert_eq!((kept[0].compare, kept[0].timezone.as_deref()), (Some(Match::Range), Some("Europe/Warsaw")));
    assert_eq!(checked(&kept, "UTC").expect("sound"), kept);
}

#[test]
fn a_stored_condition_that_cannot_be_read_lets_nobody_in_and_keeps_nobody_out() {
    let broken = |mode| Targeting::of(vec![condition(Field::Country, mode, None, &["Poland"])]).expect("some");
    assert!(broken(Mode::Include).speaker(&sight()).is_some());
    assert!(broken(Mode::Exclude).speaker(&sight()).is_none());
}

/// The same meaning read plainly, value by value and with as many allocations as it likes.
mod plain {
    use super::*;

    pub fn speaker(list: &[TargetingCondition], sight: &Sight<'_>) -> Option<usize> {
        list.iter().position(|one| {
            let matches = one.values.iter().any(|value| matches(one, value, sight));
            matches != (one.mode == Mode::Include)
        })
    }

    fn matches(one: &TargetingCondition, value: &str, sight: &Sight<'_>) -> bool {
        match one.field {
            Field::Asn => sight.asn > 0 && within(&value.to_uppercase().replace("AS", ""), &sight.asn.to_string()),
            Field::OsVersion => version(value, sight.os, sight.os_version),
            Field::BrowserVersion => version(value, sight.browser, sight.browser_version),
            Field::Proxy => sight.proxy.is_some_and(|kinds| match value {
                "none" => kinds.0 == 0,
                "any" => kinds.0 != 0,
                name => kinds.names().any(|kind| kind == name),
            }),
            Field::DayPart => day_part(value, one.timezone.as_deref().expect("a zone"), sight.at),
            Field::Schedule => schedule(value, sight.at),
            Field::Region => {
                let code = format!("{}-{}", sight.country, sight.area.region_code);
                let code = if sight.area.region_code.is_empty() { String::new() } else { code };
                text(one, value, sight.area.region) || !code.is_empty() && text(one, value, &code)
            }
            field => text(one, value, sight.text(field)),
        }
    }

    fn text(one: &TargetingCondition, value: &str, seen: &str) -> bool {
        let (value, seen) = (value.to_lowercase(), seen.to_lowercase());
        match one.compare {
            Some(Match::Pattern) if seen.is_empty() => false,
            Some(Match::Pattern) => {
                let pattern = regex::escape(&value).replace(r"\*", ".*").replace(r"\?", ".");
                regex::Regex::new(&format!("(?s)^(?:{pattern})$")).expect("a pattern").is_match(&seen)
            }
            Some(Match::Range) => within(&value, &seen),
            _ => value == seen,
        }
    }

    fn within(range: &str, seen: &str) -> bool {
        let Ok(seen) = seen.parse::<u64>() else { return false };
        let (first, last) = range.split_once("..").unwrap_or((range, range));
        let (first, last) = (first.trim().parse().unwrap_or(0), last.trim().parse().unwrap_or(u64::MAX));
        (first..=last).contains(&seen)
    }

    fn version(value: &str, name: &str, version: Version) -> bool {
        let (wanted, range) = value.rsplit_once(' ').unwrap_or(("", value));
        if !wanted.is_empty() && wanted.to_lowercase() != name.to_lowercase() || version == Version::UNKNOWN {
            return false;
        }
        let (first, last) = range.split_once("..").unwrap_or((range, range));
        let parts = |text: &str| text.split('.').filter_map(|part| part.parse().ok()).collect::<Vec<u32>>();
        let shown = version.to_string();
        let seen = |len: usize| {
            let mut seen = parts(&shown);
            seen.resize(len.max(seen.len()), 0);
            seen
        };
        let (first, last) = (parts(first), parts(last));
        let above = seen(first.len()) >= first;
        above && (last.is_empty() || seen(last.len())[..last.len()] <= last[..])
    }

    fn day_part(value: &str, zone: &str, at: Timestamp) -> bool {
        let zone = jiff::tz::TimeZone::get(zone).expect("a zone");
        let local = jiff::Timestamp::from_millisecond(at.millis()).expect("a time").to_zoned(zone);
        let minute = |text: &str| {
            let (hours, minutes) = text.split_once(':').expect("hours");
            hours.parse::<i64>().expect("hours") * 60 + minutes.parse::<i64>().expect("minutes")
        };
        let (day, hours) = value.split_once(' ').expect("a day and hours");
        let (first, end) = hours.split_once('-').expect("hours");
        let (first, end) = (minute(first), minute(end));
        let now = i64::from(local.hour()) * 60 + i64::from(local.minute());
        let is = |date: jiff::civil::Date| format!("{:?}", date.weekday())[..3].to_lowercase() == day;
        let today = is(local.date());
        let yesterday = is(local.date().yesterday().expect("a day"));
        if end > first { today && (first..end).contains(&now) } else { today && now >= first || yesterday && now < end }
    }

    fn schedule(value: &str, at: Timestamp) -> bool {
        let (first, last) = value.split_once("..").expect("a span");
        let moment = |text: &str| Timestamp::parse(text).map(Timestamp::millis);
        moment(first).is_none_or(|first| first <= at.millis()) && moment(last).is_none_or(|last| at.millis() < last)
    }
}

fn any_condition() -> impl Strategy<Value = TargetingCondition> {
    let of = |field: Field, compare: Match, values: &'static [&'static str]| {
        let values = prop::collection::vec(prop::sample::select(values), 1..4);
        let mode = prop_oneof![Just(Mode::Include), Just(Mode::Exclude)];
        (values, mode).prop_map(move |(values, mode)| condition(field, mode, Some(compare), &values)).boxed()
    };
    prop_oneof![
        of(Field::Country, Match::Exact, &["PL", "DE", "US"]),
        of(Field::Region, Match::Exact, &["Mazovia", "PL-14", "DE-BE", "Berlin"]),
        of(Field::Region, Match::Pattern, &["m*", "*-14", "?erlin"]),
        of(Field::City, Match::Pattern, &["War*", "*a*", "B??lin", "łó*"]),
        of(Field::Language, Match::Exact, &["pl", "de"]),
        of(Field::Device, Match::Exact, &["mobile", "desktop"]),
        of(Field::Brand, Match::Exact, &["Samsung", "Apple"]),
        of(Field::OsVersion, Match::Range, &["12..14", "Android 13..", "iOS ..17.4", "..9", "14.1..14.2"]),
        of(Field::BrowserVersion, Match::Exact, &["131", "Chrome 131.0.6778", "17.5"]),
        of(Field::Asn, Match::Range, &["AS5617", "1..100", "5000..6000", "6001.."]),
        of(Field::NetworkOwner, Match::Pattern, &["Orange*", "*Telekom*"]),
        of(Field::Proxy, Match::Exact, &["any", "none", "vpn", "tor"]),
        of(Field::Referrer, Match::Exact, &["my.blog.example", "", "news.example"]),
        of(Field::Referrer, Match::Pattern, &["*.blog.example", "news.*", "*"]),
        of(Field::Source, Match::Pattern, &["site-*", "?ite-4?", "*2"]),
        of(Field::Sub1, Match::Exact, &["banner-7", "", "x"]),
        of(Field::Sub10, Match::Range, &["100..199", "..9", "200.."]),
        of(Field::DayPart, Match::Range, &["mon 08:00-20:00", "sun 22:00-06:00", "fri 20:00-08:00", "wed 00:00-24:00"]),
        of(Field::Schedule, Match::Range, &["2026-11-23T00:00:00Z..", "..2026-11-24T00:00:00Z"]),
    ]
}

fn any_sight() -> impl Strategy<Value = Sight<'static>> {
    let pick = |texts: &'static [&'static str]| prop::sample::select(texts);
    let place = (
        pick(&["", "PL", "DE"]),
        pick(&["", "Mazovia", "Berlin"]),
        pick(&["", "14", "BE"]),
        pick(&["", "Warsaw", "Łódź"]),
    );
    let agent = (
        pick(&["", "mobile", "desktop"]),
        pick(&["", "Samsung", "Apple"]),
        pick(&["", "Android", "iOS"]),
        pick(&["", "14.2", "17.5", "9"]),
    );
    let net = (
        prop::sample::select(&[0_u32, 5617, 99, 7000][..]),
        pick(&["", "Orange Polska", "Deutsche Telekom AG"]),
        prop::option::of(prop::sample::select(&["vpn", "tor"][..])),
        any::<bool>(),
    );
    let sent = (
        pick(&["", "my.blog.example", "news.example"]),
        pick(&["", "Site-42", "site-9"]),
        pick(&["", "banner-7"]),
        pick(&["", "150", "7", "abc"]),
    );
    let at = 1_763_000_000_000_i64..1_795_000_000_000;
    (place, agent, net, sent, at, pick(&["", "pl", "de"]), pick(&["", "131.0.6778.39", "17.5"])).prop_map(
        |(place, agent, net, sent, at, language, browser_version)| {
            let mut subs = [""; 10];
            (subs[0], subs[9]) = (sent.2, sent.3);
            let kind = net.2.and_then(ProxyKinds::named);
            Sight {
                at: Timestamp::from_millis(at),
                country: place.0,
                area: Area {
                    region: place.1,
                    region_code: if place.0.is_empty() { "" } else { place.2 },
                    city: place.3,
                },
                language,
                device: agent.0,
                brand: agent.1,
                os: agent.2,
                os_version: Version::find(agent.3),
                browser: "Chrome",
                browser_version: Version::find(browser_version),
                connection: "",
                asn: net.0,
                owner: net.1,
                proxy: kind.or(net.3.then_some(ProxyKinds(0))),
                referrer_host: sent.0,
                source_id: sent.1,
                subs,
            }
        },
    )
}

proptest! {
    #[test]
    fn compiled_conditions_mean_what_a_plain_reading_says(
        list in prop::collection::vec(any_condition(), 1..6), sight in any_sight()
    ) {
        let kept = checked(&list, "Europe/Warsaw").expect("sound");
        let held = Targeting::of(kept.clone()).expect("some");
        let spoke = held.speaker(&sight).map(|(place, _)| usize::from(place));
        prop_assert_eq!(spoke, plain::speaker(&kept, &sight), "{:?} {:?}", kept, sight);
    }

    #[test]
    fn no_text_makes_it_panic(values in prop::collection::vec(".{0,20}|[0-9a-z:. *?,-]{0,20}", 0..4), field in 0_usize..28, compare in 0_usize..4, sight in any_sight()) {
        let fields = [
            Field::Country, Field::Region, Field::City, Field::Language, Field::Device, Field::Brand, Field::Os,
            Field::OsVersion, Field::Browser, Field::BrowserVersion, Field::Connection, Field::Asn, Field::NetworkOwner,
            Field::Proxy, Field::Referrer, Field::Source, Field::DayPart, Field::Schedule,
        ];
        let field = fields.get(field).copied().unwrap_or(Field::SUBS[field % 10]);
        let compare = [None, Some(Match::Exact), Some(Match::Range), Some(Match::Pattern)][compare];
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let list = [condition(field, Mode::Include, compare, &values)];
        let kept = checked(&list, "Europe/Warsaw").unwrap_or_else(|_| list.to_vec());
        let _ = Targeting::of(kept).expect("some").speaker(&sight);
    }
}
