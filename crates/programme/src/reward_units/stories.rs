//! Units of rewards, through the public door.

use app::identity::Role;
use serde_json::json;
use testkit::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_makes_units_that_are_no_money() {
    let world = World::new().await;
    let unit =
        |code: &str, decimals: u32| json!({"code": code, "name": "Points", "decimals": decimals, "kind": "points"});
    let path = "/v1/reward-units";
    let made = world.manager.post(path, unit("POINTS", 2)).await.ok();
    assert_eq!((&made["decimals"], &made["is_active"]), (&json!(2), &json!(true)));
    world.manager.post(path, unit("POINTS", 0)).await.refused(409, "already_exists");
    for (code, decimals) in [("EUR", 0), ("USDT", 0), ("points", 0), ("P", 0), ("CREDIT", 9)] {
        world.manager.post(path, unit(code, decimals)).await.refused(422, "invalid_fields");
    }
    let analyst = world.member(Role::Analyst).await;
    analyst.post(path, unit("CREDIT", 0)).await.refused(403, "not_permitted");
    let changed = json!({"name": "Trail points", "is_active": false});
    let changed = world.manager.patch("/v1/reward-units/POINTS", changed).await.ok();
    assert_eq!((&changed["name"], &changed["decimals"]), (&json!("Trail points"), &json!(2)));
    world.manager.patch("/v1/reward-units/POINTS", json!({"decimals": 4})).await.refused(400, "bad_body");
    world.manager.patch("/v1/reward-units/MILES", json!({})).await.refused(404, "not_found");
    let listed = analyst.get(path).await.ok();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
}
