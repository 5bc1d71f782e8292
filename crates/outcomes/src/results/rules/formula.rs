//! The formula of net revenue: a signed sum of figures with percentages, worked out exactly and rounded once.

use std::fmt::Write as _;

use kernel::{Decimal8, Refusal, decimal::divide_half_away};

use crate::results::model::{CustomerFigures, Figure, FormulaTerm};

pub const TERMS_MAX: usize = 20;
/// Largest percentage either way.
const PERCENT_MAX: i64 = 1_000;
const HUNDRED: i128 = 100 * Decimal8::ONE.raw() as i128;

/// Refuses a formula that says nothing, or the same thing twice.
pub fn check(terms: &[FormulaTerm]) -> Result<(), Refusal> {
    if terms.is_empty() || terms.len() > TERMS_MAX {
        return Err(Refusal::field("terms", format!("must have 1 to {TERMS_MAX} terms")));
    }
    terms.iter().enumerate().try_for_each(|(index, term)| check_term(&format!("terms.{index}"), term))?;
    if Figure::ALL.into_iter().all(|figure| coefficient(terms, figure) == 0) {
        return Err(Refusal::field("terms", "cancel one another: every figure counts nothing"));
    }
    Ok(())
}

fn check_term(field: &str, term: &FormulaTerm) -> Result<(), Refusal> {
    let most = PERCENT_MAX * Decimal8::ONE.raw();
    if term.percent.raw() == 0 || !(-most..=most).contains(&term.percent.raw()) {
        return Err(Refusal::field(format!("{field}.percent"), "must be -1000 to 1000 and not nought"));
    }
    let all: Vec<Figure> = term.plus.iter().chain(&term.minus).copied().collect();
    if all.is_empty() {
        return Err(Refusal::field(field, "must name a figure"));
    }
    if let Some(count) = all.iter().find(|figure| !figure.is_money()) {
        return Err(Refusal::field(field, format!("{} is a count, not an amount", count.code())));
    }
    let is_twice = |figure: &&Figure| all.iter().filter(|other| other == figure).count() > 1;
    match all.iter().find(is_twice) {
        Some(figure) => Err(Refusal::field(field, format!("names {} twice", figure.code()))),
        None => Ok(()),
    }
}

/// Percent times 10^8 with which a figure counts in all.
fn coefficient(terms: &[FormulaTerm], figure: Figure) -> i128 {
    let sign = |term: &FormulaTerm| i128::from(term.plus.contains(&figure)) - i128::from(term.minus.contains(&figure));
    terms.iter().map(|term| sign(term) * i128::from(term.percent.raw())).sum()
}

/// Net revenue in minor units, rounded once, half away from zero; `None` beyond what an amount can be.
pub fn net_revenue(terms: &[FormulaTerm], figures: &CustomerFigures) -> Option<i64> {
    let parts = Figure::ALL.into_iter().map(|figure| coefficient(terms, figure) * i128::from(figures.get(figure)));
    i64::try_from(divide_half_away(parts.sum(), HUNDRED)).ok()
}

/// `bets - wins - 20% of (bets - wins) - fees`.
pub fn words(terms: &[FormulaTerm]) -> String {
    let mut text = String::new();
    for (index, term) in terms.iter().enumerate() {
        let sum = sum_words(term);
        let is_alone = term.plus.len() + term.minus.len() == 1 && term.minus.is_empty();
        let (negative, size) = (term.percent.raw() < 0, Decimal8::from_raw(term.percent.raw().abs()));
        let is_whole = size.raw() == 100 * Decimal8::ONE.raw();
        let body = match (is_whole, is_alone, negative) {
            (true, true, _) | (true, false, false) => sum,
            (true, false, true) => format!("({sum})"),
            (false, true, _) => format!("{size}% of {sum}"),
            (false, false, _) => format!("{size}% of ({sum})"),
        };
        let between = match (index, negative) {
            (0, false) => "",
            (0, true) => "-",
            (_, false) => " + ",
            (_, true) => " - ",
        };
        write!(text, "{between}{body}").expect("text grows");
    }
    text
}

fn sum_words(term: &FormulaTerm) -> String {
    let mut text = term.plus.iter().map(|figure| figure.code()).collect::<Vec<_>>().join(" + ");
    for figure in &term.minus {
        text.push_str(if text.is_empty() { "-" } else { " - " });
        text.push_str(figure.code());
    }
    text
}

/// Figures with which an example is worked out, in whole units times `one`.
pub fn example(one: i64) -> CustomerFigures {
    let mut figures = CustomerFigures { deposits_count: 4, bets_count: 120, ..CustomerFigures::default() };
    for (figure, whole) in [
        (Figure::Deposits, 500),
        (Figure::Bets, 2_000),
        (Figure::Wins, 1_600),
        (Figure::Bonus, 50),
        (Figure::Chargeback, 20),
        (Figure::Fees, 15),
        (Figure::Tax, 10),
    ] {
        figures.put(figure, whole * one);
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(percent: &str, plus: &[Figure], minus: &[Figure]) -> FormulaTerm {
        FormulaTerm { percent: percent.parse().expect("a decimal"), plus: plus.to_vec(), minus: minus.to_vec() }
    }

    fn usual() -> Vec<FormulaTerm> {
        use Figure::{Bets, Bonus, Chargeback, Fees, Wins};
        vec![
            term("100", &[Bets], &[Wins, Bonus]),
            term("-20", &[Bets], &[Wins]),
            term("-100", &[Fees, Chargeback], &[]),
        ]
    }

    #[test]
    fn the_usual_formula_of_a_casino() {
        check(&usual()).expect("sound");
        assert_eq!(words(&usual()), "bets - wins - bonus - 20% of (bets - wins) - (fees + chargeback)");
        // 2000 - 1600 - 50 - 80 - 15 - 20
        assert_eq!(net_revenue(&usual(), &example(100)), Some(23_500));
    }

    #[test]
    fn it_is_rounded_once() {
        let terms = [term("33.33333333", &[Figure::Bets], &[]), term("-0.5", &[Figure::Wins], &[])];
        let figures = CustomerFigures { bets: 3, wins: 100, ..CustomerFigures::default() };
        assert_eq!(net_revenue(&terms, &figures), Some(0), "0.9999999999 less 0.5 is 0.4999999999");
        let figures = CustomerFigures { bets: 0, wins: 100, ..CustomerFigures::default() };
        assert_eq!(net_revenue(&terms, &figures), Some(-1), "half goes away from zero");
        let huge = CustomerFigures { bets: i64::MAX, ..CustomerFigures::default() };
        assert_eq!(net_revenue(&[term("1000", &[Figure::Bets], &[])], &huge), None);
    }

    #[test]
    fn what_says_nothing_is_refused() {
        for bad in [
            vec![],
            vec![term("0", &[Figure::Bets], &[])],
            vec![term("1000.1", &[Figure::Bets], &[])],
            vec![term("100", &[], &[])],
            vec![term("100", &[Figure::Bets], &[Figure::Bets])],
            vec![term("100", &[Figure::DepositsCount], &[])],
            vec![term("50", &[Figure::Bets], &[]), term("-50", &[Figure::Bets], &[])],
        ] {
            assert!(check(&bad).is_err(), "{bad:?}");
        }
    }
}
