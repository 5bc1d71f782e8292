//! Crates depend downward only, as their manifests say.

use toml::Table;

use super::{Finding, Tree};

/// Each crate and the crates of ours it may use, from the ground up. A crate that is not listed is refused.
const MAY_USE: [(&str, &[&str]); 15] = [
    ("kernel", &[]),
    ("ledger", &["kernel"]),
    ("events", &["kernel"]),
    ("connect", &["kernel"]),
    ("insight", &[]),
    ("reconcile", &["kernel"]),
    ("papers", &["kernel"]),
    ("payfiles", &["kernel"]),
    ("edge", &["kernel", "events"]),
    ("programme", &["kernel", "events", "connect", "payfiles", "edge"]),
    ("outcomes", &["kernel", "ledger", "events", "connect", "edge", "programme"]),
    (
        "app",
        &["kernel", "ledger", "events", "connect", "edge", "insight", "outcomes", "papers", "payfiles", "reconcile"],
    ),
    ("server", &["kernel", "ledger", "events", "connect", "edge", "app"]),
    ("testkit", &["kernel", "ledger", "events", "connect", "edge", "app", "server"]),
    ("xtask", &[]),
];
/// Crates whose tests may start a whole platform.
const MAY_TEST_WITH_WORLD: [&str; 2] = ["app", "server"];
/// The wall around the hot path and the words below it: no way to the records database.
const WITHOUT_RECORDS: [&str; 3] = ["connect", "edge", "events"];

pub fn directions(tree: &Tree) -> Vec<Finding> {
    let manifests = tree.texts.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
        Some((name, path, text))
    });
    manifests.flat_map(|(name, path, text)| check(name, path, text)).collect()
}

fn check(name: &str, path: &str, text: &str) -> Vec<Finding> {
    let refuse = |words: String| Finding { rule: "crate direction", path: path.to_owned(), line: 1, words };
    let manifest: Table = match text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return vec![refuse(error.to_string())],
    };
    let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == name) else {
        return vec![refuse(format!("`{name}` has no place in the order of crates"))];
    };
    let used = dependencies(&manifest, "dependencies").into_iter().filter(|used| is_refused(name, used, allowed));
    let tested = dependencies(&manifest, "dev-dependencies").into_iter().filter(|used| {
        let world = used == "testkit" && MAY_TEST_WITH_WORLD.contains(&name);
        !world && is_refused(name, used, allowed)
    });
    used.chain(tested).map(|used| refuse(format!("`{name}` may not use `{used}`"))).collect()
}

fn is_refused(name: &str, used: &str, allowed: &[&str]) -> bool {
    let ours = MAY_USE.iter().any(|(known, _)| *known == used);
    let records = WITHOUT_RECORDS.contains(&name) && (used.starts_with("sea-orm") || used.starts_with("sqlx"));
    records || (ours && !allowed.contains(&used))
}

fn dependencies(manifest: &Table, section: &str) -> Vec<String> {
    let table = manifest.get(section).and_then(|section| section.as_table());
    table.map(|table| table.keys().cloned().collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upward_and_unknown_are_refused() {
        let cases = [
            ("edge", "[dependencies]\nevents.workspace = true\nserde = \"1\"\n", 0),
            ("edge", "[dependencies]\nledger.workspace = true\n", 1),
            ("edge", "[dependencies]\nsea-orm = \"2\"\n", 1),
            ("app", "[dev-dependencies]\ntestkit.workspace = true\n", 0),
            ("ledger", "[dev-dependencies]\ntestkit.workspace = true\n", 1),
            ("extra", "[dependencies]\n", 1),
        ];
        for (name, manifest, refused) in cases {
            assert_eq!(check(name, "Cargo.toml", manifest).len(), refused, "{name}: {manifest}");
        }
    }
}
