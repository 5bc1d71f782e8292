//! Valid clicks and views of an offer, counted by link, partner and what rates may look at.

use std::sync::Arc;

use anyhow::ensure;
use duckdb::{Connection, params};
use kernel::{
    Id, Tenant,
    id::{Link, Offer, Partner},
};

use crate::{
    EventStore, StoreError,
    question::{Keys, keys::NO_SUCH_KEY, period::Window},
};

/// Unlike groups of one answer. Nobody is paid by half a list.
const GROUPS_MAX: usize = 500_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrafficKind {
    Clicks,
    Views,
}

/// What counts may be told apart by, beside link and partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrafficTrait {
    Group,
    Country,
    Device,
    TrafficType,
    Source,
    /// From 1 to 10.
    Sub(u8),
}

impl TrafficTrait {
    fn column(self) -> String {
        match self {
            Self::Group => "partner_group".to_owned(),
            Self::Country => "country".to_owned(),
            Self::Device => "device".to_owned(),
            Self::TrafficType => "traffic_type".to_owned(),
            Self::Source => "source_id".to_owned(),
            Self::Sub(number) => format!("sub{}", number.clamp(1, 10)),
        }
    }
}

/// Clicks or views that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrafficCount {
    pub partner: Id<Partner>,
    /// None where the address named offer and partner without a link.
    pub link: Option<Id<Link>>,
    /// In the order of the traits asked for.
    pub values: Vec<String>,
    pub count: i64,
}

/// Counts the valid clicks or views of an offer that happened within `window`.
pub async fn counts(
    store: &Arc<EventStore>,
    (tenant, offer): (Tenant, Id<Offer>),
    kind: TrafficKind,
    traits: Vec<TrafficTrait>,
    window: Window,
) -> Result<Vec<TrafficCount>, StoreError> {
    let keys = Arc::clone(store);
    let key = |id: u128| Keys::key_of(&**store, id).unwrap_or(NO_SUCH_KEY);
    let whose = (key(tenant.id().as_u128()), key(offer.as_u128()));
    store.read(move |connection| read_counts(connection, &*keys, whose, (kind, &traits), window)).await
}

fn read_counts(
    connection: &Connection,
    keys: &dyn Keys,
    (workspace, offer): (i32, i32),
    (kind, traits): (TrafficKind, &[TrafficTrait]),
    window: Window,
) -> anyhow::Result<Vec<TrafficCount>> {
    let (table, row_kind) = match kind {
        TrafficKind::Clicks => ("clicks", "click"),
        TrafficKind::Views => ("views", "view"),
    };
    let columns: String = traits.iter().map(|asked| format!(", {}", asked.column())).collect();
    let mut statement = connection.prepare(&format!(
        "SELECT partner, link, count(*){columns} FROM {table}
        WHERE workspace = $1 AND offer = $2 AND event_time >= $3 AND event_time < $4
            AND kind = '{row_kind}' AND click_verdict = 'valid'
        GROUP BY partner, link{columns} ORDER BY partner, link{columns} LIMIT {}",
        GROUPS_MAX + 1
    ))?;
    let mut rows = statement.query(params![workspace, offer, window.from, window.to])?;
    let mut counts = Vec::new();
    while let Some(row) = rows.next()? {
        ensure!(counts.len() < GROUPS_MAX, "the traffic of an offer falls into more than {GROUPS_MAX} groups");
        let Some(partner) = keys.id_of(row.get(0)?) else { continue };
        let values = (0..traits.len()).map(|place| row.get(3 + place)).collect::<Result<_, _>>()?;
        let link = keys.id_of(row.get(1)?).map(Id::from_u128);
        counts.push(TrafficCount { partner: Id::from_u128(partner), link, values, count: row.get(2)? });
    }
    Ok(counts)
}
