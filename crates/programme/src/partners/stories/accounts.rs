//! Stories of a partner's account that changes: confirmed by mail, then waiting, and stopped in time.

use app::identity::Role;
use connect::mail::Mail;
use kernel::{Id, id, time::HOUR_MS};
use serde_json::{Value, json};
use testkit::{Caller, World, text};

const OLD: &str = "DE89370400440532013000";
const NEW: &str = "PL61109010140000071219812874";

fn account(iban: &str) -> Value {
    json!({"method": "sepa", "details": {"name": "Trail Notes", "iban": iban}})
}

struct Stage {
    world: World,
    partner: String,
    member: Caller,
    path: String,
}

/// A partner with an account and 50 euros payable.
async fn stage() -> Stage {
    let world = World::new().await;
    let partner = world.programme().await.partner;
    let member = world.partner_member(&partner).await;
    let path = format!("/v1/partners/{partner}/payout-details");
    let set = member.put(&path, account(OLD)).await.ok();
    assert_eq!((&set["details"]["iban"], &set["change"]), (&json!("…3000"), &Value::Null), "the first holds at once");
    let bonus = json!({
        "partner_id": partner, "kind": "bonus", "amount": {"minor": 5_000, "currency": "EUR"}, "reason": "Welcome"
    });
    world.manager.post("/v1/adjustments", bonus).await.ok();
    Stage { world, partner, member, path }
}

impl Stage {
    async fn shown(&self) -> Value {
        self.member.get(&self.path).await.ok()
    }

    /// Letters to the partner's own address, read.
    fn letters(&self) -> Vec<Mail> {
        self.world.mail_to(PARTNER)
    }

    /// Letters to the member, read.
    fn letters_of_member(&self) -> Vec<Mail> {
        let partner: Id<id::Partner> = self.partner.parse().expect("an id");
        self.world.mail_to(&format!("{}@partner.example", partner.as_u128()))
    }

    async fn confirm(&self, token: &str) -> testkit::Reply {
        self.world.nobody().post("/v1/account-changes/confirm", json!({"token": token})).await
    }
}

/// The partner's own address.
const PARTNER: &str = "hello@trailnotes.example";

fn token_of(letters: &[Mail]) -> String {
    let (_, rest) = letters[0].text.split_once("#token=").expect("a link");
    rest.split_whitespace().next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_account_is_confirmed_by_mail_and_waits() {
    let stage = stage().await;
    let Stage { world, member, path, .. } = &stage;
    let asked = member.put(path, account(NEW)).await.ok();
    assert_eq!((&asked["details"]["iban"], &asked["change"]["state"]), (&json!("…3000"), &json!("unconfirmed")));
    assert_eq!(asked["change"]["details"]["iban"], "…2874");
    world.settle().await;
    let letters = stage.letters_of_member();
    assert!(letters[0].text.contains("…2874") && !letters[0].text.contains(NEW), "{letters:?}");
    assert_eq!(stage.letters().len(), 1, "the partner's own address is told, without a link");
    let token = token_of(&letters);
    stage.confirm("guess").await.refused(401, "bad_token");
    assert_eq!(stage.confirm(&token).await.ok()["state"], "waiting");
    stage.confirm(&token).await.refused(409, "link_expired");

    world.pass_days(1).await;
    assert_eq!(stage.shown().await["details"]["iban"], "…3000", "a day is not enough");
    world.pass_days(1).await;
    world.advance_millis(HOUR_MS);
    world.settle().await;
    let shown = stage.shown().await;
    assert_eq!((&shown["details"]["iban"], &shown["change"]), (&json!("…2874"), &Value::Null));
    assert_eq!(stage.letters().len(), 1, "it holds now");
    let same = member.put(path, account(NEW)).await.ok();
    assert_eq!(same["change"], Value::Null, "nothing changes");
    let told = member.get(&format!("{path}/changes")).await.ok();
    assert_eq!((told["items"].as_array().map(Vec::len), &told["items"][0]["state"]), (Some(1), &json!("in_force")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thief_with_a_session_does_not_have_the_next_payout() {
    let stage = stage().await;
    let Stage { world, member, path, partner } = &stage;
    member.put(path, account(NEW)).await.ok();
    let pay = json!({"currency": "EUR", "method": "sepa"});
    let owner = world.member(Role::Owner).await;
    let bank = json!({"method": "sepa", "name": "Riverside", "iban": "DE02120300000000202051"});
    owner.put("/v1/payout-payers", bank).await.ok();
    let batch = owner.post("/v1/payout-batches", pay).await.ok();
    assert_eq!(batch["payouts"][0]["account_shown"], "…3000", "while it waits, money goes where it went");
    world.settle().await;
    let token = token_of(&stage.letters_of_member());
    assert_eq!(stage.letters().len(), 1);

    let change = format!("{path}/change");
    world.member(Role::Analyst).await.delete(&change).await.refused(403, "not_permitted");
    let (elsewhere, _) = world.other_workspace().await;
    elsewhere.delete(&change).await.refused(404, "not_found");
    assert_eq!(world.manager.delete(&change).await.status, 204);
    stage.confirm(&token).await.refused(409, "link_expired");
    world.manager.delete(&change).await.refused(404, "not_found");
    world.pass_days(10).await;
    assert_eq!(stage.shown().await["details"]["iban"], "…3000");
    let told = world.manager.get(&format!("/v1/partners/{partner}/payout-details/changes")).await.ok();
    assert_eq!(told["items"][0]["state"], "cancelled");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_staff_asks_the_partner_confirms_and_a_newer_change_ends_an_older() {
    let stage = stage().await;
    let Stage { world, path, .. } = &stage;
    let owner = world.member(Role::Owner).await;
    owner.patch("/v1/workspace", json!({"payee_change_wait_hours": 721})).await.refused(422, "invalid_fields");
    owner.patch("/v1/workspace", json!({"payee_change_wait_hours": 0})).await.ok();
    world.manager.put(path, account("DE75512108001245126199")).await.ok();
    world.settle().await;
    let older = token_of(&stage.letters());
    assert_eq!(stage.letters_of_member().len(), 1, "the member is told");
    let asked = world.manager.put(path, account(NEW)).await.ok();
    assert_eq!(asked["change"]["is_by_staff"], true);
    world.settle().await;
    let newer = token_of(&stage.letters());
    stage.letters_of_member();
    stage.confirm(&older).await.refused(409, "link_expired");
    assert_eq!(stage.confirm(&newer).await.ok()["state"], "in_force", "this workspace does not wait");
    world.settle().await;
    stage.letters();
    assert_eq!(stage.shown().await["details"]["iban"], "…2874");

    world.manager.put(path, account(OLD)).await.ok();
    let by_hand = format!("{path}/change/confirm");
    world.manager.post(&by_hand, json!({})).await.refused(409, "second_person_needed");
    stage.member.post(&by_hand, json!({})).await.refused(403, "not_permitted");
    world.settle().await;
    let late = token_of(&stage.letters());
    stage.letters_of_member();
    world.pass_days(8).await;
    stage.confirm(&late).await.refused(409, "link_expired");
    let told = world.manager.get(&format!("{path}/changes")).await.ok();
    let states: Vec<_> = told["items"].as_array().unwrap().iter().map(|item| text(item, "state")).collect();
    assert_eq!(states, ["expired", "in_force", "replaced"]);

    stage.member.put(path, account(OLD)).await.ok();
    world.settle().await;
    assert_eq!((stage.letters_of_member().len(), stage.letters().len()), (1, 1));
    let confirmed = world.manager.post(&by_hand, json!({})).await.ok();
    assert_eq!(confirmed["state"], "in_force", "the manager called and asked");
    world.settle().await;
    stage.letters();
    assert_eq!(stage.shown().await["details"]["iban"], "…3000");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_address_for_letters_moves_no_money() {
    let world = World::new().await;
    let partner = world.programme().await.partner;
    let path = format!("/v1/partners/{partner}/payout-details");
    world.manager.put(&path, json!({"method": "payoneer", "details": {}})).await.ok();
    let bonus = json!({
        "partner_id": partner, "kind": "bonus", "amount": {"minor": 5_000, "currency": "EUR"}, "reason": "Welcome"
    });
    world.manager.post("/v1/adjustments", bonus).await.ok();
    world.manager.patch(&format!("/v1/partners/{partner}"), json!({"email": "thief@example.net"})).await.ok();
    let batch = world.manager.post("/v1/payout-batches", json!({"currency": "EUR", "method": "payoneer"})).await.ok();
    let file = world.manager.get(&format!("/v1/payout-batches/{}/file", text(&batch, "id"))).await;
    assert!(file.text.contains(PARTNER) && !file.text.contains("thief"), "{}", file.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_staff_changed_lately_confirms_no_account() {
    let stage = stage().await;
    let Stage { world, partner, path, .. } = &stage;
    world.manager.patch(&format!("/v1/partners/{partner}"), json!({"email": "thief@example.net"})).await.ok();
    world.manager.put(path, account(NEW)).await.ok();
    world.settle().await;
    let letters = world.mail_to("thief@example.net");
    assert!(letters.iter().all(|letter| !letter.text.contains("#token=")), "{letters:?}");
    assert_eq!(stage.letters_of_member().len(), 1, "the partner's people are told");
    let confirm = format!("{path}/change/confirm");
    world.manager.post(&confirm, json!({})).await.refused(409, "second_person_needed");
    let finance = world.member(Role::Finance).await;
    assert_eq!(finance.post(&confirm, json!({})).await.ok()["state"], "waiting");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_goes_out_of_use_with_the_place_of_who_asked() {
    let stage = stage().await;
    let Stage { world, member, path, .. } = &stage;
    member.put(path, account(NEW)).await.ok();
    world.settle().await;
    let token = token_of(&stage.letters_of_member());
    let owner = world.member(Role::Owner).await;
    let people = owner.get("/v1/people?limit=100").await.ok();
    let people = people["items"].as_array().expect("people");
    let who = people.iter().find(|one| one["role"] == "partner").expect("the member");
    assert_eq!(owner.delete(&format!("/v1/people/{}", text(who, "id"))).await.status, 204);
    assert_eq!(stage.letters().len(), 1, "the partner's own address was told");
    stage.confirm(&token).await.refused(401, "bad_token");
}
