//! What is refused: bad files, periods that overlap, other people's rows.

use super::*;
use app::identity::Role;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_file_is_refused_whole_and_names_its_rows() {
    let world = World::new().await;
    let programme = world.programme().await;
    let february = period(&programme, "2026-02-01", "2026-02-28");
    let good = "Order;Click;State;Sum;Cur\nA1;;ok;12,00;EUR\n";
    world.manager.post_file(&february, good).await.refused(400, "bad_figures");
    agree(&world.manager, &programme, mapping()).await;
    let bad = format!("{good};;ok;12,00;EUR\nA3;;ok;12.50;EUR\nA4;;ok;12,00;EUR\nA5;;ok;1,00;CROWNS!\n");
    let refused = world.manager.post_file(&february, bad).await.refused(400, "bad_figures");
    let rows: Vec<_> =
        refused.json()["errors"].as_array().expect("rows").iter().map(|row| text(row, "field")).collect();
    assert_eq!(rows, ["rows.3", "rows.4", "rows.6"]);
    for file in ["", "Order;Sum\nA1;12,00\n", "PK\u{3}\u{4} no workbook"] {
        world.manager.post_file(&february, file).await.refused(400, "bad_figures");
    }
    for (first, last) in [("2026-02-28", "2026-02-01"), ("2026-02", "2026-02-28"), ("2025-01-01", "2026-02-28")] {
        world.manager.post_file(&period(&programme, first, last), good).await.refused(400, "bad_parameter");
    }
    assert_eq!(world.manager.get("/v1/reconciliations").await.ok()["items"], json!([]));
    let mut other = mapping();
    other["time_zone"] = json!("Mars/Olympus");
    let mapped = format!("/v1/advertisers/{}/figures-mapping", programme.advertiser);
    world.manager.put(&mapped, other).await.refused(400, "bad_timezone");
    let nothing = json!({"columns": {"amount": "Sum"}, "currency": "EUR", "time_zone": "UTC"});
    world.manager.put(&mapped, nothing).await.refused(400, "bad_figures");

    let path = compared(&world, &programme, ("2026-02-01", "2026-02-28"), good.to_owned()).await;
    world.manager.post_file(&period(&programme, "2026-02-28", "2026-03-15"), good).await.refused(409, "already_exists");
    let kept = world.manager.get(&format!("{path}/file")).await;
    assert_eq!(kept.text, good);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_those_whose_it_is_see_it() {
    let world = World::new().await;
    let programme = world.programme().await;
    agree(&world.manager, &programme, mapping()).await;
    sell_approved(&world, &programme, "A1").await;
    let file = "Order;Click;State;Sum;Cur\nA1;;ok;12,00;EUR\n".to_owned();
    let path = compared(&world, &programme, ("2026-02-01", "2026-02-28"), file.clone()).await;
    let (stranger, _) = world.other_workspace().await;
    let mapped = format!("/v1/advertisers/{}/figures-mapping", programme.advertiser);
    let parts = ["", "/lines", "/groups", "/file"].map(|part| format!("{path}{part}"));
    for address in parts.iter().chain([&mapped]) {
        stranger.get(address).await.refused(404, "not_found");
    }
    stranger.put(&mapped, mapping()).await.refused(404, "not_found");
    stranger.post_file(&period(&programme, "2026-03-01", "2026-03-31"), file).await.refused(404, "not_found");
    stranger.post(&format!("{path}/decisions"), json!({"decision": "keep_ours"})).await.refused(404, "not_found");
    stranger.post(&format!("{path}/close"), json!({})).await.refused(404, "not_found");
    stranger.delete(&path).await.refused(404, "not_found");
    assert_eq!(stranger.get("/v1/reconciliations").await.ok()["items"], json!([]));

    let own = world.advertiser_member(&programme.advertiser).await;
    own.get(&path).await.refused(404, "not_found");
    own.get(&parts[1]).await.refused(403, "not_permitted");
    world.partner_member(&programme.partner).await.get(&path).await.refused(403, "not_permitted");
    let analyst = world.member(Role::Analyst).await;
    assert_eq!(analyst.get(&path).await.ok()["state"], "open");
    analyst.post(&format!("{path}/close"), json!({})).await.refused(403, "not_permitted");

    go_to(&world, "2026-03-02T09:00:00Z");
    world.settle().await;
    world.manager.post(&format!("{path}/close"), json!({})).await.ok();
    let seen = own.get(&path).await.ok();
    assert_eq!((&seen["act"]["parts"][0]["net_minor"], &seen["mapping"]), (&json!(1_200), &Value::Null));
    world.manager.post(&format!("{path}/close"), json!({})).await.refused(409, "period_closed");
    world.manager.delete(&path).await.refused(409, "period_closed");
    world
        .manager
        .post(&format!("{path}/decisions"), json!({"decision": "keep_ours"}))
        .await
        .refused(409, "illegal_move");
}
