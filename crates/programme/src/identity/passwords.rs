//! Passwords as Argon2id, hashed off the async threads and never more than a few at once.
//!
//! Parameters are those of the `argon2` crate's default: 19 MiB, 2 passes, 1 lane (OWASP's second choice).

use anyhow::Context as _;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc},
};
use kernel::{Ambient, Refusal, RefusalCode};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Hashes under way at once: each takes 19 MiB and a core for tens of milliseconds.
const HASHES_AT_ONCE: usize = 2;
const PASSWORD_CHARS_MIN: usize = 10;
const PASSWORD_CHARS_MAX: usize = 200;
const SALT_BYTES: usize = 16;

static TURN: Semaphore = Semaphore::const_new(HASHES_AT_ONCE);

/// A password as it lies in the records: Argon2id in PHC form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordHash(pub(super) String);

/// Hashes a new password, or refuses a weak one. Call it before a write begins: it takes tens of milliseconds.
pub async fn hash(ambient: &Ambient, plain: &str) -> anyhow::Result<PasswordHash> {
    check_strength(plain)?;
    let (plain, salt) = (plain.to_owned(), ambient.random_bytes::<SALT_BYTES>());
    in_turn(move || hash_now(&plain, &salt)).await?.map(PasswordHash)
}

/// Whether `plain` is the password behind `hash`. Without a hash it works as long, and says no.
pub async fn verify(plain: &str, hash: Option<&str>) -> anyhow::Result<bool> {
    let plain: String = plain.chars().take(PASSWORD_CHARS_MAX + 1).collect();
    let Some(hash) = hash.map(str::to_owned) else {
        return in_turn(move || hash_now(&plain, &[0; SALT_BYTES])).await?.map(|_| false);
    };
    in_turn(move || {
        let parsed = phc::PasswordHash::new(&hash).map_err(|error| anyhow::anyhow!("read a password hash: {error}"))?;
        Ok(Argon2::default().verify_password(plain.as_bytes(), &parsed).is_ok())
    })
    .await?
}

/// Length is what counts; a password of one repeated character is refused too.
pub fn check_strength(plain: &str) -> Result<(), Refusal> {
    let length = plain.chars().count();
    let varied = plain.chars().any(|c| !plain.starts_with(c));
    if (PASSWORD_CHARS_MIN..=PASSWORD_CHARS_MAX).contains(&length) && varied {
        return Ok(());
    }
    let message = format!("a password has {PASSWORD_CHARS_MIN} to {PASSWORD_CHARS_MAX} characters, not all the same");
    Err(Refusal::new(RefusalCode::PasswordTooWeak, message))
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
    let _turn = TURN.acquire().await.expect("never closed");
    spawn_blocking(work).await.context("hash a password")
}

fn hash_now(plain: &str, salt: &[u8]) -> anyhow::Result<String> {
    let hash: phc::PasswordHash = Argon2::default()
        .hash_password_with_salt(plain.as_bytes(), salt)
        .map_err(|error| anyhow::anyhow!("hash a password: {error}"))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{ambient::SeededChance, time::SystemClock};
    use std::sync::Arc;

    #[tokio::test]
    async fn a_password_opens_only_its_own_hash() {
        let ambient = Ambient::new(Arc::new(SystemClock), Arc::new(SeededChance::from_number(1)));
        let first = hash(&ambient, "correct horse").await.unwrap();
        assert!(first.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", first.0);
        assert_ne!(hash(&ambient, "correct horse").await.unwrap(), first, "salted");
        assert!(verify("correct horse", Some(&first.0)).await.unwrap());
        assert!(!verify("correct horsf", Some(&first.0)).await.unwrap());
        assert!(!verify("correct horse", None).await.unwrap());
    }

    #[test]
    fn weak_passwords_are_refused() {
        for (plain, fine) in [("short", false), ("aaaaaaaaaaaa", false), ("a good one", true), ("", false)] {
            assert_eq!(check_strength(plain).is_ok(), fine, "{plain}");
        }
        assert!(check_strength(&"ab".repeat(101)).is_err());
    }
}
