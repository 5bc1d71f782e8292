//! Recorded conversion calls of each dialect, and what they say in our words.

use std::net::{IpAddr, Ipv4Addr};

use super::*;
use crate::request::EdgeRequest;

fn said(dialect: Dialect, target: &str, groups: &[&str]) -> Result<Vec<String>, RefusalCode> {
    let request = EdgeRequest::get("h", target, IpAddr::V4(Ipv4Addr::LOCALHOST));
    let given = Fields::read(&request).map_err(|refusal| refusal.code)?;
    let said = Said::read(dialect, request.path, &given).map_err(|refusal| refusal.code)?;
    let offer = said.offer.clone().map(|offer| format!(" of {offer}")).unwrap_or_default();
    let receipts = said.into_receipts(|goal| groups.contains(&goal)).map_err(|refusal| refusal.code)?;
    let line = |receipt: OneReceipt| {
        let pairs: Vec<_> = receipt.fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let token = receipt.token.map(|token| format!(" by {token}")).unwrap_or_default();
        format!("{}{offer}{token}", pairs.join("&"))
    };
    Ok(receipts.into_iter().map(line).collect())
}

fn check(dialect: Dialect, target: &str, wanted: &[&str]) {
    assert_eq!(
        said(dialect, target, &[]).as_deref(),
        Ok(&wanted.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>()[..]),
        "{target}"
    );
}

#[test]
fn tune() {
    check(
        Dialect::Tune,
        "/aff_lsr?offer_id=26&transaction_id=1027c887059b47bc69c699f45466b9&amount=80.00&adv_sub=A-1&security_token=s",
        &["amount=80.00&click_id=1027c887059b47bc69c699f45466b9&order_id=A-1 of 26 by s"],
    );
    check(Dialect::Tune, "/aff_goal?a=lsr&goal_id=2&adv_id=7&transaction_id=x", &["click_id=x&goal=tune:2"]);
    check(Dialect::Tune, "/aff_goal?a=lsr&goal_name=deposit&transaction_id=x", &["click_id=x&goal=deposit"]);
    check(Dialect::Tune, "/aff_lsr?transaction_id=x&goal_id=0&status=rejected", &["click_id=x&status=rejected"]);
    check(
        Dialect::Tune,
        "/aff_lsr?transaction_id=x&adv_sub2=b&adv_unique1=u&promo_code=P&format=json",
        &["adv2=b&adv6=u&click_id=x&coupon=P"],
    );
}

#[test]
fn everflow() {
    check(
        Dialect::Everflow,
        "/?nid=101&transaction_id=0123456789abcdef0123456789abcdef&oid=7&amount=80&adv1=a&adv5=e&coupon_code=C\
         &verification_token=v&order_id=A-1",
        &["adv1=a&adv5=e&amount=80&click_id=0123456789abcdef0123456789abcdef&coupon=C&order_id=A-1 of 7 by v"],
    );
    check(Dialect::Everflow, "/?nid=101&transaction_id=x&aid=3&event_id=12", &["click_id=x&goal=everflow:12"]);
    check(Dialect::Everflow, "/?nid=101&transaction_id=x&event_id=0", &["click_id=x"]);
}

#[test]
fn affise() {
    check(
        Dialect::Affise,
        "/postback?clickid=5c9d0b6f2d1a4e0001a2b3c4&goal=1&sum=80.00&status=1&action_id=A-1&secure=s&promocode=P",
        &["amount=80.00&click_id=5c9d0b6f2d1a4e0001a2b3c4&coupon=P&goal=affise:1&order_id=A-1&status=approved by s"],
    );
    for (number, word) in [("2", "pending"), ("3", "rejected"), ("5", "hold"), ("7", "7")] {
        let wanted = format!("click_id=x&status={word}");
        check(Dialect::Affise, &format!("/postback?click_id=x&status={number}"), &[&wanted]);
    }
    check(Dialect::Affise, "/postback?clickid=x&custom_field1=a&user_id=u", &["adv1=a&click_id=x&customer_id=u"]);
}

#[test]
fn keitaro() {
    let call = |query: &str| format!("/e89bcbe/postback?subid=51ts6sgr1cbkdhljnrv&{query}");
    let wanted = |rest: &str| format!("{rest} by e89bcbe");
    let one = |query: &str, rest: &str| check(Dialect::Keitaro, &call(query), &[&wanted(rest)]);
    let click = "click_id=51ts6sgr1cbkdhljnrv";
    let mapped =
        "payout=21.0&status=confirmed&tid=52949935&from=adcombo.com&lead_status=hold&sale_status=lead,confirmed";
    one(mapped, &format!("amount=21.0&{click}&order_id=52949935&status=approved"));
    one("status=hold&lead_status=hold&sale_status=lead", &format!("{click}&status=pending"));
    one("status=lead&lead_status=hold&sale_status=lead", &format!("{click}&status=approved"));
    one("status=cancelled&rejected_status=reject,trash,cancelled", &format!("{click}&status=rejected"));
    one("status=sale&payout=80&currency=usd", &format!("amount=80&{click}&currency=usd&status=approved"));
    one("status=deposit", &format!("{click}&goal=keitaro:deposit"));
    one("status=registration&sub_id_3=c", &format!("adv3=c&{click}&goal=keitaro:registration"));
    one("status=trash", &format!("{click}&status=trash"));
    one("status=some_own_word", &format!("{click}&status=some_own_word"));
    one("payout=1", &format!("amount=1&{click}"));
}

#[test]
fn awin() {
    let call = "/sread.php?tt=ss&tv=2&merchant=1001&amount=30.50&ch=aw&vc=V&cr=EUR&ref=A-1&testmode=0&cks=x";
    let common = "adv1=aw&amount=30.50&click_id=x&coupon=V&currency=EUR";
    check(Dialect::Awin, call, &[&format!("{common}&order_id=A-1 of 1001")]);
    let with_parts = format!("{call}&parts=DEFAULT:30.50");
    check(Dialect::Awin, &with_parts, &[&format!("{common}&order_id=A-1 of 1001")]);
    let split = format!("{call}&parts=SHOES:10.00%7CBOOKS:20.00%7CSHOES:0.50");
    let known = said(Dialect::Awin, &split, &["SHOES"]).expect("two receipts");
    let part = |amount: &str, goal: &str| {
        format!("adv1=aw&amount={amount}&click_id=x&coupon=V&currency=EUR{goal}&order_id=A-1 of 1001")
    };
    assert_eq!(known, [part("20", ""), part("10.5", "&goal=awin:SHOES")], "an unknown group is the default one");
    assert_eq!(said(Dialect::Awin, &split, &[]), Ok(vec![part("30.50", "")]));
    assert_eq!(said(Dialect::Awin, &call.replace("testmode=0", "testmode=1"), &[]), Err(RefusalCode::TestMode));
    assert_eq!(said(Dialect::Awin, &format!("{call}&parts=SHOES"), &[]), Err(RefusalCode::BadParameter));
    assert_eq!(said(Dialect::Awin, &format!("{call}&parts=SHOES:x"), &[]), Err(RefusalCode::BadAmount));
}

#[test]
fn what_is_said_twice_unlike_is_refused() {
    assert_eq!(said(Dialect::Tune, "/aff_lsr?transaction_id=a&transaction_id=b", &[]), Err(RefusalCode::BadParameter));
    assert_eq!(said(Dialect::Tune, "/aff_lsr?transaction_id=%FF", &[]), Err(RefusalCode::BadParameter));
}
