//! What the lines come to, with tax. Rounded once each, half away from zero.

use serde::{Deserialize, Serialize};

use crate::paper::Line;

/// How value added tax stands on a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vat {
    /// Hundredths of a per cent of the net amount.
    Charged { rate_bp: u32 },
    /// The buyer accounts for it.
    ReverseCharge,
    /// The seller is exempt; the law it names, where it does.
    Exempt { basis: Option<String> },
    /// No tax of this kind touches it: the seller is no taxable person, or the paper is none of tax.
    #[default]
    None,
}

/// What is added to the net amount, and what is kept back from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    pub vat: Vat,
    /// Income tax that the buyer keeps back and pays for the seller: hundredths of a per cent of the net amount.
    pub withheld_bp: u32,
    /// What was kept back, where it is known; reckoned from the rate otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld_minor: Option<i64>,
}

impl Tax {
    fn withheld_of(&self, net: i64) -> Option<i64> {
        self.withheld_minor.or_else(|| share(net, self.withheld_bp))
    }
}

/// A sum at the foot of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// What stood before the period.
    Opening,
    /// What was added in it.
    Added,
    /// What was taken back in it.
    TakenBack,
    /// What was sent in it.
    Paid,
    /// What stands at its end.
    Closing,
    Net,
    Vat,
    Gross,
    Withheld,
    ToPay,
}

impl Figure {
    pub const ALL: [Self; 10] = [
        Self::Opening,
        Self::Added,
        Self::TakenBack,
        Self::Paid,
        Self::Closing,
        Self::Net,
        Self::Vat,
        Self::Gross,
        Self::Withheld,
        Self::ToPay,
    ];
}

/// Sums by name, in whole minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Figures(pub Vec<(Figure, i64)>);

impl Figures {
    pub fn get(&self, figure: Figure) -> Option<i64> {
        self.0.iter().find(|(name, _)| *name == figure).map(|(_, minor)| *minor)
    }

    /// Net, tax, gross, what is kept back, and what is paid. `None` where a sum does not fit.
    pub fn of_invoice(lines: &[Line], tax: &Tax) -> Option<Self> {
        let net = total(lines.iter().map(|line| line.minor))?;
        let vat = match tax.vat {
            Vat::Charged { rate_bp } => share(net, rate_bp)?,
            _ => 0,
        };
        let gross = net.checked_add(vat)?;
        let withheld = tax.withheld_of(net)?;
        Some(Self::taxed(net, vat, gross, withheld, tax))
    }

    /// As [`of_invoice`](Self::of_invoice), of an amount that holds its tax: net and tax come to it exactly.
    pub fn of_gross(gross: i64, tax: &Tax) -> Option<Self> {
        let net = match tax.vat {
            Vat::Charged { rate_bp } => net_of(gross, rate_bp)?,
            _ => gross,
        };
        Some(Self::taxed(net, gross - net, gross, tax.withheld_of(net)?, tax))
    }

    fn taxed(net: i64, vat: i64, gross: i64, withheld: i64, tax: &Tax) -> Self {
        let mut figures = vec![(Figure::Net, net)];
        if tax.vat != Vat::None {
            figures.extend([(Figure::Vat, vat), (Figure::Gross, gross)]);
        }
        if tax.withheld_bp > 0 {
            figures.push((Figure::Withheld, -withheld));
        }
        figures.push((Figure::ToPay, gross - withheld));
        Self(figures)
    }

    /// What stood, what was added, taken back and paid, and what stands. `None` where a sum does not fit.
    pub fn of_statement(opening: i64, lines: &[Line]) -> Option<Self> {
        let sum = |wanted: fn(&Line) -> bool| total(lines.iter().filter(|line| wanted(line)).map(|line| line.minor));
        let added = sum(|line| !line.what.is_payout() && line.minor > 0)?;
        let taken_back = sum(|line| !line.what.is_payout() && line.minor < 0)?;
        let paid = sum(|line| line.what.is_payout())?;
        let closing = total([opening, added, taken_back, paid])?;
        let named = [
            (Figure::Opening, opening),
            (Figure::Added, added),
            (Figure::TakenBack, taken_back),
            (Figure::Paid, paid),
            (Figure::Closing, closing),
        ];
        Some(Self(named.to_vec()))
    }
}

impl crate::paper::What {
    /// Money that was sent, or came back unpaid.
    pub fn is_payout(self) -> bool {
        matches!(self, Self::Payout | Self::FailedPayout)
    }
}

/// The net amount of one that holds tax at a rate.
fn net_of(gross: i64, rate_bp: u32) -> Option<i64> {
    let whole = 10_000 + i128::from(rate_bp);
    let scaled = i128::from(gross) * 10_000;
    let nearest = (2 * scaled.abs() + whole) / (2 * whole) * scaled.signum();
    i64::try_from(nearest).ok()
}

fn total(amounts: impl IntoIterator<Item = i64>) -> Option<i64> {
    amounts.into_iter().try_fold(0_i64, i64::checked_add)
}

/// Hundredths of a per cent of an amount, rounded half away from zero.
pub fn share(minor: i64, basis_points: u32) -> Option<i64> {
    let scaled = i128::from(minor) * i128::from(basis_points);
    let rounded = (scaled.abs() + 5_000) / 10_000;
    i64::try_from(rounded * scaled.signum()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::What;

    fn line(what: What, minor: i64) -> Line {
        Line { on: None, what, detail: None, count: None, minor }
    }

    fn invoice(net: i64, vat: Vat, withheld_bp: u32) -> Vec<(Figure, i64)> {
        Figures::of_invoice(&[line(What::Commission, net)], &Tax { vat, withheld_bp, withheld_minor: None })
            .expect("it fits")
            .0
    }

    #[test]
    fn vat_is_added_and_rounded_half_away_from_zero() {
        let charged = |net| invoice(net, Vat::Charged { rate_bp: 2_300 }, 0);
        assert_eq!(
            charged(10_050),
            [(Figure::Net, 10_050), (Figure::Vat, 2_312), (Figure::Gross, 12_362), (Figure::ToPay, 12_362)],
            "2311.5 is 2312"
        );
        assert_eq!(charged(-10_050)[1], (Figure::Vat, -2_312));
    }

    #[test]
    fn reverse_charge_shows_nought_and_a_private_person_no_tax_at_all() {
        assert_eq!(
            invoice(5_000, Vat::ReverseCharge, 0),
            [(Figure::Net, 5_000), (Figure::Vat, 0), (Figure::Gross, 5_000), (Figure::ToPay, 5_000)]
        );
        assert_eq!(invoice(5_000, Vat::None, 0), [(Figure::Net, 5_000), (Figure::ToPay, 5_000)]);
    }

    #[test]
    fn what_is_withheld_is_of_the_net_amount() {
        let figures = invoice(100_000, Vat::Charged { rate_bp: 2_000 }, 1_205);
        let expected = [
            (Figure::Net, 100_000),
            (Figure::Vat, 20_000),
            (Figure::Gross, 120_000),
            (Figure::Withheld, -12_050),
            (Figure::ToPay, 107_950),
        ];
        assert_eq!(figures, expected);
    }

    #[test]
    fn a_statement_closes_with_what_it_opened_and_all_its_lines() {
        let lines = [
            line(What::Commission, 8_000),
            line(What::Reversal, -1_500),
            line(What::Payout, -6_000),
            line(What::FailedPayout, 1_000),
        ];
        let figures = Figures::of_statement(250, &lines).expect("it fits");
        let sums = Figure::ALL.map(|figure| figures.get(figure)).into_iter().flatten().collect::<Vec<_>>();
        assert_eq!(sums, [250, 8_000, -1_500, -5_000, 1_750]);
    }

    #[test]
    fn what_holds_tax_is_taken_apart_and_comes_to_itself_again() {
        assert_eq!(
            [net_of(12_300, 2_300), net_of(100, 2_300), net_of(-12_300, 2_300)],
            [Some(10_000), Some(81), Some(-10_000)]
        );
        let tax = Tax { vat: Vat::Charged { rate_bp: 2_300 }, withheld_bp: 0, withheld_minor: None };
        for gross in [-12_300, -3, 0, 1, 2, 3, 800, i64::MAX] {
            let figures = Figures::of_gross(gross, &tax).expect("it fits");
            let [net, vat] = [Figure::Net, Figure::Vat].map(|figure| figures.get(figure).expect("an invoice has it"));
            assert_eq!((net + vat, figures.get(Figure::ToPay)), (gross, Some(gross)));
        }
    }

    #[test]
    fn sums_that_do_not_fit_are_none() {
        assert_eq!(Figures::of_statement(i64::MAX, &[line(What::Bonus, 1)]), None);
    }
}
