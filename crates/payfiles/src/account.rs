//! Bank accounts as people type them: IBAN (ISO 13616) and BIC (ISO 9362), checked before anything is paid to them.

use std::fmt;

use iban::{IbanLike, ParseBaseIbanError, ParseIbanError};

/// Countries whose accounts SEPA credit transfers reach, with the length of their IBANs.
///
/// The European Payments Council's list of 2025. Guernsey, Jersey and Man have British IBANs, France's islands French ones.
const SEPA: [(&str, usize); 42] = [
    ("AD", 24),
    ("AL", 28),
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GI", 23),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("RS", 22),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("VA", 22),
];
/// Those of them outside the European Economic Area, where the scheme asks for the payer's address.
const OUTSIDE_EEA: [&str; 12] = ["AD", "AL", "CH", "GB", "GI", "MC", "MD", "ME", "MK", "RS", "SM", "VA"];
/// Territories whose banks have BICs of their own and accounts with the IBAN of another country.
const WITHIN: [(&str, &str); 2] = [("FR", "BL GF GP MF MQ NC PF PM RE TF WF YT"), ("GB", "GG IM JE")];
const SHORTEST: usize = 15;
const LONGEST: usize = 34;

/// What is wrong with an IBAN.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IbanError {
    #[error("an IBAN is two letters of a country, two digits, then letters and digits")]
    Form,
    #[error("an IBAN of {country} has {wanted} characters, this one has {found}")]
    Length { country: String, wanted: usize, found: usize },
    #[error("an IBAN has 15 to 34 characters, this one has {0}")]
    NoLength(usize),
    #[error("no IBANs of {0} are known")]
    Country(String),
    #[error("the check digits do not fit: a character is wrong or two are swapped")]
    Checksum,
    #[error("letters and digits do not stand where IBANs of {0} have them")]
    Structure(String),
    #[error("SEPA credit transfers do not reach accounts of {0}")]
    OutsideSepa(String),
}

/// An IBAN whose length, check digits and national form are right. It is held without spaces, in capitals.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Iban(iban::Iban);

impl Iban {
    /// Reads it with or without spaces, in any case.
    pub fn parse(text: &str) -> Result<Self, IbanError> {
        let packed: String = text.chars().filter(|character| !character.is_whitespace()).collect();
        let packed = packed.to_ascii_uppercase();
        check_form(&packed)?;
        check_length(&packed)?;
        let country = || packed[..2].to_owned();
        packed.parse().map(Self).map_err(|error| match error {
            ParseIbanError::InvalidBaseIban { source: ParseBaseIbanError::InvalidChecksum } => IbanError::Checksum,
            ParseIbanError::InvalidBaseIban { .. } => IbanError::Form,
            ParseIbanError::InvalidBban(_) => IbanError::Structure(country()),
            ParseIbanError::UnknownCountry(_) => IbanError::Country(country()),
        })
    }

    /// The two letters of the country it begins with.
    pub fn country(&self) -> &str {
        self.0.country_code()
    }

    /// As files carry it: no spaces.
    pub fn as_str(&self) -> &str {
        self.0.electronic_str()
    }

    /// Whether SEPA credit transfers reach it.
    pub fn in_sepa(&self) -> bool {
        sepa_length(self.country()).is_some()
    }

    /// Whether it lies in the European Economic Area.
    pub fn in_eea(&self) -> bool {
        self.in_sepa() && !OUTSIDE_EEA.contains(&self.country())
    }
}

fn sepa_length(country: &str) -> Option<usize> {
    SEPA.iter().find(|(known, _)| *known == country).map(|&(_, length)| length)
}

fn check_form(packed: &str) -> Result<(), IbanError> {
    let bytes = packed.as_bytes();
    let begins =
        bytes.len() > 4 && bytes[..2].iter().all(u8::is_ascii_uppercase) && bytes[2..4].iter().all(u8::is_ascii_digit);
    let plain = bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if begins && plain { Ok(()) } else { Err(IbanError::Form) }
}

// A missing digit breaks the checksum, too; people are told of the length, which they can count.
fn check_length(packed: &str) -> Result<(), IbanError> {
    let found = packed.len();
    match sepa_length(&packed[..2]) {
        Some(wanted) if wanted != found => Err(IbanError::Length { country: packed[..2].to_owned(), wanted, found }),
        None if !(SHORTEST..=LONGEST).contains(&found) => Err(IbanError::NoLength(found)),
        _ => Ok(()),
    }
}

impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is wrong with a BIC.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BicError {
    #[error("a BIC has 8 or 11 characters, this one has {0}")]
    Length(usize),
    #[error(
        "a BIC is four letters of a bank, two of its country, two letters or digits of its place, and perhaps three of its branch"
    )]
    Form,
    #[error("the bank lies in {bic}, the account in {iban}")]
    OtherCountry { bic: String, iban: String },
}

/// A BIC of the right form. Whether such a bank exists is not known here.
///
/// Banks are four letters and places none of `0…`, `1…`, `.O`: all that were ever given out are so, and pain.001.001.03
/// takes no others.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Bic(String);

impl Bic {
    /// Reads it with or without spaces, in any case.
    pub fn parse(text: &str) -> Result<Self, BicError> {
        let packed: String = text.chars().filter(|character| !character.is_whitespace()).collect();
        let packed = packed.to_ascii_uppercase();
        let length = packed.chars().count();
        if length != 8 && length != 11 {
            return Err(BicError::Length(length));
        }
        let bytes = packed.as_bytes();
        let plain = bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let begins = bytes.iter().take(6).all(u8::is_ascii_uppercase);
        if !plain || !begins || matches!(bytes[6], b'0' | b'1') || bytes[7] == b'O' {
            return Err(BicError::Form);
        }
        Ok(Self(packed))
    }

    /// The two letters of the bank's country.
    pub fn country(&self) -> &str {
        &self.0[4..6]
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Refuses a bank of another country than the account: one of the two was copied from elsewhere.
    pub fn fits(&self, iban: &Iban) -> Result<(), BicError> {
        let same = self.country() == iban.country();
        let within = |(owner, parts): &(&str, &str)| {
            *owner == iban.country() && parts.split(' ').any(|part| part == self.country())
        };
        if same || WITHIN.iter().any(within) {
            return Ok(());
        }
        Err(BicError::OtherCountry { bic: self.country().to_owned(), iban: iban.country().to_owned() })
    }
}

impl fmt::Display for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_are_read_however_they_are_spaced() {
        let examples = [
            "DE89 3704 0044 0532 0130 00",
            "nl91abna0417164300",
            "PL61 1090 1014 0000 0712 1981 2874",
            "FR14 2004 1010 0505 0001 3M02 606",
            "GB29 NWBK 6016 1331 9268 19",
            "NO93 8601 1117 947",
            "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
            "CH93 0076 2011 6238 5295 7",
            "RS35 2600 0560 1001 6113 79",
        ];
        for example in examples {
            let iban = Iban::parse(example).expect(example);
            assert!(iban.in_sepa(), "{example}");
            assert_eq!(iban.as_str(), example.replace(' ', "").to_uppercase());
        }
        let turkish = Iban::parse("TR33 0006 1005 1978 6457 8413 26").expect("an IBAN beyond SEPA");
        assert!(!turkish.in_sepa());
        let eea = |text: &str| Iban::parse(text).map(|iban| iban.in_eea());
        assert_eq!((eea("NO9386011117947"), eea("GB29NWBK60161331926819")), (Ok(true), Ok(false)));
    }

    #[test]
    fn what_is_wrong_with_an_iban_is_named() {
        let wrong = |text: &str| Iban::parse(text).expect_err(text);
        assert_eq!(
            wrong("DE89 3704 0044 0532 0130 0"),
            IbanError::Length { country: "DE".into(), wanted: 22, found: 21 }
        );
        assert_eq!(wrong("DE89 3704 0044 0532 0130 01"), IbanError::Checksum);
        assert_eq!(wrong("DE98 3704 0044 0532 0130 00"), IbanError::Checksum);
        assert_eq!(wrong("3704 0044 0532 0130 00"), IbanError::Form);
        assert_eq!(wrong("DE89-3704-0044-0532-0130-00"), IbanError::Form);
        assert_eq!(wrong(""), IbanError::Form);
        assert_eq!(wrong("ÄÖ89370400440532013000"), IbanError::Form);
        assert_eq!(wrong("TR33 0006"), IbanError::NoLength(8));
        assert!(
            matches!(wrong(&with_check_digits("XX", "00000000000")), IbanError::Country(country) if country == "XX")
        );
        assert!(
            matches!(wrong(&with_check_digits("DE", "37040044053201300A")), IbanError::Structure(country) if country == "DE")
        );
    }

    // ISO 7064, by long division: an IBAN that only its country can refuse.
    fn with_check_digits(country: &str, rest: &str) -> String {
        let digits = format!("{rest}{country}00");
        let remainder = digits.chars().fold(0_u32, |remainder, character| {
            let value = character.to_digit(36).expect("a letter or digit");
            (if value > 9 { remainder * 100 + value } else { remainder * 10 + value }) % 97
        });
        format!("{country}{:02}{rest}", 98 - remainder)
    }

    #[test]
    fn bics_have_a_form_and_fit_their_account() {
        assert_eq!(Bic::parse("cobadeff mun").map(|bic| bic.as_str().to_owned()), Ok("COBADEFFMUN".to_owned()));
        assert_eq!(Bic::parse("COBADEF"), Err(BicError::Length(7)));
        assert_eq!(Bic::parse("C0BADEFF"), Err(BicError::Form));
        assert_eq!(Bic::parse("COBADE1F"), Err(BicError::Form));
        assert_eq!(Bic::parse("COBADEFÖ"), Err(BicError::Form));
        let bic = |text| Bic::parse(text).expect(text);
        let german = Iban::parse("DE89370400440532013000").expect("an IBAN");
        let french = Iban::parse("FR1420041010050500013M02606").expect("an IBAN");
        assert_eq!(bic("COBADEFF").fits(&german), Ok(()));
        assert_eq!(bic("BREDRERX").fits(&french), Ok(()), "a bank of Réunion");
        let other = BicError::OtherCountry { bic: "NL".into(), iban: "DE".into() };
        assert_eq!(bic("ABNANL2A").fits(&german), Err(other));
    }
}
