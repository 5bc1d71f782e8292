//! The one who asks, once known.

use std::str::FromStr;

use kernel::{Id, Refusal, RefusalCode, Tenant, id};
use sea_orm::{ExprTrait as _, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::permissions::REPLAY_SCOPE;
use crate::platform::audit_trail::Author;

/// What a membership may do at most.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Manager,
    Analyst,
    Finance,
    Partner,
    Advertiser,
}

impl Role {
    /// Works for the workspace itself, not for a partner or advertiser of it.
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Owner | Self::Manager | Self::Analyst | Self::Finance)
    }
}

impl FromStr for Role {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let roles = "owner, manager, analyst, finance, partner or advertiser";
        Self::try_from_value(&text.to_owned()).map_err(|_| Refusal::field("role", format!("must be {roles}")))
    }
}

#[derive(Clone, Debug)]
pub struct Actor {
    pub tenant: Tenant,
    pub user: Id<id::User>,
    pub membership: Id<id::Membership>,
    pub role: Role,
    /// The partner a partner's member acts for.
    pub partner: Option<Id<id::Partner>>,
    /// The advertiser an advertiser's member acts for.
    pub advertiser: Option<Id<id::Advertiser>>,
    /// Scopes of the API key, or `None` for a session, which may all that the role may.
    pub scopes: Option<Vec<String>>,
}

impl Actor {
    /// Whether the key or session reaches as far as `scope`. Replaying must be named: `*` does not cover it.
    pub fn has_scope(&self, scope: &str) -> bool {
        let covers = |have: &String| have == scope || (have == "*" && scope != REPLAY_SCOPE);
        self.scopes.as_ref().is_none_or(|scopes| scopes.iter().any(covers))
    }

    /// As whom the audit log remembers this actor.
    pub fn author(&self) -> Author {
        Author { tenant: self.tenant, user: Some(self.user) }
    }

    /// The rows of partners that this actor sees: a partner its own, staff all of the workspace, an advertiser none.
    /// Told by the columns of the workspace, the partner and the row's id.
    pub fn sees<C: ColumnTrait>(&self, [workspace, partner, id]: [C; 3]) -> Expr {
        let mine = workspace.eq(self.tenant.id());
        match self.partner {
            Some(own) => mine.and(partner.eq(own)),
            None if self.role.is_staff() => mine,
            None => mine.and(id.is_null()),
        }
    }

    /// Refuses, as if it did not exist, what belongs to another partner.
    pub fn require_partner(&self, partner: Id<id::Partner>) -> Result<(), Refusal> {
        match self.role {
            Role::Partner if self.partner != Some(partner) => Err(Refusal::not_found("partner")),
            Role::Advertiser => Err(Refusal::not_found("partner")),
            _ => Ok(()),
        }
    }

    /// Refuses, as if it did not exist, what belongs to another advertiser.
    pub fn require_advertiser(&self, advertiser: Id<id::Advertiser>) -> Result<(), Refusal> {
        match self.role {
            Role::Advertiser if self.advertiser != Some(advertiser) => Err(Refusal::not_found("advertiser")),
            Role::Partner => Err(Refusal::not_found("advertiser")),
            _ => Ok(()),
        }
    }
}

pub(super) fn not_permitted(what: &str) -> Refusal {
    Refusal::new(RefusalCode::NotPermitted, format!("your role may not {what}"))
}
