//! The address under which people use a link.

use kernel::{Id, id};

use crate::{
    App,
    domains::{self, model::Model as Domain},
};

/// `https://go.riverside.example/c/slug`, or at the main host where no tracking domain is to be had.
pub fn of_link(app: &App, domains: &[Domain], partner: Id<id::Partner>, slug: &str) -> String {
    match domains::store::best_for(domains, partner) {
        Some(domain) => format!("https://{}/c/{slug}", domain.host),
        None => format!("{}/c/{slug}", app.settings.public_url),
    }
}
