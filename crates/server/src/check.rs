//! `tributary check`: the doctor. Configuration, stores, book balanced, hash chain whole, cursors.

use app::book::proof;
use edge::redirect::Places;
use serde::Serialize;

use crate::Platform;

/// One thing that was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    pub what: &'static str,
    pub healthy: bool,
    pub detail: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Findings {
    pub healthy: bool,
    pub findings: Vec<Finding>,
}

pub async fn run(platform: &Platform) -> Findings {
    let mut findings = Vec::new();
    for store in platform.health().check().await {
        let healthy = store.problem.is_none();
        findings.push(Finding { what: store.store, healthy, detail: store.problem.unwrap_or("ready".to_owned()) });
    }
    findings.push(book(platform).await);
    findings.push(journal(platform));
    findings.push(shipper(platform));
    findings.push(routes(platform));
    findings.push(geo(platform));
    Findings { healthy: findings.iter().all(|finding| finding.healthy), findings }
}

async fn book(platform: &Platform) -> Finding {
    let records = &platform.app().records;
    let (healthy, detail) = match proof::all(records, None).await {
        Ok(proof) => (proof.is_whole(), format!("{proof:?}")),
        Err(error) => (false, format!("{error:#}")),
    };
    Finding { what: "book", healthy, detail }
}

fn journal(platform: &Platform) -> Finding {
    let counters = platform.app().journal.counters();
    let healthy = counters.unstored_records == 0 && counters.corrupt_frames == 0 && counters.sync_failures == 0;
    Finding { what: "journal", healthy, detail: format!("{counters:?}") }
}

fn shipper(platform: &Platform) -> Finding {
    let counters = platform.app().shipper.counters();
    let detail = format!("fresh to {}, {counters:?}", platform.app().shipper.fresh_to());
    Finding { what: "shipper", healthy: counters.failures == 0, detail }
}

fn routes(platform: &Platform) -> Finding {
    let table = platform.app().routes.table();
    let detail = format!("{} links at sequence {}", table.link_count(), table.sequence());
    Finding { what: "routes", healthy: true, detail }
}

fn geo(platform: &Platform) -> Finding {
    let folder = &platform.config().geo_folder;
    let present: Vec<&str> = Places::FILES.into_iter().filter(|file| folder.join(file).exists()).collect();
    let detail = format!("{}: {}", folder.display(), present.join(", "));
    Finding { what: "geo", healthy: true, detail }
}
