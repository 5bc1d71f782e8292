//! Receivers of a test: they answer what they were told to, and keep what they got.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};

use super::{Ask, Failure, Outcome, Reply};

/// A request that a fake receiver got.
pub type Received = Ask;

#[derive(Default)]
struct Told {
    /// Answers by host, in their order; the last one stays.
    answers: HashMap<String, VecDeque<Result<Reply, Failure>>>,
    received: Vec<Received>,
}

/// Hosts of a test: who was not told anything answers 200.
#[derive(Clone, Default)]
pub struct FakeReceivers(Arc<Mutex<Told>>);

impl FakeReceivers {
    /// What a host answers from now on, one after another; the last answer stays.
    pub fn tell(&self, host: &str, answers: impl IntoIterator<Item = Result<Reply, Failure>>) {
        let answers = answers.into_iter().collect();
        self.0.lock().expect("never held across a panic").answers.insert(host.to_owned(), answers);
    }

    /// An answer with a status and a body.
    pub fn answer(status: u16, body: &str) -> Result<Reply, Failure> {
        Ok(Reply { status, body: body.to_owned(), retry_after_s: None })
    }

    /// Takes what a host got, oldest first.
    pub fn take(&self, host: &str) -> Vec<Received> {
        let mut told = self.0.lock().expect("never held across a panic");
        let (taken, left) = told.received.drain(..).partition(|ask| host_of(&ask.url) == host);
        told.received = left;
        taken
    }

    pub(super) fn send(&self, ask: &Ask) -> Outcome {
        let mut told = self.0.lock().expect("never held across a panic");
        told.received.push(ask.clone());
        let result = match told.answers.get_mut(host_of(&ask.url)) {
            Some(answers) if answers.len() > 1 => answers.pop_front(),
            Some(answers) => answers.front().cloned(),
            None => None,
        };
        Outcome { result: result.unwrap_or_else(|| Self::answer(200, "OK")), took_ms: 12 }
    }
}

fn host_of(url: &str) -> &str {
    let behind = url.split_once("://").map_or(url, |(_, behind)| behind);
    behind.split(['/', '?', '#']).next().unwrap_or_default()
}
