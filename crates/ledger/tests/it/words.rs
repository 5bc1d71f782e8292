//! The words of the tables: each row's event becomes one entry.

use kernel::{
    Currency, Id,
    id::{Advertiser, Partner, Payout},
    money::parse_amount,
};
use ledger::{Earning, Entry, Opening, Stage, Stamp, Standing, Transfer, entries};

use crate::book::{Book, TENANT, earning, euro};

pub const ANN: Id<Partner> = Id::from_u128(0xA001);
pub const BEN: Id<Partner> = Id::from_u128(0xA002);
pub const SHOP: Id<Advertiser> = Id::from_u128(0xB001);
const PAYOUT: Id<Payout> = Id::from_u128(0xF001);

/// What stands in the payable and debt accounts of the two partners, and what the shop owes.
pub struct Now {
    ann: Standing,
    ben: Standing,
    receivable: i64,
}

impl Now {
    pub async fn read(book: &Book) -> Self {
        let standings = ledger::standings(&book.db, TENANT, &[ANN, BEN]).await.unwrap();
        let standing = |partner| standings.get(&(partner, Currency::EUR)).copied().unwrap_or_default();
        let shop = ledger::advertiser_balance(&book.db, TENANT, SHOP).await.unwrap();
        Self {
            ann: standing(ANN),
            ben: standing(BEN),
            receivable: shop.first().map_or(0, |balance| balance.receivable),
        }
    }
}

/// Reads an event such as `reverse 4 charging 16 when locked`.
pub fn entry(event: &str, stamp: Stamp, now: &Now) -> Entry {
    let words: Vec<&str> = event.split_whitespace().collect();
    let ann = |stage: &str| stage_of(stage, now.ann);
    match words[..] {
        ["hold", pay, "charging", charge] => entries::hold(stamp, &of(pay, charge)),
        ["release", pay, "charging", charge] => entries::release(stamp, &of(pay, charge)),
        ["approve", pay, "charging", charge] => entries::approve(stamp, &of(pay, charge)),
        ["approve", "at", "once", pay, "charging", charge] => entries::approve_at_once(stamp, &of(pay, charge)),
        ["lock", pay] => entries::lock(stamp, &of(pay, "0")),
        ["reverse", pay, "charging", charge, "when", stage] => entries::reverse(stamp, &of(pay, charge), ann(stage)),
        ["reinstate", pay, "charging", charge, "as", stage] => entries::reinstate(stamp, &of(pay, charge), ann(stage)),
        ["reprice", pay, "charging", charge, "when", stage] => entries::reprice(stamp, &of(pay, charge), ann(stage)),
        ["move", pay, "to", "ben", "when", stage] => {
            let (from, to) = (of(pay, "0"), Earning { partner: BEN, ..of(pay, "0") });
            entries::reassign(stamp, (&from, ann(stage)), (&to, stage_of(stage, now.ben)))
        }
        ["adjust", amount, "when", stage] => entries::adjust(stamp, ANN, euro(cents(amount)), ann(stage)),
        ["shop", "pays", amount] => entries::advertiser_paid(stamp, SHOP, euro(cents(amount)), now.receivable),
        ["shop", "is", "given", "back", amount] => entries::advertiser_refunded(stamp, SHOP, euro(cents(amount))),
        ["tax", "of", "invoice", amount] => entries::vat(stamp, SHOP, euro(cents(amount))),
        ["subscription", amount] => entries::subscription(stamp, SHOP, euro(cents(amount))),
        ["prepaid", "used", amount] => entries::prepaid_used(stamp, SHOP, euro(cents(amount))),
        ["exchange", amount, "back", bought] => entries::exchange(stamp, ANN, euro(cents(amount)), euro(cents(bought))),
        ["open", side, amount] => entries::opened(stamp, opening(side), euro(cents(amount))),
        ["close", side, amount] => entries::closed(stamp, opening(side), euro(cents(amount))),
        [ref verb @ .., amount] => transfer(&verb.join(" "), stamp, amount),
        [] => panic!("an event has words"),
    }
}

fn transfer(verb: &str, stamp: Stamp, amount: &str) -> Entry {
    let transfer = Transfer { payout: PAYOUT, partner: ANN, amount: euro(cents(amount)) };
    let make = match verb {
        "batch" => entries::batch,
        "paid" => entries::paid,
        "failed" => entries::failed,
        "returned" => entries::returned,
        "offset debt" => entries::debt_offset,
        "withhold tax" => entries::tax_withheld,
        "fee of partner" => entries::fee_of_partner,
        "fee of workspace" => entries::fee_of_workspace,
        _ => panic!("no event is called {verb:?}"),
    };
    make(stamp, &transfer)
}

fn opening(side: &str) -> Opening {
    match side {
        "payable" => Opening::Payable(ANN),
        "debt" => Opening::Debt(ANN),
        "charged" => Opening::Receivable(SHOP),
        "prepaid" => Opening::Prepaid(SHOP),
        _ => panic!("no opening is called {side:?}"),
    }
}

fn of(pay: &str, charge: &str) -> Earning {
    earning(1, cents(pay), cents(charge))
}

fn stage_of(stage: &str, standing: Standing) -> Stage {
    match stage {
        "pending" => Stage::Pending,
        "approved" => Stage::Approved,
        "locked" => Stage::Locked(standing),
        "sent" => Stage::Sent(standing),
        _ => panic!("no stage is called {stage:?}"),
    }
}

fn cents(amount: &str) -> i64 {
    parse_amount(amount, 2).unwrap()
}
