//! Stories of tax forms: handed in by partners, looked at by staff, seen by nobody else.

use app::identity::Role;
use serde_json::json;
use testkit::{Caller, Reply, World, text};

/// The first and last bytes of a PDF, with something of its own between.
fn pdf(words: &str) -> String {
    format!("%PDF-1.7\n{words}\n%%EOF\n")
}

async fn submit(caller: &Caller, partner: &str, query: &str, content: impl Into<String>) -> Reply {
    caller.post_file(&format!("/v1/partners/{partner}/tax-forms?{query}"), content.into()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_is_handed_in_by_the_partner_and_decided_on_by_staff() {
    let world = World::new().await;
    let programme = world.programme().await;
    let own = world.partner_member(&programme.partner).await;
    let finance = world.member(Role::Finance).await;

    let made = submit(&own, &programme.partner, "kind=w8_ben&name=W-8BEN.pdf", pdf("Anna")).await.ok();
    assert_eq!((&made["state"], &made["valid_until"]), (&json!("submitted"), &json!("2029-12-31")));
    submit(&own, &programme.partner, "kind=w8_ben", pdf("Anna")).await.refused(409, "already_exists");
    let review = format!("/v1/tax-forms/{}/review", text(&made, "id"));
    own.post(&review, json!({"accept": true})).await.refused(403, "not_permitted");
    finance.post(&review, json!({"accept": false})).await.refused(422, "invalid_fields");
    let rejected = finance.post(&review, json!({"accept": false, "reason": "Line 6 is not signed"})).await.ok();
    assert_eq!((&rejected["state"], &rejected["reason"]), (&json!("rejected"), &json!("Line 6 is not signed")));
    finance.post(&review, json!({"accept": true})).await.refused(409, "already_decided");

    let again = submit(&own, &programme.partner, "kind=w8_ben", pdf("Anna, signed")).await.ok();
    let review = format!("/v1/tax-forms/{}/review", text(&again, "id"));
    assert_eq!(finance.post(&review, json!({"accept": true})).await.ok()["state"], "accepted");
    let seen = own.get("/v1/tax-forms").await.ok();
    let states: Vec<_> = seen["items"].as_array().expect("forms").iter().map(|form| text(form, "state")).collect();
    assert_eq!(states, ["accepted", "rejected"]);
    let waiting = finance.get("/v1/tax-forms?state=submitted").await.ok();
    assert_eq!(waiting["items"], json!([]));

    let owner = world.member(Role::Owner).await;
    let changes = owner.get("/v1/audit?limit=200").await;
    assert_eq!(changes.text.matches("\"tax_form.submitted\"").count(), 2);
    assert_eq!(changes.text.matches("\"tax_form.reviewed\"").count(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_is_read_by_its_partner_and_those_who_pay_and_by_nobody_else() {
    let world = World::new().await;
    let programme = world.programme().await;
    let own = world.partner_member(&programme.partner).await;
    let made = submit(&own, &programme.partner, "kind=w9", pdf("Number 123-45-6789")).await.ok();
    let file = format!("/v1/tax-forms/{}/file", text(&made, "id"));
    for reader in [&own, &world.manager, &world.member(Role::Finance).await] {
        let read = reader.get(&file).await;
        assert_eq!((read.status, read.text.as_str()), (200, pdf("Number 123-45-6789").as_str()));
        assert!(read.header("content-disposition").starts_with("attachment"), "browsers save it");
    }
    world.member(Role::Analyst).await.get(&file).await.refused(403, "not_permitted");
    let other = json!({ "name": "Other", "email": "other@partners.example" });
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    let others = world.partner_member(&other).await;
    others.get(&file).await.refused(404, "not_found");
    assert_eq!(others.get("/v1/tax-forms").await.ok()["items"], json!([]));
    let filtered = format!("/v1/tax-forms?partner_id={}", programme.partner);
    assert_eq!(others.get(&filtered).await.ok()["items"], json!([]));
    submit(&others, &programme.partner, "kind=w9", pdf("x")).await.refused(404, "not_found");
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&file).await.refused(404, "not_found");
    stranger.post(&file.replace("/file", "/review"), json!({"accept": true})).await.refused(404, "not_found");
    submit(&stranger, &programme.partner, "kind=w9", pdf("x")).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_form_is_refused_and_nothing_is_kept() {
    let world = World::new().await;
    let programme = world.programme().await;
    let own = world.partner_member(&programme.partner).await;
    let partner = &programme.partner;
    submit(&own, partner, "kind=w9", "<html>a form</html>").await.refused(422, "invalid_fields");
    submit(&own, partner, "kind=w9", "%PDF-1.7 cut off").await.refused(422, "invalid_fields");
    submit(&own, partner, "kind=w10", pdf("x")).await.refused(400, "bad_parameter");
    submit(&own, partner, "kind=residence_certificate", pdf("x")).await.refused(422, "invalid_fields");
    submit(&own, partner, "kind=w9&valid_until=2020-01-01", pdf("x")).await.refused(422, "invalid_fields");
    let large = pdf(&"x".repeat(5 << 20));
    submit(&own, partner, "kind=w9", large).await.refused(413, "body_too_large");
    assert_eq!(own.get("/v1/tax-forms").await.ok()["items"], json!([]));
    let largest = pdf(&"x".repeat((5 << 20) - pdf("").len()));
    submit(&own, partner, "kind=w9", largest).await.ok();
    for number in 1..5 {
        submit(&own, partner, "kind=w9", pdf(&format!("{number}"))).await.ok();
    }
    submit(&own, partner, "kind=w9", pdf("one too many")).await.refused(409, "too_many_of_them");
}
