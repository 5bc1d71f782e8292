//! What of a request and its answer may be read by whoever reads the log.

use connect::outgoing::Ask;

/// Parts of names whose values are secrets.
const SECRET_NAMES: [&str; 8] = ["token", "secret", "password", "passwd", "apikey", "api_key", "auth", "signature"];
const SHOWN_CHARS_MAX: usize = 2_000;
const ANSWER_CHARS_MAX: usize = 500;
const HIDDEN: &str = "***";
const FORM: &str = "application/x-www-form-urlencoded";

/// An address with the values of parameters that are called like secrets hidden.
pub fn url(url: &str) -> String {
    let Some((base, query)) = url.split_once('?') else { return shortened(url, SHOWN_CHARS_MAX) };
    shortened(&format!("{base}?{}", pairs(query)), SHOWN_CHARS_MAX)
}

/// `name=value&name=value` without the values of secrets.
fn pairs(text: &str) -> String {
    let hidden = |pair: &str| match pair.split_once('=') {
        Some((name, value)) if is_secret(name) && !value.is_empty() => format!("{name}={HIDDEN}"),
        _ => pair.to_owned(),
    };
    text.split('&').map(hidden).collect::<Vec<_>>().join("&")
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "key" || name == "sig" || SECRET_NAMES.iter().any(|part| name.contains(part))
}

/// What is shown of the body of a request.
pub fn body(ask: &Ask, secrets: &[String]) -> Option<String> {
    let is_form = ask.headers.iter().any(|(_, value)| value == FORM);
    let shown = |body: &str| if is_form { pairs(body) } else { without(body, secrets) };
    ask.body.as_deref().map(|body| shortened(&shown(body), SHOWN_CHARS_MAX))
}

/// The beginning of an answer, which may repeat what was sent to it.
pub fn answer(text: &str, secrets: &[String]) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    shortened(&without(&plain, secrets), ANSWER_CHARS_MAX)
}

fn without(text: &str, secrets: &[String]) -> String {
    secrets
        .iter()
        .filter(|secret| !secret.is_empty())
        .fold(text.to_owned(), |text, secret| text.replace(secret, HIDDEN))
}

fn shortened(text: &str, chars_max: usize) -> String {
    text.chars().take(chars_max).collect()
}

#[cfg(test)]
mod tests {
    use connect::outgoing::Method;

    use super::*;

    #[test]
    fn secrets_do_not_reach_the_log() {
        let shown = url("https://t.example/p?cid=1&Access_Token=abc&key=x&monkey=y&sig=");
        assert_eq!(shown, "https://t.example/p?cid=1&Access_Token=***&key=***&monkey=y&sig=");
        let form = Ask {
            method: Method::Post,
            url: String::new(),
            headers: vec![("content-type", FORM.to_owned())],
            body: Some("client_id=c&refresh_token=1%2F%2Fr".to_owned()),
        };
        assert_eq!(body(&form, &["1//r".to_owned()]).as_deref(), Some("client_id=c&refresh_token=***"));
        assert_eq!(answer("bad\ntoken abc", &["abc".to_owned(), String::new()]), "bad token ***");
        assert_eq!(answer(&"x".repeat(9_000), &[]).len(), ANSWER_CHARS_MAX);
    }
}
