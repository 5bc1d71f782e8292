//! What a receipt claims, read from its canonical parameters.

use kernel::{Currency, Id, Timestamp, decimal, id};

pub const ORDER_ID_CHARS_MAX: usize = 256;
pub const TEXT_CHARS_MAX: usize = 500;
pub const ITEMS_MAX: usize = 200;
pub const ADV_FIELDS: usize = 10;
/// Longest click id of another platform.
pub const FOREIGN_CLICK_BYTES_MAX: usize = 128;
/// A sender's clock may run this far ahead of ours.
const FUTURE_MS_MAX: i64 = 10 * kernel::time::MINUTE_MS;

/// The click a receipt names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClickClaim {
    #[default]
    None,
    /// Not in the form of a click id.
    Unreadable,
    Id(Id<id::Click>),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claim {
    pub click: ClickClaim,
    /// Its id as the sender wrote it: another platform may have drawn it.
    pub click_said: Option<String>,
    pub conversion: Option<Id<id::Conversion>>,
    pub offer: Option<Id<id::Offer>>,
    /// Name or id of a goal.
    pub goal: Option<String>,
    pub order_id: Option<String>,
    pub customer_id: Option<String>,
    pub coupon: Option<String>,
    /// The visitor's signed key, as the tag or a cookie has it.
    pub visitor: Option<String>,
    /// The advertiser's word.
    pub status: Option<String>,
    /// Decimal text, known to be one.
    pub amount: Option<String>,
    pub currency: Option<Currency>,
    pub event_time: Option<Timestamp>,
    pub adv: [Option<String>; ADV_FIELDS],
    pub items: Vec<Item>,
}

/// One line of an order; amounts as decimal text.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Item {
    pub sku: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Value without tax and shipping, such as `80.00`.
    pub net: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<String>,
}

/// A receipt that cannot be read: the sender must change it. Answered with 400.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    pub code: &'static str,
    pub message: String,
}

fn malformed(code: &'static str, message: impl Into<String>) -> Malformed {
    Malformed { code, message: message.into() }
}

/// Reads canonical parameters. Unknown names are kept in the receipt and mean nothing here; of a name given twice the
/// first counts; empty values count as absent.
pub fn read(params: &[(String, String)], arrived_at: Timestamp) -> Result<Claim, Malformed> {
    let mut claim = Claim::default();
    for (name, value) in params.iter().rev().filter(|(_, value)| !value.trim().is_empty()) {
        take(&mut claim, name, value.trim(), arrived_at)?;
    }
    Ok(claim)
}

fn take(claim: &mut Claim, name: &str, value: &str, arrived_at: Timestamp) -> Result<(), Malformed> {
    match name {
        "click_id" => {
            claim.click = edge::click_id::parse(value).map_or(ClickClaim::Unreadable, ClickClaim::Id);
            claim.click_said = Some(value.to_owned()).filter(|said| said.len() <= FOREIGN_CLICK_BYTES_MAX);
        }
        "conversion_id" => claim.conversion = Some(id_of(name, value)?),
        "offer_id" => claim.offer = Some(id_of(name, value)?),
        "goal" => claim.goal = Some(text(name, value, TEXT_CHARS_MAX)?),
        "order_id" => claim.order_id = Some(text(name, value, ORDER_ID_CHARS_MAX)?),
        "customer_id" => claim.customer_id = Some(text(name, value, ORDER_ID_CHARS_MAX)?),
        "coupon" => claim.coupon = Some(text(name, value, ORDER_ID_CHARS_MAX)?),
        "visitor_id" => claim.visitor = Some(text(name, value, TEXT_CHARS_MAX)?),
        "status" => claim.status = Some(text(name, value, TEXT_CHARS_MAX)?),
        "amount" => claim.amount = Some(amount(value)?),
        "currency" => claim.currency = Some(currency(value)?),
        "event_time" => claim.event_time = Some(moment(value, arrived_at)?),
        "items" => claim.items = items(value)?,
        _ => {
            if let Some(slot) = adv_slot(claim, name) {
                *slot = Some(value.chars().take(TEXT_CHARS_MAX).collect());
            }
        }
    }
    Ok(())
}

fn adv_slot<'a>(claim: &'a mut Claim, name: &str) -> Option<&'a mut Option<String>> {
    let number: usize = name.strip_prefix("adv")?.parse().ok()?;
    claim.adv.get_mut(number.checked_sub(1)?)
}

fn id_of<K: id::Kind>(name: &str, value: &str) -> Result<Id<K>, Malformed> {
    Id::parse(value).ok_or_else(|| malformed("bad_id", format!("{name} is not an id of the form {}_…", K::PREFIX)))
}

fn text(name: &str, value: &str, chars_max: usize) -> Result<String, Malformed> {
    if value.chars().nth(chars_max).is_some() {
        return Err(malformed("bad_parameter", format!("{name} is longer than {chars_max} characters")));
    }
    Ok(value.chars().filter(|letter| !letter.is_control()).collect())
}

fn amount(value: &str) -> Result<String, Malformed> {
    match decimal::parse_scaled(value, decimal::Decimal8::SCALE) {
        Err(decimal::DecimalError::Malformed) => {
            Err(malformed("bad_amount", "amount is a decimal such as 80.00, without sign, spaces or grouping"))
        }
        _ => Ok(value.to_owned()),
    }
}

fn currency(value: &str) -> Result<Currency, Malformed> {
    let code = value.to_ascii_uppercase();
    Currency::from_code(&code).ok_or_else(|| malformed("bad_currency", "currency is a code of ISO 4217 such as EUR"))
}

fn moment(value: &str, arrived_at: Timestamp) -> Result<Timestamp, Malformed> {
    let at = Timestamp::parse(value)
        .ok_or_else(|| malformed("bad_parameter", "event_time is RFC 3339, for example 2026-11-22T09:30:00Z"))?;
    let plausible = 0..=arrived_at.plus_millis(FUTURE_MS_MAX).millis();
    if plausible.contains(&at.millis()) {
        Ok(at)
    } else {
        Err(malformed("bad_parameter", "event_time lies in the future or before 1970"))
    }
}

fn items(value: &str) -> Result<Vec<Item>, Malformed> {
    let items: Vec<Item> = serde_json::from_str(value)
        .map_err(|_| malformed("bad_parameter", "items is a JSON list of {sku, category, net, tax, shipping}"))?;
    if items.len() > ITEMS_MAX {
        return Err(malformed("bad_parameter", format!("items holds more than {ITEMS_MAX} lines")));
    }
    for item in &items {
        text("sku", &item.sku, ORDER_ID_CHARS_MAX)?;
        text("category", item.category.as_deref().unwrap_or_default(), ORDER_ID_CHARS_MAX)?;
        for part in [Some(&item.net), item.tax.as_ref(), item.shipping.as_ref()].into_iter().flatten() {
            amount(part)?;
        }
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOON: Timestamp = Timestamp::from_millis(1_780_000_000_000);

    fn read_pairs(pairs: &[(&str, &str)]) -> Result<Claim, Malformed> {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        read(&pairs, NOON)
    }

    #[test]
    fn fields_are_read() {
        let claim =
            read_pairs(&[("adv1", "a"), ("adv10", "z"), ("adv11", "no"), ("amount", "80.00"), ("currency", "eur")]);
        let claim = claim.expect("well formed");
        assert_eq!((claim.adv[0].as_deref(), claim.adv[9].as_deref()), (Some("a"), Some("z")));
        assert_eq!((claim.amount.as_deref(), claim.currency), (Some("80.00"), Some(Currency::EUR)));
        assert_eq!(read_pairs(&[("click_id", "nonsense")]).expect("a rule refuses it").click, ClickClaim::Unreadable);
        assert_eq!(read_pairs(&[("order_id", "  ")]).expect("empty").order_id, None);
        assert_eq!(
            read_pairs(&[("order_id", "first"), ("order_id", "2")]).expect("fine").order_id.as_deref(),
            Some("first")
        );
    }

    #[test]
    fn what_cannot_be_read_names_the_field() {
        let code = |name, value| read_pairs(&[(name, value)]).expect_err("malformed").code;
        assert_eq!(code("amount", "1,000"), "bad_amount");
        assert_eq!(code("amount", "1e9"), "bad_amount");
        assert_eq!(code("currency", "E"), "bad_currency");
        assert_eq!(code("event_time", "2999-01-01T00:00:00Z"), "bad_parameter");
        assert_eq!(code("conversion_id", "ofr_1"), "bad_id");
        assert_eq!(code("items", "[{}]"), "bad_parameter");
        assert_eq!(code("order_id", &"x".repeat(257)), "bad_parameter");
    }

    proptest! {
        #[test]
        fn random_values_never_panic(name in "[a-z_0-9]{1,14}", value: String) {
            let _ = read(&[(name, value.clone()), ("amount".into(), value.clone()), ("items".into(), value)], NOON);
        }
    }
}
