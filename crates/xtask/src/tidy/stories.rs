//! Every `stories.rs` of a feature is compiled by the one test binary of `app`: none is forgotten.

use super::{Finding, Tree, features::CRATES, finding};

const BINARY: &str = "crates/app/tests/it/main.rs";

pub fn are_compiled(tree: &Tree) -> Vec<Finding> {
    let binary = tree.sources.iter().find(|source| source.path == BINARY);
    let compiled = |path: &str| {
        let own = path.strip_prefix("crates/app/").map(|own| format!("../../{own}"));
        let from_binary = own.unwrap_or_else(|| path.replacen("crates/", "../../../", 1));
        binary.is_some_and(|binary| binary.words.contains(&format!("#[path = \"{from_binary}\"]")))
    };
    let stories = tree.sources.iter().filter(|source| {
        CRATES.iter().any(|of| source.path.starts_with(of))
            && source.path.ends_with("/stories.rs")
            && !compiled(&source.path)
    });
    stories.map(|source| finding("forgotten stories", source, 0, format!("name it in {BINARY}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forgotten_file_is_found() {
        let main =
            "#[path = \"../../src/payouts/stories.rs\"]\n#[path = \"../../../programme/src/offers/stories.rs\"]\n";
        let tree = Tree::of(&[
            (BINARY, main),
            ("crates/app/src/payouts/stories.rs", ""),
            ("crates/programme/src/offers/stories.rs", ""),
            ("crates/programme/src/links/stories.rs", ""),
        ]);
        let paths: Vec<String> = are_compiled(&tree).into_iter().map(|found| found.path).collect();
        assert_eq!(paths, ["crates/programme/src/links/stories.rs"]);
    }
}
