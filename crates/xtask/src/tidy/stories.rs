//! Every `stories.rs` of a feature is compiled by the one test binary of `app`: none is forgotten.

use super::{Finding, Tree, finding};

const BINARY: &str = "crates/app/tests/it/main.rs";

pub fn are_compiled(tree: &Tree) -> Vec<Finding> {
    let binary = tree.sources.iter().find(|source| source.path == BINARY);
    let compiled = |path: &str| {
        let from_binary = format!("../../{}", path.trim_start_matches("crates/app/"));
        binary.is_some_and(|binary| binary.words.contains(&format!("#[path = \"{from_binary}\"]")))
    };
    let stories = tree.sources.iter().filter(|source| {
        source.path.starts_with("crates/app/src/") && source.path.ends_with("/stories.rs") && !compiled(&source.path)
    });
    stories.map(|source| finding("forgotten stories", source, 0, format!("name it in {BINARY}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forgotten_file_is_found() {
        let main = "#[path = \"../../src/offers/stories.rs\"]\nmod offers;\n";
        let tree = Tree::of(&[
            (BINARY, main),
            ("crates/app/src/offers/stories.rs", ""),
            ("crates/app/src/links/stories.rs", ""),
        ]);
        let paths: Vec<String> = are_compiled(&tree).into_iter().map(|found| found.path).collect();
        assert_eq!(paths, ["crates/app/src/links/stories.rs"]);
    }
}
