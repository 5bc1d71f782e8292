//! What the rows of each kind say.

use jiff::tz::TimeZone;
use kernel::{Currency, Decimal8, Timestamp};

use super::{
    cells::{Cells, Trouble},
    values,
};
use crate::imports::model::{FindingCode, ImportPlatform};

/// Longest id of another system that is kept, in bytes.
const ID_BYTES_MAX: usize = 200;
/// How far ahead of ours their clock may be.
const FUTURE_MS_MAX: i64 = kernel::time::DAY_MS;
pub const SUBS: [&str; 10] = ["sub1", "sub2", "sub3", "sub4", "sub5", "sub6", "sub7", "sub8", "sub9", "sub10"];
/// Longest sub id that is kept, in characters.
const SUB_CHARS_MAX: usize = 200;
/// Of a link without an id of its own, so much of its name tells it from others of the pair.
const PAIR_NAME_CHARS: usize = 60;

/// What holds for every row of an import.
pub struct Ground {
    pub platform: ImportPlatform,
    pub zone: TimeZone,
    pub currency: Currency,
    pub now: Timestamp,
    /// Clicks before this can no longer convert.
    pub oldest_click: Timestamp,
}

pub struct OfferRow {
    pub id: String,
    pub name: String,
    pub landing_url: String,
    pub advertiser_id: Option<String>,
    pub advertiser_name: Option<String>,
    pub status: Option<String>,
    pub currency: Currency,
    pub goal: Option<String>,
    pub payout: Option<Rate>,
    pub revenue: Option<Rate>,
    pub link_id: Option<String>,
    pub vertical: Option<String>,
}

/// A fixed amount or a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    Minor(i64),
    Percent(Decimal8),
}

/// The offer, and what of it was not wholly understood.
pub fn offer(cells: &Cells<'_>, ground: &Ground) -> Result<(OfferRow, Vec<Trouble>), Trouble> {
    let (landing_url, unknown) = values::address(cells.needed("landing_url")?, ground.platform);
    let gone = |name: &String| Trouble::new(FindingCode::UnknownMacro, "landing_url", name);
    let mut warnings: Vec<_> = unknown.iter().map(gone).collect();
    let currency = cells.currency("currency", ground.currency)?;
    let row = OfferRow {
        id: own_id(cells, "id")?,
        name: cells.needed("name")?.to_owned(),
        landing_url,
        advertiser_id: cells.reference("advertiser_id").map(str::to_owned),
        advertiser_name: cells.text("advertiser_name").map(str::to_owned),
        status: cells.word("status")?.map(Into::into),
        currency,
        goal: cells.text("goal").map(str::to_lowercase),
        payout: rate(cells, ("payout", "payout_percent"), currency, &mut warnings)?,
        revenue: rate(cells, ("revenue", "revenue_percent"), currency, &mut warnings)?,
        link_id: cells.text("link_id").map(str::to_owned),
        vertical: cells.text("vertical").map(word_of).filter(|text| !text.is_empty()),
    };
    if row.advertiser_id.is_none() && row.advertiser_name.is_none() {
        return Err(Trouble::new(FindingCode::Missing, "advertiser_name", ""));
    }
    Ok((row, warnings))
}

fn rate(
    cells: &Cells<'_>,
    (fixed, percent): (&'static str, &'static str),
    currency: Currency,
    warnings: &mut Vec<Trouble>,
) -> Result<Option<Rate>, Trouble> {
    let minor = cells.amount(fixed, currency)?.filter(|minor| *minor > 0);
    let share = match cells.text(percent) {
        Some(text) => Some(values::percent(text).ok_or_else(|| Trouble::new(FindingCode::NotAnAmount, percent, text))?),
        None => None,
    };
    let share = share.filter(|share| share.raw() > 0);
    if minor.is_some() && share.is_some() {
        warnings.push(Trouble::new(FindingCode::TwoRates, percent, cells.text(percent).unwrap_or_default()));
    }
    Ok(minor.map(Rate::Minor).or(share.map(Rate::Percent)))
}

/// Letters, digits and `-` alone, as words are here.
fn word_of(text: &str) -> String {
    let dashed: String =
        text.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    dashed.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

pub struct PartnerRow {
    pub id: String,
    pub name: String,
    pub email: String,
    pub status: Option<String>,
    pub country: Option<String>,
    pub group: Option<String>,
    pub language: Option<String>,
    pub link_id: Option<String>,
}

pub fn partner(cells: &Cells<'_>) -> Result<PartnerRow, Trouble> {
    let owned = |field| cells.text(field).map(str::to_owned);
    Ok(PartnerRow {
        id: own_id(cells, "id")?,
        name: cells.needed("name")?.to_owned(),
        email: cells.needed("email")?.to_owned(),
        status: cells.word("status")?.map(Into::into),
        country: cells.text("country").map(values::country).filter(|code| !code.is_empty()),
        group: owned("group"),
        language: cells.word("language")?.map(Into::into),
        link_id: owned("link_id"),
    })
}

pub struct LinkRow {
    pub id: String,
    pub offer: String,
    pub partner: String,
    pub alias: Option<String>,
    pub name: Option<String>,
    pub is_active: bool,
    pub traffic_type: Option<String>,
}

pub fn link(cells: &Cells<'_>) -> Result<LinkRow, Trouble> {
    let offer = own_id(cells, "offer")?;
    let partner = own_id(cells, "partner")?;
    let name = cells.text("name").map(str::to_owned);
    let alias = cells.text("alias").map(str::to_owned);
    let short = || name.as_deref().unwrap_or_default().chars().take(PAIR_NAME_CHARS).collect::<String>();
    let pair = || format!("{offer}/{partner}/{}", short());
    let id = cells.reference("id").map(str::to_owned).or_else(|| alias.clone()).unwrap_or_else(pair);
    let is_active = cells.word("status")?.is_none_or(|word| word == "active");
    let traffic_type = cells.text("traffic_type").map(word_of);
    Ok(LinkRow { id: short_id("id", &id)?, offer, partner, alias, name, is_active, traffic_type })
}

pub struct ClickRow {
    pub id: String,
    pub at: Timestamp,
    pub offer: Option<String>,
    pub partner: Option<String>,
    pub link: Option<String>,
    pub country: String,
    pub source_id: String,
    pub subs: [String; 10],
}

/// Nothing for a click that is too old to convert.
pub fn click(cells: &Cells<'_>, ground: &Ground) -> Result<Option<ClickRow>, Trouble> {
    let id = cells.needed("id")?;
    if !values::is_click_id(id) {
        return Err(Trouble::new(FindingCode::BadForeignId, "id", id));
    }
    let at = past(cells, "at", ground)?;
    if at < ground.oldest_click {
        return Ok(None);
    }
    let short = |field| cells.text(field).unwrap_or_default().chars().take(SUB_CHARS_MAX).collect::<String>();
    Ok(Some(ClickRow {
        id: id.to_owned(),
        at,
        offer: cells.reference("offer").map(str::to_owned),
        partner: cells.reference("partner").map(str::to_owned),
        link: cells.reference("link").map(str::to_owned),
        country: cells.text("country").map(values::country).unwrap_or_default(),
        source_id: short("source_id"),
        subs: SUBS.map(short),
    }))
}

fn past(cells: &Cells<'_>, field: &'static str, ground: &Ground) -> Result<Timestamp, Trouble> {
    let text = cells.needed(field)?;
    let at = cells.moment(field, &ground.zone)?.unwrap_or(ground.now);
    let latest = ground.now.plus_millis(FUTURE_MS_MAX);
    if at > latest { Err(Trouble::new(FindingCode::InTheFuture, field, text)) } else { Ok(at.min(ground.now)) }
}

pub struct CustomerRow {
    pub id: String,
    pub partner: String,
    pub offer: Option<String>,
    pub advertiser: Option<String>,
    pub first_seen_at: Timestamp,
    pub bound_until: Option<Timestamp>,
}

pub fn customer(cells: &Cells<'_>, ground: &Ground) -> Result<CustomerRow, Trouble> {
    let row = CustomerRow {
        id: short_id("id", cells.needed("id")?)?,
        partner: own_id(cells, "partner")?,
        offer: cells.reference("offer").map(str::to_owned),
        advertiser: cells.reference("advertiser").map(str::to_owned),
        first_seen_at: cells.moment("first_seen_at", &ground.zone)?.unwrap_or(ground.now),
        bound_until: cells.moment("bound_until", &ground.zone)?,
    };
    if row.offer.is_none() && row.advertiser.is_none() {
        return Err(Trouble::new(FindingCode::Missing, "advertiser", ""));
    }
    Ok(row)
}

pub struct ConversionRow {
    pub id: String,
    pub at: Timestamp,
    pub offer: Option<String>,
    pub partner: Option<String>,
    pub click: Option<String>,
    pub click_at: Option<Timestamp>,
    pub is_approved: bool,
    pub goal: Option<String>,
    pub order_id: Option<String>,
    pub currency: Option<Currency>,
}

/// Nothing for a conversion that the other system settled.
pub fn conversion(cells: &Cells<'_>, ground: &Ground) -> Result<Option<ConversionRow>, Trouble> {
    let status = cells.word("status")?;
    if status.as_deref() == Some("leave_out") {
        return Ok(None);
    }
    let currency = match cells.text("currency") {
        Some(_) => Some(cells.currency("currency", ground.currency)?),
        None => None,
    };
    cells.needed("payout")?;
    let click = cells.text("click").filter(|id| values::is_click_id(id)).map(str::to_owned);
    Ok(Some(ConversionRow {
        id: own_id(cells, "id")?,
        at: past(cells, "at", ground)?,
        offer: cells.reference("offer").map(str::to_owned),
        partner: cells.reference("partner").map(str::to_owned),
        click,
        click_at: cells.moment("click_at", &ground.zone)?,
        is_approved: status.as_deref() == Some("approved"),
        goal: cells.reference("goal").map(str::to_owned),
        order_id: cells.text("order_id").map(|text| text.chars().take(ID_BYTES_MAX).collect()),
        currency,
    }))
}

/// What a conversion was worth, once the currency of its offer is known: order value, payout, revenue.
pub fn worth(cells: &Cells<'_>, currency: Currency) -> Result<(i64, i64, i64), Trouble> {
    let amount = |field| cells.amount(field, currency).map(Option::unwrap_or_default);
    Ok((amount("sale")?, amount("payout")?, amount("revenue")?))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BalanceSide {
    Payable,
    Debt,
    Receivable,
    Prepaid,
}

impl BalanceSide {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Payable => "payable",
            Self::Debt => "debt",
            Self::Receivable => "receivable",
            Self::Prepaid => "prepaid",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Payable, Self::Debt, Self::Receivable, Self::Prepaid].into_iter().find(|side| side.code() == code)
    }

    const fn opposite(self) -> Self {
        match self {
            Self::Payable => Self::Debt,
            Self::Debt => Self::Payable,
            Self::Receivable => Self::Prepaid,
            Self::Prepaid => Self::Receivable,
        }
    }

    pub const fn is_of_partner(self) -> bool {
        matches!(self, Self::Payable | Self::Debt)
    }
}

pub struct BalanceRow {
    pub id: String,
    /// Their id of the partner or the advertiser.
    pub owner: String,
    pub side: BalanceSide,
    /// Above nought.
    pub minor: i64,
    pub currency: Currency,
}

/// Nothing for a balance of nought. A negative one is the opposite: what is owed the other way.
pub fn balance(cells: &Cells<'_>, ground: &Ground) -> Result<Option<BalanceRow>, Trouble> {
    let currency = cells.currency("currency", ground.currency)?;
    cells.needed("amount")?;
    let minor = cells.minor("amount", currency)?.unwrap_or_default();
    let (partner, advertiser) = (cells.reference("partner"), cells.reference("advertiser"));
    let said = cells.word("side")?.and_then(|word| BalanceSide::from_code(&word));
    let side = said.unwrap_or(if partner.is_some() { BalanceSide::Payable } else { BalanceSide::Receivable });
    let owner = if side.is_of_partner() { partner } else { advertiser };
    let missing = if side.is_of_partner() { "partner" } else { "advertiser" };
    let owner = owner.ok_or_else(|| Trouble::new(FindingCode::Missing, missing, ""))?.to_owned();
    if minor == 0 {
        return Ok(None);
    }
    let side = if minor < 0 { side.opposite() } else { side };
    let by_owner = || format!("{}/{owner}/{currency}", if side.is_of_partner() { "partner" } else { "advertiser" });
    let id = cells.text("id").map_or_else(by_owner, str::to_owned);
    Ok(Some(BalanceRow { id: short_id("id", &id)?, owner, side, minor: minor.saturating_abs(), currency }))
}

fn own_id(cells: &Cells<'_>, field: &'static str) -> Result<String, Trouble> {
    cells.needed(field)?;
    short_id(field, cells.reference(field).unwrap_or_default())
}

fn short_id(field: &'static str, text: &str) -> Result<String, Trouble> {
    let fits = !text.is_empty() && text.len() <= ID_BYTES_MAX && !text.chars().any(char::is_control);
    if fits { Ok(text.to_owned()) } else { Err(Trouble::new(FindingCode::BadForeignId, field, text)) }
}
