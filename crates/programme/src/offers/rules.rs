//! What an offer may be: words, bounds, moves of offers and enrollments, traffic types. Pure; nothing is looked up.

use kernel::{Refusal, RefusalCode};

use super::terms::{EnrollmentState, OfferState, TrafficRule};

/// Longest name of a traffic type, vertical or goal, in bytes.
pub const WORD_BYTES_MAX: usize = 60;
/// What a link has that declares no traffic type.
pub const TRAFFIC_UNSPECIFIED: &str = "unspecified";

/// A word such as `social_ads` or `e-commerce`: lower-case letters, digits, `_`, `-`, `:` and `.`.
pub fn word(field: &str, text: &str) -> Result<String, Refusal> {
    let text = text.trim().to_lowercase();
    let plain = text.chars().all(|c| c.is_alphanumeric() || "_-:.".contains(c));
    if text.is_empty() || text.len() > WORD_BYTES_MAX || !plain {
        return Err(Refusal::field(field, "must be a word of letters, digits, _ - : or ., at most 60 bytes"));
    }
    Ok(text)
}

/// Name of the parameter under which a landing page reads the click id.
pub fn parameter_name(field: &str, text: &str) -> Result<String, Refusal> {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    if text.is_empty() || text.len() > WORD_BYTES_MAX || !plain {
        return Err(Refusal::field(field, "must be 1 to 60 letters, digits, _ - or ."));
    }
    Ok(text.to_owned())
}

/// A query such as `utm_source=tributary&utm_campaign={offer_id}`.
pub fn query_template(field: &str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let odd = |byte: u8| byte <= b' ' || byte >= 0x7F || b"#?\\<>\"".contains(&byte);
    if text.is_empty() || text.len() > 500 || text.bytes().any(odd) {
        return Err(Refusal::field(field, "must be a query such as utm_source=tributary, without ?, # or blanks"));
    }
    Ok(text.to_owned())
}

/// A whole number within bounds.
pub fn within(field: &str, value: i32, least: i32, most: i32) -> Result<i32, Refusal> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(Refusal::field(field, format!("must be {least} to {most}")))
}

/// An expired offer stays so; a draft begins by becoming active.
pub fn move_offer(from: OfferState, to: OfferState) -> Result<OfferState, Refusal> {
    use OfferState::{Active, Draft, Expired, Paused};
    let allowed = matches!(
        (from, to),
        (Draft, Active | Expired) | (Active, Paused | Expired) | (Paused, Active | Expired) | (Expired, Active)
    );
    if from == to || allowed {
        return Ok(to);
    }
    Err(illegal(format!("an offer does not go from {from:?} to {to:?}")))
}

/// Which decisions a manager may take on an enrollment.
pub fn move_enrollment(from: EnrollmentState, to: EnrollmentState) -> Result<EnrollmentState, Refusal> {
    use EnrollmentState::{Approved, Ended, Paused, Rejected, Requested, Testing};
    let allowed = match from {
        Requested => matches!(to, Approved | Testing | Rejected),
        Approved => matches!(to, Testing | Paused | Ended),
        Testing | Paused => matches!(to, Approved | Testing | Paused | Ended),
        Ended | Rejected => matches!(to, Approved | Testing),
    };
    if from == to || allowed {
        return Ok(to);
    }
    Err(illegal(format!("an enrollment does not go from {from:?} to {to:?}")))
}

fn illegal(message: String) -> Refusal {
    Refusal::new(RefusalCode::IllegalMove, message.to_lowercase())
}

/// Whether a link may declare this type of traffic.
pub fn may_send(rule: TrafficRule, is_approved: bool, traffic_type: &str) -> Result<(), Refusal> {
    let why = match rule {
        TrafficRule::Allowed => return Ok(()),
        TrafficRule::ByApproval if is_approved => return Ok(()),
        TrafficRule::ByApproval => "needs an approval that this enrollment lacks",
        TrafficRule::Forbidden => "is forbidden by this offer",
    };
    Err(Refusal::new(RefusalCode::TrafficTypeForbidden, format!("traffic of the type {traffic_type} {why}")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn moves_of_enrollments() {
        use EnrollmentState::{Approved, Ended, Paused, Rejected, Requested};
        assert!(move_enrollment(Requested, Approved).is_ok());
        assert!(move_enrollment(Paused, Approved).is_ok());
        assert!(move_enrollment(Approved, Requested).is_err());
        assert!(move_enrollment(Approved, Rejected).is_err());
        assert!(move_enrollment(Ended, Paused).is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,80}") {
            let _ = (word("w", &text), query_template("q", &text), parameter_name("p", &text));
        }
    }
}
