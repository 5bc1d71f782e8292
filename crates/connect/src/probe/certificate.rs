//! The end of a certificate's validity, read from its DER. Only what leads there is looked at.

use kernel::Timestamp;

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xA0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
/// Bytes of a length that are read: certificates are far below 4 GiB.
const LENGTH_BYTES_MAX: usize = 4;

/// Until when the certificate holds; `None` where it cannot be read.
pub fn not_after(der: &[u8]) -> Option<Timestamp> {
    let (certificate, _) = part(der, SEQUENCE)?;
    let (mut rest, _) = part(certificate, SEQUENCE)?;
    if rest.first() == Some(&VERSION) {
        rest = skip(rest)?;
    }
    // Serial number, signature algorithm, issuer.
    for _ in 0..3 {
        rest = skip(rest)?;
    }
    let (validity, _) = part(rest, SEQUENCE)?;
    let end = skip(validity)?;
    let (text, _) = content(end)?;
    moment(*end.first()?, std::str::from_utf8(text).ok()?)
}

/// The content of a part and what follows it.
fn content(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = bytes.get(1..)?.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let count = usize::from(first & 0x7F);
        let (digits, rest) = rest.split_at_checked(count).filter(|_| count <= LENGTH_BYTES_MAX)?;
        (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
    };
    rest.split_at_checked(length)
}

fn part(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    content(bytes).filter(|_| bytes.first() == Some(&tag))
}

fn skip(bytes: &[u8]) -> Option<&[u8]> {
    content(bytes).map(|(_, rest)| rest)
}

/// `YYMMDDHHMMSSZ` (1950 to 2049) or `YYYYMMDDHHMMSSZ`.
fn moment(tag: u8, text: &str) -> Option<Timestamp> {
    let digits = text.strip_suffix('Z').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let full = match (tag, digits.len()) {
        (UTC_TIME, 12) if digits < "50" => format!("20{digits}"),
        (UTC_TIME, 12) => format!("19{digits}"),
        (GENERALIZED_TIME, 14) => digits.to_owned(),
        _ => return None,
    };
    let [year, month, day] = [&full[..4], &full[4..6], &full[6..8]];
    let [hour, minute, second] = [&full[8..10], &full[10..12], &full[12..14]];
    Timestamp::parse(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
        let mut bytes = vec![tag];
        match u8::try_from(content.len()) {
            Ok(short) if short < 0x80 => bytes.push(short),
            _ => bytes.extend([0x82, (content.len() >> 8) as u8, content.len() as u8]),
        }
        bytes.extend_from_slice(content);
        bytes
    }

    fn certificate(tag: u8, end: &str) -> Vec<u8> {
        let validity = [tagged(UTC_TIME, b"260101000000Z"), tagged(tag, end.as_bytes())].concat();
        let fields = [
            tagged(VERSION, &[2, 1, 2]),
            tagged(2, &[7; 16]),
            tagged(SEQUENCE, &[5, 0]),
            tagged(SEQUENCE, &[9; 200]),
            tagged(SEQUENCE, &validity),
            tagged(SEQUENCE, b"subject"),
        ];
        tagged(SEQUENCE, &[tagged(SEQUENCE, &fields.concat()), tagged(SEQUENCE, b"signature")].concat())
    }

    #[test]
    fn both_forms_of_the_end_are_read() {
        let end = |tag, text| not_after(&certificate(tag, text)).map(|at| at.to_string());
        assert_eq!(end(UTC_TIME, "270312235959Z").as_deref(), Some("2027-03-12T23:59:59.000Z"));
        assert_eq!(end(GENERALIZED_TIME, "20510312235959Z").as_deref(), Some("2051-03-12T23:59:59.000Z"));
        assert_eq!(end(UTC_TIME, "990312235959Z").as_deref(), Some("1999-03-12T23:59:59.000Z"));
        for broken in ["270312235959", "27031223595Z", "271399235959Z", "ab0312235959Z"] {
            assert_eq!(end(UTC_TIME, broken), None, "{broken}");
        }
    }

    #[test]
    fn what_is_damaged_is_no_certificate_and_no_panic() {
        let whole = certificate(UTC_TIME, "270312235959Z");
        for length in 0..whole.len() {
            let _ = not_after(&whole[..length]);
        }
        for at in 0..whole.len() {
            let mut broken = whole.clone();
            broken[at] ^= 0xFF;
            let _ = not_after(&broken);
        }
        assert_eq!(not_after(&[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]), None);
    }
}
