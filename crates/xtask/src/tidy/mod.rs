//! The house rules as tests: sizes, docs, purity, directions and words.
//!
//! A rule that must be bent is bent in `exceptions.rs`, with its reason, and nowhere else.

mod crates;
mod exceptions;
mod features;
mod money;
mod rules;
mod sizes;
mod source;
mod stories;
mod words;

use std::{fmt, fs};

use anyhow::{Context, Result, bail};

use crate::repo;
use source::Source;

/// A place where a rule does not hold.
#[derive(Debug, PartialEq)]
pub struct Finding {
    pub rule: &'static str,
    pub path: String,
    pub line: usize,
    pub words: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.path, self.line, self.rule, self.words)
    }
}

/// What the checks read: every Rust file, and every file that people write.
pub struct Tree {
    pub sources: Vec<Source>,
    /// Path and text.
    pub texts: Vec<(String, String)>,
}

/// Every check, in the order of their reports.
const CHECKS: [fn(&Tree) -> Vec<Finding>; 11] = [
    sizes::file_lines,
    sizes::function_lines,
    sizes::module_docs,
    sizes::file_names,
    rules::are_pure,
    money::only_the_ledger_names_the_book,
    crates::directions,
    features::order,
    stories::are_compiled,
    words::banned,
    words::trailing_space,
];

/// Endings of the files that people write.
const TEXT_ENDINGS: [&str; 14] =
    ["css", "html", "js", "json", "md", "mjml", "rs", "run", "sh", "sql", "svg", "toml", "ts", "tsx"];
/// Files that are generated, or that others wrote.
const NOT_WRITTEN: [&str; 3] = ["Cargo.lock", "LICENSE", "openapi.json"];

pub fn run() -> Result<()> {
    let findings = findings()?;
    for finding in &findings {
        eprintln!("{finding}");
    }
    if !findings.is_empty() {
        bail!("tidy: {} findings", findings.len());
    }
    eprintln!("tidy: all rules hold");
    Ok(())
}

fn findings() -> Result<Vec<Finding>> {
    let tree = read()?;
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| check(&tree)).collect();
    let unused = exceptions::apply(&mut findings);
    findings.extend(unused);
    Ok(findings)
}

fn read() -> Result<Tree> {
    let mut tree = Tree { sources: Vec::new(), texts: Vec::new() };
    for path in repo::files()? {
        let name = path.to_string_lossy().replace('\\', "/");
        let ending = path.extension().or(path.file_name()).unwrap_or_default().to_string_lossy().into_owned();
        let written = TEXT_ENDINGS.contains(&ending.as_str()) || ["Makefile", "NOTICE"].contains(&ending.as_str());
        if !written || NOT_WRITTEN.contains(&name.as_str()) {
            continue;
        }
        let text = fs::read_to_string(repo::root().join(&path)).with_context(|| format!("reading {name}"))?;
        if ending == "rs" {
            tree.sources.push(Source::new(&name, text.clone()));
        }
        tree.texts.push((name, text));
    }
    Ok(tree)
}

/// A finding at the place in a source where `at` points.
fn finding(rule: &'static str, source: &Source, at: usize, words: impl Into<String>) -> Finding {
    Finding { rule, path: source.path.clone(), line: source.line_of(at), words: words.into() }
}

#[cfg(test)]
impl Tree {
    /// A tree of the given files, for the checks' own tests.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let sources = files.iter().filter(|(path, _)| path.ends_with(".rs"));
        Self {
            sources: sources.map(|(path, text)| Source::new(*path, *text)).collect(),
            texts: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_is_tidy() {
        let findings = super::findings().unwrap();
        let list: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(list.is_empty(), "{} findings:\n{}", list.len(), list.join("\n"));
    }
}
