//! Tables of papers.

pub mod details;
pub mod partner_invoice;
