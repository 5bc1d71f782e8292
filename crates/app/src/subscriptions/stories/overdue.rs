//! What is not paid.

use kernel::{Id, id};

use super::*;

/// How many letters went to the advertiser since they were read last; the others' are read too.
async fn letters(world: &World, programme: &Programme) -> Vec<String> {
    world.settle().await;
    let advertiser: Id<id::Advertiser> = programme.advertiser.parse().expect("an id");
    world.mail_to("manager@riverside.example");
    let own = world.mail_to(&format!("{}@advertiser.example", advertiser.as_u128()));
    own.into_iter().map(|mail| mail.subject).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_stays_unpaid_is_reminded_of_then_paused_and_goes_on_once_it_is_paid() {
    let world = World::new().await;
    let programme = world.programme().await;
    let own = world.advertiser_member(&programme.advertiser).await;
    set_account(&world, &programme, json!({"funding": "open", "payment_days": 7})).await;
    let growth = plan(&world, ("Growth", 4_900, "month"), 0).await;
    let begun = start(&world, &programme, &growth).await;
    let invoice = invoiced(&world, &programme).await;
    assert_eq!(invoice["due_on"], "2026-02-09");

    at(&world, "2026-02-11T09:00:00Z").await;
    assert_eq!(standing(&own, &programme).await.0["state"], "active", "two days late");
    assert_eq!(letters(&world, &programme).await, Vec::<String>::new());
    at(&world, "2026-02-12T09:00:00Z").await;
    let (now, _) = standing(&own, &programme).await;
    assert_eq!((&now["state"], &now["past_due_on"]), (&json!("past_due"), &json!("2026-02-12")));
    assert_eq!(letters(&world, &programme).await, ["Invoice INV-00001 is overdue: Northwind"]);

    // Nothing ran from then on: of 7 and 14 days the latest alone is told, and once.
    at(&world, "2026-02-24T09:00:00Z").await;
    at(&world, "2026-02-24T15:00:00Z").await;
    at(&world, "2026-02-25T09:00:00Z").await;
    at(&world, "2026-02-23T09:00:00Z").await;
    at(&world, "2026-03-01T22:00:00Z").await;
    assert_eq!(letters(&world, &programme).await.len(), 1);
    assert!(lands(&world, &programme).await);

    // 21 days late, on the day on which the next period would begin.
    at(&world, "2026-03-02T00:10:00Z").await;
    let (now, fees) = standing(&own, &programme).await;
    assert_eq!((&now["state"], &now["next_charge"], fees.len()), (&json!("paused"), &Value::Null, 1));
    let stopped = account(&world, &programme).await;
    assert_eq!((&stopped["state"], &stopped["stopped_by"]), (&json!("stopped"), &json!("subscription")));
    assert!(!lands(&world, &programme).await);
    assert_eq!(letters(&world, &programme).await, ["The subscription is paused and offers are stopped: Northwind"]);
    let change = format!("/v1/subscriptions/{}/change", text(&begun, "id"));
    let to = json!({"plan_id": growth, "from": "now"});
    world.manager.post(&change, to).await.refused(409, "illegal_move");

    at(&world, "2026-03-20T09:00:00Z").await;
    pay(&world, &programme, 4_800, "P-1").await;
    assert!(!lands(&world, &programme).await, "one euro is open");
    pay(&world, &programme, 100, "P-2").await;
    assert!(lands(&world, &programme).await);
    let (now, fees) = standing(&own, &programme).await;
    assert_eq!((&now["state"], &now["next_charge"]["on"]), (&json!("active"), &json!("2026-04-20")));
    let paid_for =
        vec![fee("period", "2026-02-02", "2026-03-01", 4_900), fee("period", "2026-03-20", "2026-04-19", 4_900)];
    assert_eq!(fees, paid_for, "the days between are not charged");
    assert_eq!(letters(&world, &programme).await, ["The subscription is on again: Northwind"]);
    assert_eq!(account(&world, &programme).await["state"], "open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workspace_says_when_it_reminds_and_a_period_that_was_paid_for_goes_on() {
    let world = World::new().await;
    let programme = world.programme().await;
    let own = world.advertiser_member(&programme.advertiser).await;
    let doors = "/v1/subscription-reminders";
    let usual = world.manager.get(doors).await.ok();
    assert_eq!(usual, json!({"reminder_days": [3, 7, 14], "pause_days": 21}));
    for bad in [json!({"reminder_days": [], "pause_days": 5}), json!({"reminder_days": [6], "pause_days": 5})] {
        world.manager.put(doors, bad).await.refused(422, "invalid_fields");
    }
    world.manager.put(doors, json!({"reminder_days": [1], "pause_days": 5})).await.ok();
    set_account(&world, &programme, json!({"funding": "prepaid", "payment_days": 0})).await;
    let yearly = plan(&world, ("Yearly", 49_000, "year"), 0).await;
    start(&world, &programme, &yearly).await;
    invoiced(&world, &programme).await;
    letters(&world, &programme).await;
    // Five days late before anything ran: paused at once, and that is the only letter.
    world.pass_days(5).await;
    assert_eq!(standing(&own, &programme).await.0["state"], "paused");
    assert_eq!(letters(&world, &programme).await.len(), 1);
    pay(&world, &programme, 60_000, "P-1").await;
    assert!(lands(&world, &programme).await);
    let (now, fees) = standing(&own, &programme).await;
    assert_eq!((&now["state"], &now["next_charge"]["on"], fees.len()), (&json!("active"), &json!("2027-02-02"), 1));
    assert_eq!(letters(&world, &programme).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelled_while_it_is_paused_it_stops_nothing_any_more() {
    let world = World::new().await;
    let programme = world.programme().await;
    set_account(&world, &programme, json!({"funding": "open", "payment_days": 0})).await;
    let growth = plan(&world, ("Growth", 4_900, "month"), 0).await;
    let begun = start(&world, &programme, &growth).await;
    invoiced(&world, &programme).await;
    world.pass_days(21).await;
    assert_eq!(account(&world, &programme).await["stopped_by"], "subscription");
    assert!(!lands(&world, &programme).await);
    let cancel = format!("/v1/subscriptions/{}/cancel", text(&begun, "id"));
    world.manager.post(&cancel, json!({"from": "next_period"})).await.refused(409, "illegal_move");
    let over = world.manager.post(&cancel, json!({"from": "now"})).await.ok();
    assert_eq!(over["state"], "cancelled");
    // 23 February to 1 March are 7 of its 28 days.
    assert_eq!(owes(&world).await, 4_900 - 1_225);
    assert!(lands(&world, &programme).await);
    letters(&world, &programme).await;
}
