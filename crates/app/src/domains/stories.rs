//! Stories of domains, told through the public door.
