//! `tributary attribution FILE`: every model's credit for the paths of a file, as a table or as JSON.

use std::{collections::BTreeMap, fs::File, io::Read as _, path::PathBuf};

use anyhow::Context as _;
use app::attribution::{
    models::{self, Model},
    path_file::{self, FILE_BYTES_MAX},
    paths::{Measure, Paths},
};
use clap::Args;

#[derive(Args)]
pub struct AttributionArguments {
    /// CSV with the columns path (channels with " > " between them), total_conversions, total_conversion_value,
    /// total_null, and optionally times (an entry for each touch: hours before the conversion, or RFC 3339 moments).
    file: PathBuf,
    /// Print {model: {channel: credit}} instead of a table.
    #[arg(long)]
    json: bool,
    /// Credit amounts instead of conversions.
    #[arg(long)]
    value: bool,
}

/// Credit by model and channel. A model that the paths do not allow is absent.
pub type Credits = BTreeMap<&'static str, BTreeMap<String, f64>>;

pub fn run(arguments: &AttributionArguments) -> anyhow::Result<()> {
    let paths = read(&arguments.file)?;
    let what = if arguments.value { Measure::Value } else { Measure::Conversions };
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&credits(&paths, what))?);
    } else {
        print!("{}", table(&paths, what));
    }
    Ok(())
}

fn read(file: &PathBuf) -> anyhow::Result<Paths> {
    let opened = File::open(file).with_context(|| format!("{} cannot be opened", file.display()))?;
    let mut bytes = Vec::new();
    opened.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).with_context(|| format!("{}", file.display()))?;
    anyhow::ensure!(bytes.len() as u64 <= FILE_BYTES_MAX, "a file of paths has at most {FILE_BYTES_MAX} bytes");
    Ok(path_file::read(&bytes)?)
}

pub fn credits(paths: &Paths, what: Measure) -> Credits {
    let of = |model: Model| {
        let credit = models::credit(paths, model, what)?;
        Some((model.code(), paths.channels().iter().cloned().zip(credit).collect()))
    };
    Model::ALL.into_iter().filter_map(of).collect()
}

/// A row for each channel, tabs between the columns.
fn table(paths: &Paths, what: Measure) -> String {
    let columns: Vec<_> =
        Model::ALL.into_iter().filter_map(|model| Some((model.code(), models::credit(paths, model, what)?))).collect();
    let mut lines = vec![columns.iter().fold("channel".to_owned(), |line, (code, _)| line + "\t" + code)];
    let mut places: Vec<usize> = (0..paths.channels().len()).collect();
    places.sort_by_key(|place| &paths.channels()[*place]);
    for place in places {
        let cells = columns.iter().map(|(_, credit)| format!("\t{:.4}", credit[place]));
        lines.push(cells.fold(paths.channels()[place].clone(), |line, cell| line + &cell));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &[u8] = b"path,total_conversions,total_conversion_value,total_null\na > b,2,50,1\nb,0,0,4\n";

    #[test]
    fn credits_are_named_by_model_and_channel() {
        let paths = path_file::read(FILE).expect("paths");
        let credits = credits(&paths, Measure::Conversions);
        let models: Vec<_> = credits.keys().copied().collect();
        let expected = ["first_touch", "last_touch", "linear", "markov_order1", "position_40_20_40", "shapley"];
        assert_eq!(models, expected, "no times, no decay");
        assert_eq!(credits["first_touch"], BTreeMap::from([("a".to_owned(), 2.0), ("b".to_owned(), 0.0)]));
        assert!(table(&paths, Measure::Value).starts_with("channel\tfirst_touch\tlast_touch\tlinear"));
    }
}
