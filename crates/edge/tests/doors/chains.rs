//! Prelandings: a chain of pages under one click id.

use std::borrow::Cow;

use edge::{
    EdgeResponse, RouteChange,
    routes::{LandingRoute, OfferState, PageKind},
};
use events::Record;
use kernel::Id;

use crate::world::{World, browser, link, offer};

const SET_COOKIE: &str = "set-cookie";

fn page(number: u128, kind: PageKind, weight: u32) -> LandingRoute {
    let url = format!("https://{number}.shop.example/?from={{sub1}}");
    LandingRoute { landing_id: Id::from_u128(number), kind, url, weight }
}

fn world() -> World {
    let world = World::new();
    let mut chained = offer();
    chained.landings = vec![page(3, PageKind::Landing, 0), page(6, PageKind::Prelanding, 0)];
    chained.allowed_hosts = vec!["*.shop.example".to_owned()];
    chained.passes_extra_parameters = true;
    world.apply(vec![RouteChange::UpsertOffer(chained)]);
    world
}

fn parameter(answer: &EdgeResponse, name: &str) -> Option<String> {
    let query = answer.location()?.split_once('?')?.1.to_owned();
    let pairs = form_urlencoded::parse(query.as_bytes());
    pairs.into_owned().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// Each record in a word: what it is, its click, landing page and prelanding.
fn journal(world: &World) -> Vec<(&'static str, String, Option<u128>, Option<u128>)> {
    let mut told = Vec::new();
    world.records(&mut |record| match record {
        Record::Click(click) => {
            let pages = (click.dims.landing, click.more.prelanding);
            told.push(("click", click.click_id.to_string(), pages.0, pages.1));
        }
        Record::Through(through) => {
            told.push(("through", through.click_id.to_string(), through.dims.landing, through.prelanding));
        }
        _ => {}
    });
    let plain = |id: Option<Id<kernel::id::Landing>>| id.map(|id| id.as_u128());
    told.into_iter().map(|(what, click, landing, before)| (what, click, plain(landing), plain(before))).collect()
}

#[test]
fn the_prelanding_comes_first_and_leads_on_with_the_same_click_id() {
    let world = world();
    let first = world.click("/c/go?sub1=blog");
    assert!(first.location().is_some_and(|url| url.starts_with("https://6.shop.example/?from=blog&")), "{first:?}");
    let click = parameter(&first, "click_id").expect("the click id");
    let token = parameter(&first, "trib_next").expect("what leads on");
    let query = first.location().expect("an address").split_once('?').expect("a query").1.to_owned();
    let on = world.edge.through(&browser(&format!("/go/{token}?{query}")));
    assert_eq!(on.status, 302);
    assert!(on.location().is_some_and(|url| url.starts_with("https://3.shop.example/?from=blog&")), "{on:?}");
    assert_eq!((parameter(&on, "click_id"), parameter(&on, "trib_next")), (Some(click.clone()), None));
    assert_eq!(parameter(&on, "sub1").as_deref(), Some("blog"));
    let id = format!("clk_{click}");
    assert_eq!(journal(&world), [("click", id.clone(), Some(3), Some(6)), ("through", id, Some(3), Some(6))]);
}

#[test]
fn a_plain_button_leads_on_by_the_cookie() {
    let world = world();
    let first = world.click("/c/go");
    let cookies: Vec<_> = first.headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()).collect();
    let cookie = cookies.iter().find_map(|cookie| cookie.strip_prefix("trib_n=")).expect("a cookie");
    let mut request = browser("/go");
    request.cookie = Cow::Owned(format!("trib_n={}", cookie.split(';').next().expect("a value")));
    let on = world.edge.through(&request);
    assert_eq!(parameter(&on, "click_id"), parameter(&first, "click_id"));
    assert_eq!(journal(&world).len(), 2);
}

#[test]
fn invented_tokens_and_ended_offers_lead_nowhere_and_probes_leave_no_trace() {
    let world = world();
    let token = parameter(&world.click("/c/go"), "trib_next").expect("what leads on");
    let other = token.replace(&token[..26], "01K000000000000000000000KA");
    for target in ["/go", "/go/", "/go/x", &format!("/go/{other}"), &format!("/go/{token}x.y")] {
        assert_eq!(world.edge.through(&browser(target)).status, 404, "{target}");
    }
    let target = format!("/go/{token}");
    let mut probe = browser(&target);
    probe.method = "HEAD";
    assert_eq!(world.edge.through(&probe).status, 302);
    assert_eq!(journal(&world).len(), 1);
    let mut paused = offer();
    paused.state = OfferState::Paused;
    world.apply(vec![RouteChange::UpsertOffer(paused)]);
    assert_eq!(world.edge.through(&browser(&target)).status, 404);
}

#[test]
fn a_link_that_names_a_landing_page_goes_straight_there() {
    let world = world();
    let mut straight = link("straight");
    straight.landing_id = Some(Id::from_u128(3));
    let mut before = link("before");
    before.landing_id = Some(Id::from_u128(6));
    world.apply(vec![RouteChange::UpsertLink(straight), RouteChange::UpsertLink(before)]);
    assert!(world.click("/c/straight").location().is_some_and(|url| url.starts_with("https://3.shop.example/")));
    assert!(world.click("/c/before").location().is_some_and(|url| url.starts_with("https://6.shop.example/")));
    assert_eq!(journal(&world)[0].3, None);
}
