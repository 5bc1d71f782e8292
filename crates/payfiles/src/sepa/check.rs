//! What a bank would refuse, found before it is asked.

use std::collections::HashSet;

use kernel::Currency;

use super::{
    Address, BUILDING_MAX, CreditTransfers, MAX_AMOUNT, MAX_PAYMENTS, POSTAL_CODE_MAX, Party, Payment, STREET_MAX,
    TOWN_MAX,
};
use crate::{
    Bic, Iban, Why, Wrong,
    characters::{self, NAME_MAX, REMITTANCE_MAX},
};

/// Count and sum of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    pub count: usize,
    /// Cents.
    pub sum: i64,
}

/// A batch without a fault: only such a one can be written.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    pub(super) transfers: &'a CreditTransfers,
    totals: Totals,
}

impl Checked<'_> {
    pub fn totals(&self) -> Totals {
        self.totals
    }
}

/// Every fault of every payment, or the batch ready to be written.
pub fn check(transfers: &CreditTransfers) -> Result<Checked<'_>, Vec<Wrong>> {
    let mut wrongs = batch(transfers);
    let mut ids = HashSet::with_capacity(transfers.payments.len().min(MAX_PAYMENTS));
    for (index, payment) in transfers.payments.iter().take(MAX_PAYMENTS).enumerate() {
        let mut report = |field, why| wrongs.push(Wrong::payment(index, field, why));
        check_payment(payment, &mut report);
        if !ids.insert(payment.end_to_end_id.as_str()) {
            report("end_to_end_id", Why::SameId);
        }
    }
    if !wrongs.is_empty() {
        return Err(wrongs);
    }
    // At most a hundred thousand amounts of twelve digits: far below the limit.
    let sum = transfers.payments.iter().map(|payment| payment.amount.minor).sum();
    Ok(Checked { transfers, totals: Totals { count: transfers.payments.len(), sum } })
}

type Report<'a> = dyn FnMut(&'static str, Why) + 'a;

fn batch(transfers: &CreditTransfers) -> Vec<Wrong> {
    let mut wrongs = Vec::new();
    let mut report = |field, why: Why| wrongs.push(Wrong::batch(field, why));
    check_id(&transfers.message_id, "message_id", &mut report);
    check_id(&transfers.batch_id, "batch_id", &mut report);
    check_text(&transfers.initiating_party, NAME_MAX, "initiating_party", &mut report);
    if !(1..=MAX_PAYMENTS).contains(&transfers.payments.len()) {
        report("payments", Why::Count(MAX_PAYMENTS));
    }
    let payer = check_party(&transfers.debtor, &DEBTOR, &mut report);
    if transfers.debtor.address.is_none() && payer.is_some_and(|payer| leaves_eea(&payer, transfers)) {
        report("debtor.address", Why::PayerAddressMissing);
    }
    wrongs
}

fn leaves_eea(payer: &Iban, transfers: &CreditTransfers) -> bool {
    let payee_outside =
        |payment: &Payment| Iban::parse(&payment.creditor.iban).is_ok_and(|payee| payee.in_sepa() && !payee.in_eea());
    !payer.in_eea() || transfers.payments.iter().take(MAX_PAYMENTS).any(payee_outside)
}

/// Names of a party's fields.
struct Fields {
    name: &'static str,
    iban: &'static str,
    bic: &'static str,
    street: &'static str,
    building: &'static str,
    postal_code: &'static str,
    town: &'static str,
    country: &'static str,
}

const DEBTOR: Fields = Fields {
    name: "debtor.name",
    iban: "debtor.iban",
    bic: "debtor.bic",
    street: "debtor.address.street",
    building: "debtor.address.building",
    postal_code: "debtor.address.postal_code",
    town: "debtor.address.town",
    country: "debtor.address.country",
};
const CREDITOR: Fields = Fields {
    name: "creditor.name",
    iban: "creditor.iban",
    bic: "creditor.bic",
    street: "creditor.address.street",
    building: "creditor.address.building",
    postal_code: "creditor.address.postal_code",
    town: "creditor.address.town",
    country: "creditor.address.country",
};

fn check_payment(payment: &Payment, report: &mut Report) {
    check_id(&payment.end_to_end_id, "end_to_end_id", report);
    if payment.amount.currency != Currency::EUR {
        report("amount", Why::NotEuro);
    } else if !(1..=MAX_AMOUNT).contains(&payment.amount.minor) {
        report("amount", Why::Amount);
    }
    check_party(&payment.creditor, &CREDITOR, report);
    if let Some(remittance) = &payment.remittance {
        check_text(remittance, REMITTANCE_MAX, "remittance", report);
    }
}

fn check_party(party: &Party, fields: &Fields, report: &mut Report) -> Option<Iban> {
    check_text(&party.name, NAME_MAX, fields.name, report);
    let iban = Iban::parse(&party.iban).map_err(Why::from).and_then(|iban| {
        let outside = || crate::account::IbanError::OutsideSepa(iban.country().to_owned());
        if iban.in_sepa() { Ok(iban) } else { Err(outside().into()) }
    });
    let iban = iban.map_err(|why| report(fields.iban, why)).ok();
    if let Some(text) = &party.bic {
        let fitting = Bic::parse(text).and_then(|bic| iban.map_or(Ok(()), |iban| bic.fits(&iban)));
        if let Err(why) = fitting {
            report(fields.bic, why.into());
        }
    }
    if let Some(address) = &party.address {
        check_address(address, fields, report);
    }
    iban
}

fn check_address(address: &Address, fields: &Fields, report: &mut Report) {
    let parts = [
        (&address.street, STREET_MAX, fields.street),
        (&address.building, BUILDING_MAX, fields.building),
        (&address.postal_code, POSTAL_CODE_MAX, fields.postal_code),
    ];
    for (part, limit, field) in parts {
        if let Some(part) = part {
            check_text(part, limit, field, report);
        }
    }
    check_text(&address.town, TOWN_MAX, fields.town, report);
    let country = address.country.as_bytes();
    if country.len() != 2 || !country.iter().all(u8::is_ascii_uppercase) {
        report(fields.country, Why::Country);
    }
}

fn check_text(text: &str, limit: usize, field: &'static str, report: &mut Report) {
    if let Err(why) = characters::text(text, limit) {
        report(field, why.into());
    }
}

fn check_id(id: &str, field: &'static str, report: &mut Report) {
    if let Err(why) = characters::id(id) {
        report(field, why.into());
    }
}
