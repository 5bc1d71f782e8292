//! Everything that is measured, one group a line, with what was promised.

use anyhow::Result;

use super::{Arguments, redirect, table::Row, workload};

/// Rows that are measured together.
pub struct Group {
    pub name: &'static str,
    how: How,
}

enum How {
    /// Redirects under load beside nginx, start-up and memory.
    Redirects,
    /// A hidden subcommand of the binary, `tributary bench NAME`, that prints its rows.
    Workload(&'static [&'static str]),
}

pub const GROUPS: [Group; 4] = [
    Group { name: "redirects", how: How::Redirects },
    Group { name: "conversions on SQLite", how: How::Workload(&["conversions"]) },
    Group { name: "reports on 10 M clicks", how: How::Workload(&["reports"]) },
    Group { name: "book verified", how: How::Workload(&["book"]) },
];

impl Group {
    pub fn measure(&self, arguments: &Arguments) -> Result<Vec<Row>> {
        match self.how {
            How::Redirects => redirect::measure(arguments),
            How::Workload(command) => workload::measure(command),
        }
    }
}
