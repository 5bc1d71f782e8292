//! The web application is embedded from `web/dist`. Where it was not built the folder is made empty, so that everything
//! else compiles; the server then says how to build it.

use std::{fs, io, path::Path};

const DIST: &str = "../../web/dist";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed={DIST}");
    fs::create_dir_all(Path::new(env!("CARGO_MANIFEST_DIR")).join(DIST))
}
