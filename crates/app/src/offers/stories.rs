//! Stories of offers, told through the public door.
