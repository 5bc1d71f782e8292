use std::{fs, io::BufWriter, path::PathBuf};

use jiff::civil::date;
use kernel::{Currency, Money, Timestamp};

use super::*;
use crate::{
    Place, Why,
    account::{BicError, IbanError},
    characters::TextError,
};

fn payment(number: usize, cents: i64) -> Payment {
    Payment {
        end_to_end_id: format!("PO-{number}"),
        amount: Money::new(cents, Currency::EUR),
        creditor: Party {
            name: "Łukasz Grün & Söhne".into(),
            iban: "NL91 ABNA 0417 1643 00".into(),
            bic: Some("ABNANL2A".into()),
            address: Some(Address {
                street: Some("Damrak".into()),
                building: Some("1".into()),
                postal_code: Some("1012 LG".into()),
                town: "Amsterdam".into(),
                country: "NL".into(),
            }),
        },
        remittance: Some(format!("Statement 2026-11 no. {number}")),
    }
}

fn transfers(payments: Vec<Payment>) -> CreditTransfers {
    CreditTransfers {
        message_id: "MSG-1".into(),
        batch_id: "BAT-1".into(),
        created: Timestamp::parse("2026-11-23T04:00:00Z").expect("a moment"),
        initiating_party: "Müller GmbH".into(),
        debtor: Party {
            name: "Müller GmbH".into(),
            iban: "DE89370400440532013000".into(),
            bic: Some("COBADEFFXXX".into()),
            address: None,
        },
        execution_date: date(2026, 12, 1),
        one_booking: true,
        payments,
    }
}

fn written(transfers: &CreditTransfers, version: Version) -> String {
    let mut bytes = Vec::new();
    check(transfers).expect("nothing wrong").write(version, &mut bytes).expect("memory takes it");
    String::from_utf8(bytes).expect("text")
}

fn wrongs(transfers: &CreditTransfers) -> Vec<(Place, &'static str, Why)> {
    let wrongs = check(transfers).expect_err("something wrong");
    wrongs.into_iter().map(|wrong| (wrong.place, wrong.field, wrong.why)).collect()
}

#[test]
fn one_payment_reads_as_the_bank_expects() {
    let xml = written(&transfers(vec![payment(1, 1_250)]), Version::V09);
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn><GrpHdr><MsgId>MSG-1</MsgId>\
        <CreDtTm>2026-11-23T04:00:00.000Z</CreDtTm><NbOfTxs>1</NbOfTxs><CtrlSum>12.50</CtrlSum>\
        <InitgPty><Nm>Mueller GmbH</Nm></InitgPty></GrpHdr>\n\
        <PmtInf><PmtInfId>BAT-1</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg><NbOfTxs>1</NbOfTxs>\
        <CtrlSum>12.50</CtrlSum><PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>\
        <ReqdExctnDt><Dt>2026-12-01</Dt></ReqdExctnDt><Dbtr><Nm>Mueller GmbH</Nm></Dbtr>\
        <DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct>\
        <DbtrAgt><FinInstnId><BICFI>COBADEFFXXX</BICFI></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>\n\
        <CdtTrfTxInf><PmtId><EndToEndId>PO-1</EndToEndId></PmtId><Amt><InstdAmt Ccy=\"EUR\">12.50</InstdAmt></Amt>\
        <CdtrAgt><FinInstnId><BICFI>ABNANL2A</BICFI></FinInstnId></CdtrAgt>\
        <Cdtr><Nm>Lukasz Gruen + Soehne</Nm><PstlAdr><StrtNm>Damrak</StrtNm><BldgNb>1</BldgNb><PstCd>1012 LG</PstCd>\
        <TwnNm>Amsterdam</TwnNm><Ctry>NL</Ctry></PstlAdr></Cdtr>\
        <CdtrAcct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></CdtrAcct>\
        <RmtInf><Ustrd>Statement 2026-11 no. 1</Ustrd></RmtInf></CdtTrfTxInf>\n\
        </PmtInf></CstmrCdtTrfInitn></Document>\n";
    assert_eq!(xml, expected);
}

#[test]
fn the_old_version_differs_in_date_and_bank() {
    let mut batch = transfers(vec![payment(1, 1)]);
    let xml = written(&batch, Version::V03);
    assert!(xml.contains("pain.001.001.03\"") && xml.contains("<ReqdExctnDt>2026-12-01</ReqdExctnDt>"));
    assert!(xml.contains("<BIC>COBADEFFXXX</BIC>") && xml.contains("<BIC>ABNANL2A</BIC>") && !xml.contains("BICFI"));
    batch.debtor.bic = None;
    batch.payments[0].creditor.bic = None;
    let xml = written(&batch, Version::V03);
    assert!(xml.contains("<DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>"));
    assert!(!xml.contains("CdtrAgt"));
}

#[test]
fn counts_and_sums_are_exact() {
    // 999,999,999.99 + 0.01 + 0.10 = 1,000,000,000.10
    let batch = transfers(vec![payment(1, MAX_AMOUNT), payment(2, 1), payment(3, 10)]);
    let totals = check(&batch).expect("nothing wrong").totals();
    assert_eq!(totals, Totals { count: 3, sum: 100_000_000_010 });
    let xml = written(&batch, Version::V09);
    assert_eq!(xml.matches("<NbOfTxs>3</NbOfTxs><CtrlSum>1000000000.10</CtrlSum>").count(), 2);
}

#[test]
fn every_fault_of_every_payment_is_named_at_once() {
    let mut batch = transfers(vec![payment(1, 0), payment(2, MAX_AMOUNT + 1), payment(2, 5), payment(4, 5)]);
    batch.message_id = "a//b".into();
    batch.payments[0].creditor.iban = "NL92ABNA0417164300".into();
    batch.payments[1].creditor.bic = Some("COBADEFF".into());
    batch.payments[2].amount.currency = Currency::USD;
    batch.payments[3].creditor.name = "名".into();
    batch.payments[3].creditor.address = Some(Address { country: "nl".into(), ..Address::default() });
    batch.payments[3].remittance = Some("x".repeat(141));
    let other_country = BicError::OtherCountry { bic: "DE".into(), iban: "NL".into() };
    let expected = vec![
        (Place::Batch, "message_id", Why::Text(TextError::Slashes)),
        (Place::Payment(0), "amount", Why::Amount),
        (Place::Payment(0), "creditor.iban", Why::Iban(IbanError::Checksum)),
        (Place::Payment(1), "amount", Why::Amount),
        (Place::Payment(1), "creditor.bic", Why::Bic(other_country)),
        (Place::Payment(2), "amount", Why::NotEuro),
        (Place::Payment(2), "end_to_end_id", Why::SameId),
        (Place::Payment(3), "creditor.name", Why::Text(TextError::Unsayable('名'))),
        (Place::Payment(3), "creditor.address.town", Why::Text(TextError::Empty)),
        (Place::Payment(3), "creditor.address.country", Why::Country),
        (Place::Payment(3), "remittance", Why::Text(TextError::TooLong { limit: 140, found: 141 })),
    ];
    assert_eq!(wrongs(&batch), expected);
}

#[test]
fn accounts_beyond_the_eea_want_the_payers_address_and_beyond_sepa_are_not_reached() {
    let mut batch = transfers(vec![payment(1, 5)]);
    batch.payments[0].creditor =
        Party { name: "Ann".into(), iban: "GB29NWBK60161331926819".into(), ..Party::default() };
    assert_eq!(wrongs(&batch), vec![(Place::Batch, "debtor.address", Why::PayerAddressMissing)]);
    batch.debtor.address = Some(Address { town: "Köln".into(), country: "DE".into(), ..Address::default() });
    assert!(written(&batch, Version::V09).contains("<PstlAdr><TwnNm>Koeln</TwnNm><Ctry>DE</Ctry></PstlAdr>"));
    batch.payments[0].creditor.iban = "TR330006100519786457841326".into();
    let outside = Why::Iban(IbanError::OutsideSepa("TR".into()));
    assert_eq!(wrongs(&batch), vec![(Place::Payment(0), "creditor.iban", outside)]);
}

#[test]
fn an_empty_batch_is_refused() {
    assert_eq!(wrongs(&transfers(Vec::new())), vec![(Place::Batch, "payments", Why::Count(MAX_PAYMENTS))]);
}

/// Writes samples of all sizes into the folder `PAYFILES_SAMPLES`, to be held against ISO's schemas (which are not ours
/// to keep here): `xmllint --noout --schema pain.001.001.09.xsd 09-50000.xml`.
#[test]
#[ignore = "writes files for an outside validator"]
fn samples_for_the_schemas() {
    let folder = PathBuf::from(std::env::var_os("PAYFILES_SAMPLES").expect("PAYFILES_SAMPLES names a folder"));
    for (version, name) in [(Version::V03, "03"), (Version::V09, "09")] {
        for count in [1, 1_000, 50_000] {
            let mut batch = transfers((0..count).map(|number| payment(number, 1_250 + number as i64)).collect());
            // Each second payment has no bank, address or text; without the payer's bank in the largest.
            for payment in batch.payments.iter_mut().skip(1).step_by(2) {
                payment.creditor.bic = None;
                payment.creditor.address = None;
                payment.remittance = None;
            }
            batch.debtor.bic = batch.debtor.bic.filter(|_| count < 50_000);
            let file = fs::File::create(folder.join(format!("{name}-{count}.xml"))).expect("a file");
            check(&batch).expect("nothing wrong").write(version, BufWriter::new(file)).expect("written");
        }
    }
}
