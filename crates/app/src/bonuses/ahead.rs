//! What lies ahead of a partner: each bonus that it can reach, and how far it has come.

use std::collections::{BTreeSet, HashMap};

use kernel::{Id, Tenant, Timestamp, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::{
    rules::{Place, bonus_of},
    store,
};
use crate::{
    App,
    offers::{
        self,
        entity::{enrollment, offer},
        terms::{EnrollmentState, OfferState},
    },
    partners::model as partner,
    plans::{
        self, bonusing,
        rules::{Bonus, Conditions, LocalDate, ReadFor, Rule, own_bonuses},
    },
    platform::Answer,
    workspaces,
};

/// Offers looked at, and bonuses told.
const OFFERS_MAX: u64 = 200;
const AHEAD_MAX: usize = 500;

/// A bonus in its present period.
pub struct Ahead {
    pub place: Place,
    pub until: Timestamp,
    pub offer: offer::Model,
    /// Its terms now; where it stands already, those by which it was met.
    pub bonus: Bonus,
    /// What its conversions must be, beside being of the partner.
    pub conditions: Conditions,
    pub reached: i64,
    pub is_met: bool,
}

/// The bonuses that a partner can reach now on offers that it is enrolled on.
pub async fn of(app: &App, tenant: Tenant, partner: &partner::Model) -> Answer<Vec<Ahead>> {
    let conn = app.records.read();
    let (now, zone) = (app.ambient.now(), workspaces::store::get(conn, tenant).await?.zone()?);
    let offers = open_offers(conn, tenant, partner.id).await?;
    let plans = plans::store::of_offers(conn, tenant, offers.keys().copied()).await?;
    let group = partner.partner_group.as_deref();
    let today = LocalDate(now.local_day(&zone));
    let reader = ReadFor { partner: partner.id, group, tags: &partner.tags.0, today };
    let mut found = Vec::new();
    for (id, offer) in offers {
        let rules = plans.get(&id).map_or(&[][..], |plans| plans.earnings.rules_at(now));
        found.extend(
            own_bonuses(rules, &reader)
                .into_iter()
                .filter_map(|rule| ahead(&offer, partner.id, rule, |bonus| bonus.period.bounds(now, &zone))),
        );
    }
    found.sort_by_key(|one| (one.place.offer, one.place.rule));
    found.truncate(AHEAD_MAX);
    with_figures(conn, tenant, found).await
}

async fn open_offers(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: Id<id::Partner>,
) -> Answer<HashMap<Id<id::Offer>, offer::Model>> {
    use enrollment::Column;
    let open = [EnrollmentState::Approved, EnrollmentState::Testing];
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::PartnerId.eq(partner)).and(Column::State.is_in(open));
    let enrolled: Vec<Id<id::Offer>> =
        enrollment::Entity::find().select_only().column(Column::OfferId).filter(mine).into_tuple().all(conn).await?;
    let with_bonuses = bonusing::Column::WorkspaceId.eq(tenant.id()).and(bonusing::Column::OfferId.is_in(enrolled));
    let with_bonuses = bonusing::Entity::find().filter(with_bonuses).limit(OFFERS_MAX).all(conn).await?;
    let mut offers = offers::store::get_many(conn, tenant, with_bonuses.into_iter().map(|row| row.offer_id)).await?;
    offers.retain(|_, offer| offer.state == OfferState::Active);
    Ok(offers)
}

fn ahead(
    offer: &offer::Model,
    partner: Id<id::Partner>,
    rule: &Rule,
    bounds: impl Fn(Bonus) -> (Timestamp, Timestamp),
) -> Option<Ahead> {
    let bonus = bonus_of(rule)?;
    let (from, until) = bounds(bonus);
    let Bonus { metric, period, .. } = bonus;
    Some(Ahead {
        place: Place { offer: offer.id, rule: rule.id, partner, metric, period, from },
        until,
        offer: offer.clone(),
        bonus,
        conditions: rule.conditions.clone().of_any_partner(),
        reached: 0,
        is_met: false,
    })
}

async fn with_figures(conn: &impl ConnectionTrait, tenant: Tenant, mut found: Vec<Ahead>) -> Answer<Vec<Ahead>> {
    let places: BTreeSet<Place> = found.iter().map(|one| one.place).collect();
    let figures = store::figures(conn, tenant, &places).await?;
    let standing = store::standing(conn, tenant, &places).await?;
    for one in &mut found {
        one.reached = figures.get(&one.place).into_iter().flatten().map(|figure| figure.reached).sum();
        if let Some(row) = standing.get(&one.place) {
            one.is_met = true;
            one.bonus = Bonus { from: row.threshold, minor: row.amount_minor, ..one.bonus };
        }
    }
    Ok(found)
}
