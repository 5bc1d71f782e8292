//! Every permission, on one page: its words, the roles that have it, the scope an API key needs for it.
//!
//! A permission is an extractor: `CanEditOffers(actor): CanEditOffers` in a handler's signature is the access rule.

use axum::{extract::FromRequestParts, http::request::Parts};
use kernel::{Refusal, RefusalCode};

use super::{
    actor::{Actor, Role, not_permitted},
    authenticate,
};
use crate::{App, platform::Problem};

macro_rules! permissions {
    ($($name:ident: $words:literal, $scope:literal, [$($role:ident),+];)+) => {
        $(
            #[doc = concat!("May ", $words, ".")]
            pub struct $name(pub Actor);

            impl FromRequestParts<App> for $name {
                type Rejection = Problem;
                async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
                    let actor = authenticate::actor(parts, app).await?;
                    require(&actor, &[$(Role::$role),+], $scope, $words)?;
                    Ok(Self(actor))
                }
            }
        )+

        /// Name, scope and roles of each permission.
        pub const ALL: &[(&str, &str, &[Role])] = &[$((stringify!($name), $scope, &[$(Role::$role),+])),+];
    };
}

permissions! {
    AnyMember: "be here", "profile:read", [Owner, Manager, Analyst, Finance, Partner, Advertiser];
    CanAcceptPlacements: "accept and cancel placements", "placements:accept", [Owner, Manager, Finance];
    CanAdjust: "adjust what partners are owed", "adjustments:write", [Owner, Manager, Finance];
    CanAppealScrubs: "appeal against what was scrubbed", "scrubs:appeal", [Partner];
    CanApproveConversions: "judge conversions", "conversions:write", [Owner, Manager, Advertiser];
    CanAskEarlyPayouts: "ask to be paid before the day", "early_payouts:write", [Owner, Manager, Partner];
    CanBillAdvertisers: "bill advertisers and record what they pay", "billing:write", [Owner, Manager, Finance];
    CanChangeOwnAccount: "change the own account", "profile:write", [Owner, Manager, Analyst, Finance, Partner, Advertiser];
    CanDecideCapRequests: "decide on requests for caps", "cap_requests:decide", [Owner, Manager, Advertiser];
    CanCloseManagerBonuses: "close a month of managers' bonuses", "manager_bonuses:close", [Owner, Finance];
    CanDecideDisputes: "decide partners' disputes", "disputes:decide", [Owner, Manager];
    CanDecideScrubs: "decide what is scrubbed and who bears it", "scrubs:decide", [Owner, Manager];
    CanDispute: "dispute conversions and write about disputes", "disputes:write", [Owner, Manager, Partner];
    CanEditAlertRules: "edit rules of alerts", "alert_rules:write", [Owner, Manager];
    CanEditAdvertisers: "edit advertisers", "advertisers:write", [Owner, Manager];
    CanEditCaps: "edit caps", "caps:write", [Owner, Manager];
    CanEditCosts: "write down what the programme costs", "costs:write", [Owner, Manager, Finance];
    CanEditCoupons: "edit coupons", "coupons:write", [Owner, Manager];
    CanEditDomains: "edit tracking domains", "domains:write", [Owner, Manager];
    CanEditLinks: "make and edit links", "links:write", [Owner, Manager, Partner];
    CanEditOffers: "edit offers", "offers:write", [Owner, Manager];
    CanEditPartners: "edit partners and enrollments", "partners:write", [Owner, Manager];
    CanEditPlacements: "agree on placements", "placements:write", [Owner, Manager];
    CanEditPlans: "edit plans", "plans:write", [Owner, Manager];
    CanEditRevenueShare: "agree on RevShare and close its months", "revenue_share:write", [Owner, Manager];
    CanEditRewardUnits: "edit units of rewards", "reward_units:write", [Owner, Manager];
    CanEditSmartLinks: "make and edit smart links", "smart_links:write", [Owner, Manager];
    CanEditPostbacks: "edit postbacks", "postbacks:write", [Owner, Manager, Partner];
    CanEditWebhooks: "edit webhooks", "webhooks:write", [Owner, Manager];
    CanGiveRewards: "give rewards and fulfil what partners redeem", "rewards:write", [Owner, Manager, Finance];
    CanHandleAlerts: "take alerts on and say what was done", "alerts:write", [Owner, Manager, Finance];
    CanImport: "move in from another platform", "imports:write", [Owner, Manager];
    CanExport: "export raw rows", "exports:write", [Owner, Manager, Analyst, Finance, Partner, Advertiser];
    CanInvitePeople: "invite people", "people:invite", [Owner, Manager];
    CanManagePeople: "manage people, roles and keys", "people:write", [Owner];
    CanPay: "pay partners", "payouts:write", [Owner, Finance, Manager];
    CanPayInAdvance: "pay partners before the advertiser has paid", "payouts:advance", [Owner, Finance];
    CanFreezeConversions: "freeze conversions", "conversions:freeze", [Owner, Manager];
    CanMoveConversions: "move conversions to another partner", "conversions:move", [Owner, Manager];
    CanProvePlacements: "prove placements", "placements:prove", [Owner, Manager, Partner];
    CanReadAdjustments: "see adjustments", "adjustments:read", [Owner, Manager, Analyst, Finance, Partner];
    CanReadAlerts: "see alerts", "alerts:read", [Owner, Manager, Analyst, Finance];
    CanReadAdvertisers: "see advertisers", "advertisers:read", [Owner, Manager, Analyst, Finance, Advertiser];
    CanReadAttribution: "see who had a part in conversions", "reports:read", [Owner, Manager, Analyst, Finance, Advertiser];
    CanReadAudit: "read the audit log", "audit:read", [Owner, Manager];
    CanReadBalances: "see balances", "balances:read", [Owner, Manager, Analyst, Finance, Partner];
    CanReadBilling: "see invoices and balances of advertisers", "billing:read", [Owner, Manager, Analyst, Finance, Advertiser];
    CanReadReceivables: "see what advertisers owe", "receivables:read", [Owner, Manager, Analyst, Finance];
    CanReadBumpRequests: "see requests for rates", "bump_requests:read", [Owner, Manager, Analyst, Finance, Partner];
    CanReadCaps: "see caps", "caps:read", [Owner, Manager, Analyst, Finance, Partner, Advertiser];
    CanReadConversions: "see conversions", "conversions:read", [Owner, Manager, Analyst, Finance, Partner, Advertiser];
    CanReadCosts: "see what the programme costs", "costs:read", [Owner, Manager, Analyst, Finance];
    CanReadCoupons: "see coupons", "coupons:read", [Owner, Manager, Analyst, Finance, Partner, Advertiser];
    CanReadJournal: "read the book", "journal:read", [Owner, Manager, Analyst, Finance];
    CanReadLinks: "see links", "links:read", [Owner, Manager, Analyst, Partner];
    CanReadManagerBonuses: "see managers' bonuses", "manager_bonuses:read", [Owner, Manager, Finance];
    CanReadOffers: "see offers", "offers:read", [Owner, Manager, Analyst, Finance, Partner, Advertiser];
    CanReadOwnInvoices: "see invoices that partners write themselves", "own_invoices:read", [Owner, Manager, Finance, Partner];
    CanReadPartners: "see partners", "partners:read", [Owner, Manager, Analyst, Finance, Partner];
    CanReadPayouts: "see payouts", "payouts:read", [Owner, Manager, Analyst, Finance, Partner];
    CanReadPeople: "see people", "people:read", [Owner, Manager, Analyst, Finance];
    CanReadPlacements: "see placements", "placements:read", [Owner, Manager, Analyst, Finance, Partner];
    CanReadPlans: "see plans", "plans:read", [Owner, Manager, Analyst, Finance];
    CanReadPostbacks: "see postbacks and their log", "postbacks:read", [Owner, Manager, Analyst, Partner];
    CanReadReports: "read reports", "reports:read", [Owner, Manager, Analyst, Finance, Partner, Advertiser];
    CanReadActs: "see closed periods", "reconciliation:acts", [Owner, Manager, Analyst, Finance, Advertiser];
    CanReadDisputes: "see partners' disputes", "disputes:read", [Owner, Manager, Analyst, Finance, Partner];
    CanReadReconciliation: "see an advertiser's figures beside ours", "reconciliation:read", [Owner, Manager, Analyst, Finance];
    CanReconcile: "compare an advertiser's figures with ours", "reconciliation:write", [Owner, Manager, Finance];
    CanReadResults: "see what customers did", "customer_results:read", [Owner, Manager, Analyst, Finance, Advertiser];
    CanReadRevenueShare: "see months of RevShare", "revenue_share:read", [Owner, Manager, Analyst, Finance, Partner];
    CanReadRewards: "see rewards that are not money", "rewards:read", [Owner, Manager, Analyst, Finance, Partner];
    CanReadScrubs: "see what is scrubbed", "scrubs:read", [Owner, Manager, Analyst, Finance, Partner, Advertiser];
    CanReadTaxForms: "see tax forms", "tax_forms:read", [Owner, Manager, Finance, Partner];
    CanReadSmartLinks: "see smart links", "smart_links:read", [Owner, Manager, Analyst, Partner];
    CanRedeemRewards: "redeem rewards", "rewards:redeem", [Partner];
    CanReplaySmartLinks: "judge another way of choosing", "smart_links:replay", [Owner, Manager, Analyst];
    CanReprice: "price the past anew", "reprices:write", [Owner, Manager, Finance];
    CanRequestCaps: "ask for caps", "cap_requests:write", [Owner, Manager, Partner];
    CanRequestRates: "ask for rates and answer", "bump_requests:write", [Owner, Manager, Partner];
    CanRequestScrubs: "ask to have conversions removed", "scrubs:write", [Owner, Manager, Advertiser];
    CanRequestEnrollments: "enroll or ask to be enrolled", "enrollments:write", [Owner, Manager, Partner];
    CanSearch: "search", "search:read", [Owner, Manager, Analyst, Finance, Partner, Advertiser];
    CanReviewOwnInvoices: "accept and send back partners' own invoices", "own_invoices:review", [Owner, Manager, Finance];
    CanReviewTaxForms: "accept and reject tax forms", "tax_forms:review", [Owner, Manager, Finance];
    CanSeeClocks: "see the clocks of offers", "offers:clocks", [Owner, Manager, Analyst, Finance];
    CanSeePostbackToken: "see the postback token", "postback_token:read", [Owner, Manager];
    CanSeeRates: "see reference rates", "rates:read", [Owner, Manager, Analyst, Finance];
    CanSetManagerBonuses: "set what managers get", "manager_bonuses:write", [Owner];
    CanSetRates: "set reference rates", "rates:write", [Owner, Manager, Finance];
    CanSetOwnPostbackToken: "see and renew an advertiser's postback token", "advertiser_token:write", [Owner, Manager, Advertiser];
    CanSendReceipts: "report conversions", "receipts:write", [Owner, Manager, Advertiser];
    CanSendResults: "report what customers did", "customer_results:write", [Owner, Manager, Advertiser];
    CanSetPayoutDetails: "set payout details", "payout_details:write", [Owner, Manager, Finance, Partner];
    CanSubmitOwnInvoices: "hand partners' own invoices in", "own_invoices:write", [Owner, Manager, Finance, Partner];
    CanSubmitTaxForms: "hand tax forms in", "tax_forms:write", [Owner, Manager, Finance, Partner];
    CanSimulatePlans: "try plans on what happened", "plans:simulate", [Owner, Manager, Analyst, Finance];
    CanSetWorkspace: "change the workspace", "workspace:write", [Owner];
}

/// Scope that lets `replay` state its own times and addresses.
pub const REPLAY_SCOPE: &str = "replay:write";

/// Every scope a key may carry.
pub fn scopes() -> Vec<&'static str> {
    let mut scopes: Vec<_> = ALL.iter().map(|permission| permission.1).chain([REPLAY_SCOPE]).collect();
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}

/// The scopes that the actor's role has and its key reaches: what it may do here.
pub fn of(actor: &Actor) -> Vec<&'static str> {
    let may = |scope: &&str| super::rules::role_has_scope(actor.role, scope) && actor.has_scope(scope);
    scopes().into_iter().filter(may).collect()
}

fn require(actor: &Actor, roles: &[Role], scope: &str, words: &str) -> Result<(), Refusal> {
    if !roles.contains(&actor.role) {
        return Err(not_permitted(words));
    }
    if !actor.has_scope(scope) {
        return Err(Refusal::new(RefusalCode::ScopeMissing, format!("this key lacks the scope {scope}")));
    }
    Ok(())
}
