//! What was not understood, kept up to a bound.

use kernel::{Ambient, Id, Tenant, id};
use sea_orm::{ConnectionTrait, DbErr, IntoActiveModel as _};

use super::{
    entity::{file, finding},
    model::{ImportKind, Tally},
    rules::cells::{Lens, Trouble},
};
use crate::platform::bulk::insert_all;

/// Findings kept of one file; further ones are counted alone.
pub const FINDINGS_MAX: i64 = 10_000;
const VALUE_CHARS_MAX: usize = 200;

/// Findings of a batch.
pub struct Findings {
    place: (Tenant, Id<id::Import>, ImportKind),
    room: i64,
    rows: Vec<finding::Model>,
}

impl Findings {
    pub fn new(tenant: Tenant, file: &file::Model) -> Self {
        let room = FINDINGS_MAX.saturating_sub(file.findings_count);
        Self { place: (tenant, file.import_id, file.kind), room, rows: Vec::new() }
    }

    /// Notes a trouble; a warning is counted as such.
    pub fn add(&mut self, ambient: &Ambient, lens: &Lens, line: i64, trouble: Trouble, tally: &mut Tally) {
        tally.warnings += i64::from(trouble.code.is_warning());
        if self.rows.len() as i64 >= self.room {
            return;
        }
        let (tenant, import_id, kind) = self.place;
        let short = |text: &str| text.chars().take(VALUE_CHARS_MAX).collect::<String>();
        self.rows.push(finding::Model {
            id: ambient.new_id(),
            workspace_id: tenant.id(),
            import_id,
            kind,
            line,
            column_name: trouble.field.map(|field| short(&lens.column_of(field))),
            code: trouble.code,
            value: short(&trouble.value),
            message: short(&trouble.message),
        });
    }

    /// Writes them; answers how many.
    pub async fn write(self, conn: &impl ConnectionTrait) -> Result<i64, DbErr> {
        let count = self.rows.len() as i64;
        insert_all(conn, self.rows.into_iter().map(|row| row.into_active_model())).await?;
        Ok(count)
    }
}
