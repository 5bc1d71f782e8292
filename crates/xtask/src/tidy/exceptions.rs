//! The written list of bent rules. Each has a reason; one that is no longer needed is itself a finding.

use super::Finding;

struct Exception {
    rule: &'static str,
    path: &'static str,
    /// Part of the finding's words, or empty for any.
    about: &'static str,
    because: &'static str,
}

const EXCEPTIONS: &[Exception] = &[
    Exception {
        rule: "banned word",
        path: "Cargo.toml",
        about: "",
        because: "the lints that deny these words must name them",
    },
    Exception {
        rule: "function too long",
        path: "crates/app/src/migrations.rs",
        about: "migrations has",
        because: "the page that lists every migration is one list, in the order they run",
    },
    Exception {
        rule: "impure rules",
        path: "crates/outcomes/src/conversions/rules/known.rs",
        about: "sea_orm",
        because: "keys of identity are UUID values, whose type comes through it; no store is touched",
    },
];

/// Takes the findings that are excepted out, and reports the exceptions that nothing needs.
pub fn apply(findings: &mut Vec<Finding>) -> Vec<Finding> {
    let unused = EXCEPTIONS.iter().filter(|exception| !findings.iter().any(|finding| covers(exception, finding)));
    let unused: Vec<Finding> = unused.map(needless).collect();
    findings.retain(|finding| !EXCEPTIONS.iter().any(|exception| covers(exception, finding)));
    unused
}

fn covers(exception: &Exception, finding: &Finding) -> bool {
    exception.rule == finding.rule && exception.path == finding.path && finding.words.contains(exception.about)
}

fn needless(exception: &Exception) -> Finding {
    Finding {
        rule: "needless exception",
        path: "crates/xtask/src/tidy/exceptions.rs".into(),
        line: 1,
        words: format!("nothing in {} breaks `{}` ({})", exception.path, exception.rule, exception.because),
    }
}
