//! What a partner has for itself: rules of plans that are for it alone, in force or planned.

use kernel::{Id, Timestamp, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::{entity::enrollment, store};
use crate::{
    identity::{Actor, Role},
    plans::{
        self,
        rules::{PrivateRule, private_rules},
    },
    platform::Answer,
};

/// Offers of a partner that are looked through, the newest enrollments first.
const OFFERS_MAX: u64 = 500;
/// Private rules that are told of one partner.
const RULES_MAX: usize = 1_000;

/// A private rule and its offer.
pub struct Found {
    pub offer_id: Id<id::Offer>,
    pub currency: String,
    pub held: PrivateRule,
}

/// Private rules of a partner on the offers on which it is or was enrolled.
pub async fn of_partner(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    partner: Id<id::Partner>,
    now: Timestamp,
) -> Answer<Vec<Found>> {
    use enrollment::Column;
    let mine = Column::WorkspaceId.eq(actor.tenant.id()).and(Column::PartnerId.eq(partner));
    let enrolled = enrollment::Entity::find().filter(mine).order_by_desc(Column::Id).limit(OFFERS_MAX);
    let offers: Vec<_> = enrolled.all(conn).await?.into_iter().map(|row| row.offer_id).collect();
    let rows = store::get_many(conn, actor.tenant, offers.iter().copied()).await?;
    let plans = plans::store::of_offers(conn, actor.tenant, offers.iter().copied()).await?;
    let mut found = Vec::new();
    for offer_id in offers {
        let Some((row, plans)) = rows.get(&offer_id).zip(plans.get(&offer_id)) else { continue };
        let held = private_rules(&plans.earnings.versions, |version| &version.rules.0, partner, now);
        found.extend(held.into_iter().map(|held| Found { offer_id, currency: row.currency.clone(), held }));
    }
    found.truncate(RULES_MAX);
    Ok(found.into_iter().map(|found| as_seen_by(actor, found)).collect())
}

/// A partner is not told its group and tags, nor how rules are called.
fn as_seen_by(actor: &Actor, mut found: Found) -> Found {
    if actor.role == Role::Partner {
        let rule = &mut found.held.rule;
        rule.name = None;
        rule.conditions.groups.clear();
        rule.conditions.tags.clear();
    }
    found
}
