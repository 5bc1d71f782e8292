//! Stories of tracking domains, told through the public door.

#[path = "stories/checks.rs"]
mod checks;
#[path = "stories/dialects.rs"]
mod dialects;

use serde_json::json;
use testkit::{World, text};

#[tokio::test(flavor = "multi_thread")]
async fn links_use_the_best_domain_and_its_host_decides_the_tenant() {
    let world = World::new().await;
    let made = world.programme().await;
    let domain = world.manager.post("/v1/domains", json!({"host": "GO.Riverside.example"})).await.ok();
    assert_eq!(domain["host"], "go.riverside.example");
    let link = world.manager.get(&format!("/v1/links/{}", made.link)).await.ok();
    assert_eq!(link["url"], json!(format!("https://go.riverside.example/c/{}", made.slug)));
    let own = json!({"host": "t.trailnotes.example", "partner_id": made.partner});
    world.manager.post("/v1/domains", own).await.ok();
    let link = world.manager.get(&format!("/v1/links/{}", made.link)).await.ok();
    assert_eq!(link["url"], json!(format!("https://t.trailnotes.example/c/{}", made.slug)));
    let (stranger, _) = world.other_workspace().await;
    stranger.post("/v1/domains", json!({"host": "go.riverside.example"})).await.refused(409, "already_exists");
    stranger.post("/v1/domains", json!({"host": "go.elsewhere.example"})).await.ok();
    let path = format!("/c/{}", made.slug);
    let at = |host: &'static str| {
        let (nobody, path) = (world.nobody(), path.clone());
        async move {
            nobody
                .send(reqwest::Method::GET, &path, None, &[("host", host), ("user-agent", "Mozilla/5.0")])
                .await
                .status
        }
    };
    assert_eq!(at("go.riverside.example").await, 302);
    assert_eq!(at("go.elsewhere.example").await, 404, "another tenant's host knows nothing of this link");
    stranger.get(&format!("/v1/domains/{}", text(&domain, "id"))).await.refused(404, "not_found");
    let banned = json!({"state": "banned"});
    stranger.patch(&format!("/v1/domains/{}", text(&domain, "id")), banned).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_public_host_is_refused() {
    let world = World::new().await;
    for host in
        ["", "localhost", "10.0.0.1", "8.8.8.8", "*.riverside.example", "a b.example", "x.example/y", "x.example:80"]
    {
        world.manager.post("/v1/domains", json!({"host": host})).await.refused(422, "invalid_fields");
    }
}
