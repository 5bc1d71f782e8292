//! A file of paths: `path,total_conversions,total_conversion_value,total_null`, with an optional column `times`.
//!
//! A path is its channels, oldest first, with ` > ` between them. `times` holds as many entries, with ` > ` between
//! them: hours before the conversion (`168 > 24.5 > 0`), or moments (`2026-11-01T09:00:00Z > …`). A path that never
//! converted may leave it empty. Columns may stand in any order, further ones are passed over; the separator is a comma,
//! a semicolon or a tab, as the header has it.

use csv::{ReaderBuilder, StringRecord};
use kernel::{Refusal, RefusalCode, Timestamp, time::HOUR_MS};

use super::paths::{Outcome, Paths};

/// Bytes of a file.
pub const FILE_BYTES_MAX: u64 = 256 << 20;
/// Unlike channels of a file.
pub const CHANNELS_MAX: usize = 500;
/// Touches of one path.
const TOUCHES_MAX: usize = 1_000;
/// Characters of a channel's name.
const CHANNEL_CHARS_MAX: usize = 200;
/// Largest number of one row: far from where sums of fractions lose whole ones.
const NUMBER_MAX: f64 = 1e12;
const BETWEEN: &str = " > ";
const NEEDED: [&str; 4] = ["path", "total_conversions", "total_conversion_value", "total_null"];
const TIMES: &str = "times";
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// # Errors
/// `bad_path_file`, naming the line and what is wrong with it.
pub fn read(file: &[u8]) -> Result<Paths, Refusal> {
    let file = file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file);
    let mut reader = ReaderBuilder::new().delimiter(delimiter(file)).trim(csv::Trim::All).from_reader(file);
    let columns = Columns::of(reader.headers().map_err(|error| unreadable(&error))?)?;
    let mut paths = Paths::default();
    for row in reader.records() {
        let row = row.map_err(|error| unreadable(&error))?;
        let line = row.position().map_or(0, |position| position.line());
        add(&mut paths, &columns, &row).map_err(|message| refuse(line, &message))?;
    }
    Ok(paths)
}

/// The first separator in the header.
pub fn delimiter(file: &[u8]) -> u8 {
    let header = file.split(|byte| *byte == b'\n').next().unwrap_or_default();
    header.iter().copied().find(|byte| b",;\t".contains(byte)).unwrap_or(b',')
}

/// Where each column stands.
struct Columns {
    needed: [usize; 4],
    times: Option<usize>,
}

impl Columns {
    fn of(header: &StringRecord) -> Result<Self, Refusal> {
        let place = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
        let mut needed = [0; 4];
        for (slot, name) in needed.iter_mut().zip(NEEDED) {
            *slot = place(name).ok_or_else(|| refuse(1, &format!("the header has no column `{name}`")))?;
        }
        Ok(Self { needed, times: place(TIMES) })
    }
}

fn add(paths: &mut Paths, columns: &Columns, row: &StringRecord) -> Result<(), String> {
    let field = |place: usize| row.get(place).unwrap_or_default();
    let [path, conversions, value, nulls] = columns.needed;
    let touches = touches(field(path))?;
    let outcome = Outcome {
        conversions: number(NEEDED[1], field(conversions))?,
        value: number(NEEDED[2], field(value))?,
        nulls: number(NEEDED[3], field(nulls))?,
    };
    let converts = outcome.conversions > 0.0 || outcome.value > 0.0;
    let hours = match columns.times.map(field) {
        None => None,
        Some("") if converts => return Err("a path that converted needs its times".to_owned()),
        Some("") => None,
        Some(text) => Some(hours_before(text, touches.len())?),
    };
    paths.add(&touches, hours, outcome);
    if paths.channels().len() > CHANNELS_MAX {
        return Err(format!("the file has more than {CHANNELS_MAX} channels"));
    }
    Ok(())
}

fn touches(path: &str) -> Result<Vec<&str>, String> {
    let touches: Vec<&str> = path.split(BETWEEN).map(str::trim).collect();
    if touches.len() > TOUCHES_MAX {
        return Err(format!("the path has more than {TOUCHES_MAX} touches"));
    }
    match touches.iter().find(|channel| !is_name(channel)) {
        Some(_) => {
            Err(format!("a channel of the path is empty, cut off or longer than {CHANNEL_CHARS_MAX} characters"))
        }
        None => Ok(touches),
    }
}

fn is_name(channel: &str) -> bool {
    let cut_off = channel.starts_with('>') || channel.ends_with('>');
    !channel.is_empty() && !cut_off && channel.chars().nth(CHANNEL_CHARS_MAX).is_none()
}

fn number(column: &str, text: &str) -> Result<f64, String> {
    let read: Option<f64> = text.parse().ok().filter(|number| (0.0..=NUMBER_MAX).contains(number));
    read.ok_or_else(|| format!("`{column}` is a number from 0 to {NUMBER_MAX}, not `{text:.40}`"))
}

fn hours_before(text: &str, count: usize) -> Result<Vec<f64>, String> {
    let entries: Vec<&str> = text.split(BETWEEN).map(str::trim).collect();
    if entries.len() != count {
        return Err(format!("`times` has {} entries for {count} touches", entries.len()));
    }
    let hours = if entries[0].contains('T') { hours_of_moments(&entries) } else { hours_of_numbers(&entries) }?;
    if hours.windows(2).any(|pair| pair[0] < pair[1]) {
        return Err("the times of a path run from its oldest touch to its newest".to_owned());
    }
    Ok(hours)
}

fn hours_of_numbers(entries: &[&str]) -> Result<Vec<f64>, String> {
    entries.iter().map(|entry| number(TIMES, entry)).collect()
}

/// Hours before the last touch: for shares of one path the moment of the conversion itself makes no difference.
fn hours_of_moments(entries: &[&str]) -> Result<Vec<f64>, String> {
    let moment =
        |entry: &&str| Timestamp::parse(entry).ok_or_else(|| format!("`{entry:.40}` is no moment of RFC 3339"));
    let moments = entries.iter().map(moment).collect::<Result<Vec<_>, _>>()?;
    let last = moments.iter().map(|moment| moment.millis()).max().unwrap_or_default();
    Ok(moments.iter().map(|moment| (last - moment.millis()) as f64 / HOUR_MS as f64).collect())
}

fn unreadable(error: &csv::Error) -> Refusal {
    let line = error.position().map_or(1, |position| position.line());
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} fields, where the header has {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "the text is not UTF-8".to_owned(),
        _ => "the row cannot be read".to_owned(),
    };
    refuse(line, &message)
}

fn refuse(line: u64, message: &str) -> Refusal {
    Refusal::new(RefusalCode::BadPathFile, format!("line {line}: {message}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "path,total_conversions,total_conversion_value,total_null\n";

    fn said(rows: &str) -> String {
        let refusal = read(format!("{HEADER}{rows}").as_bytes()).expect_err("a refusal");
        assert_eq!(refusal.code, RefusalCode::BadPathFile);
        refusal.message
    }

    #[test]
    fn a_file_is_read() {
        let paths = read(format!("{HEADER}seo > email,2,30.5,7\n\"seo\",1,1e1,0\n").as_bytes()).expect("paths");
        assert_eq!(paths.channels(), ["seo", "email"]);
        let second = &paths.rows()[1];
        assert_eq!((second.touches.as_slice(), second.conversions, second.value), (&[0][..], 1.0, 10.0));
        assert!(!paths.have_times());
    }

    #[test]
    fn order_separator_and_further_columns_are_free() {
        let text = "\u{feff}total_null;note;Path;total_conversion_value;total_conversions\n3;x;a > b;9;1\n";
        let paths = read(text.as_bytes()).expect("paths");
        let row = &paths.rows()[0];
        assert_eq!((row.touches.len(), row.conversions, row.value, row.nulls), (2, 1.0, 9.0, 3.0));
    }

    #[test]
    fn times_are_hours_or_moments() {
        let header = "path,total_conversions,total_conversion_value,total_null,times\n";
        let text = "a > b,1,0,0,168 > 0\na > b,1,0,0,2026-11-01T00:00:00Z > 2026-11-08T00:00:00Z\na,0,0,4,\n";
        let paths = read(format!("{header}{text}").as_bytes()).expect("paths");
        assert_eq!(paths.rows()[0].hours_before, paths.rows()[1].hours_before);
        assert!(paths.have_times());
        let says = |row: &str| read(format!("{header}{row}\n").as_bytes()).expect_err("a refusal").message;
        assert_eq!(says("a > b,1,0,0,5"), "line 2: `times` has 1 entries for 2 touches");
        assert_eq!(says("a > b,1,0,0,1 > 2"), "line 2: the times of a path run from its oldest touch to its newest");
        assert_eq!(says("a,1,0,0,"), "line 2: a path that converted needs its times");
        assert!(says("a,1,0,0,2026-13-01T00:00:00Z").contains("no moment"));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        assert_eq!(
            said("a,1,1,1\na > > b,1,1,1\n"),
            "line 3: a channel of the path is empty, cut off or longer than 200 characters"
        );
        assert!(said("a >,1,1,1\n").starts_with("line 2: a channel"));
        assert!(said("\"\",1,1,1\n").starts_with("line 2: a channel"));
        assert!(said("a,-1,1,1\n").starts_with("line 2: `total_conversions`"));
        assert!(said("a,1,NaN,1\n").starts_with("line 2: `total_conversion_value`"));
        assert!(said("a,1,1,inf\n").starts_with("line 2: `total_null`"));
        assert_eq!(said("a,1,1\n"), "line 2: 3 fields, where the header has 4");
        let unlike: String = (0..501).map(|channel| format!("c{channel},1,1,1\n")).collect();
        assert_eq!(said(&unlike), "line 502: the file has more than 500 channels");
        assert_eq!(read(b"").expect_err("a refusal").message, "line 1: the header has no column `path`");
        assert!(read(b"path,total_conversions,total_conversion_value,total_null\n\xff,1,1,1\n").is_err());
    }

    proptest::proptest! {
        #[test]
        fn random_files_never_panic(text: String) {
            let _ = read(text.as_bytes());
            let _ = read(format!("{HEADER}{text}").as_bytes());
        }
    }
}
