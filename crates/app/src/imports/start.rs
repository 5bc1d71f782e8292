//! Starting a check, a run, or taking back what can be taken back.

use kernel::{Id, Refusal, RefusalCode, id, refusal::FieldError};
use sea_orm::{ActiveValue::Set, ConnectionTrait, IntoActiveModel as _, entity::prelude::*};
use serde_json::json;

use super::{
    begin::remember,
    checks::missing_fields,
    entity::{file, finding, import},
    jobs::{CONTINUE_IMPORT, UNDO_IMPORT},
    model::{ImportState, Tally},
    store,
};
use crate::{
    App,
    identity::Actor,
    platform::{Answer, jobs},
};

/// Reads every row and says what a run would do. Changes nothing but the report.
pub async fn check(app: &App, actor: &Actor, id: Id<id::Import>) -> Answer<import::Model> {
    let write = app.records.begin().await?;
    let row = store::get(&*write, actor.tenant, id).await?;
    super::begin::require_open(&row)?;
    require_complete(&store::files_of(&*write, actor.tenant, [id]).await?)?;
    let row = set_off(app, &*write, row, ImportState::Checking).await?;
    write.commit().await?;
    Ok(row)
}

/// Runs an import that was checked, or goes on with one that stopped.
pub async fn run(app: &App, actor: &Actor, id: Id<id::Import>) -> Answer<import::Model> {
    let write = app.records.begin().await?;
    let row = store::get(&*write, actor.tenant, id).await?;
    let row = match row.state {
        ImportState::Running => {
            enqueue(app, &*write, &row, CONTINUE_IMPORT).await?;
            row
        }
        ImportState::Checked => {
            remember(app, &*write, actor, "import.run", &row).await?;
            set_off(app, &*write, row, ImportState::Running).await?
        }
        _ => return Err(Refusal::new(RefusalCode::IllegalMove, "an import runs after a check of its files").into()),
    };
    write.commit().await?;
    Ok(row)
}

/// Takes back balances, clicks, pending conversions and links of an import that has run.
pub async fn undo(app: &App, actor: &Actor, id: Id<id::Import>) -> Answer<import::Model> {
    let write = app.records.begin().await?;
    let mut row = store::get(&*write, actor.tenant, id).await?;
    if !matches!(row.state, ImportState::Done | ImportState::Undoing) {
        return Err(Refusal::new(RefusalCode::IllegalMove, "only an import that has run can be taken back").into());
    }
    row.state = ImportState::Undoing;
    import::Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    remember(app, &*write, actor, "import.undone", &row).await?;
    enqueue(app, &*write, &row, UNDO_IMPORT).await?;
    write.commit().await?;
    Ok(row)
}

fn require_complete(files: &[file::Model]) -> Result<(), Refusal> {
    if files.is_empty() {
        return Err(Refusal::field("files", "must have at least one file"));
    }
    let missing = |file: &file::Model| {
        let of_file = |field| FieldError {
            field: format!("{}.{field}", file.kind.code()),
            message: "must be given a column or a value".to_owned(),
        };
        missing_fields(file).into_iter().map(of_file).collect::<Vec<_>>()
    };
    let errors: Vec<_> = files.iter().flat_map(missing).collect();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

/// From the first row of every file, without the findings of before.
async fn set_off(
    app: &App,
    conn: &impl ConnectionTrait,
    mut row: import::Model,
    state: ImportState,
) -> Result<import::Model, DbErr> {
    finding::Entity::delete_many().filter(finding::Column::ImportId.eq(row.id)).exec(conn).await?;
    for file in store::files_of(conn, kernel::Tenant(row.workspace_id), [row.id]).await? {
        let fresh = file::ActiveModel {
            import_id: Set(file.import_id),
            kind: Set(file.kind),
            next_at: Set(file.data_at),
            next_line: Set(2),
            is_read: Set(false),
            tally: Set(Tally::default()),
            findings_count: Set(0),
            ..Default::default()
        };
        file::Entity::update(fresh).exec_without_returning(conn).await?;
    }
    row.state = state;
    row.started_at = Some(app.ambient.now()).filter(|_| state == ImportState::Running);
    import::Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(conn).await?;
    enqueue(app, conn, &row, CONTINUE_IMPORT).await?;
    Ok(row)
}

pub async fn enqueue(
    app: &App,
    conn: &impl ConnectionTrait,
    row: &import::Model,
    kind: &'static str,
) -> Result<(), DbErr> {
    let payload = json!({"import_id": row.id});
    jobs::enqueue(conn, &app.ambient, Some(row.workspace_id), kind, payload, app.ambient.now()).await.map(drop)
}
