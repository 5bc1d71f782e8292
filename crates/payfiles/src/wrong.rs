//! What is wrong with a batch, all of it at once, by payment and field.

use std::fmt;

use kernel::{Refusal, refusal::FieldError};

use crate::{
    account::{BicError, IbanError},
    characters::TextError,
};

/// Most faults that one refusal tells.
const MAX_TOLD: usize = 100;

/// Where in a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Batch,
    /// The payment of this index, from 0.
    Payment(usize),
}

/// Why it cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    #[error(transparent)]
    Iban(#[from] IbanError),
    #[error(transparent)]
    Bic(#[from] BicError),
    #[error(transparent)]
    Text(#[from] TextError),
    #[error("an amount is 0.01 to 999999999.99 EUR")]
    Amount,
    #[error("only EUR is paid so")]
    NotEuro,
    #[error("a country is two capital letters")]
    Country,
    #[error("the scheme asks for the payer's address where an account lies outside the European Economic Area")]
    PayerAddressMissing,
    #[error("another payment of the batch has this id")]
    SameId,
    #[error("a batch has 1 to {0} payments")]
    Count(usize),
    #[error("an amount is above zero")]
    NotPositive,
    #[error("a currency of unknown decimals cannot be written")]
    UnknownCurrency,
    #[error("a batch has one currency")]
    OtherCurrency,
    #[error("a spreadsheet would take what begins with = + - or @ for a formula")]
    Formula,
    #[error("the file has no way to carry “{0}”")]
    NotCarried(char),
    #[error("it is missing")]
    Missing,
    #[error("an operation is named in capitals, digits and _, such as CAPITALIST")]
    Operation,
    #[error("it has {found} characters, and may have {limit}")]
    TooLong { limit: usize, found: usize },
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub place: Place,
    /// The field by its name in this crate, such as `creditor.iban`.
    pub field: &'static str,
    pub why: Why,
}

impl Wrong {
    pub(crate) fn batch(field: &'static str, why: impl Into<Why>) -> Self {
        Self { place: Place::Batch, field, why: why.into() }
    }

    pub(crate) fn payment(index: usize, field: &'static str, why: impl Into<Why>) -> Self {
        Self { place: Place::Payment(index), field, why: why.into() }
    }

    /// Dotted path, such as `payments.0.creditor.iban`.
    pub fn path(&self) -> String {
        match self.place {
            Place::Batch => self.field.to_owned(),
            Place::Payment(index) => format!("payments.{index}.{}", self.field),
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path(), self.why)
    }
}

/// The faults as one refusal by field; of very many the first hundred and the count of the rest.
pub fn refusal(wrongs: &[Wrong]) -> Refusal {
    let told = wrongs.iter().take(MAX_TOLD);
    let mut fields: Vec<FieldError> =
        told.map(|wrong| FieldError { field: wrong.path(), message: wrong.why.to_string() }).collect();
    if let Some(more) = wrongs.len().checked_sub(MAX_TOLD).filter(|&more| more > 0) {
        fields.push(FieldError { field: "payments".to_owned(), message: format!("{more} more faults") });
    }
    Refusal::fields(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_tells_a_hundred_faults_and_how_many_more() {
        let wrongs: Vec<Wrong> = (0..103).map(|index| Wrong::payment(index, "amount", Why::Amount)).collect();
        let refusal = refusal(&wrongs);
        assert_eq!(refusal.fields.len(), 101);
        assert_eq!(refusal.fields[2].field, "payments.2.amount");
        assert_eq!(refusal.fields[100].message, "3 more faults");
    }
}
