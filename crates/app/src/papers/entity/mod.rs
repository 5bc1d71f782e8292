//! Tables of papers.

pub mod partner_invoice;
