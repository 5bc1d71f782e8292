//! Any run of payouts: whatever fails, breaks off or is asked twice, nobody is paid twice or not at all.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use app::{identity::Role, payouts::through_paypal};
use connect::paypal::{FakePayPal, ItemState, Trouble};
use kernel::{
    Timestamp,
    time::{MINUTE_MS, MovableClock},
};
use proptest::{
    prelude::*,
    test_runner::{RngSeed, TestRunner},
};
use serde_json::{Value, json};
use testkit::{Caller, World, WorldOptions, seed, serve_if_ordered, text};
use tokio::task::JoinSet;

/// Plays the runs of a failure again.
const SEED: &str = "TRIBUTARY_PAYOUT_RUNS_SEED";
const KILLED_WITHIN_MS: u64 = 80;
/// Whom PayPal pays, whom the bank, who is paid by the plain file, and who by all three.
const PAYEES: [(&str, &str); 6] =
    [("anna", "paypal"), ("ben", "paypal"), ("carl", "paypal"), ("dora", "sepa"), ("emil", "csv"), ("fay", "sepa")];
/// Whose money is divided: a third stays with the bank.
const DIVIDED: &str = "fay";
const METHODS: [&str; 3] = ["paypal", "sepa", "csv"];
const IBAN: &str = "DE89370400440532013000";

/// What happens next, to which of those that it may happen to, and how much.
#[derive(Clone, Copy, Debug)]
struct Step {
    what: u8,
    which: usize,
    much: i64,
}

fn runs() -> impl Strategy<Value = Vec<Step>> {
    let step = (0_u8..24, 0_usize..64, 1_i64..5_000).prop_map(|(what, which, much)| Step { what, which, much });
    proptest::collection::vec(step, 10..50)
}

struct Play {
    world: World,
    fake: FakePayPal,
    finance: Caller,
    /// Agrees to what was left half drawn.
    second: Caller,
    partners: Vec<String>,
    /// By partner: what was given less what was taken back.
    earned: BTreeMap<String, i64>,
}

impl Play {
    async fn begin() -> Self {
        let clock = MovableClock::starting_at(Timestamp::parse("2026-02-02T09:00:00Z").expect("valid"));
        let fake = FakePayPal::start(Arc::new(clock)).await.expect("a stand-in");
        let settings = format!("paypal_address = \"{}\"", fake.host()).parse().expect("a setting");
        let world = World::with(WorldOptions { settings, ..WorldOptions::default() }).await;
        let owner = world.member(Role::Owner).await;
        let key = FakePayPal::key();
        let paypal = json!({"method": "paypal", "client_id": key.client_id, "client_secret": key.client_secret});
        let bank = json!({"method": "sepa", "name": "Riverside", "iban": "DE02120300000000202051"});
        for payer in [paypal, bank] {
            owner.put("/v1/payout-payers", payer).await.ok();
        }
        let finance = world.member(Role::Finance).await;
        let mut partners = Vec::new();
        for (name, method) in PAYEES {
            let email = format!("{name}@example.com");
            let new = json!({"name": name, "email": email});
            let partner = text(&world.manager.post("/v1/partners", new).await.ok(), "id");
            let account = json!({"name": name, "iban": IBAN, "email": email});
            let mut details = json!({"method": method, "details": account});
            if name == DIVIDED {
                let further = |method: &str| json!({"method": method, "details": account, "share_bp": 3_333});
                details["further_accounts"] = json!([further("paypal"), further("csv")]);
            }
            world.manager.put(&format!("/v1/partners/{partner}/payout-details"), details).await.ok();
            partners.push(partner);
        }
        Self { world, fake, finance, second: owner, partners, earned: BTreeMap::new() }
    }

    async fn step(&mut self, Step { what, which, much }: Step) {
        match what {
            0..=4 => self.adjust(which, "bonus", much).await,
            5 => self.adjust(which, "clawback", much).await,
            6..=8 => drop(self.make(METHODS[which % METHODS.len()]).await),
            9..=11 => self.of_batch(which, "send", json!({})).await,
            12 => self.of_batch(which, "reject", json!({"reason": "again"})).await,
            13 => self.of_batch(which, "paid", json!({"reference": "R-1"})).await,
            14 => self.of_payout(which, "failed", json!({"reason": "closed"})).await,
            15 => self.of_payout(which, "paid", json!({})).await,
            16 => self.of_payout(which, "returned", json!({"reason": "closed"})).await,
            17 => self.later(much % 20).await,
            18 => self.fake.process(),
            19 => self.fake.trouble([trouble(which)]),
            20 => self.fake.decide(&receiver(which), outcome(much), "REASON"),
            21 => self.break_off(much).await,
            22 => self.crash(which, much).await,
            _ => self.restart().await,
        }
    }

    async fn adjust(&mut self, which: usize, kind: &str, minor: i64) {
        let partner = self.partners[which % self.partners.len()].clone();
        let amount = json!({"minor": minor, "currency": "EUR"});
        let new = json!({"partner_id": partner, "kind": kind, "amount": amount, "reason": "story"});
        self.finance.post("/v1/adjustments", new).await.ok();
        *self.earned.entry(partner).or_default() += if kind == "bonus" { minor } else { -minor };
    }

    async fn make(&self, method: &str) -> bool {
        let made = self.finance.post("/v1/payout-batches", json!({"currency": "EUR", "method": method})).await;
        made.status == 201
    }

    async fn batches(&self) -> Vec<Value> {
        let all = self.finance.get("/v1/payout-batches?limit=1000").await.ok();
        all["items"].as_array().expect("a list").clone()
    }

    async fn payouts(&self) -> Vec<Value> {
        let all = self.finance.get("/v1/payouts?limit=1000").await.ok();
        all["items"].as_array().expect("a list").clone()
    }

    /// Refused or not: what may not be done is not done.
    async fn of_batch(&self, which: usize, what: &str, body: Value) {
        let batches = self.batches().await;
        let Some(batch) = batches.get(which % batches.len().max(1)) else { return };
        self.finance.post(&format!("/v1/payout-batches/{}/{what}", text(batch, "id")), body).await;
    }

    async fn of_payout(&self, which: usize, what: &str, body: Value) {
        let payouts = self.payouts().await;
        let Some(payout) = payouts.get(which % payouts.len().max(1)) else { return };
        self.finance.post(&format!("/v1/payouts/{}/{what}", text(payout, "id")), body).await;
    }

    async fn turn(&self) {
        while through_paypal::turn(self.world.platform().app()).await.expect("PayPal is asked") > 0 {}
    }

    async fn later(&self, minutes: i64) {
        self.world.advance_millis(minutes * MINUTE_MS);
        self.turn().await;
        self.world.settle().await;
    }

    /// What asks PayPal ends at any point of its work.
    async fn break_off(&self, much: i64) {
        self.world.advance_millis(10 * MINUTE_MS);
        let app = self.world.platform().app().clone();
        let within = Duration::from_micros(much as u64 * 10);
        let _ = tokio::time::timeout(within, through_paypal::turn(&app)).await;
    }

    /// A node is killed while batches are made, sent, paid and asked about.
    async fn crash(&mut self, which: usize, much: i64) {
        let batches = self.batches().await;
        let node = self.world.hand_over(&this_story()).await;
        let caller = self.world.again(&self.finance);
        let mut under_way = JoinSet::new();
        let mut asked: Vec<(String, Value)> = METHODS
            .map(|method| ("/v1/payout-batches".to_owned(), json!({"currency": "EUR", "method": method})))
            .to_vec();
        for batch in batches.iter().skip(which % 4).take(4) {
            let path = |what: &str| format!("/v1/payout-batches/{}/{what}", text(batch, "id"));
            asked.push((path("send"), json!({})));
            asked.push(if which.is_multiple_of(2) {
                (path("paid"), json!({}))
            } else {
                (path("reject"), json!({"reason": "again"}))
            });
        }
        for (path, body) in asked {
            let caller = caller.clone();
            under_way.spawn(async move { caller.post_if_there(&path, body).await.is_some() });
        }
        tokio::time::sleep(Duration::from_millis(much as u64 % KILLED_WITHIN_MS)).await;
        self.world.killed(node).await;
        self.know_again();
        under_way.join_all().await;
        self.world.settle().await;
    }

    async fn restart(&mut self) {
        self.world.restart().await;
        self.know_again();
    }

    fn know_again(&mut self) {
        self.finance = self.world.again(&self.finance);
        self.second = self.world.again(&self.second);
    }

    /// Nothing of anybody's is lost and nothing is there twice.
    async fn assert_kept(&self) {
        for (partner, earned) in &self.earned {
            let balance = self.world.balance(partner).await;
            let part = |name: &str| balance[name].as_i64().expect("an amount");
            let kept = part("payable") + part("in_transit") + part("paid") - part("debt");
            assert_eq!(kept, *earned, "{partner}: {balance}");
        }
    }

    /// All troubles are over: everybody is paid what is left, and PayPal has paid exactly what the book says it did.
    async fn end(&mut self) {
        for (name, _) in PAYEES {
            self.fake.decide(&format!("{name}@example.com"), ItemState::Success, "");
        }
        // Twenty minutes let go of what a crash left claimed or half drawn.
        for _ in 0..4 {
            self.later(20).await;
            self.fake.process();
            self.later(20).await;
            self.finish_batches().await;
            for method in METHODS {
                self.make(method).await;
            }
        }
        self.later(20).await;
        self.fake.process();
        self.later(20).await;
        self.finish_batches().await;
        self.assert_kept().await;
        for (partner, earned) in &self.earned {
            let balance = self.world.balance(partner).await;
            let part = |name: &str| balance[name].as_i64().expect("an amount");
            assert_eq!(part("in_transit"), 0, "{partner} is paid: {balance}");
            // What came back to somebody who owes more is kept for the debt.
            assert!(part("payable") == 0 || part("payable") <= part("debt"), "{partner} is paid: {balance}");
            assert!(part("paid") >= *earned, "{partner} earned {earned}: {balance}");
        }
        self.assert_paid_once().await;
    }

    async fn finish_batches(&self) {
        for batch in self.batches().await {
            let path = |what: &str| format!("/v1/payout-batches/{}/{what}", text(&batch, "id"));
            if batch["state"] == "awaiting_approval" {
                self.second.post(&path("approve"), json!({})).await.ok();
            }
            if ["approved", "awaiting_approval"].contains(&batch["state"].as_str().expect("a state")) {
                self.finance.post(&path("send"), json!({})).await;
            }
            if batch["method"] != "paypal" && batch["state"] != "rejected" {
                self.finance.post(&path("paid"), json!({})).await;
            }
        }
        self.turn().await;
    }

    async fn assert_paid_once(&self) {
        let accepted = self.fake.accepted();
        let distinct: HashSet<_> = accepted.iter().map(|item| item.sender_item_id.clone()).collect();
        assert_eq!(distinct.len(), accepted.len(), "PayPal took a payment twice: {accepted:?}");
        let methods: HashMap<_, _> =
            self.batches().await.iter().map(|batch| (text(batch, "id"), text(batch, "method"))).collect();
        for payout in self.payouts().await {
            if methods[&text(&payout, "batch_id")] == "paypal" && payout["state"] == "paid" {
                assert!(distinct.contains(&text(&payout, "id")), "nobody paid {payout}");
            }
        }
    }
}

fn receiver(which: usize) -> String {
    format!("{}@example.com", PAYEES[which % 3].0)
}

fn outcome(much: i64) -> ItemState {
    if much % 2 == 0 { ItemState::Success } else { ItemState::Failed }
}

fn trouble(which: usize) -> Trouble {
    match which % 4 {
        0 => Trouble::BreaksAfterAccepting,
        1 => Trouble::ServerError,
        2 => Trouble::RateLimited { retry_after_s: 30 },
        _ => Trouble::Refuses { status: 422, name: "INSUFFICIENT_FUNDS" },
    }
}

/// The name by which the test binary runs it.
fn this_story() -> String {
    let (_, module) = module_path!().split_once("::").expect("a module of the test binary");
    format!("{module}::whatever_fails_nobody_is_paid_twice_or_not_at_all")
}

#[test]
fn whatever_fails_nobody_is_paid_twice_or_not_at_all() {
    serve_if_ordered();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let seed = seed(SEED);
    let settings = ProptestConfig {
        cases: 8,
        max_shrink_iters: 24,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..ProptestConfig::default()
    };
    let played = TestRunner::new(settings).run(&runs(), |run| {
        runtime.block_on(async {
            let mut play = Play::begin().await;
            for step in run {
                play.step(step).await;
                play.assert_kept().await;
            }
            play.end().await;
            Ok(())
        })
    });
    played.unwrap_or_else(|broken| panic!("{SEED}={seed}: {broken}"));
}
