//! SEPA credit transfers.

use kernel::Money;
use payfiles::sepa::{self, Address, CreditTransfers, Party, Payment, Version};

use super::{Fault, Line, Paper, at_bank, description, told};
use crate::payouts::{account::Account, payers::Payer};

pub fn check(paper: &Paper) -> Result<(), Vec<Fault>> {
    sepa::check(&transfers(paper)?).map(|_| ()).map_err(told)
}

pub fn write(version: Version, paper: &Paper) -> Result<Vec<u8>, Vec<Fault>> {
    let transfers = transfers(paper)?;
    let checked = sepa::check(&transfers).map_err(told)?;
    let mut bytes = Vec::new();
    checked.write(version, &mut bytes).map_err(|error| vec![Fault::of_batch("file", error.to_string())])?;
    Ok(bytes)
}

fn transfers(paper: &Paper) -> Result<CreditTransfers, Vec<Fault>> {
    let Some(Payer::Sepa(payer)) = paper.payer else {
        return Err(vec![Fault::of_batch("payer", "no account is set that credit transfers are paid from")]);
    };
    let address = payer.town.clone().zip(payer.country.clone()).map(|(town, country)| Address {
        street: payer.street.clone(),
        building: payer.building.clone(),
        postal_code: payer.postal_code.clone(),
        town,
        country,
    });
    let debtor = Party { name: payer.name.clone(), iban: payer.iban.clone(), bic: payer.bic.clone(), address };
    Ok(CreditTransfers {
        message_id: at_bank(paper.batch),
        batch_id: at_bank(paper.batch),
        created: paper.created_at,
        initiating_party: payer.name.clone(),
        debtor,
        execution_date: paper.pay_on,
        one_booking: payer.one_booking,
        payments: paper.lines.iter().map(|line| payment(paper, line)).collect(),
    })
}

fn payment(paper: &Paper, line: &Line) -> Payment {
    let account = &line.account;
    Payment {
        end_to_end_id: at_bank(line.payout),
        amount: Money::new(line.amount_minor, paper.currency),
        creditor: Party {
            name: line.holder().to_owned(),
            iban: account.get("iban").unwrap_or_default().to_owned(),
            bic: account.get("bic").map(str::to_owned),
            address: address(account),
        },
        remittance: Some(description(paper)),
    }
}

/// Written only where town and country are known, as the scheme has it since 2025.
fn address(account: &Account) -> Option<Address> {
    let part = |name: &str| account.get(name).map(str::to_owned);
    Some(Address {
        town: part("town")?,
        country: part("country")?.to_ascii_uppercase(),
        street: part("street"),
        building: part("building"),
        postal_code: part("postal_code"),
    })
}
