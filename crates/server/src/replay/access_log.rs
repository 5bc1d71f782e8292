//! The Combined Log Format: `host ident user [time] "request" status bytes "referrer" "agent"`.
//! Source: <https://httpd.apache.org/docs/2.4/logs.html#combined>.

use jiff::fmt::strtime;
use kernel::Timestamp;

use super::RecordedClick;

/// One line; `None` where it is not of the format.
pub fn parse(line: &str) -> Option<RecordedClick> {
    let (address, rest) = line.split_once(' ')?;
    let (_, rest) = rest.split_once('[')?;
    let (time, rest) = rest.split_once("] ")?;
    let (request, rest) = quoted(rest)?;
    let rest = rest.trim_start();
    let (_, rest) = rest.split_at(rest.find('"').unwrap_or(rest.len()));
    let (referrer, rest) = quoted(rest).unwrap_or_default();
    let (user_agent, _) = quoted(rest.trim_start()).unwrap_or_default();
    Some(RecordedClick {
        at: parse_time(time)?,
        method: request.split(' ').next().filter(|method| is_method(method)).unwrap_or("GET").to_owned(),
        address: address.to_owned(),
        user_agent: absent_as_empty(user_agent),
        referrer: absent_as_empty(referrer),
        query: Vec::new(),
    })
}

fn parse_time(text: &str) -> Option<Timestamp> {
    let parsed = strtime::parse("%d/%b/%Y:%H:%M:%S %z", text).ok()?;
    Some(Timestamp::from_millis(parsed.to_timestamp().ok()?.as_millisecond()))
}

/// The text between the quote that `text` starts with and the next unescaped one, its quotes unescaped, and what follows.
fn quoted(text: &str) -> Option<(String, &str)> {
    let text = text.strip_prefix('"')?;
    let mut content = String::new();
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return Some((content, &text[index + 1..])),
            '\\' => match characters.next() {
                Some((_, escaped @ ('"' | '\\'))) => content.push(escaped),
                // A byte that the server wrote as `\xHH` stays in its spelling: its encoding is not known.
                other => content.extend(['\\'].into_iter().chain(other.map(|(_, character)| character))),
            },
            other => content.push(other),
        }
    }
    None
}

fn is_method(text: &str) -> bool {
    (1..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn absent_as_empty(text: String) -> String {
    if text == "-" { String::new() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_line() {
        let line = r#"83.149.9.216 - - [17/May/2015:10:05:03 +0000] "GET /images/kibana.png HTTP/1.1" 200 203023 "http://semicomplete.com/" "Mozilla/5.0 (Macintosh)""#;
        let click = parse(line).unwrap();
        assert_eq!(click.at.to_string(), "2015-05-17T10:05:03.000Z");
        assert_eq!((click.method.as_str(), click.address.as_str()), ("GET", "83.149.9.216"));
        assert_eq!(
            (click.referrer.as_str(), click.user_agent.as_str()),
            ("http://semicomplete.com/", "Mozilla/5.0 (Macintosh)")
        );
    }

    #[test]
    fn odd_lines() {
        let bare = r#"1.2.3.4 - bob [17/May/2015:12:05:03 +0200] "HEAD / HTTP/1.0" 404 - "-" "-""#;
        let click = parse(bare).unwrap();
        assert_eq!((click.method.as_str(), click.user_agent.as_str()), ("HEAD", ""));
        assert_eq!(click.at.to_string(), "2015-05-17T10:05:03.000Z");
        let escaped = r#"1.2.3.4 - - [17/May/2015:12:05:03 +0000] "GET /\"x HTTP/1.0" 200 1 "-" "a \"b\" c""#;
        assert_eq!(parse(escaped).unwrap().user_agent, r#"a "b" c"#);
        assert_eq!(parse("nonsense"), None);
        assert_eq!(parse("1.2.3.4 - - [yesterday] \"GET / HTTP/1.0\" 200 1"), None);
    }
}
