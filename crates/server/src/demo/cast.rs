//! Who plays in the demo: three advertisers, twelve offers, sixty partners.

use serde_json::{Value, json};

pub struct AdvertiserCast {
    pub name: &'static str,
    pub offers: &'static [OfferCast],
}

/// What a customer does for an offer.
pub struct OfferCast {
    pub name: &'static str,
    pub vertical: &'static str,
    pub landing_url: &'static str,
    pub goals: &'static [GoalCast],
    /// Conversions of the primary goal per 1,000 valid clicks of an average partner.
    pub converts_per_mille: f64,
    /// Share of conversions the advertiser approves in the end.
    pub approval: f64,
    /// Share of approved sales that are sent back.
    pub refunds: f64,
    pub popularity: f64,
}

pub struct GoalCast {
    pub name: &'static str,
    pub kind: &'static str,
    pub payout: Rate,
    pub revenue: Rate,
    /// Order value in minor units: from, to. Nought for goals without one.
    pub sale_minor: (i64, i64),
    /// How often it follows the primary goal; 1 for the primary goal itself.
    pub follows: f64,
}

pub enum Rate {
    Percent(&'static str),
    Minor(i64),
}

impl Rate {
    pub fn json(&self) -> Value {
        match self {
            Self::Percent(percent) => json!({ "percent": percent }),
            Self::Minor(minor) => json!({ "minor": minor }),
        }
    }
}

use Rate::{Minor, Percent};

const fn sale(payout: &'static str, revenue: &'static str, sale_minor: (i64, i64)) -> GoalCast {
    let (payout, revenue) = (Percent(payout), Percent(revenue));
    GoalCast { name: "sale", kind: "sale", payout, revenue, sale_minor, follows: 1.0 }
}

const fn fixed(name: &'static str, kind: &'static str, payout: i64, revenue: i64, follows: f64) -> GoalCast {
    GoalCast { name, kind, payout: Minor(payout), revenue: Minor(revenue), sale_minor: (0, 0), follows }
}

const fn shop(
    name: &'static str,
    landing_url: &'static str,
    goals: &'static [GoalCast],
    converts_per_mille: f64,
    popularity: f64,
) -> OfferCast {
    OfferCast {
        name,
        vertical: "e-commerce",
        landing_url,
        goals,
        converts_per_mille,
        approval: 0.94,
        refunds: 0.07,
        popularity,
    }
}

const fn finance(
    name: &'static str,
    landing_url: &'static str,
    goals: &'static [GoalCast],
    converts_per_mille: f64,
    popularity: f64,
) -> OfferCast {
    OfferCast {
        name,
        vertical: "finance",
        landing_url,
        goals,
        converts_per_mille,
        approval: 0.72,
        refunds: 0.0,
        popularity,
    }
}

const fn game(
    name: &'static str,
    landing_url: &'static str,
    goals: &'static [GoalCast],
    converts_per_mille: f64,
    popularity: f64,
) -> OfferCast {
    OfferCast {
        name,
        vertical: "games",
        landing_url,
        goals,
        converts_per_mille,
        approval: 0.86,
        refunds: 0.0,
        popularity,
    }
}

pub const ADVERTISERS: [AdvertiserCast; 3] = [
    AdvertiserCast {
        name: "Northwind Outdoor",
        offers: &[
            shop(
                "Northwind Tents",
                "https://shop.northwind.example/tents",
                &[sale("10", "14", (9_900, 64_900))],
                22.0,
                1.4,
            ),
            shop(
                "Northwind Boots",
                "https://shop.northwind.example/boots",
                &[sale("8", "11.5", (5_900, 24_900))],
                26.0,
                1.2,
            ),
            shop(
                "Northwind Bikes",
                "https://shop.northwind.example/bikes",
                &[sale("5", "7", (39_900, 349_900))],
                8.0,
                0.7,
            ),
            shop(
                "Northwind Outlet",
                "https://outlet.northwind.example/",
                &[sale("12", "15", (1_900, 12_900))],
                30.0,
                1.0,
            ),
        ],
    },
    AdvertiserCast {
        name: "Lumen Bank",
        offers: &[
            finance(
                "Lumen Everyday Account",
                "https://www.lumenbank.example/account",
                &[fixed("lead", "lead", 1_250, 1_800, 1.0)],
                28.0,
                1.1,
            ),
            finance(
                "Lumen Credit Card",
                "https://www.lumenbank.example/card",
                &[fixed("lead", "lead", 2_800, 4_000, 1.0)],
                17.0,
                0.9,
            ),
            finance(
                "Lumen Savings",
                "https://www.lumenbank.example/savings",
                &[fixed("lead", "lead", 900, 1_300, 1.0)],
                24.0,
                0.6,
            ),
            finance(
                "Lumen Car Loan",
                "https://www.lumenbank.example/loan",
                &[fixed("lead", "lead", 4_500, 6_200, 1.0)],
                9.0,
                0.5,
            ),
        ],
    },
    AdvertiserCast {
        name: "Harbor Games",
        offers: &[
            game(
                "Harbor Tycoon",
                "https://play.harborgames.example/tycoon",
                &[
                    fixed("registration", "registration", 180, 260, 1.0),
                    fixed("first_deposit", "ftd", 1_900, 2_700, 0.22),
                ],
                48.0,
                1.0,
            ),
            game(
                "Harbor Chess Club",
                "https://play.harborgames.example/chess",
                &[
                    fixed("registration", "registration", 90, 130, 1.0),
                    fixed("subscription", "subscription", 700, 1_000, 0.12),
                ],
                52.0,
                0.7,
            ),
            game(
                "Harbor Farm",
                "https://play.harborgames.example/farm",
                &[
                    fixed("registration", "registration", 140, 200, 1.0),
                    fixed("first_deposit", "ftd", 1_200, 1_700, 0.15),
                ],
                55.0,
                0.8,
            ),
            game(
                "Harbor Quiz",
                "https://play.harborgames.example/quiz",
                &[fixed("registration", "registration", 60, 95, 1.0)],
                60.0,
                0.4,
            ),
        ],
    },
];

/// How a partner's traffic is.
pub struct Profile {
    pub group: &'static str,
    pub traffic_types: &'static [&'static str],
    pub share_of_partners: usize,
    /// Clicks against the average partner.
    pub volume: f64,
    /// Conversion rate against the offer's.
    pub conversion: f64,
    /// Approval against the offer's.
    pub approval: f64,
    pub bots: f64,
    pub repeats: f64,
}

pub const PROFILES: [Profile; 5] = [
    Profile {
        group: "content",
        traffic_types: &["content", "seo"],
        share_of_partners: 20,
        volume: 1.0,
        conversion: 1.15,
        approval: 1.04,
        bots: 0.02,
        repeats: 0.05,
    },
    Profile {
        group: "top",
        traffic_types: &["seo", "search", "influencer"],
        share_of_partners: 8,
        volume: 3.2,
        conversion: 1.25,
        approval: 1.05,
        bots: 0.02,
        repeats: 0.06,
    },
    Profile {
        group: "deals",
        traffic_types: &["coupon", "cashback"],
        share_of_partners: 12,
        volume: 1.1,
        conversion: 1.6,
        approval: 0.97,
        bots: 0.03,
        repeats: 0.12,
    },
    Profile {
        group: "media",
        traffic_types: &["native", "push", "social_ads"],
        share_of_partners: 15,
        volume: 1.3,
        conversion: 0.6,
        approval: 0.9,
        bots: 0.06,
        repeats: 0.08,
    },
    Profile {
        group: "watched",
        traffic_types: &["pop", "motivated"],
        share_of_partners: 5,
        volume: 1.8,
        conversion: 0.45,
        approval: 0.45,
        bots: 0.28,
        repeats: 0.25,
    },
];

const FIRST_WORDS: [&str; 12] =
    ["Trail", "Harbour", "Silver", "Copper", "Quiet", "North", "Amber", "Rapid", "Willow", "Stone", "Meadow", "Blue"];
const SECOND_WORDS: [&str; 5] = ["Notes", "Finds", "Guide", "Weekly", "Lab"];

/// Name and mail address of the partner at `index`.
pub fn partner_name(index: usize) -> (String, String) {
    let (first, second) =
        (FIRST_WORDS[index % FIRST_WORDS.len()], SECOND_WORDS[index / FIRST_WORDS.len() % SECOND_WORDS.len()]);
    let host = format!("{}{}", first.to_lowercase(), second.to_lowercase());
    (format!("{first} {second}"), format!("pay@{host}.example"))
}

/// Partners in all.
pub const PARTNERS: usize = 60;

/// The profile of the partner at `index`, spread evenly.
pub fn profile_of(index: usize) -> &'static Profile {
    let mut place = index * 37 % PARTNERS;
    for profile in &PROFILES {
        if place < profile.share_of_partners {
            return profile;
        }
        place -= profile.share_of_partners;
    }
    &PROFILES[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cast_is_whole() {
        assert_eq!(ADVERTISERS.iter().map(|advertiser| advertiser.offers.len()).sum::<usize>(), 12);
        assert_eq!(PROFILES.iter().map(|profile| profile.share_of_partners).sum::<usize>(), PARTNERS);
        let mut names: Vec<_> = (0..PARTNERS).map(partner_name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), PARTNERS);
    }
}
