use std::borrow::Cow;

use edge::{
    EdgeRequest, RouteChange, Routes, click_id,
    routes::{EnrollmentState, LandingRoute, OfferState, PartnerState, TrafficRule, Trafficback, WorkspaceRoute},
};
use events::{Record, record::TargetingMark};
use kernel::{
    Timestamp,
    targeting::{TargetingCondition, TargetingField, TargetingMode},
    time::DAY_MS,
};
use proptest::prelude::*;

use crate::world::{NOW, REPLAY_KEY, World, browser, enrollment, link, offer, partner, workspace};

fn location(world: &World, target: &str) -> String {
    world.click(target).location().unwrap_or_default().to_owned()
}

#[test]
fn a_click_is_stored_and_sent_on_with_its_id() {
    let world = World::new();
    let answer = world.click("/c/go?sub1=a%20b&source_id=s");
    let id = answer.click_id.expect("stored");
    let bare = &id.to_string()[4..];
    assert_eq!(answer.location(), Some(format!("https://shop.example/item?x=1&click_id={bare}").as_str()));
    assert!(world.edge.mint().keys().vouches_for(id));
    let mut seen = 0;
    world.records(&mut |record| {
        let Record::Click(click) = record else { panic!("a click") };
        seen += 1;
        assert_eq!((click.click_id, click.workspace, click.subs[0], click.source_id), (id, workspace(9), "a b", "s"));
        assert_eq!((click.visitor.device, click.visitor.os, click.visitor.browser), ("desktop", "Windows", "Chrome"));
        assert_eq!((click.dims.partner_group, click.dims.vertical), ("gold", "e-commerce"));
        assert_eq!(click.duplicate_window_ms, DAY_MS as u64);
    });
    assert_eq!(seen, 1);
}

#[test]
fn each_step_speaks_for_itself() {
    let mut expired = offer();
    expired.ends_at = Some(Timestamp::from_millis(NOW));
    let mut early = offer();
    early.starts_at = Some(Timestamp::from_millis(NOW + 1));
    let mut paused = offer();
    paused.state = OfferState::Paused;
    let mut forbidden = offer();
    forbidden.traffic_rules = vec![("content".to_owned(), TrafficRule::Forbidden)];
    let mut by_approval = offer();
    by_approval.traffic_rules = vec![("content".to_owned(), TrafficRule::ByApproval)];
    let mut approved = enrollment(EnrollmentState::Approved);
    approved.approved_traffic_types = vec!["content".to_owned()];
    let mut suspended = partner();
    suspended.state = PartnerState::Suspended;
    let check = |changes: Vec<RouteChange>, wanted: &str| {
        let world = World::new();
        world.apply(changes);
        let answer = world.click("/c/go");
        assert_eq!(answer.status.as_u16(), if wanted.ends_with("landing") { 302 } else { 404 });
        assert_eq!(world.stories(), [wanted]);
    };
    check(vec![], "click valid landing");
    check(vec![RouteChange::UpsertOffer(expired)], "click offer_expired not_found");
    check(vec![RouteChange::UpsertOffer(early)], "click offer_paused not_found");
    check(vec![RouteChange::UpsertOffer(paused)], "click offer_paused not_found");
    check(vec![RouteChange::UpsertOffer(forbidden)], "click traffic_type_forbidden not_found");
    check(vec![RouteChange::UpsertOffer(by_approval.clone())], "click traffic_type_forbidden not_found");
    let with_proof = vec![RouteChange::UpsertOffer(by_approval), RouteChange::UpsertEnrollment(approved)];
    check(with_proof, "click valid landing");
    check(vec![RouteChange::UpsertPartner(suspended)], "click partner_suspended not_found");
    check(vec![RouteChange::UpsertEnrollment(enrollment(EnrollmentState::Paused))], "click not_enrolled not_found");
    check(vec![RouteChange::UpsertEnrollment(enrollment(EnrollmentState::Testing))], "click valid landing");
}

#[test]
fn marks_go_to_the_landing_page_and_terms_outrank_them() {
    let world = World::new();
    let mut bot = browser("/c/go");
    bot.user_agent = Cow::Borrowed("curl/8.5.0");
    let mut nobody = browser("/c/go");
    nobody.user_agent = Cow::Borrowed("");
    let mut ahead = browser("/c/go");
    ahead.purpose = Cow::Borrowed("prefetch;prerender");
    let mut head = browser("/c/go");
    head.method = "HEAD";
    let mut preview = browser("/c/go");
    preview.user_agent = Cow::Borrowed("WhatsApp/2.23.20.0");
    for request in [&bot, &nobody, &ahead, &head, &preview] {
        assert_eq!(world.edge.click(request).status, 302);
    }
    world.apply(vec![RouteChange::UpsertEnrollment(enrollment(EnrollmentState::Ended))]);
    assert_eq!(world.edge.click(&bot).status, 404);
    let wanted = [
        "click bot landing",
        "click bot landing",
        "click prefetch landing",
        "probe valid landing",
        "probe valid landing",
        "click not_enrolled not_found",
    ];
    assert_eq!(world.stories(), wanted);
}

#[test]
fn targeting_sends_away_and_the_record_names_the_condition() {
    let one = |field, mode, values: &[&str]| TargetingCondition {
        field,
        mode,
        compare: None,
        values: values.iter().map(|text| (*text).to_owned()).collect(),
        timezone: None,
    };
    let mut aimed = offer();
    aimed.targeting = vec![
        one(TargetingField::Device, TargetingMode::Include, &["desktop"]),
        one(TargetingField::Source, TargetingMode::Exclude, &["bad"]),
    ];
    let mut narrowed = link("go");
    narrowed.targeting = vec![one(TargetingField::Sub1, TargetingMode::Include, &["a", "b"])];
    let world = World::new();
    world.apply(vec![RouteChange::UpsertOffer(aimed), RouteChange::UpsertLink(narrowed)]);
    for target in ["/c/go?sub1=A", "/c/go?sub1=a&source_id=bad", "/c/go?sub1=c", "/c/go"] {
        world.click(target);
    }
    let mut marks = Vec::new();
    world.records(&mut |record| {
        let Record::Click(click) = record else { return };
        assert_eq!(click.steps >> 6 & 1 == 1, click.more.condition.is_some());
        marks.push((click.reason.map(|reason| reason.code()), click.more.condition));
    });
    let wanted = [
        (None, None),
        (Some("source_blocked"), Some(TargetingMark::Offer(1))),
        (Some("targeting_other"), Some(TargetingMark::Link(0))),
        (Some("targeting_other"), Some(TargetingMark::Link(0))),
    ];
    assert_eq!(marks, wanted);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("routes.snapshot");
    world.edge.routes().snapshot_to(&path).expect("written");
    let loaded = Routes::load(&path).expect("read");
    let table = loaded.table();
    let found = table.lookup("go").expect("the link");
    assert!(found.offer.targeting.is_some() && found.link.targeting.is_some());
}

#[test]
fn the_fallback_chain_is_walked_in_order() {
    let world = World::new();
    world.apply(vec![RouteChange::UpsertEnrollment(enrollment(EnrollmentState::Paused))]);
    assert_eq!(world.click("/c/go").status, 404);
    let fallback_url = Some("https://net.example/all?r={reason}".to_owned());
    world.apply(vec![RouteChange::UpsertWorkspace(WorkspaceRoute {
        workspace_id: workspace(9),
        fallback_url,
        asks_consent: false,
    })]);
    assert_eq!(location(&world, "/c/go"), "https://net.example/all?r=not_enrolled");
    let mut with_fallback = offer();
    with_fallback.fallback_url = Some("https://shop.example/closed".to_owned());
    world.apply(vec![RouteChange::UpsertOffer(with_fallback)]);
    assert_eq!(location(&world, "/c/go"), "https://shop.example/closed");
    let mut with_trafficback = partner();
    let trafficback = |host: &str| {
        Some(Trafficback { url: "https://mine.example/?s={sub1}".to_owned(), verified_host: host.to_owned() })
    };
    with_trafficback.trafficback = trafficback("else.example");
    world.apply(vec![RouteChange::UpsertPartner(with_trafficback.clone())]);
    assert_eq!(location(&world, "/c/go"), "https://shop.example/closed", "the host is not the verified one");
    with_trafficback.trafficback = trafficback("mine.example");
    world.apply(vec![RouteChange::UpsertPartner(with_trafficback)]);
    assert_eq!(location(&world, "/c/go?sub1=%26"), "https://mine.example/?s=%26");
    let wanted = ["not_found", "workspace_fallback", "offer_fallback", "offer_fallback", "partner_trafficback"];
    assert_eq!(world.stories(), wanted.map(|place| format!("click not_enrolled {place}")));
}

#[test]
fn the_host_decides_the_tenant() {
    let world = World::new();
    let click = |host: &'static str, slug: &'static str| {
        let mut request = browser(slug);
        request.host = Cow::Borrowed(host);
        world.edge.click(&request).status.as_u16()
    };
    assert_eq!(click("GO.example:443", "/c/go"), 302);
    assert_eq!(click("other.example", "/c/go"), 404);
    assert_eq!(click("127.0.0.1", "/c/nothing"), 404);
    assert_eq!(world.stories(), ["click valid landing", "click unknown_link not_found"]);
    assert!(world.edge.counters().read().contains(&("clicks_of_nobody", 1)));
}

#[test]
fn destinations_are_built_by_the_offers_rules() {
    let world = World::new();
    let mut rules = offer();
    rules.landings[0].url = "https://shop.example/p/{sub1}?a=1#top".to_owned();
    rules.click_parameter = "subid".to_owned();
    rules.utm_template = Some("utm_source=trib&utm_content={source_id}".to_owned());
    world.apply(vec![RouteChange::UpsertOffer(rules.clone())]);
    let answer = world.click("/c/go?sub1=..%2F&source_id=%22&gclid=7");
    let id = answer.click_id.expect("stored").to_string()[4..].to_owned();
    let wanted = format!("https://shop.example/p/..%2F?a=1&subid={id}&utm_source=trib&utm_content=%22#top");
    assert_eq!(answer.location(), Some(wanted.as_str()));
    rules.passes_extra_parameters = true;
    rules.utm_template = None;
    rules.landings[0].url = "https://shop.example/{click_id}?a=1".to_owned();
    world.apply(vec![RouteChange::UpsertOffer(rules)]);
    let answer = world.click("/c/go?sub2=x&gclid=7&a=evil&subid=evil&b=");
    let id = answer.click_id.expect("stored").to_string()[4..].to_owned();
    assert_eq!(answer.location(), Some(format!("https://shop.example/{id}?a=1&sub2=x&gclid=7&b=").as_str()));
}

#[test]
fn a_landing_page_on_another_host_is_never_used() {
    let world = World::new();
    let mut rules = offer();
    rules.landings = vec![LandingRoute {
        landing_id: kernel::Id::from_u128(3),
        kind: edge::routes::PageKind::Landing,
        url: "https://evil.example/".to_owned(),
        weight: 0,
    }];
    world.apply(vec![RouteChange::UpsertOffer(rules)]);
    assert_eq!(world.click("/c/go").status, 404);
    assert_eq!(world.stories(), ["click offer_paused not_found"]);
}

#[test]
fn a_returning_browser_keeps_its_key_on_another_address() {
    let world = World::new();
    let first = world.click("/c/go");
    let cookies: Vec<_> = first.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()).collect();
    assert_eq!(cookies.len(), 2);
    let sent = cookies.iter().map(|cookie| &cookie[..cookie.find(';').expect("attributes")]);
    let cookie = sent.collect::<Vec<_>>().join("; ");
    let mut again = browser("/c/go");
    again.peer = "198.51.100.1".parse().expect("an address");
    again.cookie = Cow::Owned(cookie.clone());
    let second = world.edge.click(&again);
    assert_eq!(second.headers.get_all("set-cookie").iter().count(), 1, "the visitor has its cookie");
    let mut forged = again.clone();
    forged.cookie = Cow::Owned(cookie.replace("trib_v=", "trib_v=7"));
    world.edge.click(&forged);
    let mut keys = Vec::new();
    world.records(&mut |record| {
        if let Record::Click(click) = record {
            keys.push(click.visitor.key);
        }
    });
    assert!(keys[0] == keys[1] && keys[0] != keys[2]);
}

#[test]
fn replayed_clicks_need_the_key_and_keep_their_own_time() {
    let world = World::new();
    let mut replay = browser("/c/go");
    replay.replay_time = Cow::Borrowed("2025-01-02T03:04:05+01:00");
    replay.replay_address = Cow::Borrowed("192.0.2.77");
    assert_eq!(world.edge.click(&replay).status, 401);
    replay.authorization = Cow::Owned(format!("Bearer {REPLAY_KEY}"));
    let answer = world.edge.click(&replay);
    assert_eq!(answer.status, 302);
    let at = Timestamp::parse("2025-01-02T02:04:05Z").expect("a time");
    assert_eq!(click_id::time_of(answer.click_id.expect("stored")), at);
    world.records(&mut |record| {
        let Record::Click(click) = record else { panic!("a click") };
        assert_eq!((click.event_time, click.recorded_at), (at, Timestamp::from_millis(NOW)));
        assert_eq!(click.visitor.ip.to_string(), "192.0.2.77");
    });
    for time in ["2999-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "yesterday"] {
        replay.replay_time = Cow::Borrowed(time);
        assert_eq!(world.edge.click(&replay).status, 400, "{time}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_click_panics_answers_5xx_or_leads_elsewhere(
        query in "[a-z0-9=&%+{}/:?#@.\\\\-]{0,80}",
        fields in proptest::array::uniform8("\\PC{0,40}"),
        slug in prop_oneof![Just("go".to_owned()), "\\PC{0,12}"],
        method in prop_oneof![Just("GET"), Just("HEAD"), Just("POST"), Just("BREW")],
    ) {
        let world = World::new();
        let mut rules = offer();
        rules.passes_extra_parameters = true;
        rules.landings[0].url = "https://shop.example/{sub1}/{source_id}?{sub2}={sub3}#{sub4}".to_owned();
        world.apply(vec![RouteChange::UpsertOffer(rules), RouteChange::UpsertLink(link("go"))]);
        let path = format!("/c/{slug}");
        let [agent, referrer, language, cookie, purpose, forwarded, authorization, time] = &fields;
        let mut request = EdgeRequest::get("127.0.0.1", &path, "127.0.0.1".parse().expect("an address"));
        (request.method, request.query) = (method, &query);
        request.user_agent = Cow::Borrowed(agent);
        request.referrer = Cow::Borrowed(referrer);
        request.accept_language = Cow::Borrowed(language);
        request.cookie = Cow::Borrowed(cookie);
        request.purpose = Cow::Borrowed(purpose);
        request.forwarded_for = Cow::Borrowed(forwarded);
        request.authorization = Cow::Borrowed(authorization);
        request.replay_time = Cow::Borrowed(time);
        let answer = world.edge.click(&request);
        let status = answer.status.as_u16();
        prop_assert!(status < 500, "{}", status);
        if let Some(location) = answer.location() {
            let url = url::Url::parse(location).expect("an address");
            prop_assert_eq!(url.host_str(), Some("shop.example"));
        }
        request.path = "/i/go";
        prop_assert!(world.edge.view(&request).status.as_u16() < 500);
    }
}
