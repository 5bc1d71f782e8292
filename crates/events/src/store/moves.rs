//! Appending the signed facts of conversions, with the moves' cursor, in one transaction.
//!
//! The dimensions of the click are copied by a join on the click id. A move can only exist once its click is in the
//! click index, and moves are shipped only when the clicks of the index have been, so the click is there; a state
//! always joins the same click row, so its −1 and its +1 carry the same dimensions.

use duckdb::{Connection, params};

use super::{
    EventStore, StoreError,
    columns::Rows,
    entities::{KeysInUse, high, low},
    ship,
};
use crate::fact::{Amounts, ConversionMove, FactState};

/// Where facts wait for their click's dimensions; lives with the writer's connection.
pub const STAGING: &str = "CREATE TEMP TABLE incoming (
    seq UBIGINT, sign TINYINT, conversion_hi UBIGINT, conversion_lo UBIGINT, event_time BIGINT, click_time BIGINT,
    decided_time BIGINT, paid_time BIGINT, recorded_at BIGINT, conversion_status VARCHAR, conversion_reason VARCHAR,
    goal INTEGER, goal_kind VARCHAR, is_primary BOOLEAN, click_hi UBIGINT, click_lo UBIGINT, customer_hi UBIGINT,
    customer_lo UBIGINT, is_new_customer BOOLEAN, currency VARCHAR, sale_minor BIGINT, revenue_minor BIGINT,
    payout_minor BIGINT, refund_minor BIGINT, collected_minor BIGINT, reporting_currency VARCHAR,
    reporting_sale_minor BIGINT, reporting_revenue_minor BIGINT, reporting_payout_minor BIGINT,
    reporting_refund_minor BIGINT, reporting_collected_minor BIGINT, rate_e8 BIGINT,
    workspace INTEGER, advertiser INTEGER, offer INTEGER, partner INTEGER, link INTEGER, landing INTEGER,
    manager INTEGER, partner_group VARCHAR, vertical VARCHAR, traffic_type VARCHAR, attributed_by VARCHAR, trust VARCHAR)";

/// Joins each fact to its click. Bounded by the range of click ids in the batch, so that only its part is read.
const TAKE_IN: &str = "INSERT INTO conversions
    SELECT f.seq, f.sign, f.conversion_hi, f.conversion_lo, f.event_time,
        coalesce(c.event_time, f.click_time),
        f.decided_time, f.paid_time, f.recorded_at, f.conversion_status, f.conversion_reason, f.goal, f.goal_kind,
        f.is_primary, f.click_hi, f.click_lo, f.customer_hi, f.customer_lo, f.is_new_customer, f.currency,
        f.sale_minor, f.revenue_minor, f.payout_minor, f.refund_minor, f.collected_minor, f.reporting_currency,
        f.reporting_sale_minor, f.reporting_revenue_minor, f.reporting_payout_minor, f.reporting_refund_minor,
        f.reporting_collected_minor, f.rate_e8,
        f.workspace, f.advertiser, f.offer, f.partner, coalesce(c.link, f.link), coalesce(c.landing, f.landing),
        CASE WHEN c.partner = f.partner THEN c.manager ELSE f.manager END,
        CASE WHEN c.partner = f.partner THEN c.partner_group ELSE f.partner_group END,
        coalesce(c.vertical, f.vertical), coalesce(c.traffic_type, f.traffic_type),
        coalesce(c.sub1, ''), coalesce(c.sub2, ''), coalesce(c.sub3, ''), coalesce(c.sub4, ''), coalesce(c.sub5, ''),
        coalesce(c.sub6, ''), coalesce(c.sub7, ''), coalesce(c.sub8, ''), coalesce(c.sub9, ''),
        coalesce(c.sub10, ''), coalesce(c.source_id, ''), coalesce(c.country, ''), coalesce(c.device, ''),
        coalesce(c.os, ''), coalesce(c.browser, ''), coalesce(c.language, ''), coalesce(c.referrer_host, ''),
        coalesce(c.asn, 0), coalesce(c.user_agent, ''), coalesce(c.click_verdict, ''), coalesce(c.click_reason, ''),
        coalesce(c.prelanding, 0), coalesce(c.smart_link, 0), coalesce(c.smart_member, 0), f.attributed_by,
        f.trust
    FROM temp.incoming f
    LEFT JOIN (SELECT * FROM clicks WHERE click_hi BETWEEN ? AND ?) c
        ON c.click_hi = f.click_hi AND c.click_lo = f.click_lo AND c.workspace = f.workspace
    ORDER BY f.seq, f.sign";

impl EventStore {
    /// Appends the facts of `moves`, which are in order of `seq`. Moves that were shipped before are left out.
    pub fn ship_moves(&self, moves: &[ConversionMove]) -> Result<(), StoreError> {
        let Some(last) = moves.last().map(|last| last.seq) else { return Ok(()) };
        self.transact(|writer, keys| {
            let shipped = ship::read_moves_cursor(writer)?;
            let fresh = moves.iter().filter(|each| each.seq > shipped);
            let mut rows = Rows::default();
            for each in fresh.clone() {
                add_fact(&mut rows, keys, each, -1, each.before.as_ref());
                add_fact(&mut rows, keys, each, 1, each.after.as_ref());
            }
            rows.append_to(writer, Some("temp"), "incoming")?;
            take_in(writer, clicks_of(fresh))?;
            ship::set_moves_cursor(writer, last.max(shipped))
        })
    }
}

fn take_in(writer: &Connection, clicks: (u64, u64)) -> Result<(), StoreError> {
    writer.prepare_cached(TAKE_IN)?.execute(params![clicks.0, clicks.1])?;
    writer.execute_batch("DELETE FROM temp.incoming")?;
    Ok(())
}

/// Least and greatest upper half of the click ids, an empty range where there is none.
fn clicks_of<'m>(moves: impl Iterator<Item = &'m ConversionMove>) -> (u64, u64) {
    let states = moves.flat_map(|each| [&each.before, &each.after]).flatten();
    let halves = states.filter_map(|state| state.click_id).map(|click| high(click.as_u128()));
    halves.fold((u64::MAX, 0), |(least, greatest), half| (least.min(half), greatest.max(half)))
}

/// The fact of a state, and one for each share of another partner: it carries its payout and counts no conversion, so
/// its own sign is 0.
fn add_fact(rows: &mut Rows, keys: &mut KeysInUse<'_>, each: &ConversionMove, sign: i8, state: Option<&FactState>) {
    let Some(state) = state else { return };
    let shared: i64 = state.shares.iter().map(|share| share.payout).sum();
    let own = |of: Amounts| Amounts { payout: of.payout - shared, ..of };
    let main = FactState {
        amounts: own(state.amounts),
        reporting_amounts: state.reporting_amounts.map(own),
        shares: Vec::new(),
        ..state.clone()
    };
    add_row(rows, keys, each, (sign, sign), &main);
    for share in &state.shares {
        let amounts = Amounts { payout: share.payout, ..Amounts::default() };
        let part = FactState {
            partner: Some(share.partner),
            manager: share.manager,
            partner_group: share.partner_group.clone(),
            amounts,
            reporting_amounts: state.reporting_amounts.map(|_| amounts),
            ..main.clone()
        };
        add_row(rows, keys, each, (0, sign), &part);
    }
}

/// `counted` is what the row counts, `sign` that of its amounts.
fn add_row(
    rows: &mut Rows,
    keys: &mut KeysInUse<'_>,
    each: &ConversionMove,
    (counted, sign): (i8, i8),
    state: &FactState,
) {
    let conversion = each.conversion_id.as_u128();
    let click = state.click_id.map_or(0, |click| click.as_u128());
    let customer = state.customer.map_or(0, |customer| customer.as_u128());
    rows.u64(each.seq).i8(counted).u64(high(conversion)).u64(low(conversion));
    rows.i64(state.event_time.millis()).i64(state.click_time.unwrap_or(state.event_time).millis());
    rows.maybe_i64(state.decided_time.map(|at| at.millis())).maybe_i64(state.paid_time.map(|at| at.millis()));
    rows.i64(each.recorded_at.millis()).text(&state.status).text(&state.reason);
    rows.i32(keys.key(state.goal)).text(&state.goal_kind).bool(state.is_primary);
    rows.u64(high(click)).u64(low(click)).u64(high(customer)).u64(low(customer)).bool(state.is_new_customer);
    rows.text(state.currency.code());
    for amount in amounts(Some(state.amounts), sign) {
        rows.i64(amount.unwrap_or(0));
    }
    rows.text(state.reporting_currency.code());
    for amount in amounts(state.reporting_amounts, sign) {
        rows.maybe_i64(amount);
    }
    rows.i64(state.rate_e8);
    rows.i32(keys.key(Some(each.workspace))).i32(keys.key(state.advertiser)).i32(keys.key(state.offer));
    rows.i32(keys.key(state.partner)).i32(keys.key(state.link)).i32(keys.key(state.landing));
    rows.i32(keys.key(state.manager));
    rows.text(&state.partner_group)
        .text(&state.vertical)
        .text(&state.traffic_type)
        .text(&state.attributed_by)
        .text(&state.trust)
        .end_row();
}

/// The amounts in the order of the columns, signed by the move.
fn amounts(amounts: Option<Amounts>, sign: i8) -> [Option<i64>; 5] {
    let Some(of) = amounts else { return [None; 5] };
    [of.sale, of.revenue, of.payout, of.refund, of.collected].map(|minor| Some(minor.saturating_mul(sign.into())))
}
