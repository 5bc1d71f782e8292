//! Stories of partners, told through the public door.
