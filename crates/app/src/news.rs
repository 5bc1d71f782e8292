//! What the outbox tells about routes, on one page: which rows the edge must look at again.

use kernel::{Ambient, Id, Tenant, id};
use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};

use crate::platform::outbox::{self, Topic};

/// A row the edge's route table follows. Printed as `{"offer": "ofr_…"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RouteNews {
    /// Its fallback or tokens.
    Workspace(Id<id::Workspace>),
    /// Its tokens, or its state and with it its offers.
    Advertiser(Id<id::Advertiser>),
    /// The offer with its landing pages.
    Offer(Id<id::Offer>),
    Partner(Id<id::Partner>),
    Enrollment(Id<id::Enrollment>),
    Link(Id<id::Link>),
    Domain(Id<id::TrackingDomain>),
}

/// Tells the edge what changed, last in the transaction.
pub async fn routes_changed(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    tenant: Tenant,
    changed: &[RouteNews],
) -> Result<(), DbErr> {
    outbox::publish(conn, tenant, Topic::RoutesChanged, changed, ambient.now()).await
}
