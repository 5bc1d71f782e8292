//! A `tributary serve` of its own process, on a data folder of the test's.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use reqwest::{Client, redirect};
use serde_json::{Value, json};

pub const MANAGER: &str = "manager@riverside.example";
const READY_WITHIN: Duration = Duration::from_secs(60);
const ENDS_WITHIN: Duration = Duration::from_secs(10);
/// Lines of a server's log that a story reads.
const LOG_LINES_MAX: usize = 10_000;

/// The program with a data folder, SQLite and a small event store.
pub fn tributary(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tributary"));
    command.env_clear().env("TRIBUTARY_EVENT_STORE_MEMORY_MB", "128").env("TRIBUTARY_LOG", "warn");
    let settings = data.with_extension("toml");
    if settings.exists() {
        command.env("TRIBUTARY_CONFIG", settings);
    }
    command.arg("--data").arg(data);
    command
}

/// Settings of an installation that is not there yet; they lie beside its data folder.
pub fn settings(data: &Path, text: &str) {
    fs::write(data.with_extension("toml"), text).expect("written");
}

/// What `check` finds, whether it is healthy or not.
pub fn doctor(data: &Path) -> Value {
    let output = tributary(data).arg("check").output().expect("the program starts");
    serde_json::from_slice(&output.stdout).expect("findings")
}

/// Runs a command to its end and reads the JSON it prints.
pub fn run(data: &Path, arguments: &[&str]) -> Value {
    let output = tributary(data).args(arguments).output().expect("the program starts");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "tributary {arguments:?}: {complaint}");
    serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
}

/// Keys of a fresh installation.
pub struct Keys {
    pub manager: String,
    /// The second person where two must agree.
    pub finance: String,
    pub postback_token: String,
}

/// Makes a workspace, its manager and who does its finances before any server runs.
pub fn install(data: &Path) -> Keys {
    let workspace = run(data, &["admin", "create-workspace", "--name", "Riverside", "--timezone", "Europe/Warsaw"]);
    let id = workspace["workspace_id"].as_str().expect("a workspace");
    let key_of = |email: &str, name: &str, role: &str| {
        let of = ["--workspace", id, "--email", email];
        let person = ["--name", name, "--role", role, "--password", "a long river flows"];
        run(data, &[&["admin", "create-user"][..], &of, &person].concat());
        let key = run(data, &[&["admin", "create-api-key"][..], &of].concat());
        key["api_key"].as_str().expect("a key").to_owned()
    };
    Keys {
        manager: key_of(MANAGER, "Anna", "manager"),
        finance: key_of("kasia@riverside.example", "Kasia", "finance"),
        postback_token: workspace["postback_token"].as_str().expect("a token").to_owned(),
    }
}

/// A server that is killed when it is dropped.
pub struct Serving {
    child: Child,
    pub url: String,
    log: Arc<Mutex<Vec<String>>>,
}

impl Serving {
    /// Starts a server on a free port and waits until it is ready.
    pub async fn start(data: &Path) -> Self {
        let serving = Self::start_without_records(data).await;
        serving.wait_until_ready().await;
        serving
    }

    /// Starts a server on a free port and waits until it listens: that it does without records too.
    pub async fn start_without_records(data: &Path) -> Self {
        let mut command = tributary(data);
        command.args(["--port", "0", "serve"]).env("TRIBUTARY_LOG", "warn,server=info").stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let mut told = Vec::new();
        let url = loop {
            let Some(Ok(line)) = lines.next() else { panic!("the server ended: {told:?}") };
            if let Some((_, rest)) = line.split_once("http://") {
                let address = rest.split(['"', ' ', '\u{1b}']).next().expect("an address");
                break format!("http://{address}");
            }
            told.push(line);
        };
        let log = Arc::new(Mutex::new(told));
        let kept = log.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut kept = kept.lock().expect("held briefly");
                // Read to its end in any case: a full pipe would stop the server.
                if kept.len() < LOG_LINES_MAX {
                    kept.push(line);
                }
            }
        });
        Self { child, url, log }
    }

    /// Whether a line of the log holds these words.
    pub fn told(&self, words: &str) -> bool {
        self.log.lock().expect("held briefly").iter().any(|line| line.contains(words))
    }

    /// The log so far.
    pub fn log(&self) -> String {
        self.log.lock().expect("held briefly").join("\n")
    }

    async fn wait_until_ready(&self) {
        let http = client();
        let since = Instant::now();
        loop {
            let answer = http.get(format!("{}/readyz", self.url)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            assert!(since.elapsed() < READY_WITHIN, "the server does not become ready");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    /// SIGTERM; the program ends by itself in good order.
    pub fn terminate(mut self) {
        let code = unsafe { libc::kill(self.child.id() as i32, libc::SIGTERM) };
        assert_eq!(code, 0, "the signal is sent");
        let since = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("known") {
                assert!(status.success(), "ended with {status}");
                return;
            }
            assert!(since.elapsed() < ENDS_WITHIN, "the program does not end within 10 s of SIGTERM");
            std::thread::yield_now();
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A client that follows no redirects.
pub fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().redirect(redirect::Policy::none()).no_proxy().timeout(Duration::from_secs(20));
    builder.build().expect("an HTTP client")
}

/// An API call that must succeed.
pub async fn post(http: &Client, url: &str, key: &str, path: &str, body: Value) -> Value {
    let answer = http.post(format!("{url}{path}")).bearer_auth(key).json(&body).send().await.expect("an answer");
    let status = answer.status();
    let body: Value = answer.json().await.unwrap_or(Value::Null);
    assert!(status.is_success(), "{path}: {status} {body}");
    body
}

/// A programme whose sales are approved and locked at once: the ids of offer and partner, and the link's slug.
pub async fn programme(http: &Client, url: &str, key: &str) -> (String, String, String) {
    let advertiser = post(http, url, key, "/v1/advertisers", json!({ "name": "Northwind" })).await;
    let offer = json!({
        "advertiser_id": advertiser["id"], "name": "Tents", "landing_url": "https://shop.northwind.example/",
        "currency": "EUR", "conversion_start": "approved", "hold_days": 0,
        "goals": [{ "name": "sale", "payout": { "percent": "10" }, "revenue": { "percent": "15" } }]
    });
    let offer = post(http, url, key, "/v1/offers", offer).await;
    let partner = json!({ "name": "Trail Notes", "email": "pay@trailnotes.example" });
    let partner = post(http, url, key, "/v1/partners", partner).await;
    let both = json!({ "offer_id": offer["id"], "partner_id": partner["id"] });
    post(http, url, key, "/v1/enrollments", both.clone()).await;
    let link = post(http, url, key, "/v1/links", both).await;
    let text = |value: &Value, field: &str| value[field].as_str().expect("text").to_owned();
    (text(&offer, "id"), text(&partner, "id"), text(&link, "slug"))
}
