//! A feature calls only features above it in the reading order; upward news goes through the outbox.

use super::{
    Finding, Tree, finding,
    source::{Source, is_word},
};

/// The crates whose folders are features.
pub const CRATES: [&str; 3] = ["crates/programme/src/", "crates/outcomes/src/", "crates/app/src/"];

/// The ground that every feature stands on. It calls no feature.
const GROUND: &str = "platform";

/// The reading order. A feature may call those above it.
const ORDER: [&str; 63] = [
    // who
    "identity",
    "workspaces",
    "audit",
    // what
    "currencies",
    "advertisers",
    "partners",
    "plans",
    "reward_units",
    "offers",
    "plan_drafts",
    "caps",
    "coupons",
    "domains",
    "links",
    "creatives",
    // what happened
    "attribution",
    "experiments",
    "fraud",
    "compliance",
    "conversions",
    "simulations",
    "reprices",
    "bump_requests",
    "results",
    "explain",
    "doctor",
    // what is owed
    "accruals",
    "bonuses",
    "rewards",
    "recruitment",
    "adjustments",
    "placements",
    "programme_costs",
    "manager_bonuses",
    "billing",
    "subscriptions",
    "billing_details",
    "partner_files",
    "tax_forms",
    "payout_requirements",
    "own_invoices",
    "payouts",
    "book",
    "papers",
    "reconciliation",
    "scrubs",
    "disputes",
    "payday",
    // who is told, who is won
    "messaging",
    "recruiting",
    "activation",
    "leads",
    "support",
    "surveys",
    "calendar",
    "reports",
    "exports",
    "search",
    "seo",
    "postbacks",
    "alerts",
    "integrations",
    // who moves in
    "imports",
];

pub fn order(tree: &Tree) -> Vec<Finding> {
    let sources = tree.sources.iter().filter_map(|source| {
        let place = CRATES.iter().find_map(|of| source.path.strip_prefix(of))?;
        let feature = place.split_once('/').map_or("", |(feature, _)| feature);
        Some((source, feature))
    });
    sources.filter(|(source, _)| !source.is_test_file()).flat_map(|(source, feature)| check(source, feature)).collect()
}

fn check(source: &Source, feature: &str) -> Vec<Finding> {
    let Some(own) = rank(feature) else {
        return vec![finding("feature order", source, 0, format!("`{feature}` has no place in the reading order"))];
    };
    let code = source.code_outside_tests();
    let upward = called(&code).into_iter().filter(|(_, other)| rank(other).is_some_and(|other| other > own));
    upward.map(|(at, other)| finding("feature order", source, at, format!("`{feature}` calls `{other}`"))).collect()
}

/// Height in the reading order. The pages at the root list all of a kind and may name every feature.
fn rank(feature: &str) -> Option<usize> {
    match feature {
        GROUND => Some(0),
        "" => Some(usize::MAX),
        _ => ORDER.iter().position(|known| *known == feature).map(|position| position + 1),
    }
}

/// Names that follow `crate::`, alone or in a group, with their places.
fn called(code: &str) -> Vec<(usize, String)> {
    let paths = code.match_indices("crate::").map(|(at, found)| at + found.len());
    paths
        .flat_map(|at| if code[at..].starts_with('{') { group(code, at) } else { vec![(at, word(code, at))] })
        .collect()
}

/// First names of a `{a::b, c::{d, e}}` that opens at `open`.
fn group(code: &str, open: usize) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    let mut depth = 0_usize;
    let mut expects_name = false;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => (depth, expects_name) = (depth + 1, depth == 0),
            b'}' if depth == 1 => break,
            b'}' => depth -= 1,
            b',' => expects_name = depth == 1,
            _ if expects_name && is_word(byte) => {
                names.push((at, word(code, at)));
                expects_name = false;
            }
            _ => {}
        }
    }
    names
}

fn word(code: &str, at: usize) -> String {
    code[at..].bytes().take_while(|&byte| is_word(byte)).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upward_calls_are_found() {
        let code =
            "use crate::{identity::{Session, User}, payouts::Batch, platform::jobs};\nfn a() { crate::reports::b() }";
        let cases = [
            ("crates/programme/src/offers/store.rs", vec!["`offers` calls `payouts`", "`offers` calls `reports`"]),
            ("crates/app/src/reports/store.rs", vec![]),
            ("crates/app/src/lib.rs", vec![]),
            ("crates/app/src/extra/mod.rs", vec!["`extra` has no place in the reading order"]),
        ];
        for (path, expected) in cases {
            let words: Vec<String> = order(&Tree::of(&[(path, code)])).into_iter().map(|found| found.words).collect();
            assert_eq!(words, expected, "{path}");
        }
    }
}
