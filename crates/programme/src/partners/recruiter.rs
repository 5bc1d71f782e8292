//! Who brought whom: a chain without circles.

use kernel::{Id, Refusal, RefusalCode, Tenant, Timestamp, id};
use sea_orm::ConnectionTrait;

use super::{
    model::{Model, PartnerState},
    store,
};
use crate::platform::Answer;

const PREFIX: &str = "prt_";
/// Recruiters above one partner.
const CHAIN_MAX: usize = 1_000;

/// What a partner hands to those it brings; it never changes.
pub fn code(partner: Id<id::Partner>) -> String {
    partner.to_string().trim_start_matches(PREFIX).to_owned()
}

/// The active partner that a code belongs to.
pub(super) async fn of_code(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    code: Option<&str>,
) -> Answer<Option<Id<id::Partner>>> {
    let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else { return Ok(None) };
    let unknown = || Refusal::field("recruiter_code", "must be the recruiting code of an active partner");
    let partner = format!("{PREFIX}{}", code.to_ascii_uppercase()).parse().map_err(|_| unknown())?;
    let known = store::get_many(conn, tenant, [partner]).await?;
    let is_active = known.get(&partner).is_some_and(|row| row.state == PartnerState::Active);
    if is_active { Ok(Some(partner)) } else { Err(unknown().into()) }
}

/// Sets who brought a partner. The caller holds the workspace's lock.
pub(super) async fn set(
    conn: &impl ConnectionTrait,
    row: &mut Model,
    recruiter: Option<Id<id::Partner>>,
    at: Option<Timestamp>,
    now: Timestamp,
) -> Answer<()> {
    if let Some(recruiter) = recruiter {
        require_no_circle(conn, Tenant(row.workspace_id), row.id, recruiter).await?;
    }
    if at.is_some_and(|at| at > now) || (at.is_some() && recruiter.is_none()) {
        return Err(
            Refusal::field("recruited_at", "must be a moment in the past, and there must be a recruiter").into()
        );
    }
    let kept = row.recruited_at.filter(|_| row.recruited_by == recruiter);
    row.recruited_at = recruiter.and(at.or(kept).or(Some(now)));
    row.recruited_by = recruiter;
    Ok(())
}

async fn require_no_circle(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: Id<id::Partner>,
    recruiter: Id<id::Partner>,
) -> Answer<()> {
    let mut above = Some(recruiter);
    for _ in 0..CHAIN_MAX {
        let Some(one) = above else { return Ok(()) };
        if one == partner {
            break;
        }
        let known = store::get_many(conn, tenant, [one]).await?;
        let unknown = || Refusal::field("recruited_by", "must be a partner of this workspace");
        above = known.get(&one).ok_or_else(unknown)?.recruited_by;
    }
    let message = "nobody is recruited by itself or by those it recruited";
    match above {
        Some(_) => Err(Refusal::new(RefusalCode::RecruiterCircle, message).into()),
        None => Ok(()),
    }
}
