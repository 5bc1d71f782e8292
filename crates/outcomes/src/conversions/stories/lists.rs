//! Lists of conversions as a table needs them, and judgements that are looked at before they are passed.

use serde_json::{Value, json};
use testkit::text;

use super::{act, clicked, sale, show, standing};

#[tokio::test(flavor = "multi_thread")]
async fn a_list_tells_the_names_of_what_it_speaks_of() {
    let (world, programme, click) = clicked().await;
    let conversion = sale(&world, &click, "A").await;
    let list = world.manager.get("/v1/conversions").await.ok();
    let goal = text(&list["items"][0], "goal_id");
    for (id, name) in [
        (&programme.offer, "Northwind Outdoor"),
        (&programme.partner, "Trail Notes"),
        (&programme.advertiser, "Northwind"),
        (&programme.link, programme.slug.as_str()),
        (&goal, "sale"),
    ] {
        assert_eq!(list["labels"][id], name, "{id}");
    }
    act(&world, &conversion, "approve", json!({})).await.ok();
    let detail = show(&world, &conversion).await;
    let judge = text(&detail["moves"][1], "user_id");
    assert_eq!(detail["labels"][judge], "A member");
    assert_eq!(world.manager.get("/v1/conversions?order_id=none").await.ok()["labels"], Value::Null);
    let receipts = world.manager.get("/v1/receipts").await.ok();
    assert_eq!(receipts["labels"][&conversion], "Northwind Outdoor, A");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_statuses_are_asked_for_at_once() {
    let (world, programme, click) = clicked().await;
    let first = sale(&world, &click, "A").await;
    act(&world, &first, "approve", json!({})).await.ok();
    let other = world.click(&programme.slug).await;
    sale(&world, &other, "B").await;
    for (status, expected) in [("pending", 1), ("approved", 1), ("pending,approved", 2), ("rejected,%20locked", 0)] {
        let list = world.manager.get(&format!("/v1/conversions?status={status}")).await.ok();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(expected), "{status}");
    }
    world.manager.get("/v1/conversions?status=perhaps").await.refused(400, "bad_parameter");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judgement_on_many_says_first_what_it_would_do() {
    let (world, programme, click) = clicked().await;
    let first = sale(&world, &click, "A").await;
    let other = world.click(&programme.slug).await;
    let second = sale(&world, &other, "B").await;
    let third = sale(&world, &world.click(&programme.slug).await, "C").await;
    act(&world, &third, "approve", json!({})).await.ok();
    let before = standing(&world, &programme).await;
    let judge = |action: &str, dry_run: bool| {
        let ids = [&first, &second, &third];
        let body = json!({"action": action, "ids": ids, "dry_run": dry_run});
        let manager = world.manager.clone();
        async move { manager.post("/v1/conversions/bulk", body).await.ok() }
    };
    let mut told = judge("reject", true).await;
    assert_eq!(told["dry_run"], true);
    assert_eq!((&told["moved"], &told["partners"]), (&json!(2), &json!(1)));
    let amounts = json!([{"currency": "EUR", "payout_minor": 1600, "revenue_minor": 2400, "sale_minor": 16000}]);
    assert_eq!(told["amounts"], amounts);
    assert_eq!(told["refused"][0]["id"], third.as_str());
    assert_eq!(standing(&world, &programme).await, before, "nothing moved");
    assert_eq!(show(&world, &first).await["status"], "pending");

    let done = judge("reject", false).await;
    told["dry_run"] = json!(false);
    assert_eq!(done, told, "and then it does just that");
    assert_eq!(standing(&world, &programme).await, [0, 800, 0, 0]);
    let back = judge("reinstate", true).await;
    assert_eq!((&back["moved"], &back["amounts"][0]["payout_minor"]), (&json!(2), &json!(1600)));
    let advertiser = world.advertiser_member(&programme.advertiser).await;
    let body = json!({"action": "reverse", "ids": [third], "dry_run": true});
    let seen = advertiser.post("/v1/conversions/bulk", body).await.ok();
    assert_eq!(
        (&seen["amounts"][0]["revenue_minor"], &seen["amounts"][0]["payout_minor"]),
        (&json!(1200), &Value::Null)
    );
}
