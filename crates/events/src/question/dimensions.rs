//! Every dimension, on one page: what a report may be split and filtered by.

use kernel::{
    Id,
    id::{Advertiser, Goal, Kind, Landing, Link, Offer, Partner, SmartLink, User},
};
use serde::Serialize;

use super::measures::Facts;

/// What the values of a dimension are.
#[derive(Clone, Copy, Debug)]
pub enum Values {
    /// Buckets of local time.
    Time(Bucket),
    /// Rows of the records, told by id.
    Entity(&'static Entity),
    Text,
    Number,
}

/// A stretch of local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bucket {
    Hour,
    Day,
    /// Starts on Monday (ISO 8601).
    Week,
    Month,
    HourOfDay,
    /// 1 is Monday.
    Weekday,
}

/// How ids of one kind are read and printed.
#[derive(Debug)]
pub struct Entity {
    pub name: &'static str,
    pub print: fn(u128) -> String,
    pub parse: fn(&str) -> Option<u128>,
}

impl Entity {
    const fn of<K: Kind>(name: &'static str) -> Self {
        Self {
            name,
            print: |id| Id::<K>::from_u128(id).to_string(),
            parse: |text| Id::<K>::parse(text).map(Id::as_u128),
        }
    }
}

static ADVERTISERS: Entity = Entity::of::<Advertiser>("advertiser");
static GOALS: Entity = Entity::of::<Goal>("goal");
static LANDINGS: Entity = Entity::of::<Landing>("landing");
static LINKS: Entity = Entity::of::<Link>("link");
static OFFERS: Entity = Entity::of::<Offer>("offer");
static PARTNERS: Entity = Entity::of::<Partner>("partner");
static SMART_LINKS: Entity = Entity::of::<SmartLink>("smart_link");
static USERS: Entity = Entity::of::<User>("manager");

/// Which facts carry a dimension. Facts that do not carry it fall into its unknown row and pass its filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Carried {
    /// By clicks, views and conversions.
    ByAll,
    /// By costs too.
    ByAllAndCosts,
    ByClicks,
    ByConversions,
}

impl Carried {
    pub fn by(self, facts: Facts) -> bool {
        match self {
            Self::ByAll => facts != Facts::Costs,
            Self::ByAllAndCosts => true,
            Self::ByClicks => facts == Facts::Clicks,
            Self::ByConversions => facts == Facts::Conversions,
        }
    }
}

#[derive(Debug)]
pub struct Dimension {
    /// Its name, and its column's where it has one.
    pub name: &'static str,
    pub values: Values,
    pub carried: Carried,
    pub text: &'static str,
}

const fn time(name: &'static str, bucket: Bucket, text: &'static str) -> Dimension {
    Dimension { name, values: Values::Time(bucket), carried: Carried::ByAllAndCosts, text }
}

const fn entity(name: &'static str, entity: &'static Entity, text: &'static str) -> Dimension {
    Dimension { name, values: Values::Entity(entity), carried: Carried::ByAll, text }
}

/// One that costs have too.
const fn whose(name: &'static str, entity: &'static Entity, text: &'static str) -> Dimension {
    Dimension { name, values: Values::Entity(entity), carried: Carried::ByAllAndCosts, text }
}

const fn text(name: &'static str, text: &'static str) -> Dimension {
    Dimension { name, values: Values::Text, carried: Carried::ByAll, text }
}

const fn of_conversions(name: &'static str, values: Values, text: &'static str) -> Dimension {
    Dimension { name, values, carried: Carried::ByConversions, text }
}

pub static DIMENSIONS: &[Dimension] = &[
    time("hour", Bucket::Hour, "local hour"),
    time("day", Bucket::Day, "local day"),
    time("week", Bucket::Week, "local week, told by its Monday"),
    time("month", Bucket::Month, "local month, told by its first day"),
    time("hour_of_day", Bucket::HourOfDay, "local hour, 0 to 23"),
    time("weekday", Bucket::Weekday, "local weekday, 1 is Monday"),
    whose("advertiser", &ADVERTISERS, "advertiser"),
    whose("offer", &OFFERS, "offer"),
    text("vertical", "vertical of the offer"),
    of_conversions("goal", Values::Entity(&GOALS), "goal of the offer"),
    of_conversions("goal_kind", Values::Text, "kind of goal"),
    whose("partner", &PARTNERS, "partner"),
    text("partner_group", "group of the partner at the time of the click"),
    entity("manager", &USERS, "responsible manager at the time of the click"),
    text("traffic_type", "traffic type that the link declares"),
    entity("link", &LINKS, "tracking link"),
    entity("smart_link", &SMART_LINKS, "smart link that chose the offer"),
    entity("prelanding", &LANDINGS, "page that the visitor saw before the landing page"),
    entity("landing", &LANDINGS, "landing page"),
    text("sub1", "sub id 1"),
    text("sub2", "sub id 2"),
    text("sub3", "sub id 3"),
    text("sub4", "sub id 4"),
    text("sub5", "sub id 5"),
    text("sub6", "sub id 6"),
    text("sub7", "sub id 7"),
    text("sub8", "sub id 8"),
    text("sub9", "sub id 9"),
    text("sub10", "sub id 10"),
    text("source_id", "source named by the partner"),
    text("country", "country of the visitor, ISO 3166-1"),
    text("device", "kind of device"),
    text("os", "operating system"),
    text("browser", "browser"),
    text("language", "first language the browser asks for"),
    text("referrer_host", "host of the page the visitor came from"),
    text("user_agent", "user agent as sent"),
    Dimension {
        name: "asn",
        values: Values::Number,
        carried: Carried::ByAll,
        text: "number of the visitor's network (autonomous system)",
    },
    text("click_verdict", "verdict on the click: valid, duplicate, invalid or probe"),
    text("click_reason", "why a click is invalid or marked"),
    Dimension {
        name: "destination",
        values: Values::Text,
        carried: Carried::ByClicks,
        text: "where the visitor was sent",
    },
    of_conversions("conversion_status", Values::Text, "status of the conversion"),
    of_conversions("conversion_reason", Values::Text, "reason of the conversion's status"),
    of_conversions("currency", Values::Text, "currency of the offer"),
    of_conversions(
        "attributed_by",
        Values::Text,
        "what named the partner: click_id, coupon, customer, journey of the tag, or view",
    ),
    of_conversions(
        "trust",
        Values::Text,
        "what proved the advertiser's call: open, click_id, token, ip_list, api_key or signature",
    ),
];

impl Dimension {
    pub fn named(name: &str) -> Option<&'static Self> {
        DIMENSIONS.iter().find(|dimension| dimension.name == name)
    }

    pub fn is_time(&self) -> bool {
        matches!(self.values, Values::Time(_))
    }

    /// Word for the type of its values.
    pub fn kind(&self) -> &'static str {
        match self.values {
            Values::Time(Bucket::Hour) => "time",
            Values::Time(Bucket::HourOfDay | Bucket::Weekday) | Values::Number => "number",
            Values::Time(_) => "date",
            Values::Entity(_) => "id",
            Values::Text => "text",
        }
    }
}
