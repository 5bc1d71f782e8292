//! Signatures of webhooks, as Standard Webhooks asks: HMAC-SHA256 over `{id}.{timestamp}.{body}`.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::Ambient;
use sha2::Sha256;

const SECRET_PREFIX: &str = "whsec_";

/// A secret of 256 random bits.
pub fn new_secret(ambient: &Ambient) -> String {
    format!("{SECRET_PREFIX}{}", BASE64.encode(&ambient.random_bytes::<32>()))
}

/// The header's value: one signature per secret, newest first, so that receivers may know either.
pub fn sign(secrets: &[String], id: &str, seconds: i64, body: &str) -> String {
    let keys = secrets.iter().filter_map(|secret| key(secret));
    let signed = format!("{id}.{seconds}.{body}");
    keys.map(|key| format!("v1,{}", one(&key, &signed))).collect::<Vec<_>>().join(" ")
}

fn key(secret: &str) -> Option<Vec<u8>> {
    BASE64.decode(secret.strip_prefix(SECRET_PREFIX)?.as_bytes()).ok()
}

fn one(key: &[u8], signed: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    mac.update(signed.as_bytes());
    BASE64.encode(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    #[test]
    fn the_vectors_of_the_reference_libraries_hold() {
        let sign = |secrets: &[String]| {
            sign(
                secrets,
                "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
                1_649_367_553,
                r#"{"email":"test@example.com","username":"test_user"}"#,
            )
        };
        let signed = "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=";
        assert_eq!(sign(&[SECRET.to_owned()]), signed);
        let both = sign(&["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(), SECRET.to_owned()]);
        assert_eq!(both.split(' ').nth(1), Some(signed), "the older secret signs too");
        let body = r#"{"type":"commission.approved","timestamp":"2026-01-01T00:00:00Z","data":{"id":"com_1"}}"#;
        let own = super::sign(&[SECRET.to_owned()], "msg_own_1", 1_767_225_600, body);
        assert_eq!(own, "v1,fZVdBBH0AomCPWEsKXBlM96Ogk5tEPAwwJiZzI8+LNw=");
    }
}
