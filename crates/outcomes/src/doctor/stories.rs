//! Stories of the trust ladder and of the doctor, told through the public door.

#[path = "stories/checkup.rs"]
mod checkup;
#[path = "stories/connecting.rs"]
mod connecting;
#[path = "stories/ladder.rs"]
mod ladder;
