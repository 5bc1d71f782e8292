//! Rules that people write.

use app::identity::Role;

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rule_is_tried_written_switched_off_and_taken_away() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (_, other_slug) = second_link(&world, &programme).await;
    clicks(&world, &programme.slug, 4);
    clicks(&world, &other_slug, 9);
    hours(&world, 1).await;

    let tried = world.manager.post("/v1/alert-rules/try", few_clicks(Some("partner"))).await.ok();
    assert_eq!((&tried["looked_at"], &tried["found"], &tried["unit"]), (&json!(2), &json!(1), &json!("count")));
    let first = json!({
        "subject": programme.partner, "seen": 4, "usual_from": 5, "usual_to": null, "before": 0, "is_found": true
    });
    assert_eq!((&tried["subjects"][0], &tried["labels"][&programme.partner]), (&first, &json!("Trail Notes")));
    assert!(alerts(&world.manager, "").await.is_empty(), "nothing is kept");

    let silent = json!({"name": "Few clicks", "watch": few_clicks(Some("partner")), "is_on": true, "mails": false});
    let id = text(&world.manager.post("/v1/alert-rules", silent).await.ok(), "id");
    world.settle().await;
    assert_eq!(open(&world).await.len(), 1);
    let rules = world.manager.get("/v1/alert-rules").await.ok();
    let written = rules["items"].as_array().expect("rules").iter().find(|rule| rule["id"] == id.as_str()).cloned();
    let written = written.expect("it is listed");
    let off = tune(&world, &written, json!({"is_on": false})).await;
    assert_eq!(off["is_on"], json!(false));
    assert!(open(&world).await.is_empty(), "nobody looks any more");
    tune(&world, &written, json!({"is_on": true})).await;
    hours(&world, 1).await;
    assert_eq!(open(&world).await.len(), 1);
    assert_eq!(world.manager.delete(&format!("/v1/alert-rules/{id}")).await.status, 204);
    assert!(open(&world).await.is_empty());
    assert_eq!(alerts(&world.manager, "").await.len(), 2, "what was found stays to be read");
    let log = world.manager.get("/v1/audit").await.ok().to_string();
    for action in ["alert_rule.created", "alert_rule.changed", "alert_rule.removed", "alert.opened"] {
        assert!(log.contains(action), "{action}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_go_to_those_who_are_named() {
    let world = World::new().await;
    let programme = world.programme().await;
    world.member(Role::Owner).await;
    let analyst = world.member(Role::Analyst).await;
    let me = text(&analyst.get("/v1/me").await.ok(), "user_id");
    clicks(&world, &programme.slug, 4);
    hours(&world, 1).await;
    let named =
        json!({"name": "Few clicks", "watch": few_clicks(None), "is_on": true, "mails": true, "people": [me, me]});
    let named = world.manager.post("/v1/alert-rules", named).await.ok();
    assert_eq!(named["people"], json!([me]));
    let silent = json!({"name": "Unheard", "watch": few_clicks(None), "is_on": true, "mails": false});
    world.manager.post("/v1/alert-rules", silent).await.ok();
    hours(&world, 1).await;
    assert_eq!(open(&world).await.len(), 2);
    let mail = world.mail_to("analyst@riverside.example");
    assert_eq!((mail.len(), mail[0].subject.as_str()), (1, "Few clicks"));
    assert!(mail[0].text.contains("All together: 4; usually not below 5"), "{}", mail[0].text);
    assert!(world.mail_to("owner@riverside.example").is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_looked_at_is_refused() {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = world.partner_member(&programme.partner).await;
    let outsider = text(&partner.get("/v1/me").await.ok(), "user_id");
    let with = |field: &str, value: Value| {
        let mut rule = json!({"name": "Few clicks", "watch": few_clicks(None), "is_on": true, "mails": true});
        *rule.pointer_mut(field).expect("a field") = value;
        rule
    };
    for (rule, status, code) in [
        (with("/name", json!(" ")), 422, "invalid_fields"),
        (with("/watch", Value::Null), 422, "invalid_fields"),
        (with("/watch/metric", json!("luck")), 400, "unknown_metric"),
        (with("/watch/window_hours", json!(721)), 422, "invalid_fields"),
        (with("/watch/each", json!("moon")), 400, "unknown_dimension"),
        (with("/watch/test", json!({"kind": "falls", "per_cent": 0})), 422, "invalid_fields"),
    ] {
        world.manager.post("/v1/alert-rules", rule.clone()).await.refused(status, code);
    }
    let mut rule = with("/name", json!("Few clicks"));
    rule["watch"]["filters"] = json!([{"field": "moon", "values": ["full"]}]);
    world.manager.post("/v1/alert-rules", rule.clone()).await.refused(400, "unknown_dimension");
    rule["watch"]["filters"] = json!([]);
    rule["people"] = json!([outsider]);
    world.manager.post("/v1/alert-rules", rule).await.refused(422, "invalid_fields");

    let given = built_in(&world, "balance_low").await;
    let path = format!("/v1/alert-rules/{}", text(&given, "id"));
    world.manager.delete(&path).await.refused(409, "illegal_move");
    let wanted = json!({"name": "Mine", "watch": few_clicks(None), "is_on": true, "mails": true});
    world.manager.put(&path, wanted).await.refused(422, "invalid_fields");
    assert_eq!(tune(&world, &given, json!({"is_on": false, "name": "Mine"})).await["name"], given["name"]);
}
