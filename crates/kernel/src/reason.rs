//! The closed lists of reasons: why a click does not count, why a conversion was refused, reversed or marked.

use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($(#[$doc:meta])* $list:ident { $($name:ident $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $list { $(#[serde(rename = $code)] $name),+ }

        impl $list {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|reason| reason.code() == code)
            }
        }

        // Derived, the contract would name the variants and not their codes.
        impl utoipa::PartialSchema for $list {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                crate::closed_list::schema(Self::ALL.iter().map(|reason| reason.code()))
            }
        }

        impl utoipa::ToSchema for $list {}

        impl std::fmt::Display for $list {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

reasons! {
    /// Why a click is invalid.
    ClickReason {
        Bot "bot",
        Prefetch "prefetch",
        Datacenter "datacenter",
        Proxy "proxy",
        TargetingGeo "targeting_geo",
        TargetingDevice "targeting_device",
        TargetingTime "targeting_time",
        TargetingOther "targeting_other",
        OfferPaused "offer_paused",
        OfferExpired "offer_expired",
        NotEnrolled "not_enrolled",
        PartnerSuspended "partner_suspended",
        CapReached "cap_reached",
        ReferrerBlocked "referrer_blocked",
        SourceBlocked "source_blocked",
        RateLimited "rate_limited",
        FraudScore "fraud_score",
        TrafficTypeForbidden "traffic_type_forbidden",
        UnknownLink "unknown_link",
    }
}

impl ClickReason {
    /// Reasons of terms send the visitor down the fallback chain; the others only mark the click.
    pub const fn takes_fallback(self) -> bool {
        !matches!(
            self,
            Self::Bot | Self::Prefetch | Self::Datacenter | Self::Proxy | Self::RateLimited | Self::FraudScore
        )
    }
}

reasons! {
    /// Why a conversion is where it is. Caps have codes of their own form, `cap_{scope}_{period}_{metric}`.
    ConversionReason {
        BadToken "bad_token",
        BadSignature "bad_signature",
        Replayed "replayed",
        IpNotAllowed "ip_not_allowed",
        BadClickId "bad_click_id",
        ClickNotFound "click_not_found",
        ClickOfferMismatch "click_offer_mismatch",
        OfferInactive "offer_inactive",
        GoalUnknown "goal_unknown",
        PartnerSuspended "partner_suspended",
        NoAttribution "no_attribution",
        DuplicateOrder "duplicate_order",
        DuplicateClickGoal "duplicate_click_goal",
        DuplicateCustomerGoal "duplicate_customer_goal",
        DuplicateReceipt "duplicate_receipt",
        TooEarly "too_early",
        TooLate "too_late",
        BadAmount "bad_amount",
        BadCurrency "bad_currency",
        AmountOutOfRange "amount_out_of_range",
        FraudScore "fraud_score",
        FraudCase "fraud_case",
        ComplianceCase "compliance_case",
        SelfReferral "self_referral",
        ExistingCustomer "existing_customer",
        CouponNotAllowed "coupon_not_allowed",
        TrafficTypeForbidden "traffic_type_forbidden",
        Manual "manual",
        Test "test",
        BadContact "bad_contact",
        DuplicateLead "duplicate_lead",
        WrongGeo "wrong_geo",
        TestLead "test_lead",
        Underage "underage",
        CustomerRefused "customer_refused",
        Unreachable "unreachable",
        Returned "returned",
        Unpaid "unpaid",
        KycFailed "kyc_failed",
        NotQualified "not_qualified",
        BonusAbuse "bonus_abuse",
        MultiAccount "multi_account",
        Motivated "motivated",
        ScrubAgreed "scrub_agreed",
        AdvertiserOther "advertiser_other",
    }
}

impl ConversionReason {
    /// The advertiser calls these *trash*: they leave the denominator of clean approval.
    pub const fn is_trash(self) -> bool {
        matches!(self, Self::BadContact | Self::DuplicateLead | Self::WrongGeo | Self::TestLead | Self::Underage)
    }
}
