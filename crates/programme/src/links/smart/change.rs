//! Making and changing smart links and their members.

use std::collections::{HashMap, HashSet};

use edge::routes::SMART_MEMBERS_MAX;
use kernel::{Id, Refusal, id};
use sea_orm::{ActiveModelTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    link::{self, SmartMode},
    member::{self, SmartMemberState},
    store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    links::{
        change::{self as tracking, NewLink},
        model::LinkState,
        slug,
    },
    news::{self, RouteNews},
    offers::rules::within,
    partners,
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, present, short_text},
        bulk::replace_all,
        folding::fold,
    },
};

const WEIGHT_DEFAULT: i32 = 100;
const WEIGHT_MAX: i32 = 1_000;
const PRIORITY_MAX: i32 = 1_000;
const FLOOR_PERCENT_DEFAULT: i32 = 5;
const FLOOR_PERCENT_MAX: i32 = 50;
const FLOOR_CLICKS_DEFAULT: i32 = 500;
const FLOOR_CLICKS_MAX: i32 = 1_000_000;
const EXPECTED_PROFIT_MAX: i64 = 1_000_000_000;

/// An offer in a smart link.
#[derive(Clone, Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[schema(example = json!({"offer_id": "ofr_01KAMX4S5T0000000000000000", "weight": 100, "priority": 0, "state": "active"}))]
pub struct SmartMemberIn {
    /// The partner must be enrolled on it. It gets a tracking link of its own.
    pub offer_id: Id<id::Offer>,
    /// 1 to 1,000; its share among the others. 100 unless said.
    pub weight: Option<i32>,
    /// 0 to 1,000; the highest that lets the visitor through is chosen.
    pub priority: Option<i32>,
    pub state: Option<SmartMemberState>,
}

/// A smart link to be.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "partner_id": "prt_01KAMX4S5T0000000000000000", "name": "Push, finance", "mode": "learned", "traffic_type": "push",
    "floor_percent": 5, "floor_clicks": 500,
    "members": [{"offer_id": "ofr_01KAMX4S5T0000000000000000"}, {"offer_id": "ofr_01KAMX4S5T0000000000000001"}]
}))]
pub struct NewSmartLink {
    pub partner_id: Id<id::Partner>,
    /// What kind of traffic it will carry.
    pub traffic_type: Option<String>,
    pub members: Vec<SmartMemberIn>,
    pub name: String,
    #[serde(flatten)]
    pub terms: SmartTerms,
}

/// How a smart link chooses. What is absent stays as it is, or in a new one has its default.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"mode": "weights"}))]
pub struct SmartTerms {
    /// `learned` unless said.
    pub mode: Option<SmartMode>,
    /// Of all clicks, the least that a new offer gets in the mode `learned`: 0 to 50, 5 unless said. All new offers
    /// together get at most half.
    pub floor_percent: Option<i32>,
    /// An offer is new until it has had so many clicks: 500 unless said.
    pub floor_clicks: Option<i32>,
    /// What a paying click is thought to bring before any did, in minor units of the reporting currency. Where nobody says
    /// it, the first paying clicks do.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<i64>)]
    pub expected_profit_minor: Option<Option<i64>>,
    pub state: Option<LinkState>,
}

/// What is to change in a smart link; what is absent stays. Its partner never changes.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"mode": "learned", "floor_percent": 10}))]
pub struct SmartLinkChange {
    pub name: Option<String>,
    /// All of them: who is missing is taken out, and goes on where it was if it comes back.
    pub members: Option<Vec<SmartMemberIn>>,
    #[serde(flatten)]
    pub terms: SmartTerms,
}

/// A smart link and its members.
pub type Whole = (link::Model, Vec<member::Model>);

/// Makes a smart link, with a tracking link for each of its offers.
pub async fn create(app: &App, actor: &Actor, new: NewSmartLink) -> Answer<Whole> {
    let write = app.records.begin().await?;
    let partner = partners::store::get(&*write, actor.tenant, new.partner_id).await?;
    let mut row = link::Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        partner_id: partner.id,
        slug: slug::draw_long(&app.ambient),
        name: short_text("name", &new.name, TEXT_CHARS_MAX)?,
        name_folded: fold(&new.name),
        traffic_type: tracking::traffic_type(new.traffic_type.as_deref())?,
        mode: SmartMode::Learned,
        floor_percent: FLOOR_PERCENT_DEFAULT,
        floor_clicks: FLOOR_CLICKS_DEFAULT.into(),
        expected_profit_minor: None,
        state: LinkState::Active,
        learned_at: None,
        created_by: Some(actor.membership),
        created_at: app.ambient.now(),
    };
    set_terms(&mut row, &new.terms)?;
    link::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let members = put_members(app, &*write, actor, (&row, Vec::new()), &new.members).await?;
    finish(app, actor, write, "smart_link.created", (&row, &members)).await?;
    Ok((row, members))
}

/// Changes a smart link.
pub async fn update(app: &App, actor: &Actor, smart: Id<id::SmartLink>, wanted: SmartLinkChange) -> Answer<Whole> {
    let write = app.records.begin().await?;
    let mut row = store::get(&*write, actor, smart).await?;
    let mut members = store::members_of(&*write, [smart]).await?.remove(&smart).unwrap_or_default();
    if let Some(name) = &wanted.name {
        row.name = short_text("name", name, TEXT_CHARS_MAX)?;
        row.name_folded = fold(name);
    }
    set_terms(&mut row, &wanted.terms)?;
    if let Some(wanted) = &wanted.members {
        members = put_members(app, &*write, actor, (&row, members), wanted).await?;
    }
    link::Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    finish(app, actor, write, "smart_link.updated", (&row, &members)).await?;
    Ok((row, members))
}

fn set_terms(row: &mut link::Model, terms: &SmartTerms) -> Result<(), Refusal> {
    row.mode = terms.mode.unwrap_or(row.mode);
    if let Some(percent) = terms.floor_percent {
        row.floor_percent = within("floor_percent", percent, 0, FLOOR_PERCENT_MAX)?;
    }
    if let Some(clicks) = terms.floor_clicks {
        row.floor_clicks = within("floor_clicks", clicks, 0, FLOOR_CLICKS_MAX)?.into();
    }
    if let Some(expected) = terms.expected_profit_minor {
        if expected.is_some_and(|minor| !(1..=EXPECTED_PROFIT_MAX).contains(&minor)) {
            return Err(Refusal::field("expected_profit_minor", format!("must be 1 to {EXPECTED_PROFIT_MAX}")));
        }
        row.expected_profit_minor = expected;
    }
    row.state = terms.state.unwrap_or(row.state);
    Ok(())
}

/// The members as they are wanted. Offers that are new get a link and the next number.
async fn put_members(
    app: &App,
    conn: &impl ConnectionTrait,
    actor: &Actor,
    (smart, known): (&link::Model, Vec<member::Model>),
    wanted: &[SmartMemberIn],
) -> Answer<Vec<member::Model>> {
    require_each_once(wanted)?;
    let mut by_offer: HashMap<_, _> = known.into_iter().map(|member| (member.offer_id, member)).collect();
    by_offer.values_mut().for_each(|member| member.state = SmartMemberState::Removed);
    for wish in wanted {
        let mut member = match by_offer.remove(&wish.offer_id) {
            Some(member) => member,
            None => joining(app, conn, actor, (smart, by_offer.len()), wish.offer_id).await?,
        };
        if let Some(weight) = wish.weight {
            member.weight = within("members", weight, 1, WEIGHT_MAX)?;
        }
        if let Some(priority) = wish.priority {
            member.priority = within("members", priority, 0, PRIORITY_MAX)?;
        }
        member.state = wish.state.unwrap_or(SmartMemberState::Active);
        by_offer.insert(wish.offer_id, member);
    }
    let mut members: Vec<_> = by_offer.into_values().collect();
    members.sort_by_key(|member| member.number);
    let rows = members.iter().cloned().map(|member| member.into_active_model().reset_all());
    replace_all(conn, rows, member::Column::Id).await?;
    Ok(members)
}

fn require_each_once(wanted: &[SmartMemberIn]) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    if wanted.is_empty() || wanted.len() > usize::from(SMART_MEMBERS_MAX) {
        return Err(Refusal::field("members", format!("must name 1 to {SMART_MEMBERS_MAX} offers")));
    }
    if wanted.iter().all(|wish| seen.insert(wish.offer_id)) {
        return Ok(());
    }
    Err(Refusal::field("members", "must name each offer once"))
}

/// A new member. Numbers count up and are never given again.
async fn joining(
    app: &App,
    conn: &impl ConnectionTrait,
    actor: &Actor,
    (smart, had): (&link::Model, usize),
    offer: Id<id::Offer>,
) -> Answer<member::Model> {
    if had >= usize::from(SMART_MEMBERS_MAX) {
        return Err(Refusal::field(
            "members",
            format!("a smart link has at most {SMART_MEMBERS_MAX} offers in its life, those taken out among them"),
        )
        .into());
    }
    let new = NewLink {
        offer_id: offer,
        partner_id: Some(smart.partner_id),
        landing_id: None,
        traffic_type: Some(smart.traffic_type.clone()),
        name: Some(smart.name.clone()),
        external_refs: std::collections::BTreeMap::new(),
        targeting: Vec::new(),
    };
    let link = tracking::insert(app, conn, actor, new).await?;
    Ok(member::Model {
        id: app.ambient.new_id(),
        workspace_id: smart.workspace_id,
        smart_link_id: smart.id,
        offer_id: offer,
        link_id: link.id,
        number: had as i32,
        weight: WEIGHT_DEFAULT,
        priority: 0,
        state: SmartMemberState::Active,
        clicks: 0,
        paying_clicks: 0,
        profit_minor: 0,
        low_micros: None,
        high_micros: None,
        best_ppm: 0,
        created_at: app.ambient.now(),
    })
}

async fn finish(
    app: &App,
    actor: &Actor,
    write: WriteTransaction,
    action: &str,
    (row, members): (&link::Model, &[member::Model]),
) -> Answer<()> {
    let told = |member: &member::Model| {
        json!({
            "offer_id": member.offer_id, "link_id": member.link_id, "weight": member.weight,
            "priority": member.priority, "state": member.state
        })
    };
    let after = json!({
        "partner_id": row.partner_id, "slug": row.slug, "name": row.name, "mode": row.mode, "state": row.state,
        "floor_percent": row.floor_percent, "floor_clicks": row.floor_clicks,
        "expected_profit_minor": row.expected_profit_minor,
        "members": members.iter().map(told).collect::<Vec<_>>()
    });
    let change = Change { action, subject: row.id.to_string(), before: None, after: Some(after) };
    audit::record(&*write, &app.ambient, actor, change).await?;
    let links = members.iter().map(|member| RouteNews::Link(member.link_id));
    let changed: Vec<_> = links.chain([RouteNews::SmartLink(row.id)]).collect();
    news::commit_routes(app, write, actor.tenant, &changed).await
}
