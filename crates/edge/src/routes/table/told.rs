//! What the table was told of one thing, as it was told: for whoever keeps what a change replaces.

use kernel::{
    Id,
    id::{Offer, Partner, Workspace},
};

use super::{RouteTable, shard_of};
use crate::routes::change::RouteChange;

/// The thing that a change is about, where a click is judged by it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    Workspace(Id<Workspace>),
    Offer(Id<Offer>),
    Partner(Id<Partner>),
    Enrollment(Id<Offer>, Id<Partner>),
    /// By slug.
    Link(String),
}

impl About {
    /// `None` for what no step looks at again: domains, tokens, names of other platforms, caps.
    pub fn of(change: &RouteChange) -> Option<Self> {
        Some(match change {
            RouteChange::UpsertWorkspace(route) => Self::Workspace(route.workspace_id),
            RouteChange::RemoveWorkspace(id) => Self::Workspace(*id),
            RouteChange::UpsertOffer(route) => Self::Offer(route.offer_id),
            RouteChange::RemoveOffer(id) => Self::Offer(*id),
            RouteChange::UpsertPartner(route) => Self::Partner(route.partner_id),
            RouteChange::RemovePartner(id) => Self::Partner(*id),
            RouteChange::UpsertEnrollment(route) => Self::Enrollment(route.offer_id, route.partner_id),
            RouteChange::RemoveEnrollment { offer_id, partner_id } => Self::Enrollment(*offer_id, *partner_id),
            RouteChange::UpsertLink(route) => Self::Link(route.slug.clone()),
            RouteChange::RemoveLink(slug) => Self::Link(slug.clone()),
            _ => return None,
        })
    }

    /// Whether a click is judged although nothing is told of it: a partner without an enrollment.
    pub const fn may_be_absent(&self) -> bool {
        matches!(self, Self::Enrollment(..))
    }

    /// Its name in a text.
    pub fn key(&self) -> String {
        match self {
            Self::Workspace(id) => id.to_string(),
            Self::Offer(id) => id.to_string(),
            Self::Partner(id) => id.to_string(),
            Self::Enrollment(offer, partner) => format!("{offer} {partner}"),
            Self::Link(slug) => format!("link {slug}"),
        }
    }
}

impl RouteTable {
    /// What holds of a thing now, in the words in which it was told; `None` where nothing was told or it is gone.
    pub fn told(&self, about: &About) -> Option<RouteChange> {
        match about {
            About::Workspace(id) => {
                self.workspaces.get(id).map(|slot| RouteChange::UpsertWorkspace(slot.route.clone()))
            }
            About::Offer(id) => {
                let slot = *self.offer_slots.get(id)?;
                self.offers[slot as usize].told().map(RouteChange::UpsertOffer)
            }
            About::Partner(id) => {
                let slot = *self.partner_slots.get(id)?;
                self.partners[slot as usize].route.clone().map(RouteChange::UpsertPartner)
            }
            About::Enrollment(offer, partner) => {
                let (offer, partner) = (*self.offer_slots.get(offer)?, *self.partner_slots.get(partner)?);
                let route = self.partners[partner as usize].enrollment(offer)?;
                Some(RouteChange::UpsertEnrollment(route.clone()))
            }
            About::Link(slug) => {
                let link = self.shards[shard_of(slug)].get(slug.as_str())?;
                Some(self.link_change(&link.0))
            }
        }
    }

    /// The workspace of a thing that a change is about.
    pub fn workspace_about(&self, about: &About) -> Option<Id<Workspace>> {
        let of_offer = |offer: &Id<Offer>| {
            let slot = *self.offer_slots.get(offer)?;
            Some(self.offers[slot as usize].route.as_ref()?.workspace_id)
        };
        match about {
            About::Workspace(id) => Some(*id),
            About::Offer(id) | About::Enrollment(id, _) => of_offer(id),
            About::Partner(id) => {
                let slot = *self.partner_slots.get(id)?;
                Some(self.partners[slot as usize].route.as_ref()?.workspace_id)
            }
            About::Link(slug) => of_offer(&self.lookup(slug)?.offer.offer_id),
        }
    }
}
