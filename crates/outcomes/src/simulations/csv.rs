//! A simulation as a file: a partner a line, then the goals, the volumes and the whole.

use super::rules::{SimulationResult, figures::TriedFigures};
use crate::platform::{labels::Labels, spreadsheet};

const HEADER: [&str; 10] = [
    "row",
    "id",
    "name",
    "conversions",
    "earnings_before",
    "earnings_after",
    "change",
    "revenue_before",
    "revenue_after",
    "currency",
];

/// # Errors
/// None in practice: the writer writes to memory.
pub fn write(result: &SimulationResult, currency: &str, labels: &Labels) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    let mut line = |row: &str, id: String, conversions: String, before: &TriedFigures, after: &TriedFigures| {
        let name = labels.get(&id).map(|name| spreadsheet::cell(name)).unwrap_or_default();
        let change = after.earnings_minor - before.earnings_minor;
        let amounts = [before.earnings_minor, after.earnings_minor, change, before.revenue_minor, after.revenue_minor];
        let amounts = amounts.map(|minor| minor.to_string());
        let told = [row.to_owned(), id, name, conversions].into_iter().chain(amounts).chain([currency.to_owned()]);
        writer.write_record(told)
    };
    for one in &result.partners {
        line("partner", one.partner_id.to_string(), one.conversions.to_string(), &one.before, &one.after)?;
    }
    for one in &result.goals {
        line("goal", one.goal_id.to_string(), one.conversions.to_string(), &one.before, &one.after)?;
    }
    for one in &result.sensitivity {
        line("volume", one.growth.to_string(), String::new(), &one.before, &one.after)?;
    }
    line("total", String::new(), result.conversions.to_string(), &result.before, &result.after)?;
    Ok(writer.into_inner()?)
}
