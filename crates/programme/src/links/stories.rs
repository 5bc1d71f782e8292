//! Stories of links and of the route feed, told through the public door.

#[path = "stories/chains.rs"]
mod chains;
#[path = "stories/smart.rs"]
mod smart;

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
    app::links::feed::start(&app).await.expect("records");
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 302);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_source_is_kept_out_of_a_link_and_the_partner_cannot_lift_it() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/links/{}", made.link);
    let keep_out = json!({"targeting": [{"field": "source", "mode": "exclude", "values": ["bad"]}]});
    assert_eq!(world.manager.patch(&path, keep_out).await.ok()["targeting"][0]["match"], "exact");
    let member = world.partner_member(&made.partner).await;
    member.patch(&path, json!({"targeting": []})).await.refused(403, "not_permitted");
    member.patch(&path, json!({"name": "Mine"})).await.ok();
    assert_eq!(member.get(&path).await.ok()["targeting"][0]["values"], json!(["bad"]));
    assert_eq!(world.visit(&format!("{}?source_id=bad", made.slug), "203.0.113.7").await.status, 404);
    assert_eq!(world.visit(&format!("{}?source_id=good", made.slug), "203.0.113.7").await.status, 302);
    feed::load_all(world.platform().app()).await.expect("loads");
    assert_eq!(world.visit(&format!("{}?source_id=bad", made.slug), "203.0.113.7").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_is_tried_and_nothing_is_stored() {
    let world = World::new().await;
    let made = world.programme().await;
    let aimed = json!({"targeting": [
        {"field": "os_version", "mode": "include", "match": "range", "values": ["iOS 15.."]},
        {"field": "source", "mode": "exclude", "values": ["bad"]}
    ]});
    world.manager.patch(&format!("/v1/offers/{}", made.offer), aimed).await.ok();
    let path = format!("/v1/links/{}/try", made.link);
    let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/17.5 Mobile/15E148 Safari/604.1";
    let visitor = |agent: &str, source: &str| json!({"address": "83.0.12.7", "user_agent": agent, "language": "pl", "parameters": {"source_id": source}});
    let through = world.manager.post(&path, visitor(phone, "good")).await.ok();
    assert_eq!((&through["reason"], &through["destination"]), (&Value::Null, &json!("landing")));
    assert_eq!(through["location"], "https://shop.northwind.example/?click_id=");
    assert_eq!((&through["seen"]["brand"], &through["seen"]["os_version"]), (&json!("Apple"), &json!("17.5")));
    let kept_out = world.manager.post(&path, visitor(phone, "bad")).await.ok();
    assert_eq!((&kept_out["reason"], &kept_out["conditions"][1]["spoke"]), (&json!("source_blocked"), &json!(true)));
    let old = world.manager.post(&path, visitor("Mozilla/5.0 (X11; Linux x86_64)", "bad")).await.ok();
    assert_eq!((&old["reason"], &old["conditions"][0]["spoke"]), (&json!("targeting_device"), &json!(true)));
    let step = |name: &str| {
        let all = old["steps"].as_array().expect("steps").clone();
        all.into_iter().find(|step| step["step"] == name).expect("the step")["reason"].clone()
    };
    assert_eq!((step("targeting"), step("offer")), (json!("targeting_device"), Value::Null));

    let member = world.partner_member(&made.partner).await;
    let theirs = member.post(&path, visitor(phone, "bad")).await.ok();
    assert_eq!((&theirs["reason"], theirs["conditions"].as_array().map(Vec::len)), (&json!("source_blocked"), Some(1)));
    world.manager.post(&path, json!({"address": "nowhere"})).await.refused(422, "invalid_fields");
    let (stranger, _) = world.other_workspace().await;
    stranger.post(&path, visitor(phone, "good")).await.refused(404, "not_found");
    world.settle().await;
    assert_eq!(world.totals(&["gross_clicks"]).await, json!({"gross_clicks": 0}));
}
