//! Invoices that partners write themselves, in the place of those that the workspace issues on their behalf.
//!
//! Who writes is said where payouts' requirements are ([`crate::payout_requirements`]). A partner hands an invoice in; staff
//! accepts it or sends it back with a reason. The partner is paid once what its accepted invoices come to, tax included, is
//! what is due to it (payable less debt), to the minor unit; then the payout carries them. Where the payout fails, is undone
//! or comes back, they are accepted again.
//!
//! Invariants: whoever writes its own invoices is paid nothing that its accepted invoices do not come to, by the same
//! transaction that books it; an invoice is carried by at most one payout; a number stands at most once for a partner,
//! whatever was sent back; what was handed in is never changed; a partner sees its own alone.

pub mod api;
pub mod carry;
pub mod entity;
pub mod hold;
pub mod review;
pub mod rules;
pub mod schema;
pub mod store;
pub mod submit;
