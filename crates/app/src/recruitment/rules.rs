//! Who gets a share, and what it is. Pure.

#![deny(clippy::float_arithmetic)]

use jiff::tz::TimeZone;
use kernel::{Decimal8, Timestamp};

use crate::{
    conversions::{
        Status,
        entity::{commission, conversion},
    },
    plans::rules::{Effect, Facts, LocalTime, PriceCase, RecruiterShare, Rule, RuleKind, ShareBase, strongest_for},
};

/// What the conditions of shares look at: the recruited partner and its conversion.
pub fn case(row: &conversion::Model, own: &commission::Model, tags: &[String], zone: &TimeZone) -> Option<PriceCase> {
    let of_click = |name: &str| row.click_dims[name].as_str().unwrap_or_default().to_owned();
    let facts = Facts {
        group: Some(own.partner_group.clone()).filter(|group| !group.is_empty()),
        tags: tags.to_vec(),
        country: of_click("country"),
        traffic_type: row.traffic_type.clone(),
        source: of_click("source_id"),
        local: Some(LocalTime::of(row.event_at, zone)),
        ..Facts::default()
    };
    Some(PriceCase { facts, ..PriceCase::plain(row.goal_id?, own.partner_id, row.sale_minor) })
}

/// Whether rules give any share.
pub fn give_shares(rules: &[Rule]) -> bool {
    rules.iter().any(|rule| matches!(rule.effect, Effect::Recruiter(_)))
}

/// The share of a level: of the rules that apply the strongest gives.
pub fn share_of<'a>(rules: &'a [Rule], level: u8, case: &PriceCase) -> Option<(&'a Rule, RecruiterShare)> {
    let rule = strongest_for(rules, RuleKind::Recruiter(level), case)?;
    match rule.effect {
        Effect::Recruiter(share) => Some((rule, share)),
        _ => None,
    }
}

/// Whether what happened at `event` lies in a term of so many calendar months by the workspace's clock. What happened
/// before the partner was recruited does not.
pub fn in_term(recruited: Timestamp, months: Option<u32>, event: Timestamp, zone: &TimeZone) -> bool {
    let since = LocalTime::of(recruited, zone);
    recruited <= event && months.is_none_or(|months| LocalTime::of(event, zone) < since.plus_months(months))
}

/// Whether what a conversion earns stands now.
pub const fn stands(status: Status) -> bool {
    matches!(status, Status::Approved | Status::Locked | Status::Paid)
}

/// Whether what a conversion earns is past its hold.
pub const fn is_locked(status: Status) -> bool {
    matches!(status, Status::Locked | Status::Paid)
}

/// Of what a share is a part: what the partner earns of the conversion, or what is left of its part of the revenue; never
/// below nought.
pub fn base_minor(of: ShareBase, row: &conversion::Model, own: &[&commission::Model]) -> i64 {
    if !stands(row.status) {
        return 0;
    }
    let payout: i64 = own.iter().map(|one| one.amount_minor).sum();
    let part: i64 = own.iter().map(|one| one.share_e8).sum();
    let base = match of {
        ShareBase::Payout => payout,
        ShareBase::Profit => Decimal8::from_raw(part).times(row.revenue_minor).unwrap_or_default() - payout,
    };
    base.max(0)
}

/// The base that a code names.
pub fn base_of(code: &str) -> ShareBase {
    if code == ShareBase::Profit.code() { ShareBase::Profit } else { ShareBase::Payout }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_ends_with_its_last_minute_by_the_workspace_s_clock() {
        let zone = kernel::time::zone("Europe/Warsaw").expect("known");
        let at = |text: &str| Timestamp::parse(text).expect("a time");
        // 30 August, 10:00 in Warsaw; a month of 30 days and the change of clocks lie between.
        let recruited = at("2026-08-30T08:00:00Z");
        let told = |months, event: &str| in_term(recruited, months, at(event), &zone);
        assert!(told(Some(3), "2026-11-30T08:59:59.999Z"), "09:59 in winter time");
        assert!(!told(Some(3), "2026-11-30T09:00:00Z"));
        assert!(told(None, "2099-01-01T00:00:00Z"));
        assert!(told(Some(1), "2026-08-30T08:00:00Z") && !told(None, "2026-08-30T07:59:59.999Z"));
    }
}
