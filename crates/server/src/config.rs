//! The configuration: shipped defaults < `tributary.toml` < environment < flags.
//!
//! The shipped default file is the manual; a name that is not in it is refused, wherever it comes from.

use std::{
    fs,
    net::IpAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use serde::Deserialize;
use toml::{Table, Value};

/// The shipped defaults, with a word on each.
pub const DEFAULTS: &str = include_str!("../tributary.default.toml");
const ENVIRONMENT_PREFIX: &str = "TRIBUTARY_";
/// Variables of that form that are not configuration.
const NOT_CONFIGURATION: &[&str] = &["TRIBUTARY_CONFIG"];

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub data: PathBuf,
    pub listen: IpAddr,
    pub port: u16,
    pub public_url: String,
    pub records_url: String,
    pub trusted_proxies: Vec<String>,
    pub journal_fsync_ms: u64,
    pub geo_folder: PathBuf,
    pub edge_threads: usize,
    pub event_store_memory_mb: u64,
    pub keep_ip_days: i64,
    pub keep_clicks_days: i64,
    pub smtp_url: String,
    pub mail_from: String,
    pub domain_blocklists: PathBuf,
    pub paypal_address: String,
    pub api_requests_per_minute: u32,
    pub sign_ins_per_minute: u32,
    pub allow_private_addresses: bool,
    pub master_key: String,
    pub log: String,
}

impl Config {
    /// Puts the layers together. `file` must exist where it is named.
    pub fn load(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
        flags: Table,
    ) -> anyhow::Result<Self> {
        let mut settings: Table = DEFAULTS.parse().context("read the shipped defaults")?;
        let in_working_folder = Path::new("tributary.toml");
        if let Some(path) = file.or_else(|| in_working_folder.exists().then_some(in_working_folder)) {
            let text = fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
            let layer: Table = text.parse().with_context(|| format!("read {}", path.display()))?;
            overlay(&mut settings, layer, &path.display().to_string())?;
        }
        let layer = environment_layer(&settings, environment)?;
        overlay(&mut settings, layer, "the environment")?;
        overlay(&mut settings, flags, "the flags")?;
        let mut config: Self = settings.try_into().context("read the configuration")?;
        config.settle()?;
        Ok(config)
    }

    /// Fills what follows from the rest.
    fn settle(&mut self) -> anyhow::Result<()> {
        if self.records_url.is_empty() {
            self.records_url = app::platform::Records::sqlite_url(&self.data);
        }
        if self.geo_folder.as_os_str().is_empty() {
            self.geo_folder = geo_folder(&self.data);
        }
        let well_formed = self.public_url.is_empty() || self.public_url.starts_with("http");
        ensure!(well_formed, "public_url is an address such as https://partners.example.com");
        self.public_url = self.public_url.trim_end_matches('/').to_owned();
        Ok(())
    }
}

/// The installation's own tables, else those that lie beside the program, else those of `make setup`.
fn geo_folder(data: &Path) -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("geo")));
    let known = [Some(data.join("geo")), beside].into_iter().flatten();
    known.into_iter().find(|folder| folder.exists()).unwrap_or_else(|| PathBuf::from(".geo"))
}

fn overlay(settings: &mut Table, layer: Table, from: &str) -> anyhow::Result<()> {
    for (name, value) in layer {
        ensure!(settings.contains_key(&name), "{from} names {name}, which is no setting");
        settings.insert(name, value);
    }
    Ok(())
}

fn environment_layer(settings: &Table, environment: impl Iterator<Item = (String, String)>) -> anyhow::Result<Table> {
    let mut layer = Table::new();
    for (variable, text) in environment {
        let Some(name) = variable.strip_prefix(ENVIRONMENT_PREFIX) else { continue };
        if NOT_CONFIGURATION.contains(&variable.as_str()) {
            continue;
        }
        let name = name.to_lowercase();
        let Some(default) = settings.get(&name) else { bail!("{variable} names no setting") };
        let value = typed_like(default, &text).with_context(|| format!("read {variable}"))?;
        layer.insert(name, value);
    }
    Ok(layer)
}

fn typed_like(default: &Value, text: &str) -> anyhow::Result<Value> {
    Ok(match default {
        Value::Integer(_) => Value::Integer(text.parse()?),
        Value::Boolean(_) => Value::Boolean(text.parse()?),
        Value::Array(_) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Value::Array(items.map(|item| Value::String(item.to_owned())).collect())
        }
        _ => Value::String(text.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(environment: &[(&str, &str)], flags: Table) -> anyhow::Result<Config> {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::load(None, environment, flags)
    }

    #[test]
    fn later_layers_win() {
        let flags = Table::from_iter([("port".to_owned(), Value::Integer(9000))]);
        let config = load(&[("TRIBUTARY_PORT", "8000"), ("TRIBUTARY_DATA", "/srv/t")], flags).unwrap();
        assert_eq!((config.port, config.data), (9000, PathBuf::from("/srv/t")));
        assert!(config.records_url.contains("/srv/t/records.db"));
    }

    #[test]
    fn a_misspelt_setting_is_named() {
        let error = load(&[("TRIBUTARY_RECORD_URL", "x")], Table::new()).unwrap_err();
        assert!(error.to_string().contains("TRIBUTARY_RECORD_URL"));
    }
}
