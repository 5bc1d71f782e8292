//! Stories of coupons and of customers who belong to somebody.

use serde_json::{Value, json};
use testkit::{Programme, World, text};

/// A programme whose offer pays 10 % of a sale, and a code of its partner.
async fn with_coupon() -> (World, Programme, String) {
    let world = World::new().await;
    let programme = world.programme().await;
    let coupon = coupon(&world, &programme, &programme.partner, "Trail10").await;
    (world, programme, coupon)
}

async fn coupon(world: &World, programme: &Programme, partner: &str, code: &str) -> String {
    let body = json!({"advertiser_id": programme.advertiser, "partner_id": partner, "code": code});
    text(&world.manager.post("/v1/coupons", body).await.ok(), "id")
}

/// Another partner with a link to the offer: its id and slug.
async fn rival(world: &World, programme: &Programme) -> (String, String) {
    let partner = world.manager.post("/v1/partners", json!({"name": "Rival", "email": "r@rival.example"})).await.ok();
    let both = json!({"offer_id": programme.offer, "partner_id": partner["id"]});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let link = world.manager.post("/v1/links", both).await.ok();
    (text(&partner, "id"), text(&link, "slug"))
}

async fn set_crediting(world: &World, programme: &Programme, change: Value) {
    let mut body = json!({"coupon_rule": "by_order", "binding": "none", "existing_customers": "allowed"});
    body.as_object_mut().expect("object").extend(change.as_object().expect("object").clone());
    world.manager.put(&format!("/v1/offers/{}/crediting", programme.offer), body).await.ok();
}

/// Reports a sale of 80.00: status, reason and the partner who earns.
async fn sale(world: &World, query: &str) -> (String, String, String) {
    let body = world.postback(&format!("{query}&goal=sale&amount=80.00&currency=EUR")).await.ok();
    let field = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let conversion = world.manager.get(&format!("/v1/conversions/{}", field("conversion_id"))).await.ok();
    (field("status"), field("reason"), conversion["partner_id"].as_str().unwrap_or_default().to_owned())
}

fn pending(partner: &str) -> (String, String, String) {
    ("pending".to_owned(), String::new(), partner.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_without_a_click_earns_for_its_partner() {
    let (world, programme, coupon) = with_coupon().await;
    let query = format!("offer_id={}&coupon=%20TRAIL10&order_id=A", programme.offer);
    assert_eq!(sale(&world, &query).await, pending(&programme.partner));
    assert_eq!(world.balance(&programme.partner).await["pending"], 800);
    let only = json!({"offers": [programme.offer]});
    world.manager.patch(&format!("/v1/coupons/{coupon}"), only).await.ok();
    assert_eq!(sale(&world, "coupon=trail10&order_id=B").await, pending(&programme.partner), "its only offer is meant");
    let listed = world.manager.get("/v1/coupons?q=trail").await.ok();
    assert_eq!((&listed["items"][0]["uses"], &listed["items"][0]["elsewhere"]), (&json!(2), &json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_unique_within_its_advertiser() {
    let (world, programme, _) = with_coupon().await;
    let body = json!({"advertiser_id": programme.advertiser, "partner_id": programme.partner, "code": "TRAIL10"});
    world.manager.post("/v1/coupons", body).await.refused(409, "already_exists");
    let other = world.manager.post("/v1/advertisers", json!({"name": "Other"})).await.ok();
    let body = json!({"advertiser_id": other["id"], "partner_id": programme.partner, "code": "TRAIL10"});
    world.manager.post("/v1/coupons", body).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_on_the_leak_list_or_out_of_their_days_name_nobody() {
    let (world, programme, coupon) = with_coupon().await;
    let path = format!("/v1/coupons/{coupon}");
    let refused = ("rejected".to_owned(), "coupon_not_allowed".to_owned(), String::new());
    for (order, terms) in [
        ("A", json!({"state": "leaked", "note": "seen on a coupon site"})),
        ("B", json!({"state": "paused"})),
        ("C", json!({"state": "active", "valid_from": "2026-03-01T00:00:00Z"})),
        ("D", json!({"valid_from": null, "valid_until": "2026-01-01T00:00:00Z"})),
    ] {
        world.manager.patch(&path, terms).await.ok();
        let query = format!("offer_id={}&coupon=trail10&order_id={order}", programme.offer);
        assert_eq!(sale(&world, &query).await, refused, "{order}");
    }
    world.manager.patch(&path, json!({"state": "leaked", "valid_until": null})).await.ok();
    let leaked = world.manager.get("/v1/coupons?state=leaked").await.ok();
    assert_eq!(leaked["items"][0]["id"], json!(coupon));
    let click = world.click(&programme.slug).await;
    let query = format!("click_id={click}&coupon=trail10&order_id=E");
    assert_eq!(sale(&world, &query).await, pending(&programme.partner), "a click earns all the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guessed_code_from_nobody_earns_nothing() {
    let (world, programme, _) = with_coupon().await;
    let terms = json!({"min_trust": "click_id", "accepts_pixel": true});
    world.manager.patch(&format!("/v1/advertisers/{}", programme.advertiser), terms).await.ok();
    let query = format!("offer_id={}&coupon=trail10&goal=sale&amount=80.00&currency=EUR&order_id=A", programme.offer);
    world.nobody().get(&format!("/px.gif?{query}")).await;
    world.settle().await;
    for conversion in world.conversions_of("A").await {
        assert_eq!(conversion["status"], "rejected", "{conversion}");
    }
    assert_eq!(world.balance(&programme.partner).await["pending"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_one_partner_with_a_click_of_another_goes_by_the_offers_rule() {
    let (world, programme, coupon) = with_coupon().await;
    let (rival, slug) = rival(&world, &programme).await;
    for (rule, winner) in [("by_order", &rival), ("click_wins", &rival), ("coupon_wins", &programme.partner)] {
        set_crediting(&world, &programme, json!({"coupon_rule": rule})).await;
        let click = world.click(&slug).await;
        let query = format!("click_id={click}&coupon=TRAIL10&order_id={rule}");
        assert_eq!(sale(&world, &query).await, pending(winner), "{rule}");
    }
    set_crediting(&world, &programme, json!({"coupon_rule": "reject"})).await;
    let click = world.click(&slug).await;
    let (status, reason, partner) = sale(&world, &format!("click_id={click}&coupon=TRAIL10&order_id=R")).await;
    assert_eq!((status.as_str(), reason.as_str(), &partner), ("rejected", "coupon_not_allowed", &rival));
    let shown = world.manager.get(&format!("/v1/coupons?partner_id={}", programme.partner)).await.ok();
    assert_eq!((&shown["items"][0]["id"], &shown["items"][0]["elsewhere"]), (&json!(coupon), &json!(4)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_stays_with_who_brought_it() {
    let (world, programme, _) = with_coupon().await;
    let (rival, slug) = rival(&world, &programme).await;
    set_crediting(&world, &programme, json!({"binding": "days", "binding_days": 10})).await;
    let click = world.click(&programme.slug).await;
    assert_eq!(sale(&world, &format!("click_id={click}&customer_id=c-1&order_id=A")).await.0, "pending");
    let again = format!("offer_id={}&customer_id=c-1", programme.offer);
    assert_eq!(sale(&world, &format!("{again}&order_id=B")).await, pending(&programme.partner), "no click needed");
    world.pass_days(11).await;
    assert_eq!(sale(&world, &format!("{again}&order_id=C")).await.1, "no_attribution", "the days are over");
    let click = world.click(&slug).await;
    let query = format!("click_id={click}&customer_id=c-1&order_id=D");
    assert_eq!(sale(&world, &query).await, pending(&rival));
    assert_eq!(sale(&world, &format!("{again}&order_id=E")).await, pending(&rival), "bound anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_may_be_bound_for_life() {
    let (world, programme, _) = with_coupon().await;
    set_crediting(&world, &programme, json!({"binding": "lifetime"})).await;
    let click = world.click(&programme.slug).await;
    sale(&world, &format!("click_id={click}&customer_id=c-1&order_id=A")).await;
    world.pass_days(900).await;
    let query = format!("offer_id={}&customer_id=c-1&order_id=B", programme.offer);
    assert_eq!(sale(&world, &query).await, pending(&programme.partner));
}

#[tokio::test(flavor = "multi_thread")]
async fn existing_customers_earn_as_the_offer_says() {
    let (world, programme, _) = with_coupon().await;
    let (rival, slug) = rival(&world, &programme).await;
    let binds = json!({"binding": "lifetime", "existing_customers": "own_only"});
    set_crediting(&world, &programme, binds).await;
    let own = world.click(&programme.slug).await;
    sale(&world, &format!("click_id={own}&customer_id=c-1&order_id=A")).await;
    world.advance_millis(60_000);
    let click = world.click(&slug).await;
    let (status, reason, partner) = sale(&world, &format!("click_id={click}&customer_id=c-1&order_id=B")).await;
    assert_eq!((status.as_str(), reason.as_str(), &partner), ("rejected", "existing_customer", &rival));
    let own = world.click(&programme.slug).await;
    assert_eq!(sale(&world, &format!("click_id={own}&customer_id=c-1&order_id=C")).await, pending(&programme.partner));
    set_crediting(&world, &programme, json!({"binding": "lifetime", "existing_customers": "refused"})).await;
    let own = world.click(&programme.slug).await;
    assert_eq!(sale(&world, &format!("click_id={own}&customer_id=c-1&order_id=D")).await.1, "existing_customer");
    let own = world.click(&programme.slug).await;
    assert_eq!(sale(&world, &format!("click_id={own}&customer_id=c-2&order_id=E")).await.0, "pending", "a new one");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_the_coupons_that_are_theirs() {
    let (world, programme, coupon) = with_coupon().await;
    let (rival, _) = rival(&world, &programme).await;
    let foreign = self::coupon(&world, &programme, &rival, "RIVAL").await;
    let partner = world.partner_member(&programme.partner).await;
    let seen = partner.get("/v1/coupons").await.ok();
    let ids: Vec<_> = seen["items"].as_array().expect("items").iter().map(|item| text(item, "id")).collect();
    assert_eq!(ids, [coupon]);
    partner.patch(&format!("/v1/coupons/{foreign}"), json!({"state": "leaked"})).await.refused(403, "not_permitted");
    let (elsewhere, _) = world.other_workspace().await;
    elsewhere.patch(&format!("/v1/coupons/{foreign}"), json!({"state": "leaked"})).await.refused(404, "not_found");
    let sloppy = json!({"offers": ["ofr_00000000000000000000000000"]});
    world.manager.patch(&format!("/v1/coupons/{foreign}"), sloppy).await.refused(422, "invalid_fields");
}
