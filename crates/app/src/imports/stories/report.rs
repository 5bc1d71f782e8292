//! What an import tells, and whom it refuses.

use serde_json::json;
use testkit::{World, text};

use super::{checked, run, tally, with_files};

const CLICKS: &str = "Date/Time,Transaction ID,Offer ID,Affiliate ID\n\
    2026-01-20 10:00:00,1028aaaaaaaaaaaaaaaaaaaaaaaaaa,26,1001\n\
    01/20/2026 10:00,1028aaaaaaaaaaaaaaaaaaaaaaaaab,26,1001\n\
    2026-01-20 10:00:00,=cmd|' /C calc'!A0,26,1001\n\
    2026-01-20 10:00:00,1028aaaaaaaaaaaaaaaaaaaaaaaaac,99,1001\n\
    2026-01-20 10:00:00,1028aaaaaaaaaaaaaaaaaaaaaaaaad,26,\n\
    2031-01-20 10:00:00,1028aaaaaaaaaaaaaaaaaaaaaaaaae,26,1001\n\
    2020-01-20 10:00:00,1028aaaaaaaaaaaaaaaaaaaaaaaaaf,26,1001\n";

fn files() -> Vec<(&'static str, String)> {
    let offers = "Offer.id,Offer.name,Offer.offer_url,Offer.status,Advertiser.company,Offer.default_payout,Offer.percent_payout\n\
        26,Boots,https://shop.example/?t={transaction_id}&e={eff_eb},active,Northwind,8.00,5\n\
        26,Boots again,https://shop.example/,active,Northwind,8.00,\n\
        27,Hats,http://127.0.0.1/,active,Northwind,8.00,\n\
        28,Gloves,https://shop.example/,sleeping,Northwind,8.00,\n\
        29,Socks,https://shop.example/,active,Northwind,eight,\n";
    let partners = "Affiliate.id,Company,Email\n1001,Trail Notes,hello@trailnotes.example\n1002,Nameless,\n";
    vec![("offers", offers.to_owned()), ("partners", partners.to_owned()), ("clicks", CLICKS.to_owned())]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_understood_is_told_by_line_column_and_reason() {
    let world = World::new().await;
    let import = with_files(&world, json!({"platform": "tune", "currency": "EUR"}), &files()).await;
    let told = checked(&world, &import).await;
    assert_eq!(tally(&told, "offers", "checked"), [5, 1, 0, 0, 4]);
    assert_eq!(tally(&told, "clicks", "checked"), [7, 1, 0, 1, 5]);
    let findings = world.manager.get(&format!("{import}/findings?limit=100")).await.ok();
    let found: Vec<_> = findings["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|one| {
            let word = |field: &str| one[field].as_str().unwrap_or_default().to_owned();
            format!("{} {} {} {}", word("kind"), one["line"], word("column"), word("code"))
        })
        .collect();
    for wanted in [
        "offers 2 Offer.offer_url unknown_macro",
        "offers 2 Offer.percent_payout two_rates",
        "offers 3  repeated",
        "offers 4 Offer.offer_url refused",
        "offers 5 Offer.status unknown_word",
        "offers 6 Offer.default_payout not_an_amount",
        "partners 3 Email missing",
        "clicks 3 Date/Time not_a_date",
        "clicks 4 Transaction ID bad_foreign_id",
        "clicks 5 Offer ID unknown_offer",
        "clicks 6 Affiliate ID missing",
        "clicks 7 Date/Time in_the_future",
    ] {
        assert!(found.iter().any(|one| one == wanted), "{wanted} in {found:#?}");
    }
    assert_eq!(found.len(), 12, "{found:#?}");
    let file = world.manager.get(&format!("{import}/findings.csv?kind=clicks")).await;
    assert!(file.header("content-disposition").contains("not-understood.csv"));
    assert!(file.text.contains("clicks,4,Transaction ID,bad_foreign_id,'=cmd|"), "{}", file.text);
    let mapping = json!({
        "columns": {"id": "Offer.id", "name": "Offer.name", "landing_url": "Offer.offer_url", "status": "Offer.status"},
        "constants": {"advertiser_name": "Northwind"}, "words": {"status": {"sleeping": "paused"}}
    });
    world.manager.put(&format!("{import}/files/offers/mapping"), mapping.clone()).await.ok();
    let told = checked(&world, &import).await;
    assert_eq!(tally(&told, "offers", "checked"), [5, 3, 0, 0, 2], "a mapping that knows the word: {told}");
    run(&world, &import).await;
    let next = with_files(&world, json!({"platform": "tune", "currency": "EUR"}), &files()).await;
    let kept = world.manager.get(&next).await.ok();
    assert_eq!(kept["files"][0]["mapping"]["words"], mapping["words"], "kept for the next import");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_makes_no_sense_is_refused() {
    let world = World::new().await;
    let manager = &world.manager;
    manager.post("/v1/imports", json!({"platform": "hasoffers"})).await.refused(400, "bad_body");
    manager.post("/v1/imports", json!({"platform": "tune", "currency": "X"})).await.refused(400, "bad_currency");
    manager.post("/v1/imports", json!({"platform": "tune", "timezone": "X"})).await.refused(400, "bad_timezone");
    let import = text(&manager.post("/v1/imports", json!({"platform": "other", "system": "cake"})).await.ok(), "id");
    let import = format!("/v1/imports/{import}");
    manager.post(&format!("{import}/check"), json!({})).await.refused(422, "invalid_fields");
    manager.post(&format!("{import}/run"), json!({})).await.refused(409, "illegal_move");
    manager.upload(&format!("{import}/files/offers"), "").await.refused(422, "invalid_fields");
    manager.upload(&format!("{import}/files/offers"), vec![0xFF, 0xFE, b'\n']).await.refused(422, "invalid_fields");
    manager.upload(&format!("{import}/files/cakes"), "a,b\n").await.refused(404, "not_found");
    let file = manager.upload(&format!("{import}/files/offers"), "Number,Title\n1,Boots\n").await.ok();
    assert_eq!(file["missing_fields"], json!(["id", "name", "landing_url"]));
    manager.post(&format!("{import}/check"), json!({})).await.refused(422, "invalid_fields");
    let mapping = |columns| json!({"columns": columns});
    let place = format!("{import}/files/offers/mapping");
    manager.put(&place, mapping(json!({"id": "Nummer"}))).await.refused(422, "invalid_fields");
    manager.put(&place, mapping(json!({"colour": "Title"}))).await.refused(422, "invalid_fields");
    manager.put(&place, json!({"words": {"status": {"on": "running"}}})).await.refused(422, "invalid_fields");
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&import).await.refused(404, "not_found");
    stranger.upload(&format!("{import}/files/offers"), "a\n").await.refused(404, "not_found");
    let programme = world.programme().await;
    world.partner_member(&programme.partner).await.get("/v1/imports").await.refused(403, "not_permitted");
    assert_eq!(manager.delete(&import).await.status, 204);
    manager.get(&import).await.refused(404, "not_found");
}
