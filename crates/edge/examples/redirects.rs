//! An edge with synthetic links and a real journal, for measuring redirects.
//!
//! `redirects --folder DIR --port N --links N [--targeted N] [--threads N] [--geo DIR]`; slugs are `l0`, `l1`, …, the
//! targeted ones, with twenty conditions each, `t0`, `t1`, … among them; smart links over ten of the plain ones each are
//! `s0` to `s99`; prints one line when it listens and serves until
//! it is ended by a signal.

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
        EnrollmentRoute, EnrollmentState, LandingRoute, LinkRoute, OfferRoute, OfferState, PageKind, PartnerRoute,
        PartnerState, SmartLinkRoute, SmartMemberRoute, WorkspaceRoute,
    },
    server::no_app,
};
use events::{Journal, JournalOptions, Position, ReceiptRecord};
use kernel::{
    Ambient, Id,
    ambient::SystemChance,
    targeting::{TargetingCondition, TargetingField, TargetingMatch, TargetingMode},
    time::SystemClock,
};

const OFFERS: u128 = 100;
const PARTNERS: u128 = 1_000;
const SMART_LINKS: u64 = 100;
const MEMBERS: u64 = 10;

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
    let routes = routes(&folder.join("routes.snapshot"), number("links", 1_000)?, number("targeted", 0)?)?;
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
fn routes(path: &Path, links: u64, targeted: u64) -> anyhow::Result<Routes> {
    let begun = Instant::now();
    if let Ok(routes) = Routes::load(path)
        && routes.table().link_count() as u64 == links
    {
        eprintln!("{links} links loaded in {:?}", begun.elapsed());
        return Ok(routes);
    }
    let routes = Routes::default();
    routes.apply(1, world(links, targeted.min(links)));
    eprintln!("{links} links applied in {:?}", begun.elapsed());
    let begun = Instant::now();
    std::fs::create_dir_all(path.parent().context("the snapshot lies in a folder")?)?;
    routes.snapshot_to(path)?;
    eprintln!("{links} links saved in {:?}", begun.elapsed());
    Ok(routes)
}

fn world(links: u64, targeted: u64) -> Vec<RouteChange> {
    let workspace = WorkspaceRoute { workspace_id: Id::from_u128(1), fallback_url: None, asks_consent: false };
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
    changes.extend(
        (0..u128::from(links)).map(|number| RouteChange::UpsertLink(link(number, number < u128::from(targeted)))),
    );
    let plain = links.saturating_sub(targeted);
    changes.extend((0..SMART_LINKS.min(plain / MEMBERS)).map(|number| smart_link(number, targeted + number * MEMBERS)));
    changes
}

/// A smart link over the plain links from `first` on.
fn smart_link(number: u64, first: u64) -> RouteChange {
    let member = |member: u64| SmartMemberRoute {
        number: member as u8,
        link: format!("l{}", first + member),
        rank: 0,
        share: 100_000,
    };
    RouteChange::UpsertSmartLink(SmartLinkRoute {
        smart_link_id: Id::from_u128(number.into()),
        workspace_id: Id::from_u128(1),
        slug: format!("s{number}"),
        members: (0..MEMBERS).map(member).collect(),
    })
}

fn link(number: u128, is_targeted: bool) -> LinkRoute {
    LinkRoute {
        link_id: Id::from_u128(number),
        slug: format!("{}{number}", if is_targeted { 't' } else { 'l' }),
        offer_id: Id::from_u128(number % OFFERS),
        partner_id: Id::from_u128(number / OFFERS % PARTNERS),
        landing_id: None,
        creative_id: None,
        traffic_type: "content".to_owned(),
        targeting: if is_targeted { conditions() } else { Vec::new() },
    }
}

/// Twenty conditions, one of nearly every field, that all let the load's visitor through: each is looked at.
fn conditions() -> Vec<TargetingCondition> {
    use TargetingField as Field;
    use TargetingMatch::{Exact, Pattern, Range};
    use TargetingMode::{Exclude, Include};
    let one = |field, mode, compare, values: &[&str]| TargetingCondition {
        field,
        mode,
        compare: Some(compare),
        values: values.iter().map(|text| (*text).to_owned()).collect(),
        timezone: Some("Europe/Warsaw".to_owned()),
    };
    let sources: Vec<String> = (0..100).map(|number| format!("bad-source-{number}")).collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    vec![
        one(Field::Country, Exclude, Exact, &["AQ", "BV", "TF", "HM", "UM", "GS", "IO", "CX", "CC", "NF"]),
        one(Field::Region, Exclude, Exact, &["PL-14", "DE-BE"]),
        one(Field::City, Exclude, Pattern, &["war*", "ber*", "*burg"]),
        one(Field::Language, Include, Exact, &["de", "en", "pl"]),
        one(Field::Device, Include, Exact, &["desktop", "tablet"]),
        one(Field::Brand, Exclude, Exact, &["Apple", "Samsung"]),
        one(Field::Os, Include, Pattern, &["win*", "mac*"]),
        one(Field::OsVersion, Include, Range, &["Windows 7..", "macOS 10.13.."]),
        one(Field::Browser, Include, Exact, &["Chrome", "Firefox", "Safari", "Edge"]),
        one(Field::BrowserVersion, Include, Range, &["Chrome 100..", "Firefox 100.."]),
        one(Field::Connection, Exclude, Exact, &["dialup", "satellite"]),
        one(Field::Asn, Exclude, Range, &["64512..65534", "14061", "16509", "24940", "16276"]),
        one(Field::NetworkOwner, Exclude, Pattern, &["*hosting*", "*cloud*", "*datacenter*"]),
        one(Field::Proxy, Exclude, Exact, &["any"]),
        one(Field::Referrer, Include, Pattern, &["*.example"]),
        one(Field::Source, Exclude, Exact, &sources),
        one(Field::Sub1, Include, Exact, &["bench", "banner", "text"]),
        one(Field::Sub2, Exclude, Pattern, &["spam*"]),
        one(Field::DayPart, Include, Range, &["mon-fri 00:00-24:00", "sat,sun 00:00-24:00"]),
        one(Field::Schedule, Include, Range, &["2020-01-01.."]),
    ]
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
            kind: PageKind::Landing,
            url: format!("https://shop{number}.example/product?ref={{partner_id}}"),
            weight: 0,
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
        credits_views: false,
    }
}
