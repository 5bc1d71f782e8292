//! The table of plans worked by hand, `cases.txt`, read and priced.

use std::str::FromStr;

use kernel::{Id, Timestamp, money};

use super::{text::Names, *};

const CASES: &str = include_str!("cases.txt");
/// The least that the table holds.
const CASES_MIN: usize = 60;

struct Plan {
    rules: Vec<Rule>,
    names: Names,
}

fn decimals(currency: &str) -> u32 {
    match currency {
        "JPY" => 0,
        "KWD" => 3,
        "USDT" => 6,
        _ => 2,
    }
}

fn plan(block: &[&str], currency: &str) -> Plan {
    let goals = [(1, "sale"), (2, "lead")].map(|(number, name)| (Id::from_u128(number), name.to_owned()));
    let names = Names { goals: goals.into(), decimals: decimals(currency) };
    let read = text::read(&block.join("\n"), &names).expect("rules of the table can be read");
    let whole = |(rule, number): (RuleIn, u128)| {
        let rule = rule.whole((Id::from_u128(number), Timestamp::from_millis(number as i64)));
        rule.checked("rule").expect("rules of the table are in bounds")
    };
    Plan { rules: read.earnings.unwrap_or_default().into_iter().zip(1..).map(whole).collect(), names }
}

fn parsed<T: FromStr>(word: &str) -> T {
    word.parse().unwrap_or_else(|_| panic!("{word} cannot be read"))
}

impl Plan {
    fn minor(&self, word: &str) -> i64 {
        money::parse_amount(word, self.names.decimals).expect("an amount")
    }

    fn case(&self, line: &str) -> PriceCase {
        let words: Vec<&str> = line.split_whitespace().collect();
        let goal = self.names.goal(words[0]).expect("a goal of the table");
        let mut case = PriceCase::plain(goal, Id::from_u128(1), self.minor(words[1]));
        words[2..].chunks(2).for_each(|pair| self.know(&mut case, pair[0], pair[1]));
        case
    }

    fn know(&self, case: &mut PriceCase, what: &str, word: &str) {
        let totals = |totals: Totals| Period::ALL.map(|period| Count { period, of_all: false, totals }).to_vec();
        let facts = &mut case.facts;
        match what {
            "partner" => case.partner_id = Id::from_u128(parsed(word)),
            "group" => facts.group = Some(word.to_owned()),
            "tag" => facts.tags.push(word.to_owned()),
            "country" => word.clone_into(&mut facts.country),
            "device" => word.clone_into(&mut facts.device),
            "traffic" => word.clone_into(&mut facts.traffic_type),
            "source" => word.clone_into(&mut facts.source),
            "sub1" => drop(facts.subs.insert(1, word.to_owned())),
            "coupon" => facts.coupon = Some(word.to_owned()),
            "sku" => facts.items.push(Item { sku: word.to_owned(), category: None }),
            "category" => facts.items.push(Item { sku: String::new(), category: Some(word.to_owned()) }),
            "customer" if word == "new" => facts.customer = Some(CustomerKind::New),
            "customer" => facts.customer = Some(CustomerKind::Returning),
            "nth" => facts.nth_order = Some(parsed(word)),
            "at" => facts.local = Some(parsed(word)),
            "since" => facts.customer_since = Some(parsed(word)),
            "tax" => facts.deducted_minor = self.minor(word),
            "revenue" => case.revenue_minor = self.minor(word),
            "before" => facts.counts = totals(Totals { conversions: parsed(word), ..Totals::default() }),
            "sold" => facts.counts = totals(Totals { amount_minor: self.minor(word), ..Totals::default() }),
            "charged" => facts.counts = totals(Totals { revenue_minor: self.minor(word), ..Totals::default() }),
            "paid" => facts.paid = self.paid(word),
            other => panic!("{other} is nothing the table knows"),
        }
    }

    fn paid(&self, word: &str) -> Vec<Paid> {
        let minor = self.minor(word);
        let of_rule = |rule: &Rule| {
            let id = rule.id;
            rule.limits
                .iter()
                .map(move |limit| Paid { rule: id, per: limit.per, period: limit.period, minor })
                .collect()
        };
        self.rules.iter().flat_map::<Vec<Paid>, _>(of_rule).collect()
    }
}

#[test]
fn every_case_of_the_table_earns_what_it_says() {
    let mut checked = 0;
    let lines: Vec<&str> = CASES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let blocks = lines.split_inclusive(|line| line.starts_with("plan "));
    let heads = lines.iter().filter(|line| line.starts_with("plan "));
    for (head, block) in heads.zip(blocks.skip(1)) {
        let currency = head.split_whitespace().nth(1).expect("a currency");
        let block: Vec<&str> = block.iter().copied().filter(|line| !line.starts_with("plan ")).collect();
        let (sales, rules): (Vec<&str>, Vec<&str>) = block.into_iter().partition(|line| line.starts_with("= "));
        let plan = plan(&rules, currency);
        for sale in sales {
            let (said, earned) = sale[2..].split_once("->").expect("what it earns");
            let priced = price(&plan.rules, &plan.case(said)).expect("fits");
            let told = money::format_amount(priced.minor, plan.names.decimals);
            assert_eq!(told, earned.trim(), "{head}: {said}");
            checked += 1;
        }
    }
    assert!(checked >= CASES_MIN, "{checked} cases");
}
