//! Stories of the daily check and of a swap, told through the public door.

use connect::probe::{FakeHosts, Seen};
use serde_json::json;
use testkit::{World, text};

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_that_goes_bad_is_found_and_a_spare_takes_its_place_in_one_step() {
    let world = World::new().await;
    let made = world.programme().await;
    let old = json!({"host": "go.riverside.example", "dialects": ["tune"]});
    let old = text(&world.manager.post("/v1/domains", old).await.ok(), "id");
    let path = format!("/v1/domains/{old}");
    world.manager.post(&format!("{path}/swap"), json!({})).await.refused(409, "no_spare_domain");
    let spare = world.manager.post("/v1/domains", json!({"host": "go2.riverside.example"})).await.ok();
    world.pass_days(1).await;
    let checked = world.manager.get(&path).await.ok();
    assert_eq!((&checked["state"], &checked["findings"]), (&json!("ok"), &json!([])));
    assert!(checked["checked_at"].is_string() && checked["certificate_until"].is_string(), "{checked}");

    world.hosts.tell("go.riverside.example", Seen { leads_here: false, ..FakeHosts::sound() });
    world.pass_days(1).await;
    let warned = world.manager.get(&path).await.ok();
    assert_eq!((&warned["state"], &warned["findings"]), (&json!("warned"), &json!(["leads_elsewhere"])));
    let url = |link: serde_json::Value| text(&link, "url");
    let shown = async || url(world.manager.get(&format!("/v1/links/{}", made.link)).await.ok());
    assert!(shown().await.starts_with("https://go2.riverside.example/"), "new links take the sound one");

    world.hosts.tell("go.riverside.example", FakeHosts::sound());
    let well = world.manager.post(&format!("{path}/check"), json!({})).await.ok();
    assert_eq!((&well["state"], &well["findings"]), (&json!("ok"), &json!([])));
    assert!(shown().await.starts_with("https://go.riverside.example/"));
    let plan = world.manager.post(&format!("{path}/swap"), json!({"dry_run": true})).await.ok();
    assert_eq!(
        (&plan["to"], &plan["links"], &plan["partners"]),
        (&json!("go2.riverside.example"), &json!(1), &json!(1))
    );
    assert!(shown().await.starts_with("https://go.riverside.example/"), "a dry run changes nothing");
    world.manager.post(&format!("{path}/swap"), json!({})).await.ok();
    assert!(shown().await.starts_with("https://go2.riverside.example/"));
    let taken = world.manager.get(&format!("/v1/domains/{}", text(&spare, "id"))).await.ok();
    assert_eq!(taken["dialects"], json!(["tune"]), "it speaks what the old one spoke");
    world.pass_days(1).await;
    let banned = world.manager.get(&path).await.ok();
    assert_eq!(
        (&banned["state"], &banned["is_state_chosen"]),
        (&json!("banned"), &json!(true)),
        "a person's word stays"
    );
    for host in ["go.riverside.example", "go2.riverside.example"] {
        let headers = [("host", host), ("user-agent", "Mozilla/5.0")];
        let link = format!("/c/{}", made.slug);
        let reply = world.nobody().send(reqwest::Method::GET, &link, None, &headers).await;
        assert_eq!(reply.status, 302, "{host}: links that were given out go on working");
    }
    let (stranger, _) = world.other_workspace().await;
    stranger.post(&format!("{path}/swap"), json!({})).await.refused(404, "not_found");
    stranger.post(&format!("{path}/check"), json!({})).await.refused(404, "not_found");
    let member = world.partner_member(&made.partner).await;
    member.post(&format!("{path}/swap"), json!({})).await.refused(403, "not_permitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partners_domain_has_its_partners_spare_first_and_block_lists_ban() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("list.txt"), "# seen in May\nbad.trailnotes.example\n").expect("written");
    let settings = format!("domain_blocklists = \"{}\"", folder.path().display()).parse().expect("a setting");
    let world = World::with(testkit::WorldOptions { settings, ..Default::default() }).await;
    let made = world.programme().await;
    world.manager.post("/v1/domains", json!({"host": "go.riverside.example"})).await.ok();
    let own = |host: &str| json!({"host": host, "partner_id": made.partner});
    let bad = text(&world.manager.post("/v1/domains", own("t.bad.trailnotes.example")).await.ok(), "id");
    let plan = world.manager.post(&format!("/v1/domains/{bad}/swap"), json!({"dry_run": true})).await.ok();
    assert_eq!(plan["to"], "go.riverside.example", "the workspace's, for the partner has no other");
    world.manager.post("/v1/domains", own("t2.trailnotes.example")).await.ok();
    let plan = world.manager.post(&format!("/v1/domains/{bad}/swap"), json!({"dry_run": true})).await.ok();
    assert_eq!(plan["to"], "t2.trailnotes.example");
    world.pass_days(1).await;
    let listed = world.manager.get(&format!("/v1/domains/{bad}")).await.ok();
    assert_eq!((&listed["state"], &listed["findings"]), (&json!("banned"), &json!(["listed"])));
    assert_eq!(listed["is_state_chosen"], false);
    let link = world.manager.get(&format!("/v1/links/{}", made.link)).await.ok();
    assert!(text(&link, "url").starts_with("https://t2.trailnotes.example/"));
}
