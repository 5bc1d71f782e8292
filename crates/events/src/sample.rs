//! Records for this crate's tests.

use kernel::{Id, Timestamp};

use crate::{
    position::Positions,
    record::{
        ClickKind, ClickMore, ClickRecord, Destination, Dims, Door, ReceiptRecord, Record, ThroughRecord, TouchMore,
        TouchRecord, Trust, ViewMore, ViewRecord, Visitor,
    },
};

pub const NOON_MS: i64 = 1_780_000_000_000;
const WINDOW_MS: u64 = 86_400_000;

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(NOON_MS + seconds * 1_000)
}

pub fn dims() -> Dims<'static> {
    Dims {
        advertiser: Some(Id::from_u128(11)),
        offer: Some(Id::from_u128(12)),
        partner: Some(Id::from_u128(13)),
        link: Some(Id::from_u128(14)),
        landing: None,
        manager: Some(Id::from_u128(16)),
        partner_group: "gold",
        vertical: "finance",
        traffic_type: "seo",
    }
}

pub fn visitor(key: u64) -> Visitor<'static> {
    Visitor {
        key,
        ip: [203, 0, 113, 7].into(),
        user_agent: "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0",
        referrer: "https://blog.example/best",
        referrer_host: "blog.example",
        language: "pl",
        country: "PL",
        asn: 5_617,
        device: "desktop",
        os: "Linux",
        browser: "Firefox",
    }
}

/// A click of visitor `number`, `number` seconds after noon.
pub fn click_record(number: u64) -> ClickRecord<'static> {
    ClickRecord {
        click_id: Id::from_parts(at(number as i64), u128::from(number)),
        event_time: at(number as i64),
        recorded_at: at(number as i64),
        kind: ClickKind::Click,
        reason: None,
        workspace: Id::from_u128(1),
        dims: dims(),
        visitor: visitor(number),
        subs: ["banner", "", "", "", "", "", "", "", "", "x'; DROP TABLE clicks"],
        source_id: "s1",
        destination: Destination::Landing,
        duplicate_window_ms: WINDOW_MS,
        route_version: 3,
        steps: 0,
        method: "GET",
        more: ClickMore::default(),
    }
}

pub fn click(number: u64) -> Record<'static> {
    Record::Click(click_record(number))
}

pub fn view(number: u64) -> Record<'static> {
    Record::View(ViewRecord {
        view_id: Id::from_u128(number.into()),
        event_time: at(0),
        recorded_at: at(0),
        kind: ClickKind::Click,
        reason: None,
        workspace: Id::from_u128(1),
        dims: dims(),
        visitor: visitor(number),
        subs: [""; 10],
        source_id: "",
        route_version: 3,
        more: ViewMore::default(),
    })
}

pub fn through(number: u64) -> Record<'static> {
    Record::Through(ThroughRecord {
        click_id: Id::from_u128(number.into()),
        event_time: at(0),
        recorded_at: at(0),
        reason: None,
        workspace: Id::from_u128(1),
        dims: dims(),
        visitor: visitor(number),
        subs: [""; 10],
        source_id: "",
        prelanding: Some(Id::from_u128(16)),
        smart_link: None,
        route_version: 3,
    })
}

pub fn touch(number: u64) -> Record<'static> {
    Record::Touch(TouchRecord {
        touch_id: number.into(),
        event_time: at(0),
        recorded_at: at(0),
        workspace: Id::from_u128(1),
        advertiser: Some(Id::from_u128(11)),
        click_id: None,
        visitor: visitor(number),
        event: "page",
        page: "https://shop.example/",
        properties: "{}",
        more: TouchMore::default(),
    })
}

pub fn receipt(number: u64) -> ReceiptRecord {
    ReceiptRecord {
        receipt_id: Id::from_u128(number.into()),
        conversion_id: Id::from_u128(u128::from(number) << 64),
        workspace: Id::from_u128(1),
        advertiser: None,
        arrived_at: at(0),
        door: Door::Postback,
        trust: Trust::Token,
        remote_ip: [192, 0, 2, 1].into(),
        params: vec![("order_id".into(), number.to_string())],
        raw: format!("order_id={number}&token=t").into_bytes(),
        clicks_before: Positions::default(),
    }
}
