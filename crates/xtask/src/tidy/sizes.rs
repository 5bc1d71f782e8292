//! Files and functions stay short enough to be read whole; every module says what it is for.

use super::{Finding, Tree, finding, source::Source};

const FILE_LINES_MAX: usize = 700;
const FUNCTION_LINES_MAX: usize = 70;
/// A module this short says itself what it is for.
const TRIVIAL_LINES_MAX: usize = 5;
/// Names that say nothing about what lies inside.
const EMPTY_NAMES: [&str; 5] = ["common", "helper", "helpers", "misc", "utils"];

pub fn file_lines(tree: &Tree) -> Vec<Finding> {
    let long = |source: &&Source| source.lines_outside_tests() > FILE_LINES_MAX && !source.is_test_file();
    let report = |source: &Source| {
        let lines = source.lines_outside_tests();
        finding("file too long", source, 0, format!("{lines} lines, at most {FILE_LINES_MAX}"))
    };
    tree.sources.iter().filter(long).map(report).collect()
}

pub fn function_lines(tree: &Tree) -> Vec<Finding> {
    let product = tree.sources.iter().filter(|source| !source.is_test_file());
    product.flat_map(long_functions).collect()
}

fn long_functions(source: &Source) -> Vec<Finding> {
    let long = source.functions().into_iter().filter(|function| function.lines > FUNCTION_LINES_MAX);
    long.map(|function| Finding {
        rule: "function too long",
        path: source.path.clone(),
        line: function.line,
        words: format!("{} has {} lines, at most {FUNCTION_LINES_MAX}", function.name, function.lines),
    })
    .collect()
}

pub fn module_docs(tree: &Tree) -> Vec<Finding> {
    let undocumented = |source: &&Source| !source.text.trim_start().starts_with("//!");
    let trivial = |source: &Source| {
        source.code_outside_tests().lines().filter(|line| !line.trim().is_empty()).count() <= TRIVIAL_LINES_MAX
    };
    let report = |source: &Source| finding("module without docs", source, 0, "say with //! what the module is for");
    let product = tree.sources.iter().filter(|source| !source.is_test_file() && !trivial(source));
    product.filter(undocumented).map(report).collect()
}

pub fn file_names(tree: &Tree) -> Vec<Finding> {
    let empty = |source: &&Source| {
        let mut parts = source.path.trim_end_matches(".rs").split('/');
        parts.any(|part| EMPTY_NAMES.contains(&part))
    };
    let report = |source: &Source| finding("empty name", source, 0, "name the file for what lies inside");
    tree.sources.iter().filter(empty).map(report).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_things_are_found_and_tests_are_not_counted() {
        let body = "    x();\n".repeat(70);
        let long = format!("//! Doc.\nfn long() {{\n{body}}}\n");
        let tested = format!("//! Doc.\n#[cfg(test)]\nmod tests {{\n{}}}\n", "// line\n".repeat(800));
        let tree = Tree::of(&[("crates/a/src/a.rs", &long), ("crates/a/src/b.rs", &tested)]);
        assert_eq!(function_lines(&tree)[0].words, "long has 72 lines, at most 70");
        assert_eq!(file_lines(&tree), []);
    }

    #[test]
    fn modules_need_docs_and_names() {
        let bare = "use a::b;\n".repeat(6);
        let tree = Tree::of(&[("crates/a/src/utils.rs", &bare), ("crates/a/src/c.rs", "mod d;\n")]);
        assert_eq!(module_docs(&tree).len(), 1);
        assert_eq!(file_names(&tree).len(), 1);
    }
}
