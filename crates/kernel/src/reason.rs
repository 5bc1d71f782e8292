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
    /// Why a conversion is where it is. Those of caps have the form `cap_{scope}_{period}_{metric}`.
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
        CapPlatformHourConversions "cap_platform_hour_conversions",
        CapPlatformHourPayout "cap_platform_hour_payout",
        CapPlatformHourRevenue "cap_platform_hour_revenue",
        CapPlatformDayConversions "cap_platform_day_conversions",
        CapPlatformDayPayout "cap_platform_day_payout",
        CapPlatformDayRevenue "cap_platform_day_revenue",
        CapPlatformWeekConversions "cap_platform_week_conversions",
        CapPlatformWeekPayout "cap_platform_week_payout",
        CapPlatformWeekRevenue "cap_platform_week_revenue",
        CapPlatformMonthConversions "cap_platform_month_conversions",
        CapPlatformMonthPayout "cap_platform_month_payout",
        CapPlatformMonthRevenue "cap_platform_month_revenue",
        CapPlatformTotalConversions "cap_platform_total_conversions",
        CapPlatformTotalPayout "cap_platform_total_payout",
        CapPlatformTotalRevenue "cap_platform_total_revenue",
        CapAdvertiserHourConversions "cap_advertiser_hour_conversions",
        CapAdvertiserHourPayout "cap_advertiser_hour_payout",
        CapAdvertiserHourRevenue "cap_advertiser_hour_revenue",
        CapAdvertiserDayConversions "cap_advertiser_day_conversions",
        CapAdvertiserDayPayout "cap_advertiser_day_payout",
        CapAdvertiserDayRevenue "cap_advertiser_day_revenue",
        CapAdvertiserWeekConversions "cap_advertiser_week_conversions",
        CapAdvertiserWeekPayout "cap_advertiser_week_payout",
        CapAdvertiserWeekRevenue "cap_advertiser_week_revenue",
        CapAdvertiserMonthConversions "cap_advertiser_month_conversions",
        CapAdvertiserMonthPayout "cap_advertiser_month_payout",
        CapAdvertiserMonthRevenue "cap_advertiser_month_revenue",
        CapAdvertiserTotalConversions "cap_advertiser_total_conversions",
        CapAdvertiserTotalPayout "cap_advertiser_total_payout",
        CapAdvertiserTotalRevenue "cap_advertiser_total_revenue",
        CapOfferHourConversions "cap_offer_hour_conversions",
        CapOfferHourPayout "cap_offer_hour_payout",
        CapOfferHourRevenue "cap_offer_hour_revenue",
        CapOfferDayConversions "cap_offer_day_conversions",
        CapOfferDayPayout "cap_offer_day_payout",
        CapOfferDayRevenue "cap_offer_day_revenue",
        CapOfferWeekConversions "cap_offer_week_conversions",
        CapOfferWeekPayout "cap_offer_week_payout",
        CapOfferWeekRevenue "cap_offer_week_revenue",
        CapOfferMonthConversions "cap_offer_month_conversions",
        CapOfferMonthPayout "cap_offer_month_payout",
        CapOfferMonthRevenue "cap_offer_month_revenue",
        CapOfferTotalConversions "cap_offer_total_conversions",
        CapOfferTotalPayout "cap_offer_total_payout",
        CapOfferTotalRevenue "cap_offer_total_revenue",
        CapGoalHourConversions "cap_goal_hour_conversions",
        CapGoalHourPayout "cap_goal_hour_payout",
        CapGoalHourRevenue "cap_goal_hour_revenue",
        CapGoalDayConversions "cap_goal_day_conversions",
        CapGoalDayPayout "cap_goal_day_payout",
        CapGoalDayRevenue "cap_goal_day_revenue",
        CapGoalWeekConversions "cap_goal_week_conversions",
        CapGoalWeekPayout "cap_goal_week_payout",
        CapGoalWeekRevenue "cap_goal_week_revenue",
        CapGoalMonthConversions "cap_goal_month_conversions",
        CapGoalMonthPayout "cap_goal_month_payout",
        CapGoalMonthRevenue "cap_goal_month_revenue",
        CapGoalTotalConversions "cap_goal_total_conversions",
        CapGoalTotalPayout "cap_goal_total_payout",
        CapGoalTotalRevenue "cap_goal_total_revenue",
        CapPartnerHourConversions "cap_partner_hour_conversions",
        CapPartnerHourPayout "cap_partner_hour_payout",
        CapPartnerHourRevenue "cap_partner_hour_revenue",
        CapPartnerDayConversions "cap_partner_day_conversions",
        CapPartnerDayPayout "cap_partner_day_payout",
        CapPartnerDayRevenue "cap_partner_day_revenue",
        CapPartnerWeekConversions "cap_partner_week_conversions",
        CapPartnerWeekPayout "cap_partner_week_payout",
        CapPartnerWeekRevenue "cap_partner_week_revenue",
        CapPartnerMonthConversions "cap_partner_month_conversions",
        CapPartnerMonthPayout "cap_partner_month_payout",
        CapPartnerMonthRevenue "cap_partner_month_revenue",
        CapPartnerTotalConversions "cap_partner_total_conversions",
        CapPartnerTotalPayout "cap_partner_total_payout",
        CapPartnerTotalRevenue "cap_partner_total_revenue",
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
        Chargeback "chargeback",
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
    /// A cap was reached: the conversion takes no room in any.
    pub fn is_cap(self) -> bool {
        self.code().starts_with("cap_")
    }

    /// Said by a person about a conversion that the rules had accepted.
    pub const fn is_verdict(self) -> bool {
        self as u8 >= Self::Manual as u8
    }

    /// The advertiser calls these *trash*: they leave the denominator of clean approval.
    pub const fn is_trash(self) -> bool {
        matches!(self, Self::BadContact | Self::DuplicateLead | Self::WrongGeo | Self::TestLead | Self::Underage)
    }
}
