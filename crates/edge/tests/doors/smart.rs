//! Smart links at the door: who is eligible, what is written down, where visitors go whom nobody takes.

use edge::{
    RouteChange,
    routes::{
        EnrollmentState, LandingRoute, LinkRoute, OfferRoute, OfferState, PageKind, PartnerRoute, SmartLinkRoute,
        SmartMemberRoute, Trafficback,
    },
};
use events::{
    Record,
    record::{Destination, SmartMark},
};
use kernel::{Id, reason::ClickReason};

use crate::world::{World, enrollment, link, offer, partner, workspace};

/// An offer of its own for each member, under a link of the partner.
fn member_offer(number: u8, state: OfferState) -> OfferRoute {
    let landing = LandingRoute {
        landing_id: Id::from_u128(300 + u128::from(number)),
        kind: PageKind::Landing,
        url: format!("https://shop{number}.example/"),
        weight: 0,
    };
    let offer_id = Id::from_u128(100 + u128::from(number));
    let allowed_hosts = vec![format!("shop{number}.example")];
    OfferRoute { offer_id, state, landings: vec![landing], allowed_hosts, ..offer() }
}

fn member_link(number: u8) -> LinkRoute {
    let (link_id, offer_id) = (Id::from_u128(500 + u128::from(number)), Id::from_u128(100 + u128::from(number)));
    LinkRoute { link_id, offer_id, ..link(&format!("m{number}")) }
}

fn smart_link(members: &[(u8, i32, u32)]) -> RouteChange {
    let member =
        |&(number, rank, share): &(u8, i32, u32)| SmartMemberRoute { number, link: format!("m{number}"), rank, share };
    RouteChange::UpsertSmartLink(SmartLinkRoute {
        smart_link_id: Id::from_u128(77),
        workspace_id: workspace(9),
        slug: "smart".to_owned(),
        members: members.iter().map(member).collect(),
    })
}

fn world(members: &[(u8, i32, u32)]) -> World {
    let world = World::new();
    let mut changes = vec![smart_link(members)];
    for &(number, ..) in members {
        changes.push(RouteChange::UpsertOffer(member_offer(number, OfferState::Active)));
        changes.push(RouteChange::UpsertLink(member_link(number)));
        let offer_id = Id::from_u128(100 + u128::from(number));
        let route = edge::routes::EnrollmentRoute { offer_id, ..enrollment(EnrollmentState::Approved) };
        changes.push(RouteChange::UpsertEnrollment(route));
    }
    world.apply(changes);
    world
}

/// What the newest click wrote down: its mark, reason and destination.
fn newest(world: &World) -> (Option<SmartMark>, Option<ClickReason>, Destination) {
    let mut newest = None;
    world.records(&mut |record| {
        if let Record::Click(click) = record {
            newest = Some((click.more.smart, click.reason, click.destination));
        }
    });
    newest.expect("a click")
}

fn mark(member: u8, ppm: u32, eligible: u64) -> Option<SmartMark> {
    Some(SmartMark { smart_link: Id::from_u128(77), member, ppm, eligible })
}

#[test]
fn the_choice_is_written_with_its_chance_and_with_who_was_eligible() {
    let world = world(&[(0, 9, 30), (1, 1, 10), (3, 9, 10)]);
    let answer = world.click("/c/smart?sub1=x");
    let id = answer.click_id.expect("stored").to_string()[4..].to_owned();
    let (smart, reason, destination) = newest(&world);
    let chosen = smart.expect("chosen");
    assert!([mark(0, 750_000, 0b1011), mark(3, 250_000, 0b1011)].contains(&smart), "{chosen:?}");
    assert_eq!((reason, destination), (None, Destination::Landing));
    let shop = format!("https://shop{}.example/?click_id={id}", chosen.member);
    assert_eq!(answer.location(), Some(&*shop));
    assert_eq!(world.click("/c/smart").location().map(|url| url[..22].to_owned()), Some(shop[..22].to_owned()));
}

#[test]
fn members_whose_offer_is_closed_are_not_chosen_and_the_chance_is_of_the_rest() {
    let world = world(&[(0, 9, 30), (1, 9, 10), (2, 1, 1)]);
    world.apply(vec![RouteChange::UpsertOffer(member_offer(0, OfferState::Paused))]);
    world.click("/c/smart");
    assert_eq!(newest(&world), (mark(1, 1_000_000, 0b110), None, Destination::Landing));
    let offer_id = Id::from_u128(101);
    let ended = edge::routes::EnrollmentRoute { offer_id, ..enrollment(EnrollmentState::Ended) };
    world.apply(vec![RouteChange::UpsertEnrollment(ended)]);
    world.click("/c/smart");
    assert_eq!(newest(&world), (mark(2, 1_000_000, 0b100), None, Destination::Landing), "the next rank");
    world.apply(vec![RouteChange::RemoveLink("m2".to_owned())]);
    world.click("/c/smart");
    let (smart, reason, destination) = newest(&world);
    assert_eq!(smart.map(|mark| mark.eligible), Some(0));
    assert!([Some(ClickReason::OfferPaused), Some(ClickReason::NotEnrolled)].contains(&reason));
    assert_eq!(destination, Destination::NotFound);
}

#[test]
fn whom_nobody_takes_goes_down_the_chain_and_an_empty_smart_link_is_no_link() {
    let world = world(&[(0, 0, 1)]);
    let trafficback = Trafficback { url: "https://back.example/".to_owned(), verified_host: "back.example".to_owned() };
    let mut closed = member_offer(0, OfferState::Paused);
    closed.fallback_url = Some("https://shop0.example/gone".to_owned());
    world.apply(vec![RouteChange::UpsertOffer(closed)]);
    world.click("/c/smart");
    assert_eq!(newest(&world).2, Destination::OfferFallback);
    let own = PartnerRoute { trafficback: Some(trafficback), ..partner() };
    world.apply(vec![RouteChange::UpsertPartner(own)]);
    assert_eq!(world.click("/c/smart").location(), Some("https://back.example/"));
    world.apply(vec![smart_link(&[])]);
    assert_eq!(world.click("/c/smart").status, 404);
    assert_eq!(newest(&world), (None, Some(ClickReason::UnknownLink), Destination::NotFound));
    world.apply(vec![RouteChange::RemoveSmartLink("smart".to_owned())]);
    assert_eq!(world.click("/c/smart").status, 404);
}
