//! The same sale told natively and in each dialect, told through the public door.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Programme, Reply, World, text};

const HOST: &str = "track.riverside.example";
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// A programme that moved in: its offer, goals, partner and link have the ids of five other platforms.
async fn moved_in() -> (World, Programme) {
    let world = World::new().await;
    let made = world
        .programme_with(json!([
            {"name": "sale", "payout": {"percent": "10"}, "revenue": {"percent": "15"}},
            {"name": "deposit", "payout": {"minor": 500}, "external_refs": {"tune": "2", "everflow": "12"}},
            {"name": "shoes", "payout": {"percent": "5"}, "external_refs": {"awin": "SHOES"}}
        ]))
        .await;
    let offer = json!({"external_refs": {"tune": "26", "everflow": "7", "everflow_link": "3QJ5", "affise": "12", "awin": "1001"},
        "passes_extra_parameters": true});
    world.manager.patch(&format!("/v1/offers/{}", made.offer), offer).await.ok();
    let partner = json!({"external_refs": {"tune": "1001", "everflow": "9", "everflow_link": "2B3T8", "affise": "3", "awin": "45628"}});
    world.manager.patch(&format!("/v1/partners/{}", made.partner), partner).await.ok();
    let link = json!({"external_refs": {"keitaro": "QqXk3D"}});
    world.manager.patch(&format!("/v1/links/{}", made.link), link).await.ok();
    let all = json!({"host": HOST, "dialects": ["tune", "everflow", "affise", "keitaro", "awin"]});
    world.manager.post("/v1/domains", all).await.ok();
    for dialect in ["tune", "everflow", "affise", "keitaro"] {
        let token = json!({"dialect": dialect, "token": format!("{dialect}-secret")});
        world.manager.post("/v1/dialect-tokens", token).await.ok();
    }
    (world, made)
}

async fn at(world: &World, host: &str, target: &str) -> Reply {
    world.nobody().send(Method::GET, target, None, &[("host", host), ("user-agent", BROWSER)]).await
}

/// A click on a dialect's link; the click id that reached the landing page.
async fn clicked(world: &World, target: &str) -> String {
    let reply = at(world, HOST, target).await;
    assert_eq!(reply.status, 302, "{target}: {}", reply.text);
    let location = reply.header("location");
    assert!(location.starts_with("https://shop.northwind.example/"), "{location}");
    testkit::click_id_of(location)
}

/// What two reports of one sale must have in common.
fn essence(conversion: &Value) -> Value {
    let fields = ["offer_id", "partner_id", "goal_id", "status", "currency", "trust", "reason"];
    let kept = fields.iter().map(|field| ((*field).to_owned(), conversion[*field].clone()));
    let mut essence: serde_json::Map<_, _> = kept.collect();
    essence.insert("sale".to_owned(), conversion["sale_amount"].clone());
    essence.insert("payout".to_owned(), conversion["payout"].clone());
    Value::Object(essence)
}

async fn only_conversion_of(world: &World, order: &str) -> Value {
    let mut found = world.conversions_of(order).await;
    assert_eq!(found.len(), 1, "{order}: {found:?}");
    found.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_sale_in_each_dialect_is_the_same_conversion() {
    let (world, made) = moved_in().await;
    let native = world.click(&made.slug).await;
    let sale = format!("click_id={native}&amount=80.00&order_id=native&status=approved");
    world.postback(&sale).await.ok();
    let wanted = essence(&only_conversion_of(&world, "native").await);
    assert_eq!(wanted["payout"]["minor"], 800, "{wanted}");
    let dialects: [(&str, &str, &str); 4] = [
        (
            "/aff_c?offer_id=26&aff_id=1001&aff_sub=a&source=s",
            "/aff_lsr?offer_id=26&transaction_id={}&amount=80.00&adv_sub=ORDER&status=approved&security_token=tune-secret",
            "success=true;",
        ),
        (
            "/2B3T8/3QJ5/?sub1=a&source_id=s",
            "/?nid=101&transaction_id={}&oid=7&amount=80.00&order_id=ORDER&status=approved&verification_token=everflow-secret",
            "",
        ),
        (
            "/click?pid=3&offer_id=12&sub1=a",
            "/postback?clickid={}&sum=80.00&status=1&action_id=ORDER&secure=affise-secret",
            "{\"message\":\"Success: ",
        ),
        (
            "/QqXk3D?sub_id_1=a",
            "/keitaro-secret/postback?subid={}&payout=80.00&tid=ORDER&status=confirmed&sale_status=confirmed,approved",
            "Success",
        ),
    ];
    for (number, (link, call, form)) in dialects.into_iter().enumerate() {
        let click = clicked(&world, link).await;
        let order = format!("order-{number}");
        let reply = at(&world, HOST, &call.replace("{}", &click).replace("ORDER", &order)).await;
        assert_eq!(reply.status, 200, "{call}: {}", reply.text);
        assert!(reply.text.starts_with(form) && (reply.text.is_empty() == form.is_empty()), "{call}: {}", reply.text);
        assert_eq!(reply.header("tributary-status"), "approved", "{call}");
        let conversion = only_conversion_of(&world, &order).await;
        assert_eq!(essence(&conversion), wanted, "{call}");
        let shown = world.manager.get(&format!("/v1/conversions/{}", text(&conversion, "id"))).await.ok();
        assert_eq!(shown["link_id"], json!(made.link), "the partner's oldest link stands for offer and partner");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_awin_order_in_parts_reaches_the_goals_of_its_groups() {
    let (world, made) = moved_in().await;
    let advertiser = json!({"min_trust": "click_id"});
    world.manager.patch(&format!("/v1/advertisers/{}", made.advertiser), advertiser).await.ok();
    let deep = "/cread.php?awinmid=1001&awinaffid=45628&clickref=a&ued=https%3A%2F%2Fshop.northwind.example%2Fboots";
    let reply = at(&world, HOST, deep).await;
    assert!(reply.header("location").starts_with("https://shop.northwind.example/boots?click_id="), "{deep}");
    let elsewhere = "/cread.php?awinmid=1001&awinaffid=45628&ued=https%3A%2F%2Fevil.example%2F";
    let click = clicked(&world, elsewhere).await;
    let order = format!(
        "/sread.php?tt=ss&tv=2&merchant=1001&amount=100.00&ch=aw&cr=EUR&ref=AW-1&testmode=0&cks={click}\
         &parts=SHOES:60.00%7CDEFAULT:30.00%7CBOOKS:10.00"
    );
    let reply = at(&world, HOST, &order).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "image/gif"));
    let found = world.conversions_of("AW-1").await;
    let mut payouts: Vec<_> = found.iter().map(|one| one["payout"]["minor"].as_i64()).collect();
    payouts.sort_unstable();
    assert_eq!(payouts, [Some(300), Some(400)], "5 % of 60 for the group, 10 % of the rest for the default goal");
    let test = order.replace("testmode=0", "testmode=1").replace("AW-1", "AW-2");
    assert_eq!(at(&world, HOST, &test).await.header("tributary-status"), "refused; reason=test_mode");
    assert!(world.conversions_of("AW-2").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn goals_are_found_by_the_ids_of_the_other_platform() {
    let (world, made) = moved_in().await;
    let call = async |target: String| at(&world, HOST, &target).await;
    let click = clicked(&world, "/aff_c?offer_id=26&aff_id=1001").await;
    let goal = format!("/aff_goal?a=lsr&goal_id=2&transaction_id={click}&adv_sub=G-1&security_token=tune-secret");
    assert_eq!(call(goal.clone()).await.text, "success=true;");
    assert_eq!(only_conversion_of(&world, "G-1").await["payout"]["minor"], 500);
    assert_eq!(call(goal).await.text, "success=true;", "the same again has the first verdict");
    let unknown = format!("/aff_goal?a=lsr&goal_id=77&transaction_id={click}&security_token=tune-secret&format=json");
    let reply = call(unknown).await;
    assert_eq!(reply.json()["success"], false, "{}", reply.text);
    assert_eq!(reply.header("tributary-status"), "rejected; reason=goal_unknown");
    let click = clicked(&world, "/?oid=7&affid=9").await;
    let event =
        format!("/?nid=1&aid=3&transaction_id={click}&event_id=12&order_id=G-2&verification_token=everflow-secret");
    assert_eq!(
        (call(event).await.status, only_conversion_of(&world, "G-2").await["payout"]["minor"].clone()),
        (200, json!(500))
    );
    let _ = made;
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_are_refused_in_the_dialects_own_form() {
    let (world, made) = moved_in().await;
    let click = clicked(&world, "/aff_c?offer_id=26&aff_id=1001").await;
    let check = async |target: &str, status: u16, body: &str, verdict: &str| {
        let reply = at(&world, HOST, target).await;
        assert_eq!((reply.status, reply.header("tributary-status")), (status, verdict), "{target}: {}", reply.text);
        assert!(reply.text.contains(body), "{target}: {}", reply.text);
    };
    let forged = "refused; reason=bad_token";
    let lsr = format!("/aff_lsr?transaction_id={click}");
    check(&format!("{lsr}&security_token=wrong"), 200, "success=false; err_msg=the security token", forged).await;
    check(
        "/aff_lsr?transaction_id=1027c88%3Cb%3E7059b47b",
        200,
        "err_msg=Invalid Trans. ID #1027c88b7059b47b;",
        "refused; reason=bad_click_id",
    )
    .await;
    check("/aff_lsr?adv_sub=1", 200, "success=false;", forged).await;
    check(&format!("{lsr}&offer_id=27"), 200, "success=false;", "refused; reason=not_found").await;
    check(&format!("/postback?clickid={click}&secure=wrong"), 200, "\"status\":2", forged).await;
    check("/postback?clickid=5c9d0b6f2d1a4e0001a2b3c4", 200, "Broken clickid", "refused; reason=bad_click_id").await;
    check(&format!("/wrongkey/postback?subid={click}"), 401, "token", forged).await;
    check(&format!("/?nid=1&transaction_id={click}&verification_token=wrong"), 401, "token", forged).await;
    check("/sread.php?tt=ss&merchant=1001&ref=1&cks=x", 200, "GIF", "refused; reason=bad_click_id").await;
    let native = at(&world, HOST, "/postback?token=wrong&click_id=1").await;
    assert_eq!((native.status, native.code().as_str()), (401, "bad_token"), "a native token is judged natively");
    for unknown in ["/aff_c?offer_id=99&aff_id=1001", "/aff_c", "/9/9/", "/click?pid=3", "/nothing", "/cread.php"] {
        assert_eq!(at(&world, HOST, unknown).await.status, 404, "{unknown}");
    }
    let (stranger, _) = world.other_workspace().await;
    let theirs = json!({"host": "track.elsewhere.example", "dialects": ["tune"]});
    stranger.post("/v1/domains", theirs).await.ok();
    for link in
        ["/aff_c?offer_id=26&aff_id=1001".to_owned(), format!("/aff_c?offer_id={}&aff_id={}", made.offer, made.partner)]
    {
        assert_eq!(at(&world, "track.elsewhere.example", &link).await.status, 404, "{link}: another workspace's ids");
        let own = at(&world, HOST, &link).await;
        assert_eq!(own.status, 302, "{link}: by their ids and by ours");
    }
    let on_main = at(&world, "127.0.0.1", "/aff_lsr?transaction_id=1").await;
    assert!(on_main.header("tributary-status").is_empty(), "on the main host a dialect means nothing");
    let token = world.manager.get("/v1/dialect-tokens").await.ok()["items"][3]["id"].clone();
    let token = token.as_str().expect("an id");
    stranger.delete(&format!("/v1/dialect-tokens/{token}")).await.refused(404, "not_found");
    assert_eq!(world.manager.delete(&format!("/v1/dialect-tokens/{token}")).await.status, 204);
    check(&format!("{lsr}&security_token=tune-secret"), 200, "success=false;", forged).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_works_for_a_partner_without_a_link_and_survives_a_restart() {
    let (mut world, made) = moved_in().await;
    world.manager.patch(&format!("/v1/links/{}", made.link), json!({"state": "archived"})).await.ok();
    let link = "/aff_c?offer_id=26&aff_id=1001&aff_sub=a";
    clicked(&world, link).await;
    world.restart().await;
    let click = clicked(&world, link).await;
    assert_eq!(at(&world, HOST, "/QqXk3D").await.status, 404, "an archived link's alias is gone");
    let call = format!("/aff_lsr?transaction_id={click}&amount=80.00&adv_sub=R-1&security_token=tune-secret");
    assert_eq!(at(&world, HOST, &call).await.text, "success=true;");
    assert_eq!(only_conversion_of(&world, "R-1").await["payout"]["minor"], 800);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_of_another_platform_belongs_to_one_thing_and_is_searched_by() {
    let (world, made) = moved_in().await;
    let other = json!({"name": "Other", "email": "other@example.com", "external_refs": {"tune": "1001"}});
    world.manager.post("/v1/partners", other).await.refused(409, "already_exists");
    let found = world.manager.get("/v1/search?q=QqXk3D").await.ok();
    assert!(found.to_string().contains(&made.link), "{found}");
    assert!(world.manager.get("/v1/links?q=QqXk3D").await.ok().to_string().contains(&made.link));
    assert!(world.manager.get("/v1/partners?q=45628").await.ok().to_string().contains(&made.partner));
    assert!(world.manager.get("/v1/offers?q=3qj5").await.ok().to_string().contains(&made.offer));
    let member = world.partner_member(&made.partner).await;
    let link = member.get(&format!("/v1/links/{}", made.link)).await.ok();
    assert!(link.get("external_refs").is_none(), "{link}");
    let taken = json!({"external_refs": {"keitaro": "zzz"}});
    member.patch(&format!("/v1/links/{}", made.link), taken).await.refused(403, "not_permitted");
    let unknown = json!({"host": "x.riverside.example", "dialects": ["klingon"]});
    world.manager.post("/v1/domains", unknown).await.refused(422, "invalid_fields");
}
