//! Slugs: short, random, easy to read out.

use kernel::Ambient;

/// 32 characters without those that look alike, so that 5 random bits choose one.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const SLUG_CHARS: usize = 8;
/// Longer, so that no smart link meets a link.
const LONG_CHARS: usize = 10;

/// A link's slug, of 40 random bits.
pub fn draw(ambient: &Ambient) -> String {
    letters::<SLUG_CHARS>(ambient)
}

/// A smart link's slug, of 50 random bits: with a million of them, two meet once in two thousand installations.
pub fn draw_long(ambient: &Ambient) -> String {
    letters::<LONG_CHARS>(ambient)
}

fn letters<const CHARS: usize>(ambient: &Ambient) -> String {
    let bytes: [u8; CHARS] = ambient.random_bytes();
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::{ambient::SeededChance, time::SystemClock};

    use super::*;

    #[test]
    fn slugs_differ_and_hold_only_the_alphabet() {
        let ambient = Ambient::new(Arc::new(SystemClock), Arc::new(SeededChance::from_number(1)));
        let mut slugs: Vec<_> = (0..1_000).map(|_| draw(&ambient)).collect();
        assert!(slugs.iter().all(|slug| slug.len() == SLUG_CHARS && slug.bytes().all(|byte| ALPHABET.contains(&byte))));
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), 1_000);
    }
}
