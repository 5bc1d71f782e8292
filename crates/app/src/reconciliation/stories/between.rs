//! What happens between a decision and its moves, and between two people.

use super::*;
use app::identity::Role;

const ORDERS: usize = 120;

/// A month of which they tell nothing: all is only ours.
async fn silent(world: &World, programme: &Programme) -> String {
    agree(&world.manager, programme, mapping()).await;
    for number in 0..ORDERS {
        let click =
            world.click_in_process(&programme.slug, [203, 0, 113, 9].into(), "Mozilla/5.0 (X11; Linux) Firefox/140.0");
        convert(world, &click, &format!("B{number}")).await;
    }
    let file = "Order;Click;State;Sum;Cur\nB0;;wait;12,00;EUR\n".to_owned();
    compared(world, programme, ("2026-02-01", "2026-02-28"), file).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_that_a_restart_interrupts_is_carried_out_once() {
    let mut world = World::new().await;
    let programme = world.programme().await;
    let path = silent(&world, &programme).await;
    let taken = json!({"decision": "take_theirs", "class": "only_ours"});
    let done = world.manager.post(&format!("{path}/decisions"), taken).await.ok();
    assert_eq!(done["decided"], ORDERS - 1);
    world.restart().await;
    world.settle().await;
    world.restart().await;
    world.settle().await;
    for order in ["B1", "B60", "B119"] {
        let row = world.conversions_of(order).await.remove(0);
        assert_eq!(row["status"], "rejected");
        let shown = world.manager.get(&format!("/v1/conversions/{}", text(&row, "id"))).await.ok();
        let moves = shown["moves"].as_array().expect("moves");
        assert_eq!(moves.iter().filter(|one| one["action"] == "reject").count(), 1, "{moves:?}");
    }
    assert_eq!(world.balance(&programme.partner).await["pending"], 800, "of B0 alone");
    let left = world.manager.get(&format!("{path}/groups?undecided=true")).await.ok();
    assert_eq!(left["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_people_who_decide_the_same_one_does() {
    let world = World::new().await;
    let programme = world.programme().await;
    let path = silent(&world, &programme).await;
    let finance = world.member(Role::Finance).await;
    let decisions = format!("{path}/decisions");
    let take = json!({"decision": "take_theirs", "class": "only_ours"});
    let keep = json!({"decision": "keep_ours", "class": "only_ours"});
    let (one, other) = tokio::join!(world.manager.post(&decisions, take), finance.post(&decisions, keep));
    let decided = |reply: testkit::Reply| reply.ok()["decided"].as_u64().expect("a count");
    let (one, other) = (decided(one), decided(other));
    assert_eq!((one + other, one.min(other)), (ORDERS as u64 - 1, 0));
    world.settle().await;
    let kept = world.balance(&programme.partner).await["pending"].as_i64().expect("minor");
    assert_eq!(kept, 800 * (1 + other as i64));

    // What moved nothing may be decided otherwise; what was taken may not.
    let line = world.manager.get(&format!("{path}/lines?class=only_ours&limit=1")).await.ok()["items"][0].clone();
    let again = json!({"decision": "keep_ours", "line_ids": [line["id"]]});
    if one > 0 {
        finance.post(&decisions, again).await.refused(409, "already_decided");
    } else {
        let taken = json!({"decision": "take_theirs", "line_ids": [line["id"]]});
        assert_eq!(finance.post(&decisions, taken).await.ok()["decided"], 1);
        world.settle().await;
        finance.post(&decisions, again).await.refused(409, "already_decided");
    }
}
