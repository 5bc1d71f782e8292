//! When a change may be confirmed, and when it holds.

use kernel::{Id, Refusal, RefusalCode, Timestamp, id, time::HOUR_MS};

use super::entity::{ChangeState, Model};

/// A mail address that was changed so lately confirms no account that staff asks for.
const YOUNG_DAYS: i64 = 30;

/// What the job does with a change now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Nothing,
    InForce,
    Lapses,
}

pub fn due(row: &Model, now: Timestamp) -> Due {
    match row.state {
        ChangeState::Waiting if row.in_force_from.is_some_and(|from| from <= now) => Due::InForce,
        ChangeState::Unconfirmed if row.token_expires_at <= now => Due::Lapses,
        _ => Due::Nothing,
    }
}

/// A link works once, and only while its change waits for it.
pub fn require_open_link(row: &Model, now: Timestamp) -> Result<(), Refusal> {
    if row.state == ChangeState::Unconfirmed && row.token_expires_at > now {
        return Ok(());
    }
    let message = "this link was used, has lapsed, or its change was stopped";
    Err(Refusal::new(RefusalCode::LinkExpired, message))
}

/// Whether an address was changed lately: whoever changed it could have the account confirmed there.
pub fn is_young(changed_at: Option<Timestamp>, now: Timestamp) -> bool {
    changed_at.is_some_and(|changed_at| now < changed_at.plus_days(YOUNG_DAYS))
}

/// Whoever of staff asked for it does not confirm it too.
pub fn require_second(row: &Model, confirms: Id<id::User>, now: Timestamp) -> Result<(), Refusal> {
    require_open_link(row, now)?;
    if row.asked_by == confirms {
        let message = "you asked for this change, so the partner or another person confirms it";
        return Err(Refusal::new(RefusalCode::SecondPersonNeeded, message));
    }
    Ok(())
}

pub fn in_force_from(confirmed_at: Timestamp, wait_hours: i32) -> Timestamp {
    confirmed_at.plus_millis(i64::from(wait_hours) * HOUR_MS)
}
