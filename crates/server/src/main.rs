//! The program `tributary`.

use clap::Parser as _;

fn main() -> std::process::ExitCode {
    let line = server::cli::CommandLine::parse();
    let provider = rustls::crypto::ring::default_provider();
    provider.install_default().expect("no other TLS provider was installed");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("the system has threads");
    match runtime.block_on(server::cli::run(line)) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tributary: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
