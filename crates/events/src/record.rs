//! What the journal holds: one record per click, click-through, view, touch of the tag, and receipt.
//!
//! A record is a format-version byte and postcard. Click, view and touch borrow their texts, so that the edge writes
//! them without copying and the shipper reads them in place. Invariant: decoding any bytes gives a record or an error,
//! never a panic.

use std::net::IpAddr;

use kernel::{
    Id, Timestamp,
    id::{Advertiser, Click, Conversion, Landing, Link, Offer, Partner, Receipt, SmartLink, User, View, Workspace},
    reason::ClickReason,
};
use serde::{Deserialize, Serialize};

use crate::position::Positions;

/// The format that is written. Older ones stay readable: what a click has gained since 1 lies behind it, in
/// [`ClickMore`]; what views and touches have gained since 4, in [`ViewMore`] and [`TouchMore`].
pub const FORMAT_VERSION: u8 = 5;
/// The first format, whose clicks have nothing behind them.
const FIRST_FORMAT: u8 = 1;
/// The first format whose views and touches have something behind them.
const SEEN_FORMAT: u8 = 5;
/// Sub ids of a link: `sub1` … `sub10`.
pub const SUBS: usize = 10;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Record<'a> {
    #[serde(borrow)]
    Click(ClickRecord<'a>),
    #[serde(borrow)]
    View(ViewRecord<'a>),
    #[serde(borrow)]
    Touch(TouchRecord<'a>),
    Receipt(ReceiptRecord),
    #[serde(borrow)]
    Through(ThroughRecord<'a>),
}

#[derive(Debug, PartialEq, thiserror::Error)]
pub enum DecodeError {
    #[error("an empty record")]
    Empty,
    #[error("a record of unknown format {0}")]
    UnknownFormat(u8),
    #[error("a broken record: {0}")]
    Broken(postcard::Error),
}

impl<'a> Record<'a> {
    /// Appends the encoded record to `out`.
    pub fn encode_into(&self, out: &mut Vec<u8>) {
        out.push(FORMAT_VERSION);
        postcard::to_extend(self, Appending(out)).expect("a record encodes into memory");
        let behind = match self {
            Self::Click(click) => postcard::to_extend(&click.more, Appending(out)),
            Self::View(view) => postcard::to_extend(&view.more, Appending(out)),
            Self::Touch(touch) => postcard::to_extend(&touch.more, Appending(out)),
            Self::Receipt(_) | Self::Through(_) => return,
        };
        behind.expect("a record encodes into memory");
    }

    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(512);
        self.encode_into(&mut out);
        out
    }

    pub fn decode(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let (&version, body) = bytes.split_first().ok_or(DecodeError::Empty)?;
        if !(FIRST_FORMAT..=FORMAT_VERSION).contains(&version) {
            return Err(DecodeError::UnknownFormat(version));
        }
        let (mut record, more): (Self, _) = postcard::take_from_bytes(body).map_err(DecodeError::Broken)?;
        record.read_behind(more, version).map_err(DecodeError::Broken)?;
        Ok(record)
    }

    fn read_behind(&mut self, more: &[u8], version: u8) -> postcard::Result<()> {
        match self {
            Self::Click(click) if version > FIRST_FORMAT => click.more = ClickMore::decode(more, version)?,
            Self::View(view) if version >= SEEN_FORMAT => view.more = postcard::from_bytes(more)?,
            Self::Touch(touch) if version >= SEEN_FORMAT => touch.more = postcard::from_bytes(more)?,
            _ => {}
        }
        Ok(())
    }
}

/// Lets postcard append to a borrowed buffer.
struct Appending<'b>(&'b mut Vec<u8>);

impl Extend<u8> for Appending<'_> {
    fn extend<I: IntoIterator<Item = u8>>(&mut self, bytes: I) {
        self.0.extend(bytes);
    }
}

/// Whether the request counts at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ClickKind {
    Click,
    /// HEAD requests and link previews: answered, stored, outside every count.
    Probe,
}

impl ClickKind {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Click => "click",
            Self::Probe => "probe",
        }
    }
}

/// Where the visitor was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Destination {
    Landing,
    PartnerTrafficback,
    OfferFallback,
    WorkspaceFallback,
    NotFound,
}

impl Destination {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Landing => "landing",
            Self::PartnerTrafficback => "partner_trafficback",
            Self::OfferFallback => "offer_fallback",
            Self::WorkspaceFallback => "workspace_fallback",
            Self::NotFound => "not_found",
        }
    }
}

/// Whose traffic it is. Everything is empty for an unknown link.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dims<'a> {
    pub advertiser: Option<Id<Advertiser>>,
    pub offer: Option<Id<Offer>>,
    pub partner: Option<Id<Partner>>,
    pub link: Option<Id<Link>>,
    pub landing: Option<Id<Landing>>,
    pub manager: Option<Id<User>>,
    pub partner_group: &'a str,
    pub vertical: &'a str,
    pub traffic_type: &'a str,
}

/// Who came, as far as the request tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Visitor<'a> {
    /// Keyed hash of address and agent, or of the first-party cookie.
    pub key: u64,
    pub ip: IpAddr,
    pub user_agent: &'a str,
    pub referrer: &'a str,
    pub referrer_host: &'a str,
    /// First language of Accept-Language, such as `pl`.
    pub language: &'a str,
    /// ISO 3166 alpha-2, or empty.
    pub country: &'a str,
    /// Autonomous system number, or 0.
    pub asn: u32,
    pub device: &'a str,
    pub os: &'a str,
    pub browser: &'a str,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClickRecord<'a> {
    pub click_id: Id<Click>,
    /// When the visitor clicked: by this time duplicates are judged and days are counted.
    pub event_time: Timestamp,
    /// When it was journaled; the same moment but for replays.
    pub recorded_at: Timestamp,
    pub kind: ClickKind,
    pub reason: Option<ClickReason>,
    pub workspace: Id<Workspace>,
    #[serde(borrow)]
    pub dims: Dims<'a>,
    #[serde(borrow)]
    pub visitor: Visitor<'a>,
    pub subs: [&'a str; SUBS],
    pub source_id: &'a str,
    pub destination: Destination,
    pub duplicate_window_ms: u64,
    /// Sequence number of the routes by which it was decided.
    pub route_version: u64,
    /// One bit per step of the redirect that marked the click.
    pub steps: u64,
    /// Request method, `GET` for nearly all.
    pub method: &'a str,
    /// Encoded behind the rest.
    #[serde(skip)]
    pub more: ClickMore,
}

/// What a click has gained since the first format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClickMore {
    /// The targeting condition that sent the visitor away.
    pub condition: Option<TargetingMark>,
    /// The share of visitors, in millionths, who see this landing page: all of them where there was no choice.
    pub landing_ppm: u32,
    /// Where a smart link chose the offer: what it chose among, and how.
    pub smart: Option<SmartMark>,
    /// The page before the landing page, where the visitor was sent there first.
    pub prelanding: Option<Id<Landing>>,
}

/// The choice of a smart link, as it is needed to judge another way of choosing by the same clicks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmartMark {
    pub smart_link: Id<SmartLink>,
    /// The number of the member that was chosen.
    pub member: u8,
    /// The chance, in millionths, that this member is chosen among those that were eligible.
    pub ppm: u32,
    /// A bit for the number of each member that was eligible; none where nobody would let the visitor through.
    pub eligible: u64,
}

impl Default for ClickMore {
    fn default() -> Self {
        Self { condition: None, landing_ppm: 1_000_000, smart: None, prelanding: None }
    }
}

impl ClickMore {
    /// Format 2 has the condition alone, 3 the page's share too.
    fn decode(bytes: &[u8], version: u8) -> postcard::Result<Self> {
        if version >= 4 {
            return postcard::from_bytes(bytes);
        }
        if version == 3 {
            let (condition, landing_ppm) = postcard::from_bytes(bytes)?;
            return Ok(Self { condition, landing_ppm, ..Self::default() });
        }
        Ok(Self { condition: postcard::from_bytes(bytes)?, ..Self::default() })
    }
}

/// A targeting condition by its place, counted from 0, in the offer's list or in the link's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TargetingMark {
    Offer(u8),
    Link(u8),
}

impl TargetingMark {
    /// Places of the link's list begin here where a mark is one number.
    const LINK_FROM: u32 = 1_000;

    /// The mark that a number stands for.
    pub fn from_number(number: u32) -> Option<Self> {
        let place = |number: u32| u8::try_from(number.checked_sub(1)?).ok();
        match number.checked_sub(Self::LINK_FROM) {
            Some(of_link) => place(of_link).map(Self::Link),
            None => place(number).map(Self::Offer),
        }
    }

    /// The mark as one number; 0 where no condition spoke.
    pub fn number(mark: Option<Self>) -> u32 {
        match mark {
            None => 0,
            Some(Self::Offer(place)) => u32::from(place) + 1,
            Some(Self::Link(place)) => u32::from(place) + 1 + Self::LINK_FROM,
        }
    }
}

/// A view of a creative, by the view pixel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ViewRecord<'a> {
    pub view_id: Id<View>,
    pub event_time: Timestamp,
    pub recorded_at: Timestamp,
    pub kind: ClickKind,
    pub reason: Option<ClickReason>,
    pub workspace: Id<Workspace>,
    #[serde(borrow)]
    pub dims: Dims<'a>,
    #[serde(borrow)]
    pub visitor: Visitor<'a>,
    pub subs: [&'a str; SUBS],
    pub source_id: &'a str,
    pub route_version: u64,
    /// Encoded behind the rest.
    #[serde(skip)]
    pub more: ViewMore,
}

/// What a view has gained since format 4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewMore {
    /// The offer credits views: this one is worth remembering.
    pub may_be_credited: bool,
}

/// A visitor who went on from a prelanding to the landing page, with the click id it came with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThroughRecord<'a> {
    pub click_id: Id<Click>,
    pub event_time: Timestamp,
    pub recorded_at: Timestamp,
    pub reason: Option<ClickReason>,
    pub workspace: Id<Workspace>,
    #[serde(borrow)]
    pub dims: Dims<'a>,
    #[serde(borrow)]
    pub visitor: Visitor<'a>,
    pub subs: [&'a str; SUBS],
    pub source_id: &'a str,
    pub prelanding: Option<Id<Landing>>,
    pub smart_link: Option<Id<SmartLink>>,
    pub route_version: u64,
}

/// Something the first-party tag saw on an advertiser's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TouchRecord<'a> {
    pub touch_id: u128,
    pub event_time: Timestamp,
    pub recorded_at: Timestamp,
    pub workspace: Id<Workspace>,
    pub advertiser: Option<Id<Advertiser>>,
    pub click_id: Option<Id<Click>>,
    #[serde(borrow)]
    pub visitor: Visitor<'a>,
    /// Name of the event, such as `page`.
    pub event: &'a str,
    pub page: &'a str,
    /// Further properties as the tag sent them, JSON.
    pub properties: &'a str,
    /// Encoded behind the rest.
    #[serde(skip)]
    pub more: TouchMore,
}

/// What a touch has gained since format 4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TouchMore {
    /// How the visitor came, where it came from elsewhere and without a click of ours.
    pub channel: Option<Channel>,
    pub consent: Consent,
}

/// How a visitor came without a click of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Channel {
    Direct,
    OrganicSearch,
    PaidSearch,
    Social,
    Email,
    Display,
    /// A link on another site.
    Referral,
    /// Marked by UTM parameters that tell no more.
    Campaign,
}

impl Channel {
    pub const ALL: [Self; 8] = [
        Self::Direct,
        Self::OrganicSearch,
        Self::PaidSearch,
        Self::Social,
        Self::Email,
        Self::Display,
        Self::Referral,
        Self::Campaign,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::OrganicSearch => "organic_search",
            Self::PaidSearch => "paid_search",
            Self::Social => "social",
            Self::Email => "email",
            Self::Display => "display",
            Self::Referral => "referral",
            Self::Campaign => "campaign",
        }
    }
}

/// What the visitor said to being recognised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Consent {
    #[default]
    NotAsked,
    Granted,
}

impl Consent {
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::Granted => "granted",
        }
    }
}

/// Through which door a receipt came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Door {
    Postback,
    Pixel,
    Tag,
    Api,
    Csv,
    Coupon,
}

impl Door {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Postback => "postback",
            Self::Pixel => "pixel",
            Self::Tag => "tag",
            Self::Api => "api",
            Self::Csv => "csv",
            Self::Coupon => "coupon",
        }
    }
}

/// The rung of the trust ladder on which the sender stood, from weakest to strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Trust {
    /// Nothing vouches for the sender.
    Open,
    /// An unguessable click id.
    ClickId,
    Token,
    IpList,
    ApiKey,
    Signature,
}

impl Trust {
    pub const ALL: [Self; 6] = [Self::Open, Self::ClickId, Self::Token, Self::IpList, Self::ApiKey, Self::Signature];

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trust| trust.code() == code)
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::ClickId => "click_id",
            Self::Token => "token",
            Self::IpList => "ip_list",
            Self::ApiKey => "api_key",
            Self::Signature => "signature",
        }
    }
}

/// Anything a sender said about a conversion, kept raw. Both ids are drawn at the door, so that a retry is safe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReceiptRecord {
    pub receipt_id: Id<Receipt>,
    pub conversion_id: Id<Conversion>,
    pub workspace: Id<Workspace>,
    /// The advertiser to whom the token, key or signature belongs; `None` for the workspace's own.
    pub advertiser: Option<Id<Advertiser>>,
    pub arrived_at: Timestamp,
    pub door: Door,
    pub trust: Trust,
    pub remote_ip: IpAddr,
    /// Names and values in canonical form: native names, sorted, secrets left out.
    pub params: Vec<(String, String)>,
    /// Query or body as it came.
    #[serde(with = "raw_bytes")]
    pub raw: Vec<u8>,
    /// Ends of the click lanes at arrival: every click that the sender can know of lies before them.
    pub clicks_before: Positions,
}

/// Bytes as one block, not one by one.
mod raw_bytes {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        <&[u8]>::deserialize(deserializer).map(<[u8]>::to_vec)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sample;

    #[test]
    fn records_come_back_as_they_went() {
        let receipt = sample::receipt(7);
        let all = [sample::click(1), Record::Receipt(receipt), sample::view(3), sample::touch(4), sample::through(5)];
        for record in all {
            let bytes = record.encode();
            assert_eq!(Record::decode(&bytes).as_ref(), Ok(&record));
        }
    }

    #[test]
    fn clicks_of_older_formats_are_read() {
        // Behind the first format lies nothing, behind the second the condition, a byte where there is none, behind the
        // third the share too.
        let whole = sample::click(1).encode();
        let behind = postcard::to_stdvec(&ClickMore::default()).expect("it encodes").len();
        for (version, bytes_behind) in [(1, 0), (2, 1), (3, 4)] {
            let mut bytes = whole[..whole.len() - behind + bytes_behind].to_vec();
            bytes[0] = version;
            assert_eq!(Record::decode(&bytes), Ok(sample::click(1)), "format {version}");
        }
        let mut marked = sample::click_record(1);
        marked.more.condition = Some(TargetingMark::Link(7));
        let smart = SmartMark { smart_link: Id::from_u128(3), member: 2, ppm: 250_000, eligible: 0b1110 };
        (marked.more.smart, marked.more.prelanding) = (Some(smart), Some(Id::from_u128(8)));
        let record = Record::Click(marked);
        assert_eq!(Record::decode(&record.encode()).as_ref(), Ok(&record));
    }

    #[test]
    fn views_and_touches_of_older_formats_are_read() {
        for (record, bytes_behind) in [(sample::view(3), 1), (sample::touch(4), 2)] {
            let mut bytes = record.encode();
            bytes.truncate(bytes.len() - bytes_behind);
            bytes[0] = SEEN_FORMAT - 1;
            assert_eq!(Record::decode(&bytes).as_ref(), Ok(&record));
        }
    }

    #[test]
    fn a_newer_format_is_named() {
        let mut bytes = sample::click(1).encode();
        bytes[0] = 9;
        assert_eq!(Record::decode(&bytes), Err(DecodeError::UnknownFormat(9)));
        assert_eq!(Record::decode(&[]), Err(DecodeError::Empty));
    }

    proptest! {
        #[test]
        fn random_bytes_never_panic(bytes: Vec<u8>) {
            let _ = Record::decode(&bytes);
        }

        #[test]
        fn a_damaged_record_never_panics(index in 0_usize..400, byte: u8, cut in 0_usize..400) {
            let mut bytes = sample::click(1).encode();
            if let Some(slot) = bytes.get_mut(index) {
                *slot = byte;
            }
            let _ = Record::decode(&bytes);
            bytes.truncate(cut);
            let _ = Record::decode(&bytes);
        }
    }
}
