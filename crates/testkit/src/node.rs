//! A world's stores in the hands of a process of its own, which is killed amid its work.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use connect::{
    mail::{FakeMailbox, Mailer},
    outgoing::{FakeReceivers, Sender},
    probe::{FakeHosts, Prober},
};
use events::JournalOptions;
use kernel::{Ambient, Timestamp, ambient::SeededChance, time::MovableClock};
use serde::{Deserialize, Serialize};
use server::{Config, Platform, Running, Surroundings};

/// Names the file with a node's orders, in the node's environment.
const ORDERS: &str = "TRIBUTARY_STORY_NODE";
const READY_WITHIN: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// What a node is told before it starts.
#[derive(Serialize, Deserialize)]
pub struct Orders {
    pub flags: toml::Table,
    pub now: Timestamp,
    /// What it draws must differ from what the world draws.
    pub seed: u64,
}

/// A node that runs until it is killed; it ends with the process that started it, too.
pub struct Node {
    child: Child,
    pub(crate) url: String,
}

impl Node {
    /// Runs the story `story` of this test binary in a process of its own, where it begins with [`serve_if_ordered`].
    pub fn start(folder: &Path, story: &str, orders: &Orders) -> Self {
        let path = folder.join(format!("node-{}.json", orders.seed));
        fs::write(&path, serde_json::to_vec(orders).expect("plain")).expect("written");
        let mut command = Command::new(env::current_exe().expect("this test"));
        command.args([story, "--exact", "--nocapture"]).env(ORDERS, &path);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the node starts");
        let url = url_of(&mut child, &said_in(&path));
        Self { child, url }
    }

    /// kill -9.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // Gone already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.end();
    }
}

fn said_in(orders: &Path) -> PathBuf {
    orders.with_extension("url")
}

#[expect(clippy::disallowed_methods, reason = "a real process is waited for in real time")]
fn url_of(child: &mut Child, said: &Path) -> String {
    let started = Instant::now();
    loop {
        if let Ok(url) = fs::read_to_string(said) {
            return url;
        }
        assert!(child.try_wait().expect("the node is known").is_none(), "the node ended by itself");
        assert!(started.elapsed() < READY_WITHIN, "the node is not ready");
        std::thread::sleep(LOOK_AGAIN);
    }
}

/// In the process of a node: serves, and never comes back. Elsewhere: nothing.
pub fn serve_if_ordered() {
    let Ok(path) = env::var(ORDERS) else { return };
    let orders: Orders = serde_json::from_slice(&fs::read(&path).expect("orders")).expect("orders");
    end_with_whoever_started_it();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let running = serve(orders).await;
        let ready = Path::new(&path).with_extension("ready");
        fs::write(&ready, running.url()).and_then(|()| fs::rename(&ready, said_in(Path::new(&path)))).expect("told");
        std::future::pending::<()>().await;
    });
}

fn end_with_whoever_started_it() {
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::abort();
    });
}

/// Jobs run by themselves, so that it is killed amid those too.
async fn serve(orders: Orders) -> Running {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = Config::load(None, std::iter::empty(), orders.flags).expect("the settings of the world are known");
    let clock = MovableClock::starting_at(orders.now);
    let around = Surroundings {
        ambient: Ambient::new(Arc::new(clock), Arc::new(SeededChance::from_number(orders.seed))),
        prober: Prober::Fake(FakeHosts::default()),
        sender: Sender::Fake(FakeReceivers::default()),
        mailer: Mailer::Fake(FakeMailbox::default()),
        journal: small_journal(),
        durable_records: true,
    };
    let platform = Platform::open(config, around).await.expect("the platform opens");
    Running::start(platform, true).await.expect("the platform listens")
}

/// Small segments, so that stories meet their ends.
pub fn small_journal() -> JournalOptions {
    JournalOptions { segment_bytes: 1 << 20, reserve_bytes: 256 << 10, ..JournalOptions::default() }
}
