//! `rules.rs` files hold decisions: values in, value or refusal out. They do not wait, look or count in floats.

use super::{
    Finding, Tree, finding,
    source::{Source, word_positions},
};

const IMPURE: [&str; 16] = [
    "async",
    "await",
    "sea_orm",
    "sqlx",
    "tokio",
    "reqwest",
    "rusqlite",
    "duckdb",
    "Ambient",
    "Clock",
    "SystemTime",
    "Instant",
    "std::fs",
    "std::net",
    "f32",
    "f64",
];

pub fn are_pure(tree: &Tree) -> Vec<Finding> {
    let decisions = tree.sources.iter().filter(|source| {
        source.path.starts_with("crates/") && (source.path.ends_with("/rules.rs") || source.path.contains("/rules/"))
    });
    decisions.filter(|source| !source.path.starts_with("crates/xtask/")).flat_map(impurities).collect()
}

fn impurities(source: &Source) -> Vec<Finding> {
    let code = source.code_outside_tests();
    let report = |word: &'static str| {
        let places = word_positions(&code, word);
        places.into_iter().map(move |at| finding("impure rules", source, at, format!("`{word}` in a rules file")))
    };
    IMPURE.iter().flat_map(|word| report(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_and_floats_are_found_outside_tests() {
        let impure = "//! Doc of async.\nasync fn a(x: f64) {}\n#[cfg(test)]\nmod tests { use tokio::x; }\n";
        let tree = Tree::of(&[
            ("crates/programme/src/plans/rules.rs", impure),
            ("crates/programme/src/plans/store.rs", impure),
        ]);
        let words: Vec<String> = are_pure(&tree).into_iter().map(|finding| finding.words).collect();
        assert_eq!(words, ["`async` in a rules file", "`f64` in a rules file"]);
    }
}
