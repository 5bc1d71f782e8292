//! Files of the built web application.

use std::borrow::Cow;

use rust_embed::RustEmbed;

/// A file with what tells its content from another.
pub struct File {
    pub bytes: Cow<'static, [u8]>,
    /// In hexadecimal.
    pub digest: String,
}

/// Where files come from: embedded in the binary, or a test's own.
pub trait Files: Clone + Send + Sync + 'static {
    /// A file by its path below the root, such as `assets/index-1a2b3c4d.js`.
    fn read(&self, path: &str) -> Option<File>;
}

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Dist;

/// `web/dist` as it was when the binary was built.
#[derive(Clone, Copy)]
pub struct Embedded;

impl Files for Embedded {
    fn read(&self, path: &str) -> Option<File> {
        let file = Dist::get(path)?;
        let digest = file.metadata.sha256_hash()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        Some(File { bytes: file.data, digest })
    }
}
