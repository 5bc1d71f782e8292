//! The printed table.

use std::fmt::Write as _;

const HEADINGS: [&str; 5] = ["what", "measured", "beside", "promised", ""];

/// One line of the table.
#[derive(Debug, Default)]
pub struct Row {
    pub what: String,
    pub measured: String,
    /// The same of the program or query it is compared with.
    pub beside: String,
    pub promised: String,
    /// Whether the promise is held; none where nothing was promised.
    pub held: Option<bool>,
    pub failed: bool,
}

impl Row {
    pub fn failed(what: &str, error: &anyhow::Error) -> Self {
        Self { what: what.into(), measured: format!("failed: {error:#}"), failed: true, ..Self::default() }
    }

    fn cells(&self) -> [String; 5] {
        let verdict = match self.held {
            Some(true) => "held",
            Some(false) => "missed",
            None => "",
        };
        [&self.what, &self.measured, &self.beside, &self.promised, verdict].map(str::to_owned)
    }
}

/// A table in Markdown, with columns of even width.
pub fn render(rows: &[Row]) -> String {
    let cells: Vec<[String; 5]> =
        std::iter::once(HEADINGS.map(str::to_owned)).chain(rows.iter().map(Row::cells)).collect();
    let widths: Vec<usize> = (0..HEADINGS.len())
        .map(|column| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for (number, row) in cells.iter().enumerate() {
        for (cell, width) in row.iter().zip(&widths) {
            write!(text, "| {cell:width$} ").expect("text grows");
        }
        text.push_str("|\n");
        if number == 0 {
            widths.iter().for_each(|width| text.push_str(&format!("|{}", "-".repeat(width + 2))));
            text.push_str("|\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_even() {
        let row = Row { what: "redirects".into(), measured: "98,000/s".into(), held: Some(true), ..Row::default() };
        let text = render(&[row]);
        let widths: Vec<usize> = text.lines().map(str::len).collect();
        assert_eq!(widths.len(), 3);
        assert!(widths.iter().all(|width| *width == widths[0]), "{text}");
    }
}
