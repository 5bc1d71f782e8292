//! Stories of advertisers, told through the public door.
