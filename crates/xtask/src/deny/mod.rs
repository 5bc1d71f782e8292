//! Licences, bans and sources of the dependencies, as `deny.toml` allows them, read offline from `cargo metadata`.

mod licence;

use std::{
    env, fs,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use toml::Table;

use crate::repo;

/// What `deny.toml` says.
struct Policy {
    licences: Vec<String>,
    bans: Vec<String>,
    registries: Vec<String>,
}

/// One package of the dependency graph.
struct Package {
    name: String,
    version: String,
    licence: Option<String>,
    /// Where it came from; none for our own crates.
    source: Option<String>,
}

pub fn run() -> Result<()> {
    let policy = Policy::read()?;
    let packages = packages()?;
    let findings: Vec<String> = packages.iter().flat_map(|package| findings(&policy, package)).collect();
    for finding in &findings {
        eprintln!("deny: {finding}");
    }
    if !findings.is_empty() {
        bail!("deny: {} findings in {} packages", findings.len(), packages.len());
    }
    eprintln!("deny: {} packages keep to deny.toml", packages.len());
    Ok(())
}

fn findings(policy: &Policy, package: &Package) -> Vec<String> {
    let mut findings = Vec::new();
    let name = format!("{} {}", package.name, package.version);
    match &package.licence {
        None => findings.push(format!("{name} names no licence")),
        Some(licence) if !licence::is_allowed(licence, &policy.licences) => {
            findings.push(format!("{name}: licence {licence} is not allowed"));
        }
        Some(_) => {}
    }
    if policy.bans.contains(&package.name) {
        findings.push(format!("{name} is banned"));
    }
    if let Some(source) = &package.source
        && !policy.registries.iter().any(|registry| source == &format!("registry+{registry}"))
    {
        findings.push(format!("{name} comes from {source}"));
    }
    findings
}

impl Policy {
    fn read() -> Result<Self> {
        let text = fs::read_to_string(repo::root().join("deny.toml")).context("reading deny.toml")?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self> {
        let table: Table = text.parse().context("deny.toml")?;
        let bans = list(&table, "bans", "deny")?.iter().filter_map(|ban| ban.get("name")?.as_str());
        Ok(Self {
            licences: strings(list(&table, "licenses", "allow")?),
            bans: bans.map(str::to_owned).collect(),
            registries: strings(list(&table, "sources", "allow-registry")?),
        })
    }
}

fn list<'a>(table: &'a Table, section: &str, key: &str) -> Result<&'a Vec<toml::Value>> {
    let found = table.get(section).and_then(|section| section.get(key)).and_then(|value| value.as_array());
    found.with_context(|| format!("deny.toml has no list {section}.{key}"))
}

fn strings(values: &[toml::Value]) -> Vec<String> {
    values.iter().filter_map(|value| value.as_str()).map(str::to_owned).collect()
}

/// The packages of the dependency graph on this platform. Offline: they are fetched already, or nothing was built.
fn packages() -> Result<Vec<Package>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &host()?])
        .current_dir(repo::root())
        .stderr(Stdio::inherit())
        .output()
        .context("running cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata failed");
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    Ok(packages.iter().map(package).collect())
}

fn package(value: &Value) -> Package {
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    Package {
        name: text("name").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        licence: text("license"),
        source: text("source"),
    }
}

/// The platform that rustc builds for by default.
fn host() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("running rustc")?;
    let text = String::from_utf8(output.stdout)?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc names no host")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"
        [licenses]
        allow = ["MIT"]
        [bans]
        deny = [{ name = "bad" }]
        [sources]
        allow-registry = ["https://index"]
    "#;

    #[test]
    fn each_rule_is_reported() {
        let policy = Policy::parse(POLICY).unwrap();
        let cases = [
            ("good", Some("MIT"), Some("registry+https://index"), 0),
            ("ours", Some("MIT"), None, 0),
            ("bad", Some("GPL-3.0"), Some("git+https://elsewhere"), 3),
            ("silent", None, None, 1),
        ];
        for (name, licence, source, expected) in cases {
            let package = Package {
                name: name.into(),
                version: "1.0.0".into(),
                licence: licence.map(str::to_owned),
                source: source.map(str::to_owned),
            };
            assert_eq!(findings(&policy, &package).len(), expected, "{name}");
        }
    }
}
