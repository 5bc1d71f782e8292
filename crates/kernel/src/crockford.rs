//! 128 bits as 26 characters of Crockford's base 32: sortable, case-blind, without look-alikes.
//! Source: <https://www.crockford.com/base32.html>.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters that 128 bits take.
pub const ENCODED_LEN: usize = 26;

pub fn encode(value: u128) -> [u8; ENCODED_LEN] {
    let mut text = [0_u8; ENCODED_LEN];
    for (position, slot) in text.iter_mut().enumerate() {
        let shift = 5 * (ENCODED_LEN - 1 - position);
        *slot = ALPHABET[(value >> shift) as usize & 31];
    }
    text
}

pub fn encode_string(value: u128) -> String {
    encode(value).iter().map(|&byte| char::from(byte)).collect()
}

/// The value behind `text`, or `None` where it is not 26 characters of the alphabet or exceeds 128 bits.
pub fn decode(text: &str) -> Option<u128> {
    let bytes = text.as_bytes();
    if bytes.len() != ENCODED_LEN || digit(bytes[0])? > 7 {
        return None;
    }
    bytes.iter().try_fold(0_u128, |value, &byte| Some(value << 5 | u128::from(digit(byte)?)))
}

fn digit(byte: u8) -> Option<u8> {
    Some(match byte.to_ascii_uppercase() {
        b @ b'0'..=b'9' => b - b'0',
        b'O' => 0,
        b'I' | b'L' => 1,
        b @ b'A'..=b'H' => b - b'A' + 10,
        b @ (b'J' | b'K') => b - b'J' + 18,
        b @ (b'M' | b'N') => b - b'M' + 20,
        b @ b'P'..=b'T' => b - b'P' + 22,
        b @ b'V'..=b'Z' => b - b'V' + 27,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn order_of_text_is_order_of_value() {
        assert!(encode(1) < encode(2) && encode(u128::MAX) > encode(u128::MAX >> 1));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "0", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "0000000000000000000000000U", "ééééééééééééé"]
        {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn round_trip(value: u128) {
            let text = encode_string(value);
            prop_assert_eq!(decode(&text), Some(value));
            prop_assert_eq!(decode(&text.to_lowercase()), Some(value));
        }
    }
}
