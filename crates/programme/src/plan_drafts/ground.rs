//! What a workspace knows of an offer when its plans are read, written and judged.

use std::collections::HashSet;

use jiff::tz::TimeZone;
use kernel::{Currency, Decimal8, Id, Tenant, Timestamp, id};
use sea_orm::{ConnectionTrait, ExprTrait as _, QuerySelect as _, entity::prelude::*};

use crate::{
    offers::{self, entity::goal},
    partners::{self, model as partner},
    plans::{
        self,
        rules::{
            LocalDate, Rule,
            lint::{self, PlanFinding},
            text::{self, Names},
            words::Writing,
        },
        store::OfferPlans,
    },
    platform::Answer,
    workspaces,
};

pub struct Ground {
    pub offer: Id<id::Offer>,
    pub currency: Currency,
    pub goals: Vec<goal::Model>,
    pub plans: OfferPlans,
    pub zone: TimeZone,
    pub tenant: Tenant,
    pub margin_floor: Option<Decimal8>,
}

impl Ground {
    /// An offer of the tenant, or 404.
    pub async fn of(conn: &impl ConnectionTrait, tenant: Tenant, offer: Id<id::Offer>) -> Answer<Self> {
        let row = offers::store::get(conn, tenant, offer).await?;
        let goals = offers::store::goals_of(conn, tenant, [offer]).await?.remove(&offer).unwrap_or_default();
        let plans = plans::store::of_offer(conn, tenant, offer).await?;
        let workspace = workspaces::store::get(conn, tenant).await?;
        let (zone, margin_floor) = (workspace.zone()?, workspace.margin_floor());
        Ok(Self { offer, currency: row.currency(), goals, plans, zone, tenant, margin_floor })
    }

    pub fn names(&self) -> Names {
        let goals = self.goals.iter().map(|goal| (goal.id, goal.name.clone())).collect();
        Names { goals, decimals: self.writing().decimals }
    }

    pub fn writing(&self) -> Writing<'_> {
        Writing::of(&self.currency)
    }

    pub fn text(&self, earnings: &[Rule], revenue: &[Rule]) -> String {
        text::write(earnings, revenue, &self.names())
    }

    /// What looks wrong in rules that may come into force.
    pub async fn findings(
        &self,
        conn: &impl ConnectionTrait,
        (earnings, revenue): (&[Rule], &[Rule]),
        now: Timestamp,
    ) -> Answer<Vec<PlanFinding>> {
        let rules = || earnings.iter().chain(revenue);
        let named: HashSet<_> = rules().filter_map(|rule| rule.conditions.partner_id).collect();
        let partners = partners::store::get_many(conn, self.tenant, named).await?;
        let groups = rules().flat_map(|rule| rule.conditions.groups.iter().cloned()).collect();
        let ground = lint::Ground {
            goals: self.goals.iter().map(|goal| goal.id).collect(),
            partners: partners.into_keys().collect(),
            groups: self.known_groups(conn, groups).await?,
            today: LocalDate(now.local_day(&self.zone)),
            margin_floor: self.margin_floor,
        };
        Ok(lint::lint(earnings, revenue, &ground))
    }

    /// Those of `named` in which a partner is.
    async fn known_groups(
        &self,
        conn: &impl ConnectionTrait,
        named: HashSet<String>,
    ) -> Result<HashSet<String>, DbErr> {
        if named.is_empty() {
            return Ok(named);
        }
        let mine = partner::Column::WorkspaceId.eq(self.tenant.id()).and(partner::Column::PartnerGroup.is_in(named));
        let groups: Vec<Option<String>> = partner::Entity::find()
            .select_only()
            .column(partner::Column::PartnerGroup)
            .distinct()
            .filter(mine)
            .into_tuple()
            .all(conn)
            .await?;
        Ok(groups.into_iter().flatten().collect())
    }
}
