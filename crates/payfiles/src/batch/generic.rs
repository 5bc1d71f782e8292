//! A plain CSV of a batch, for services without a format of their own and for people.

use std::io::{self, Write};

use super::{MAX_PAYOUTS, Payout, amount, check_all, harmless};
use crate::Wrong;

const HEADER: [&str; 7] = ["number", "name", "email", "account", "currency", "amount", "description"];

/// A batch without a fault.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a>(&'a [Payout]);

/// Every fault of every payout, or the batch ready to be written. Accounts and addresses of mail may be absent.
pub fn check(payouts: &[Payout]) -> Result<Checked<'_>, Vec<Wrong>> {
    check_all(payouts, MAX_PAYOUTS, |payout, faults| {
        if let Some(email) = &payout.email {
            faults.exact("email", email);
        }
        if let Some(account) = &payout.account {
            faults.exact("account", account);
        }
    })?;
    Ok(Checked(payouts))
}

impl Checked<'_> {
    /// Writes a header and a line a payout, in UTF-8.
    pub fn write(&self, out: impl Write) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(HEADER)?;
        for payout in self.0 {
            let email = payout.email.clone().unwrap_or_default();
            let account = payout.account.clone().unwrap_or_default();
            let currency = payout.amount.currency.to_string();
            let (name, description) = (harmless(&payout.name), harmless(&payout.description));
            csv.write_record([
                &payout.number,
                &name,
                &email,
                &account,
                &currency,
                &amount(payout.amount),
                &description,
            ])?;
        }
        csv.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::example, *};
    use crate::Why;

    #[test]
    fn cells_are_quoted_and_formulas_disarmed() {
        let mut second = example("P2", 1_000_001, "USDT");
        second.name = "=HYPERLINK(\"http://evil\")".into();
        second.email = None;
        second.description = " @SUM(A1)".into();
        let mut bytes = Vec::new();
        let batch = [example("P1", 25, "USDT"), second];
        check(&batch).expect("nothing wrong").write(&mut bytes).expect("memory takes it");
        let expected = "number,name,email,account,currency,amount,description\n\
            P1,\"Jürgen, \"\"the\"\" Groß\",juergen@example.com,U0123456,USDT,0.000025,Payout 2026-11\n\
            P2,\"'=HYPERLINK(\"\"http://evil\"\")\",,U0123456,USDT,1.000001,' @SUM(A1)\n";
        assert_eq!(String::from_utf8(bytes).expect("text"), expected);
    }

    #[test]
    fn what_machines_read_is_refused_not_changed() {
        let mut batch = [example("P1", 0, "EUR"), example("P1", 5, "USD"), example("-3", 5, "EUR")];
        batch[1].account = Some("+48123".into());
        batch[2].email = Some("@x".into());
        batch[2].name = "two\nlines".into();
        let wrongs = check(&batch).expect_err("something wrong");
        let told: Vec<_> = wrongs.into_iter().map(|wrong| (wrong.path(), wrong.why)).collect();
        let expected = [
            ("payments.0.amount", Why::NotPositive),
            ("payments.1.number", Why::SameId),
            ("payments.1.amount", Why::OtherCurrency),
            ("payments.1.account", Why::Formula),
            ("payments.2.number", Why::Formula),
            ("payments.2.name", Why::NotCarried('\n')),
            ("payments.2.email", Why::Formula),
        ];
        assert_eq!(told, expected.map(|(path, why)| (path.to_owned(), why)));
        assert_eq!(check(&[]).map(|_| ()).map_err(|wrongs| wrongs.len()), Err(1));
        assert_eq!(
            check(&[example("P1", 5, "ZZZ")]).map(|_| ()).map_err(|wrongs| wrongs[0].why.clone()),
            Err(Why::UnknownCurrency)
        );
    }
}
