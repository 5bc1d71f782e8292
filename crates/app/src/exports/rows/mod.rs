//! The rows of an export, page by page, newest first: the same rows that lists show, and of them what its reader may see.

mod clicks;
mod conversions;
mod receipts;

use events::parquet::ColumnType;
use kernel::{Id, Refusal};
use sea_orm::prelude::Uuid;

use super::model::{ExportFormat, ExportSubject, Model};
use crate::{
    App,
    identity::{Actor, Role},
    platform::{Answer, spreadsheet},
};

/// Rows of one page of records.
const RECORDS_PER_PAGE: u64 = 5_000;

/// Who sees a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    ByAll,
    NotByPartners,
    NotByAdvertisers,
    ByStaff,
}

impl Seen {
    const fn by(self, role: Role) -> bool {
        match self {
            Self::ByAll => true,
            Self::NotByPartners => !matches!(role, Role::Partner),
            Self::NotByAdvertisers => !matches!(role, Role::Advertiser),
            Self::ByStaff => role.is_staff(),
        }
    }
}

enum Cell {
    None,
    Text(String),
    Whole(i64),
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn id<K: kernel::id::Kind>(id: Option<Id<K>>) -> Self {
        id.map_or(Self::None, |id| Self::Text(id.to_string()))
    }

    fn maybe<T: ToString>(value: Option<T>) -> Self {
        value.map_or(Self::None, |value| Self::Text(value.to_string()))
    }
}

struct Column<R> {
    name: &'static str,
    kind: ColumnType,
    seen: Seen,
    cell: fn(&R) -> Cell,
}

const fn column<R>(name: &'static str, kind: ColumnType, seen: Seen, cell: fn(&R) -> Cell) -> Column<R> {
    Column { name, kind, seen, cell }
}

/// A page as the file has it.
pub struct Page {
    pub bytes: Vec<u8>,
    pub count: i64,
    /// The page's last row; absent where there is no further one.
    pub last: Option<Uuid>,
}

pub async fn count(app: &App, actor: &Actor, export: &Model) -> Answer<u64> {
    match export.subject {
        ExportSubject::Clicks => clicks::count(app, actor, export).await,
        ExportSubject::Receipts => receipts::count(app, actor, export).await,
        ExportSubject::Conversions => conversions::count(app, actor, export).await,
    }
}

/// The rows behind the last one that the file has.
pub async fn next(app: &App, actor: &Actor, export: &Model) -> Answer<Page> {
    match export.subject {
        ExportSubject::Clicks => clicks::next(app, actor, export).await,
        ExportSubject::Receipts => receipts::next(app, actor, export).await,
        ExportSubject::Conversions => conversions::next(app, actor, export).await,
    }
}

/// Names and types of the file's columns.
pub fn columns(subject: ExportSubject, role: Role) -> Vec<(&'static str, ColumnType)> {
    match subject {
        ExportSubject::Clicks => named(clicks::COLUMNS, role),
        ExportSubject::Receipts => named(receipts::COLUMNS, role),
        ExportSubject::Conversions => named(conversions::COLUMNS, role),
    }
}

/// Refuses what the reader's lists do not show either.
pub fn require_readable(actor: &Actor, subject: ExportSubject) -> Result<(), Refusal> {
    let scope = match subject {
        ExportSubject::Clicks => "reports:read",
        ExportSubject::Receipts | ExportSubject::Conversions => "conversions:read",
    };
    if !actor.has_scope(scope) {
        return Err(Refusal::new(kernel::RefusalCode::ScopeMissing, format!("this key lacks the scope {scope}")));
    }
    if subject == ExportSubject::Receipts && actor.role == Role::Partner {
        return Err(Refusal::new(kernel::RefusalCode::NotPermitted, "receipts are not shown to partners"));
    }
    Ok(())
}

fn named<R>(columns: &[Column<R>], role: Role) -> Vec<(&'static str, ColumnType)> {
    columns.iter().filter(|column| column.seen.by(role)).map(|column| (column.name, column.kind)).collect()
}

/// Rows in CSV, the header first in the first page.
fn written<R>(
    columns: &[Column<R>],
    rows: &[R],
    role: Role,
    export: &Model,
    last: Option<Uuid>,
) -> anyhow::Result<Page> {
    let seen: Vec<_> = columns.iter().filter(|column| column.seen.by(role)).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    if export.bytes == 0 {
        writer.write_record(seen.iter().map(|column| column.name))?;
    }
    for row in rows {
        for column in &seen {
            match (column.cell)(row) {
                Cell::None => writer.write_field("")?,
                Cell::Whole(number) => writer.write_field(number.to_string())?,
                Cell::Text(text) if export.format == ExportFormat::Csv => {
                    writer.write_field(spreadsheet::cell(&text))?;
                }
                Cell::Text(text) => writer.write_field(text)?,
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(Page { bytes: writer.into_inner()?, count: rows.len() as i64, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partners_and_advertisers_have_fewer_columns() {
        let has = |subject, role, name| columns(subject, role).iter().any(|column| column.0 == name);
        let all = [ExportSubject::Clicks, ExportSubject::Receipts, ExportSubject::Conversions];
        for (subject, name, partner, advertiser) in [
            (all[0], "sub1", true, true),
            (all[0], "advertiser_id", false, true),
            (all[0], "manager_id", false, false),
            (all[0], "user_agent", false, false),
            (all[2], "payout_minor", true, false),
            (all[2], "revenue_minor", false, true),
            (all[2], "receipt_id", false, true),
        ] {
            assert!(has(subject, Role::Manager, name), "{name}");
            assert_eq!(
                (has(subject, Role::Partner, name), has(subject, Role::Advertiser, name)),
                (partner, advertiser)
            );
        }
    }
}
