//! Making an offer.

use kernel::{Currency, Id, Refusal, RefusalCode, id};
use sea_orm::{ConnectionTrait, EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::{goal, landing, offer},
    goals::{self, NewGoal},
    landings,
    margin::MarginGuard,
    targeting::{self, Targeting},
    terms::{AttributionOrder, ConversionStart, OfferState, PayModel, TrafficRules, ValidationExpiry, Visibility},
    terms_in::{OfferTerms, name},
};
use crate::{
    App,
    advertisers::{
        self,
        managers::{self, SubjectKind},
    },
    audit::{self, Change},
    currencies,
    identity::Actor,
    news::{self, RouteNews},
    plans,
    platform::{
        Answer,
        columns::{TextList, TextMap},
        external_refs::{self, Named, RefKind},
        folding::fold,
    },
};

/// An offer to be.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "advertiser_id": "adv_01KAMX4S5T0000000000000000", "name": "Riverside spring", "currency": "EUR",
    "landing_url": "https://shop.example/?click_id={click_id}",
    "goals": [{"name": "sale", "payout": {"percent": "10"}, "revenue": {"percent": "14"}},
              {"name": "lead", "payout": {"minor": 1250}}]
}))]
pub struct NewOffer {
    pub advertiser_id: Id<id::Advertiser>,
    pub name: String,
    /// Its host joins the allowed hosts.
    pub landing_url: String,
    /// ISO 4217 code, or a unit registered here.
    pub currency: String,
    pub goals: Vec<NewGoal>,
    #[serde(flatten)]
    pub terms: OfferTerms,
}

/// Makes an offer with its goals, landing page and plans. It is active at once unless said otherwise.
pub async fn create(app: &App, actor: &Actor, new: NewOffer) -> Answer<offer::Model> {
    let write = app.records.begin().await?;
    let words = new.goals.iter().find_map(|goal| goal.margin_words.clone());
    let row = put(app, &*write, actor, new).await?;
    let guard = MarginGuard::of_new_offer(&*write, actor.tenant, row.id).await?;
    if let Some(words) = guard.after(&*write, app.ambient.now(), words.as_deref()).await? {
        let after = Some(json!({ "margin_words": words }));
        let change = Change { action: "offer.margin_allowed", subject: row.id.to_string(), before: None, after };
        audit::record(&*write, &app.ambient, actor, change).await?;
    }
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Offer(row.id)]).await?;
    Ok(row)
}

/// As [`create`], in the caller's transaction; the caller tells the edge.
pub async fn put(app: &App, conn: &impl ConnectionTrait, actor: &Actor, new: NewOffer) -> Answer<offer::Model> {
    advertisers::store::get(conn, actor.tenant, new.advertiser_id).await?;
    let named = new.terms.manager_id.flatten();
    let manager_id = managers::for_new(conn, actor, named).await?;
    let mut row = blank(app, actor, &new)?;
    currencies::store::require_usable(conn, actor.tenant, row.currency()).await?;
    let (landing, host) = landings::first(app, &row, &new.landing_url)?;
    new.terms.put_into(&mut row, &[host], app.settings.allow_private_addresses)?;
    row.manager_id = manager_id;
    if let Some(wanted) = &new.terms.targeting {
        row.targeting = targeting::checked(conn, actor.tenant, wanted).await?;
    }
    let (goals, rates) = goals::of_new_offer(app, &row, &new.goals)?;
    offer::Entity::insert(row.clone().into_active_model()).exec_without_returning(conn).await?;
    landing::Entity::insert(landing.into_active_model()).exec_without_returning(conn).await?;
    let goal_ids: Vec<_> = goals.iter().map(|goal| goal.id).collect();
    let goal_rows = goals.into_iter().map(|goal| goal.into_active_model());
    goal::Entity::insert_many(goal_rows).exec_without_returning(conn).await?;
    external_refs::put(conn, actor.tenant, Named::new(RefKind::Offer, row.id), &row.external_refs).await?;
    for (goal, given) in goal_ids.into_iter().zip(&new.goals) {
        goals::put_refs(conn, actor.tenant, (row.id, goal), given.external_refs.as_ref()).await?;
    }
    plans::change::create(conn, &app.ambient, actor, row.id, &rates).await?;
    managers::hand_over(conn, &app.ambient, actor.tenant, (SubjectKind::Offer, row.id.uuid()), manager_id).await?;
    let after = Some(json!({"name": row.name, "advertiser_id": row.advertiser_id, "currency": row.currency}));
    let change = Change { action: "offer.created", subject: row.id.to_string(), before: None, after };
    audit::record(conn, &app.ambient, actor, change).await?;
    Ok(row)
}

fn blank(app: &App, actor: &Actor, new: &NewOffer) -> Result<offer::Model, Refusal> {
    Ok(offer::Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        advertiser_id: new.advertiser_id,
        name: name(&new.name)?,
        name_folded: fold(&new.name),
        description: None,
        state: new.terms.state.unwrap_or(OfferState::Active),
        visibility: Visibility::Private,
        vertical: String::new(),
        currency: currency(&new.currency)?.to_string(),
        landing_parameter: "click_id".to_owned(),
        allowed_hosts: TextList::default(),
        passes_extra_parameters: false,
        utm_template: None,
        duplicate_window_hours: 24,
        click_to_conversion_min_seconds: 0,
        click_to_conversion_max_days: 30,
        view_to_conversion_hours: 0,
        conversion_start: ConversionStart::Pending,
        validation_days: 30,
        validation_expiry: ValidationExpiry::Stay,
        hold_days: 14,
        many_per_click: false,
        attribution_order: AttributionOrder::default(),
        pay_model: PayModel::Last,
        assist_percent: 20,
        traffic_rules: TrafficRules::default(),
        targeting: Targeting::default(),
        fallback_url: None,
        starts_at: None,
        ends_at: None,
        external_refs: TextMap::default(),
        manager_id: None,
        created_at: app.ambient.now(),
    })
}

fn currency(code: &str) -> Result<Currency, Refusal> {
    let currency: Currency = code.parse()?;
    let known = currency.decimals().is_some();
    let unknown = || Refusal::new(RefusalCode::BadCurrency, format!("{code:.16} is no currency that is known here"));
    known.then_some(currency).ok_or_else(unknown)
}
