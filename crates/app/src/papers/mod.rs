//! Papers that are sent: statements of partners, invoices of advertisers, self-billing invoices.
//!
//! Who stands on a paper is a row of billing details: the workspace's own, a partner's, an advertiser's. A partner may write
//! its own, but no invoice is issued on them before staff has looked. A statement is worked out anew each time it is asked
//! for; what is issued for a partner is issued once for a payout, numbered, and kept as data with its hash.
//!
//! Invariants: the sums of a paper are the book's; numbers of a series have no gap; what was issued is never changed; a
//! payout has one invoice at most; each change of billing details is in the audit log.

pub mod api;
pub mod entity;
pub mod files;
pub mod invoice_file;
pub mod rules;
pub mod schema;
pub mod self_billing;
pub mod statement;
