//! Any history through the doors: whatever happens, and in whatever order, every number is what its entries say.

use std::{collections::HashMap, env, fmt::Write as _, time::Duration};

use app::{
    bonuses::{
        entity::{count, figure},
        rules::value,
    },
    conversions::entity::{commission, conversion},
    identity::Role,
    recruitment::{
        entity::share,
        rules::{base_minor, base_of},
    },
    simulations::in_force,
};
use proptest::{
    prelude::*,
    test_runner::{RngSeed, TestRunner},
};
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, serve_if_ordered, text};
use tokio::task::JoinSet;

use super::{dump, prove, records};

/// Currencies of the offers, with an order's amount in them.
const OFFERS: [(&str, &str); 4] = [("EUR", "79.99"), ("JPY", "12901"), ("KWD", "26.605"), ("USDT", "86.552005")];
const RATES: &str = "Date,USD,JPY,KWD,\n2026-02-02,1.0825,161.37,0.3325,\n";
const DERIVED: [(&str, &str); 2] =
    [("book_balances", "workspace_id, currency, account, owner_kind, owner_id"), ("book_chains", "workspace_id")];

/// Plays the histories of a failure again.
const SEED: &str = "TRIBUTARY_HISTORIES_SEED";
const SALES_IN_A_CRASH: usize = 4;
const KILLED_WITHIN_MS: u64 = 60;

/// What happens next, to which of those that it may happen to, and how much.
#[derive(Clone, Copy, Debug)]
struct Step {
    what: u8,
    which: usize,
    much: i64,
}

fn histories() -> impl Strategy<Value = Vec<Step>> {
    let step = (0_u8..38, 0_usize..64, 1_i64..5_000).prop_map(|(what, which, much)| Step { what, which, much });
    proptest::collection::vec(step, 10..60)
}

/// A world in play: four offers, two partners, two people who may approve.
struct Play {
    world: World,
    finance: Caller,
    offers: Vec<Programme>,
    rival: String,
    orders: Vec<(String, usize)>,
    /// What each offer's last reprice was proposed as.
    reprices: HashMap<usize, String>,
}

impl Play {
    async fn begin() -> Self {
        let world = World::new().await;
        let finance = world.member(Role::Finance).await;
        let owner = world.member(Role::Owner).await;
        let limit = json!({ "limit_minor": 2_500 });
        owner.send(reqwest::Method::PUT, "/v1/adjustment-limit", Some(limit), &[]).await.ok();
        world.manager.post("/v1/currencies/rates/file", json!({ "csv": RATES })).await.ok();
        world.manager.post("/v1/currencies/units", json!({ "code": "USDT" })).await.ok();
        let by_hand = json!({ "day": "2026-02-02", "from": "EUR", "to": "USDT", "rate": "1.0819" });
        world.manager.put("/v1/currencies/rates", by_hand).await.ok();
        let first = world.programme().await;
        let rival = json!({ "name": "Summit Club", "email": "hello@summit.example" });
        let rival = text(&world.manager.post("/v1/partners", rival).await.ok(), "id");
        let in_dollars = json!({ "method": "csv", "payout_currency": "USD" });
        world.manager.put(&format!("/v1/partners/{rival}/payout-details"), in_dollars).await.ok();
        recruited(&world, &[&first.partner, &rival]).await;
        let points = json!({ "code": "POINTS", "name": "Points", "decimals": 0, "kind": "points" });
        world.manager.post("/v1/reward-units", points).await.ok();
        let mut offers = Vec::new();
        for (currency, _) in OFFERS {
            offers.push(offer_in(&world, &first, currency).await);
        }
        let play = Self { world, finance, offers, rival, orders: Vec::new(), reprices: HashMap::new() };
        for offer in 0..OFFERS.len() {
            play.new_plan(offer, 10).await;
        }
        play.world.advance_millis(1_000);
        play
    }

    /// Whatever comes of it, the door answers: done, or refused with a code.
    async fn step(&mut self, Step { what, which, much }: Step) {
        match what {
            0..=7 => self.sale(which, much).await,
            8..=11 => self.said(which, "approved", "").await,
            12 => self.said(which, "rejected", "").await,
            13 | 14 => self.refund_of_a_part(which).await,
            15 => self.said(which, "refunded", "").await,
            16 => self.hand(which, "reinstate", json!({ "reason": "found to be right" })).await,
            17 => self.hand(which, "reverse", json!({ "reason": "chargeback" })).await,
            18 | 19 => self.hand(which, "reassign", self.to(much)).await,
            20 => {
                self.hand(which, if much % 2 == 0 { "freeze" } else { "unfreeze" }, json!({ "note": "looked into" }))
                    .await
            }
            21..=23 => self.adjust(which, much).await,
            24 => self.new_rate(which, much).await,
            25 => self.new_plan(which, much).await,
            26 | 27 => self.pay(which, much).await,
            28..=30 => self.world.pass_days(much % 9 + 1).await,
            31 => self.restart().await,
            32..=35 => self.reprice(which, much).await,
            _ => self.crash(which, much).await,
        }
    }

    async fn restart(&mut self) {
        self.world.restart().await;
        self.finance = self.world.again(&self.finance);
    }

    async fn sale(&mut self, which: usize, much: i64) {
        let (_, query) = self.order(which, much).await;
        self.world.postback(&query).await.ok();
    }

    /// The next order and the postback that will tell of it.
    async fn order(&mut self, which: usize, much: i64) -> (String, String) {
        let offer = which % OFFERS.len();
        let click = self.world.click(&self.offers[offer].slug).await;
        let order = format!("ORD-{}", self.orders.len());
        let amount = if much % 5 == 0 { "amount=33.33&currency=USD".to_owned() } else { amount_of(offer) };
        let query = format!("click_id={click}&goal=sale&order_id={order}&{amount}");
        self.orders.push((order.clone(), offer));
        (order, query)
    }

    /// One person proposes other rules for all that happened, another confirms or refuses; much may happen between.
    async fn reprice(&mut self, which: usize, much: i64) {
        let offer = which % OFFERS.len();
        match self.reprices.remove(&offer) {
            Some(proposed) => {
                let verdict = if much % 6 == 0 { "refuse" } else { "confirm" };
                answered(self.finance.post(&format!("{proposed}/{verdict}"), json!({})).await.status);
            }
            None => self.propose(offer, much).await,
        }
    }

    async fn propose(&mut self, offer: usize, much: i64) {
        let of_offer = format!("/v1/offers/{}/plan", self.offers[offer].offer);
        let mut rules = self.world.manager.get(&of_offer).await.ok()["earnings"]["versions"][0]["rules"].clone();
        for rule in rules.as_array_mut().expect("rules") {
            rule["effect"] = json!({ "percent": format!("{}.{:02}", much % 23, much % 100) });
        }
        let now = self.world.now();
        let tried = json!({
            "from": now.plus_days(-120).to_string(), "to": now.plus_days(1).to_string(), "earnings": rules
        });
        let tried = self.world.manager.post(&format!("{of_offer}/simulate"), tried).await.ok();
        let new = json!({ "simulation_id": text(&tried, "id"), "words": "as agreed" });
        let reply = self.world.manager.post("/v1/reprices", new).await;
        answered(reply.status);
        if reply.status == 201 {
            let path = format!("/v1/reprices/{}", text(&reply.json(), "id"));
            self.world.manager.post(&format!("{path}/confirm"), json!({})).await.refused(409, "second_person_needed");
            self.reprices.insert(offer, path);
        }
    }

    /// A node is killed while sales, a verdict and jobs are under way. What it acknowledged is there, and all that is sent
    /// again, as by a sender that got no answer, is there once.
    async fn crash(&mut self, which: usize, much: i64) {
        let verdict = pick(&self.orders, which).map(|(order, _)| format!("order_id={order}&goal=sale&status=approved"));
        let mut sales = Vec::new();
        for place in 0..=which % SALES_IN_A_CRASH {
            sales.push(self.order(which + place, much).await);
        }
        let node = self.world.hand_over(&this_story()).await;
        let queries = sales.iter().map(|(_, query)| query.clone()).chain(verdict);
        let under_way = under_way(&self.world, queries);
        tokio::time::sleep(Duration::from_millis(much as u64 % KILLED_WITHIN_MS)).await;
        self.world.killed(node).await;
        self.finance = self.world.again(&self.finance);
        let acknowledged: Vec<String> = under_way.join_all().await.into_iter().flatten().collect();
        self.world.settle().await;
        for (order, query) in sales {
            let kept = self.world.conversions_of(&order).await.len();
            assert!(kept == 1 || !acknowledged.contains(&query), "{order} was acknowledged and is lost");
            self.world.postback(&query).await.ok();
            assert_eq!(self.world.conversions_of(&order).await.len(), 1, "{order}");
        }
    }

    /// All that was begun comes to its end.
    async fn end(&mut self) {
        self.world.pass_days(1).await;
        assert_counted(&self.world).await;
        assert_shared(&self.world).await;
        let reprices = self.world.manager.get("/v1/reprices?limit=100").await.ok();
        let at_work: Vec<&Value> =
            reprices["items"].as_array().expect("reprices").iter().filter(|one| one["state"] == "running").collect();
        assert!(at_work.is_empty(), "{at_work:?}");
        for partner in ["hello@trailnotes.example", "hello@summit.example"] {
            self.world.mail_to(partner);
        }
    }

    async fn said(&self, which: usize, status: &str, more: &str) {
        let Some((order, _)) = pick(&self.orders, which) else { return };
        answered(self.world.postback(&format!("order_id={order}&goal=sale&status={status}{more}")).await.status);
    }

    async fn refund_of_a_part(&self, which: usize) {
        let Some((_, offer)) = pick(&self.orders, which) else { return };
        let (currency, _) = OFFERS[*offer];
        let part = if currency == "JPY" { "1001" } else { "7.77" };
        self.said(which, "refunded", &format!("&amount={part}&currency={currency}")).await;
    }

    async fn hand(&self, which: usize, action: &str, body: Value) {
        let Some((order, _)) = pick(&self.orders, which) else { return };
        for row in self.world.conversions_of(order).await {
            let path = format!("/v1/conversions/{}/{action}", text(&row, "id"));
            answered(self.world.manager.post(&path, body.clone()).await.status);
        }
    }

    fn to(&self, much: i64) -> Value {
        let partner = if much % 2 == 0 { &self.rival } else { &self.offers[0].partner };
        json!({ "partner_id": partner, "note": "by agreement of both" })
    }

    /// Above the limit the second person approves it, or refuses.
    async fn adjust(&self, which: usize, much: i64) {
        let (currency, _) = OFFERS[which % OFFERS.len()];
        let kind = ["bonus", "clawback", "correction"][which % 3];
        let partner = if which.is_multiple_of(2) { &self.rival } else { &self.offers[0].partner };
        let asked = json!({
            "partner_id": partner, "kind": kind, "amount": { "minor": much, "currency": currency },
            "reason": "agreed in writing"
        });
        let reply = self.world.manager.post("/v1/adjustments", asked).await.ok();
        if reply["state"] == "waiting" {
            let path = format!("/v1/adjustments/{}", text(&reply, "id"));
            let (verdict, body) =
                if which.is_multiple_of(5) { ("refuse", json!({ "note": "no" })) } else { ("approve", json!({})) };
            answered(self.finance.post(&format!("{path}/{verdict}"), body).await.status);
        }
    }

    async fn new_rate(&self, which: usize, much: i64) {
        let (currency, _) = OFFERS[1 + which % 3];
        let day = self.world.now().to_string();
        let rate = format!("{}.{much:04}", 1 + which);
        let body = json!({ "day": day[..10], "from": "EUR", "to": currency, "rate": rate });
        answered(self.world.manager.put("/v1/currencies/rates", body).await.status);
    }

    async fn new_plan(&self, which: usize, much: i64) {
        let offer = &self.offers[which % OFFERS.len()].offer;
        let mut lines = "earnings\n".to_owned();
        let _ = write!(lines, "{}.{:02}% ; goal sale", much % 20, which);
        let _ = write!(lines, "\nbonus conversions week: {} 3", 1 + much % 3);
        let _ = write!(lines, "\nbonus amount month: {} 5 ; goal sale\nbonus revenue total: 12 7", 90 + much % 200);
        let base = if which.is_multiple_of(2) { "payout" } else { "profit" };
        let _ = write!(lines, "\nrecruiter 1 {}.5% of {base} for 3 months\nreward {} POINTS", much % 20, 1 + much % 9);
        let draft = self.world.manager.post(&format!("/v1/offers/{offer}/plan/drafts"), json!({ "text": lines })).await;
        let path = format!("/v1/plan-drafts/{}/switch-on", text(&draft.ok(), "id"));
        answered(self.world.manager.post(&path, json!({ "valid_from": Value::Null })).await.status);
    }

    async fn pay(&self, which: usize, much: i64) {
        let currency = ["EUR", "JPY", "KWD", "USDT", "USD"][which % 5];
        let reply = self.world.manager.post("/v1/payout-batches", json!({ "currency": currency })).await;
        answered(reply.status);
        if reply.status >= 300 {
            return;
        }
        let batch = reply.json();
        if much % 3 > 0 {
            let path = format!("/v1/payout-batches/{}/paid", text(&batch, "id"));
            answered(self.world.manager.post(&path, json!({})).await.status);
            return;
        }
        for payout in batch["payouts"].as_array().expect("payouts") {
            let path = format!("/v1/payouts/{}/failed", text(payout, "id"));
            let reason = json!({ "reason": "the bank gave it back" });
            answered(self.world.manager.post(&path, reason).await.status);
        }
    }
}

/// Sends what these queries say; each that was acknowledged comes back.
fn under_way(world: &World, queries: impl Iterator<Item = String>) -> JoinSet<Option<String>> {
    let mut sent = JoinSet::new();
    for query in queries {
        let (caller, path) = (world.nobody(), format!("/postback?{query}&token={}", world.postback_token));
        sent.spawn(async move { caller.get_if_there(&path).await.filter(|reply| reply.status == 200).map(|_| query) });
    }
    sent
}

fn drawn() -> u64 {
    let mut bytes = [0; 8];
    kernel::Chance::fill(&kernel::ambient::SystemChance, &mut bytes);
    u64::from_be_bytes(bytes)
}

/// The name by which the test binary runs it.
fn this_story() -> String {
    let (_, module) = module_path!().split_once("::").expect("a module of the test binary");
    format!("{module}::after_any_history_every_number_is_what_its_entries_say")
}

/// A third partner recruited these.
async fn recruited(world: &World, partners: &[&str]) {
    let recruiter = json!({ "name": "Ridge Guides", "email": "hello@ridge.example" });
    let recruiter = text(&world.manager.post("/v1/partners", recruiter).await.ok(), "id");
    for partner in partners {
        let by = json!({ "recruited_by": recruiter });
        world.manager.patch(&format!("/v1/partners/{partner}"), by).await.ok();
    }
}

/// As the first programme, with an offer of its own in this currency that pays 10 % and charges 15 %.
async fn offer_in(world: &World, first: &Programme, currency: &str) -> Programme {
    let offer = json!({
        "advertiser_id": first.advertiser, "name": format!("Northwind {currency}"), "currency": currency,
        "landing_url": "https://shop.northwind.example/",
        "goals": [{ "name": "sale", "payout": { "percent": "10" }, "revenue": { "percent": "15" } }]
    });
    let offer = text(&world.manager.post("/v1/offers", offer).await.ok(), "id");
    let both = json!({ "offer_id": offer, "partner_id": first.partner });
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let link = world.manager.post("/v1/links", both).await.ok();
    Programme { offer, link: text(&link, "id"), slug: text(&link, "slug"), ..first.clone() }
}

fn amount_of(offer: usize) -> String {
    let (currency, amount) = OFFERS[offer];
    format!("amount={amount}&currency={currency}")
}

fn pick<T>(of: &[T], which: usize) -> Option<&T> {
    of.get(which % of.len().max(1))
}

#[track_caller]
fn answered(status: u16) {
    assert!(status < 500 && status != 404, "{status}");
}

/// The derived tables come back as they were from the entries alone.
async fn assert_rebuilt(world: &World) {
    let mut before = Vec::new();
    for (table, order) in DERIVED {
        before.push(dump(world, table, order).await);
    }
    let write = records(world).begin().await.expect("records");
    ledger::rebuild(&*write, world.tenant).await.expect("rebuilt");
    write.commit().await.expect("committed");
    for ((table, order), before) in DERIVED.into_iter().zip(before) {
        assert_eq!(dump(world, table, order).await, before, "{table}");
    }
}

/// What conversions count for towards bonuses is what they are worth now, and figures are the sums of it.
async fn assert_counted(world: &World) {
    let conn = records(world).read();
    let conversions = conversion::Entity::find().all(conn).await.expect("conversions");
    let conversions: HashMap<_, _> = conversions.into_iter().map(|row| (row.id, row)).collect();
    let mut sums: HashMap<_, i64> = HashMap::new();
    for count in count::Entity::find().all(conn).await.expect("counts") {
        let row = &conversions[&count.conversion_id];
        let is_own = count.applies && row.partner_id == Some(count.partner_id);
        assert_eq!(count.value, if is_own { value(count.metric(), row) } else { 0 }, "{count:?}");
        *sums.entry((count.place(), count.plan_version_id)).or_default() += count.value;
    }
    for figure in figure::Entity::find().all(conn).await.expect("figures") {
        let sum = sums.remove(&(figure.place(), figure.plan_version_id));
        assert_eq!(sum.unwrap_or_default(), figure.reached, "{figure:?}");
    }
    assert!(sums.values().all(|sum| *sum == 0), "{sums:?}");
}

/// Recruiters' shares are parts of what their conversions are worth now.
async fn assert_shared(world: &World) {
    let conn = records(world).read();
    let commissions = commission::Entity::find().all(conn).await.expect("commissions");
    let conversions = conversion::Entity::find().all(conn).await.expect("conversions");
    let conversions: HashMap<_, _> = conversions.into_iter().map(|row| (row.id, row)).collect();
    for share in share::Entity::find().all(conn).await.expect("shares") {
        let row = &conversions[&share.conversion_id];
        let is_own = |one: &&commission::Model| {
            let earns = matches!(one.kind, commission::Kind::Base | commission::Kind::Share);
            earns && one.conversion_id == row.id && one.partner_id == share.recruited_id
        };
        let own: Vec<_> = commissions.iter().filter(is_own).collect();
        let base = base_minor(base_of(&share.base), row, &own);
        assert_eq!(share.base_minor, base, "{share:?} of {row:?}");
    }
}

#[test]
fn after_any_history_every_number_is_what_its_entries_say() {
    serve_if_ordered();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let seed = env::var(SEED).map_or_else(|_| drawn(), |seed| seed.parse().expect("a number"));
    let settings = ProptestConfig {
        cases: 8,
        max_shrink_iters: 24,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..ProptestConfig::default()
    };
    let played = TestRunner::new(settings).run(&histories(), |history| {
        runtime.block_on(async {
            let mut play = Play::begin().await;
            for step in history {
                play.step(step).await;
            }
            play.end().await;
            let proof = prove(&play.world).await;
            prop_assert!(proof["is_whole"] == true, "{proof}");
            let plans = in_force::all(play.world.platform().app()).await.expect("tried");
            prop_assert!(plans.is_same(), "{plans:?}");
            assert_rebuilt(&play.world).await;
            Ok(())
        })
    });
    played.unwrap_or_else(|broken| panic!("{SEED}={seed}: {broken}"));
}
