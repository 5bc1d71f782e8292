//! What a decision means: values in, moves or a refusal out.

use kernel::{Id, Refusal, RefusalCode, Timestamp, id, reason::ConversionReason};
use reconcile::{Standing, mapping::DateBasis};

use super::{
    entity::line,
    model::{AmountOf, LineCause, LineClass, LineDecision, LineStanding},
};
use crate::conversions::{Action, Status, entity::conversion, rules::amounts};

/// A click id of ours, however it is written.
pub fn click(text: &str) -> Option<Id<id::Click>> {
    let bare = text.strip_prefix("clk_").unwrap_or(text).to_ascii_uppercase();
    format!("clk_{bare}").parse().ok()
}

/// Where money is concerned.
pub const fn standing(status: Status) -> Standing {
    match status {
        Status::Received | Status::Pending => Standing::Pending,
        Status::Approved | Status::Locked | Status::Paid => Standing::Approved,
        Status::Rejected | Status::Reversed => Standing::Rejected,
    }
}

/// The moment by which it belongs to a period. What has none of its own belongs to that of its event.
pub fn moment(
    basis: DateBasis,
    event_at: Timestamp,
    click_at: Option<Timestamp>,
    decided_at: Option<Timestamp>,
) -> Timestamp {
    match basis {
        DateBasis::Event => event_at,
        DateBasis::Click => click_at.unwrap_or(event_at),
        DateBasis::Decided => decided_at.unwrap_or(event_at),
    }
}

/// What it comes to, or would if it stood.
pub fn amount(of: AmountOf, row: &conversion::Model) -> i64 {
    match of {
        AmountOf::Charge => amounts::left_after_refund(row.revenue_full_minor, row.sale_minor, row.refund_minor),
        AmountOf::OrderValue => row.sale_minor - row.refund_minor,
    }
}

/// Whether a decision fits a line.
///
/// # Errors
/// `nothing_to_take` where theirs names nothing of ours, or says nothing that can be done.
pub fn may(decision: LineDecision, line: &line::Model) -> Result<(), Refusal> {
    let no = |words: &str| Err(Refusal::new(RefusalCode::NothingToTake, words));
    match decision {
        LineDecision::KeepOurs => Ok(()),
        LineDecision::NextPeriod if line.conversion_id.is_none() => no("nothing of ours can join the next period"),
        LineDecision::NextPeriod => Ok(()),
        LineDecision::TakeTheirs if line.conversion_id.is_none() => no("theirs names no conversion of ours"),
        LineDecision::TakeTheirs => target(line).map(drop),
        LineDecision::MakeConversion if line.class != LineClass::OnlyTheirs || line.conversion_id.is_some() => {
            no("ours is there already")
        }
        LineDecision::MakeConversion if line.theirs_count.is_some() => no("a total names no single conversion"),
        LineDecision::MakeConversion if line.order_id.is_none() && line.click.is_none() => {
            no("neither an order nor a click is named")
        }
        LineDecision::MakeConversion if matches!(line.cause, Some(LineCause::Duplicate | LineCause::TestRow)) => {
            no("it is a test, or told twice")
        }
        LineDecision::MakeConversion => match line.theirs_standing {
            Some(LineStanding::Approved | LineStanding::Pending) => Ok(()),
            Some(LineStanding::Rejected) => no("they do not pay for it"),
            None => no("their word has no meaning in the mapping"),
        },
    }
}

/// Where theirs wants it to stand.
fn target(line: &line::Model) -> Result<LineStanding, Refusal> {
    if line.class == LineClass::OnlyOurs {
        return Ok(LineStanding::Rejected);
    }
    let undecided = |words: &str| Refusal::new(RefusalCode::NothingToTake, words);
    match line.theirs_standing {
        None => Err(undecided("their word has no meaning in the mapping")),
        Some(LineStanding::Pending) => Err(undecided("they have not decided yet")),
        Some(decided) => Ok(decided),
    }
}

/// The move that brings a conversion to where theirs stands; nothing where it stands so.
///
/// # Errors
/// `nothing_to_take`.
pub fn judged(line: &line::Model, status: Status) -> Result<Option<Action>, Refusal> {
    Ok(match (status, target(line)?) {
        (Status::Pending | Status::Received, LineStanding::Approved) => Some(Action::Approve),
        (Status::Rejected | Status::Reversed, LineStanding::Approved) => Some(Action::Reinstate),
        (Status::Pending | Status::Received, LineStanding::Rejected) => Some(Action::Reject),
        (Status::Approved | Status::Locked | Status::Paid, LineStanding::Rejected) => Some(Action::Reverse),
        (_, LineStanding::Approved | LineStanding::Rejected | LineStanding::Pending) => None,
    })
}

/// Whether theirs, once it is taken, stands for money.
pub fn counts(line: &line::Model) -> bool {
    target(line) == Ok(LineStanding::Approved)
}

/// Why it is taken back: what the person said, what their word means, or what the cause is.
pub fn reason(line: &line::Model) -> ConversionReason {
    let said = |code: &Option<String>| code.as_deref().and_then(ConversionReason::from_code);
    let by_cause = || match line.cause {
        Some(LineCause::TestRow) => ConversionReason::Test,
        Some(LineCause::Duplicate) => ConversionReason::DuplicateOrder,
        Some(LineCause::Window) => ConversionReason::TooLate,
        _ => ConversionReason::AdvertiserOther,
    };
    said(&line.reason).or_else(|| said(&line.theirs_reason)).unwrap_or_else(by_cause)
}

/// The whole charge of which `wanted_minor` is left after the refunds there were.
pub fn whole_charge(row: &conversion::Model, wanted_minor: i64) -> Option<i64> {
    let left = row.sale_minor - row.refund_minor;
    if row.refund_minor == 0 || left <= 0 {
        return Some(wanted_minor).filter(|_| row.refund_minor == 0);
    }
    let whole = i128::from(wanted_minor) * i128::from(row.sale_minor);
    let whole = i64::try_from(kernel::decimal::divide_half_away(whole, i128::from(left))).ok()?;
    (amounts::left_after_refund(whole, row.sale_minor, row.refund_minor) == wanted_minor).then_some(whole)
}

/// Whether it is carried out by a job, once.
pub const fn is_carried_out(decision: LineDecision) -> bool {
    matches!(decision, LineDecision::TakeTheirs | LineDecision::MakeConversion)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn click_ids_are_read_however_they_are_written() {
        let plain = "01KAMX4S5T0000000000000000";
        let known = click(plain);
        assert!(known.is_some());
        assert_eq!(click(&format!("clk_{}", plain.to_lowercase())), known);
        assert_eq!(click("AB-17"), None);
    }

    #[test]
    fn a_moment_is_told_by_the_basis() {
        let [event, clicked, decided] = [1, 2, 3].map(Timestamp::from_millis);
        let at = |basis| moment(basis, event, Some(clicked), Some(decided)).millis();
        assert_eq!([at(DateBasis::Event), at(DateBasis::Click), at(DateBasis::Decided)], [1, 2, 3]);
        assert_eq!(moment(DateBasis::Decided, event, None, None), event);
    }
}
