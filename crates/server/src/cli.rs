//! The command line.

use std::{
    io::IsTerminal as _,
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    sync::Arc,
};

use anyhow::Context as _;
use app::{platform::addresses, workspaces::setup};
use clap::{Args, Parser, Subcommand};
use connect::{
    mail::Mailer,
    outgoing::{Net, Sender},
    probe::Prober,
};
use events::JournalOptions;
use kernel::{Ambient, ambient::SystemChance, time::SystemClock};
use toml::{Table, Value};

use crate::{
    Config, Platform, Running, Surroundings,
    admin::AdminCommand,
    attribution::{self, AttributionArguments},
    backup,
    control::{self, Command as ControlCommand},
    demo::{self, DemoArguments},
    explain::{self, ExplainArguments},
    replay::{self, ReplayArguments},
    serve::asked_to_end,
    verify_book::{self, VerifyBookArguments},
    verify_plans::{self, VerifyPlansArguments},
};

#[derive(Parser)]
#[command(name = "tributary", version, about = "The affiliate manager's workplace in one program")]
pub struct CommandLine {
    /// Configuration file; tributary.toml in the working folder where absent.
    #[arg(long, global = true, env = "TRIBUTARY_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

/// Flags that win over file and environment. Every other setting is in the file or the environment.
#[derive(Args)]
struct Flags {
    /// Data folder.
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    /// Port to listen on; 0 takes any free one.
    #[arg(long, global = true)]
    port: Option<u16>,
    /// Address to listen on.
    #[arg(long, global = true)]
    listen: Option<String>,
}

impl Flags {
    fn table(&self) -> Table {
        let mut table = Table::new();
        if let Some(data) = &self.data {
            table.insert("data".to_owned(), Value::String(data.display().to_string()));
        }
        if let Some(port) = self.port {
            table.insert("port".to_owned(), Value::Integer(port.into()));
        }
        if let Some(listen) = &self.listen {
            table.insert("listen".to_owned(), Value::String(listen.clone()));
        }
        table
    }
}

#[derive(Subcommand)]
enum Command {
    /// Run the server: edge, API, web and jobs in one process.
    Serve,
    /// Fill a data folder with a believable year and serve it.
    Demo(DemoArguments),
    /// Bring the records' tables up to date.
    Migrate,
    /// The doctor: stores, book, hash chain, journal, cursors.
    Check,
    /// Prove the book again from its first entry, and every number that is kept beside it.
    VerifyBook(VerifyBookArguments),
    /// Try every plan in force on all that happened, and tell what does not come to what stands.
    VerifyPlans(VerifyPlansArguments),
    /// Send an access log or a CSV through the real doors of a running server.
    Replay(ReplayArguments),
    /// Tell why a click or conversion was decided as it was, or decide everything again and tell what differs.
    Explain(ExplainArguments),
    /// Share the credit of the paths in a file by every model.
    Attribution(AttributionArguments),
    /// What an operator does before anybody can sign in.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Copy a whole installation into one file, while it runs.
    Backup {
        #[arg(long)]
        to: PathBuf,
    },
    /// Unpack a backup into an absent or empty data folder.
    Restore {
        #[arg(long)]
        from: PathBuf,
    },
    /// Print the API's OpenAPI document.
    Openapi,
    /// Print the configuration's manual: every setting with its default.
    Manual,
}

/// Does what the command line says.
pub async fn run(line: CommandLine) -> anyhow::Result<()> {
    let config = Config::load(line.config.as_deref(), std::env::vars(), line.flags.table())?;
    log_to_stderr(&config.log)?;
    match line.command {
        Command::Serve => serve(config).await,
        Command::Demo(arguments) => demo::run(config, arguments).await,
        Command::Migrate => migrate(config).await,
        Command::Check => check(config).await,
        Command::VerifyBook(arguments) => verify_book::run(config, arguments).await,
        Command::VerifyPlans(arguments) => verify_plans::run(config, arguments).await,
        Command::Replay(arguments) => print_json(&replay::run(&arguments).await?),
        Command::Explain(arguments) => explain::run(config, arguments).await,
        Command::Attribution(arguments) => attribution::run(&arguments),
        Command::Admin(admin) => print_json(&ask_or_open(config, ControlCommand::Admin { admin }).await?),
        Command::Backup { to } => {
            let to = std::path::absolute(to)?;
            print_json(&ask_or_open(config, ControlCommand::Backup { to }).await?)
        }
        Command::Restore { from } => backup::restore(&from, &config.data),
        Command::Openapi => print_json(&app::routes::document()),
        Command::Manual => {
            print!("{}", crate::config::DEFAULTS);
            Ok(())
        }
    }
}

/// The system's clock and chance.
pub fn ambient() -> Ambient {
    Ambient::new(Arc::new(SystemClock), Arc::new(SystemChance))
}

/// What a server is surrounded by: the system's clock and chance, the configured mail server.
pub fn surroundings(config: &Config) -> anyhow::Result<Surroundings> {
    let mailer = if config.smtp_url.is_empty() { Mailer::Log } else { Mailer::smtp(&config.smtp_url)? };
    let defaults = JournalOptions::default();
    let strict = config.journal_fsync_ms == 0;
    let interval = std::time::Duration::from_millis(config.journal_fsync_ms.max(1));
    let may_connect: fn(IpAddr) -> bool = if config.allow_private_addresses { |_| true } else { addresses::is_public };
    Ok(Surroundings {
        ambient: ambient(),
        mailer,
        prober: Prober::Net,
        sender: Sender::Net(Net::new(may_connect)?),
        journal: JournalOptions { strict, sync_interval: interval, ..defaults },
        durable_records: true,
    })
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let around = surroundings(&config)?;
    let running = Running::start(Platform::open(config, around).await?, true).await?;
    tracing::info!(url = running.url(), "listening");
    offer_setup(&running).await;
    asked_to_end().await?;
    tracing::info!("ending");
    running.stop().await
}

/// Tells the operator of an empty installation where its first workspace is made.
async fn offer_setup(running: &Running) {
    match setup::open(running.platform().app()).await {
        Ok(Some(token)) => {
            let mut address = running.address();
            if address.ip().is_unspecified() {
                address.set_ip(Ipv4Addr::LOCALHOST.into());
            }
            eprintln!("Set this installation up at http://{address}/setup#token={token}");
        }
        Ok(None) => {}
        Err(error) => {
            tracing::warn!(
                error = format!("{error:#}"),
                "whether a workspace exists is unknown; start again to set up"
            );
        }
    }
}

async fn migrate(config: Config) -> anyhow::Result<()> {
    use sea_orm_migration::MigratorTrait as _;
    std::fs::create_dir_all(&config.data)?;
    let records = app::platform::Records::open(&config.records_url, true).await?;
    app::migrations::Migrator::up(records.writer(), None).await.context("migrate the records")?;
    app::platform::planner::inform(&records).await?;
    eprintln!("the records are up to date");
    Ok(())
}

async fn check(config: Config) -> anyhow::Result<()> {
    let findings = ask_or_open(config, ControlCommand::Check).await?;
    print_json(&findings)?;
    anyhow::ensure!(findings["healthy"] == true, "not everything is healthy");
    Ok(())
}

/// Has the running server do it, or opens the stores where none runs.
pub async fn ask_or_open(config: Config, command: ControlCommand) -> anyhow::Result<serde_json::Value> {
    if let Some(answer) = control::ask(&config.data, &command).await {
        return answer;
    }
    let around = surroundings(&config)?;
    let platform = Platform::open(config, around).await?;
    let answer = control::execute(&platform, command).await;
    platform.close().await?;
    answer
}

pub fn print_json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    println!("{}", serde_json::to_string_pretty(value)?);
    Ok(())
}

fn log_to_stderr(directives: &str) -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_new(directives).context("read the setting `log`")?;
    let logger = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    // A second call in one process (tests) keeps the first logger.
    let _ = logger.try_init();
    Ok(())
}
