//! Stories of links, told through the public door.
