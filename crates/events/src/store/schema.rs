//! The tables of the event store. Facts are append-only; no table has an index.
//!
//! **Common to `clicks`, `throughs`, `views` and `conversions`** (same name, same meaning, so that one question reads all three):
//! `workspace, advertiser, offer, partner, link, landing, manager` are `INTEGER` keys of `entities`, 0 where there is
//! none (so are `smart_link` and `prelanding`, which stand last); `partner_group, vertical, traffic_type, sub1 … sub10, source_id, country, device, os, browser, language,
//! referrer_host, user_agent` are `VARCHAR`, `''` where unknown; `asn` is `UINTEGER`, 0 where unknown;
//! `click_verdict` is `valid`, `duplicate`, `invalid` or `probe`; `click_reason` is a code or `''`. All times are
//! `BIGINT` milliseconds since 1970 UTC. Ids of clicks, views, conversions and customers are two `UBIGINT` halves,
//! `_hi` and `_lo`, both 0 for none.
//!
//! **clicks**, one row per click: gross clicks are the rows with `kind = 'click'`, clicks those with
//! `click_verdict = 'valid'`, duplicates `'duplicate'`; a probe has `kind = 'probe'` and `click_verdict = 'probe'`
//! and is outside every count. `event_time` is when the visitor clicked, `recorded_at` when it was journaled.
//! `visitor` is the visitor's key. `duplicate_of_*` names the click of which it is a duplicate. `targeting_condition` is the place,
//! from 1, of the offer's targeting condition that sent the visitor away, or 1,000 and the place of the link's; 0 for none.
//! `landing_ppm` is the share of visitors, in millionths, who see that landing page: what a choice was made with.
//!
//! `prelanding` is the page before the landing page, where the visitor was sent there first. Where a smart link chose the
//! offer, `smart_link` is its key, `smart_member` the number of the member chosen, `smart_ppm` the chance of that choice in
//! millionths, and `smart_eligible` has a bit for each member that was eligible: 0 where nobody let the visitor through.
//!
//! **throughs**, one row each time a visitor went on from a prelanding to the landing page, with the click id it came with.
//!
//! **views**, one row per view; `kind` is `view` or `probe`; `click_verdict` and `click_reason` as above (never
//! `duplicate`).
//!
//! **touches**, one row per event of the first-party tag. `channel` is how the visitor came where it came from elsewhere
//! without a click of ours, else `''`; `consent` is `granted` or `not_asked`.
//!
//! **conversions**, signed facts: each move of a conversion is a row with `sign = -1` of the state before (absent for
//! the first move) and one with `sign = 1` of the state after, both with the move's `recorded_at`. Every amount is
//! already signed: a metric is a plain `sum(...)`, a count is `sum(sign)`, as it stood at t is
//! `recorded_at <= t`. Where other partners earn from the same conversion, each has a row of its own with its part of the
//! payout and `sign = 0`, so that it counts no conversion. `conversion_status` is `pending`, `approved`, `locked`, `paid`, `rejected` or `reversed`,
//! `conversion_reason` a code or `''`. `is_primary` tells conversions from events, `goal` is a key of `entities`.
//! `event_time` is when the customer converted, `click_time` when they clicked (the conversion's own time where there is
//! no click), `decided_time` and `paid_time` are NULL until then. `sale_minor`
//! (net of refunds), `revenue_minor`, `payout_minor`, `refund_minor`, `collected_minor` are in `currency`; the same
//! names with `reporting_` are in `reporting_currency` and NULL where no rate is known; `rate_e8` is that rate times
//! 10^8, 0 where unknown. `attributed_by` is the step of attribution that named the partner, `''` where none did or none was
//! kept; `trust` is the rung of the trust ladder on which the call stood, `''` where none was kept. `customer_*` counts customers, `is_new_customer` marks the first conversion of each.
//!
//! **entities** maps keys to ids, **cursors** holds how far each lane and the moves have been shipped (`lane` -1).

/// Columns of every dimension that clicks, views and conversions share.
macro_rules! shared_dimensions {
    () => {
        "workspace INTEGER NOT NULL, advertiser INTEGER NOT NULL, offer INTEGER NOT NULL, partner INTEGER NOT NULL, \
         link INTEGER NOT NULL, landing INTEGER NOT NULL, manager INTEGER NOT NULL, partner_group VARCHAR NOT NULL, \
         vertical VARCHAR NOT NULL, traffic_type VARCHAR NOT NULL, \
         sub1 VARCHAR NOT NULL, sub2 VARCHAR NOT NULL, sub3 VARCHAR NOT NULL, sub4 VARCHAR NOT NULL, \
         sub5 VARCHAR NOT NULL, sub6 VARCHAR NOT NULL, sub7 VARCHAR NOT NULL, sub8 VARCHAR NOT NULL, \
         sub9 VARCHAR NOT NULL, sub10 VARCHAR NOT NULL, source_id VARCHAR NOT NULL, \
         country VARCHAR NOT NULL, device VARCHAR NOT NULL, os VARCHAR NOT NULL, browser VARCHAR NOT NULL, \
         language VARCHAR NOT NULL, referrer_host VARCHAR NOT NULL, asn UINTEGER NOT NULL, \
         user_agent VARCHAR NOT NULL, click_verdict VARCHAR NOT NULL, click_reason VARCHAR NOT NULL"
    };
}

/// Statements that make the tables where they are missing.
pub const TABLES: &str = concat!(
    "CREATE TABLE IF NOT EXISTS entities (key INTEGER NOT NULL, id_hi UBIGINT NOT NULL, id_lo UBIGINT NOT NULL);",
    "CREATE TABLE IF NOT EXISTS cursors (lane INTEGER NOT NULL, position UBIGINT NOT NULL);",
    "CREATE TABLE IF NOT EXISTS clicks (",
    "click_hi UBIGINT NOT NULL, click_lo UBIGINT NOT NULL, event_time BIGINT NOT NULL, recorded_at BIGINT NOT NULL, ",
    "kind VARCHAR NOT NULL, ",
    shared_dimensions!(),
    ", visitor UBIGINT NOT NULL, referrer VARCHAR NOT NULL, duplicate_of_hi UBIGINT NOT NULL, ",
    "duplicate_of_lo UBIGINT NOT NULL, destination VARCHAR NOT NULL, route_version UBIGINT NOT NULL, ",
    "steps UBIGINT NOT NULL, method VARCHAR NOT NULL);",
    "CREATE TABLE IF NOT EXISTS views (",
    "view_hi UBIGINT NOT NULL, view_lo UBIGINT NOT NULL, event_time BIGINT NOT NULL, recorded_at BIGINT NOT NULL, ",
    "kind VARCHAR NOT NULL, ",
    shared_dimensions!(),
    ", visitor UBIGINT NOT NULL, referrer VARCHAR NOT NULL, route_version UBIGINT NOT NULL);",
    "CREATE TABLE IF NOT EXISTS throughs (",
    "click_hi UBIGINT NOT NULL, click_lo UBIGINT NOT NULL, event_time BIGINT NOT NULL, recorded_at BIGINT NOT NULL, ",
    shared_dimensions!(),
    ", visitor UBIGINT NOT NULL, route_version UBIGINT NOT NULL, smart_link INTEGER NOT NULL, ",
    "prelanding INTEGER NOT NULL);",
    "CREATE TABLE IF NOT EXISTS touches (",
    "touch_hi UBIGINT NOT NULL, touch_lo UBIGINT NOT NULL, event_time BIGINT NOT NULL, recorded_at BIGINT NOT NULL, ",
    "workspace INTEGER NOT NULL, advertiser INTEGER NOT NULL, click_hi UBIGINT NOT NULL, click_lo UBIGINT NOT NULL, ",
    "visitor UBIGINT NOT NULL, event VARCHAR NOT NULL, page VARCHAR NOT NULL, properties VARCHAR NOT NULL, ",
    "country VARCHAR NOT NULL, device VARCHAR NOT NULL, os VARCHAR NOT NULL, browser VARCHAR NOT NULL, ",
    "language VARCHAR NOT NULL, referrer VARCHAR NOT NULL, user_agent VARCHAR NOT NULL);",
    "CREATE TABLE IF NOT EXISTS conversions (",
    "seq UBIGINT NOT NULL, sign TINYINT NOT NULL, conversion_hi UBIGINT NOT NULL, conversion_lo UBIGINT NOT NULL, ",
    "event_time BIGINT NOT NULL, click_time BIGINT NOT NULL, decided_time BIGINT, paid_time BIGINT, ",
    "recorded_at BIGINT NOT NULL, conversion_status VARCHAR NOT NULL, conversion_reason VARCHAR NOT NULL, ",
    "goal INTEGER NOT NULL, goal_kind VARCHAR NOT NULL, is_primary BOOLEAN NOT NULL, ",
    "click_hi UBIGINT NOT NULL, click_lo UBIGINT NOT NULL, customer_hi UBIGINT NOT NULL, ",
    "customer_lo UBIGINT NOT NULL, is_new_customer BOOLEAN NOT NULL, currency VARCHAR NOT NULL, ",
    "sale_minor BIGINT NOT NULL, revenue_minor BIGINT NOT NULL, payout_minor BIGINT NOT NULL, ",
    "refund_minor BIGINT NOT NULL, collected_minor BIGINT NOT NULL, reporting_currency VARCHAR NOT NULL, ",
    "reporting_sale_minor BIGINT, reporting_revenue_minor BIGINT, reporting_payout_minor BIGINT, ",
    "reporting_refund_minor BIGINT, reporting_collected_minor BIGINT, rate_e8 BIGINT NOT NULL, ",
    shared_dimensions!(),
    ");",
    // What tables have gained since: in every file they stand in this order.
    "ALTER TABLE clicks ADD COLUMN IF NOT EXISTS targeting_condition UINTEGER DEFAULT 0;",
    "ALTER TABLE clicks ADD COLUMN IF NOT EXISTS landing_ppm UINTEGER DEFAULT 1000000;",
    "ALTER TABLE clicks ADD COLUMN IF NOT EXISTS prelanding INTEGER DEFAULT 0;",
    "ALTER TABLE clicks ADD COLUMN IF NOT EXISTS smart_link INTEGER DEFAULT 0;",
    "ALTER TABLE clicks ADD COLUMN IF NOT EXISTS smart_member UINTEGER DEFAULT 0;",
    "ALTER TABLE clicks ADD COLUMN IF NOT EXISTS smart_ppm UINTEGER DEFAULT 0;",
    "ALTER TABLE clicks ADD COLUMN IF NOT EXISTS smart_eligible UBIGINT DEFAULT 0;",
    "ALTER TABLE views ADD COLUMN IF NOT EXISTS prelanding INTEGER DEFAULT 0;",
    "ALTER TABLE views ADD COLUMN IF NOT EXISTS smart_link INTEGER DEFAULT 0;",
    "ALTER TABLE conversions ADD COLUMN IF NOT EXISTS prelanding INTEGER DEFAULT 0;",
    "ALTER TABLE conversions ADD COLUMN IF NOT EXISTS smart_link INTEGER DEFAULT 0;",
    "ALTER TABLE conversions ADD COLUMN IF NOT EXISTS smart_member UINTEGER DEFAULT 0;",
    "ALTER TABLE touches ADD COLUMN IF NOT EXISTS channel VARCHAR DEFAULT '';",
    "ALTER TABLE touches ADD COLUMN IF NOT EXISTS consent VARCHAR DEFAULT '';",
    "ALTER TABLE conversions ADD COLUMN IF NOT EXISTS attributed_by VARCHAR DEFAULT '';",
    "ALTER TABLE conversions ADD COLUMN IF NOT EXISTS trust VARCHAR DEFAULT '';",
);
