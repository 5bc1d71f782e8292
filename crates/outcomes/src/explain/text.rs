//! An explanation as plain text, for the command line.

use std::fmt::Write as _;

use serde_json::Value;

use super::words::spoken;

/// Prints what the API answers.
pub fn of(told: &Value) -> String {
    let field = |name: &str| told[name].as_str().unwrap_or_default();
    let mut text = format!("{}: {}", field("id"), field("status"));
    if !field("reason").is_empty() {
        let _ = write!(text, " ({})", field("reason"));
    }
    let _ = writeln!(text, ", decided {}", field("decided_at"));
    for (name, version) in told["versions"].as_object().into_iter().flatten() {
        let _ = writeln!(text, "  {name}: {}", spoken("", version));
    }
    for (place, step) in told["steps"].as_array().into_iter().flatten().enumerate() {
        one(&mut text, place + 1, step);
    }
    if told["is_traced"] == false {
        text.push_str("It was decided before traces were kept, so its steps are not known.\n");
        return text;
    }
    again(&mut text, &told["differences"]);
    text
}

/// Prints what deciding everything again came to.
pub fn of_report(told: &Value) -> String {
    let mut text = String::new();
    for of in ["clicks", "conversions"] {
        let count = |what: &str| told[of][what].as_u64().unwrap_or_default();
        let (decided, untraced, differing) = (count("decided"), count("untraced"), count("differing"));
        let _ = writeln!(text, "{of}: {decided} decided again, {differing} differ, {untraced} untraced");
    }
    for one in told["differing"].as_array().into_iter().flatten() {
        let _ = writeln!(text, "{}", spoken("", &one["id"]));
        again(&mut text, &one["differences"]);
    }
    text
}

fn one(text: &mut String, place: usize, step: &Value) {
    let field = |name: &str| step[name].as_str().unwrap_or_default();
    let reason = if field("reason").is_empty() { String::new() } else { format!(" ({})", field("reason")) };
    let _ = writeln!(text, "{place:>3}  {:<14}{}{reason}: {}", field("step"), field("verdict"), field("words"));
    for (name, value) in step["values"].as_object().into_iter().flatten() {
        let _ = writeln!(text, "       {name}: {}", spoken(name, value));
    }
    if !field("change").is_empty() {
        let _ = writeln!(text, "       What would have changed it: {}", field("change"));
    }
}

fn again(text: &mut String, differences: &Value) {
    let differences = differences.as_array().map_or(&[][..], Vec::as_slice);
    if differences.is_empty() {
        text.push_str("Decided again from its trace: the same.\n");
    }
    for one in differences {
        let (decided, again) = (spoken("", &one["decided"]), spoken("", &one["again"]));
        let _ = writeln!(text, "DIFFERS in {}: decided {decided}, again {again}", spoken("", &one["field"]));
    }
}
