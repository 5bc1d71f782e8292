//! Only the ledger names the book's tables: all money goes through its one small door.

use super::{Finding, Tree, finding, source::is_word};

const BOOK_TABLES: [&str; 4] = ["book_balances", "book_chains", "book_entries", "book_postings"];

pub fn only_the_ledger_names_the_book(tree: &Tree) -> Vec<Finding> {
    let outside = tree.sources.iter().filter(|source| {
        let free = ["crates/ledger/", "crates/xtask/"];
        !free.iter().any(|folder| source.path.starts_with(folder)) && !source.is_test_file()
    });
    let named = |source| {
        let code: &super::Source = source;
        let words = code.words_outside_tests();
        let places: Vec<usize> = book_words(&words).collect();
        places
            .into_iter()
            .map(|at| finding("the book named outside the ledger", code, at, word_at(&words, at)))
            .collect::<Vec<_>>()
    };
    outside.flat_map(named).collect()
}

/// Positions of words that start with a table of the book, columns such as `book_entries.hash` included.
fn book_words(text: &str) -> impl Iterator<Item = usize> + '_ {
    BOOK_TABLES.iter().flat_map(|table| text.match_indices(table).map(|(at, _)| at))
}

fn word_at(text: &str, at: usize) -> String {
    let word = text[at..].bytes().take_while(|&byte| is_word(byte)).count();
    format!("`{}`; ask the ledger instead", &text[at..at + word])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_found_in_strings_and_not_in_comments() {
        let text = "//! Unlike book_entries.\nconst SQL: &str = \"SELECT hash FROM book_entries\";\n";
        let tree = Tree::of(&[("crates/app/src/a.rs", text), ("crates/ledger/src/a.rs", text)]);
        let findings = only_the_ledger_names_the_book(&tree);
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].line, findings[0].words.as_str()), (2, "`book_entries`; ask the ledger instead"));
    }
}
