//! What a sender said: names and values from query and body, strict, bounded, sorted.

use std::{borrow::Cow, collections::BTreeMap};

use kernel::{Refusal, RefusalCode};
use percent_encoding::percent_decode;
use serde_json::Value;

use crate::request::EdgeRequest;

/// Longest body and longest query of a receipt, in bytes.
pub const MAX_BODY_BYTES: usize = 64 << 10;
/// Names in one receipt.
const MAX_FIELDS: usize = 64;
/// Longest name, in bytes.
const MAX_NAME_BYTES: usize = 64;
/// Longest value, in bytes.
const MAX_VALUE_BYTES: usize = 2_048;
/// Names whose values are secrets and are kept nowhere.
const SECRETS: [&str; 5] = ["token", "signature", "security_token", "verification_token", "secure"];

/// Sorted names, each with one value. Empty values count as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    pub fn read(request: &EdgeRequest<'_>) -> Result<Self, Refusal> {
        if request.body.len() > MAX_BODY_BYTES || request.query.len() > MAX_BODY_BYTES {
            return Err(Refusal::new(RefusalCode::BodyTooLarge, "a receipt has at most 64 KiB"));
        }
        let mut fields = Self::default();
        fields.read_form(request.query.as_bytes())?;
        match Body::of(request) {
            Body::None => {}
            Body::Form => fields.read_form(request.body)?,
            Body::Json => fields.read_json(request.body)?,
        }
        Ok(fields)
    }

    /// What can be read, pair by pair, of the query of a call that as a whole cannot.
    pub(crate) fn glean(request: &EdgeRequest<'_>) -> Self {
        let mut fields = Self::default();
        for pair in request.query.as_bytes().split(|byte| *byte == b'&').take(MAX_FIELDS) {
            // A pair that says nothing readable is left out; what the rest says tells whose call it was.
            let _ = fields.read_form(pair);
        }
        fields
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The token a sender gave, under its name in our form or a dialect's; a signature is none.
    pub(crate) fn secret(&self) -> Option<&str> {
        SECRETS.iter().filter(|name| **name != "signature").find_map(|name| self.get(name))
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Without secrets and what belongs to the signature: the canonical parameters of the receipt.
    pub fn into_params(self, left_out: &[&str]) -> Vec<(String, String)> {
        let keeps = |name: &str| !left_out.contains(&name) && !SECRETS.contains(&name);
        self.0.into_iter().filter(|(name, _)| keeps(name)).collect()
    }

    /// Adds a field unless the sender gave it.
    pub fn add_missing(&mut self, name: &str, value: String) {
        self.0.entry(name.to_owned()).or_insert(value);
    }

    fn read_form(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        for pair in bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            let value = decode(halves.next().unwrap_or_default())?;
            self.put(name, value)?;
        }
        Ok(())
    }

    fn read_json(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let parsed = serde_json::from_slice::<serde_json::Map<String, Value>>(bytes);
        let map = parsed.map_err(|_| Refusal::new(RefusalCode::BadBody, "the body is no JSON object in UTF-8"))?;
        for (name, value) in map {
            let text = scalar(&value).ok_or_else(|| {
                Refusal::new(RefusalCode::BadBody, "values of a receipt are texts, numbers, true, false or null")
            })?;
            self.put(name, text)?;
        }
        Ok(())
    }

    fn put(&mut self, name: String, value: String) -> Result<(), Refusal> {
        if value.is_empty() || name.is_empty() {
            return Ok(());
        }
        let long = name.len() > MAX_NAME_BYTES || value.len() > MAX_VALUE_BYTES;
        if long || self.0.len() >= MAX_FIELDS {
            return Err(bad("a receipt has at most 64 names of 64 bytes with values of 2,048 bytes"));
        }
        if name.chars().chain(value.chars()).any(char::is_control) {
            return Err(bad("names and values have no control characters"));
        }
        match self.0.insert(name, value.clone()) {
            Some(before) if before != value => Err(bad("a name is given twice with unlike values")),
            _ => Ok(()),
        }
    }
}

/// Query and body as they came, but for the values of secrets.
pub fn raw_without_secrets(request: &EdgeRequest<'_>) -> Vec<u8> {
    let mut raw = hide_in_form(request.query.as_bytes());
    let body = match Body::of(request) {
        Body::None => return raw,
        Body::Form => hide_in_form(request.body),
        Body::Json => hide_in_json(request.body),
    };
    raw.push(b'\n');
    raw.extend(body);
    raw
}

fn hide_in_form(bytes: &[u8]) -> Vec<u8> {
    let is_secret = |pair: &&[u8]| {
        let name: Cow<'_, [u8]> = percent_decode(pair.split(|byte| *byte == b'=').next().unwrap_or_default()).into();
        SECRETS.iter().any(|secret| secret.as_bytes() == &*name)
    };
    bytes.split(|byte| *byte == b'&').filter(|pair| !is_secret(pair)).collect::<Vec<_>>().join(&b'&')
}

fn hide_in_json(bytes: &[u8]) -> Vec<u8> {
    match serde_json::from_slice::<serde_json::Map<String, Value>>(bytes) {
        Ok(mut map) if SECRETS.iter().any(|secret| map.contains_key(*secret)) => {
            map.retain(|name, _| !SECRETS.contains(&name.as_str()));
            serde_json::to_vec(&map).unwrap_or_default()
        }
        _ => bytes.to_vec(),
    }
}

enum Body {
    None,
    Form,
    Json,
}

impl Body {
    fn of(request: &EdgeRequest<'_>) -> Self {
        let json = request.content_type.to_ascii_lowercase().contains("json");
        match request.body.first() {
            None => Self::None,
            Some(b'{') => Self::Json,
            Some(_) if json => Self::Json,
            Some(_) => Self::Form,
        }
    }
}

fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let spaced: Vec<u8> = bytes.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let decoded = percent_decode(&spaced).decode_utf8();
    decoded.map(Cow::into_owned).map_err(|_| bad("names and values are UTF-8"))
}

/// Numbers as people write them: `80` for `80.0`.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null => Some(String::new()),
        Value::Number(number) => {
            let text = number.to_string();
            Some(text.strip_suffix(".0").map(str::to_owned).unwrap_or(text))
        }
        Value::Array(_) | Value::Object(_) => None,
    }
}

fn bad(message: &str) -> Refusal {
    Refusal::new(RefusalCode::BadParameter, message)
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    fn request(query: &'static str, body: &'static [u8]) -> EdgeRequest<'static> {
        let mut request = EdgeRequest::get("h", "/postback", IpAddr::V4(Ipv4Addr::LOCALHOST));
        (request.query, request.body) = (query, body);
        request
    }

    fn read(query: &'static str, body: &'static [u8]) -> Result<Vec<(String, String)>, RefusalCode> {
        let fields = Fields::read(&request(query, body));
        fields.map(|fields| fields.into_params(&[])).map_err(|refusal| refusal.code)
    }

    #[test]
    fn fields_come_sorted_from_query_and_body() {
        let pairs = |pairs: &[(&str, &str)]| {
            Ok(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>())
        };
        assert_eq!(read("b=2&a=1+x&c=&token=s", b""), pairs(&[("a", "1 x"), ("b", "2")]));
        assert_eq!(read("a=1", b"b=%C5%BC&a=1"), pairs(&[("a", "1"), ("b", "\u{17c}")]));
        let json = br#"{"amount":80.00,"goal":"sale","n":null,"big":12345678,"token":"s"}"#;
        assert_eq!(read("", json), pairs(&[("amount", "80"), ("big", "12345678"), ("goal", "sale")]));
    }

    #[test]
    fn malformed_fields_are_refused() {
        assert_eq!(read("a=%FF", b""), Err(RefusalCode::BadParameter));
        assert_eq!(read("a=1&a=2", b""), Err(RefusalCode::BadParameter));
        assert_eq!(read("a=%00", b""), Err(RefusalCode::BadParameter));
        assert_eq!(read("", b"{\"a\":[1]}"), Err(RefusalCode::BadBody));
        assert_eq!(read("", b"{\"a\":"), Err(RefusalCode::BadBody));
        assert_eq!(read("", &[b'a'; MAX_BODY_BYTES + 1]), Err(RefusalCode::BodyTooLarge));
        assert_eq!(read("", &[b'a'; MAX_NAME_BYTES + 1]), Ok(vec![]), "a name without value is nothing");
    }

    #[test]
    fn secrets_are_kept_nowhere() {
        let raw = |query, body| String::from_utf8(raw_without_secrets(&request(query, body))).expect("text");
        assert_eq!(raw("a=1&token=s&b=2", b""), "a=1&b=2");
        assert_eq!(raw("t%6Fken=s&a=1", b"signature=x&c=3"), "a=1\nc=3");
        assert_eq!(raw("", br#"{"token":"s","a":1}"#), "\n{\"a\":1}");
    }
}
