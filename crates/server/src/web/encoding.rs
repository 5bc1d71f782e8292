//! In which form an asset is sent: the web build lays compressed forms beside each.

use axum::http::{HeaderMap, header};

/// Forms that lie beside a file, the smallest first: the name in HTTP and the ending.
pub const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// Whether a path names a compressed form, which nobody asks for by itself.
pub fn is_compressed_form(path: &str) -> bool {
    ENCODINGS.iter().any(|(_, ending)| path.ends_with(ending))
}

/// Whether the reader takes `encoding` (RFC 9110 §12.5.3): named, or meant by `*`, and not with a weight of nought.
pub fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let texts = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut by_star = false;
    for part in texts.flat_map(|text| text.split(',')) {
        let mut words = part.split(';').map(str::trim);
        let name = words.next().unwrap_or_default();
        let is_wanted = words.find_map(weight).is_none_or(|weight| weight > 0.0);
        if name.eq_ignore_ascii_case(encoding) {
            return is_wanted;
        }
        by_star |= name == "*" && is_wanted;
    }
    by_star
}

fn weight(word: &str) -> Option<f32> {
    let (name, value) = word.split_once('=')?;
    name.trim().eq_ignore_ascii_case("q").then(|| value.trim().parse().unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_heeded() {
        for (sent, br, gzip) in [
            ("", false, false),
            ("gzip, deflate, br", true, true),
            ("br;q=0, gzip;q=0.5", false, true),
            ("*", true, true),
            ("*;q=0, gzip", false, true),
            ("GZIP; Q=1", false, true),
            ("br;q=x", false, false),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, sent.parse().unwrap())]);
            assert_eq!((accepts(&headers, "br"), accepts(&headers, "gzip")), (br, gzip), "{sent}");
        }
        assert!(!accepts(&HeaderMap::new(), "br"));
    }
}
