//! Stories of exports: rows as files, each person its own, never a formula.

use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

async fn with_clicks() -> (World, Programme) {
    let world = World::new().await;
    let programme = world.programme().await;
    let slug = &programme.slug;
    world.visit(&format!("{slug}?sub1=%3D1%2B1&sub2=plain"), "203.0.113.1").await;
    world.visit(&format!("{slug}?sub1=b"), "203.0.113.2").await;
    world.settle().await;
    (world, programme)
}

fn asked(subject: &str, format: &str) -> Value {
    json!({"subject": subject, "format": format, "from": "2026-01-01", "to": "2026-12-31"})
}

/// Asks, waits and downloads: the finished export and its file.
async fn export(world: &World, caller: &Caller, asked: Value) -> (Value, String) {
    let made = caller.post("/v1/exports", asked).await.ok();
    assert_eq!(made["state"], "running");
    world.settle().await;
    let done = caller.get(&format!("/v1/exports/{}", text(&made, "id"))).await.ok();
    assert_eq!(done["state"], "done", "{done}");
    let file = caller.get(&format!("/v1/exports/{}/file", text(&made, "id"))).await;
    assert_eq!(file.status, 200, "{}", file.text);
    (done, file.text)
}

#[tokio::test(flavor = "multi_thread")]
async fn clicks_become_a_file_that_no_spreadsheet_computes() {
    let (world, programme) = with_clicks().await;
    let (done, file) = export(&world, &world.manager, asked("clicks", "csv")).await;
    assert_eq!((&done["rows_done"], &done["rows_total"]), (&json!(2), &json!(2)));
    assert_eq!(done["bytes"].as_u64(), Some(file.len() as u64));
    let lines: Vec<_> = file.lines().collect();
    assert!(lines[0].starts_with("click_id,event_time,verdict,reason,advertiser_id,offer_id"), "{file}");
    assert!(lines[1].contains(",b,") && lines[2].contains(",'=1+1,plain,"), "newest first: {file}");
    assert!(lines[1].contains(&programme.offer));
    let listed = world.manager.get("/v1/clicks?limit=1&from=2026-01-01&to=2026-12-31").await.ok();
    assert_eq!(listed["items"][0]["subs"][0], "b");
    let next = text(&listed, "next_cursor");
    let second =
        world.manager.get(&format!("/v1/clicks?limit=1&cursor={next}&from=2026-01-01&to=2026-12-31")).await.ok();
    assert_eq!((&second["items"][0]["subs"][0], &second["next_cursor"]), (&json!("=1+1"), &Value::Null));
    let parquet = world.manager.post("/v1/exports", asked("clicks", "parquet")).await.ok();
    world.settle().await;
    let file = world.manager.get(&format!("/v1/exports/{}/file", text(&parquet, "id"))).await;
    assert_eq!((file.status, file.header("content-type")), (200, "application/vnd.apache.parquet"));
    assert!(file.text.starts_with("PAR1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_exports_what_its_lists_show() {
    let (world, programme) = with_clicks().await;
    let other = world.manager.post("/v1/partners", json!({"name": "Other", "email": "o@other.example"})).await.ok();
    let click = world.click(&programme.slug).await;
    world.postback(&format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=%2B1")).await.ok();
    world.settle().await;
    let partner = world.partner_member(&programme.partner).await;
    let (_, clicks) = export(&world, &partner, asked("clicks", "csv")).await;
    assert_eq!(clicks.lines().count(), 4);
    assert!(!clicks.contains("user_agent") && !clicks.contains(&programme.advertiser), "{clicks}");
    let (_, sales) = export(&world, &partner, asked("conversions", "csv")).await;
    assert!(sales.contains("payout_minor") && !sales.contains("revenue_minor") && sales.contains(",'+1,"), "{sales}");
    partner.post("/v1/exports", asked("receipts", "csv")).await.refused(403, "not_permitted");

    let stranger = world.partner_member(&text(&other, "id")).await;
    let (done, none) = export(&world, &stranger, asked("clicks", "csv")).await;
    assert_eq!((&done["rows_done"], none.lines().count()), (&json!(0), 1));
    let (elsewhere, _) = world.other_workspace().await;
    elsewhere.get(&format!("/v1/exports/{}", text(&done, "id"))).await.refused(404, "not_found");
    partner.get(&format!("/v1/exports/{}/file", text(&done, "id"))).await.refused(404, "not_found");

    let advertiser = world.advertiser_member(&programme.advertiser).await;
    let (_, sales) = export(&world, &advertiser, asked("conversions", "csv")).await;
    assert!(sales.contains("revenue_minor") && !sales.contains("payout_minor"), "{sales}");
    let (_, said) = export(&world, &world.manager, asked("receipts", "csv")).await;
    assert!(said.lines().count() == 2 && said.contains("order_id"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_kept_for_a_week_and_few_at_once() {
    let (world, _) = with_clicks().await;
    let first = world.manager.post("/v1/exports", asked("clicks", "csv")).await.ok();
    let file = format!("/v1/exports/{}/file", text(&first, "id"));
    world.manager.post("/v1/exports", asked("clicks", "csv")).await.ok();
    world.settle().await;
    world.manager.get(&file).await;
    let late = json!({"subject": "clicks", "format": "csv", "from": "2026-12-31", "to": "2026-01-01"});
    assert_eq!(world.manager.post("/v1/exports", late).await.status / 100, 4);
    let gone = world.manager.post("/v1/exports", asked("conversions", "csv")).await.ok();
    world.manager.delete(&format!("/v1/exports/{}", text(&gone, "id"))).await;
    world.settle().await;
    world.manager.get(&format!("/v1/exports/{}", text(&gone, "id"))).await.refused(404, "not_found");
    let folder = &world.platform().app().exports_folder;
    assert_eq!(std::fs::read_dir(folder).expect("a folder").count(), 2);
    world.pass_days(8).await;
    world.manager.get(&file).await.refused(404, "not_found");
    assert_eq!(std::fs::read_dir(folder).expect("a folder").count(), 0);
}
