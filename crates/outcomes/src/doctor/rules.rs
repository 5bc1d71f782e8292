//! What to do about a call that was refused: pure.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// How far a signature's timestamp may be off; the edge has the same.
const REPLAY_WINDOW_MS: i64 = edge::receipt::signature::REPLAY_WINDOW_MS;

/// What helps. People read it in their own words; the order is of no account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// Send the token along.
    SendToken,
    /// The token was retired: put the live one in.
    UseLiveToken,
    /// The token is nobody's: copy it anew.
    CheckToken,
    /// The five lines of the signature do not fit.
    SignAsTheManual,
    /// The sender's clock is off.
    SetClock,
    /// Each call needs a nonce of its own.
    FreshNonce,
    /// Put the address on the list.
    ListAddress,
    /// Prove yourself better, or ask for less.
    ClimbLadder,
    /// Keep the click id from the landing page on and send it.
    PassClickId,
    /// The click is another advertiser's or offer's.
    MatchOffer,
    /// The offer is paused, a draft, or over.
    OpenOffer,
    /// Name a goal that the offer has.
    NameGoal,
    /// The order was told before: send each once.
    NewOrder,
    /// It came outside the offer's time from click to conversion.
    CheckWindow,
    /// An amount such as 80.00.
    PlainAmount,
    /// The offer's own currency.
    OffersCurrency,
    /// Something else cannot be read; the message says what.
    ReadMessage,
    /// A cap is full: wait, or raise it.
    RaiseCap,
    /// Give the offer a tracking link.
    MakeLink,
    /// The domain's name or certificate is not in order.
    RepairDomain,
    /// Put a spare in the domain's place.
    SwapDomain,
    /// What offer, partner or link say keeps visitors away.
    CheckTerms,
    /// The landing page does not answer as it should.
    RepairLanding,
    /// A redirect leads to a host the offer does not allow.
    AllowHost,
    /// The landing page loses the click id on the way.
    KeepParameter,
    /// The advertiser asks for a signature and has no key to sign with.
    MakeSigningKey,
    /// The offer's rules say so; nothing is broken.
    AsAgreed,
}

impl Advice {
    pub fn code(self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    pub fn from_code(code: &str) -> Option<Self> {
        serde_json::from_value(code.into()).ok()
    }

    /// Whether the sender or its settings must change; otherwise a rule did its work.
    pub const fn is_broken(self) -> bool {
        !matches!(self, Self::AsAgreed | Self::NewOrder | Self::CheckWindow | Self::RaiseCap)
    }
}

/// What is known of the token a refused call came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenSeen {
    None,
    Unknown,
    Retired,
}

/// What helps after a refusal at the door, before anything was kept.
pub fn at_the_door(reason: &str, token: TokenSeen, params: &[(String, String)], at: Timestamp) -> Advice {
    match reason {
        "bad_token" => match token {
            TokenSeen::None => Advice::SendToken,
            TokenSeen::Retired => Advice::UseLiveToken,
            TokenSeen::Unknown => Advice::CheckToken,
        },
        "replayed" if is_clock_off(params, at) => Advice::SetClock,
        "replayed" => Advice::FreshNonce,
        reason => after_reading(reason),
    }
}

fn is_clock_off(params: &[(String, String)], at: Timestamp) -> bool {
    let said = params.iter().find(|(name, _)| name == "timestamp").and_then(|(_, value)| value.parse::<i64>().ok());
    said.is_some_and(|seconds| {
        at.millis().saturating_sub(seconds.saturating_mul(1_000)).saturating_abs() > REPLAY_WINDOW_MS
    })
}

/// What helps after a verdict on a receipt.
pub fn after_reading(reason: &str) -> Advice {
    match reason {
        "bad_token" => Advice::ClimbLadder,
        "bad_signature" => Advice::SignAsTheManual,
        "ip_not_allowed" => Advice::ListAddress,
        "bad_click_id" | "click_not_found" | "no_attribution" => Advice::PassClickId,
        "click_offer_mismatch" => Advice::MatchOffer,
        "offer_inactive" => Advice::OpenOffer,
        "goal_unknown" => Advice::NameGoal,
        "duplicate_order" | "duplicate_click_goal" | "duplicate_customer_goal" | "duplicate_receipt" => {
            Advice::NewOrder
        }
        "too_early" | "too_late" => Advice::CheckWindow,
        "bad_amount" | "amount_out_of_range" => Advice::PlainAmount,
        "bad_currency" => Advice::OffersCurrency,
        "bad_parameter" | "bad_body" | "bad_id" | "body_too_large" | "method_not_allowed" | "not_found" => {
            Advice::ReadMessage
        }
        reason if reason.starts_with("cap_") => Advice::RaiseCap,
        _ => Advice::AsAgreed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_has_its_advice() {
        let now = Timestamp::from_millis(1_790_000_000_000);
        let params = |seconds: i64| vec![("timestamp".to_owned(), seconds.to_string())];
        for (reason, token, seconds, wanted) in [
            ("bad_token", TokenSeen::None, 0, Advice::SendToken),
            ("bad_token", TokenSeen::Retired, 0, Advice::UseLiveToken),
            ("bad_token", TokenSeen::Unknown, 0, Advice::CheckToken),
            ("bad_signature", TokenSeen::None, 0, Advice::SignAsTheManual),
            ("replayed", TokenSeen::None, 1_790_000_000, Advice::FreshNonce),
            ("replayed", TokenSeen::None, 1_790_000_301, Advice::SetClock),
            ("replayed", TokenSeen::None, i64::MIN, Advice::SetClock),
            ("bad_parameter", TokenSeen::None, 0, Advice::ReadMessage),
        ] {
            assert_eq!(at_the_door(reason, token, &params(seconds), now), wanted, "{reason}");
        }
        for (reason, wanted) in [
            ("bad_token", Advice::ClimbLadder),
            ("ip_not_allowed", Advice::ListAddress),
            ("goal_unknown", Advice::NameGoal),
            ("cap_offer_day_payout", Advice::RaiseCap),
            ("manual", Advice::AsAgreed),
        ] {
            assert_eq!(after_reading(reason), wanted, "{reason}");
            assert_eq!(Advice::from_code(&wanted.code()), Some(wanted));
        }
    }
}
