//! How a visitor of the tag came: told from the page's referrer and its UTM parameters.

use events::record::Channel;

use super::fields::Fields;
use crate::request::{lower_case, referrer_host};

/// Names of search engines: a label of the host before its country.
const SEARCH: [&str; 15] = [
    "google",
    "bing",
    "yahoo",
    "duckduckgo",
    "yandex",
    "ya",
    "baidu",
    "ecosia",
    "qwant",
    "startpage",
    "seznam",
    "naver",
    "kagi",
    "sogou",
    "ask",
];
const SOCIAL: [&str; 20] = [
    "facebook.com",
    "instagram.com",
    "t.co",
    "twitter.com",
    "x.com",
    "linkedin.com",
    "lnkd.in",
    "pinterest.com",
    "reddit.com",
    "vk.com",
    "ok.ru",
    "tiktok.com",
    "youtube.com",
    "t.me",
    "telegram.org",
    "whatsapp.com",
    "threads.net",
    "bsky.app",
    "snapchat.com",
    "wykop.pl",
];
const MAIL: [&str; 10] = [
    "mail.google.com",
    "outlook.live.com",
    "outlook.office.com",
    "mail.yahoo.com",
    "mail.yandex.ru",
    "e.mail.ru",
    "poczta.onet.pl",
    "poczta.wp.pl",
    "mail.proton.me",
    "com.google.android.gm",
];

/// `None` inside a visit, and where a click of ours brought the visitor.
pub fn of_touch(fields: &Fields) -> Option<Channel> {
    let is_entry = fields.get("entry").is_some() && fields.get("arrived").is_none();
    is_entry.then(|| {
        let host = referrer_host(fields.get("referrer").unwrap_or_default());
        let medium = lower_case(fields.get("utm_medium").unwrap_or_default());
        let is_marked = ["utm_source", "utm_campaign", "utm_medium"].iter().any(|name| fields.get(name).is_some());
        let by_medium = of_medium(&medium).or_else(|| fields.get("paid").map(|_| Channel::PaidSearch));
        by_medium.or_else(|| is_marked.then_some(Channel::Campaign)).unwrap_or_else(|| of_host(&host))
    })
}

fn of_medium(medium: &str) -> Option<Channel> {
    match medium {
        "email" | "e-mail" | "mail" | "newsletter" => Some(Channel::Email),
        "cpc" | "ppc" | "paidsearch" | "paid_search" | "paid-search" | "sem" => Some(Channel::PaidSearch),
        "social" | "social-network" | "social_media" | "sm" | "paid_social" | "paidsocial" | "paid-social" => {
            Some(Channel::Social)
        }
        "display" | "banner" | "cpm" | "programmatic" => Some(Channel::Display),
        "organic" => Some(Channel::OrganicSearch),
        "referral" => Some(Channel::Referral),
        _ => None,
    }
}

fn of_host(host: &str) -> Channel {
    let below = |names: &[&str]| names.iter().any(|name| host == *name || is_below(host, name));
    match host {
        "" => Channel::Direct,
        _ if below(&MAIL) => Channel::Email,
        _ if below(&SOCIAL) => Channel::Social,
        _ if is_search(host) => Channel::OrganicSearch,
        _ => Channel::Referral,
    }
}

fn is_below(host: &str, name: &str) -> bool {
    host.strip_suffix(name).is_some_and(|before| before.ends_with('.'))
}

/// `www.google.co.uk`: the engine's name stands before one or two labels of at most three letters.
fn is_search(host: &str) -> bool {
    let mut labels = host.rsplit('.');
    let country = labels.next().unwrap_or_default();
    let Some(second) = labels.next() else { return false };
    let named = |label: &str| SEARCH.contains(&label);
    let is_short = |label: &str| (2..=3).contains(&label.len());
    country.len() <= 4 && (named(second) || is_short(second) && labels.next().is_some_and(named))
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;
    use crate::request::EdgeRequest;

    fn channel(query: &str) -> Option<&'static str> {
        let target = format!("/t?{query}");
        let request = EdgeRequest::get("go.example", &target, IpAddr::V4(Ipv4Addr::LOCALHOST));
        of_touch(&Fields::read(&request).expect("fields")).map(Channel::code)
    }

    #[test]
    fn each_way_to_come_has_its_channel() {
        for (query, expected) in [
            ("entry=1", Some("direct")),
            ("", None),
            ("entry=1&arrived=1", None),
            ("entry=1&referrer=https://www.google.co.uk/", Some("organic_search")),
            ("entry=1&referrer=https://yandex.ru/search", Some("organic_search")),
            ("entry=1&referrer=https://search.yahoo.com/", Some("organic_search")),
            ("entry=1&referrer=https://google.evil.example/", Some("referral")),
            ("entry=1&referrer=https://mail.google.com/mail", Some("email")),
            ("entry=1&referrer=https://l.facebook.com/", Some("social")),
            ("entry=1&referrer=https://notfacebook.com/", Some("referral")),
            ("entry=1&referrer=https://news.example/a", Some("referral")),
            ("entry=1&utm_medium=Email&referrer=https://www.google.pl/", Some("email")),
            ("entry=1&utm_medium=cpc", Some("paid_search")),
            ("entry=1&paid=1&referrer=https://www.google.pl/", Some("paid_search")),
            ("entry=1&utm_medium=paid_social&paid=1", Some("social")),
            ("entry=1&utm_source=flyer", Some("campaign")),
            ("entry=1&referrer=not an address", Some("direct")),
        ] {
            assert_eq!(channel(query), expected, "{query}");
        }
    }
}
