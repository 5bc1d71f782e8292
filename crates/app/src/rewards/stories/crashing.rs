//! A process that is killed while it gives rewards gives each once.

use std::time::Duration;

use kernel::time::MINUTE_MS;
use serde_json::json;
use testkit::serve_if_ordered;

use super::{act, entries, programme, sale, standing};

const ROUNDS: u64 = 5;
const SALES: u64 = 12;
/// How much later than in the round before the node is killed.
const LATER_MS: u64 = 12;

#[test]
fn a_process_that_is_killed_gives_each_reward_once() {
    serve_if_ordered();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (mut world, programme) = programme("reward 50 POINTS ; goal sale").await;
        let (_, module) = module_path!().split_once("::").expect("a module of the test binary");
        let story = format!("{module}::a_process_that_is_killed_gives_each_reward_once");
        for round in 0..ROUNDS {
            for number in 0..SALES {
                let order = format!("{round}-{number}");
                let conversion = sale(&world, &programme.slug, &order, "amount=80.00").await;
                act(&world, &conversion, "approve", json!({})).await;
            }
            // The job is due when the node begins.
            world.advance_millis(MINUTE_MS);
            let node = world.hand_over(&story).await;
            tokio::time::sleep(Duration::from_millis(round * LATER_MS)).await;
            world.killed(node).await;
        }
        // Until then the killed nodes have their leases.
        world.pass_days(1).await;
        let sales = (ROUNDS * SALES) as i64;
        assert_eq!(standing(&world, &programme.partner, "POINTS").await, (50 * sales, 0));
        assert_eq!(entries(&world, &programme.partner, "POINTS").await.len() as i64, sales);
    });
}
