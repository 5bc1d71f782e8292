//! `tributary verify-book`: the book proven again, beside a running server too.

use anyhow::Context as _;
use app::{
    book::proof::{self, Proof},
    platform::Records,
    rewards,
};
use clap::Args;
use kernel::{Tenant, Timestamp};

use crate::{
    Config,
    cli::{self, print_json},
};

#[derive(Args)]
pub struct VerifyBookArguments {
    /// Hash only entries from this moment on: `2026-11-01` or RFC 3339. Totals are compared all the same.
    #[arg(long, value_parser = moment)]
    since: Option<Timestamp>,
    /// Print the whole report as JSON.
    #[arg(long)]
    json: bool,
    /// Make running totals and chain heads again from the entries first.
    #[arg(long)]
    rebuild: bool,
}

fn moment(text: &str) -> Result<Timestamp, String> {
    let midnight = format!("{text}T00:00:00Z");
    Timestamp::parse(text)
        .or_else(|| Timestamp::parse(&midnight))
        .ok_or_else(|| "a day such as 2026-11-01, or RFC 3339".to_owned())
}

/// Reads the records in one read transaction. Fails where something differs.
pub async fn run(config: Config, arguments: VerifyBookArguments) -> anyhow::Result<()> {
    let records = Records::open(&config.records_url, true).await?;
    if arguments.rebuild {
        rebuild(&records).await?;
    }
    let proof = proof::all(&records, arguments.since).await?;
    if arguments.json {
        print_json(&proof)?
    } else {
        tell(&proof)
    }
    anyhow::ensure!(proof.is_whole(), "the book does not hold");
    Ok(())
}

/// Makes what is derived again. Entries that were altered are not believed: nothing is made from them.
async fn rebuild(records: &Records) -> anyhow::Result<()> {
    let conn = ledger::snapshot(records.read(), records.backend()).await?;
    let workspaces = ledger::verify::workspaces(&conn, &mut ledger::VerifyReport::default()).await?;
    drop(conn);
    for workspace in workspaces {
        let write = records.begin().await?;
        write.lock_workspace(Tenant(workspace)).await?;
        ledger::rebuild(&*write, Tenant(workspace))
            .await
            .with_context(|| format!("rebuild the book of {workspace}"))?;
        rewards::prove::rebuild(&*write, &cli::ambient(), Tenant(workspace)).await?;
        let mut report = ledger::VerifyReport::default();
        ledger::verify_workspace(&*write, workspace, None, &mut report).await?;
        anyhow::ensure!(report.is_whole(), "the entries of {workspace} do not hold, so nothing was made from them");
        write.commit().await?;
    }
    Ok(())
}

fn tell(proof: &Proof) {
    let book = &proof.book;
    println!(
        "{} entries with {} postings and {} balances in {} workspaces; {} conversions, {} commissions, {} payouts in {} batches",
        book.entries,
        book.postings,
        book.balances,
        book.workspaces,
        proof.conversions,
        proof.commissions,
        proof.payouts,
        proof.batches
    );
    for difference in &book.first_differences {
        let entry = difference.seq.map(|seq| format!("entry {seq}"));
        let id = difference.entry.map(|entry| format!("({entry})"));
        let workspace = difference.workspace.map(|workspace| format!("of {workspace}"));
        let place: Vec<String> = [difference.subject.clone(), entry, id, workspace].into_iter().flatten().collect();
        println!("{}: {}", place.join(" "), difference.what);
    }
    match book.difference_count {
        0 => println!("the book holds"),
        count => println!("{count} differences"),
    }
}
