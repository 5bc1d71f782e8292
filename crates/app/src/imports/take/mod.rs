//! What rows become: each kind in its file. A dry run walks the same way without a transaction, and makes nothing.

mod balances;
mod clicks;
mod conversions;
mod customers;
mod links;
mod offers;
mod partners;

use std::collections::{HashMap, HashSet};

use kernel::{Currency, Id, Refusal, id};
use sea_orm::{DatabaseTransaction, TransactionTrait as _, prelude::Uuid};
use serde_json::Value;

pub use clicks::take as take_clicks;

use super::{
    directory::Directory,
    entity::{file, import, imported_row},
    file::Row,
    findings::Findings,
    model::{Fate, FindingCode, ImportKind, Tally},
    rules::{
        cells::{Cells, Lens, Trouble},
        rows::Ground,
    },
    store,
};
use crate::{App, identity::Actor, news::RouteNews, platform::Problem};

/// Why a row goes no further.
pub enum Stop {
    Trouble(Trouble),
    Fault(anyhow::Error),
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<anyhow::Error> for Stop {
    fn from(fault: anyhow::Error) -> Self {
        Self::Fault(fault)
    }
}

impl From<sea_orm::DbErr> for Stop {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Fault(error.into())
    }
}

/// What the rules here refuse is told at the row.
impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Refusal(refusal) => refusal.into(),
            Problem::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Trouble(Trouble::row(FindingCode::Refused, refusal.to_string()))
    }
}

/// A batch of rows under way.
pub struct Work<'a> {
    pub app: &'a App,
    pub actor: Actor,
    pub import: &'a import::Model,
    pub kind: ImportKind,
    pub ground: Ground,
    pub lens: Lens,
    pub columns: Vec<String>,
    pub directory: Directory,
    pub tally: Tally,
    pub findings: Findings,
    pub news: Vec<RouteNews>,
    /// Rows that became something, to be remembered.
    pub made: Vec<imported_row::Model>,
    /// Their ids in this batch.
    seen: HashSet<String>,
}

impl<'a> Work<'a> {
    pub fn new(
        app: &'a App,
        (import, file): (&'a import::Model, &file::Model),
        ground: Ground,
        directory: Directory,
    ) -> Self {
        let columns: Vec<String> = file.columns.0.iter().map(|column| column.name.clone()).collect();
        let tenant = kernel::Tenant(import.workspace_id);
        let actor = Actor {
            tenant,
            user: import.user_id,
            membership: import.membership_id,
            role: import.role,
            partner: None,
            advertiser: None,
            scopes: None,
        };
        Self {
            app,
            actor,
            import,
            kind: file.kind,
            ground,
            lens: Lens::new(file.kind, &file.mapping, &columns),
            columns,
            directory,
            tally: file.tally,
            findings: Findings::new(tenant, file),
            news: Vec::new(),
            made: Vec::new(),
            seen: HashSet::new(),
        }
    }

    fn cells<'b>(&'b self, row: &'b [String]) -> Cells<'b> {
        Cells { lens: &self.lens, row }
    }

    /// Refuses an id that stood in this batch before.
    fn see(&mut self, id: &str) -> Result<(), Trouble> {
        if self.seen.insert(id.to_owned()) {
            return Ok(());
        }
        Err(Trouble { value: id.to_owned(), ..Trouble::row(FindingCode::Repeated, "") })
    }

    fn warn(&mut self, line: i64, trouble: Trouble) {
        self.findings.add(&self.app.ambient, &self.lens, line, trouble, &mut self.tally);
    }

    /// Counts what became of a row and notes why it was not understood.
    fn settle(&mut self, line: i64, outcome: Result<Fate, Stop>) -> anyhow::Result<()> {
        let fate = match outcome {
            Ok(fate) => fate,
            Err(Stop::Trouble(trouble)) => {
                self.warn(line, trouble);
                Fate::NotUnderstood
            }
            Err(Stop::Fault(fault)) => return Err(fault.context(format!("line {line} of {}", self.kind.code()))),
        };
        self.tally.count(fate);
        Ok(())
    }

    /// Remembers what a row became, so that it is not imported again.
    fn remember(&mut self, external_id: String, subject_id: Uuid, detail: Value) {
        self.made.push(imported_row::Model {
            workspace_id: self.actor.tenant.id(),
            system: self.import.system.clone(),
            kind: self.kind,
            external_id,
            import_id: self.import.id,
            subject_id,
            detail,
        });
    }

    async fn known(&self, ids: &[String]) -> anyhow::Result<HashMap<String, Uuid>> {
        let (system, kind) = (self.import.system.as_str(), self.kind);
        Ok(store::known(self.app.records.read(), self.actor.tenant, (system, kind), ids).await?)
    }

    /// Reads every row with `read`; what cannot be read is settled at once.
    fn read_rows<T>(
        &mut self,
        rows: &[Row],
        read: impl Fn(&Cells<'_>, &Ground) -> Result<Option<T>, Trouble>,
    ) -> anyhow::Result<Vec<(usize, T)>> {
        let mut parsed = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let Some(cells) = &row.cells else {
                self.settle(row.line, Err(Trouble::row(FindingCode::BrokenRow, "").into()))?;
                continue;
            };
            let said = read(&self.cells(cells), &self.ground);
            match said {
                Ok(Some(row)) => parsed.push((index, row)),
                Ok(None) => self.settle(row.line, Ok(Fate::LeftOut))?,
                Err(trouble) => self.settle(row.line, Err(trouble.into()))?,
            }
        }
        Ok(parsed)
    }

    fn currency(&self) -> Currency {
        self.ground.currency
    }
}

/// Takes a batch of any kind but clicks; without a transaction it is a dry run.
pub async fn take(work: &mut Work<'_>, tx: Option<&DatabaseTransaction>, rows: &[Row]) -> anyhow::Result<()> {
    match work.kind {
        ImportKind::Offers => offers::take(work, tx, rows).await,
        ImportKind::Partners => partners::take(work, tx, rows).await,
        ImportKind::Links => links::take(work, tx, rows).await,
        ImportKind::Clicks => clicks::take(work, tx.is_some(), rows).await,
        ImportKind::Customers => customers::take(work, tx, rows).await,
        ImportKind::Conversions => conversions::take(work, tx, rows).await,
        ImportKind::Balances => balances::take(work, tx, rows).await,
    }
}

/// A part of the transaction that may fail alone.
async fn apart(tx: &DatabaseTransaction) -> Result<DatabaseTransaction, sea_orm::DbErr> {
    tx.begin().await
}

/// Ends it: what was refused leaves nothing behind.
async fn close<T>(part: DatabaseTransaction, outcome: Result<T, Problem>) -> Result<T, Stop> {
    match outcome {
        Ok(value) => {
            part.commit().await?;
            Ok(value)
        }
        Err(problem) => {
            part.rollback().await?;
            Err(problem.into())
        }
    }
}

fn unknown(code: FindingCode, field: &'static str, theirs: Option<&str>) -> Trouble {
    match theirs {
        Some(theirs) => Trouble::new(code, field, theirs),
        None => Trouble::new(FindingCode::Missing, field, ""),
    }
}

type OfferId = Id<id::Offer>;
type PartnerId = Id<id::Partner>;
