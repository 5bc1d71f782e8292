//! Making and changing coupons, and an offer's rules of crediting. Each holds the workspace, because the decider counts
//! uses on the same rows.

use kernel::{Id, Refusal, RefusalCode, Timestamp, id};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    entity::{coupon, crediting},
    model::{CouponOffers, CouponRule, CouponState, CustomerBinding, ExistingCustomers},
    store,
};
use crate::{
    App, advertisers,
    audit::{self, Change},
    identity::Actor,
    offers, partners,
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, optional_text, present, short_text},
        bulk::replace_all,
        columns::require_few,
        folding::fold,
    },
};

const CODE_CHARS_MAX: usize = 256;
const BINDING_DAYS_MAX: i32 = 3_650;

/// A coupon to be.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "advertiser_id": "adv_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000",
    "code": "TRAIL10", "valid_until": "2027-01-01T00:00:00Z"
}))]
pub struct NewCoupon {
    pub advertiser_id: Id<id::Advertiser>,
    pub partner_id: Id<id::Partner>,
    /// Unique within the advertiser, whatever its case.
    pub code: String,
    #[serde(flatten)]
    pub terms: CouponTerms,
}

/// Terms of a coupon. What is absent stays as it is, or in a new coupon has its default.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"state": "leaked", "note": "seen on a coupon site"}))]
pub struct CouponTerms {
    /// Offers on which it counts; all of the advertiser unless said.
    pub offers: Option<Vec<Id<id::Offer>>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Timestamp>)]
    pub valid_from: Option<Option<Timestamp>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Timestamp>)]
    pub valid_until: Option<Option<Timestamp>>,
    /// `leaked` puts it on the leak list: it names nobody.
    pub state: Option<CouponState>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub note: Option<Option<String>>,
}

/// Binds a code to a partner.
pub async fn create(app: &App, actor: &Actor, new: NewCoupon) -> Answer<coupon::Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let advertiser = advertisers::store::get(&*write, actor.tenant, new.advertiser_id).await?;
    let partner = partners::store::get(&*write, actor.tenant, new.partner_id).await?;
    let code = short_text("code", &new.code, CODE_CHARS_MAX)?;
    let mut row = coupon::Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        advertiser_id: advertiser.id,
        partner_id: partner.id,
        code_folded: fold(&code),
        code,
        offers: CouponOffers::default(),
        valid_from: None,
        valid_until: None,
        state: CouponState::Active,
        note: None,
        uses_count: 0,
        elsewhere_count: 0,
        last_used_at: None,
        created_at: app.ambient.now(),
    };
    let same = coupon::Column::WorkspaceId
        .eq(actor.tenant.id())
        .and(coupon::Column::AdvertiserId.eq(row.advertiser_id))
        .and(coupon::Column::CodeFolded.eq(&row.code_folded));
    if coupon::Entity::find().filter(same).one(&*write).await?.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadyExists, "this advertiser has this code already").into());
    }
    put(&write, actor, &mut row, &new.terms).await?;
    coupon::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    remember(app, actor, &write, "coupon.created", None, &row).await?;
    write.commit().await?;
    Ok(row)
}

/// Changes a coupon.
pub async fn update(app: &App, actor: &Actor, coupon: Id<id::Coupon>, wanted: CouponTerms) -> Answer<coupon::Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let before = store::get(&*write, actor, coupon).await?;
    let mut row = before.clone();
    put(&write, actor, &mut row, &wanted).await?;
    row.clone().into_active_model().reset_all().update(&*write).await?;
    remember(app, actor, &write, "coupon.updated", Some(&before), &row).await?;
    write.commit().await?;
    Ok(row)
}

async fn put(write: &WriteTransaction, actor: &Actor, row: &mut coupon::Model, terms: &CouponTerms) -> Answer<()> {
    if let Some(wanted) = &terms.offers {
        require_few("offers", wanted.len())?;
        let known = offers::store::get_many(&**write, actor.tenant, wanted.iter().copied()).await?;
        let own = |offer: &Id<id::Offer>| known.get(offer).is_some_and(|it| it.advertiser_id == row.advertiser_id);
        if !wanted.iter().all(own) {
            return Err(Refusal::field("offers", "must be offers of the coupon's advertiser").into());
        }
        row.offers = CouponOffers(wanted.clone());
    }
    row.valid_from = terms.valid_from.unwrap_or(row.valid_from);
    row.valid_until = terms.valid_until.unwrap_or(row.valid_until);
    row.state = terms.state.unwrap_or(row.state);
    if let Some(note) = &terms.note {
        row.note = optional_text("note", note.as_deref(), TEXT_CHARS_MAX)?;
    }
    match (row.valid_from, row.valid_until) {
        (Some(from), Some(until)) if until <= from => {
            Err(Refusal::field("valid_until", "must come after valid_from").into())
        }
        _ => Ok(()),
    }
}

/// How an offer credits conversions with coupons and known customers.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "coupon_rule": "by_order", "binding": "days", "binding_days": 90, "existing_customers": "own_only"
}))]
pub struct Crediting {
    /// Whose it is when a coupon of one partner comes with a click of another.
    pub coupon_rule: CouponRule,
    pub binding: CustomerBinding,
    /// With the binding `days`: 1 to 3650.
    #[serde(default)]
    pub binding_days: i32,
    pub existing_customers: ExistingCustomers,
}

impl From<crediting::Model> for Crediting {
    fn from(row: crediting::Model) -> Self {
        let crediting::Model { coupon_rule, binding, binding_days, existing_customers, .. } = row;
        Self { coupon_rule, binding, binding_days, existing_customers }
    }
}

/// Sets an offer's rules of crediting, for what is decided from now on.
pub async fn set_crediting(app: &App, actor: &Actor, offer: Id<id::Offer>, wanted: Crediting) -> Answer<Crediting> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let offer = offers::store::get(&*write, actor.tenant, offer).await?;
    let binding_days = match wanted.binding {
        CustomerBinding::Days if !(1..=BINDING_DAYS_MAX).contains(&wanted.binding_days) => {
            return Err(Refusal::field("binding_days", format!("must be 1 to {BINDING_DAYS_MAX}")).into());
        }
        CustomerBinding::Days => wanted.binding_days,
        CustomerBinding::None | CustomerBinding::Lifetime => 0,
    };
    let known = store::crediting_of(&*write, actor.tenant, [offer.id]).await?.remove(&offer.id);
    let before = known.unwrap_or_else(|| crediting::Model::unsaid(actor.tenant.id(), offer.id));
    let row = crediting::Model {
        coupon_rule: wanted.coupon_rule,
        binding: wanted.binding,
        binding_days,
        existing_customers: wanted.existing_customers,
        ..before.clone()
    };
    replace_all(&*write, [row.clone().into_active_model()], crediting::Column::OfferId).await?;
    let told = |row: crediting::Model| serde_json::to_value(Crediting::from(row)).ok();
    let (before, after) = (told(before), told(row.clone()));
    let change = Change { action: "offer.crediting_set", subject: offer.id.to_string(), before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row.into())
}

async fn remember(
    app: &App,
    actor: &Actor,
    write: &WriteTransaction,
    action: &'static str,
    before: Option<&coupon::Model>,
    after: &coupon::Model,
) -> Answer<()> {
    let told = |row: &coupon::Model| {
        json!({
            "code": row.code, "partner_id": row.partner_id, "state": row.state, "valid_from": row.valid_from,
            "valid_until": row.valid_until, "note": row.note
        })
    };
    let change = Change { action, subject: after.id.to_string(), before: before.map(told), after: Some(told(after)) };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}
