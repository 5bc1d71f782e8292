//! What is told of a move, a click or a happening: the values of its macros, kept with the delivery, so that every try tells the same.

use std::borrow::Cow;

use edge::template::{Macro, MacroValues};
use events::{FactState, fact::Amounts, raw::RawClick};
use kernel::{Currency, Id, Money, Timestamp, crockford, id, money};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    happenings,
    model::{EventAbout, PostbackEvent},
    rules,
};
use crate::conversions::entity::conversion;

/// Decimals of a currency that ISO 4217 does not know.
const UNKNOWN_DECIMALS: u32 = 2;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    pub event: PostbackEvent,
    /// When it moved.
    pub at: Timestamp,
    pub event_time: Timestamp,
    pub click_time: Option<Timestamp>,
    pub conversion_id: Option<Id<id::Conversion>>,
    pub click_id: Option<Id<id::Click>>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub link_id: Option<Id<id::Link>>,
    pub creative_id: Option<Id<id::Creative>>,
    pub landing_id: Option<Id<id::Landing>>,
    pub goal_id: Option<Id<id::Goal>>,
    /// The goal's name.
    pub goal: String,
    pub goal_kind: String,
    pub subs: Vec<String>,
    pub source_id: String,
    pub country: String,
    #[serde(default)]
    pub visitor: Visitor,
    pub order_id: String,
    pub status: String,
    pub reason: String,
    /// Absent where there are no amounts.
    pub currency: Option<Currency>,
    pub amounts: Amounts,
    /// What the one who is told earns; all partners together for the workspace.
    pub payout: i64,
    /// What the platform calls it, where it has names for events.
    pub name: Option<String>,
    pub is_test: bool,
    /// What a webhook tells of something that is no conversion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
}

/// What is known of the click's visitor. Empty where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Visitor {
    pub device: String,
    pub os: String,
    pub browser: String,
    pub city: String,
}

/// What a delivery knows beside the state of the conversion.
pub struct Around<'a> {
    pub event: PostbackEvent,
    pub at: Timestamp,
    pub row: &'a conversion::Model,
    pub goal: &'a str,
    pub creative_id: Option<Id<id::Creative>>,
    /// The partner who is told, or the workspace.
    pub partner: Option<Id<id::Partner>>,
    pub name: Option<String>,
    pub visitor: Visitor,
}

impl Told {
    /// An event of which nothing else is known.
    pub fn blank(event: PostbackEvent, at: Timestamp) -> Self {
        Self {
            event,
            at,
            event_time: at,
            click_time: None,
            conversion_id: None,
            click_id: None,
            advertiser_id: None,
            offer_id: None,
            partner_id: None,
            link_id: None,
            creative_id: None,
            landing_id: None,
            goal_id: None,
            goal: String::new(),
            goal_kind: String::new(),
            subs: Vec::new(),
            source_id: String::new(),
            country: String::new(),
            visitor: Visitor::default(),
            order_id: String::new(),
            status: String::new(),
            reason: String::new(),
            currency: None,
            amounts: Amounts::default(),
            payout: 0,
            name: None,
            is_test: false,
            data: None,
        }
    }

    /// A valid click.
    pub fn of_click(click: &RawClick, creative_id: Option<Id<id::Creative>>, visitor: Visitor) -> Self {
        Self {
            click_time: Some(click.at),
            click_id: Some(click.click_id),
            advertiser_id: click.advertiser,
            offer_id: click.offer,
            partner_id: click.partner,
            link_id: click.link,
            creative_id,
            landing_id: click.landing,
            subs: click.subs.to_vec(),
            source_id: click.source_id.clone(),
            country: click.country.clone(),
            status: PostbackEvent::Click.code().to_owned(),
            visitor,
            ..Self::blank(PostbackEvent::Click, click.at)
        }
    }

    /// Something that happened in the workspace.
    pub fn of_workspace(event: PostbackEvent, at: Timestamp, data: Value) -> Self {
        Self { data: Some(data), ..Self::blank(event, at) }
    }

    pub fn new(state: &FactState, around: Around<'_>) -> Self {
        let Around { event, at, row, goal, creative_id, partner, name, visitor } = around;
        let dim = |field: &str| row.click_dims[field].as_str().unwrap_or_default().to_owned();
        let subs = row.click_dims["subs"].as_array().into_iter().flatten();
        let earned = partner.and_then(|partner| rules::earned(state, partner));
        Self {
            event_time: state.event_time,
            click_time: state.click_time,
            conversion_id: Some(row.id),
            click_id: state.click_id,
            advertiser_id: state.advertiser,
            offer_id: state.offer,
            partner_id: partner.or(state.partner),
            link_id: state.link,
            creative_id,
            landing_id: state.landing,
            goal_id: state.goal,
            goal: goal.to_owned(),
            goal_kind: state.goal_kind.clone(),
            subs: subs.map(|sub| sub.as_str().unwrap_or_default().to_owned()).collect(),
            source_id: dim("source_id"),
            country: dim("country"),
            visitor,
            order_id: row.order_id.clone().unwrap_or_default(),
            status: state.status.clone(),
            reason: state.reason.clone(),
            currency: Some(state.currency),
            amounts: state.amounts,
            payout: earned.unwrap_or(state.amounts.payout),
            name,
            ..Self::blank(event, at)
        }
    }

    /// A sample that nobody can take for a conversion: ids of noughts, `test` in every text.
    pub fn sample(
        event: PostbackEvent,
        now: Timestamp,
        partner: Option<Id<id::Partner>>,
        name: Option<String>,
    ) -> Self {
        let sample = match event.about() {
            EventAbout::Conversion => Self::sample_conversion(event, now),
            EventAbout::Click => Self::sample_click(event, now),
            EventAbout::Workspace => Self::of_workspace(event, now, happenings::sample(event)),
        };
        Self { partner_id: partner, name, is_test: true, ..sample }
    }

    fn sample_click(event: PostbackEvent, now: Timestamp) -> Self {
        let test = || "test".to_owned();
        Self {
            click_time: Some(now),
            click_id: Some(Id::from_u128(0)),
            offer_id: Some(Id::from_u128(0)),
            subs: vec![test(); 10],
            source_id: test(),
            country: "PL".to_owned(),
            visitor: Visitor { device: "mobile".to_owned(), os: test(), browser: test(), city: test() },
            status: event.code().to_owned(),
            ..Self::blank(event, now)
        }
    }

    fn sample_conversion(event: PostbackEvent, now: Timestamp) -> Self {
        let test = || "test".to_owned();
        Self {
            conversion_id: Some(Id::from_u128(0)),
            goal: test(),
            goal_kind: "sale".to_owned(),
            order_id: test(),
            currency: Some(Currency::EUR),
            amounts: Amounts { sale: 8_000, revenue: 1_200, payout: 800, ..Amounts::default() },
            payout: 800,
            ..Self::sample_click(event, now)
        }
    }

    pub fn sub(&self, number: usize) -> &str {
        number.checked_sub(1).and_then(|index| self.subs.get(index)).map_or("", String::as_str)
    }

    /// A decimal number such as `12.50`; empty where there are no amounts.
    pub fn decimal(&self, minor: i64) -> String {
        let written = |currency: Currency| money::format_amount(minor, currency.decimals().unwrap_or(UNKNOWN_DECIMALS));
        self.currency.map(written).unwrap_or_default()
    }

    pub fn currency_code(&self) -> String {
        self.currency.map(|currency| currency.code().to_owned()).unwrap_or_default()
    }

    /// The body of a webhook.
    pub fn webhook_body(&self) -> Value {
        let data = self.data.clone().unwrap_or_else(|| self.conversion_data());
        let mut body = json!({"type": self.event.webhook_type(), "timestamp": self.at, "data": data});
        body["data"]["is_test"] = json!(self.is_test);
        body
    }

    fn conversion_data(&self) -> Value {
        let money = |minor| self.currency.map(|currency| Money::new(minor, currency));
        json!({
            "conversion_id": self.conversion_id, "status": self.status, "reason": text(&self.reason),
            "advertiser_id": self.advertiser_id, "offer_id": self.offer_id, "goal_id": self.goal_id,
            "goal": self.goal, "goal_kind": self.goal_kind, "partner_id": self.partner_id,
            "link_id": self.link_id, "click_id": self.click_id, "order_id": text(&self.order_id),
            "subs": self.subs, "source_id": text(&self.source_id), "country": text(&self.country),
            "sale": money(self.amounts.sale), "refunded": money(self.amounts.refund),
            "payout": money(self.payout), "revenue": money(self.amounts.revenue),
            "event_time": self.event_time, "click_time": self.click_time,
        })
    }
}

/// An empty text is none.
fn text(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

impl MacroValues for Told {
    fn value(&self, name: Macro) -> Cow<'_, str> {
        fn printed<T: ToString>(id: Option<T>) -> Cow<'static, str> {
            Cow::Owned(id.map(|id| id.to_string()).unwrap_or_default())
        }
        match name {
            // As it reached the landing page.
            Macro::ClickId => printed(self.click_id.map(|click| crockford::encode_string(click.as_u128()))),
            Macro::OfferId => printed(self.offer_id),
            Macro::PartnerId => printed(self.partner_id),
            Macro::LinkId => printed(self.link_id),
            Macro::CreativeId => printed(self.creative_id),
            Macro::LandingId => printed(self.landing_id),
            Macro::ConversionId => printed(self.conversion_id),
            Macro::Sub(index) => Cow::Borrowed(self.sub(usize::from(index) + 1)),
            Macro::SourceId => Cow::Borrowed(&self.source_id),
            Macro::Country => Cow::Borrowed(&self.country),
            Macro::Timestamp => printed(Some(self.event_time.millis() / 1_000)),
            Macro::Goal => Cow::Borrowed(&self.goal),
            Macro::Amount => Cow::Owned(self.decimal(self.amounts.sale)),
            Macro::Payout => Cow::Owned(self.decimal(self.payout)),
            Macro::Currency => Cow::Owned(self.currency_code()),
            Macro::OrderId => Cow::Borrowed(&self.order_id),
            Macro::Status => Cow::Borrowed(&self.status),
            Macro::Reason => Cow::Borrowed(&self.reason),
            Macro::Device => Cow::Borrowed(&self.visitor.device),
            Macro::Os => Cow::Borrowed(&self.visitor.os),
            Macro::Browser => Cow::Borrowed(&self.visitor.browser),
            Macro::City => Cow::Borrowed(&self.visitor.city),
        }
    }
}
