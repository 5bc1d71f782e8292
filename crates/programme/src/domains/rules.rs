//! What an observation of a tracking domain means: pure.

use connect::probe::Seen;
use kernel::{Timestamp, time::DAY_MS};
use serde::{Deserialize, Serialize};

use super::model::DomainState;

/// A certificate that ends sooner wants somebody's eye.
const CERTIFICATE_DAYS_MIN: i64 = 14;

/// What is wrong with a domain, gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// A block list names it: browsers or mail providers warn of it.
    Listed,
    /// Its name leads nowhere.
    NoAddress,
    /// Its name leads into a private network, where nothing is asked.
    PrivateAddress,
    /// No connection came about: nothing listens, or the certificate is not believed.
    Unreachable,
    /// Somebody else answers there.
    LeadsElsewhere,
    CertificateExpired,
    CertificateEndsSoon,
    /// A tracking link there does not redirect.
    NoRedirect,
}

/// The state that follows from what was seen, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub state: DomainState,
    pub findings: Vec<Finding>,
}

/// Judges what was seen of a domain and whether a block list names it.
pub fn judge(seen: &Seen, is_listed: bool, now: Timestamp) -> Verdict {
    let mut findings = Vec::new();
    if is_listed {
        findings.push(Finding::Listed);
    }
    findings.extend(reach(seen));
    findings.extend(seen.certificate_until.and_then(|until| certificate(until, now)));
    let redirects = seen.redirect_status.is_none_or(|status| (300..400).contains(&status));
    if seen.leads_here && !redirects {
        findings.push(Finding::NoRedirect);
    }
    findings.sort_unstable();
    let state = match findings.first() {
        Some(Finding::Listed) => DomainState::Banned,
        Some(_) => DomainState::Warned,
        None => DomainState::Ok,
    };
    Verdict { state, findings }
}

fn reach(seen: &Seen) -> Option<Finding> {
    match seen {
        Seen { is_private: true, .. } => Some(Finding::PrivateAddress),
        Seen { addresses, .. } if addresses.is_empty() => Some(Finding::NoAddress),
        Seen { failure: Some(_), .. } => Some(Finding::Unreachable),
        Seen { leads_here: false, .. } => Some(Finding::LeadsElsewhere),
        _ => None,
    }
}

fn certificate(until: Timestamp, now: Timestamp) -> Option<Finding> {
    match until.millis() - now.millis() {
        left if left <= 0 => Some(Finding::CertificateExpired),
        left if left < CERTIFICATE_DAYS_MIN * DAY_MS => Some(Finding::CertificateEndsSoon),
        _ => None,
    }
}

/// Whether a list names the host or a domain above it. A list has a host a line; what follows `#` is a note.
pub fn is_listed(host: &str, list: &str) -> bool {
    let names = list.lines().map(|line| line.split('#').next().unwrap_or_default().trim().trim_start_matches("*."));
    names.filter(|name| name.contains('.')).any(|name| {
        let below = host.strip_suffix(&name.to_lowercase()).map(str::to_owned);
        below.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use connect::probe::FakeHosts;

    use super::*;

    #[test]
    fn each_observation_has_its_finding() {
        use Finding::{
            CertificateEndsSoon, CertificateExpired, LeadsElsewhere, Listed, NoAddress, NoRedirect, PrivateAddress,
            Unreachable,
        };
        let now = Timestamp::parse("2026-11-22T09:00:00Z").expect("valid");
        let until = |text: &str| Seen { certificate_until: Timestamp::parse(text), ..FakeHosts::sound() };
        let failed = Seen { failure: Some("refused".to_owned()), leads_here: false, ..FakeHosts::sound() };
        let check = |seen: &Seen, listed, state, findings: &[Finding]| {
            assert_eq!(judge(seen, listed, now), Verdict { state, findings: findings.to_vec() }, "{seen:?}");
        };
        check(&FakeHosts::sound(), false, DomainState::Ok, &[]);
        check(&FakeHosts::sound(), true, DomainState::Banned, &[Listed]);
        check(&Seen::default(), false, DomainState::Warned, &[NoAddress]);
        check(&Seen { is_private: true, ..Seen::default() }, false, DomainState::Warned, &[PrivateAddress]);
        check(&failed, false, DomainState::Warned, &[Unreachable]);
        check(&Seen { leads_here: false, ..FakeHosts::sound() }, false, DomainState::Warned, &[LeadsElsewhere]);
        check(&Seen { redirect_status: Some(500), ..FakeHosts::sound() }, false, DomainState::Warned, &[NoRedirect]);
        check(&Seen { redirect_status: None, ..FakeHosts::sound() }, false, DomainState::Ok, &[]);
        check(&until("2026-11-22T08:59:59Z"), false, DomainState::Warned, &[CertificateExpired]);
        check(&until("2026-12-06T08:59:59Z"), false, DomainState::Warned, &[CertificateEndsSoon]);
        check(&until("2026-12-06T09:00:00Z"), false, DomainState::Ok, &[]);
        check(&until("2020-01-01T00:00:00Z"), true, DomainState::Banned, &[Listed, CertificateExpired]);
    }

    #[test]
    fn a_list_names_a_host_and_all_below_it() {
        let list = "# known bad\nbad.example # since May\n*.worse.example\n\ncom\nUPPER.example";
        for (host, wanted) in [
            ("bad.example", true),
            ("go.bad.example", true),
            ("notbad.example", false),
            ("a.worse.example", true),
            ("upper.example", true),
            ("shop.com", false),
            ("good.example", false),
        ] {
            assert_eq!(is_listed(host, list), wanted, "{host}");
        }
    }
}
