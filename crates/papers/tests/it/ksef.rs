use papers::{
    Figures, Kind, Language, Paper, Vat,
    ksef::{self, NotStructured},
};

use crate::sample;

fn taxed(vat: Vat, currency: &str, country: &str) -> Paper {
    let mut paper = sample::short(Kind::SelfBillingInvoice, Language::En);
    paper.tax.vat = vat;
    paper.currency = currency.parse().expect("a currency");
    paper.buyer.country = Some(country.to_owned());
    paper.figures = Figures::of_invoice(&paper.lines, &paper.tax).expect("it fits");
    paper
}

#[test]
fn a_self_billing_invoice_over_the_border_is_structured() {
    let mut paper = taxed(Vat::ReverseCharge, "EUR", "DE");
    paper.lines.truncate(1);
    paper.lines[0].detail = Some("A < B & \"C\"".to_owned());
    paper.figures = Figures::of_invoice(&paper.lines, &paper.tax).expect("it fits");
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <Faktura xmlns=\"http://crd.gov.pl/wzor/2025/06/25/13775/\">\
        <Naglowek><KodFormularza kodSystemowy=\"FA (3)\" wersjaSchemy=\"1-0E\">FA</KodFormularza>\
        <WariantFormularza>3</WariantFormularza><DataWytworzeniaFa>2026-11-05T00:00:00Z</DataWytworzeniaFa>\
        <SystemInfo>Tributary</SystemInfo></Naglowek>\
        <Podmiot1><DaneIdentyfikacyjne><NIP>6762412345</NIP><Nazwa>Szlak Media Anna Wiśniewska</Nazwa></DaneIdentyfikacyjne>\
        <Adres><KodKraju>PL</KodKraju><AdresL1>ul. Długa 12/4, 31-147 Kraków</AdresL1></Adres></Podmiot1>\
        <Podmiot2><DaneIdentyfikacyjne><KodUE>DE</KodUE><NrVatUE>301234567</NrVatUE><Nazwa>Northwind Outdoor GmbH</Nazwa>\
        </DaneIdentyfikacyjne><Adres><KodKraju>DE</KodKraju><AdresL1>Torstraße 5, 10119 Berlin</AdresL1></Adres>\
        <JST>2</JST><GV>2</GV></Podmiot2>\
        <Fa><KodWaluty>EUR</KodWaluty><P_1>2026-11-05</P_1><P_2>SB-2026-00042</P_2><P_6>2026-10-31</P_6>\
        <P_13_9>1234.50</P_13_9><P_15>1234.50</P_15>\
        <Adnotacje><P_16>2</P_16><P_17>1</P_17><P_18>1</P_18><P_18A>2</P_18A><Zwolnienie><P_19N>1</P_19N></Zwolnienie>\
        <NoweSrodkiTransportu><P_22N>1</P_22N></NoweSrodkiTransportu><P_23>2</P_23><PMarzy><P_PMarzyN>1</P_PMarzyN></PMarzy>\
        </Adnotacje><RodzajFaktury>VAT</RodzajFaktury>\
        <FaWiersz><NrWierszaFa>1</NrWierszaFa><P_7>Prowizja: A &lt; B &amp; \"C\"</P_7><P_8A>usł.</P_8A><P_8B>1</P_8B>\
        <P_9A>1234.50</P_9A><P_11>1234.50</P_11><P_12>np II</P_12></FaWiersz></Fa></Faktura>\n";
    assert_eq!(ksef::write(&paper).as_deref(), Ok(expected));
}

#[test]
fn tax_at_home_stands_in_its_fields() {
    let mut paper = taxed(Vat::Charged { rate_bp: 2_300 }, "PLN", "PL");
    paper.buyer.vat_id = Some("525-234-40-78".to_owned());
    let xml = ksef::write(&paper).expect("it is structured");
    assert!(xml.contains("<P_13_1>33703.47</P_13_1><P_14_1>7751.80</P_14_1><P_15>41455.27</P_15>"), "{xml}");
    assert!(xml.contains("<NIP>5252344078</NIP>") && xml.contains("<P_12>23</P_12>"));
    paper.tax.vat = Vat::Exempt { basis: Some("art. 113 ust. 1".to_owned()) };
    let xml = ksef::write(&paper).expect("it is structured");
    assert!(xml.contains("<P_19>1</P_19><P_19A>art. 113 ust. 1</P_19A>") && xml.contains("<P_12>zw</P_12>"));
}

#[test]
fn what_would_be_turned_away_is_refused() {
    let charged = |rate_bp| Vat::Charged { rate_bp };
    assert_eq!(ksef::write(&taxed(charged(2_300), "EUR", "PL")), Err(NotStructured::Buyer), "no number of ten digits");
    assert_eq!(ksef::write(&taxed(charged(2_300), "EUR", "DE")), Err(NotStructured::TaxCurrency));
    assert_eq!(ksef::write(&taxed(charged(1_900), "PLN", "DE")), Err(NotStructured::Rate));
    assert_eq!(ksef::write(&taxed(Vat::ReverseCharge, "USDT", "DE")), Err(NotStructured::Currency));
    assert_eq!(ksef::write(&taxed(Vat::Exempt { basis: None }, "EUR", "DE")), Err(NotStructured::Basis));
    let mut paper = taxed(Vat::ReverseCharge, "EUR", "DE");
    paper.number = None;
    assert_eq!(ksef::write(&paper), Err(NotStructured::Number));
    paper.seller.country = Some("CZ".to_owned());
    assert_eq!(ksef::write(&paper), Err(NotStructured::Seller));
    assert_eq!(ksef::write(&sample::short(Kind::Statement, Language::Pl)), Err(NotStructured::Kind));
}
