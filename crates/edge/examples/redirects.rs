//! An edge with synthetic links and a real journal, for measuring redirects.
//!
//! `redirects --folder DIR --port N --links N [--threads N] [--geo DIR]`; slugs are `l0`, `l1`, …; prints one line when
//! it listens and serves until it is ended by a signal.

use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use anyhow::Context as _;
use edge::{
    ClickIdMint, Edge, EdgeOptions, ReceiptAnswer, ReceiptDoor, RouteChange, Routes, Server, ServerOptions,
    receipt::BoxFuture,
    redirect::Places,
    routes::{
        EnrollmentRoute, EnrollmentState, LandingRoute, LinkRoute, OfferRoute, OfferState, PartnerRoute, PartnerState,
        WorkspaceRoute,
    },
    server::no_app,
};
use events::{Journal, JournalOptions, Position, ReceiptRecord};
use kernel::{Ambient, Id, ambient::SystemChance, time::SystemClock};

const OFFERS: u128 = 100;
const PARTNERS: u128 = 1_000;

struct NoDoor;

impl ReceiptDoor for NoDoor {
    fn decide(&self, receipt: ReceiptRecord, _: Position) -> BoxFuture<'_, ReceiptAnswer> {
        Box::pin(async move { ReceiptAnswer::deferred(receipt.receipt_id, receipt.conversion_id) })
    }
}

fn main() -> anyhow::Result<()> {
    let flags = flags();
    let number = |name: &str, default: u64| flags.get(name).map_or(Ok(default), |text| text.parse());
    let folder = PathBuf::from(flags.get("folder").context("--folder DIR")?);
    let ambient = Ambient::new(Arc::new(SystemClock), Arc::new(SystemChance));
    let routes = routes(&folder.join("routes.snapshot"), number("links", 1_000)?)?;
    let journal = Journal::open(&folder.join("journal"), JournalOptions::default(), Arc::new(SystemClock))?;
    let mint = ClickIdMint::open(&folder.join("keys"), 0, &ambient)?;
    let options = EdgeOptions {
        threads: number("threads", 2)? as u16,
        places: Arc::new(flags.get("geo").map(|folder| Places::load(Path::new(folder))).unwrap_or_default()),
        ..EdgeOptions::default()
    };
    let edge = Arc::new(Edge::open(options, routes, Arc::new(journal), mint, Arc::new(NoDoor), ambient)?);
    let app = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, number("port", 0)? as u16));
    let server = Server::start(ServerOptions::on(address), edge, no_app(), app.handle().clone())?;
    println!("listening on {}", server.address());
    loop {
        std::thread::park();
    }
}

fn flags() -> HashMap<String, String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let pairs = arguments.chunks_exact(2);
    pairs.map(|pair| (pair[0].trim_start_matches("--").to_owned(), pair[1].clone())).collect()
}

/// Loads the snapshot of an earlier run with as many links, else makes it.
fn routes(path: &Path, links: u64) -> anyhow::Result<Routes> {
    let begun = Instant::now();
    if let Ok(routes) = Routes::load(path)
        && routes.table().link_count() as u64 == links
    {
        eprintln!("{links} links loaded in {:?}", begun.elapsed());
        return Ok(routes);
    }
    let routes = Routes::default();
    routes.apply(1, world(links));
    eprintln!("{links} links applied in {:?}", begun.elapsed());
    let begun = Instant::now();
    std::fs::create_dir_all(path.parent().context("the snapshot lies in a folder")?)?;
    routes.snapshot_to(path)?;
    eprintln!("{links} links saved in {:?}", begun.elapsed());
    Ok(routes)
}

fn world(links: u64) -> Vec<RouteChange> {
    let workspace = WorkspaceRoute { workspace_id: Id::from_u128(1), fallback_url: None };
    let mut changes = vec![RouteChange::UpsertWorkspace(workspace)];
    changes.extend((0..OFFERS).map(|number| RouteChange::UpsertOffer(offer(number))));
    for partner in 0..PARTNERS {
        changes.push(RouteChange::UpsertPartner(PartnerRoute {
            partner_id: Id::from_u128(partner),
            workspace_id: Id::from_u128(1),
            state: PartnerState::Active,
            manager_id: Some(Id::from_u128(partner % 10)),
            group: "standard".to_owned(),
            trafficback: None,
        }));
        changes.extend((0..OFFERS).map(|offer| {
            RouteChange::UpsertEnrollment(EnrollmentRoute {
                offer_id: Id::from_u128(offer),
                partner_id: Id::from_u128(partner),
                state: EnrollmentState::Approved,
                approved_traffic_types: Vec::new(),
            })
        }));
    }
    changes.extend((0..u128::from(links)).map(|number| {
        RouteChange::UpsertLink(LinkRoute {
            link_id: Id::from_u128(number),
            slug: format!("l{number}"),
            offer_id: Id::from_u128(number % OFFERS),
            partner_id: Id::from_u128(number / OFFERS % PARTNERS),
            landing_id: None,
            creative_id: None,
            traffic_type: "content".to_owned(),
            targeting: Vec::new(),
        })
    }));
    changes
}

fn offer(number: u128) -> OfferRoute {
    OfferRoute {
        offer_id: Id::from_u128(number),
        advertiser_id: Id::from_u128(number % 10),
        workspace_id: Id::from_u128(1),
        state: OfferState::Active,
        starts_at: None,
        ends_at: None,
        landings: vec![LandingRoute {
            landing_id: Id::from_u128(number),
            url: format!("https://shop{number}.example/product?ref={{partner_id}}"),
        }],
        allowed_hosts: vec![format!("shop{number}.example")],
        click_parameter: "click_id".to_owned(),
        duplicate_window_ms: 86_400_000,
        fallback_url: None,
        vertical: "e-commerce".to_owned(),
        passes_extra_parameters: true,
        utm_template: None,
        traffic_rules: Vec::new(),
        targeting: Vec::new(),
    }
}
