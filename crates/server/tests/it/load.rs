//! People who click, a shop that reports sales, a desk that judges and pays; they remember what they were told.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use kernel::{Clock as _, time::SystemClock};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::process::{Keys, client};

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const CLICKERS: usize = 4;

/// What the clients were told.
#[derive(Default)]
pub struct Told {
    clicks: Mutex<HashSet<String>>,
    orders: Mutex<HashSet<String>>,
    next_order: AtomicU64,
    reprices: AtomicU64,
    stop: AtomicBool,
}

impl Told {
    /// Of clients whose orders are numbered from here, so that they are not those of other clients.
    pub fn with_orders_from(number: u64) -> Arc<Self> {
        Arc::new(Self { next_order: number.into(), ..Self::default() })
    }

    /// Ids that reached a landing page.
    pub fn clicks(&self) -> HashSet<String> {
        self.clicks.lock().expect("held briefly").clone()
    }

    /// Reprices that two people agreed on.
    pub fn reprices(&self) -> u64 {
        self.reprices.load(Ordering::Relaxed)
    }

    /// Orders whose receipt was acknowledged.
    pub fn orders(&self) -> HashSet<String> {
        self.orders.lock().expect("held briefly").clone()
    }
}

#[derive(Clone)]
pub struct Load {
    pub http: Client,
    pub url: String,
    pub keys: Arc<Keys>,
    pub slug: String,
    pub told: Arc<Told>,
    reprices: bool,
}

impl Load {
    pub fn on(url: &str, keys: Arc<Keys>, slug: &str, told: Arc<Told>) -> Self {
        Self { http: client(), url: url.to_owned(), keys, slug: slug.to_owned(), told, reprices: false }
    }

    /// Has the past priced anew all the time: what sales earned then changes after they were told.
    pub fn with_reprices(self) -> Self {
        Self { reprices: true, ..self }
    }

    /// Everybody at once, until [`stop`](Self::stop).
    pub fn start(&self) -> Vec<JoinHandle<()>> {
        self.told.stop.store(false, Ordering::Relaxed);
        let fresh = || Self { http: client(), ..self.clone() };
        let clickers = (0..CLICKERS).map(|_| fresh());
        let mut tasks: Vec<_> = clickers.map(|load| tokio::spawn(async move { load.click_and_sell().await })).collect();
        let desk = fresh();
        tasks.push(tokio::spawn(async move { desk.judge_and_pay().await }));
        tasks
    }

    pub async fn stop(&self, tasks: Vec<JoinHandle<()>>) {
        self.told.stop.store(true, Ordering::Relaxed);
        for task in tasks {
            task.await.expect("the load ends by itself");
        }
    }

    fn goes_on(&self) -> bool {
        !self.told.stop.load(Ordering::Relaxed)
    }

    /// Clicks, and sells after every third click; forgets what got no answer.
    async fn click_and_sell(&self) {
        let mut count = 0_u64;
        while self.goes_on() {
            let Some(click) = self.click().await else { continue };
            count += 1;
            if count.is_multiple_of(3)
                && let Some((status, body)) = self.sell(&click).await
            {
                assert!(status == 200 || status == 202, "{status}: {body}");
                assert!(status == 202 || body["status"] == "approved", "{body}");
            }
        }
    }

    /// A click; the id that reached the landing page, `None` where it was not stored or no answer came.
    pub async fn click(&self) -> Option<String> {
        self.remember(&self.visit("").await.ok()?)
    }

    /// The click id that an answer carries.
    pub fn remember(&self, answer: &Response) -> Option<String> {
        let click = click_of(answer)?;
        self.told.clicks.lock().expect("held briefly").insert(click.clone());
        Some(click)
    }

    pub async fn visit(&self, query: &str) -> reqwest::Result<Response> {
        self.http.get(format!("{}/c/{}{query}", self.url, self.slug)).header("user-agent", AGENT).send().await
    }

    /// A sale of 80.00 with an order id of its own: what the shop was told, `None` where no answer came.
    pub async fn sell(&self, click: &str) -> Option<(u16, Value)> {
        let order = format!("A{}", self.told.next_order.fetch_add(1, Ordering::Relaxed));
        let query = format!("click_id={click}&goal=sale&order_id={order}&amount=80.00&currency=EUR");
        let address = format!("{}/postback?{query}&token={}", self.url, self.keys.postback_token);
        let answer = self.http.get(address).send().await.ok()?;
        let status = answer.status().as_u16();
        let body = answer.json().await.ok()?;
        if status == 200 || status == 202 {
            self.told.orders.lock().expect("held briefly").insert(order);
        }
        Some((status, body))
    }

    /// Takes some sales back, has all of them priced anew where asked, and pays what is payable.
    async fn judge_and_pay(&self) {
        let mut percents = [12, 7, 10].into_iter().cycle();
        while self.goes_on() {
            let _ = self.reverse_one().await;
            if self.reprices {
                let _ = self.reprice(percents.next()).await;
            }
            let _ = self.pay().await;
        }
    }

    /// Two people agree that the whole past earned another percentage.
    async fn reprice(&self, percent: Option<u32>) -> reqwest::Result<()> {
        let offers = self.get("/v1/offers?limit=1").await?;
        let path = format!("/v1/offers/{}/plan", offers["items"][0]["id"].as_str().unwrap_or_default());
        let mut rules = self.get(&path).await?["earnings"]["versions"][0]["rules"].clone();
        for rule in rules.as_array_mut().into_iter().flatten() {
            rule["effect"] = json!({ "percent": percent.map(|percent| percent.to_string()) });
        }
        let now = SystemClock.now();
        let tried = json!({
            "from": now.plus_days(-2).to_string(), "to": now.plus_days(1).to_string(), "growth": [], "earnings": rules
        });
        let simulation = self.post(&format!("{path}/simulate"), tried).await?.1;
        let proposal = json!({ "simulation_id": simulation["id"], "words": "promised for the season" });
        let proposed = self.post("/v1/reprices", proposal).await?.1;
        if let Some(id) = proposed["id"].as_str() {
            let path = format!("/v1/reprices/{id}/confirm");
            let (status, _) = self.post_as(&self.keys.finance, &path, json!({})).await?;
            self.told.reprices.fetch_add(u64::from(status == 200), Ordering::Relaxed);
        }
        Ok(())
    }

    async fn reverse_one(&self) -> reqwest::Result<()> {
        let page = self.get("/v1/conversions?status=approved&limit=1").await?;
        if let Some(id) = page["items"][0]["id"].as_str() {
            self.post(&format!("/v1/conversions/{id}/reverse"), json!({ "reason": "returned" })).await?;
        }
        Ok(())
    }

    async fn pay(&self) -> reqwest::Result<()> {
        let batch = self.post("/v1/payout-batches", json!({ "currency": "EUR" })).await?.1;
        if let Some(id) = batch["id"].as_str() {
            self.post(&format!("/v1/payout-batches/{id}/paid"), json!({})).await?;
        }
        Ok(())
    }

    pub async fn get(&self, path: &str) -> reqwest::Result<Value> {
        self.http.get(format!("{}{path}", self.url)).bearer_auth(&self.keys.manager).send().await?.json().await
    }

    /// Status and body of an API call.
    pub async fn post(&self, path: &str, body: Value) -> reqwest::Result<(u16, Value)> {
        self.post_as(&self.keys.manager, path, body).await
    }

    async fn post_as(&self, key: &str, path: &str, body: Value) -> reqwest::Result<(u16, Value)> {
        let request = self.http.post(format!("{}{path}", self.url)).bearer_auth(key).json(&body);
        let answer = request.send().await?;
        Ok((answer.status().as_u16(), answer.json().await?))
    }
}

fn click_of(answer: &Response) -> Option<String> {
    let location = answer.headers().get("location")?.to_str().ok()?;
    let (_, id) = location.split_once("click_id=")?;
    Some(id.split('&').next().unwrap_or(id).to_owned()).filter(|id| !id.is_empty())
}
