//! What the outbox tells about routes, on one page: which rows the edge must look at again.

use kernel::{Ambient, Id, Tenant, id};
use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    links::feed,
    platform::{
        Answer, WriteTransaction,
        outbox::{self, Topic},
    },
};

/// A row the edge's route table follows. Printed as `{"offer": "ofr_…"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RouteNews {
    /// Its fallback, tokens or keys that may replay.
    Workspace(Id<id::Workspace>),
    /// Its tokens, or its state and with it its offers.
    Advertiser(Id<id::Advertiser>),
    /// The offer with its landing pages.
    Offer(Id<id::Offer>),
    Partner(Id<id::Partner>),
    Enrollment(Id<id::Enrollment>),
    Link(Id<id::Link>),
    /// Its members, and their shares.
    SmartLink(Id<id::SmartLink>),
    Domain(Id<id::TrackingDomain>),
    /// Its terms, or whether it has room.
    Cap(Id<id::Cap>),
    /// A token of another platform.
    DialectToken(Id<id::DialectToken>),
    /// The workspace has clicks of another platform.
    ImportedClicks(Id<id::Workspace>),
}

/// Tells the edge what changed, last in the transaction. Whoever commits it then waits for [`feed::catch_up`].
pub async fn routes_changed(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    tenant: Tenant,
    changed: &[RouteNews],
) -> Result<(), DbErr> {
    outbox::publish(conn, tenant, Topic::RoutesChanged, changed, ambient.now()).await
}

/// Commits a change of routes; when it returns, the local edge has seen it.
pub async fn commit_routes(app: &App, write: WriteTransaction, tenant: Tenant, changed: &[RouteNews]) -> Answer<()> {
    routes_changed(&*write, &app.ambient, tenant, changed).await?;
    write.commit().await?;
    Ok(feed::catch_up(app).await?)
}
