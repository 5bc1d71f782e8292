//! Receivers that fail, and what is done about it.

use kernel::time::{HOUR_MS, MINUTE_MS, SECOND_MS};

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_is_tried_again_under_the_same_key() {
    let (world, programme, partner, _) = with_postback(&["pending"]).await;
    let answers = [FakeReceivers::answer(500, "oops"), Err(Failure::TimedOut), FakeReceivers::answer(200, "OK")];
    world.receivers.tell(TRACKER, answers);
    sale(&world, &programme, "A-1").await;
    assert_eq!(world.receivers.take(TRACKER).len(), 1, "not again before its time");
    for wait in [7 * SECOND_MS, 2 * MINUTE_MS] {
        world.advance_millis(wait);
        world.settle().await;
    }
    let again = world.receivers.take(TRACKER);
    assert_eq!(again.len(), 2);
    assert_eq!(header(&again[0], "idempotency-key"), header(&again[1], "idempotency-key"));
    let row = &log(&partner, "").await[0];
    assert_eq!((&row["state"], &row["attempts"], &row["due_at"]), (&json!("delivered"), &json!(3), &Value::Null));
    let detail = partner.get(&format!("/v1/deliveries/{}", text(row, "id"))).await.ok();
    let errors: Vec<_> = detail["tries"].as_array().expect("tries").iter().map(|one| one["error"].clone()).collect();
    assert_eq!(errors, [Value::Null, json!("timed_out"), json!("HTTP 500")]);
    assert_eq!(detail["tries"][2]["answer"], "oops");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_may_ask_for_more_time() {
    let (world, programme, _, _) = with_postback(&["pending"]).await;
    let slow = connect::outgoing::Reply { status: 429, body: String::new(), retry_after_s: Some(600) };
    world.receivers.tell(TRACKER, [Ok(slow), FakeReceivers::answer(200, "OK")]);
    sale(&world, &programme, "A-1").await;
    world.advance_millis(9 * MINUTE_MS);
    world.settle().await;
    assert_eq!(world.receivers.take(TRACKER).len(), 1);
    world.advance_millis(2 * MINUTE_MS);
    world.settle().await;
    assert_eq!(world.receivers.take(TRACKER).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_host_holds_up_nobody_else() {
    let (world, programme, partner, _) = with_postback(&["pending"]).await;
    let body = json!({"name": "Dead", "events": [{"event": "pending"}], "target": {"kind": "url", "url": "https://dead.example/"}});
    let dead = text(&partner.post("/v1/postbacks", body).await.ok(), "id");
    world.receivers.tell("dead.example", [Err(Failure::TimedOut)]);
    for order in 0..12 {
        let click = world.click(&programme.slug).await;
        world.postback(&format!("click_id={click}&goal=sale&amount=8.00&currency=EUR&order_id=A-{order}")).await.ok();
    }
    world.settle().await;
    assert_eq!(world.receivers.take(TRACKER).len(), 12);
    assert_eq!(world.receivers.take("dead.example").len(), 4, "few at once, and then it rests");
    world.receivers.tell("dead.example", [FakeReceivers::answer(200, "OK")]);
    world.advance_millis(10 * MINUTE_MS);
    world.settle().await;
    assert_eq!(log(&partner, &format!("postback_id={dead}&state=delivered")).await.len(), 12, "nothing is lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_for_days_is_paused_with_word_to_people_and_replayed_when_it_works_again() {
    let (world, programme, partner, postback) = with_postback(&["pending"]).await;
    world.receivers.tell(TRACKER, [FakeReceivers::answer(503, "")]);
    for order in ["A-1", "A-2"] {
        sale(&world, &programme, order).await;
    }
    let path = format!("/v1/postbacks/{postback}");
    for _ in 0..49 {
        world.advance_millis(HOUR_MS);
        world.settle().await;
    }
    sale(&world, &programme, "A-3").await;
    let row = partner.get(&path).await.ok();
    assert_eq!(row["state"], "failing", "{row}");
    let mail = world.mail_to("hello@trailnotes.example");
    assert!(mail.len() == 1 && mail[0].subject.contains("Tracker"), "{mail:?}");
    let manager = world.mail_to("manager@riverside.example");
    assert!(manager.len() == 1 && manager[0].text.contains(&format!("/partners/{}?tab=postbacks", programme.partner)));
    let tried = world.receivers.take(TRACKER).len();
    assert!((10..=20).contains(&tried), "{tried}");
    sale(&world, &programme, "A-4").await;
    assert!(world.receivers.take(TRACKER).is_empty(), "it is paused");
    assert_eq!(log(&partner, "state=held").await.len(), 4);
    let held = json!({"postback_id": postback, "state": "held"});
    assert_eq!(partner.post("/v1/deliveries/replay", held.clone()).await.ok()["replayed"], 0, "it must be switched on");
    world.receivers.tell(TRACKER, [FakeReceivers::answer(200, "OK")]);
    partner.patch(&path, json!({"state": "active"})).await.ok();
    assert_eq!(partner.post("/v1/deliveries/replay", held).await.ok()["replayed"], 4);
    world.settle().await;
    assert_eq!(world.receivers.take(TRACKER).len(), 4);
    assert_eq!(log(&partner, "state=delivered").await.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_delivery_is_sent_again_by_hand() {
    let (world, programme, partner, _) = with_postback(&["pending"]).await;
    sale(&world, &programme, "A-1").await;
    let first = world.receivers.take(TRACKER);
    let id = text(&log(&partner, "").await[0], "id");
    world.manager.post(&format!("/v1/deliveries/{id}/replay"), json!({})).await.ok();
    world.settle().await;
    let again = world.receivers.take(TRACKER);
    assert_eq!((again.len(), &again[0].url), (1, &first[0].url), "it tells what it told");
    assert_eq!(header(&again[0], "idempotency-key"), header(&first[0], "idempotency-key"));
    assert_eq!(log(&partner, "").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_between_loses_nothing_and_tells_nothing_twice() {
    let (mut world, programme, _, _) = with_postback(&["pending"]).await;
    world.receivers.tell(TRACKER, [FakeReceivers::answer(500, ""), FakeReceivers::answer(200, "OK")]);
    sale(&world, &programme, "A-1").await;
    world.restart().await;
    world.advance_millis(MINUTE_MS);
    world.settle().await;
    assert_eq!(world.receivers.take(TRACKER).len(), 2);
    world.advance_millis(HOUR_MS);
    world.settle().await;
    assert!(world.receivers.take(TRACKER).is_empty());
}
