//! Every route of the API, on one page.

use axum::{Router, middleware};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    App, accruals, adjustments, advertisers, alerts, audit, billing, billing_details, bonuses, book, bump_requests,
    caps, conversions, coupons, currencies, disputes, doctor, domains, explain, exports, identity, imports, links,
    manager_bonuses, offers, own_invoices, papers, partners, payday, payout_requirements, payouts, placements,
    plan_drafts, platform::idempotency, postbacks, programme_costs, reconciliation, recruitment, reports, reprices,
    results, reward_units, rewards, scrubs, search, simulations, subscriptions, tax_forms, workspaces,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tributary",
        description = "The affiliate manager's workplace. Money is whole minor units; times are RFC 3339 UTC; lists answer \
                       `{items, next_cursor}`; errors are RFC 9457 problems with a stable `code`."
    ),
    modifiers(&BearerKey),
    // Named by a generic type or in queries alone, so that nothing else would list them.
    components(schemas(events::question::asked::SortBy, papers::files::FileFormat)),
    security(("api_key" = []))
)]
struct Document;

struct BearerKey;

impl Modify for BearerKey {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        document.components.get_or_insert_default().add_security_scheme("api_key", bearer);
    }
}

fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(who())
        .merge(what())
        .merge(happened())
        .merge(owed())
        .merge(demanded())
        .merge(billed())
        .merge(told())
        .merge(moving())
}

/// identity, workspaces, audit
fn who() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(identity::api::session::sign_in::sign_in, identity::api::session::sign_out::sign_out))
        .routes(routes!(identity::api::session::switch::switch))
        .routes(routes!(identity::api::me::show, identity::api::me::change))
        .routes(routes!(identity::api::password::change::change))
        .routes(routes!(identity::api::password::request_reset::request_reset))
        .routes(routes!(identity::api::password::confirm_reset::confirm_reset))
        .routes(routes!(identity::api::totp::set_up::set_up))
        .routes(routes!(identity::api::totp::confirm::confirm))
        .routes(routes!(identity::api::totp::disable::disable))
        .routes(routes!(identity::api::invitations::create::create, identity::api::invitations::list::list))
        .routes(routes!(identity::api::invitations::revoke::revoke))
        .routes(routes!(identity::api::invitations::accept::accept))
        .routes(routes!(identity::api::invitations::view::view))
        .routes(routes!(identity::api::people::list::list))
        .routes(routes!(identity::api::people::change_role::change_role, identity::api::people::end::end))
        .routes(routes!(identity::api::api_keys::create::create, identity::api::api_keys::list::list))
        .routes(routes!(identity::api::api_keys::list_scopes::list_scopes))
        .routes(routes!(identity::api::api_keys::revoke::revoke))
        .routes(routes!(workspaces::api::show::show, workspaces::api::change::change))
        .routes(routes!(workspaces::api::set_up::state, workspaces::api::set_up::set_up))
        .routes(routes!(workspaces::api::show_token::show_token))
        .routes(routes!(workspaces::api::rotate_token::rotate_token))
        .routes(routes!(audit::api::list))
}

/// currencies, advertisers, partners, plans, offers, caps, coupons, domains, links
/// advertisers, partners, plans, offers, plan_drafts, caps, coupons, domains, links
fn what() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(currencies::api::list))
        .routes(routes!(currencies::api::register))
        .routes(routes!(currencies::api::set))
        .routes(routes!(currencies::api::bring))
        .routes(routes!(advertisers::api::create, advertisers::api::list))
        .routes(routes!(advertisers::api::show, advertisers::api::update))
        .routes(routes!(advertisers::api::postback_token, advertisers::api::renew_postback_token))
        .routes(routes!(advertisers::api::renew_signing_secret))
        .routes(routes!(advertisers::keys_api::list, advertisers::keys_api::make))
        .routes(routes!(advertisers::keys_api::retire))
        .routes(routes!(advertisers::api::managers))
        .routes(routes!(partners::api::create, partners::api::list))
        .routes(routes!(partners::api::show, partners::api::update))
        .routes(routes!(partners::api::managers))
        .routes(routes!(partners::api::team))
        .routes(routes!(partners::api::set_team_role))
        .routes(routes!(partners::notes::list, partners::notes::add))
        .routes(routes!(partners::api::payout_details, partners::api::set_payout_details))
        .routes(routes!(partners::account_changes::api::list))
        .routes(routes!(partners::account_changes::api::stop))
        .routes(routes!(partners::account_changes::api::confirm))
        .routes(routes!(partners::account_changes::api::confirm_for_partner))
        .routes(routes!(plan_drafts::api::plans::show))
        .routes(routes!(plan_drafts::api::plans::show_card))
        .routes(routes!(plan_drafts::api::plans::try_sale))
        .routes(routes!(plan_drafts::api::drafts::create, plan_drafts::api::drafts::list))
        .routes(routes!(
            plan_drafts::api::drafts::show,
            plan_drafts::api::drafts::replace,
            plan_drafts::api::drafts::discard
        ))
        .routes(routes!(plan_drafts::api::drafts::show_card))
        .routes(routes!(reward_units::api::create, reward_units::api::list))
        .routes(routes!(reward_units::api::update))
        .routes(routes!(offers::api::offers::create, offers::api::offers::list))
        .routes(routes!(offers::api::offers::show, offers::api::offers::update))
        .routes(routes!(offers::api::offers::managers))
        .routes(routes!(offers::api::goals::add))
        .routes(routes!(offers::api::goals::update))
        .routes(routes!(offers::api::goals::set_partner_rates))
        .routes(routes!(offers::api::private_rates::list))
        .routes(routes!(offers::api::landings::add))
        .routes(routes!(offers::api::clocks::list, offers::api::clocks::set))
        .routes(routes!(offers::api::landings::update))
        .routes(routes!(offers::api::enrollments::create, offers::api::enrollments::list))
        .routes(routes!(offers::api::enrollments::show, offers::api::enrollments::update))
        .routes(routes!(caps::api::create, caps::api::list))
        .routes(routes!(caps::api::show, caps::api::update))
        .routes(routes!(caps::api::decide))
        .routes(routes!(caps::requests_api::create, caps::requests_api::list))
        .routes(routes!(caps::requests_api::decide))
        .routes(routes!(coupons::api::create, coupons::api::list))
        .routes(routes!(coupons::api::update))
        .routes(routes!(coupons::api::show_crediting, coupons::api::set_crediting))
        .routes(routes!(domains::api::create, domains::api::list))
        .routes(routes!(domains::api::show, domains::api::update))
        .routes(routes!(links::domains_api::check))
        .routes(routes!(links::domains_api::swap))
        .routes(routes!(domains::tokens_api::create, domains::tokens_api::list))
        .routes(routes!(domains::tokens_api::revoke))
        .routes(routes!(links::api::create, links::api::list))
        .routes(routes!(links::api::show, links::api::update))
        .routes(routes!(links::api::try_visit))
        .routes(routes!(links::smart::api::create, links::smart::api::list))
        .routes(routes!(links::smart::api::show, links::smart::api::update))
        .routes(routes!(links::smart::replay_api::replay))
        .routes(routes!(links::smart::try_api::try_visit))
}

/// conversions, simulations, reprices, bump_requests, results, explain, doctor
/// conversions, results, accruals, explain, doctor
fn happened() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(conversions::api::list::list))
        .routes(routes!(conversions::api::show::show))
        .routes(routes!(conversions::api::journey::journey))
        .routes(routes!(results::api::upload::send, results::api::results::list))
        .routes(routes!(results::api::upload::upload))
        .routes(routes!(results::api::postback::postback))
        .routes(routes!(results::api::results::versions))
        .routes(routes!(results::api::agreed::show_formula, results::api::agreed::set_formula))
        .routes(routes!(results::api::agreed::add_terms, results::api::agreed::list_terms))
        .routes(routes!(results::api::months::list))
        .routes(routes!(results::api::months::customers))
        .routes(routes!(results::api::months::preview))
        .routes(routes!(results::api::months::close))
        .routes(routes!(results::qualify::api::show, results::qualify::api::set))
        .routes(routes!(results::qualify::api::list))
        .routes(routes!(simulations::api::simulate))
        .routes(routes!(simulations::drafts::simulate))
        .routes(routes!(simulations::drafts::switch_on))
        .routes(routes!(simulations::api::list))
        .routes(routes!(simulations::api::show))
        .routes(routes!(simulations::api::file))
        .routes(routes!(reprices::api::propose, reprices::api::list))
        .routes(routes!(reprices::api::show))
        .routes(routes!(reprices::api::confirm))
        .routes(routes!(reprices::api::refuse))
        .routes(routes!(bump_requests::api::create, bump_requests::api::list))
        .routes(routes!(bump_requests::api::decide))
        .routes(routes!(bump_requests::api::figures))
        .routes(routes!(accruals::api::list))
        .routes(routes!(accruals::api::rows))
        .routes(routes!(recruitment::api::list))
        .routes(routes!(recruitment::api::recruits))
        .routes(routes!(recruitment::api::code))
        .routes(routes!(bonuses::api::list))
        .routes(routes!(bonuses::api::ahead))
        .routes(routes!(explain::api::of_conversion))
        .routes(routes!(explain::api::of_click))
        .routes(routes!(conversions::api::act::approve))
        .routes(routes!(conversions::api::act::reject))
        .routes(routes!(conversions::api::act::reverse))
        .routes(routes!(conversions::api::act::reinstate))
        .routes(routes!(conversions::api::freeze::freeze))
        .routes(routes!(conversions::api::freeze::unfreeze))
        .routes(routes!(conversions::api::reassign::reassign))
        .routes(routes!(conversions::api::bulk::bulk))
        .routes(routes!(conversions::api::receipts::list, conversions::api::send::send))
        .routes(routes!(conversions::api::receipts::show))
        .routes(routes!(doctor::api::show_ladder))
        .routes(routes!(doctor::api::try_ladder))
        .routes(routes!(doctor::api::list_calls))
        .routes(routes!(doctor::api::latest_calls))
        .routes(routes!(doctor::snippets_api::show))
        .routes(routes!(doctor::checkup_api::show, doctor::checkup_api::check, doctor::checkup_api::change))
        .routes(routes!(doctor::checkup_api::list_broken))
}

/// rewards, adjustments, placements, programme_costs, manager_bonuses, payouts, book
fn owed() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(rewards::api::balances))
        .routes(routes!(rewards::api::enter, rewards::api::entries))
        .routes(routes!(rewards::redeem_api::ask, rewards::redeem_api::list))
        .routes(routes!(rewards::redeem_api::fulfil))
        .routes(routes!(rewards::redeem_api::decline))
        .routes(routes!(adjustments::api::ask, adjustments::api::list))
        .routes(routes!(adjustments::api::approve))
        .routes(routes!(adjustments::api::refuse))
        .routes(routes!(adjustments::api::limit, adjustments::api::set_limit))
        .routes(routes!(placements::api::agree, placements::api::list))
        .routes(routes!(placements::api::show, placements::api::change))
        .routes(routes!(placements::api::prove))
        .routes(routes!(placements::api::accept))
        .routes(routes!(placements::api::send_back))
        .routes(routes!(placements::api::miss))
        .routes(routes!(placements::api::cancel))
        .routes(routes!(programme_costs::api::add, programme_costs::api::list))
        .routes(routes!(programme_costs::api::replace))
        .routes(routes!(programme_costs::api::remove))
        .routes(routes!(programme_costs::api::load))
        .routes(routes!(manager_bonuses::api::set_plan, manager_bonuses::api::list_plans))
        .routes(routes!(manager_bonuses::api::list))
        .routes(routes!(manager_bonuses::api::close_month))
        .routes(routes!(payouts::api::balances::balance))
        .routes(routes!(payouts::api::balances::statement))
        .routes(routes!(payouts::api::balances::owed))
        .routes(routes!(payouts::api::journal::list))
        .routes(routes!(payouts::api::journal::accounts))
        .routes(routes!(payouts::api::journal::show))
        .routes(routes!(payouts::api::next_payout::next_payout))
        .routes(routes!(payouts::api::terms::show, payouts::api::terms::set))
        .routes(routes!(payouts::api::terms::show_payee, payouts::api::terms::set_payee))
        .routes(routes!(payouts::api::early::list, payouts::api::early::ask))
        .routes(routes!(payouts::api::early::approve))
        .routes(routes!(payouts::api::early::decline))
        .routes(routes!(payouts::api::early::withdraw))
        .routes(routes!(payouts::api::to_invoice::to_invoice))
        .routes(routes!(payouts::api::batches::list, payouts::api::batches::make))
        .routes(routes!(payouts::api::batches::show))
        .routes(routes!(payouts::api::batches::payouts))
        .routes(routes!(payouts::api::file::download))
        .routes(routes!(payouts::api::sending::approve))
        .routes(routes!(payouts::api::sending::reject))
        .routes(routes!(payouts::api::sending::send))
        .routes(routes!(payouts::api::sending::limit, payouts::api::sending::set_limit))
        .routes(routes!(payouts::api::payers::list, payouts::api::payers::set))
        .routes(routes!(payouts::api::schedules::list, payouts::api::schedules::create))
        .routes(routes!(payouts::api::schedules::change, payouts::api::schedules::remove))
        .routes(routes!(payouts::api::paypal_news::receive))
        .routes(routes!(payouts::api::results::batch_paid))
        .routes(routes!(payouts::api::results::list))
        .routes(routes!(payouts::api::results::paid))
        .routes(routes!(payouts::api::results::failed))
        .routes(routes!(payouts::api::results::returned))
        .routes(routes!(book::api::show, book::api::prove))
}

/// tax_forms, payout_requirements, own_invoices
fn demanded() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(payout_requirements::api::show, payout_requirements::api::set))
        .routes(routes!(payout_requirements::api::of_partner, payout_requirements::api::set_of_partner))
        .routes(routes!(tax_forms::api::kinds))
        .routes(routes!(tax_forms::api::list))
        .routes(routes!(tax_forms::api::create))
        .routes(routes!(tax_forms::api::file))
        .routes(routes!(tax_forms::api::review))
        .routes(routes!(own_invoices::api::list))
        .routes(routes!(own_invoices::api::create))
        .routes(routes!(own_invoices::api::file))
        .routes(routes!(own_invoices::api::review))
}

/// billing, subscriptions, papers, reconciliation, scrubs, disputes
fn billed() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(billing::api::list))
        .routes(routes!(billing::api::set))
        .routes(routes!(billing::api::receivables))
        .routes(routes!(billing::api::advance))
        .routes(routes!(billing::payments_api::record, billing::payments_api::list))
        .routes(routes!(billing::payments_api::refund))
        .routes(routes!(billing::invoices_api::draft, billing::invoices_api::list))
        .routes(routes!(billing::invoices_api::show, billing::invoices_api::discard))
        .routes(routes!(billing::invoices_api::issue))
        .routes(routes!(billing::invoices_api::void))
        .routes(routes!(subscriptions::plans_api::create, subscriptions::plans_api::list))
        .routes(routes!(subscriptions::plans_api::change))
        .routes(routes!(subscriptions::plans_api::reminders, subscriptions::plans_api::set_reminders))
        .routes(routes!(subscriptions::api::start, subscriptions::api::list))
        .routes(routes!(subscriptions::api::show))
        .routes(routes!(subscriptions::api::of_advertiser))
        .routes(routes!(subscriptions::api::preview))
        .routes(routes!(subscriptions::api::change))
        .routes(routes!(subscriptions::api::preview_end))
        .routes(routes!(subscriptions::api::cancel))
        .routes(routes!(subscriptions::api::keep))
        .routes(routes!(reconciliation::api::mapping, reconciliation::api::set_mapping))
        .routes(routes!(reconciliation::api::create, reconciliation::api::list))
        .routes(routes!(reconciliation::api::show, reconciliation::api::discard))
        .routes(routes!(reconciliation::api::close))
        .routes(routes!(reconciliation::lines_api::list))
        .routes(routes!(reconciliation::lines_api::groups))
        .routes(routes!(reconciliation::lines_api::decide))
        .routes(routes!(reconciliation::lines_api::file))
        .routes(routes!(scrubs::api::terms, scrubs::api::set_terms))
        .routes(routes!(scrubs::api::share))
        .routes(routes!(scrubs::api::create))
        .routes(routes!(scrubs::api::show))
        .routes(routes!(scrubs::api::decide))
        .routes(routes!(scrubs::api::list))
        .routes(routes!(scrubs::api::appeal))
        .routes(routes!(scrubs::api::answer))
        .routes(routes!(disputes::api::terms, disputes::api::set_terms))
        .routes(routes!(disputes::api::create, disputes::api::list))
        .routes(routes!(disputes::api::show))
        .routes(routes!(disputes::api::say))
        .routes(routes!(disputes::api::decide))
        .routes(routes!(disputes::api::withdraw))
        .routes(routes!(payday::api::show))
        .routes(routes!(payday::api::advertisers))
        .routes(routes!(billing_details::api::show_own, billing_details::api::set_own))
        .routes(routes!(billing_details::api::show_partners, billing_details::api::set_partners))
        .routes(routes!(billing_details::api::show_advertisers, billing_details::api::set_advertisers))
        .routes(routes!(papers::api::statement))
        .routes(routes!(papers::api::invoice))
        .routes(routes!(papers::api::issue, papers::api::show))
        .routes(routes!(papers::api::file))
        .routes(routes!(papers::api::agreement))
}

/// reports, search, postbacks, alerts
fn told() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(postbacks::api::postbacks::create, postbacks::api::postbacks::list))
        .routes(routes!(
            postbacks::api::postbacks::show,
            postbacks::api::postbacks::update,
            postbacks::api::postbacks::end
        ))
        .routes(routes!(postbacks::api::postbacks::test))
        .routes(routes!(postbacks::api::webhooks::create, postbacks::api::webhooks::list))
        .routes(routes!(postbacks::api::webhooks::event_types))
        .routes(routes!(
            postbacks::api::webhooks::show,
            postbacks::api::webhooks::update,
            postbacks::api::webhooks::end
        ))
        .routes(routes!(postbacks::api::webhooks::rotate, postbacks::api::webhooks::retire_secret))
        .routes(routes!(postbacks::api::webhooks::test))
        .routes(routes!(postbacks::api::deliveries::list))
        .routes(routes!(postbacks::api::deliveries::replay_many))
        .routes(routes!(postbacks::api::deliveries::show))
        .routes(routes!(postbacks::api::deliveries::replay_one))
        .routes(routes!(reports::api::attribution::attribution))
        .routes(routes!(reports::api::changes::show))
        .routes(routes!(reports::api::clicks::list))
        .routes(routes!(reports::api::dashboard::show))
        .routes(routes!(reports::api::dictionary::dictionary))
        .routes(routes!(reports::api::export::export))
        .routes(routes!(reports::api::query::query))
        .routes(routes!(exports::api::create, exports::api::list))
        .routes(routes!(exports::api::show, exports::api::delete))
        .routes(routes!(exports::api::file))
        .routes(routes!(search::api::search))
        .routes(routes!(alerts::api::alerts::list))
        .routes(routes!(alerts::api::alerts::show))
        .routes(routes!(alerts::api::alerts::handle))
        .routes(routes!(alerts::api::written::list, alerts::api::written::create))
        .routes(routes!(alerts::api::written::change, alerts::api::written::remove))
        .routes(routes!(alerts::api::trial::try_rule))
}

/// imports
fn moving() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(imports::api::create, imports::api::list))
        .routes(routes!(imports::api::fields))
        .routes(routes!(imports::api::show, imports::api::update, imports::api::discard))
        .routes(routes!(imports::api::upload, imports::api::remove_file))
        .routes(routes!(imports::api::set_mapping))
        .routes(routes!(imports::api::check))
        .routes(routes!(imports::api::run))
        .routes(routes!(imports::api::undo))
        .routes(routes!(imports::api::findings))
        .routes(routes!(imports::api::findings_file))
}

/// The OpenAPI document alone.
pub fn document() -> utoipa::openapi::OpenApi {
    named(api().split_for_parts().1)
}

/// Names each operation after its method and path, so that names are unique and generated clients stay stable, and
/// describes each answer, as OpenAPI asks.
fn named(mut document: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    for (path, item) in &mut document.paths.paths {
        let words = path.split(['/', '{', '}', '-']).filter(|word| !word.is_empty() && *word != "v1");
        let noun = words.collect::<Vec<_>>().join("_");
        let operations = [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("put", &mut item.put),
            ("patch", &mut item.patch),
            ("delete", &mut item.delete),
        ];
        for (verb, operation) in operations {
            if let Some(operation) = operation {
                operation.operation_id = Some(format!("{verb}_{noun}"));
                describe_answers(operation);
            }
        }
    }
    document
}

/// An answer without words of its own gets those of its status.
fn describe_answers(operation: &mut utoipa::openapi::path::Operation) {
    for (status, answer) in &mut operation.responses.responses {
        if let utoipa::openapi::RefOr::T(answer) = answer
            && answer.description.is_empty()
        {
            let status = status.parse().ok().and_then(|code: u16| axum::http::StatusCode::from_u16(code).ok());
            let words = status.and_then(|status| status.canonical_reason()).unwrap_or("Answer");
            answer.description = words.to_owned();
        }
    }
}

/// The API's router and its OpenAPI document.
pub fn router(app: App) -> (Router, utoipa::openapi::OpenApi) {
    let (router, document) = api().split_for_parts();
    let document = named(document);
    let router = router
        .layer(middleware::from_fn_with_state(app.clone(), idempotency::remember))
        .layer(middleware::from_fn_with_state(app.clone(), identity::limits::count_requests))
        .with_state(app);
    (router, document)
}
