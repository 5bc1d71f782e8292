//! Payment services, wallets and the plain file.

use std::io;

use connect::paypal;
use kernel::{Currency, Money};
use payfiles::{
    batch::{
        Payout, capitalist, generic,
        wise::{self, Receiver, Row, Template},
    },
    wallet::{Address, Network},
};

use super::{Fault, Line, Paper, description, told};
use crate::{partners::model::PayoutMethod, payouts::payers::Payer};

const OPERATION: &str = "CAPITALIST";
const USDT: &str = "USDT";
/// Of Wise's template where no payee has an IBAN: Wise then asks each by mail where the money shall go.
const WISE_BY_MAIL: &[u8] =
    b"name,recipientEmail,paymentReference,receiverType,amountCurrency,amount,sourceCurrency,targetCurrency\n";

fn payouts(paper: &Paper) -> Vec<Payout> {
    paper.lines.iter().map(|line| payout(paper, line)).collect()
}

fn payout(paper: &Paper, line: &Line) -> Payout {
    let email = line.account.get("email").unwrap_or(&line.email);
    Payout {
        number: line.payout.to_string(),
        name: line.holder().to_owned(),
        email: Some(email.to_owned()).filter(|email| !email.is_empty()),
        account: line.account.number(paper.method).map(str::to_owned),
        amount: Money::new(line.amount_minor, paper.currency),
        description: description(paper),
    }
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Result<Vec<u8>, Vec<Fault>> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(|error| vec![Fault::of_batch("file", error.to_string())])?;
    Ok(bytes)
}

pub fn check_plain(paper: &Paper) -> Result<(), Vec<Fault>> {
    generic::check(&payouts(paper)).map(|_| ()).map_err(told)
}

pub fn write_plain(paper: &Paper) -> Result<Vec<u8>, Vec<Fault>> {
    let payouts = payouts(paper);
    let checked = generic::check(&payouts).map_err(told)?;
    written(|out| checked.write(out))
}

/// Addresses that cannot be right, and other money than is sent there.
pub fn check_wallets(paper: &Paper) -> Result<(), Vec<Fault>> {
    if paper.currency.code() != USDT {
        return Err(vec![Fault::of_batch("currency", "only USDT is sent to these wallets")]);
    }
    let network = if paper.method == PayoutMethod::UsdtTrc20 { Network::Tron } else { Network::Ethereum };
    let wrong = paper.lines.iter().enumerate().filter_map(|(index, line)| {
        let Some(address) = line.account.get("address") else {
            return Some(Fault::at(index, "address", "it is missing"));
        };
        Address::parse(network, address).err().map(|error| Fault::at(index, "address", error.to_string()))
    });
    let wrong: Vec<_> = wrong.collect();
    if wrong.is_empty() { check_plain(paper) } else { Err(wrong) }
}

pub fn check_capitalist(paper: &Paper) -> Result<(), Vec<Fault>> {
    capitalist::check(operation(paper), &payouts(paper)).map(|_| ()).map_err(told)
}

pub fn write_capitalist(paper: &Paper) -> Result<Vec<u8>, Vec<Fault>> {
    let payouts = payouts(paper);
    let checked = capitalist::check(operation(paper), &payouts).map_err(told)?;
    written(|out| checked.write(out))
}

fn operation<'a>(paper: &Paper<'a>) -> &'a str {
    match paper.payer {
        Some(Payer::Capitalist(payer)) => &payer.operation,
        _ => OPERATION,
    }
}

pub fn check_wise(paper: &Paper) -> Result<(), Vec<Fault>> {
    let (template, source, rows) = wise_rows(paper)?;
    wise::check(&template, source, &rows).map(|_| ()).map_err(told)
}

pub fn write_wise(paper: &Paper) -> Result<Vec<u8>, Vec<Fault>> {
    let (template, source, rows) = wise_rows(paper)?;
    let checked = wise::check(&template, source, &rows).map_err(told)?;
    written(|out| checked.write(out))
}

fn wise_rows(paper: &Paper) -> Result<(Template, Currency, Vec<Row>), Vec<Fault>> {
    let payer = match paper.payer {
        Some(Payer::Wise(payer)) => payer.clone(),
        _ => Default::default(),
    };
    let rows: Vec<Row> = paper.lines.iter().map(|line| wise_row(paper, line)).collect();
    let by_iban = rows.iter().any(|row| row.payout.account.is_some());
    let template = match payer.template.as_deref().map(str::as_bytes) {
        Some(own) => Template::read(own),
        None if by_iban => Ok(Template::default()),
        None => Template::read(WISE_BY_MAIL),
    };
    let template = template.map_err(|error| vec![Fault::of_batch("template", error.to_string())])?;
    Ok((template, payer.source_currency.unwrap_or(paper.currency), rows))
}

fn wise_row(paper: &Paper, line: &Line) -> Row {
    let account = line.account.get("iban").map(str::to_owned);
    let is_company = line.account.get("kind") == Some("company");
    Row {
        payout: Payout { account, ..payout(paper, line) },
        receiver: if is_company { Receiver::Institution } else { Receiver::Person },
        bic: line.account.get("bic").map(str::to_owned),
    }
}

pub fn check_paypal(paper: &Paper) -> Result<(), Vec<Fault>> {
    let mut faults = Vec::new();
    for (index, line) in paper.lines.iter().enumerate() {
        let one = draft(paper, vec![payment(paper, line)]);
        if let Err(fault) = paypal::Batch::new(one) {
            faults.push(Fault::at(index, paypal_field(&fault), fault.to_string().replace("payment 0", "the payment")));
        }
    }
    if faults.is_empty() { for_paypal(paper).map(|_| ()) } else { Err(faults) }
}

fn paypal_field(fault: &paypal::BatchFault) -> &'static str {
    match fault {
        paypal::BatchFault::Receiver(_) => "email",
        paypal::BatchFault::Currency(_) => "currency",
        _ => "amount",
    }
}

pub fn for_paypal(paper: &Paper) -> Result<paypal::Batch, Vec<Fault>> {
    let payments = paper.lines.iter().map(|line| payment(paper, line)).collect();
    paypal::Batch::new(draft(paper, payments)).map_err(|fault| vec![Fault::of_batch("payments", fault.to_string())])
}

fn draft(paper: &Paper, payments: Vec<paypal::Payment>) -> paypal::Draft {
    let email_subject = match paper.payer {
        Some(Payer::Paypal(payer)) => payer.email_subject.clone().unwrap_or_default(),
        _ => String::new(),
    };
    paypal::Draft { sender_batch_id: paper.batch.to_string(), email_subject, payments }
}

fn payment(paper: &Paper, line: &Line) -> paypal::Payment {
    paypal::Payment {
        sender_item_id: line.payout.to_string(),
        receiver: paypal::Receiver::Email(line.account.get("email").unwrap_or(&line.email).to_owned()),
        amount: Money::new(line.amount_minor, paper.currency),
        note: description(paper),
    }
}
