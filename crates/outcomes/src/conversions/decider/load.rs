//! What a group of receipts of one workspace must know, read set-wise.

use std::collections::HashSet;

use kernel::{Ambient, Id, Tenant, id};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use super::{
    batch::{Click, Incoming},
    clicks::Clicks,
    decide::Room,
};
use crate::{
    conversions::{
        counts::{self, Asked},
        entity::{conversion, customer, receipt},
        moves,
        rules::{claim::Claim, known},
    },
    coupons::{self, entity::coupon},
    currencies,
    offers::terms::PayModel,
    partners::model as partner,
    platform::folding::fold,
};

impl Room {
    /// Reads all that `group` may need, in few statements.
    pub async fn open(
        conn: &impl ConnectionTrait,
        tenant: Tenant,
        ambient: &Ambient,
        clicks: &dyn Clicks,
        group: &[&Incoming<'_>],
    ) -> anyhow::Result<Self> {
        let sheet = if tenant.id().as_u128() == 0 { None } else { Some(moves::open(conn, tenant, ambient).await?) };
        let mut room = Self::new(tenant, ambient, sheet);
        room.load_receipts(conn, group).await?;
        if room.sheet.is_some() {
            room.load_coupons(conn, group).await?;
            room.load_offers(conn, group).await?;
            room.load_journeys(clicks, group).await?;
            room.load_customers(conn, group).await?;
            room.load_known(conn, group).await?;
            room.load_partners(conn, group).await?;
            room.load_counts(conn, group).await?;
            room.load_caps(conn, group).await?;
            room.load_rates(conn, group).await?;
        }
        Ok(room)
    }

    async fn load_receipts(&mut self, conn: &impl ConnectionTrait, group: &[&Incoming<'_>]) -> anyhow::Result<()> {
        let ids = group.iter().map(|one| one.receipt.receipt_id);
        let keys = group.iter().map(|one| known::content_key(one.receipt.advertiser, &one.receipt.params));
        let in_workspace = receipt::Column::WorkspaceId.eq(self.tenant.id());
        let same = receipt::Entity::find()
            .filter(in_workspace.clone())
            .filter(receipt::Column::ContentKey.is_in(keys))
            .all(conn)
            .await?;
        let decided =
            receipt::Entity::find().filter(in_workspace).filter(receipt::Column::Id.is_in(ids)).all(conn).await?;
        self.decided.extend(decided.into_iter().map(|row| (row.id, row)));
        self.first.extend(same.into_iter().filter_map(|row| Some((row.content_key?, row))));
        Ok(())
    }

    async fn load_offers(&mut self, conn: &impl ConnectionTrait, group: &[&Incoming<'_>]) -> anyhow::Result<()> {
        let offers: Vec<_> = group.iter().filter_map(|one| self.offer_of(one)).collect();
        moves::load_terms(conn, self.sheet_mut(), &offers).await
    }

    /// Rates of the days of the receipts and of what they may change, where there is more than one currency.
    async fn load_rates(&mut self, conn: &impl ConnectionTrait, group: &[&Incoming<'_>]) -> anyhow::Result<()> {
        let sheet = self.sheet();
        let held = || sheet.holdings().map(|held| &held.conversion);
        let of_offers = sheet.terms.values().map(|terms| terms.currency());
        let said = claims(group).filter_map(|claim| claim.currency);
        let named = of_offers.chain(said).chain(held().map(|row| row.currency())).chain([sheet.reporting]);
        let moments = group.iter().map(|one| one.event_at()).chain(held().map(|row| row.event_at));
        let days = moments.map(|at| at.local_day(&sheet.zone)).collect();
        let rates = currencies::store::rates(conn, self.tenant, &named.collect(), &days).await?;
        self.sheet_mut().rates = rates;
        Ok(())
    }

    /// Counters of the periods in which the receipts may count.
    async fn load_caps(&mut self, conn: &impl ConnectionTrait, group: &[&Incoming<'_>]) -> anyhow::Result<()> {
        let stated = claims(group).filter_map(|claim| claim.event_time);
        let moments: Vec<_> = group.iter().map(|one| one.receipt.arrived_at).chain(stated).collect();
        let tenant = self.tenant;
        self.sheet_mut().caps.load_counters(conn, tenant, moments).await
    }

    /// Where an offer pays more than the last click, who else clicked.
    async fn load_journeys(&mut self, clicks: &dyn Clicks, group: &[&Incoming<'_>]) -> anyhow::Result<()> {
        let splits =
            |one: &&&Incoming<'_>| self.terms_of(one).is_some_and(|terms| terms.offer.pay_model != PayModel::Last);
        let found = group.iter().filter(splits).filter_map(|one| one.any_click());
        let found: Vec<_> = found.map(|click| click.click_id).collect();
        if !found.is_empty() {
            self.journeys = clicks.journeys(&found).await?;
        }
        Ok(())
    }

    async fn load_coupons(&mut self, conn: &impl ConnectionTrait, group: &[&Incoming<'_>]) -> anyhow::Result<()> {
        let codes = claims(group).filter_map(|claim| claim.coupon.clone()).collect();
        self.coupons = coupons::store::find_codes(conn, self.tenant, &codes).await?;
        Ok(())
    }

    async fn load_customers(&mut self, conn: &impl ConnectionTrait, group: &[&Incoming<'_>]) -> anyhow::Result<()> {
        let externals: HashSet<_> = claims(group).filter_map(|claim| claim.customer_id.clone()).collect();
        if externals.is_empty() {
            return Ok(());
        }
        let rows = customer::Entity::find()
            .filter(customer::Column::WorkspaceId.eq(self.tenant.id()))
            .filter(customer::Column::ExternalId.is_in(externals))
            .all(conn)
            .await?;
        self.customers.extend(rows.into_iter().map(|row| ((row.advertiser_id, row.external_id.clone()), row)));
        Ok(())
    }

    /// Conversions that the receipts may be updates or duplicates of.
    async fn load_known(&mut self, conn: &impl ConnectionTrait, group: &[&Incoming<'_>]) -> anyhow::Result<()> {
        let orders: HashSet<_> = claims(group).filter_map(|claim| claim.order_id.clone()).collect();
        let ids: HashSet<_> = claims(group).filter_map(|claim| claim.conversion).collect();
        let (mut click_goals, mut customer_goals) = (HashSet::new(), HashSet::new());
        for one in group {
            let Some((terms, claim)) = self.terms_of(one).zip(one.claim.as_ref().ok()) else { continue };
            let Some(goal) = terms.goal(claim.goal.as_deref()) else { continue };
            if let Some(click) = one.click_of_repeats() {
                click_goals.insert(known::click_goal_key(click.click_id, goal.id));
            }
            if let Some(customer) = self.customer_of(terms.advertiser.id, claim) {
                customer_goals.insert(known::customer_goal_key(customer.id, goal.id));
            }
        }
        let in_workspace = conversion::Column::WorkspaceId.eq(self.tenant.id());
        let find = || conversion::Entity::find().filter(in_workspace.clone());
        let mut rows = Vec::new();
        if !orders.is_empty() {
            let of_orders = find().filter(conversion::Column::OrderId.is_in(orders));
            rows.extend(of_orders.filter(conversion::Column::OrderKey.is_not_null()).all(conn).await?);
        }
        if !click_goals.is_empty() {
            rows.extend(find().filter(conversion::Column::ClickGoalKey.is_in(click_goals)).all(conn).await?);
        }
        if !customer_goals.is_empty() {
            rows.extend(find().filter(conversion::Column::CustomerGoalKey.is_in(customer_goals)).all(conn).await?);
        }
        if !ids.is_empty() {
            rows.extend(find().filter(conversion::Column::Id.is_in(ids)).all(conn).await?);
        }
        let mut seen = HashSet::new();
        rows.retain(|row| seen.insert(row.id));
        rows.iter().for_each(|row| self.remember(row));
        let repriced = claims(group).any(|claim| claim.amount.is_some());
        let ids: Vec<_> = rows.iter().map(|row| row.id).filter(|_| repriced).collect();
        moves::hold(conn, self.sheet_mut(), rows).await?;
        moves::load_facts(conn, self.sheet_mut(), &ids).await
    }

    /// What the plans of the receipts' offers count, where they count anything.
    async fn load_counts(&mut self, conn: &impl ConnectionTrait, group: &[&Incoming<'_>]) -> anyhow::Result<()> {
        let moments = group.iter().filter_map(|one| Some((self.offer_of(one)?, one.event_at())));
        let asked = Asked {
            moments: moments.collect(),
            partners: self.partners.keys().copied().collect(),
            customers: self.customers.values().map(|customer| customer.id).collect(),
        };
        let (workspace, sheet) = (self.tenant.id(), self.sheet_mut());
        Ok(counts::load(conn, &mut sheet.counts, workspace, &sheet.zone, &asked).await?)
    }

    async fn load_partners(&mut self, conn: &impl ConnectionTrait, group: &[&Incoming<'_>]) -> anyhow::Result<()> {
        let of_clicks = group.iter().filter_map(|one| one.any_click()?.partner);
        let of_views = group.iter().filter_map(|one| one.view.as_ref()?.partner);
        let of_customers = self.customers.values().filter_map(|customer| customer.bound_partner_id);
        let of_journeys = self.journeys.values().flatten().filter_map(|click| click.partner);
        let of_coupons = self.coupons.values().map(|coupon| coupon.partner_id);
        let partners: HashSet<_> =
            of_clicks.chain(of_views).chain(of_customers).chain(of_journeys).chain(of_coupons).collect();
        if partners.is_empty() {
            return Ok(());
        }
        let rows = partner::Entity::find()
            .filter(partner::Column::WorkspaceId.eq(self.tenant.id()))
            .filter(partner::Column::Id.is_in(partners))
            .all(conn)
            .await?;
        self.partners.extend(rows.into_iter().map(|row| (row.id, row)));
        Ok(())
    }
}

fn claims<'a>(group: &'a [&Incoming<'_>]) -> impl Iterator<Item = &'a Claim> {
    group.iter().filter_map(|one| one.claim.as_ref().ok())
}

impl Room {
    /// The offer of the click, else the one the receipt names, else the only one of its coupon, else that of what the visitor
    /// was seen with.
    pub(super) fn offer_of(&self, one: &Incoming<'_>) -> Option<Id<id::Offer>> {
        let claim = one.claim.as_ref().ok();
        match &one.click {
            Click::Found(click) => click.offer,
            Click::None => claim.and_then(|claim| {
                let seen = || one.view.as_ref().and_then(|view| view.offer);
                claim.offer.or_else(|| self.only_offer(one, claim)).or_else(seen)
            }),
            Click::Seen(click) => {
                claim.and_then(|claim| claim.offer.or_else(|| self.only_offer(one, claim))).or(click.offer)
            }
            Click::Forged | Click::Missing => claim.and_then(|claim| claim.offer),
        }
    }

    fn only_offer(&self, one: &Incoming<'_>, claim: &Claim) -> Option<Id<id::Offer>> {
        let folded = fold(claim.coupon.as_deref()?);
        let of_sender = |advertiser| one.receipt.advertiser.is_none_or(|sender| sender == advertiser);
        let mut named = self.coupons.values().filter(|row| row.code_folded == folded && of_sender(row.advertiser_id));
        let coupon = named.next().filter(|_| named.next().is_none())?;
        match coupon.offers.0.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The coupon a receipt names, of whatever state.
    pub(super) fn coupon_of(&self, advertiser: Id<id::Advertiser>, claim: &Claim) -> Option<&coupon::Model> {
        self.coupons.get(&(advertiser, fold(claim.coupon.as_deref()?)))
    }
}
