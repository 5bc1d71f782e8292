//! Wise's batch payments: up to 1,000 rows in the columns of a template that Wise gives per type and currency.
//!
//! Templates change, so a workspace may hand in the one it downloaded: [`Template::read`] keeps its header to the letter,
//! in its order. Columns that are not known here stay empty, and [`Template::unknown`] names them. Amounts are what
//! the payee gets (`amountCurrency` is `target`).

use std::io::{self, Write};

use kernel::Currency;

use super::{Payout, amount, check_all, harmless};
use crate::{Bic, Iban, Why, Wrong, account::IbanError};

/// Most rows of one upload, by Wise.
pub const MAX_ROWS: usize = 1_000;
const MAX_COLUMNS: usize = 100;
const DEFAULT: &[&str] = &[
    "name",
    "recipientEmail",
    "paymentReference",
    "receiverType",
    "amountCurrency",
    "amount",
    "sourceCurrency",
    "targetCurrency",
    "IBAN",
];

/// A column whose meaning is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Email,
    Reference,
    ReceiverType,
    AmountCurrency,
    Amount,
    SourceCurrency,
    TargetCurrency,
    Iban,
    Bic,
    Unknown,
}

impl Column {
    fn named(header: &str) -> Self {
        match header.trim().trim_start_matches('\u{feff}').to_ascii_lowercase().as_str() {
            "name" => Self::Name,
            "recipientemail" => Self::Email,
            "paymentreference" => Self::Reference,
            "receivertype" => Self::ReceiverType,
            "amountcurrency" => Self::AmountCurrency,
            "amount" => Self::Amount,
            "sourcecurrency" => Self::SourceCurrency,
            "targetcurrency" => Self::TargetCurrency,
            "iban" => Self::Iban,
            "bic" => Self::Bic,
            _ => Self::Unknown,
        }
    }
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("it is no CSV of up to 100 columns")]
    Unreadable,
    #[error("it has no column {0}")]
    NoColumn(&'static str),
    #[error("it has the column {0} twice")]
    Twice(String),
}

/// The header to write below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    header: Vec<String>,
    columns: Vec<Column>,
}

impl Default for Template {
    fn default() -> Self {
        let columns = DEFAULT.iter().map(|header| Column::named(header)).collect();
        Self { header: DEFAULT.iter().map(|&header| header.to_owned()).collect(), columns }
    }
}

impl Template {
    /// Reads the header of a template; its examples below are dropped.
    pub fn read(csv: &[u8]) -> Result<Self, TemplateError> {
        let mut reader = csv::Reader::from_reader(csv);
        let header = reader.headers().map_err(|_| TemplateError::Unreadable)?;
        if header.len() > MAX_COLUMNS {
            return Err(TemplateError::Unreadable);
        }
        let header: Vec<String> = header.iter().map(str::to_owned).collect();
        let columns: Vec<Column> = header.iter().map(|header| Column::named(header)).collect();
        for (index, column) in columns.iter().enumerate() {
            if *column != Column::Unknown && columns[..index].contains(column) {
                return Err(TemplateError::Twice(header[index].clone()));
            }
        }
        let needed = [
            (Column::Name, "name"),
            (Column::Amount, "amount"),
            (Column::AmountCurrency, "amountCurrency"),
            (Column::SourceCurrency, "sourceCurrency"),
            (Column::TargetCurrency, "targetCurrency"),
        ];
        match needed.iter().find(|(column, _)| !columns.contains(column)) {
            Some(&(_, name)) => Err(TemplateError::NoColumn(name)),
            None => Ok(Self { header, columns }),
        }
    }

    /// Columns that stay empty, because their meaning is not known here.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        let pairs = self.header.iter().zip(&self.columns);
        pairs.filter(|(_, column)| **column == Column::Unknown).map(|(header, _)| header.as_str())
    }

    fn has(&self, column: Column) -> bool {
        self.columns.contains(&column)
    }
}

/// Who a payee is to Wise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    Person,
    Institution,
}

impl Receiver {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Institution => "INSTITUTION",
        }
    }
}

/// A payout by Wise. The payout's account is an IBAN, where the template asks for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub payout: Payout,
    pub receiver: Receiver,
    pub bic: Option<String>,
}

/// A batch without a fault.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    template: &'a Template,
    source: Currency,
    rows: &'a [Row],
}

/// Every fault of every row, or the batch ready to be written. `source` is the currency of the balance that pays.
pub fn check<'a>(template: &'a Template, source: Currency, rows: &'a [Row]) -> Result<Checked<'a>, Vec<Wrong>> {
    if !(1..=MAX_ROWS).contains(&rows.len()) {
        return Err(vec![Wrong::batch("payments", Why::Count(MAX_ROWS))]);
    }
    let payouts: Vec<Payout> = rows.iter().map(|row| row.payout.clone()).collect();
    let mut remaining = rows.iter();
    check_all(&payouts, MAX_ROWS, |payout, faults| {
        let bic = remaining.next().and_then(|row| row.bic.as_deref());
        if payout.name.trim().is_empty() {
            faults.tell("name", Why::Missing);
        }
        if let Some(email) = &payout.email {
            faults.exact("email", email);
        } else if template.has(Column::Email) && !template.has(Column::Iban) {
            faults.tell("email", Why::Missing);
        }
        if template.has(Column::Iban) {
            for (field, why) in account_faults(payout.account.as_deref(), bic) {
                faults.tell(field, why);
            }
        }
    })?;
    Ok(Checked { template, source, rows })
}

fn account_faults(account: Option<&str>, bic: Option<&str>) -> Vec<(&'static str, Why)> {
    let Some(account) = account else {
        return vec![("account", Why::Missing)];
    };
    let iban: Result<Iban, IbanError> = Iban::parse(account);
    let bank = bic.map(|bic| Bic::parse(bic).and_then(|bic| iban.as_ref().map_or(Ok(()), |iban| bic.fits(iban))));
    let account = iban.err().map(|why| ("account", why.into()));
    let bank = bank.and_then(Result::err).map(|why| ("bic", why.into()));
    account.into_iter().chain(bank).collect()
}

impl Checked<'_> {
    /// Writes the template's header and a line a row, in UTF-8.
    pub fn write(&self, out: impl Write) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(&self.template.header)?;
        for row in self.rows {
            csv.write_record(self.template.columns.iter().map(|&column| self.cell(column, row)))?;
        }
        csv.flush()
    }

    fn cell(&self, column: Column, row: &Row) -> String {
        let payout = &row.payout;
        let packed = |text: &str| text.split_whitespace().collect::<String>().to_ascii_uppercase();
        match column {
            Column::Name => harmless(&payout.name),
            Column::Email => payout.email.clone().unwrap_or_default(),
            Column::Reference => harmless(&payout.description),
            Column::ReceiverType => row.receiver.code().to_owned(),
            Column::AmountCurrency => "target".to_owned(),
            Column::Amount => amount(payout.amount),
            Column::SourceCurrency => self.source.to_string(),
            Column::TargetCurrency => payout.amount.currency.to_string(),
            Column::Iban => payout.account.as_deref().map(packed).unwrap_or_default(),
            Column::Bic => row.bic.as_deref().map(packed).unwrap_or_default(),
            Column::Unknown => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::example, *};
    use crate::account::BicError;

    fn row(number: &str) -> Row {
        let payout = Payout { account: Some("DE89 3704 0044 0532 0130 00".into()), ..example(number, 123_456, "EUR") };
        Row { payout, receiver: Receiver::Person, bic: None }
    }

    fn written(template: &Template, rows: &[Row]) -> String {
        let mut bytes = Vec::new();
        let checked = check(template, Currency::USD, rows).expect("nothing wrong");
        checked.write(&mut bytes).expect("memory takes it");
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn rows_stand_below_the_default_header() {
        let expected = "name,recipientEmail,paymentReference,receiverType,amountCurrency,amount,sourceCurrency,targetCurrency,IBAN\n\
            \"Jürgen, \"\"the\"\" Groß\",juergen@example.com,Payout 2026-11,PERSON,target,1234.56,USD,EUR,DE89370400440532013000\n";
        assert_eq!(written(&Template::default(), &[row("1")]), expected);
    }

    #[test]
    fn a_template_handed_in_keeps_its_header_and_order() {
        let csv =
            b"targetCurrency,Name,amount,amountCurrency,sourceCurrency,recipientDetail\nEUR,Example,1,source,EUR,x\n";
        let template = Template::read(csv).expect("a template");
        assert_eq!(template.unknown().collect::<Vec<_>>(), ["recipientDetail"]);
        let expected = "targetCurrency,Name,amount,amountCurrency,sourceCurrency,recipientDetail\n\
            EUR,\"Jürgen, \"\"the\"\" Groß\",1234.56,target,USD,\n";
        assert_eq!(written(&template, &[row("1")]), expected);
        assert_eq!(Template::read(b"name,amount\n"), Err(TemplateError::NoColumn("amountCurrency")));
        assert_eq!(Template::read(b"name,Name\n"), Err(TemplateError::Twice("Name".into())));
    }

    #[test]
    fn faults_are_named_by_row_and_a_thousand_rows_are_the_most() {
        let mut rows = vec![row("1"), row("2")];
        rows[0].payout.account = Some("DE88370400440532013000".into());
        rows[1].bic = Some("ABNANL2A".into());
        let wrongs = check(&Template::default(), Currency::EUR, &rows).expect_err("something wrong");
        let other = BicError::OtherCountry { bic: "NL".into(), iban: "DE".into() };
        let expected = [("payments.0.account", Why::Iban(IbanError::Checksum)), ("payments.1.bic", Why::Bic(other))];
        let told: Vec<_> = wrongs.into_iter().map(|wrong| (wrong.path(), wrong.why)).collect();
        assert_eq!(told, expected.map(|(path, why)| (path.to_owned(), why)));
        let many: Vec<Row> = (0..1_001).map(|number| row(&number.to_string())).collect();
        let wrongs = check(&Template::default(), Currency::EUR, &many).expect_err("too many");
        assert_eq!(wrongs, vec![Wrong::batch("payments", Why::Count(1_000))]);
        assert!(check(&Template::default(), Currency::EUR, &many[1..]).is_ok());
    }
}
