//! What advertisers ask to have removed, with evidence, before a day after which the right lapses.
//!
//! Each conversion of a request is accepted or refused by itself, and for each it is said who bears it: the partner (it is
//! reversed), the network (the partner keeps its pay and the advertiser owes nothing), or both by a share. The partner
//! sees the reason and the proof without what names people, and may appeal once.
//!
//! Invariants: a conversion is removed once; every decision and every appeal that is upheld is entries of the book, by the
//! conversion's own door; what lapsed cannot be asked for.

pub mod api;
pub mod appeals;
pub mod ask;
pub mod decide;
pub mod entity;
pub mod rules;
pub mod schema;
pub mod shapes;
pub mod terms;
