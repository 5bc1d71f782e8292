//! Targeting as records keep it, of offers and of the links to them. What it means: `kernel::targeting`.

use edge::targeting;
use kernel::{
    Tenant,
    targeting::{TargetingCondition, TargetingField as Field},
};
use sea_orm::{ConnectionTrait, FromJsonQueryResult};
use serde::{Deserialize, Serialize};

use crate::{
    identity::{Actor, Role},
    platform::Answer,
    workspaces,
};

/// The conditions of one offer or link; none lets everybody through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Targeting(pub Vec<TargetingCondition>);

/// The conditions put in order, with the workspace's time zone where none is said.
pub async fn checked(conn: &impl ConnectionTrait, tenant: Tenant, wanted: &[TargetingCondition]) -> Answer<Targeting> {
    let workspace = workspaces::store::get(conn, tenant).await?;
    Ok(Targeting(targeting::checked(wanted, &workspace.timezone)?))
}

impl Targeting {
    /// An offer's conditions as `actor` may know them: a partner sees what it aims by, and not whom the offer keeps out
    /// by name.
    pub fn shown_to(self, actor: &Actor) -> Self {
        if actor.role == Role::Partner {
            Self(self.0.into_iter().filter(|one| is_open(one.field)).collect())
        } else {
            self
        }
    }
}

/// Whether partners see an offer's conditions on this field.
pub fn is_open(field: Field) -> bool {
    let inner = matches!(field, Field::Asn | Field::NetworkOwner | Field::Proxy | Field::Referrer | Field::Source);
    !inner && field.sub().is_none()
}
