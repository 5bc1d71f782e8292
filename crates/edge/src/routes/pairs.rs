//! The link that stands for a partner on an offer: its oldest active one. Kept only while a domain speaks a dialect.

use std::{collections::HashMap, sync::Arc};

use super::slots::Link;

const SHARDS: usize = 1024;

type Pair = (u32, u32);

#[derive(Clone)]
pub(super) struct Pairs {
    shards: Vec<Arc<HashMap<Pair, Arc<Link>>>>,
}

impl Pairs {
    pub fn of<'a>(links: impl Iterator<Item = &'a Arc<Link>>) -> Self {
        let mut pairs = Self { shards: vec![Arc::default(); SHARDS] };
        links.for_each(|link| pairs.put(link));
        pairs
    }

    /// Takes a link, new or changed.
    pub fn put(&mut self, link: &Arc<Link>) {
        let pair = pair_of(link);
        let shard = Arc::make_mut(&mut self.shards[shard_of(pair)]);
        let present = shard.get(&pair).is_some_and(|present| present.link_id < link.link_id);
        if !present {
            shard.insert(pair, link.clone());
        }
    }

    /// Whether `link` stands for its pair, so that another must be found when it goes.
    pub fn stands(&self, link: &Link) -> bool {
        self.get(pair_of(link)).is_some_and(|standing| standing.link_id == link.link_id)
    }

    pub fn get(&self, pair: Pair) -> Option<&Link> {
        self.shards[shard_of(pair)].get(&pair).map(|link| &**link)
    }
}

const fn pair_of(link: &Link) -> Pair {
    (link.offer_slot, link.partner_slot)
}

const fn shard_of((offer, partner): Pair) -> usize {
    (offer.wrapping_mul(31).wrapping_add(partner)) as usize % SHARDS
}
