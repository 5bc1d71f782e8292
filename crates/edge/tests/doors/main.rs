//! The doors of the edge from outside: in process and over real sockets.

mod clicks;
mod doors;
mod receipts;
mod served;
mod unstored;
mod world;
