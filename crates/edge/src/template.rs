//! Addresses with out-macros, parsed once when they are loaded and filled per click.
//!
//! Invariant: the scheme, host and port of a filled address are those of the parsed text, whatever the values are. Macros
//! may stand only behind the host, and every value is percent-encoded down to unreserved characters (RFC 3986 §2.3).

use std::borrow::Cow;

use url::{Host, Url};

/// Longest template; a longer one is refused at load.
const MAX_TEMPLATE_BYTES: usize = 2_048;
/// Macros in one template; further braces are left as plain text.
const MAX_MACROS: usize = 64;

macro_rules! macros {
    ($($name:ident $word:literal,)+) => {
        /// An out-macro that is not numbered.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Macro {
            /// `{sub1}` to `{sub10}`, counted from 0.
            Sub(u8),
            $($name,)+
        }

        impl Macro {
            /// Every macro that is not numbered, by its word.
            pub const WORDS: &[(&str, Self)] = &[$(($word, Self::$name)),+];
        }
    };
}

macros! {
    ClickId "click_id",
    OfferId "offer_id",
    PartnerId "partner_id",
    LinkId "link_id",
    CreativeId "creative_id",
    LandingId "landing_id",
    SourceId "source_id",
    Country "country",
    Device "device",
    Os "os",
    Browser "browser",
    City "city",
    Timestamp "timestamp",
    Goal "goal",
    Amount "amount",
    Payout "payout",
    Currency "currency",
    OrderId "order_id",
    Status "status",
    Reason "reason",
    ConversionId "conversion_id",
}

impl Macro {
    pub fn from_word(word: &str) -> Option<Self> {
        if let Some(number) = word.strip_prefix("sub") {
            let index = (1..=10_u8).find(|index| index.to_string() == number)?;
            return Some(Self::Sub(index - 1));
        }
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, name)| *name)
    }
}

/// What the macros of one click or conversion stand for. Unknown values are empty.
pub trait MacroValues {
    fn value(&self, name: Macro) -> Cow<'_, str>;
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Text(Box<str>),
    Macro(Macro),
}

/// Text with macros. A word in braces that is no macro stays as it is, its braces percent-encoded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template {
    pieces: Vec<Piece>,
}

impl Template {
    pub fn parse(text: &str) -> Self {
        let mut template = Self::default();
        let mut rest = text;
        while let Some((before, name, after)) = next_macro(rest) {
            if template.pieces.len() >= 2 * MAX_MACROS {
                break;
            }
            template.push_text(before);
            template.pieces.push(Piece::Macro(name));
            rest = after;
        }
        template.push_text(rest);
        template
    }

    pub fn holds(&self, name: Macro) -> bool {
        self.pieces.contains(&Piece::Macro(name))
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Appends the text with every macro filled and percent-encoded.
    pub fn fill(&self, out: &mut String, values: &impl MacroValues) {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Macro(name) => encode(out, &values.value(*name)),
            }
        }
    }

    fn push_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(literal(text).into_boxed_str()));
        }
    }
}

/// The first known macro in `text`, with what stands before and after it.
fn next_macro(text: &str) -> Option<(&str, Macro, &str)> {
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| at + from) {
        let close = open + text[open..].find('}')?;
        if let Some(name) = Macro::from_word(&text[open + 1..close]) {
            return Some((&text[..open], name, &text[close + 1..]));
        }
        from = open + 1;
    }
    None
}

/// Template text as it may stand in a Location header: everything outside the URL alphabet is percent-encoded.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
        if plain { out.push(char::from(byte)) } else { encode_byte(&mut out, byte) }
    }
    out
}

/// Appends `value` percent-encoded: only letters, digits and `-._~` stay.
pub fn encode(out: &mut String, value: &str) {
    for byte in value.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if plain { out.push(char::from(byte)) } else { encode_byte(out, byte) }
    }
}

fn encode_byte(out: &mut String, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(HEX[usize::from(byte >> 4)]));
    out.push(char::from(HEX[usize::from(byte & 15)]));
}

/// Hosts that may be redirected to.
#[derive(Clone, Debug, Default)]
pub struct Hosts {
    exact: Vec<String>,
    /// `.shop.example` for `*.shop.example`.
    below: Vec<String>,
}

impl Hosts {
    pub fn new(hosts: &[String]) -> Self {
        let mut all = Self::default();
        for host in hosts {
            match host.strip_prefix('*') {
                Some(suffix) if suffix.starts_with('.') => all.below.push(suffix.to_ascii_lowercase()),
                _ => all.exact.extend(Host::parse(host).map(|host| host.to_string())),
            }
        }
        all
    }

    pub fn allow(&self, host: &str) -> bool {
        self.exact.iter().any(|exact| exact == host) || self.below.iter().any(|below| host.ends_with(below.as_str()))
    }
}

/// An http or https address with macros behind its host. The fragment is kept apart, so that parameters can be appended.
#[derive(Clone, Debug)]
pub struct UrlTemplate {
    pub base: Template,
    pub fragment: Option<Template>,
    pub has_query: bool,
    /// Names of the query's own parameters, which nothing from outside may repeat.
    pub own_parameters: Vec<String>,
}

impl UrlTemplate {
    /// `None` where the text is no http(s) address, has a macro in its host, or a host outside `hosts`.
    pub fn parse(text: &str, hosts: &Hosts) -> Option<Self> {
        Self::parse_where(text, |host| hosts.allow(host))
    }

    /// For addresses whose host is allowed because its owner gave the whole address.
    pub fn parse_any_host(text: &str) -> Option<Self> {
        Self::parse_where(text, |_| true)
    }

    fn parse_where(text: &str, allowed: impl Fn(&str) -> bool) -> Option<Self> {
        let odd = |byte: u8| byte <= b' ' || byte == 0x7F || byte == b'\\';
        if text.len() > MAX_TEMPLATE_BYTES || text.bytes().any(odd) || authority(text)?.contains(['{', '@']) {
            return None;
        }
        let url = Url::parse(text).ok()?;
        let web = matches!(url.scheme(), "http" | "https") && allowed(url.host_str()?);
        web.then(|| Self::split(&with_plain_authority(text, &url)))
    }

    fn split(text: &str) -> Self {
        let (base, fragment) = text.split_once('#').map_or((text, None), |(base, fragment)| (base, Some(fragment)));
        let query = base.split_once('?').map(|(_, query)| query);
        let names = query.unwrap_or("").split('&').filter_map(|pair| pair.split('=').next());
        Self {
            own_parameters: names.filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            has_query: query.is_some(),
            base: Template::parse(base),
            fragment: fragment.map(Template::parse),
        }
    }

    pub fn holds(&self, name: Macro) -> bool {
        self.base.holds(name) || self.fragment.as_ref().is_some_and(|fragment| fragment.holds(name))
    }

    /// The whole address without anything appended.
    pub fn fill(&self, out: &mut String, values: &impl MacroValues) {
        self.base.fill(out, values);
        self.fill_fragment(out, values);
    }

    pub fn fill_fragment(&self, out: &mut String, values: &impl MacroValues) {
        if let Some(fragment) = &self.fragment {
            out.push('#');
            fragment.fill(out, values);
        }
    }
}

/// What stands between `://` and the path, query or fragment.
fn authority(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    Some(&rest[..end])
}

/// The text with scheme, host and port as the URL standard writes them (punycode, lower case) and a path of at least `/`.
fn with_plain_authority(text: &str, url: &Url) -> String {
    let behind = &text[text.find("://").map_or(0, |at| at + 3)..];
    let rest = &behind[authority(text).map_or(0, str::len)..];
    let slash = if rest.starts_with('/') { "" } else { "/" };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{}{port}{slash}{rest}", url.scheme(), url.host_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    struct Same(String);

    impl MacroValues for Same {
        fn value(&self, _: Macro) -> Cow<'_, str> {
            Cow::Borrowed(&self.0)
        }
    }

    fn hosts() -> Hosts {
        Hosts::new(&["shop.example".to_owned(), "*.brand.example".to_owned()])
    }

    fn filled(text: &str, value: &str) -> Option<String> {
        let template = UrlTemplate::parse(text, &hosts())?;
        let mut out = String::new();
        template.fill(&mut out, &Same(value.to_owned()));
        Some(out)
    }

    #[test]
    fn macros_are_filled_and_encoded() {
        let check = |text: &str, wanted: &str| assert_eq!(filled(text, "a b&/я").as_deref(), Some(wanted), "{text}");
        check("https://shop.example", "https://shop.example/");
        check("https://SHOP.example:443/x?c={click_id}", "https://shop.example/x?c=a%20b%26%2F%D1%8F");
        check("https://shop.example/{sub10}#{sub1}", "https://shop.example/a%20b%26%2F%D1%8F#a%20b%26%2F%D1%8F");
        check("https://a.brand.example?x={sub11}{no}", "https://a.brand.example/?x=%7Bsub11%7D%7Bno%7D");
        check("http://shop.example/ż?q={{os}}", "http://shop.example/%C5%BC?q=%7Ba%20b%26%2F%D1%8F%7D");
    }

    #[test]
    fn addresses_that_could_lead_elsewhere_are_refused() {
        for text in [
            "https://evil.example/",
            "https://brand.example/",
            "https://shop.example.evil.example/",
            "https://shop.example@evil.example/",
            "https://{sub1}/",
            "https://shop.example{sub1}/",
            "https://evil.example\\@shop.example/",
            "javascript:alert(1)//https://shop.example/",
            "data:text/html,x://shop.example/",
            "//shop.example/",
            "/local",
            "https://shop.example/\r\nSet-Cookie: a=b",
            "",
        ] {
            assert_eq!(filled(text, "x"), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn values_never_change_the_host(value in ".{0,40}", place in 0_usize..4) {
            let text = ["https://shop.example/{sub1}", "https://shop.example?{os}", "https://shop.example#{os}",
                "https://shop.example/a{os}/../{os}"][place];
            let url = Url::parse(&filled(text, &value).expect("allowed")).expect("an address");
            prop_assert_eq!(url.host_str(), Some("shop.example"));
        }

        #[test]
        fn any_accepted_template_leads_to_an_allowed_host(text in ".{0,60}", tail in "[{}a-z:/@.?#\\\\%]{0,30}", value in ".{0,9}") {
            for text in [text.clone(), format!("https://{tail}"), format!("https://shop.example{tail}")] {
                if let Some(url) = filled(&text, &value) {
                    let url = Url::parse(&url).expect("an address");
                    prop_assert!(hosts().allow(url.host_str().expect("a host")), "{}", url);
                }
            }
        }
    }
}
