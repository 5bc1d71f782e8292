//! Every migration, in the order they run. Append only once released.

use sea_orm_migration::{MigrationTrait, MigratorTrait};

use crate::{
    adjustments, advertisers, audit, book, caps, conversions, coupons, currencies, doctor, domains, exports, identity,
    imports, links, offers, partners, payouts, placements, plan_drafts, plans, postbacks, results, workspaces,
};

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(super::schema::Platform),
            ledger::migration(),
            Box::new(identity::schema::Identity),
            Box::new(audit::schema::Audit),
            Box::new(workspaces::schema::Workspaces),
            Box::new(advertisers::schema::Advertisers),
            Box::new(partners::schema::Partners),
            Box::new(plans::schema::Plans),
            Box::new(offers::schema::Offers),
            Box::new(domains::schema::Domains),
            Box::new(links::schema::Links),
            Box::new(conversions::schema::Conversions),
            Box::new(payouts::schema::Payouts),
            Box::new(identity::schema::SessionPlaces),
            Box::new(partners::schema::FoldedNames),
            Box::new(partners::schema::Notes),
            Box::new(offers::schema::FoldedNames),
            Box::new(conversions::schema::ByClick),
            Box::new(caps::schema::Caps),
            Box::new(super::external_refs::ExternalRefs),
            Box::new(domains::dialects::DialectTokens),
            Box::new(offers::schema::Targeting),
            Box::new(links::schema::Targeting),
            Box::new(offers::schema::PayModels),
            Box::new(domains::schema::Checks),
            Box::new(offers::schema::LandingWeights),
            Box::new(caps::schema::CapRequests),
            Box::new(coupons::schema::Coupons),
            Box::new(conversions::schema::Traces),
            Box::new(links::schema::RouteHistory),
            Box::new(links::smart::schema::SmartLinks),
            Box::new(postbacks::schema::Postbacks),
            Box::new(domains::imported::ImportedClickSystems),
            Box::new(imports::schema::Imports),
            Box::new(workspaces::schema::Consent),
            Box::new(offers::schema::ViewThrough),
            Box::new(conversions::schema::AttributedBy),
            Box::new(exports::schema::Exports),
            Box::new(advertisers::schema::Keys),
            Box::new(doctor::schema::RefusedCalls),
            Box::new(doctor::schema::Checkups),
            Box::new(book::schema::Proofs),
            Box::new(offers::schema::ClockTerms),
            Box::new(conversions::schema::MovedAndClocked),
            Box::new(currencies::schema::Currencies),
            Box::new(adjustments::schema::Adjustments),
            Box::new(conversions::schema::RatesUsed),
            Box::new(partners::schema::PayoutCurrency),
            Box::new(payouts::schema::Exchanged),
            Box::new(postbacks::schema::MoreEvents),
            Box::new(links::smart::schema::FoldedNames),
            Box::new(results::schema::Results),
            Box::new(results::schema::RevenueShares),
            Box::new(results::qualify::schema::Qualifications),
            Box::new(conversions::schema::ByCustomer),
            Box::new(plan_drafts::schema::PlanDrafts),
            Box::new(conversions::schema::TierSettlements),
            Box::new(adjustments::schema::GivenAlone),
            Box::new(placements::schema::Placements),
        ]
    }
}
