//! What other platforms call our offers, partners, goals and links, found by a hash of the name.
//!
//! One thing may have many names; one name belongs to the older of two things that claim it. In shards, so that a change
//! copies little.

use std::{collections::HashMap, sync::Arc};

use kernel::{
    Id,
    id::{Advertiser, Goal, Offer, Partner, Workspace},
};
use serde::{Deserialize, Serialize};

use crate::dialect::Dialect;

const SHARDS: usize = 64;

/// What a name of another platform means here.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Subject {
    Offer(Id<Offer>),
    Partner(Id<Partner>),
    Goal {
        offer_id: Id<Offer>,
        goal_id: Id<Goal>,
    },
    /// By slug.
    Link(String),
    /// A token of the other platform, named by the SHA-256 of its text in hex, and whose it is.
    Sender {
        token: u128,
        advertiser_id: Option<Id<Advertiser>>,
    },
    /// Clicks that were made on the other platform; the name is empty.
    ImportedClicks(Id<Workspace>),
}

impl Subject {
    /// Kinds have names of their own, goals within their offer.
    fn scope(&self) -> (u8, u128) {
        match self {
            Self::Offer(_) => (1, 0),
            Self::Partner(_) => (2, 0),
            Self::Goal { offer_id, .. } => (3, offer_id.as_u128()),
            Self::Link(_) => (4, 0),
            Self::Sender { .. } => (5, 0),
            Self::ImportedClicks(_) => (6, 0),
        }
    }

    fn is_older_than(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Offer(one), Self::Offer(other)) => one < other,
            (Self::Partner(one), Self::Partner(other)) => one < other,
            (Self::Goal { goal_id: one, .. }, Self::Goal { goal_id: other, .. }) => one < other,
            (Self::Link(one), Self::Link(other)) => one < other,
            (Self::Sender { token: one, .. }, Self::Sender { token: other, .. }) => one < other,
            _ => false,
        }
    }
}

/// All names of one thing; none takes them away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RefsRoute {
    pub workspace_id: Id<Workspace>,
    pub subject: Subject,
    pub names: Vec<(Dialect, String)>,
}

#[derive(Clone)]
pub(super) struct Refs {
    by_name: Vec<Arc<HashMap<u128, Subject>>>,
    of_subject: Vec<Arc<HashMap<Subject, Arc<RefsRoute>>>>,
}

impl Default for Refs {
    fn default() -> Self {
        Self { by_name: vec![Arc::default(); SHARDS], of_subject: vec![Arc::default(); SHARDS] }
    }
}

impl Refs {
    pub fn put(&mut self, route: RefsRoute) {
        self.forget(&route.subject);
        for (dialect, name) in &route.names {
            let key = key(route.workspace_id, *dialect, route.subject.scope(), name);
            let shard = Arc::make_mut(&mut self.by_name[shard_of(key)]);
            let held = shard.get(&key).is_some_and(|present| present.is_older_than(&route.subject));
            if !held {
                shard.insert(key, route.subject.clone());
            }
        }
        if !route.names.is_empty() {
            let shard = shard_of_subject(&route.subject);
            Arc::make_mut(&mut self.of_subject[shard]).insert(route.subject.clone(), Arc::new(route));
        }
    }

    fn forget(&mut self, subject: &Subject) {
        let shard = shard_of_subject(subject);
        if !self.of_subject[shard].contains_key(subject) {
            return;
        }
        let Some(route) = Arc::make_mut(&mut self.of_subject[shard]).remove(subject) else { return };
        for (dialect, name) in &route.names {
            let key = key(route.workspace_id, *dialect, subject.scope(), name);
            let names = Arc::make_mut(&mut self.by_name[shard_of(key)]);
            if names.get(&key) == Some(subject) {
                names.remove(&key);
            }
        }
    }

    fn find(&self, workspace: Id<Workspace>, dialect: Dialect, scope: (u8, u128), name: &str) -> Option<&Subject> {
        let key = key(workspace, dialect, scope, name);
        self.by_name[shard_of(key)].get(&key)
    }

    pub fn offer(&self, workspace: Id<Workspace>, dialect: Dialect, name: &str) -> Option<Id<Offer>> {
        match self.find(workspace, dialect, (1, 0), name)? {
            Subject::Offer(id) => Some(*id),
            _ => None,
        }
    }

    pub fn partner(&self, workspace: Id<Workspace>, dialect: Dialect, name: &str) -> Option<Id<Partner>> {
        match self.find(workspace, dialect, (2, 0), name)? {
            Subject::Partner(id) => Some(*id),
            _ => None,
        }
    }

    pub fn goal(&self, workspace: Id<Workspace>, dialect: Dialect, offer: Id<Offer>, name: &str) -> Option<Id<Goal>> {
        match self.find(workspace, dialect, (3, offer.as_u128()), name)? {
            Subject::Goal { goal_id, .. } => Some(*goal_id),
            _ => None,
        }
    }

    pub fn slug(&self, workspace: Id<Workspace>, dialect: Dialect, alias: &str) -> Option<&str> {
        match self.find(workspace, dialect, (4, 0), alias)? {
            Subject::Link(slug) => Some(slug),
            _ => None,
        }
    }

    /// Whose token it is: the workspace's own where no advertiser is named.
    pub fn sender(
        &self,
        workspace: Id<Workspace>,
        dialect: Dialect,
        sha256: &[u8; 32],
    ) -> Option<Option<Id<Advertiser>>> {
        match self.find(workspace, dialect, (5, 0), &digest_name(sha256))? {
            Subject::Sender { advertiser_id, .. } => Some(*advertiser_id),
            _ => None,
        }
    }

    pub fn has_imported_clicks(&self, workspace: Id<Workspace>, dialect: Dialect) -> bool {
        self.find(workspace, dialect, (6, 0), "").is_some()
    }

    pub fn routes(&self) -> impl Iterator<Item = RefsRoute> + '_ {
        self.of_subject.iter().flat_map(|shard| shard.values()).map(|route| RefsRoute::clone(route))
    }
}

/// How a token's digest is written as a name.
pub fn digest_name(sha256: &[u8; 32]) -> String {
    sha256.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn key(workspace: Id<Workspace>, dialect: Dialect, (kind, scope): (u8, u128), name: &str) -> u128 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&workspace.as_u128().to_be_bytes());
    hasher.update(&[dialect as u8, kind]);
    hasher.update(&scope.to_be_bytes());
    hasher.update(name.as_bytes());
    u128::from_be_bytes(hasher.finalize().as_bytes()[..16].try_into().expect("a hash has 32 bytes"))
}

const fn shard_of(key: u128) -> usize {
    (key % SHARDS as u128) as usize
}

fn shard_of_subject(subject: &Subject) -> usize {
    let number = match subject {
        Subject::Offer(id) => id.as_u128(),
        Subject::Partner(id) => id.as_u128(),
        Subject::Goal { goal_id, .. } => goal_id.as_u128(),
        Subject::Sender { token, .. } => *token,
        Subject::ImportedClicks(id) => id.as_u128(),
        Subject::Link(slug) => slug.bytes().fold(0, |sum: u128, byte| sum.wrapping_mul(31).wrapping_add(byte.into())),
    };
    shard_of(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(number: u128, names: &[&str]) -> RefsRoute {
        RefsRoute {
            workspace_id: Id::from_u128(9),
            subject: Subject::Offer(Id::from_u128(number)),
            names: names.iter().map(|name| (Dialect::Tune, (*name).to_owned())).collect(),
        }
    }

    #[test]
    fn the_older_of_two_things_keeps_a_name() {
        let mut refs = Refs::default();
        let find = |refs: &Refs, name: &str| refs.offer(Id::from_u128(9), Dialect::Tune, name).map(Id::as_u128);
        refs.put(offer(2, &["26", "27"]));
        refs.put(offer(1, &["26"]));
        refs.put(offer(3, &["26", "28"]));
        assert_eq!((find(&refs, "26"), find(&refs, "27"), find(&refs, "28")), (Some(1), Some(2), Some(3)));
        refs.put(offer(2, &[]));
        assert_eq!(
            (find(&refs, "26"), find(&refs, "27")),
            (Some(1), None),
            "what it did not hold it does not take away"
        );
        assert_eq!(refs.offer(Id::from_u128(8), Dialect::Tune, "26"), None, "another workspace");
        assert_eq!(refs.offer(Id::from_u128(9), Dialect::Awin, "26"), None, "another dialect");
        assert_eq!(refs.partner(Id::from_u128(9), Dialect::Tune, "26"), None, "another kind");
    }
}
