//! The second factor: time-based codes (RFC 6238: SHA-1, six digits, 30 s), each accepted once, one step of drift.

use anyhow::Context as _;
use kernel::{Id, Refusal, RefusalCode, Timestamp, id, time::SECOND_MS};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _, QueryFilter as _,
};
use totp_rs::{Builder, Totp};

use super::entity::credential;
use crate::{App, platform::Answer};

/// 160 bits, as RFC 4226 §4 recommends.
pub const SECRET_BYTES: usize = 20;
const STEP_SECONDS: u64 = 30;
const DRIFT_STEPS: u16 = 1;
const ISSUER: &str = "Tributary";

/// What an authenticator app is set up with.
pub fn device(secret: &[u8], email: &str) -> anyhow::Result<Totp> {
    Builder::new()
        .with_secret(secret)
        .with_step_duration(STEP_SECONDS)
        .with_skew(DRIFT_STEPS)
        .with_issuer(Some(ISSUER))
        .with_account_name(email.replace(':', "."))
        .build()
        .context("set up a second factor")
}

/// The time step that `code` belongs to, when it is near `now`.
fn step_of(device: &Totp, code: &str, now: Timestamp) -> Option<i64> {
    let seconds = u64::try_from(now.millis() / SECOND_MS).ok()?;
    device.check(code.trim(), seconds).and_then(|step| i64::try_from(step).ok())
}

/// Refuses a code that is wrong or out of time; gives its step.
pub fn check(app: &App, credential: &credential::Model, code: &str) -> Answer<i64> {
    let sealed = credential.totp_secret.as_deref().context("a second factor has a secret")?;
    let secret = app.secrets.open_sealed(sealed).context("open the secret of a second factor")?;
    let device = device(&secret, "checked")?;
    step_of(&device, code, app.ambient.now()).ok_or_else(|| bad_code().into())
}

/// Marks a step as used, in the caller's transaction; refuses one that was used before.
pub async fn spend(conn: &impl ConnectionTrait, user: Id<id::User>, step: i64) -> Answer<()> {
    let unused = credential::Column::TotpLastStep.is_null().or(credential::Column::TotpLastStep.lt(step));
    let spent = credential::Entity::update_many()
        .set(credential::ActiveModel { totp_last_step: Set(Some(step)), ..Default::default() })
        .filter(credential::Column::UserId.eq(user))
        .filter(unused)
        .exec(conn)
        .await?;
    if spent.rows_affected == 1 { Ok(()) } else { Err(bad_code().into()) }
}

/// Sets the three columns of the second factor.
pub async fn set(
    conn: &impl ConnectionTrait,
    user: Id<id::User>,
    secret: Option<Vec<u8>>,
    confirmed_at: Option<Timestamp>,
) -> Result<(), DbErr> {
    let row = credential::ActiveModel {
        totp_secret: Set(secret),
        totp_confirmed_at: Set(confirmed_at),
        totp_last_step: Set(None),
        ..Default::default()
    };
    let of_user = credential::Column::UserId.eq(user);
    credential::Entity::update_many().set(row).filter(of_user).exec(conn).await.map(drop)
}

fn bad_code() -> Refusal {
    Refusal::new(RefusalCode::BadToken, "the code is wrong, was used before, or is out of time")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_standard_and_one_step_of_drift() {
        // RFC 6238 appendix B, SHA-1, the last six of eight digits.
        let device = device(b"12345678901234567890", "anna@example.com").unwrap();
        let at = |seconds: i64| Timestamp::from_millis(seconds * SECOND_MS);
        for (code, seconds) in [("287082", 59), ("081804", 1_111_111_109), ("005924", 1_234_567_890)] {
            let step = seconds / 30;
            assert_eq!(step_of(&device, code, at(seconds)), Some(step));
            assert_eq!(step_of(&device, code, at(seconds - 30)), Some(step), "a slow server");
            assert_eq!(step_of(&device, code, at(seconds + 30)), Some(step), "a slow person");
            assert_eq!(step_of(&device, code, at(seconds + 90)), None);
        }
        for nonsense in ["", "1", "28708x", "2870822", "２８７０８２"] {
            assert_eq!(step_of(&device, nonsense, at(59)), None, "{nonsense}");
        }
    }

    #[test]
    fn an_address_for_authenticator_apps() {
        let url = device(&[7; SECRET_BYTES], "a:b@example.com").unwrap().to_url().unwrap();
        assert!(url.starts_with("otpauth://totp/Tributary:a.b%40example.com?secret="), "{url}");
    }
}
