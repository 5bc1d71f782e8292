//! What their ids mean here: things that exist, and in a dry run things that the same import would make.

use std::collections::{HashMap, HashSet};

use kernel::{Currency, Id, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::{entity::imported_row, model::ImportKind};
use crate::{
    advertisers::model as advertiser,
    links::model as link,
    offers::{self, entity::offer},
    platform::{
        external_refs::{self, RefKind},
        folding::fold,
    },
};

/// Offers, partners and advertisers of one workspace that an import can speak of.
const ROWS_MAX: u64 = 500_000;
const CHUNK: usize = 500;

/// Exists, or would.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<T> {
    Here(T),
    Planned,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferFacts {
    pub id: Id<id::Offer>,
    pub advertiser: Id<id::Advertiser>,
    pub currency: Currency,
}

impl OfferFacts {
    pub fn of(row: &offer::Model) -> Self {
        Self { id: row.id, advertiser: row.advertiser_id, currency: row.currency() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkFacts {
    pub id: Id<id::Link>,
    pub offer: Id<id::Offer>,
    pub partner: Id<id::Partner>,
}

/// Ids in the files of an import.
#[derive(Default)]
pub struct Planned {
    pub offers: HashSet<String>,
    pub advertisers: HashSet<String>,
    pub partners: HashSet<String>,
    pub links: HashSet<String>,
}

#[derive(Default)]
pub struct Directory {
    pub offers: HashMap<String, Place<OfferFacts>>,
    pub partners: HashMap<String, Place<Id<id::Partner>>>,
    pub advertisers: HashMap<String, Place<Id<id::Advertiser>>>,
    /// By folded name.
    pub advertiser_names: HashMap<String, Place<Id<id::Advertiser>>>,
    pub links: HashMap<String, Place<LinkFacts>>,
    by_offer: HashMap<Id<id::Offer>, OfferFacts>,
}

/// What a system's second ids are called: those it writes into links.
pub fn link_system(system: &str) -> String {
    format!("{system}_link")
}

impl Directory {
    /// Reads what is here. Links are read only where rows name them.
    pub async fn read(
        conn: &impl ConnectionTrait,
        tenant: Tenant,
        system: &str,
        with_links: bool,
    ) -> anyhow::Result<Self> {
        let mut directory = Self::default();
        directory.read_offers(conn, tenant, system).await?;
        let partners = external_refs::named_by(conn, tenant, RefKind::Partner, system).await?;
        let here = |(name, id)| (name, Place::Here(Id::from_uuid(id)));
        directory.partners.extend(partners.into_iter().map(here));
        directory.read_advertisers(conn, tenant, system).await?;
        if with_links {
            directory.read_links(conn, tenant, system).await?;
        }
        Ok(directory)
    }

    async fn read_offers(&mut self, conn: &impl ConnectionTrait, tenant: Tenant, system: &str) -> anyhow::Result<()> {
        let named = external_refs::named_by(conn, tenant, RefKind::Offer, system).await?;
        let ids: Vec<Id<id::Offer>> = named.iter().map(|(_, id)| Id::from_uuid(*id)).collect();
        for chunk in ids.chunks(CHUNK) {
            let rows = offers::store::get_many(conn, tenant, chunk.iter().copied()).await?;
            self.by_offer.extend(rows.values().map(|row| (row.id, OfferFacts::of(row))));
        }
        for (name, id) in named {
            let facts = self.by_offer.get(&Id::from_uuid(id)).copied();
            self.offers.extend(facts.map(|facts| (name, Place::Here(facts))));
        }
        Ok(())
    }

    async fn read_advertisers(
        &mut self,
        conn: &impl ConnectionTrait,
        tenant: Tenant,
        system: &str,
    ) -> anyhow::Result<()> {
        let mine = advertiser::Column::WorkspaceId.eq(tenant.id());
        for row in advertiser::Entity::find().filter(mine).limit(ROWS_MAX).all(conn).await? {
            if let Some(theirs) = row.external_refs.0.get(system) {
                self.advertisers.insert(theirs.clone(), Place::Here(row.id));
            }
            self.advertiser_names.entry(fold(&row.name)).or_insert(Place::Here(row.id));
        }
        Ok(())
    }

    async fn read_links(&mut self, conn: &impl ConnectionTrait, tenant: Tenant, system: &str) -> anyhow::Result<()> {
        let of_system = imported_row::Column::WorkspaceId
            .eq(tenant.id())
            .and(imported_row::Column::System.eq(system))
            .and(imported_row::Column::Kind.eq(ImportKind::Links));
        let rows = imported_row::Entity::find().filter(of_system).limit(ROWS_MAX).all(conn).await?;
        for chunk in rows.chunks(CHUNK) {
            let ids = chunk.iter().map(|row| Id::<id::Link>::from_uuid(row.subject_id));
            let mine = link::Column::WorkspaceId.eq(tenant.id()).and(link::Column::Id.is_in(ids));
            let links = link::Entity::find().filter(mine).all(conn).await?;
            let links: HashMap<_, _> = links.into_iter().map(|row| (row.id.uuid(), row)).collect();
            for row in chunk {
                let Some(found) = links.get(&row.subject_id) else { continue };
                let facts = LinkFacts { id: found.id, offer: found.offer_id, partner: found.partner_id };
                self.links.insert(row.external_id.clone(), Place::Here(facts));
            }
        }
        Ok(())
    }

    pub fn offer_by_id(&self, offer: Id<id::Offer>) -> Option<OfferFacts> {
        self.by_offer.get(&offer).copied()
    }

    pub fn add_offer(&mut self, theirs: String, facts: OfferFacts) {
        self.by_offer.insert(facts.id, facts);
        self.offers.insert(theirs, Place::Here(facts));
    }

    /// Things that a dry run takes for made.
    pub fn plan(&mut self, planned: Planned) {
        plan_in(&mut self.offers, planned.offers);
        plan_in(&mut self.advertisers, planned.advertisers);
        plan_in(&mut self.partners, planned.partners);
        plan_in(&mut self.links, planned.links);
    }
}

fn plan_in<T>(known: &mut HashMap<String, Place<T>>, planned: HashSet<String>) {
    for name in planned {
        known.entry(name).or_insert(Place::Planned);
    }
}
