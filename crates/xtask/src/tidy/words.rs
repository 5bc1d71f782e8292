//! Words that promise work instead of doing it, and dashes that hide a sentence.

use super::{
    Finding, Tree,
    source::{line_of, word_positions},
};

/// Found in any case, as whole words.
const BANNED: [&str; 5] = [
    concat!("to", "do"),
    concat!("fix", "me"),
    concat!("xx", "x"),
    concat!("for", " now"),
    concat!("unimple", "mented"),
];
const EM_DASH: char = '\u{2014}';

pub fn banned(tree: &Tree) -> Vec<Finding> {
    tree.texts.iter().flat_map(|(path, text)| words_in(path, text)).collect()
}

fn words_in(path: &str, text: &str) -> Vec<Finding> {
    let small = text.to_ascii_lowercase();
    let report = |at: usize, word: &str| Finding {
        rule: "banned word",
        path: path.to_owned(),
        line: line_of(text, at),
        words: format!("`{word}`: finish it, or leave it out"),
    };
    let words = BANNED.iter().flat_map(|word| word_positions(&small, word).into_iter().map(|at| report(at, word)));
    let dashes = text
        .match_indices(EM_DASH)
        .map(|(at, _)| Finding { words: "an em dash: write two sentences, or a comma".into(), ..report(at, "") });
    words.chain(dashes).collect()
}

pub fn trailing_space(tree: &Tree) -> Vec<Finding> {
    let lines = tree
        .texts
        .iter()
        .flat_map(|(path, text)| text.lines().enumerate().map(move |(number, line)| (path, number + 1, line)));
    let trailing = lines.filter(|(_, _, line)| line.ends_with([' ', '\t', '\r']));
    trailing
        .map(|(path, line, _)| Finding { rule: "trailing space", path: path.clone(), line, words: "remove it".into() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_and_dashes_are_found() {
        let text = format!("ok todos\n{}: later\na {EM_DASH} b \n", concat!("TO", "DO"));
        let tree = Tree::of(&[("a.md", &text)]);
        let lines: Vec<usize> = banned(&tree).into_iter().map(|found| found.line).collect();
        assert_eq!(lines, [2, 3]);
        assert_eq!(trailing_space(&tree).len(), 1);
    }
}
