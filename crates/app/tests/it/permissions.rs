//! Who may use which route: the whole table, seen from outside.

use app::identity::actor::Role;
use kernel::time::MINUTE_MS;
use testkit::World;

use crate::structure::{PUBLIC, ask, document, operations};

/// A line an operation: method, path, and the roles that are let in. A new route needs its line.
const TABLE: &str = include_str!("permissions.txt");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_role_is_let_in_where_the_table_says_and_nowhere_else() {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = world.partner_member(&programme.partner).await;
    let advertiser = world.advertiser_member(&programme.advertiser).await;
    let mut people = vec![("partner", partner), ("advertiser", advertiser)];
    for (name, role) in
        [("analyst", Role::Analyst), ("finance", Role::Finance), ("manager", Role::Manager), ("owner", Role::Owner)]
    {
        people.insert(0, (name, world.member(role).await));
    }
    let mut seen = Vec::new();
    for (method, path, operation) in operations(&document()) {
        if PUBLIC.contains(&(method.as_str(), path.as_str())) {
            continue;
        }
        let mut line = format!("{method} {path}:");
        for (name, caller) in &people {
            let reply = ask(caller, &method, &path, &operation).await;
            assert!(reply.status < 500 && reply.status != 429, "{method} {path} as {name}: {}", reply.text);
            if reply.code() != "not_permitted" {
                line = format!("{line} {name}");
            }
        }
        seen.push(line);
        // Doors with a password count attempts by the minute.
        world.advance_millis(MINUTE_MS);
    }
    let listed: Vec<_> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
    let unlisted: Vec<_> = seen.iter().filter(|line| !listed.contains(&line.as_str())).collect();
    let gone: Vec<_> = listed.iter().filter(|line| !seen.iter().any(|one| one == *line)).collect();
    assert!(unlisted.is_empty() && gone.is_empty(), "seen, not listed: {unlisted:#?}\nlisted, not seen: {gone:#?}");
}
