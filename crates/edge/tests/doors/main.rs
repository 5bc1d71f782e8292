//! The doors of the edge from outside: in process and over real sockets.

mod chains;
mod clicks;
mod doors;
mod receipts;
mod served;
mod smart;
mod trust;
mod unstored;
mod world;
