//! The program as its operators meet it: started, killed, starved of disk and records, backed up.

mod agreement;
mod backup;
mod crash;
mod explained;
mod load;
mod outages;
mod places;
mod process;
mod replay;
mod simulated;
