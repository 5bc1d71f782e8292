//! Counts of tests, read from the closing lines of nextest, cargo test, Vitest and Playwright.

use std::{fmt, ops::AddAssign};

/// More names than this are not kept, of skipped tests and of failed ones each.
const NAMES_MAX: usize = 1_000;
/// How nextest starts its closing line.
const NEXTEST_SUMMARY: &str = "     Summary [";
/// How Vitest starts its closing line.
const VITEST_SUMMARY: &str = "      Tests  ";

#[derive(Debug, Default, PartialEq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    /// Names of tests that did not run.
    pub skipped: Vec<String>,
    /// Names of tests that failed, as far as their runner named them.
    pub failures: Vec<String>,
}

impl Tally {
    pub fn of_check(passed: bool) -> Self {
        Self { passed: usize::from(passed), failed: usize::from(!passed), ..Self::default() }
    }

    /// Takes one line of a runner's output. What a test itself printed is indented by nextest and not taken.
    pub fn read(&mut self, line: &str) {
        let line = without_colours(line);
        if let Some(summary) = line.strip_prefix(NEXTEST_SUMMARY) {
            self.read_nextest(summary);
        } else if let Some(summary) = line.strip_prefix("test result: ") {
            self.passed += number_before(summary, "passed");
            self.failed += number_before(summary, "failed");
        } else if let Some(summary) = line.strip_prefix(VITEST_SUMMARY) {
            let summary = summary.replace('|', ",");
            self.passed += number_before(&summary, "passed");
            self.failed += number_before(&summary, "failed");
        } else if let Some((count, word)) = playwright_count(&line) {
            match word {
                "passed" => self.passed += count,
                "failed" | "flaky" | "interrupted" | "did not run" => self.failed += count,
                _ => self.skipped.push(format!("{count} of the journeys")),
            }
        } else if let Some(name) = skipped_name(&line) {
            keep(&mut self.skipped, name);
        } else if let Some(name) = failed_name(&line) {
            keep(&mut self.failures, name);
        }
    }

    /// A runner that failed without naming a failed test did so before any ran: that is one failure.
    pub fn finish(&mut self, succeeded: bool) {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        }
    }

    /// Puts the step before each failure's name; one that named none stands by the step's name alone.
    pub fn say_where(&mut self, step: &str) {
        if self.failed > 0 && self.failures.is_empty() {
            self.failures.push(step.to_owned());
        } else {
            self.failures.iter_mut().for_each(|name| *name = format!("{step}: {name}"));
        }
    }

    fn read_nextest(&mut self, summary: &str) {
        self.passed += number_before(summary, "passed");
        self.failed +=
            ["failed", "timed out", "exec failed"].iter().map(|word| number_before(summary, word)).sum::<usize>();
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped.extend(other.skipped);
        self.failures.extend(other.failures);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped.len())
    }
}

/// The number right before the word, as in `12 passed`; nought where the word is not there.
fn number_before(summary: &str, word: &str) -> usize {
    let counts = summary.split([',', ';', ':', '.']).map(str::trim);
    let mut found =
        counts.filter_map(|count| count.strip_suffix(word).or_else(|| count.split_once(word).map(|it| it.0)));
    found.find_map(|count| count.trim().rsplit(' ').next()?.parse().ok()).unwrap_or(0)
}

/// A closing line of Playwright: `  12 passed (34.5s)`, `  1 did not run`.
fn playwright_count(line: &str) -> Option<(usize, &str)> {
    const WORDS: [&str; 6] = ["passed", "failed", "flaky", "skipped", "interrupted", "did not run"];
    let (count, rest) = line.strip_prefix("  ")?.split_once(' ')?;
    let word = WORDS.into_iter().find(|word| rest == *word || rest.starts_with(&format!("{word} (")))?;
    Some((count.parse().ok()?, word))
}

/// `SKIP [ ] (-) crate test` of nextest, `test name ... ignored` of cargo test.
fn skipped_name(line: &str) -> Option<String> {
    if let Some(rest) = line.trim_start().strip_prefix("SKIP [") {
        let (_, name) = rest.split_once(']')?;
        return Some(name.split_once(')').map_or(name, |(_, name)| name).trim().to_owned());
    }
    let (name, end) = line.strip_prefix("test ")?.split_once(" ... ")?;
    end.starts_with("ignored").then(|| name.to_owned())
}

/// `FAIL [ 0.1s] (3/5) crate test` of nextest, and its other ends; ` FAIL  file > test` of Vitest; `  1) [project] › test`
/// of Playwright; `test name ... FAILED` of cargo test.
fn failed_name(line: &str) -> Option<String> {
    let trimmed = line.trim_start();
    if let Some((end, rest)) = trimmed.split_once(" [")
        && (end == "FAIL" || end == "TIMEOUT" || end.starts_with("SIG"))
    {
        let (_, name) = rest.split_once(']')?;
        return Some(name.split_once(')').map_or(name, |(_, name)| name).trim().to_owned());
    }
    if let Some(name) = line.strip_prefix(" FAIL  ") {
        return Some(name.trim().to_owned());
    }
    if let Some((count, name)) = line.strip_prefix("  ").and_then(|rest| rest.split_once(") ["))
        && count.bytes().all(|digit| digit.is_ascii_digit())
    {
        return Some(format!("[{}", name.trim_end_matches(['─', ' '])));
    }
    let (name, end) = line.strip_prefix("test ")?.split_once(" ... ")?;
    (end == "FAILED").then(|| name.to_owned())
}

/// Runners name a test more than once.
fn keep(names: &mut Vec<String>, name: String) {
    if names.len() < NAMES_MAX && !names.contains(&name) {
        names.push(name);
    }
}

fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut in_code = false;
    for character in line.chars() {
        match character {
            '\u{1b}' => in_code = true,
            'm' if in_code => in_code = false,
            _ if in_code => {}
            _ => plain.push(character),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(lines: &[&str]) -> (usize, usize, usize) {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.read(line));
        (tally.passed, tally.failed, tally.skipped.len())
    }

    #[test]
    fn runners_are_understood() {
        let cases: [(&[&str], _); 9] = [
            (&["     Summary [   0.014s] 26 tests run: 26 passed, 0 skipped"], (26, 0, 0)),
            (&["     Summary [   9.1s] 10 tests run: 7 passed (1 slow), 2 failed, 1 timed out, 3 skipped"], (7, 3, 0)),
            (&["\u{1b}[32;1m     Summary\u{1b}[0m [   0.014s] 5 tests run: 5 passed, 0 skipped"], (5, 0, 0)),
            (
                &["test result: ok. 4 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s"],
                (4, 0, 0),
            ),
            (
                &["test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured", "test a::b ... ignored, slow"],
                (4, 2, 1),
            ),
            (&["        SKIP [         ] (──) app::it crash::kill_nine"], (0, 0, 1)),
            (&["    test result: FAILED. 0 passed; 1 failed; 0 ignored"], (0, 0, 0)),
            (&[" Test Files  1 failed | 3 passed (4)", "      Tests  2 failed | 21 passed (23)"], (21, 2, 0)),
            (&["  1 failed", "    a.spec.ts:1:1 › 3 passed", "  2 skipped", "  12 passed (34.5s)"], (12, 1, 1)),
        ];
        for (lines, expected) in cases {
            assert_eq!(tally(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn failed_tests_are_named_once() {
        let lines = [
            "        FAIL [   0.014s] ( 3/26) app::it book::stories::kept",
            "        FAIL [   0.014s] app::it book::stories::kept",
            "     TIMEOUT [ 300.014s] (4/26) app::it book::stories::slow",
            "test rules::tests::rounded ... FAILED",
            " FAIL  src/i18n/words.test.ts > words",
            "  1) [journeys] › tests/journeys/trial.spec.ts:88:1 › a pasted rate card ──────",
            "        PASS [   0.014s] (5/26) app::it book::stories::fine",
            "    1) a list in a message",
        ];
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.read(line));
        let expected = [
            "app::it book::stories::kept",
            "app::it book::stories::slow",
            "rules::tests::rounded",
            "src/i18n/words.test.ts > words",
            "[journeys] › tests/journeys/trial.spec.ts:88:1 › a pasted rate card",
        ];
        assert_eq!(tally.failures, expected);
    }

    #[test]
    fn a_run_that_fails_early_is_a_failure() {
        let mut tally = Tally::default();
        tally.finish(false);
        assert_eq!(tally.failed, 1);
    }
}
