use kernel::{
    Id, id,
    targeting::{TargetingCondition, TargetingField, TargetingMode},
};

use super::*;
use crate::dialect::Dialect;

fn link(slug: &str, offer: u128, partner: u128) -> RouteChange {
    RouteChange::UpsertLink(LinkRoute {
        link_id: Id::from_u128(slug.len() as u128),
        slug: slug.to_owned(),
        offer_id: Id::from_u128(offer),
        partner_id: Id::from_u128(partner),
        landing_id: None,
        creative_id: None,
        traffic_type: "seo".to_owned(),
        targeting: Vec::new(),
    })
}

fn offer(number: u128, state: OfferState) -> RouteChange {
    RouteChange::UpsertOffer(OfferRoute {
        offer_id: Id::from_u128(number),
        advertiser_id: Id::from_u128(7),
        workspace_id: Id::from_u128(9),
        state,
        starts_at: None,
        ends_at: None,
        landings: vec![LandingRoute {
            landing_id: Id::from_u128(1),
            kind: PageKind::Landing,
            url: "https://shop.example/".to_owned(),
            weight: 0,
        }],
        allowed_hosts: vec!["shop.example".to_owned()],
        click_parameter: "click_id".to_owned(),
        duplicate_window_ms: 86_400_000,
        fallback_url: None,
        vertical: "e-commerce".to_owned(),
        passes_extra_parameters: false,
        utm_template: None,
        traffic_rules: Vec::new(),
        targeting: vec![only_poland()],
        credits_views: true,
    })
}

fn only_poland() -> TargetingCondition {
    TargetingCondition {
        field: TargetingField::Country,
        mode: TargetingMode::Include,
        compare: None,
        values: vec!["PL".to_owned()],
        timezone: None,
    }
}

fn enrollment(offer: u128, partner: u128, state: EnrollmentState) -> RouteChange {
    RouteChange::UpsertEnrollment(EnrollmentRoute {
        offer_id: Id::from_u128(offer),
        partner_id: Id::from_u128(partner),
        state,
        approved_traffic_types: Vec::new(),
    })
}

fn some_of_everything() -> Vec<RouteChange> {
    vec![
        link("early", 1, 2),
        offer(1, OfferState::Active),
        RouteChange::UpsertPartner(PartnerRoute {
            partner_id: Id::from_u128(2),
            workspace_id: Id::from_u128(9),
            state: PartnerState::Active,
            manager_id: None,
            group: "gold".to_owned(),
            trafficback: None,
        }),
        enrollment(1, 2, EnrollmentState::Approved),
        RouteChange::UpsertWorkspace(WorkspaceRoute {
            workspace_id: Id::from_u128(9),
            fallback_url: None,
            asks_consent: false,
        }),
        RouteChange::UpsertDomain(DomainRoute {
            host: "Go.Example".to_owned(),
            workspace_id: Id::from_u128(9),
            partner_id: None,
            dialects: [Dialect::Tune].into_iter().collect(),
        }),
        RouteChange::UpsertToken(TokenRoute {
            sha256: token_digest("secret"),
            kind: TokenKind::Postback,
            workspace_id: Id::from_u128(9),
            advertiser_id: None,
        }),
        RouteChange::UpsertRefs(RefsRoute {
            workspace_id: Id::from_u128(9),
            subject: Subject::Offer(Id::from_u128(1)),
            names: vec![(Dialect::Tune, "26".to_owned())],
        }),
        RouteChange::UpsertRefs(RefsRoute {
            workspace_id: Id::from_u128(9),
            subject: Subject::Partner(Id::from_u128(2)),
            names: vec![(Dialect::Tune, "1001".to_owned())],
        }),
    ]
}

#[test]
fn the_oldest_active_link_stands_for_an_offer_and_a_partner() {
    let routes = Routes::default();
    routes.apply(1, some_of_everything());
    let standing = |routes: &Routes| {
        let table = routes.table();
        let pair = table.pair(Id::from_u128(9), Dialect::Tune, "26", "1001").expect("both are known");
        pair.link.map(|link| link.slug.to_string())
    };
    assert_eq!(standing(&routes).as_deref(), Some("early"));
    routes.apply(2, vec![link("older", 1, 2), link("old", 1, 2), link("a", 1, 3)]);
    assert_eq!(standing(&routes).as_deref(), Some("old"), "ids of this test are as long as the slugs");
    routes.apply(3, vec![RouteChange::RemoveLink("old".to_owned())]);
    assert!(standing(&routes).is_some_and(|slug| slug.len() == 5));
    routes.apply(4, vec![RouteChange::RemoveLink("early".to_owned()), RouteChange::RemoveLink("older".to_owned())]);
    assert_eq!(standing(&routes), None);
    let table = routes.table();
    assert!(table.pair(Id::from_u128(8), Dialect::Tune, "26", "1001").is_none(), "another workspace's ids");
}

#[test]
fn a_link_may_come_before_its_offer_and_a_pause_is_one_change() {
    let routes = Routes::default();
    assert!(routes.apply(1, some_of_everything()));
    let state = |routes: &Routes| {
        let table = routes.table();
        table.lookup("early").and_then(|found| found.offer.route.as_ref().map(|route| route.state))
    };
    assert_eq!(state(&routes), Some(OfferState::Active));
    assert!(routes.apply(2, vec![offer(1, OfferState::Paused)]));
    assert_eq!(state(&routes), Some(OfferState::Paused));
    assert!(!routes.apply(2, vec![offer(1, OfferState::Active)]), "old news");
    assert_eq!(state(&routes), Some(OfferState::Paused));
}

#[test]
fn what_is_removed_is_gone_and_readers_keep_what_they_hold() {
    let routes = Routes::default();
    routes.apply(1, some_of_everything());
    let before = routes.table();
    let partner_id: Id<id::Partner> = Id::from_u128(2);
    let offer_id = Id::from_u128(1);
    let removals = vec![
        RouteChange::RemoveLink("early".to_owned()),
        RouteChange::RemoveDomain("GO.example".to_owned()),
        RouteChange::RemoveToken(token_digest("secret")),
        RouteChange::RemoveEnrollment { offer_id, partner_id },
    ];
    routes.apply(2, removals);
    let after = routes.table();
    assert!(after.lookup("early").is_none() && after.domain("go.example").is_none());
    assert!(after.token(&token_digest("secret")).is_none());
    let kept = before.lookup("early").expect("the old table is whole");
    assert!(kept.enrollment().is_some_and(|enrollment| enrollment.state.lets_traffic_through()));
}

#[test]
fn a_snapshot_brings_everything_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("routes.snapshot");
    let routes = Routes::default();
    routes.apply(41, some_of_everything());
    assert_eq!(routes.snapshot_to(&path).expect("written"), 41);
    let loaded = Routes::load(&path).expect("read");
    assert_eq!(loaded.sequence(), 41);
    let (old, new) = (routes.table(), loaded.table());
    let changes = |table: &RouteTable| table.changes().collect::<Vec<_>>();
    assert_eq!(changes(&old), changes(&new));
}

#[test]
fn a_damaged_snapshot_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("routes.snapshot");
    let routes = Routes::default();
    routes.apply(1, some_of_everything());
    routes.snapshot_to(&path).expect("written");
    let whole = std::fs::read(&path).expect("read");
    for at in 0..whole.len() {
        let mut broken = whole.clone();
        broken[at] ^= 0x40;
        std::fs::write(&path, &broken).expect("written");
        assert!(Routes::load(&path).is_err(), "byte {at}");
    }
    std::fs::write(&path, &whole[..whole.len() - 1]).expect("written");
    assert!(Routes::load(&path).is_err());
}
