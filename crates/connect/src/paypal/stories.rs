//! Paying through PayPal, against the fake.

use std::{sync::Arc, time::Duration};

use kernel::{
    Currency, Money, Timestamp,
    time::{DAY_MS, HOUR_MS, MovableClock},
};

use super::*;

const WAIT_MS: u64 = 400;

struct Stage {
    fake: FakePayPal,
    paypal: PayPal,
    clock: MovableClock,
}

async fn stage() -> Stage {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let clock = MovableClock::starting_at(Timestamp::from_millis(0).plus_days(20_000));
    let fake = FakePayPal::start(Arc::new(clock.clone())).await.expect("a fake");
    let wait = Duration::from_millis(WAIT_MS);
    let paypal = PayPal::waiting(fake.host(), FakePayPal::key(), Arc::new(clock.clone()), wait).expect("a client");
    Stage { fake, paypal, clock }
}

fn payment(id: &str, receiver: &str, minor: i64) -> Payment {
    Payment {
        sender_item_id: id.to_owned(),
        receiver: Receiver::Email(receiver.to_owned()),
        amount: Money::new(minor, Currency::EUR),
        note: String::new(),
    }
}

fn draft(key: &str, payments: Vec<Payment>) -> Draft {
    Draft { sender_batch_id: key.to_owned(), email_subject: "Your earnings".to_owned(), payments }
}

fn batch(key: &str) -> Batch {
    let payments = vec![payment("one", "anna@example.com", 1_205), payment("two", "ben@example.com", 80_000)];
    Batch::new(draft(key, payments)).expect("a batch")
}

fn is_unclear<T: std::fmt::Debug>(result: &Result<T, PayPalError>) -> bool {
    matches!(result, Err(PayPalError::Unclear(_)))
}

#[tokio::test]
async fn a_batch_is_paid_and_each_item_tells_what_became_of_it() {
    let Stage { fake, paypal, .. } = stage().await;
    fake.decide("ben@example.com", ItemState::Failed, "RECEIVER_ACCOUNT_LOCKED");
    let sent = paypal.send(&batch("march"), None).await.expect("sent");
    assert_eq!((sent.state, sent.sender_batch_id.as_str()), (BatchState::Pending, "march"));
    let waiting = paypal.items(&sent.payout_batch_id, 1).await.expect("a page");
    assert!(waiting.items.iter().all(|item| item.state == ItemState::Pending));
    fake.process();
    let page = paypal.items(&sent.payout_batch_id, 1).await.expect("a page");
    assert_eq!((page.batch.state, page.items_total, page.is_last), (BatchState::Success, 2, true));
    let [anna, ben] = &page.items[..] else { panic!("two items: {page:?}") };
    assert_eq!(
        (anna.state, anna.amount, anna.reason.clone()),
        (ItemState::Success, Money::new(1_205, Currency::EUR), None)
    );
    assert_eq!(ben.state, ItemState::Failed);
    assert_eq!(ben.reason.as_ref().map(|reason| reason.code.as_str()), Some("RECEIVER_ACCOUNT_LOCKED"));
    assert_eq!(ben.fee, Some(Money::new(25, Currency::USD)));
    assert_eq!(paypal.item(&ben.payout_item_id).await.as_ref(), Ok(ben));
}

#[tokio::test]
async fn a_time_out_after_the_money_was_accepted_pays_once() {
    for trouble in [Trouble::TimesOutAfterAccepting, Trouble::BreaksAfterAccepting] {
        let Stage { fake, paypal, .. } = stage().await;
        fake.trouble([trouble]);
        let found = paypal.send(&batch("march"), None).await.expect("found by its key");
        assert_eq!(found.sender_batch_id, "march");
        assert_eq!(fake.accepted().len(), 2, "each payment once");
    }
}

#[tokio::test]
async fn what_stays_unclear_is_cleared_by_sending_the_same_again() {
    let Stage { fake, paypal, clock } = stage().await;
    let first_sent_at = clock.now();
    fake.trouble([Trouble::TimesOutAfterAccepting, Trouble::TimesOutBefore]);
    assert!(is_unclear(&paypal.send(&batch("march"), None).await));
    clock.set(first_sent_at.plus_millis(HOUR_MS));
    let found = paypal.send(&batch("march"), Some(first_sent_at)).await.expect("found");
    assert_eq!((found.payout_batch_id.as_str(), fake.accepted().len()), ("B1FAKE", 2));
}

#[tokio::test]
async fn after_a_doubt_a_refusal_is_none() {
    let Stage { fake, paypal, clock } = stage().await;
    let broke = Trouble::Refuses { status: 422, name: "INSUFFICIENT_FUNDS" };
    fake.trouble([Trouble::TimesOutAfterAccepting, broke.clone()]);
    assert!(is_unclear(&paypal.send(&batch("march"), None).await), "lacking, perhaps, because it was paid");
    for later in [broke.clone(), Trouble::RateLimited { retry_after_s: 5 }] {
        fake.trouble([later]);
        assert!(is_unclear(&paypal.send(&batch("march"), Some(clock.now())).await));
    }
    // Taken, and its page cannot be read: still taken.
    fake.trouble([Trouble::None, Trouble::Refuses { status: 400, name: "VALIDATION_ERROR" }, Trouble::None, broke]);
    assert!(is_unclear(&paypal.send(&batch("march"), None).await));
    assert_eq!(fake.accepted().len(), 2);
}

#[tokio::test]
async fn a_key_that_paypal_may_have_forgotten_is_not_sent() {
    let Stage { fake, paypal, clock } = stage().await;
    let first_sent_at = clock.now();
    paypal.send(&batch("march"), None).await.expect("sent");
    clock.set(first_sent_at.plus_millis(31 * DAY_MS));
    assert_eq!(paypal.send(&batch("march"), Some(first_sent_at)).await, Err(PayPalError::KeyForgotten));
    assert_eq!(fake.accepted().len(), 2);
}

#[tokio::test]
async fn another_batch_under_a_used_key_is_neither_paid_nor_taken_for_it() {
    let Stage { fake, paypal, .. } = stage().await;
    paypal.send(&batch("march"), None).await.expect("sent");
    let other = Batch::new(draft("march", vec![payment("one", "anna@example.com", 1)])).expect("a batch");
    assert!(is_unclear(&paypal.send(&other, None).await));
    assert_eq!(fake.accepted().len(), 2);
}

#[tokio::test]
async fn refusals_limits_and_failures_are_told_apart() {
    let Stage { fake, paypal, clock } = stage().await;
    fake.trouble([Trouble::Refuses { status: 422, name: "INSUFFICIENT_FUNDS" }]);
    let Err(PayPalError::Refused(refusal)) = paypal.send(&batch("a"), None).await else { panic!("refused") };
    assert_eq!((refusal.name.as_str(), refusal.details[0].issue.as_str()), ("INSUFFICIENT_FUNDS", "Refused on order"));
    fake.trouble([Trouble::RateLimited { retry_after_s: 7 }]);
    assert_eq!(paypal.send(&batch("a"), None).await, Err(PayPalError::RateLimited { retry_after_s: Some(7) }));
    fake.trouble([Trouble::Refuses { status: 403, name: "NOT_AUTHORIZED" }]);
    assert!(matches!(paypal.send(&batch("a"), None).await, Err(PayPalError::Auth(_))));
    fake.trouble([Trouble::ServerError, Trouble::ServerError]);
    assert!(is_unclear(&paypal.send(&batch("a"), None).await));
    fake.trouble([Trouble::ServerError]);
    assert!(matches!(paypal.item("I1").await, Err(PayPalError::Unreachable(_))), "reading changes nothing");
    assert!(matches!(paypal.item("../x").await, Err(PayPalError::Unclear(_))), "no id leads elsewhere");
    let nobody = PayPal::new("http://127.0.0.1:1", FakePayPal::key(), Arc::new(clock)).expect("a client");
    assert!(matches!(nobody.send(&batch("a"), None).await, Err(PayPalError::Unreachable(_))));
    assert!(fake.accepted().is_empty());
}

#[tokio::test]
async fn tokens_are_kept_renewed_and_replaced() {
    let Stage { fake, paypal, clock } = stage().await;
    let sent = paypal.send(&batch("march"), None).await.expect("sent");
    let look = || paypal.items(&sent.payout_batch_id, 1);
    look().await.expect("a page");
    assert_eq!(fake.tokens_given(), 1);
    clock.set(clock.now().plus_millis(9 * HOUR_MS));
    look().await.expect("renewed");
    fake.revoke_tokens();
    look().await.expect("replaced");
    assert_eq!(fake.tokens_given(), 3);
    let stranger = Key { client_secret: "guessed".to_owned(), ..FakePayPal::key() };
    let stranger = PayPal::new(fake.host(), stranger, Arc::new(clock)).expect("a client");
    assert!(matches!(stranger.send(&batch("april"), None).await, Err(PayPalError::Auth(_))));
}

#[tokio::test]
async fn the_unclaimed_is_taken_back_or_comes_back_by_itself() {
    let Stage { fake, paypal, clock } = stage().await;
    for receiver in ["anna@example.com", "ben@example.com"] {
        fake.decide(receiver, ItemState::Unclaimed, "RECEIVER_UNREGISTERED");
    }
    let sent = paypal.send(&batch("march"), None).await.expect("sent");
    fake.process();
    let page = paypal.items(&sent.payout_batch_id, 1).await.expect("a page");
    assert!(page.items.iter().all(|item| item.state == ItemState::Unclaimed && !item.state.is_with_sender()));
    let (one, two) = (&page.items[0].payout_item_id, &page.items[1].payout_item_id);
    fake.trouble([Trouble::TimesOutAfterAccepting]);
    assert!(is_unclear(&paypal.cancel_unclaimed(one).await));
    assert_eq!(paypal.item(one).await.map(|item| item.state), Ok(ItemState::Returned));
    assert!(matches!(paypal.cancel_unclaimed(one).await, Err(PayPalError::Refused(_))), "once only");
    clock.set(clock.now().plus_millis(30 * DAY_MS));
    fake.process();
    assert_eq!(paypal.item(two).await.map(|item| item.state.is_with_sender()), Ok(true));
}

#[tokio::test]
async fn a_denied_batch_denies_its_items() {
    let Stage { fake, paypal, .. } = stage().await;
    let sent = paypal.send(&batch("march"), None).await.expect("sent");
    fake.deny("march");
    let page = paypal.items(&sent.payout_batch_id, 1).await.expect("a page");
    assert_eq!(page.batch.state, BatchState::Denied);
    assert!(page.items.iter().all(|item| item.state == ItemState::Denied));
}

#[tokio::test]
async fn the_largest_batch_is_sent_at_once_and_read_by_pages() {
    let Stage { fake, clock, .. } = stage().await;
    let paypal = PayPal::new(fake.host(), FakePayPal::key(), Arc::new(clock)).expect("a client");
    let all = (0..BATCH_ITEMS_MAX).map(|n| payment(&format!("item-{n}"), &format!("p{n}@example.com"), 100)).collect();
    let sent = paypal.send(&Batch::new(draft("big", all)).expect("a batch"), None).await.expect("sent");
    fake.process();
    let (mut seen, mut page) = (std::collections::HashSet::new(), 1);
    loop {
        let read = paypal.items(&sent.payout_batch_id, page).await.expect("a page");
        seen.extend(read.items.into_iter().map(|item| item.sender_item_id));
        if read.is_last {
            break;
        }
        page += 1;
    }
    assert_eq!((seen.len(), page), (BATCH_ITEMS_MAX, 15));
}

#[tokio::test]
async fn news_counts_only_when_it_is_paypals_to_the_byte() {
    let Stage { fake, paypal, .. } = stage().await;
    let message = br#"{"id":"WH-1", "event_type":"PAYMENT.PAYOUTS-ITEM.UNCLAIMED",
        "resource":{"payout_item_id":"I1X0","payout_batch_id":"B1FAKE","transaction_status":"UNCLAIMED"}}"#;
    let signed = FakePayPal::sign(message);
    let news = paypal.news("WEBHOOK1", &signed, message).await.expect("asked").expect("its own");
    assert_eq!((news.id.as_str(), news.payout_item_id.as_deref()), ("WH-1", Some("I1X0")));
    let forged = String::from_utf8_lossy(message).replace("UNCLAIMED", "SUCCESS");
    assert_eq!(paypal.news("WEBHOOK1", &signed, forged.as_bytes()).await, Ok(None));
    let doubled = r#"{"id":"x","event_type":"y"},"webhook_id":"other""#;
    assert_eq!(paypal.news("WEBHOOK1", &FakePayPal::sign(doubled.as_bytes()), doubled.as_bytes()).await, Ok(None));
    fake.trouble([Trouble::Refuses { status: 400, name: "VALIDATION_ERROR" }]);
    assert_eq!(paypal.news("WEBHOOK1", &signed, message).await, Ok(None));
    fake.trouble([Trouble::ServerError]);
    assert!(matches!(paypal.news("WEBHOOK1", &signed, message).await, Err(PayPalError::Unreachable(_))));
    assert_eq!(NewsHeaders::read(|_| None), None);
}

#[test]
fn what_paypal_would_refuse_is_refused_before() {
    let fault = |payments| Batch::new(draft("k", payments)).err();
    let with = |change: fn(&mut Payment)| {
        let mut second = payment("two", "ben@example.com", 1);
        change(&mut second);
        fault(vec![payment("one", "anna@example.com", 1), second])
    };
    assert_eq!(fault(Vec::new()), Some(BatchFault::Count));
    assert_eq!(fault(vec![payment("x", "a@b.c", 1); BATCH_ITEMS_MAX + 1]), Some(BatchFault::Count));
    assert_eq!(with(|_| ()), None);
    assert_eq!(with(|second| second.sender_item_id = "one".to_owned()), Some(BatchFault::ItemId(1)));
    assert_eq!(with(|second| second.receiver = Receiver::Email("a b@c.d".to_owned())), Some(BatchFault::Receiver(1)));
    assert_eq!(with(|second| second.amount.minor = 0), Some(BatchFault::Amount(1)));
    assert_eq!(with(|second| second.amount.minor = i64::MAX), Some(BatchFault::Total));
    assert_eq!(with(|second| second.amount.currency = Currency::USD), Some(BatchFault::MixedCurrencies(1)));
    let rouble = Currency::from_code("RUB").expect("a code");
    let paid_in = |currency| Payment { amount: Money::new(100, currency), ..payment("one", "a@b.c", 1) };
    assert_eq!(fault(vec![paid_in(rouble)]), Some(BatchFault::Currency(0)));
    assert_eq!(with(|second| second.note = "я".repeat(1_001)), Some(BatchFault::Note(1)));
    assert_eq!(Batch::new(draft("", vec![payment("x", "a@b.c", 1)])), Err(BatchFault::Key));
}
