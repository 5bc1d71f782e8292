//! Clocks that differ from the offer's own: of a goal, of a group of partners, of both.
//!
//! An offer says for how many days the advertiser judges and how long an approved conversion is held. A goal, or partners
//! of a group, may have other days, on this offer or on every one. The most specific wins, for each of the two clocks by
//! itself: goal and group, then goal, then the group on this offer, then the group everywhere, then the offer.
//!
//! Invariant: at most one row for each offer, goal and group.

pub mod change;
pub mod entity;

use std::collections::HashMap;

use kernel::{Id, Tenant, id};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, FromJsonQueryResult, QueryFilter as _,
};
use serde::{Deserialize, Serialize};

use super::entity::offer;

/// Whose days they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClockBy {
    Offer,
    /// The partner's group, on every offer.
    Group,
    /// The partner's group on this offer.
    OfferGroup,
    Goal,
    /// The partner's group for this goal.
    GoalGroup,
}

/// Days of a clock, and who set them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"days": 14, "by": "offer"}))]
pub struct Clock {
    pub days: i32,
    pub by: ClockBy,
}

/// The clocks that were started for a conversion; each is absent until it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[schema(example = json!({"validation": {"days": 30, "by": "offer"}, "hold": {"days": 3, "by": "goal_group"}}))]
#[serde(default)]
pub struct Clocks {
    /// How long the advertiser judges.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validation: Option<Clock>,
    /// From approved to locked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<Clock>,
}

/// What a worksheet knows of the clocks of its offers.
#[derive(Clone, Debug, Default)]
pub struct ClockTerms {
    /// Of groups on every offer; absent until asked for.
    everywhere: Option<Vec<entity::Model>>,
    of_offers: HashMap<Id<id::Offer>, Vec<entity::Model>>,
}

impl ClockTerms {
    /// Loads what is said about `offers`.
    pub async fn load(
        &mut self,
        conn: &impl ConnectionTrait,
        tenant: Tenant,
        offers: impl IntoIterator<Item = Id<id::Offer>>,
    ) -> Result<(), DbErr> {
        let mut wanted = Condition::any().add(entity::Column::OfferId.is_in(offers));
        if self.everywhere.is_none() {
            wanted = wanted.add(entity::Column::OfferId.is_null());
        }
        let mine = entity::Column::WorkspaceId.eq(tenant.id());
        self.everywhere.get_or_insert_default();
        for row in entity::Entity::find().filter(mine).filter(wanted).all(conn).await? {
            match row.offer_id {
                Some(offer) => self.of_offers.entry(offer).or_default().push(row),
                None => self.everywhere.get_or_insert_default().push(row),
            }
        }
        Ok(())
    }

    /// The days that count for a conversion of `goal` by a partner of `group`.
    pub fn decide(&self, offer: &offer::Model, goal: Option<Id<id::Goal>>, group: &str) -> (Clock, Clock) {
        let of_offer = self.of_offers.get(&offer.id).into_iter().flatten();
        let everywhere = self.everywhere.iter().flatten();
        let fitting: Vec<_> =
            of_offer.chain(everywhere).filter_map(|row| Some((row.fits(goal, group)?, row))).collect();
        let most_specific = |own: i32, days: fn(&entity::Model) -> Option<i32>| {
            let said = fitting.iter().filter_map(|(by, row)| Some(Clock { days: days(row)?, by: *by }));
            said.max_by_key(|clock| clock.by).unwrap_or(Clock { days: own, by: ClockBy::Offer })
        };
        (
            most_specific(offer.validation_days, |row| row.validation_days),
            most_specific(offer.hold_days, |row| row.hold_days),
        )
    }
}

impl entity::Model {
    /// How specifically it speaks of the goal and group; nothing where it speaks of others.
    fn fits(&self, goal: Option<Id<id::Goal>>, group: &str) -> Option<ClockBy> {
        let of_goal = self.goal_id.is_none_or(|own| Some(own) == goal);
        let of_group = self.partner_group.as_deref().is_none_or(|own| own == group);
        if !(of_goal && of_group) {
            return None;
        }
        Some(match (self.goal_id, &self.partner_group, self.offer_id) {
            (Some(_), Some(_), _) => ClockBy::GoalGroup,
            (Some(_), None, _) => ClockBy::Goal,
            (None, Some(_), Some(_)) => ClockBy::OfferGroup,
            (None, Some(_), None) => ClockBy::Group,
            (None, None, _) => ClockBy::Offer,
        })
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Currency, Timestamp};

    use super::*;

    fn row(
        goal: Option<u128>,
        group: Option<&str>,
        offer: Option<u128>,
        days: (Option<i32>, Option<i32>),
    ) -> entity::Model {
        entity::Model {
            id: Id::from_u128(1),
            workspace_id: Id::from_u128(2),
            offer_id: offer.map(Id::from_u128),
            goal_id: goal.map(Id::from_u128),
            partner_group: group.map(str::to_owned),
            validation_days: days.0,
            hold_days: days.1,
            created_at: Timestamp::default(),
        }
    }

    #[test]
    fn the_most_specific_wins_for_each_clock_by_itself() {
        let offer = offer::Model {
            validation_days: 30,
            hold_days: 14,
            ..offer::Model::bare(Id::from_u128(5), Id::from_u128(2), Id::from_u128(9), Currency::EUR)
        };
        let terms = ClockTerms {
            everywhere: Some(vec![row(None, Some("vip"), None, (None, Some(3)))]),
            of_offers: HashMap::from([(
                offer.id,
                vec![
                    row(None, Some("new"), Some(5), (Some(60), Some(45))),
                    row(Some(7), None, Some(5), (None, Some(30))),
                    row(Some(7), Some("vip"), Some(5), (Some(10), None)),
                ],
            )]),
        };
        let decide = |goal: u128, group: &str| {
            let (validation, hold) = terms.decide(&offer, Some(Id::from_u128(goal)), group);
            ((validation.days, validation.by), (hold.days, hold.by))
        };
        use ClockBy as By;
        assert_eq!(decide(6, ""), ((30, By::Offer), (14, By::Offer)));
        assert_eq!(decide(6, "vip"), ((30, By::Offer), (3, By::Group)));
        assert_eq!(decide(6, "new"), ((60, By::OfferGroup), (45, By::OfferGroup)));
        assert_eq!(decide(7, "new"), ((60, By::OfferGroup), (30, By::Goal)), "a goal before a group");
        assert_eq!(decide(7, "vip"), ((10, By::GoalGroup), (30, By::Goal)));
    }
}
