//! Who is no visitor: known bots and link previews, by their agent.

use std::sync::OnceLock;

use anyhow::Context as _;
use regex::bytes::{RegexSet, RegexSetBuilder};

const AGENTS: &str = include_str!("../../data/agents.txt");
/// Compiled patterns may take this much memory.
const MAX_PROGRAM_BYTES: usize = 64 << 20;

/// What the agent alone says of who came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentVerdict {
    Visitor,
    /// Marked `bot`. An empty agent is one.
    Bot,
    /// Fetches a page to show it in a chat or post: a probe.
    Preview,
}

/// Clones share the compiled patterns.
#[derive(Clone)]
pub struct Sieve {
    bots: RegexSet,
    previews: RegexSet,
}

impl Sieve {
    /// Compiles the patterns once per process.
    pub fn new() -> anyhow::Result<Self> {
        static COMPILED: OnceLock<Sieve> = OnceLock::new();
        if let Some(sieve) = COMPILED.get() {
            return Ok(sieve.clone());
        }
        let sieve = Self { bots: patterns("b ")?, previews: patterns("p ")? };
        Ok(COMPILED.get_or_init(|| sieve).clone())
    }

    pub fn judge(&self, agent: &str) -> AgentVerdict {
        if agent.is_empty() || agent == "-" {
            AgentVerdict::Bot
        } else if self.previews.is_match(agent.as_bytes()) {
            AgentVerdict::Preview
        } else if self.bots.is_match(agent.as_bytes()) {
            AgentVerdict::Bot
        } else {
            AgentVerdict::Visitor
        }
    }
}

fn patterns(mark: &str) -> anyhow::Result<RegexSet> {
    let patterns = AGENTS.lines().filter_map(|line| line.strip_prefix(mark));
    RegexSetBuilder::new(patterns).unicode(false).size_limit(MAX_PROGRAM_BYTES).build().context("patterns of agents")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agents_are_judged() {
        let sieve = Sieve::new().expect("patterns");
        let check = |agent: &str, wanted| assert_eq!(sieve.judge(agent), wanted, "{agent}");
        check("", AgentVerdict::Bot);
        check("-", AgentVerdict::Bot);
        check("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", AgentVerdict::Bot);
        check("curl/8.5.0", AgentVerdict::Bot);
        check("python-requests/2.31", AgentVerdict::Bot);
        check("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", AgentVerdict::Preview);
        check("TelegramBot (like TwitterBot)", AgentVerdict::Preview);
        check("WhatsApp/2.23.20.0", AgentVerdict::Preview);
        check("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", AgentVerdict::Preview);
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 \
                      Safari/537.36";
        check(chrome, AgentVerdict::Visitor);
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                      Version/17.5 Mobile/15E148 Safari/604.1";
        check(safari, AgentVerdict::Visitor);
        check(
            "Mozilla/5.0 (Linux; Android 14; wv) Chrome/146.0 Mobile Safari/537.36 MetaIAB Facebook",
            AgentVerdict::Visitor,
        );
    }
}
