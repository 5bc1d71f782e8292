//! The other platforms, each in its own columns; their links and unchanged postbacks work.

use serde_json::json;
use testkit::{World, text};

use super::{HOST, at, checked, only, run, tally, with_files};

async fn moves_in(world: &World, platform: &str, files: &[(&str, &str)]) {
    world.manager.post("/v1/domains", json!({"host": HOST, "dialects": [platform]})).await.ok();
    let files: Vec<_> = files.iter().map(|(kind, content)| (*kind, (*content).to_owned())).collect();
    let new = json!({"platform": platform, "currency": "EUR", "timezone": "UTC", "postbacks_without_token": true});
    let import = with_files(world, new, &files).await;
    checked(world, &import).await;
    let done = run(world, &import).await;
    for (kind, content) in &files {
        let rows = content.lines().count() as i64 - 1;
        assert_eq!(tally(&done, kind, "tally"), [rows, rows, 0, 0, 0], "{kind}: {done}");
    }
}

/// The old link leads on, and an old click converts for its partner.
async fn works(world: &World, link: &str, postback: &str, order: &str) {
    let reply = at(world, link).await;
    assert_eq!(reply.status, 302, "{link}: {}", reply.text);
    assert!(reply.header("location").starts_with("https://shop.example/?c="), "{}", reply.header("location"));
    let reply = at(world, postback).await;
    assert_eq!(reply.header("tributary-status"), "pending", "{postback}: {} {}", reply.status, reply.text);
    let sale = only(world, &format!("/v1/conversions?order_id={order}")).await;
    let partner = world.manager.get(&format!("/v1/partners/{}", text(&sale, "partner_id"))).await.ok();
    assert_eq!(partner["name"], "Trail Notes", "{sale}");
}

#[tokio::test(flavor = "multi_thread")]
async fn from_everflow() {
    let world = World::new().await;
    let files = [
        (
            "offers",
            "network_offer_id,name,offer_status,destination_url,currency_id,payout_amount,network_advertiser_id,encoded_value\n\
             7,Boots,active,https://shop.example/?c={transaction_id},EUR,8,17,3QJ5\n",
        ),
        (
            "partners",
            "network_affiliate_id,name,account_status,email,encoded_value\n9,Trail Notes,active,hello@trailnotes.example,2B3T8\n",
        ),
        ("links", "network_offer_id,network_affiliate_id\n7,9\n"),
        (
            "clicks",
            "transaction_id,unix_timestamp,network_offer_id,network_affiliate_id,sub1\n\
             0f1e2d3c4b5a69788796a5b4c3d2e1f0,1769936400,7,9,a\n",
        ),
        ("balances", "network_advertiser_id,balance\n17,120.00\n"),
    ];
    moves_in(&world, "everflow", &files).await;
    let postback = "/?nid=101&transaction_id=0f1e2d3c4b5a69788796a5b4c3d2e1f0&oid=7&amount=80.00&order_id=EF-1";
    works(&world, "/2B3T8/3QJ5/?sub1=a", postback, "EF-1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_affise() {
    let world = World::new().await;
    let files = [
        (
            "offers",
            "ID,Title,Status,URL,Currency,Payout,Revenue,Advertiser\n12,Boots,active,https://shop.example/?c={clickid},EUR,8.00,12.00,Northwind\n",
        ),
        ("partners", "ID,Title,E-mail,Status\n3,Trail Notes,hello@trailnotes.example,active\n"),
        ("links", "offer_id,pid\n12,3\n"),
        (
            "clicks",
            "Click ID;Click date;Offer;Affiliate;Sub 1\n5c9d0b6f2d1a4e0001a2b3c4;2026-02-01 09:00:00;(12) Boots;(3) Trail Notes;a\n",
        ),
        (
            "conversions",
            "Conversion ID,Click ID,Conversion date,Offer,Affiliate,Status,Payout,Revenue,Currency,Action ID\n\
             77,5c9d0b6f2d1a4e0001a2b3c5,2026-02-01 10:00:00,(12) Boots,(3) Trail Notes,hold,8.00,12.00,EUR,AF-0\n",
        ),
    ];
    moves_in(&world, "affise", &files).await;
    let postback = "/postback?clickid=5c9d0b6f2d1a4e0001a2b3c4&sum=80.00&action_id=AF-1&status=2";
    works(&world, "/click?pid=3&offer_id=12&sub1=a", postback, "AF-1").await;
    // A click that only a waiting conversion told of is known too: the advertiser's verdict finds it.
    let verdict = "/postback?clickid=5c9d0b6f2d1a4e0001a2b3c5&action_id=AF-0";
    assert_ne!(at(&world, verdict).await.header("tributary-status"), "refused; reason=bad_click_id");
    assert_eq!(only(&world, "/v1/conversions?order_id=AF-0").await["payout"]["minor"], 800);
}

#[tokio::test(flavor = "multi_thread")]
async fn from_keitaro() {
    let world = World::new().await;
    let files = [
        (
            "offers",
            "id;name;state;action_payload;payout_value;payout_currency;affiliate_network\n5;Boots;active;https://shop.example/?c={subid};8;EUR;Northwind\n",
        ),
        ("partners", "id;name;email;state\n4;Trail Notes;hello@trailnotes.example;active\n"),
        ("links", "Campaign ID;Alias;Name;Offer ID;Traffic source ID;State\n31;QqXk3D;Spring;5;4;active\n"),
        ("clicks", "Sub ID;Datetime;Campaign ID;Sub ID 1\n2i6d7k1b7tq;2026-02-01 09:00:00;31;a\n"),
    ];
    moves_in(&world, "keitaro", &files).await;
    world.manager.post("/v1/dialect-tokens", json!({"dialect": "keitaro", "token": "keitaro-key"})).await.ok();
    let postback = "/keitaro-key/postback?subid=2i6d7k1b7tq&status=lead&payout=80.00&tid=KT-1";
    works(&world, "/QqXk3D?sub_id_1=a", postback, "KT-1").await;
}
