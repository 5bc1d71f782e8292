//! What an invoice must say, what staff may make of it, and whether what is accepted is what is to be sent.

use jiff::civil::Date;
use kernel::{Currency, Money, Refusal, RefusalCode};

use super::entity::OwnInvoiceState;

/// Invoices of one partner that wait for staff at once.
pub const WAITING_MAX: u64 = 20;
/// No invoice is for more, in minor units: sums of many stay whole numbers.
const GROSS_MINOR_MAX: i64 = 1_000_000_000_000_000;
/// No invoice is older, in days.
const AGE_DAYS_MAX: i32 = 366;

/// What an invoice comes to, in whole minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    pub net_minor: i64,
    pub tax_minor: i64,
    pub gross_minor: i64,
}

/// Net and tax make the gross, to the minor unit.
pub fn checked(amounts: Amounts) -> Result<Amounts, Refusal> {
    let Amounts { net_minor, tax_minor, gross_minor } = amounts;
    if !(1..=GROSS_MINOR_MAX).contains(&gross_minor) {
        return Err(Refusal::field("gross_minor", "must be above nought"));
    }
    if net_minor < 0 {
        return Err(Refusal::field("net_minor", "must be nought or more"));
    }
    if tax_minor < 0 {
        return Err(Refusal::field("tax_minor", "must be nought or more"));
    }
    if net_minor.checked_add(tax_minor) != Some(gross_minor) {
        return Err(Refusal::field("gross_minor", "must be net and tax together"));
    }
    Ok(amounts)
}

/// The day of an invoice that is handed in `today`.
pub fn issued_on(said: &str, today: Date) -> Result<Date, Refusal> {
    let wrong = |message: &str| Refusal::field("issued_on", message);
    let day: Date = said.trim().parse().map_err(|_| wrong("must be a day, as 2026-12-05"))?;
    if day > today {
        return Err(wrong("must not lie in the future"));
    }
    if today.since(day).map_err(|_| wrong("must be a day, as 2026-12-05"))?.get_days() > AGE_DAYS_MAX {
        return Err(wrong("must lie within the last year"));
    }
    Ok(day)
}

/// Numbers that differ in spaces and capitals alone are the same number.
pub fn compared(number: &str) -> String {
    number.split_whitespace().collect::<String>().to_uppercase()
}

/// A partner that is paid in one currency is billed in it.
pub fn require_currency(paid_in: Option<&str>, currency: Currency) -> Result<(), Refusal> {
    match paid_in {
        Some(own) if own != currency.code() => {
            Err(Refusal::field("currency", format!("must be {own}, in which the partner is paid")))
        }
        _ => Ok(()),
    }
}

/// What becomes of an invoice that staff accepts or sends back.
///
/// # Errors
/// `already_decided` where it was decided so, was sent back, or a payout carries it.
pub fn reviewed(state: OwnInvoiceState, accept: bool) -> Result<OwnInvoiceState, Refusal> {
    let decided = |message: &str| Err(Refusal::new(RefusalCode::AlreadyDecided, message));
    match (state, accept) {
        (OwnInvoiceState::Submitted, true) => Ok(OwnInvoiceState::Accepted),
        (OwnInvoiceState::Submitted | OwnInvoiceState::Accepted, false) => Ok(OwnInvoiceState::SentBack),
        (OwnInvoiceState::Used, _) => decided("a payout carries this invoice"),
        (OwnInvoiceState::Accepted, true) | (OwnInvoiceState::SentBack, _) => {
            decided("this invoice was decided on already")
        }
    }
}

/// How what is accepted stands beside what is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    Agrees,
    /// Nothing is accepted.
    Missing,
    Differs {
        accepted: Money,
    },
}

/// The sums of one currency, to the minor unit: less would leave money unbilled, more would bill what is not sent.
pub fn cover(accepted: Money, due: Money) -> Cover {
    match accepted.minor {
        0 => Cover::Missing,
        minor if minor == due.minor => Cover::Agrees,
        _ => Cover::Differs { accepted },
    }
}

/// How far billing is, for the partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ToInvoiceStanding {
    /// There is something left to invoice.
    ToInvoice,
    /// All of it is handed in, and some of it waits for staff.
    InReview,
    /// What is accepted is what will be sent.
    Covered,
    /// More is handed in than will be sent: an invoice has to be sent back.
    TooMuch,
}

/// How far billing is, and what is left to invoice, in minor units.
pub fn to_invoice(due_minor: i64, accepted_minor: i64, waiting_minor: i64) -> (ToInvoiceStanding, i64) {
    let billed = accepted_minor.saturating_add(waiting_minor);
    match due_minor.saturating_sub(billed) {
        left @ 1.. => (ToInvoiceStanding::ToInvoice, left),
        0 if waiting_minor > 0 => (ToInvoiceStanding::InReview, 0),
        0 => (ToInvoiceStanding::Covered, 0),
        _ => (ToInvoiceStanding::TooMuch, 0),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn net_and_tax_make_the_gross() {
        let amounts =
            |net_minor, tax_minor, gross_minor| checked(Amounts { net_minor, tax_minor, gross_minor }).is_ok();
        assert!(amounts(650, 150, 800) && amounts(800, 0, 800));
        assert!(!amounts(650, 150, 801) && !amounts(0, 0, 0) && !amounts(-1, 2, 1) && !amounts(2, -1, 1));
        assert!(!amounts(i64::MAX, 1, i64::MIN) && !amounts(i64::MAX, 0, i64::MAX));
    }

    #[test]
    fn a_day_is_of_the_last_year() {
        let today = date(2026, 2, 3);
        assert_eq!(issued_on(" 2026-02-03 ", today), Ok(today));
        assert!(issued_on("2026-02-04", today).is_err() && issued_on("2025-02-01", today).is_err());
        assert!(issued_on("2025-02-03", today).is_ok() && issued_on("3.2.2026", today).is_err());
    }

    #[test]
    fn a_number_is_the_same_in_other_letters() {
        assert_eq!(compared(" fv 1 / 2026"), compared("FV1/2026"));
        assert_ne!(compared("FV-1"), compared("FV-11"));
    }

    #[test]
    fn only_what_nobody_decided_is_accepted_and_what_a_payout_carries_stays() {
        use OwnInvoiceState::*;
        assert_eq!(reviewed(Submitted, true), Ok(Accepted));
        assert_eq!([Submitted, Accepted].map(|state| reviewed(state, false)), [Ok(SentBack), Ok(SentBack)]);
        for (state, accept) in [(Accepted, true), (SentBack, true), (SentBack, false), (Used, true), (Used, false)] {
            assert!(reviewed(state, accept).is_err());
        }
    }

    #[test]
    fn only_the_very_sum_is_paid() {
        let euros = |minor| Money::new(minor, "EUR".parse().expect("a currency"));
        assert_eq!(cover(euros(800), euros(800)), Cover::Agrees);
        assert_eq!(cover(euros(0), euros(800)), Cover::Missing);
        assert_eq!(cover(euros(799), euros(800)), Cover::Differs { accepted: euros(799) });
        assert_eq!(cover(euros(801), euros(800)), Cover::Differs { accepted: euros(801) });
    }

    #[test]
    fn what_is_left_to_invoice_is_told() {
        use ToInvoiceStanding::*;
        assert_eq!(to_invoice(1_600, 800, 0), (ToInvoice, 800));
        assert_eq!(to_invoice(1_600, 800, 800), (InReview, 0));
        assert_eq!(to_invoice(1_600, 1_600, 0), (Covered, 0));
        assert_eq!(to_invoice(600, 800, 0), (TooMuch, 0));
    }
}
