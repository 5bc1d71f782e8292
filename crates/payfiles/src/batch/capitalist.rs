//! Capitalist's mass payments: `OPCODE;account;amount;currency;number;description` a line, without header or quotes.

use std::io::{self, Write};

use super::{MAX_PAYOUTS, Payout, amount, check_all, harmless};
use crate::{Why, Wrong};

const OPERATION_MAX: usize = 40;
/// Signs that the format gives a meaning to, and has no way to escape.
const MEANING: [char; 2] = [';', '"'];

/// A batch without a fault.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    operation: &'a str,
    payouts: &'a [Payout],
}

/// Every fault of every payout, or the batch ready to be written.
///
/// `operation` is Capitalist's name of the way the money goes, such as `CAPITALIST` for accounts there; only operations
/// of these six columns can be written.
pub fn check<'a>(operation: &'a str, payouts: &'a [Payout]) -> Result<Checked<'a>, Vec<Wrong>> {
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    if !(1..=OPERATION_MAX).contains(&operation.len()) || !operation.bytes().all(plain) {
        return Err(vec![Wrong::batch("operation", Why::Operation)]);
    }
    check_all(payouts, MAX_PAYOUTS, |payout, faults| {
        let account = payout.account.as_deref().unwrap_or_default();
        faults.exact("account", account);
        let cells = [("account", account), ("number", &payout.number), ("description", &payout.description)];
        for (field, cell) in cells {
            if let Some(sign) = cell.chars().find(|sign| MEANING.contains(sign)) {
                faults.tell(field, Why::NotCarried(sign));
            }
        }
    })?;
    Ok(Checked { operation, payouts })
}

impl Checked<'_> {
    /// Writes a line a payout, in UTF-8.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        for payout in self.payouts {
            let account = payout.account.as_deref().unwrap_or_default();
            let (operation, currency) = (self.operation, payout.amount.currency);
            let (amount, number) = (amount(payout.amount), &payout.number);
            let description = harmless(&payout.description);
            writeln!(out, "{operation};{account};{amount};{currency};{number};{description}")?;
        }
        out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::example, *};

    #[test]
    fn a_line_a_payout_as_capitalist_describes_it() {
        let batch = [example("9999", 1_000, "USD"), example("10000", 7, "USD")];
        let mut bytes = Vec::new();
        check("CAPITALIST", &batch).expect("nothing wrong").write(&mut bytes).expect("memory takes it");
        let expected = "CAPITALIST;U0123456;10.00;USD;9999;Payout 2026-11\n\
            CAPITALIST;U0123456;0.07;USD;10000;Payout 2026-11\n";
        assert_eq!(String::from_utf8(bytes).expect("text"), expected);
    }

    #[test]
    fn no_cell_can_become_two() {
        let mut batch = [example("1", 1_000, "USD"), example("2", 5, "USD")];
        batch[0].description = "a;b".into();
        batch[0].account = Some("U1;99999.00".into());
        batch[1].account = None;
        let wrongs = check("CAPITALIST", &batch).expect_err("something wrong");
        let told: Vec<_> = wrongs.iter().map(|wrong| (wrong.path(), &wrong.why)).collect();
        let expected = [
            ("payments.0.account".to_owned(), &Why::NotCarried(';')),
            ("payments.0.description".to_owned(), &Why::NotCarried(';')),
            ("payments.1.account".to_owned(), &Why::Missing),
        ];
        assert_eq!(told, expected);
        let operation = check("capitalist;", &batch).expect_err("no operation");
        assert_eq!(operation, vec![Wrong::batch("operation", Why::Operation)]);
    }
}
