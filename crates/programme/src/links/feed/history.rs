//! What the routes were: each thing that a change replaces is kept with the sequence number up to which it held, so that
//! a click, whose record names the sequence, can be judged again by the routes of its time.
//!
//! Nothing is written for what is new, so a million links cost nothing until they change. Written before the change is
//! in force; written twice it is the same row.

use std::{collections::HashMap, sync::Arc};

use edge::routes::{About, RouteChange, RouteTable};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select, sea_query::OnConflict,
};

use crate::{
    App,
    links::past_route::{Column, Entity, Model},
};

/// Changes of routes that are remembered at once; beyond them older clicks tell that their routes are not known.
const ROWS_MAX: u64 = 500_000;

/// Keeps what `changes` replace at `sequence`.
pub(super) async fn keep(app: &App, sequence: i64, changes: &[RouteChange]) -> anyhow::Result<()> {
    let table = app.routes.table().clone();
    let mut rows: Vec<Model> = changes.iter().filter_map(|change| replaced(app, &table, sequence, change)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    // From an old snapshot on, what is replaced now may have been replaced before.
    let known = Entity::find()
        .filter(Column::About.is_in(rows.iter().map(|row| row.about.as_str())))
        .filter(Column::UntilSeq.gt(i64::try_from(table.sequence())?))
        .all(app.records.read())
        .await?;
    rows.retain(|row| !known.iter().any(|known| known.about == row.about));
    let write = app.records.begin().await?;
    for row in rows {
        insert(&*write, row).await?;
    }
    write.commit().await?;
    Ok(())
}

fn replaced(app: &App, table: &RouteTable, sequence: i64, change: &RouteChange) -> Option<Model> {
    let about = About::of(change)?;
    let before = table.told(&about);
    let is_new = before.is_none() && !about.may_be_absent();
    if is_new || before.as_ref() == Some(change) {
        return None;
    }
    Some(Model {
        about: about.key(),
        until_seq: sequence,
        workspace_id: table.workspace_about(&about)?,
        body: serde_json::to_string(&before).ok()?,
        at: app.ambient.now(),
    })
}

async fn insert(conn: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let twice = OnConflict::columns([Column::About, Column::UntilSeq]).do_nothing().to_owned();
    Entity::insert(row.into_active_model()).on_conflict(twice).exec_without_returning(conn).await.map(drop)
}

/// A route of the past is in a form that is no longer read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

type Held = Result<Option<RouteChange>, Unreadable>;

/// The routes of any time.
pub struct Past {
    table: Arc<RouteTable>,
    /// What held until each sequence, oldest first.
    replaced: HashMap<String, Vec<(u64, Held)>>,
}

impl Past {
    pub async fn read(app: &App) -> anyhow::Result<Self> {
        Self::of_rows(app, Entity::find()).await
    }

    /// Of a few things, for a single question.
    pub async fn of(app: &App, abouts: &[About]) -> anyhow::Result<Self> {
        Self::of_rows(app, Entity::find().filter(Column::About.is_in(abouts.iter().map(About::key)))).await
    }

    async fn of_rows(app: &App, wanted: Select<Entity>) -> anyhow::Result<Self> {
        let rows = wanted.order_by_asc(Column::UntilSeq).limit(ROWS_MAX).all(app.records.read()).await?;
        let mut replaced: HashMap<_, Vec<_>> = HashMap::new();
        for row in rows {
            let held = serde_json::from_str(&row.body).map_err(|_| Unreadable);
            replaced.entry(row.about).or_default().push((row.until_seq as u64, held));
        }
        Ok(Self { table: app.routes.table().clone(), replaced })
    }

    /// What held of a thing at `sequence`, and a number that stays the same as long as the same held.
    pub fn at(&self, about: &About, sequence: u64) -> (usize, Held) {
        let known = self.replaced.get(&about.key()).map_or(&[][..], Vec::as_slice);
        let place = known.partition_point(|(until, _)| *until <= sequence);
        let held = known.get(place).map_or_else(|| Ok(self.table.told(about)), |(_, held)| held.clone());
        (place, held)
    }
}
