//! An invoice as FA(3), the structured invoice of Poland's KSeF: schema 1-0E of 25 June 2025.
//!
//! It holds what an invoice for services needs. Invoices of other kinds, in currencies without two decimals, or with tax in
//! another currency than PLN are refused with words: a file that KSeF turns away helps nobody.

use kernel::money::format_amount;

use crate::{
    figures::{Figure, Vat},
    paper::{Kind, Language, Line, Paper, Party},
    words,
};

const NAMESPACE: &str = "http://crd.gov.pl/wzor/2025/06/25/13775/";
const SYSTEM: &str = "Tributary";
const DECIMALS: u32 = 2;
const POLAND: &str = "PL";
/// As KSeF lists them: Greece by its prefix of VAT numbers, Northern Ireland beside the members.
const UNION: &str = "AT BE BG CY CZ DK EE FI FR DE EL HR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE XI";
const TEXT_CHARS_MAX: usize = 256;
const NAME_CHARS_MAX: usize = 512;

/// Why a paper is no structured invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotStructured {
    #[error("only invoices are structured")]
    Kind,
    #[error("the invoice has no number yet")]
    Number,
    #[error("the seller has no Polish tax number of ten digits")]
    Seller,
    #[error("the buyer's tax number does not fit its country")]
    Buyer,
    #[error("a structured invoice is in a currency with two decimals")]
    Currency,
    #[error("tax is told in PLN, and the invoice is in another currency")]
    TaxCurrency,
    #[error("structured invoices know no such rate of tax")]
    Rate,
    #[error("the law that exempts from tax is not named")]
    Basis,
    #[error("a sale at home is taxed or exempt")]
    Untaxed,
}

/// How tax stands on it: the field of the net sum, that of the tax, and the rate of each line.
struct Taxed {
    net: &'static str,
    tax: Option<&'static str>,
    rate: &'static str,
}

/// The invoice as XML, in Polish whatever the paper's language.
///
/// # Errors
/// What [`NotStructured`] names.
pub fn write(paper: &Paper) -> Result<String, NotStructured> {
    if !matches!(paper.kind, Kind::Invoice | Kind::SelfBillingInvoice) {
        return Err(NotStructured::Kind);
    }
    if paper.currency.iso_decimals() != Some(DECIMALS) {
        return Err(NotStructured::Currency);
    }
    let mut xml = Xml::default();
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.raw(&format!("<Faktura xmlns=\"{NAMESPACE}\">"));
    header(&mut xml, paper);
    seller(&mut xml, &paper.seller)?;
    buyer(&mut xml, &paper.buyer)?;
    invoice(&mut xml, paper)?;
    xml.raw("</Faktura>\n");
    Ok(xml.0)
}

fn header(xml: &mut Xml, paper: &Paper) {
    xml.raw("<Naglowek><KodFormularza kodSystemowy=\"FA (3)\" wersjaSchemy=\"1-0E\">FA</KodFormularza>");
    xml.text("WariantFormularza", "3");
    xml.text("DataWytworzeniaFa", &format!("{}T00:00:00Z", paper.issued_on));
    xml.text("SystemInfo", SYSTEM);
    xml.raw("</Naglowek>");
}

fn seller(xml: &mut Xml, party: &Party) -> Result<(), NotStructured> {
    let number = nip(party).ok_or(NotStructured::Seller)?;
    xml.within("Podmiot1", |xml| {
        xml.within("DaneIdentyfikacyjne", |xml| {
            xml.text("NIP", &number);
            xml.text("Nazwa", &token(&party.name, NAME_CHARS_MAX));
        });
        address(xml, party);
    });
    Ok(())
}

fn buyer(xml: &mut Xml, party: &Party) -> Result<(), NotStructured> {
    let named = identified(party)?;
    xml.within("Podmiot2", |xml| {
        xml.within("DaneIdentyfikacyjne", |xml| {
            named.iter().for_each(|(name, value)| xml.text(name, value));
            xml.text("Nazwa", &token(&party.name, NAME_CHARS_MAX));
        });
        address(xml, party);
        // Neither a unit of a local government nor a member of a VAT group.
        xml.text("JST", "2");
        xml.text("GV", "2");
    });
    Ok(())
}

/// By which number the buyer is known: at home, in the European Union, elsewhere, or by none.
fn identified(party: &Party) -> Result<Vec<(&'static str, String)>, NotStructured> {
    let country = party.country.as_deref().unwrap_or_default();
    let prefix = if country == "GR" { "EL" } else { country };
    if country == POLAND && (party.vat_id.is_some() || party.tax_id.is_some()) {
        return Ok(vec![("NIP", nip(party).ok_or(NotStructured::Buyer)?)]);
    }
    if let Some(vat_id) = party.vat_id.as_deref().filter(|_| UNION.split(' ').any(|member| member == prefix)) {
        let number: String = vat_id.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
        let number = number.strip_prefix(prefix).unwrap_or(&number).to_owned();
        let fits = (1..=12).contains(&number.len());
        return if fits {
            Ok(vec![("KodUE", prefix.to_owned()), ("NrVatUE", number)])
        } else {
            Err(NotStructured::Buyer)
        };
    }
    Ok(match party.vat_id.as_ref().or(party.tax_id.as_ref()) {
        Some(number) => vec![("KodKraju", country.to_owned()), ("NrID", token(number, 50))],
        None => vec![("BrakID", "1".to_owned())],
    })
}

fn nip(party: &Party) -> Option<String> {
    let number = party.vat_id.as_ref().or(party.tax_id.as_ref())?;
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    (party.country.as_deref() == Some(POLAND) && digits.len() == 10).then_some(digits)
}

fn address(xml: &mut Xml, party: &Party) {
    let lines = party.address.join(", ");
    xml.within("Adres", |xml| {
        xml.text("KodKraju", party.country.as_deref().unwrap_or(POLAND));
        xml.text("AdresL1", &token(&lines, NAME_CHARS_MAX));
    });
}

fn invoice(xml: &mut Xml, paper: &Paper) -> Result<(), NotStructured> {
    let number = paper.number.as_deref().ok_or(NotStructured::Number)?;
    let taxed = taxed(paper)?;
    xml.raw("<Fa>");
    xml.text("KodWaluty", paper.currency.code());
    xml.text("P_1", &paper.issued_on.to_string());
    xml.text("P_2", &token(number, TEXT_CHARS_MAX));
    if let Some((_, last)) = paper.period.filter(|(_, last)| *last != paper.issued_on) {
        xml.text("P_6", &last.to_string());
    }
    let sum = |figure| amount(paper.figures.get(figure).unwrap_or_default());
    xml.text(taxed.net, &sum(Figure::Net));
    if let Some(tax) = taxed.tax {
        xml.text(tax, &sum(Figure::Vat));
    }
    xml.text("P_15", &sum(if taxed.tax.is_some() { Figure::Gross } else { Figure::Net }));
    annotations(xml, paper);
    xml.text("RodzajFaktury", "VAT");
    for (index, line) in paper.lines.iter().enumerate() {
        row(xml, index + 1, line, taxed.rate);
    }
    if let Some(due) = paper.due_on {
        xml.within("Platnosc", |xml| xml.within("TerminPlatnosci", |xml| xml.text("Termin", &due.to_string())));
    }
    xml.raw("</Fa>");
    Ok(())
}

fn taxed(paper: &Paper) -> Result<Taxed, NotStructured> {
    let at_home = paper.buyer.country.as_deref() == Some(POLAND);
    match &paper.tax.vat {
        Vat::Charged { .. } if paper.currency.code() != "PLN" => Err(NotStructured::TaxCurrency),
        Vat::Charged { rate_bp } => charged(*rate_bp),
        Vat::Exempt { basis: None } => Err(NotStructured::Basis),
        Vat::Exempt { .. } => Ok(Taxed { net: "P_13_7", tax: None, rate: "zw" }),
        Vat::ReverseCharge | Vat::None if at_home => Err(NotStructured::Untaxed),
        Vat::ReverseCharge => Ok(Taxed { net: "P_13_9", tax: None, rate: "np II" }),
        Vat::None => Ok(Taxed { net: "P_13_8", tax: None, rate: "np I" }),
    }
}

fn charged(rate_bp: u32) -> Result<Taxed, NotStructured> {
    let (net, tax, rate) = match rate_bp {
        2_300 => ("P_13_1", "P_14_1", "23"),
        2_200 => ("P_13_1", "P_14_1", "22"),
        800 => ("P_13_2", "P_14_2", "8"),
        700 => ("P_13_2", "P_14_2", "7"),
        500 => ("P_13_3", "P_14_3", "5"),
        _ => return Err(NotStructured::Rate),
    };
    Ok(Taxed { net, tax: Some(tax), rate })
}

fn annotations(xml: &mut Xml, paper: &Paper) {
    let yes = |is: bool| if is { "1" } else { "2" };
    xml.within("Adnotacje", |xml| {
        xml.text("P_16", "2");
        xml.text("P_17", yes(paper.kind == Kind::SelfBillingInvoice));
        xml.text("P_18", yes(paper.tax.vat == Vat::ReverseCharge));
        xml.text("P_18A", "2");
        xml.within("Zwolnienie", |xml| match &paper.tax.vat {
            Vat::Exempt { basis } => {
                xml.text("P_19", "1");
                xml.text("P_19A", &token(basis.as_deref().unwrap_or_default(), TEXT_CHARS_MAX));
            }
            _ => xml.text("P_19N", "1"),
        });
        xml.within("NoweSrodkiTransportu", |xml| xml.text("P_22N", "1"));
        xml.text("P_23", "2");
        xml.within("PMarzy", |xml| xml.text("P_PMarzyN", "1"));
    });
}

fn row(xml: &mut Xml, number: usize, line: &Line, rate: &str) {
    let what = words::what(line.what, Language::Pl);
    let text = line.detail.as_ref().map_or_else(|| what.to_owned(), |detail| format!("{what}: {detail}"));
    xml.within("FaWiersz", |xml| {
        xml.text("NrWierszaFa", &number.to_string());
        xml.text("P_7", &token(&text, NAME_CHARS_MAX));
        xml.text("P_8A", "usł.");
        xml.text("P_8B", "1");
        xml.text("P_9A", &amount(line.minor));
        xml.text("P_11", &amount(line.minor));
        xml.text("P_12", rate);
    });
}

fn amount(minor: i64) -> String {
    format_amount(minor, DECIMALS)
}

/// Words between single blanks, cut to a length.
fn token(text: &str, chars_max: usize) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(chars_max).collect::<String>().trim_end().to_owned()
}

#[derive(Default)]
struct Xml(String);

impl Xml {
    fn raw(&mut self, text: &str) {
        self.0.push_str(text);
    }

    fn text(&mut self, name: &str, value: &str) {
        let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        self.0.push_str(&format!("<{name}>{value}</{name}>"));
    }

    fn within(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.0.push_str(&format!("<{name}>"));
        write(self);
        self.0.push_str(&format!("</{name}>"));
    }
}
