//! A demo is decided again from its traces, every click and every conversion of it.

use crate::process::run;

/// Days of the demo that is filled for it; the whole year is decided again by hand before a release.
const DAYS: &str = "14";

#[test]
fn a_demo_is_decided_again_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("demo");
    run(&data, &["demo", "--fill-only", "--days", DAYS]);
    let report = run(&data, &["explain", "--all", "--json"]);
    let count = |of: &str, what: &str| report[of][what].as_u64().unwrap_or(u64::MAX);
    assert!(count("clicks", "decided") > 1_000 && count("conversions", "decided") > 50, "{report}");
    for of in ["clicks", "conversions"] {
        assert_eq!((count(of, "untraced"), count(of, "differing")), (0, 0), "{report}");
    }
}
