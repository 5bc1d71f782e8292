//! A click on a tracking link: who comes, what speaks against it, where the visitor goes.

pub mod agent;
mod brand;
pub mod chain;
pub mod decision;
pub mod destination;
pub mod place;
pub mod rotation;
pub mod sieve;
pub mod smart;
pub mod steps;
pub mod version;
pub mod visitor;

pub use decision::{Decision, Visit, VisitDoor};
pub use place::{Place, Places};
pub use sieve::Sieve;
