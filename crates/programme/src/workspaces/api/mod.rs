//! Doors of the workspace, one file per action.

pub mod change;
pub mod rotate_token;
pub mod set_up;
pub mod show;
pub mod show_token;
