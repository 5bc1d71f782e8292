//! Stories of batches that PayPal pays, against a stand-in that follows its specification.

use std::sync::Arc;

use app::{identity::Role, payouts::through_paypal};
use connect::paypal::{FakePayPal, ItemState, Trouble};
use kernel::{
    Timestamp,
    time::{DAY_MS, MINUTE_MS, MovableClock},
};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Caller, World, WorldOptions, text};

use super::sending::payee;

struct Stage {
    world: World,
    fake: FakePayPal,
    finance: Caller,
}

async fn stage() -> Stage {
    let clock = MovableClock::starting_at(Timestamp::parse("2026-02-02T09:00:00Z").expect("valid"));
    let fake = FakePayPal::start(Arc::new(clock)).await.expect("a stand-in");
    let settings = format!("paypal_address = \"{}\"", fake.host()).parse().expect("a setting");
    let world = World::with(WorldOptions { settings, ..WorldOptions::default() }).await;
    let owner = world.member(Role::Owner).await;
    let key = FakePayPal::key();
    let payer = json!({
        "method": "paypal", "client_id": key.client_id, "client_secret": key.client_secret, "webhook_id": "8PT5"
    });
    owner.put("/v1/payout-payers", payer).await.ok();
    let finance = world.member(Role::Finance).await;
    Stage { world, fake, finance }
}

impl Stage {
    async fn payee(&self, name: &str, email: &str) -> String {
        payee(&self.world, name, ("paypal", json!({"email": email})), 2_500, "EUR").await
    }

    async fn batch(&self) -> String {
        let new = json!({"currency": "EUR", "method": "paypal"});
        text(&self.finance.post("/v1/payout-batches", new).await.ok(), "id")
    }

    async fn send(&self, batch: &str) -> Value {
        self.finance.post(&format!("/v1/payout-batches/{batch}/send"), json!({})).await.ok()
    }

    async fn shown(&self, batch: &str) -> Value {
        self.finance.get(&format!("/v1/payout-batches/{batch}")).await.ok()
    }

    /// What the server does by itself, until nothing is due.
    async fn turn(&self) {
        while through_paypal::turn(self.world.platform().app()).await.expect("PayPal is asked") > 0 {}
    }

    async fn later(&self, millis: i64) {
        self.world.advance_millis(millis);
        self.turn().await;
    }
}

fn states(batch: &Value) -> Vec<String> {
    let mut states: Vec<_> =
        batch["payouts"].as_array().expect("a list").iter().map(|row| text(row, "state")).collect();
    states.sort();
    states
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_payment_tells_what_became_of_it() {
    let stage = stage().await;
    let anna = stage.payee("Anna", "anna@example.com").await;
    let ben = stage.payee("Ben", "ben@example.com").await;
    let carl = stage.payee("Carl", "carl@example.com").await;
    stage.fake.decide("ben@example.com", ItemState::Failed, "RECEIVER_ACCOUNT_LOCKED");
    stage.fake.decide("carl@example.com", ItemState::Unclaimed, "RECEIVER_UNREGISTERED");
    let batch = stage.batch().await;
    assert_eq!(stage.send(&batch).await["state"], "sending");
    let path = format!("/v1/payout-batches/{batch}/paid");
    stage.finance.post(&path, json!({})).await.refused(409, "told_by_service");
    stage.turn().await;
    let sent = stage.shown(&batch).await;
    assert_eq!(sent["state"], "sent", "{sent}");
    assert_eq!(states(&sent), ["in_transit"; 3]);

    stage.fake.process();
    stage.later(2 * MINUTE_MS).await;
    let told = stage.shown(&batch).await;
    assert_eq!(states(&told), ["failed", "in_transit", "paid"], "{told}");
    assert!(told.to_string().contains("RECEIVER_ACCOUNT_LOCKED"), "{told}");
    assert_eq!(stage.world.balance(&anna).await["paid"], 2_500);
    assert_eq!(stage.world.balance(&ben).await["payable"], 2_500, "exactly the failed amount is payable again");
    assert_eq!(stage.world.balance(&carl).await["in_transit"], 2_500, "nobody has claimed it");
    assert_eq!(stage.fake.accepted().len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_that_was_accepted_before_the_answer_broke_off_is_not_sent_again() {
    let stage = stage().await;
    let anna = stage.payee("Anna", "anna@example.com").await;
    let batch = stage.batch().await;
    // Twice within one turn, so that the turn ends in doubt.
    stage.fake.trouble([Trouble::BreaksAfterAccepting, Trouble::ServerError]);
    stage.send(&batch).await;
    stage.turn().await;
    let doubt = stage.shown(&batch).await;
    assert_eq!((&doubt["state"], states(&doubt)[0].as_str()), (&json!("sending"), "in_transit"), "{doubt}");
    assert!(doubt["trouble"].is_string(), "{doubt}");
    let reject = format!("/v1/payout-batches/{batch}/reject");
    stage.finance.post(&reject, json!({"reason": "again"})).await.refused(409, "already_sent");

    stage.later(2 * MINUTE_MS).await;
    stage.fake.process();
    stage.later(2 * MINUTE_MS).await;
    assert_eq!(stage.shown(&batch).await["payouts"][0]["state"], "paid");
    assert_eq!(stage.fake.accepted().len(), 1, "paid once");
    assert_eq!(stage.world.balance(&anna).await["paid"], 2_500);
    assert_eq!(stage.finance.get("/v1/payouts/owed?currency=EUR").await.ok()["total"]["minor"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sure_refusal_goes_back_to_people() {
    let stage = stage().await;
    let anna = stage.payee("Anna", "anna@example.com").await;
    let batch = stage.batch().await;
    stage.fake.trouble([Trouble::Refuses { status: 422, name: "INSUFFICIENT_FUNDS" }]);
    stage.send(&batch).await;
    stage.turn().await;
    let back = stage.shown(&batch).await;
    assert_eq!(back["state"], "approved", "{back}");
    assert!(text(&back, "trouble").contains("INSUFFICIENT_FUNDS"), "{back}");
    stage.fake.trouble([Trouble::RateLimited { retry_after_s: 30 }]);
    stage.send(&batch).await;
    stage.turn().await;
    assert_eq!(stage.shown(&batch).await["state"], "sending", "PayPal asked to wait");
    stage.later(MINUTE_MS).await;
    assert_eq!(stage.shown(&batch).await["state"], "sent");
    stage.fake.deny(&batch);
    stage.later(2 * MINUTE_MS).await;
    assert_eq!(stage.shown(&batch).await["payouts"][0]["state"], "failed");
    assert_eq!(stage.world.balance(&anna).await["payable"], 2_500);
    assert_eq!(stage.fake.accepted().len(), 1, "what was denied was accepted once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_paypal_may_have_forgotten_is_for_people() {
    let stage = stage().await;
    let anna = stage.payee("Anna", "anna@example.com").await;
    let batch = stage.batch().await;
    stage.fake.trouble([Trouble::BreaksAfterAccepting, Trouble::ServerError]);
    stage.send(&batch).await;
    stage.turn().await;
    stage.later(29 * DAY_MS).await;
    let doubtful = stage.shown(&batch).await;
    assert_eq!(doubtful["state"], "doubtful", "{doubtful}");
    assert_eq!(stage.fake.accepted().len(), 1);
    let paid = format!("/v1/payout-batches/{batch}/paid");
    stage.finance.post(&paid, json!({"reference": "seen at PayPal"})).await.ok();
    assert_eq!(stage.world.balance(&anna).await["paid"], 2_500);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn news_of_paypal_has_a_batch_asked_about_at_once() {
    let stage = stage().await;
    stage.payee("Anna", "anna@example.com").await;
    let batch = stage.batch().await;
    stage.send(&batch).await;
    stage.turn().await;
    let sent = stage.shown(&batch).await;
    stage.fake.process();
    let message = json!({
        "id": "WH-1", "event_type": "PAYMENT.PAYOUTSBATCH.SUCCESS",
        "resource": {"batch_header": {"payout_batch_id": sent["provider_batch_id"]}}
    });
    let told = async |signed: &[u8]| {
        let signs = FakePayPal::sign(signed);
        let headers = [
            ("paypal-auth-algo", signs.auth_algo.as_str()),
            ("paypal-cert-url", signs.cert_url.as_str()),
            ("paypal-transmission-id", signs.transmission_id.as_str()),
            ("paypal-transmission-sig", signs.transmission_sig.as_str()),
            ("paypal-transmission-time", signs.transmission_time.as_str()),
        ];
        let path = format!("/v1/paypal-news/{}", stage.world.tenant.id());
        let reply = stage.world.nobody().send(Method::POST, &path, Some(message.clone()), &headers).await;
        reply.status
    };
    assert_eq!(told(b"something else").await, 404, "somebody else's");
    stage.turn().await;
    assert_eq!(states(&stage.shown(&batch).await), ["in_transit"]);
    assert_eq!(told(message.to_string().as_bytes()).await, 204);
    stage.turn().await;
    assert_eq!(states(&stage.shown(&batch).await), ["paid"], "a minute has not passed");
}
