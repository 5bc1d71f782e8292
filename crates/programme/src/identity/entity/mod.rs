//! Tables of identity. `users`, `credentials`, `sessions` and `password_resets` belong to people, not to a workspace.

pub mod api_key;
pub mod credential;
pub mod invitation;
pub mod membership;
pub mod password_reset;
pub mod session;
pub mod user;
