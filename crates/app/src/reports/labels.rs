//! Names for the ids of an answer.

use events::question::Answer;
use kernel::{
    Id, Tenant,
    id::{Advertiser, Goal, Kind, Landing, Link, Offer, Partner, SmartLink, User},
};
use sea_orm::{ConnectionTrait, DbErr};

pub use crate::platform::labels::Labels;
use crate::platform::labels::Wanted;

pub async fn labels(conn: &impl ConnectionTrait, tenant: Tenant, answers: &[&Answer]) -> Result<Labels, DbErr> {
    let ids = answers.iter().flat_map(|answer| &answer.ids);
    let wanted = ids.fold(Wanted::default(), |wanted, (kind, ids)| match *kind {
        "advertiser" => wanted.with(typed::<Advertiser>(ids)),
        "offer" => wanted.with(typed::<Offer>(ids)),
        "partner" => wanted.with(typed::<Partner>(ids)),
        "goal" => wanted.with(typed::<Goal>(ids)),
        "landing" => wanted.with(typed::<Landing>(ids)),
        "link" => wanted.with(typed::<Link>(ids)),
        "smart_link" => wanted.with(typed::<SmartLink>(ids)),
        _ => wanted.with(typed::<User>(ids)),
    });
    wanted.read(conn, tenant).await
}

fn typed<K: Kind>(ids: &[u128]) -> impl Iterator<Item = Id<K>> {
    ids.iter().map(|id| Id::from_u128(*id))
}
