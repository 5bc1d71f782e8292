//! Stories of links and of the route feed, told through the public door.

use app::{
    links::feed,
    platform::outbox::{self, Topic},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use serde_json::{Value, json};
use testkit::{World, text};

#[tokio::test(flavor = "multi_thread")]
async fn a_link_needs_an_enrollment_and_allowed_traffic() {
    let world = World::new().await;
    let made = world.programme().await;
    let other = json!({"name": "Other", "email": "other@example.com"});
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    let theirs = json!({"offer_id": made.offer, "partner_id": other});
    world.manager.post("/v1/links", theirs).await.refused(409, "not_enrolled");
    let rules = json!({"traffic_rules": {"motivated": "forbidden", "adult": "by_approval"}});
    world.manager.patch(&format!("/v1/offers/{}", made.offer), rules).await.ok();
    let link = |traffic: &str| json!({"offer_id": made.offer, "partner_id": made.partner, "traffic_type": traffic});
    world.manager.post("/v1/links", link("motivated")).await.refused(409, "traffic_type_forbidden");
    world.manager.post("/v1/links", link("adult")).await.refused(409, "traffic_type_forbidden");
    let seo = world.manager.post("/v1/links", link("SEO")).await.ok();
    assert_eq!((&seo["traffic_type"], &seo["state"]), (&json!("seo"), &json!("active")));
    let enrollment = text(&world.manager.get("/v1/enrollments").await.ok()["items"][0], "id");
    let approved = json!({"approved_traffic_types": [{"traffic_type": "adult", "proof": "seen"}]});
    world.manager.patch(&format!("/v1/enrollments/{enrollment}"), approved).await.ok();
    let slug = text(&world.manager.post("/v1/links", link("adult")).await.ok(), "slug");
    assert_eq!(world.visit(&slug, "203.0.113.7").await.status, 302);
    let unknown =
        json!({"offer_id": made.offer, "partner_id": made.partner, "landing_id": "lnd_01KAMX4S5T0000000000000000"});
    world.manager.post("/v1/links", unknown).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_makes_and_sees_only_its_own_links() {
    let world = World::new().await;
    let made = world.programme().await;
    let other = json!({"name": "Other", "email": "other@example.com"});
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    let member = world.partner_member(&other).await;
    member.get(&format!("/v1/links/{}", made.link)).await.refused(404, "not_found");
    member.patch(&format!("/v1/links/{}", made.link), json!({"state": "archived"})).await.refused(404, "not_found");
    assert_eq!(member.get("/v1/links").await.ok()["items"], json!([]));
    let theirs = json!({"offer_id": made.offer, "partner_id": made.partner});
    member.post("/v1/links", theirs).await.refused(404, "not_found");
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&format!("/v1/links/{}", made.link)).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_link_is_gone_from_the_edge_and_comes_back() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/links/{}", made.link);
    world.manager.patch(&path, json!({"state": "archived"})).await.ok();
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 404);
    let back = world.manager.patch(&path, json!({"state": "active", "name": "Footer"})).await.ok();
    assert_eq!(back["name"], "Footer");
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 302);
    assert_eq!(world.manager.patch(&path, json!({"name": null})).await.ok()["name"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_loaded_whole_equals_one_that_followed_the_news() {
    let world = World::new().await;
    let made = world.programme().await;
    world.manager.post("/v1/domains", json!({"host": "go.riverside.example"})).await.ok();
    let app = world.platform().app();
    let (links, tokens) = {
        let table = app.routes.table();
        (table.link_count(), table.tokens().count())
    };
    feed::load_all(app).await.expect("loads");
    let table = app.routes.table();
    assert_eq!((table.link_count(), table.tokens().count()), (links, tokens));
    assert!(table.domain("go.riverside.example").is_some());
    drop(table);
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 302);
}

#[tokio::test(flavor = "multi_thread")]
async fn applied_route_news_is_forgotten_and_a_table_too_old_for_the_rest_is_loaded_anew() {
    let world = World::new().await;
    let made = world.programme().await;
    let app = world.platform().app().clone();
    let told =
        || outbox::Entity::find().filter(outbox::Column::Topic.eq(Topic::RoutesChanged)).count(app.records.read());
    assert!(told().await.expect("records") > 4);
    world.pass_days(6).await;
    assert!(told().await.expect("records") > 4, "kept for a week");
    world.pass_days(2).await;
    assert_eq!(told().await.expect("records"), 1, "the newest stays");
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 302);

    app.routes.replace(1, Vec::new());
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 404, "a snapshot of long ago");
    app.start_routes().await.expect("records");
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 302);
}
