//! Receipts, from the records: of one offer or partner, those that made conversions of it.

use events::parquet::ColumnType::{Moment, Text, Whole};
use kernel::{Id, id};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::{Cell, Column, Page, RECORDS_PER_PAGE, Seen::ByAll, column, written};
use crate::{
    App,
    conversions::{
        api::receipts::{self as list, ReceiptOut},
        entity::receipt,
    },
    exports::model::Model,
    identity::Actor,
    platform::Answer,
};

pub const COLUMNS: &[Column<ReceiptOut>] = &[
    column("receipt_id", Text, ByAll, |it| Cell::text(it.receipt_id.to_string())),
    column("arrived_at", Moment, ByAll, |it| Cell::maybe(it.arrived_at)),
    column("decided_at", Moment, ByAll, |it| Cell::maybe(it.decided_at)),
    column("advertiser_id", Text, ByAll, |it| Cell::id(it.advertiser_id)),
    column("conversion_id", Text, ByAll, |it| Cell::id(it.conversion_id)),
    column("status", Text, ByAll, |it| Cell::text(&it.status)),
    column("reason", Text, ByAll, |it| Cell::maybe(it.reason.as_ref())),
    column("message", Text, ByAll, |it| Cell::text(&it.message)),
    column("http_status", Whole, ByAll, |it| Cell::Whole(it.http_status.into())),
    column("same_as", Text, ByAll, |it| Cell::id(it.same_as)),
    column("door", Text, ByAll, |it| Cell::text(&it.door)),
    column("trust", Text, ByAll, |it| Cell::text(&it.trust)),
    column("params", Text, ByAll, |it| Cell::text(it.params.to_string())),
];

pub async fn count(app: &App, actor: &Actor, export: &Model) -> Answer<u64> {
    Ok(receipt::Entity::find().filter(wanted(actor, export)?).count(app.records.read()).await?)
}

pub async fn next(app: &App, actor: &Actor, export: &Model) -> Answer<Page> {
    let before: Option<Id<id::Receipt>> = export.after_id.map(Id::from_uuid);
    let rows = list::rows(app.records.read(), wanted(actor, export)?, before, RECORDS_PER_PAGE).await?;
    let last = rows.last().filter(|_| rows.len() as u64 == RECORDS_PER_PAGE).map(|row| row.receipt_id.uuid());
    Ok(written(COLUMNS, &rows, actor.role, export, last)?)
}

fn wanted(actor: &Actor, export: &Model) -> Answer<Condition> {
    use receipt::Column;
    let in_time = list::own(actor)?.add(Column::ArrivedAt.gte(export.from_at)).add(Column::ArrivedAt.lt(export.to_at));
    if export.offer_id.is_none() && export.partner_id.is_none() {
        return Ok(in_time);
    }
    let made = list::conversions_of(actor, export.offer_id, export.partner_id);
    Ok(in_time.add(Column::ConversionId.in_subquery(made)))
}
