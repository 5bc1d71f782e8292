//! The program as a whole: started, killed, asked from outside.

mod crash;
mod process;
mod replay;
