//! Texts of strangers in files that people open in a spreadsheet.

const FORMULA_STARTS: &[char] = &['=', '+', '-', '@', '\t', '\r'];

/// A cell that a spreadsheet will not take for a formula: such a text gets an apostrophe before it.
pub fn cell(text: &str) -> String {
    if text.starts_with(FORMULA_STARTS) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused() {
        for start in FORMULA_STARTS {
            assert_eq!(cell(&format!("{start}1+1")), format!("'{start}1+1"));
        }
        assert_eq!(cell("Anna = Jan"), "Anna = Jan");
        assert_eq!(cell(""), "");
    }
}
