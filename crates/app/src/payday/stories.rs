//! Stories of the payday board: a month from the advertiser's figures to the bank's answer, each number that of its list.

use app::identity::Role;
use kernel::{Timestamp, time::HOUR_MS};
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

/// A sale of 80.00, charged 12.00, of which the partner earns 8.00.
async fn sell(world: &World, programme: &Programme, order: &str) {
    let click = world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    world.postback(&format!("click_id={click}&goal=sale&order_id={order}&amount=80.00&currency=EUR")).await.ok();
    world.postback(&format!("order_id={order}&goal=sale&status=approved")).await.ok();
}

async fn go_to(world: &World, moment: &str) {
    world.clock.set(Timestamp::parse(moment).expect("a moment"));
    world.settle().await;
}

/// A partner to whom something is payable, by bank, with these details.
async fn payee(world: &World, name: &str, details: Value, (minor, minimum): (i64, i64)) -> String {
    let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
    let partner = text(&world.manager.post("/v1/partners", json!({"name": name, "email": email})).await.ok(), "id");
    let account = json!({"method": "sepa", "details": details, "minimum_payouts": {"EUR": minimum}});
    world.manager.put(&format!("/v1/partners/{partner}/payout-details"), account).await.ok();
    let bonus = json!({
        "partner_id": partner, "kind": "bonus", "amount": {"minor": minor, "currency": "EUR"}, "reason": "Welcome"
    });
    world.manager.post("/v1/adjustments", bonus).await.ok();
    partner
}

/// All that stands on the board: its kind, how it stands, how many and how much in euros.
async fn told(world: &World) -> Vec<(String, String, i64, i64)> {
    let board = world.manager.get("/v1/payday").await.ok();
    as_their_lists(&world.manager, &board).await;
    let of = |item: &Value| {
        let minor = item["amounts"][0]["minor"].as_i64().unwrap_or_default();
        (text(item, "kind"), text(item, "standing"), item["count"].as_i64().expect("a count"), minor)
    };
    items(&board).iter().map(of).collect()
}

fn items(board: &Value) -> Vec<Value> {
    let steps = board["steps"].as_array().expect("steps");
    steps.iter().flat_map(|step| step["items"].as_array().expect("items").clone()).collect()
}

fn expected(wanted: &[(&str, &str, i64, i64)]) -> Vec<(String, String, i64, i64)> {
    wanted.iter().map(|(kind, standing, count, minor)| ((*kind).into(), (*standing).into(), *count, *minor)).collect()
}

fn rows(page: &Value) -> Vec<Value> {
    page["items"].as_array().expect("a list").clone()
}

/// The list that a number leads to, and the field of its rows that adds up to it.
fn list_of(kind: &str, month: &str, paid_in: &str) -> (String, &'static str) {
    let (path, field) = match kind {
        "figures_missing" => ("/v1/payday/advertisers?standing=missing&month=M", "amounts"),
        "figures_compared" => ("/v1/payday/advertisers?standing=compared&month=M", "amounts"),
        "scrubs_asked" => ("/v1/scrubs?state=asked", "revenue"),
        "disputes_open" => ("/v1/disputes?state=open", "amount"),
        "periods_undecided" => ("/v1/reconciliations?state=open&undecided=true&month=M", ""),
        "periods_to_close" => ("/v1/reconciliations?state=open&undecided=false&month=M", ""),
        "periods_closed" => ("/v1/reconciliations?state=closed&month=M", ""),
        "invoices_draft" => ("/v1/invoices?state=draft&month=M", "total"),
        "invoices_issued" => ("/v1/invoices?state=issued&month=M", "total"),
        "batches_awaiting_approval" => ("/v1/payout-batches?state=awaiting_approval", "total"),
        "batches_made" => ("/v1/payout-batches?month=P", "total"),
        "batches_to_send" => ("/v1/payout-batches?state=approved&in_transit=true", "total"),
        "batches_sent" => ("/v1/payout-batches?state=sent&month=P", "total"),
        "sent_without_news" => ("/v1/payout-batches?state=sent&in_transit=true", "results"),
        "payouts_failed" => ("/v1/payouts?state=failed&month=P", "amount"),
        "payouts_paid" => ("/v1/payouts?state=paid&month=P", "amount"),
        other => panic!("no list is known for {other}"),
    };
    (path.replace("month=M", &format!("month={month}")).replace("month=P", &format!("month={paid_in}")), field)
}

fn minor_of(row: &Value, field: &str) -> i64 {
    match field {
        "" => 0,
        "amounts" => row["amounts"][0]["minor"].as_i64().expect("an amount"),
        "results" => {
            let sums = row["results"].as_array().expect("sums");
            let open = sums.iter().filter(|sum| sum["state"] == "in_transit");
            open.map(|sum| sum["amount"]["minor"].as_i64().expect("an amount")).sum()
        }
        _ => row[field]["minor"].as_i64().expect("an amount"),
    }
}

/// Holds every number of the board against the list that it leads to.
async fn as_their_lists(caller: &Caller, board: &Value) {
    let (month, paid_in) = (text(board, "month"), text(board, "paid_in"));
    for item in items(board) {
        let kind = text(&item, "kind");
        let (count, minor) = match kind.as_str() {
            "differences_undecided" => undecided(caller, &month).await,
            owed if owed.starts_with("owed_") => of_owed(caller, owed).await,
            _ => {
                let (path, field) = list_of(&kind, &month, &paid_in);
                let listed = rows(&caller.get(&path).await.ok());
                (listed.len() as i64, listed.iter().map(|row| minor_of(row, field)).sum())
            }
        };
        let on_board = item["amounts"][0]["minor"].as_i64().unwrap_or_default();
        assert_eq!((item["count"].as_i64(), on_board), (Some(count), minor), "{kind}");
    }
}

async fn undecided(caller: &Caller, month: &str) -> (i64, i64) {
    let (mut count, mut minor) = (0, 0);
    let open = format!("/v1/reconciliations?state=open&undecided=true&month={month}");
    for row in rows(&caller.get(&open).await.ok()) {
        let path = format!("/v1/reconciliations/{}/groups?undecided=true", text(&row, "id"));
        for group in rows(&caller.get(&path).await.ok()) {
            count += group["lines"].as_i64().expect("a count");
            minor += group["ours"]["minor"].as_i64().unwrap_or_default();
        }
    }
    (count, minor)
}

async fn of_owed(caller: &Caller, kind: &str) -> (i64, i64) {
    let owed = rows(&caller.get("/v1/payouts/owed?currency=EUR").await.ok());
    let minor = |row: &Value, field: &str| row[field]["minor"].as_i64().expect("an amount");
    let standing = kind.trim_start_matches("owed_");
    if standing == "frozen" {
        let frozen: Vec<_> = owed.iter().map(|row| minor(row, "frozen")).filter(|minor| *minor > 0).collect();
        return (frozen.len() as i64, frozen.iter().sum());
    }
    let those: Vec<_> = owed.iter().filter(|row| row["standing"] == standing).collect();
    let amount = |row: &&Value| match standing {
        "ready" => minor(row, "next_payout"),
        _ => minor(row, "payable") - minor(row, "frozen"),
    };
    (those.len() as i64, those.iter().map(amount).sum())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_without_anything_has_six_steps_that_rest() {
    let world = World::new().await;
    let board = world.manager.get("/v1/payday").await.ok();
    assert_eq!((&board["month"], &board["paid_in"]), (&json!("2026-01"), &json!("2026-02")));
    assert_eq!((&board["is_over"], &board["is_payday"]), (&json!(true), &json!(true)));
    let steps: Vec<_> = rows(&json!({"items": board["steps"]})).iter().map(|step| text(step, "step")).collect();
    assert_eq!(steps, ["reconcile", "decide", "close", "approve", "send", "confirm"]);
    assert!(board["steps"].as_array().expect("steps").iter().all(|step| step["standing"] == "rests"), "{board}");
    assert!(items(&board).is_empty());
    world.manager.get("/v1/payday?month=2026-13").await.refused(400, "bad_parameter");
}

/// Compares February with a file that has one of our two sales and one that is none of ours.
async fn compare(world: &World, programme: &Programme) -> String {
    let mapping = json!({
        "columns": {"order": "Order", "status": "State", "amount": "Sum"}, "words": {"ok": "approved"},
        "currency": "EUR", "time_zone": "Europe/Berlin"
    });
    world.manager.put(&format!("/v1/advertisers/{}/figures-mapping", programme.advertiser), mapping).await.ok();
    let path = format!(
        "/v1/reconciliations?advertiser_id={}&first_day=2026-02-01&last_day=2026-02-28&name=february.csv",
        programme.advertiser
    );
    let file = "Order,State,Sum\nS1,ok,12.00\nX9,ok,12.00\n".to_owned();
    let made = world.manager.post_file(&path, file).await.ok();
    world.settle().await;
    format!("/v1/reconciliations/{}", text(&made, "id"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_goes_over_the_board_from_figures_to_the_closed_period() {
    let world = World::new().await;
    let programme = world.programme().await;
    sell(&world, &programme, "S1").await;
    sell(&world, &programme, "S2").await;
    go_to(&world, "2026-03-03T09:00:00Z").await;
    let missing = ("figures_missing", "blocked", 1, 2_400);
    let ready = ("owed_ready", "waits", 1, 1_600);
    assert_eq!(told(&world).await, expected(&[missing, ready]));
    let running = world.manager.get("/v1/payday?month=2026-03").await.ok();
    assert_eq!((&running["is_over"], &items(&running)), (&json!(false), &Vec::new()));
    let named = world.manager.get("/v1/payday/advertisers?standing=missing").await.ok();
    assert_eq!(named["labels"][&programme.advertiser], "Northwind", "{named}");
    let (stranger, _) = world.other_workspace().await;
    assert!(items(&stranger.get("/v1/payday?month=2026-02").await.ok()).is_empty(), "it is another's month");

    let path = compare(&world, &programme).await;
    let compared = ("figures_compared", "done", 1, 2_400);
    let decide = ("differences_undecided", "waits", 2, 1_200);
    assert_eq!(told(&world).await, expected(&[compared, decide, ("periods_undecided", "blocked", 1, 0), ready]));
    world.manager.post(&format!("{path}/decisions"), json!({"decision": "keep_ours"})).await.ok();
    assert_eq!(told(&world).await, expected(&[compared, ("periods_to_close", "waits", 1, 0), ready]));
    let closed = world.manager.post(&format!("{path}/close"), json!({})).await.ok();
    let draft = ("invoices_draft", "waits", 1, 2_400);
    assert_eq!(told(&world).await, expected(&[compared, draft, ("periods_closed", "done", 1, 0), ready]));
    let invoice = text(&closed["act"]["parts"][0], "invoice_id");
    world.manager.post(&format!("/v1/invoices/{invoice}/issue"), json!({})).await.ok();
    let issued = ("invoices_issued", "done", 1, 2_400);
    assert_eq!(told(&world).await, expected(&[compared, ("periods_closed", "done", 1, 0), issued, ready]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_for_and_who_cannot_be_paid_stand_on_the_board_of_now() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let programme = world.programme().await;
    sell(&world, &programme, "S1").await;
    sell(&world, &programme, "S2").await;
    go_to(&world, "2026-03-03T09:00:00Z").await;
    let advertiser = world.advertiser_member(&programme.advertiser).await;
    let request = json!({"reason": "returned", "evidence": "Sent back on the 3rd", "order_ids": ["S1"]});
    advertiser.post("/v1/scrub-requests", request).await.ok();
    let partner = world.partner_member(&programme.partner).await;
    let dispute = json!({
        "kind": "price", "conversion_id": world.conversions_of("S2").await[0]["id"],
        "amount": {"minor": 1_000, "currency": "EUR"}, "words": "My rate is 10.00"
    });
    partner.post("/v1/disputes", dispute).await.ok();
    payee(&world, "No Account", json!({"name": "No Account"}), (700, 0)).await;
    let account = |name: &str| json!({"name": name, "iban": "DE89370400440532013000"});
    payee(&world, "Green Blog", account("Green Blog"), (300, 500)).await;
    let suspended = payee(&world, "Old Page", account("Old Page"), (900, 0)).await;
    let stop = json!({"state": "suspended", "reason": "fraud"});
    world.manager.patch(&format!("/v1/partners/{suspended}"), stop).await.ok();
    let asked = [("scrubs_asked", "waits", 1, 1_200), ("disputes_open", "waits", 1, 1_000)];
    let of_now = |faulty: (&'static str, &'static str, i64, i64)| {
        let mut all = vec![("figures_missing", "blocked", 1, 2_400)];
        all.extend(asked);
        all.push(faulty);
        all.push(("owed_frozen", "blocked", 1, 800));
        all.extend([("owed_ready", "waits", 1, 800), ("owed_below_minimum", "rests", 1, 300)]);
        all.push(("owed_withheld", "rests", 1, 900));
        expected(&all)
    };
    assert_eq!(told(&world).await, of_now(("owed_payer_missing", "blocked", 1, 700)));
    let bank = json!({"method": "sepa", "name": "Riverside GmbH", "iban": "DE02120300000000202051"});
    owner.put("/v1/payout-payers", bank).await.ok();
    assert_eq!(told(&world).await, of_now(("owed_faulty", "blocked", 1, 700)));
    let owed = rows(&world.manager.get("/v1/payouts/owed?currency=EUR").await.ok());
    let faulty = owed.iter().find(|row| row["standing"] == "faulty").expect("one cannot be paid");
    assert_eq!((&faulty["name"], &faulty["fault"]["field"]), (&json!("No Account"), &json!("iban")));
    go_to(&world, "2026-04-02T09:00:00Z").await;
    let past = world.manager.get("/v1/payday?month=2026-02").await.ok();
    assert_eq!(items(&past).len(), 1, "what is owed and asked now stands on the board of March: {past}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn batches_go_from_a_second_person_to_the_banks_answer() {
    let world = World::new().await;
    let (owner, finance) = (world.member(Role::Owner).await, world.member(Role::Finance).await);
    let programme = world.programme().await;
    sell(&world, &programme, "S1").await;
    go_to(&world, "2026-03-03T09:00:00Z").await;
    owner.put("/v1/payout-approval-limit", json!({"limit_minor": 100})).await.ok();
    let missing = ("figures_missing", "blocked", 1, 1_200);
    let make = || async { text(&finance.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok(), "id") };
    let first = make().await;
    let made = ("batches_made", "done", 1, 800);
    let waiting = ("batches_awaiting_approval", "waits", 1, 800);
    assert_eq!(told(&world).await, expected(&[missing, waiting, made]));
    owner.post(&format!("/v1/payout-batches/{first}/approve"), json!({})).await.ok();
    assert_eq!(told(&world).await, expected(&[missing, made, ("batches_to_send", "waits", 1, 800)]));
    finance.post(&format!("/v1/payout-batches/{first}/send"), json!({})).await.ok();
    let sent = ("batches_sent", "done", 1, 800);
    assert_eq!(told(&world).await, expected(&[missing, made, sent, ("sent_without_news", "waits", 1, 800)]));
    let since = items(&world.manager.get("/v1/payday").await.ok())
        .iter()
        .find(|item| item["kind"] == "sent_without_news")
        .map(|item| text(item, "since"));
    assert_eq!(since.as_deref(), Some("2026-03-03T09:00:00.000Z"));

    let shown = finance.get(&format!("/v1/payout-batches/{first}")).await.ok();
    let payout = text(&shown["payouts"][0], "id");
    finance.post(&format!("/v1/payouts/{payout}/failed"), json!({"reason": "account closed"})).await.ok();
    let failed = ("payouts_failed", "blocked", 1, 800);
    assert_eq!(told(&world).await, expected(&[missing, ("owed_ready", "waits", 1, 800), made, sent, failed]));
    let second = make().await;
    owner.post(&format!("/v1/payout-batches/{second}/approve"), json!({})).await.ok();
    finance.post(&format!("/v1/payout-batches/{second}/send"), json!({})).await.ok();
    finance.post(&format!("/v1/payout-batches/{second}/paid"), json!({})).await.ok();
    let (made, sent) = (("batches_made", "done", 2, 1_600), ("batches_sent", "done", 2, 1_600));
    assert_eq!(told(&world).await, expected(&[missing, made, sent, failed, ("payouts_paid", "done", 1, 800)]));

    go_to(&world, "2026-04-02T09:00:00Z").await;
    let past = world.manager.get("/v1/payday?month=2026-02").await.ok();
    as_their_lists(&world.manager, &past).await;
    let confirm = &past["steps"][5];
    assert_eq!((&confirm["step"], &confirm["standing"]), (&json!("confirm"), &json!("done")), "it was dealt with");
}
