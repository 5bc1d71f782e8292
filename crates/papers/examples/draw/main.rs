//! Draws samples of every paper into a folder, to be looked at: `cargo run -p papers --example draw -- FOLDER`.

mod sample;

use std::{env, error::Error, fs, path::PathBuf};

use papers::{pdf, table};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("say a folder")?);
    fs::create_dir_all(&folder)?;
    for (name, paper) in sample::all() {
        fs::write(folder.join(format!("{name}.pdf")), pdf::write(&paper)?)?;
        fs::write(folder.join(format!("{name}.xlsx")), table::write_xlsx(&paper)?)?;
        table::write_csv(&paper, fs::File::create(folder.join(format!("{name}.csv")))?)?;
    }
    Ok(())
}
