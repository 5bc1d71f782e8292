//! Conversions, from the records.

use events::parquet::ColumnType::{Moment, Text, Whole};
use kernel::{Id, Money, id};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::{
    Cell, Column, Page, RECORDS_PER_PAGE,
    Seen::{ByAll, NotByAdvertisers, NotByPartners},
    column, written,
};
use crate::{
    App,
    conversions::{
        api::{ConversionOut, list},
        entity::conversion,
    },
    exports::model::Model,
    identity::Actor,
    platform::Answer,
};

pub const COLUMNS: &[Column<ConversionOut>] = &[
    column("conversion_id", Text, ByAll, |it| Cell::text(it.id.to_string())),
    column("event_time", Moment, ByAll, |it| Cell::text(it.event_time.to_string())),
    column("status", Text, ByAll, |it| Cell::text(it.status.code())),
    column("reason", Text, ByAll, |it| Cell::maybe(it.reason.as_ref())),
    column("advertiser_id", Text, NotByPartners, |it| Cell::id(it.advertiser_id)),
    column("offer_id", Text, ByAll, |it| Cell::id(it.offer_id)),
    column("goal_id", Text, ByAll, |it| Cell::id(it.goal_id)),
    column("goal_kind", Text, ByAll, |it| Cell::text(&it.goal_kind)),
    column("partner_id", Text, ByAll, |it| Cell::id(it.partner_id)),
    column("attributed_by", Text, ByAll, |it| Cell::maybe(it.attributed_by.as_ref())),
    column("link_id", Text, ByAll, |it| Cell::id(it.link_id)),
    column("click_id", Text, ByAll, |it| Cell::id(it.click_id)),
    column("click_time", Moment, ByAll, |it| Cell::maybe(it.click_time)),
    column("order_id", Text, ByAll, |it| Cell::maybe(it.order_id.as_ref())),
    column("coupon", Text, ByAll, |it| Cell::maybe(it.coupon.as_ref())),
    column("currency", Text, ByAll, |it| Cell::text(it.sale.currency.code())),
    column("sale_minor", Whole, ByAll, |it| Cell::Whole(it.sale.minor)),
    column("refunded_minor", Whole, ByAll, |it| Cell::Whole(it.refunded.minor)),
    column("payout_minor", Whole, NotByAdvertisers, |it| minor(it.payout)),
    column("revenue_minor", Whole, NotByPartners, |it| minor(it.revenue)),
    column("traffic_type", Text, ByAll, |it| Cell::text(&it.traffic_type)),
    column("country", Text, ByAll, |it| Cell::text(it.click["country"].as_str().unwrap_or_default())),
    column("source_id", Text, ByAll, |it| Cell::text(it.click["source_id"].as_str().unwrap_or_default())),
    column("sub1", Text, ByAll, |it| Cell::text(it.click["subs"][0].as_str().unwrap_or_default())),
    column("sub2", Text, ByAll, |it| Cell::text(it.click["subs"][1].as_str().unwrap_or_default())),
    column("sub3", Text, ByAll, |it| Cell::text(it.click["subs"][2].as_str().unwrap_or_default())),
    column("created_at", Moment, ByAll, |it| Cell::text(it.created_at.to_string())),
    column("decided_at", Moment, ByAll, |it| Cell::maybe(it.decided_at)),
    column("locked_at", Moment, ByAll, |it| Cell::maybe(it.locked_at)),
    column("paid_at", Moment, ByAll, |it| Cell::maybe(it.paid_at)),
    column("receipt_id", Text, NotByPartners, |it| Cell::id(it.evidence.as_ref().map(|said| said.receipt_id))),
    column("customer_id", Text, NotByPartners, |it| Cell::id(it.evidence.as_ref().and_then(|said| said.customer_id))),
    column("door", Text, NotByPartners, |it| Cell::maybe(it.evidence.as_ref().map(|said| &said.door))),
];

fn minor(money: Option<Money>) -> Cell {
    money.map_or(Cell::None, |money| Cell::Whole(money.minor))
}

pub async fn count(app: &App, actor: &Actor, export: &Model) -> Answer<u64> {
    Ok(conversion::Entity::find().filter(wanted(actor, export)).count(app.records.read()).await?)
}

pub async fn next(app: &App, actor: &Actor, export: &Model) -> Answer<Page> {
    let before: Option<Id<id::Conversion>> = export.after_id.map(Id::from_uuid);
    let rows = list::rows(app.records.read(), actor, wanted(actor, export), before, RECORDS_PER_PAGE).await?;
    let last = rows.last().filter(|_| rows.len() as u64 == RECORDS_PER_PAGE).map(|row| row.id.uuid());
    Ok(written(COLUMNS, &rows, actor.role, export, last)?)
}

fn wanted(actor: &Actor, export: &Model) -> Condition {
    use conversion::Column;
    list::own(actor)
        .add(Column::EventAt.gte(export.from_at))
        .add(Column::EventAt.lt(export.to_at))
        .add_option(export.offer_id.map(|offer| Column::OfferId.eq(offer)))
        .add_option(export.partner_id.map(|partner| Column::PartnerId.eq(partner)))
}
