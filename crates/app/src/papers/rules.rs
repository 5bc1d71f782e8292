//! Who is taxed how, which paper is issued, and what a line is for.

use ::papers::{Kind, Party, Vat, What};
use kernel::{Refusal, RefusalCode};
use ledger::EntryKind;

use crate::billing_details::{
    entity::{LegalForm, Model},
    store::missing,
};

/// Countries whose businesses account for the tax of each other's services.
const EUROPEAN_UNION: &str = "AT BE BG CY CZ DE DK EE EL ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

fn is_in_union(country: &str) -> bool {
    EUROPEAN_UNION.split(' ').any(|member| member == country)
}

/// How value added tax stands on an invoice of a seller to a buyer who runs a business.
///
/// Whoever has no VAT number charges none. At home the seller's own rate is charged, unless the law exempts it. Over a border,
/// a buyer in the European Union accounts for the tax; elsewhere there is none.
pub fn vat(seller: &Model, buyer: &Model) -> Result<Vat, Refusal> {
    let exempt = || Vat::Exempt { basis: seller.vat_exempt_basis.clone() };
    if seller.legal_form == LegalForm::Person {
        return Ok(Vat::None);
    }
    if seller.vat_id.is_none() || seller.vat_exempt_basis.is_some() {
        return Ok(if seller.vat_exempt_basis.is_some() { exempt() } else { Vat::None });
    }
    if seller.country != buyer.country {
        let accounts_for_it = is_in_union(&buyer.country) && buyer.vat_id.is_some();
        return Ok(if accounts_for_it { Vat::ReverseCharge } else { Vat::None });
    }
    match seller.vat_bp.and_then(|rate| u32::try_from(rate).ok()) {
        Some(rate_bp) => Ok(Vat::Charged { rate_bp }),
        None => Err(missing("the rate of value added tax of the seller's country is not known")),
    }
}

/// Which paper is issued for a seller: a bill where it has no business in Poland, an invoice otherwise.
pub fn kind(seller: &Model) -> Kind {
    match (seller.legal_form, seller.country.as_str()) {
        (LegalForm::Person, "PL") => Kind::Rachunek,
        _ => Kind::SelfBillingInvoice,
    }
}

/// Refuses to issue for a partner that has not agreed, or at whose details nobody has looked.
pub fn require_may_issue(seller: &Model) -> Result<(), Refusal> {
    if seller.self_billing_since.is_none() {
        let message = "the partner has not agreed that invoices are issued on its behalf";
        return Err(Refusal::new(RefusalCode::SelfBillingNotAgreed, message));
    }
    if seller.confirmed_by.is_none() {
        return Err(missing("nobody has confirmed the partner's billing details since it changed them"));
    }
    Ok(())
}

/// As a party of a paper.
pub fn party(row: &Model) -> Party {
    Party {
        name: row.name.clone(),
        address: row.address.lines().map(str::to_owned).collect(),
        country: Some(row.country.clone()),
        vat_id: row.vat_id.clone(),
        tax_id: row.tax_id.clone(),
        registration: row.registration.clone(),
        email: row.email.clone(),
        account: row.account.clone(),
    }
}

/// What an entry of a partner's statement is for.
pub fn what(kind: EntryKind) -> What {
    match kind {
        EntryKind::Paid => What::Payout,
        EntryKind::Failed | EntryKind::Returned => What::FailedPayout,
        EntryKind::Reverse | EntryKind::Release => What::Reversal,
        EntryKind::Reprice | EntryKind::Reassign => What::Correction,
        EntryKind::Placement => What::Placement,
        EntryKind::Exchange => What::Exchange,
        EntryKind::Opening => What::Moved,
        EntryKind::Adjustment => What::Adjustment,
        EntryKind::Fee => What::Fee,
        EntryKind::TaxWithheld => What::TaxWithheld,
        _ => What::Commission,
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Id, Timestamp};

    use super::*;
    use crate::billing_details::entity::Whose;

    fn details(country: &str, legal_form: LegalForm, vat_id: Option<&str>) -> Model {
        Model {
            id: Id::from_u128(1),
            workspace_id: Id::from_u128(1),
            whose: Whose::Partner,
            whose_id: sea_orm::prelude::Uuid::from_u128(1),
            legal_form,
            name: "Trail Notes".to_owned(),
            address: "Long Street 1\n00-001 Town".to_owned(),
            country: country.to_owned(),
            vat_id: vat_id.map(str::to_owned),
            tax_id: None,
            registration: None,
            email: None,
            account: None,
            language: "en".to_owned(),
            vat_bp: Some(2_300),
            vat_exempt_basis: None,
            self_billing_since: None,
            confirmed_by: None,
            updated_at: Timestamp::from_millis(0),
        }
    }

    #[test]
    fn tax_follows_from_who_and_where() {
        let company = |country| details(country, LegalForm::Company, Some("X1"));
        let poland = company("PL");
        assert_eq!(vat(&poland, &company("PL")), Ok(Vat::Charged { rate_bp: 2_300 }));
        assert_eq!(vat(&poland, &company("DE")), Ok(Vat::ReverseCharge));
        assert_eq!(vat(&company("RS"), &company("DE")), Ok(Vat::ReverseCharge), "a service from outside");
        assert_eq!(vat(&poland, &company("US")), Ok(Vat::None));
        assert_eq!(vat(&details("PL", LegalForm::Person, None), &company("PL")), Ok(Vat::None));
        assert_eq!(vat(&details("PL", LegalForm::SoleTrader, None), &company("PL")), Ok(Vat::None));
        let exempt = Model { vat_exempt_basis: Some("art. 113".to_owned()), ..poland.clone() };
        assert_eq!(vat(&exempt, &company("DE")), Ok(Vat::Exempt { basis: Some("art. 113".to_owned()) }));
        let without_rate = Model { vat_bp: None, ..poland };
        assert_eq!(vat(&without_rate, &company("PL")).map_err(|no| no.code), Err(RefusalCode::BillingDetailsMissing));
    }

    #[test]
    fn nothing_is_issued_for_who_has_not_agreed_or_was_not_looked_at() {
        let blank = details("PL", LegalForm::Company, None);
        let code = |row: &Model| require_may_issue(row).map_err(|no| no.code);
        assert_eq!(code(&blank), Err(RefusalCode::SelfBillingNotAgreed));
        let agreed = Model { self_billing_since: Some("2026-11-01".to_owned()), ..blank };
        assert_eq!(code(&agreed), Err(RefusalCode::BillingDetailsMissing));
        assert_eq!(code(&Model { confirmed_by: Some(Id::from_u128(2)), ..agreed }), Ok(()));
    }
}
