//! A day of clicks and what customers do after them.

use std::{
    collections::{BTreeMap, VecDeque},
    net::{IpAddr, Ipv4Addr},
};

use edge::{Edge, EdgeRequest};
use kernel::{
    Timestamp,
    crockford::encode_string,
    time::{DAY_MS, HOUR_MS, MINUTE_MS, MovableClock},
};
use rand::{Rng, RngExt as _, seq::IndexedRandom as _};

use super::{
    calendar::moment_of_day,
    cast::GoalCast,
    stage::Stage,
    visitors::{self, Visitor},
};

/// Recent visitors who may come again.
const RECENT_MAX: usize = 4_000;
const SUBS: [&str; 6] = ["newsletter", "home-banner", "review", "top10", "story", "bio"];
const REFERRERS: [&str; 6] = [
    "https://www.google.com/",
    "https://www.facebook.com/",
    "https://www.youtube.com/",
    "https://news.example.net/deals",
    "https://t.me/",
    "",
];
/// Share of customers who decide within the hour; the others take days.
const IMPULSIVE: f64 = 0.62;
/// After so many days the advertiser has judged an order.
const JUDGED_AFTER_DAYS: std::ops::Range<i64> = 2..12;
const REFUNDED_AFTER_DAYS: std::ops::Range<i64> = 5..40;

/// Something the advertiser will tell.
pub struct Due {
    pub at: Timestamp,
    /// Postback parameters without the token.
    pub query: String,
}

/// What the advertisers will tell, by moment.
#[derive(Default)]
pub struct Diary {
    due: BTreeMap<i64, Vec<Due>>,
    next_order: u64,
}

impl Diary {
    fn note(&mut self, at: Timestamp, query: String) {
        self.due.entry(at.millis()).or_default().push(Due { at, query });
    }

    /// Takes all that is due before `end`, oldest first.
    pub fn take_before(&mut self, end: Timestamp) -> Vec<Due> {
        let later = self.due.split_off(&end.millis());
        std::mem::replace(&mut self.due, later).into_values().flatten().collect()
    }
}

/// The crowd that clicks.
pub struct Crowd<R> {
    pub chance: R,
    recent: VecDeque<(usize, Visitor)>,
}

impl<R: Rng> Crowd<R> {
    pub fn new(chance: R) -> Self {
        Self { chance, recent: VecDeque::new() }
    }

    /// Clicks of the day that starts at `start`, in order of time; notes what follows from them.
    pub fn day(
        &mut self,
        edge: &Edge,
        clock: &MovableClock,
        stage: &Stage,
        plan: &DayPlan,
        diary: &mut Diary,
    ) -> anyhow::Result<()> {
        let mut moments: Vec<i64> = (0..plan.clicks).map(|_| moment_of_day(&mut self.chance)).collect();
        moments.sort_unstable();
        for moment in moments {
            let at = plan.start.plus_millis(moment);
            if at >= plan.end {
                break;
            }
            clock.set(at);
            let link = plan.choose(&mut self.chance);
            self.click(edge, clock, (stage, link, at), diary)?;
        }
        Ok(())
    }

    fn click(
        &mut self,
        edge: &Edge,
        clock: &MovableClock,
        (stage, link, at): (&Stage, usize, Timestamp),
        diary: &mut Diary,
    ) -> anyhow::Result<()> {
        let profile = stage.partners[stage.links[link].partner].profile;
        let is_bot = self.chance.random_bool(profile.bots);
        let visitor = if is_bot { visitors::bot(&mut self.chance) } else { self.visitor(link, profile.repeats) };
        if !is_bot {
            came_before(edge, clock, &visitor, at)?;
        }
        let sub = SUBS.choose(&mut self.chance).expect("there are subs");
        let target = format!("/c/{}?sub1={sub}&source_id=s{}", stage.links[link].slug, self.chance.random_range(1..30));
        let mut request = EdgeRequest::get("127.0.0.1", &target, visitor.address);
        request.user_agent = visitor.agent.into();
        request.accept_language = visitor.language.into();
        request.referrer = (*REFERRERS.choose(&mut self.chance).expect("there are referrers")).into();
        let response = edge.click(&request);
        let id = response.click_id.ok_or_else(|| anyhow::anyhow!("a click of the demo was not stored"))?;
        let offer = stage.links[link].offer.or_else(|| stage.offer_at(response.location()?));
        if let Some(offer) = offer.filter(|_| !is_bot) {
            self.perhaps_convert((stage, link, offer), &encode_string(id.as_u128()), at, diary);
        }
        Ok(())
    }

    fn visitor(&mut self, link: usize, repeats: f64) -> Visitor {
        if self.chance.random_bool(repeats) {
            let again = self.recent.iter().rev().take(400).find(|(of_link, _)| *of_link == link);
            if let Some((_, visitor)) = again {
                return visitor.clone();
            }
        }
        let visitor = visitors::person(&mut self.chance);
        if self.recent.len() == RECENT_MAX {
            self.recent.pop_front();
        }
        self.recent.push_back((link, visitor.clone()));
        visitor
    }

    fn perhaps_convert(
        &mut self,
        (stage, link, offer): (&Stage, usize, usize),
        click: &str,
        at: Timestamp,
        diary: &mut Diary,
    ) {
        let (offer, profile) = (stage.offers[offer].cast, stage.partners[stage.links[link].partner].profile);
        let rate = (offer.converts_per_mille / 1_000.0 * profile.conversion).min(0.5);
        if !self.chance.random_bool(rate) {
            return;
        }
        let customer = format!("c{}", self.chance.random_range(100_000..900_000));
        let approval = (offer.approval * profile.approval).min(0.99);
        let mut at = at.plus_millis(self.delay());
        for goal in offer.goals {
            if !self.chance.random_bool(goal.follows) {
                continue;
            }
            self.convert(goal, click, &customer, at, (approval, offer.refunds), diary);
            at = at.plus_millis(self.chance.random_range(HOUR_MS..6 * DAY_MS));
        }
    }

    fn delay(&mut self) -> i64 {
        if self.chance.random_bool(IMPULSIVE) {
            self.chance.random_range(2 * MINUTE_MS..HOUR_MS)
        } else {
            self.chance.random_range(HOUR_MS..9 * DAY_MS)
        }
    }

    fn convert(
        &mut self,
        goal: &GoalCast,
        click: &str,
        customer: &str,
        at: Timestamp,
        (approval, refunds): (f64, f64),
        diary: &mut Diary,
    ) {
        diary.next_order += 1;
        let order = format!("R{:06}", diary.next_order);
        let amount = match goal.sale_minor {
            (0, 0) => String::new(),
            (from, to) => {
                let minor = self.chance.random_range(from..=to);
                format!("&amount={}&currency=EUR", kernel::money::format_amount(minor, 2))
            }
        };
        let name = goal.name;
        let about = format!("click_id={click}&goal={name}&order_id={order}&customer_id={customer}{amount}");
        diary.note(at, format!("{about}&event_time={at}"));
        let judged_at = at.plus_millis(self.chance.random_range(JUDGED_AFTER_DAYS) * DAY_MS + HOUR_MS);
        let status = if self.chance.random_bool(approval) { "approved" } else { self.refusal() };
        diary.note(judged_at, format!("order_id={order}&goal={name}&status={status}"));
        if status == "approved" && self.chance.random_bool(refunds) {
            let refunded_at = judged_at.plus_millis(self.chance.random_range(REFUNDED_AFTER_DAYS) * DAY_MS);
            diary.note(refunded_at, format!("order_id={order}&goal={name}&status=refunded"));
        }
    }

    fn refusal(&mut self) -> &'static str {
        ["rejected", "cancelled", "trash", "declined"].choose(&mut self.chance).expect("there are words")
    }
}

/// A day's clicks and the links they fall on.
pub struct DayPlan {
    pub start: Timestamp,
    /// The history ends here, perhaps within the day.
    pub end: Timestamp,
    pub clicks: u64,
    /// Running sums of the weights of links whose partners have started.
    sums: Vec<(f64, usize)>,
}

impl DayPlan {
    pub fn new(stage: &Stage, day: u32, start: Timestamp, end: Timestamp, clicks: u64) -> Self {
        let mut sum = 0.0;
        let started = stage.links.iter().enumerate().filter(|(_, link)| stage.partners[link.partner].from_day <= day);
        let sums = started.map(|(index, link)| {
            sum += link.weight;
            (sum, index)
        });
        Self { start, end, clicks, sums: sums.collect() }
    }

    fn choose(&self, chance: &mut impl Rng) -> usize {
        let total = self.sums.last().expect("some partner starts on the first day").0;
        let drawn = chance.random_range(0.0..total);
        let at = self.sums.partition_point(|(sum, _)| *sum <= drawn);
        self.sums[at.min(self.sums.len() - 1)].1
    }
}

/// Where postbacks of the demo come from.
pub const ADVERTISER_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 20));

/// Ways in which visitors had come to the shop before they clicked, as the tag there saw them.
const WAYS: [&str; 5] = [
    r#"{"event":"page","entry":"1","referrer":"https://www.google.com/"}"#,
    r#"{"event":"page","entry":"1"}"#,
    r#"{"event":"page","entry":"1","utm_medium":"email"}"#,
    r#"{"event":"page","entry":"1","referrer":"https://l.instagram.com/"}"#,
    r#"{"event":"page","entry":"1","utm_medium":"cpc"}"#,
];
/// One visitor in so many had been to the shop before.
const CAME_BEFORE: u64 = 7;

/// The tag saw some of them some minutes earlier. Who and how follows from the address, so that nothing else of the demo
/// depends on it.
fn came_before(edge: &Edge, clock: &MovableClock, visitor: &Visitor, at: Timestamp) -> anyhow::Result<()> {
    let IpAddr::V4(address) = visitor.address else { return Ok(()) };
    let number = u64::from(u32::from(address)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    if !number.is_multiple_of(CAME_BEFORE) {
        return Ok(());
    }
    let way = WAYS[(number / CAME_BEFORE) as usize % WAYS.len()];
    let mut request = EdgeRequest::get("127.0.0.1", "/t", visitor.address);
    (request.method, request.body) = ("POST", way.as_bytes());
    request.user_agent = visitor.agent.into();
    clock.set(at.plus_millis(-(5 + (number % 300) as i64) * MINUTE_MS));
    edge.touch(&request)?;
    clock.set(at);
    Ok(())
}
