//! A new conversion's fate but for the caps: judged, and started where the advertiser's word or the offer says.

use kernel::reason::ConversionReason as Reason;

use super::judge::{self, Case, Finding};
use crate::{advertisers::status_map::Meaning, conversions::model::Status};

pub struct Settled<'a> {
    pub finding: Finding<'a>,
    /// Why a rule refused it.
    pub refused: Option<Reason>,
    pub status: Status,
    /// The rule's reason, else the advertiser's.
    pub reason: Option<Reason>,
    /// What the sender's word means, where it may state states.
    pub meaning: Option<Meaning>,
}

pub fn settle<'a>(case: &Case<'a>) -> Settled<'a> {
    let (finding, verdict) = judge::judge(case);
    let refused = verdict.err();
    let meaning = finding
        .terms
        .filter(|_| judge::speaks_for_advertiser(case.trust))
        .and_then(|terms| terms.advertiser.status_map.meaning(case.claim.status.as_deref()?));
    let start = finding
        .terms
        .map(|terms| judge::start_status(meaning.map(|meaning| meaning.state), terms.offer.conversion_start));
    let status = if refused.is_some() { Status::Rejected } else { start.unwrap_or(Status::Rejected) };
    let said = meaning.and_then(|meaning| meaning.reason).filter(|_| status == Status::Rejected);
    Settled { finding, refused, status, reason: refused.or(said), meaning }
}
