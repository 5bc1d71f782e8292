//! Every expected "no", on one page. A code is stable for ever; the words may improve.

use std::fmt;

use serde::Serialize;

/// How a refusal reads over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    Malformed,
    Unauthenticated,
    Forbidden,
    NotFound,
    Conflict,
    TooLarge,
    Unprocessable,
    TooMany,
    Unavailable,
}

impl RefusalKind {
    pub const fn http_status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::Unprocessable => 422,
            Self::TooMany => 429,
            Self::Unavailable => 503,
        }
    }
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $code:literal $kind:ident;)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum RefusalCode { $($(#[$doc])* $name),+ }

        impl RefusalCode {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            pub const fn kind(self) -> RefusalKind {
                match self { $(Self::$name => RefusalKind::$kind),+ }
            }
        }
    };
}

refusals! {
    // Who asks.
    NotAuthenticated "not_authenticated" Unauthenticated;
    BadCredentials "bad_credentials" Unauthenticated;
    BadSignature "bad_signature" Unauthenticated;
    /// A click id vouches for nothing: nobody here drew it.
    BadClickId "bad_click_id" Unauthenticated;
    BadToken "bad_token" Unauthenticated;
    Replayed "replayed" Unauthenticated;
    TotpRequired "totp_required" Unauthenticated;
    CsrfHeaderMissing "csrf_header_missing" Forbidden;
    NotPermitted "not_permitted" Forbidden;
    ScopeMissing "scope_missing" Forbidden;
    TooManyRequests "too_many_requests" TooMany;
    // How it is asked.
    BadAmount "bad_amount" Malformed;
    BadBody "bad_body" Malformed;
    /// An advertiser's file of figures cannot be read; the words name its rows.
    BadFigures "bad_figures" Malformed;
    BadCurrency "bad_currency" Malformed;
    BadId "bad_id" Malformed;
    BadParameter "bad_parameter" Malformed;
    /// A file of costs cannot be read; the words name the line.
    BadCostFile "bad_cost_file" Malformed;
    /// A file of paths cannot be read; the words name the line.
    BadPathFile "bad_path_file" Malformed;
    /// A file of reference rates cannot be read; the words name the line.
    BadRateFile "bad_rate_file" Malformed;
    BadTimezone "bad_timezone" Malformed;
    BodyTooLarge "body_too_large" TooLarge;
    /// One or more fields are wrong; `fields` says which.
    InvalidFields "invalid_fields" Unprocessable;
    /// The workspace asks visitors, and this one has not agreed.
    ExportNotReady "export_not_ready" Conflict;
    ExportTooLarge "export_too_large" Unprocessable;
    TooManyExports "too_many_exports" TooMany;
    ConsentRequired "consent_required" Forbidden;
    MethodNotAllowed "method_not_allowed" Malformed;
    /// The sender says that it only tries: nothing is recorded.
    TestMode "test_mode" Malformed;
    // What it is asked of.
    NotFound "not_found" NotFound;
    UnknownHost "unknown_host" NotFound;
    AlreadyExists "already_exists" Conflict;
    EmailTaken "email_taken" Conflict;
    IdempotencyKeyReused "idempotency_key_reused" Conflict;
    RequestInProgress "request_in_progress" Conflict;
    // Landing pages and addresses.
    LandingNotAllowed "landing_not_allowed" Unprocessable;
    // What state forbids.
    IllegalMove "illegal_move" Conflict;
    ConversionLocked "conversion_locked" Conflict;
    AmountOutOfRange "amount_out_of_range" Unprocessable;
    /// A cap leaves no room for it.
    CapReached "cap_reached" Conflict;
    /// Somebody has decided it already.
    AlreadyDecided "already_decided" Conflict;
    /// Whoever asks does not approve it too.
    SecondPersonNeeded "second_person_needed" Conflict;
    /// No rate of that day is known.
    RateUnknown "rate_unknown" Conflict;
    NothingToPay "nothing_to_pay" Conflict;
    /// All that is charged stands on an invoice.
    NothingToInvoice "nothing_to_invoice" Conflict;
    /// Somebody's name, address or tax numbers are not known, or nobody has looked at them.
    BillingDetailsMissing "billing_details_missing" Conflict;
    /// Invoices are issued for a partner only once it has agreed.
    SelfBillingNotAgreed "self_billing_not_agreed" Conflict;
    /// The other side writes the invoice: the partner its own, or the workspace on its behalf.
    WrongBiller "wrong_biller" Conflict;
    /// A paper is no structured invoice; the words say why.
    NotStructured "not_structured" Conflict;
    /// A paper that was kept is not what it was.
    PaperChanged "paper_changed" Conflict;
    /// More than lies there.
    InsufficientBalance "insufficient_balance" Conflict;
    /// The right to it has lapsed.
    DeadlinePassed "deadline_passed" Conflict;
    /// What is theirs cannot be taken: it names nothing of ours, or says nothing that is decided.
    NothingToTake "nothing_to_take" Conflict;
    /// Differences are left, or decisions are still being carried out.
    NotAllDecided "not_all_decided" Conflict;
    /// The period is closed, or lies before one that is.
    PeriodClosed "period_closed" Conflict;
    /// A period is closed once its last day is over.
    PeriodNotOver "period_not_over" Conflict;
    /// The month of a RevShare is closed: what is reported for it joins the next one.
    MonthClosed "month_closed" Conflict;
    /// A month is closed once its last day is over.
    MonthNotOver "month_not_over" Conflict;
    BatchFrozen "batch_frozen" Conflict;
    BatchChanged "batch_changed" Conflict;
    PayoutNotInTransit "payout_not_in_transit" Conflict;
    /// Nobody has agreed to it, or it was rejected.
    BatchNotApproved "batch_not_approved" Conflict;
    /// A batch left the house: it can be neither undone nor sent again.
    AlreadySent "already_sent" Conflict;
    /// The workspace has not said from which account a method is paid.
    PayerMissing "payer_missing" Conflict;
    /// A payment service says itself what became of what it pays.
    ToldByService "told_by_service" Conflict;
    InvitationSpent "invitation_spent" Conflict;
    LinkExpired "link_expired" Conflict;
    PasswordTooWeak "password_too_weak" Unprocessable;
    TotpAlreadyOn "totp_already_on" Conflict;
    LastOwner "last_owner" Conflict;
    SimulationNotDone "simulation_not_done" Conflict;
    /// There is a workspace already.
    SetupDone "setup_done" Conflict;
    NotEnrolled "not_enrolled" Conflict;
    /// No sound tracking domain can take the place of another.
    NoSpareDomain "no_spare_domain" Conflict;
    /// What was sent cannot be sent again as it stands.
    NotReplayable "not_replayable" Conflict;
    /// A platform would count the sample: it lacks the code of its page of test events.
    TestCodeMissing "test_code_missing" Conflict;
    /// A plan leaves less of what is charged than the workspace wants, and nobody said why.
    MarginTooThin "margin_too_thin" Conflict;
    /// Somebody would be recruited by itself, or by those it recruited.
    RecruiterCircle "recruiter_circle" Conflict;
    /// The plan has moved on since the draft was made.
    DraftOutdated "draft_outdated" Conflict;
    /// As many as there may be.
    TooManyOfThem "too_many_of_them" Conflict;
    /// Two keys of a kind live: the one in use and the next.
    TwoKeysLive "two_keys_live" Conflict;
    TrafficTypeForbidden "traffic_type_forbidden" Conflict;
    // Reports.
    UnknownDimension "unknown_dimension" Malformed;
    UnknownMetric "unknown_metric" Malformed;
    ReportTooSlow "report_too_slow" Unavailable;
    // The world.
    RecordsUnavailable "records_unavailable" Unavailable;
    EventStoreUnavailable "event_store_unavailable" Unavailable;
    JournalUnavailable "journal_unavailable" Unavailable;
    Busy "busy" Unavailable;
}

/// What is wrong with one field of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldError {
    /// Dotted path, such as `goals.0.payout`.
    pub field: String,
    pub message: String,
}

/// An expected no: a stable code and plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: RefusalCode,
    pub message: String,
    pub fields: Vec<FieldError>,
}

impl Refusal {
    pub fn new(code: RefusalCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), fields: Vec::new() }
    }

    pub fn not_found(what: &str) -> Self {
        Self::new(RefusalCode::NotFound, format!("there is no such {what}"))
    }

    /// One field of the body is wrong.
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::fields(vec![FieldError { field: field.into(), message: message.into() }])
    }

    pub fn fields(fields: Vec<FieldError>) -> Self {
        let message = fields.iter().map(|error| format!("{}: {}", error.field, error.message));
        Self { code: RefusalCode::InvalidFields, message: message.collect::<Vec<_>>().join("; "), fields }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.code(), self.message)
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_snake_case_words() {
        let mut codes: Vec<_> = RefusalCode::ALL.iter().map(|refusal| refusal.code()).collect();
        assert!(codes.iter().all(|code| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')));
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), RefusalCode::ALL.len());
    }
}
