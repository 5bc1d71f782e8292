//! Clicks, from the event store.

use events::{
    parquet::ColumnType::{Moment, Text, Whole},
    raw::{self, CLICKS_PER_PAGE_MAX, ClicksAsked, RawClick},
};
use kernel::Id;

use super::{
    Cell, Column, Page,
    Seen::{ByAll, ByStaff, NotByPartners},
    column, written,
};
use crate::{App, exports::model::Model, identity::Actor, platform::Answer, reports};

pub const COLUMNS: &[Column<RawClick>] = &[
    column("click_id", Text, ByAll, |it| Cell::text(it.click_id.to_string())),
    column("event_time", Moment, ByAll, |it| Cell::text(it.at.to_string())),
    column("verdict", Text, ByAll, |it| Cell::text(&it.verdict)),
    column("reason", Text, ByAll, |it| Cell::text(&it.reason)),
    column("advertiser_id", Text, NotByPartners, |it| Cell::id(it.advertiser)),
    column("offer_id", Text, ByAll, |it| Cell::id(it.offer)),
    column("partner_id", Text, ByAll, |it| Cell::id(it.partner)),
    column("link_id", Text, ByAll, |it| Cell::id(it.link)),
    column("landing_id", Text, ByAll, |it| Cell::id(it.landing)),
    column("manager_id", Text, ByStaff, |it| Cell::id(it.manager)),
    column("partner_group", Text, ByStaff, |it| Cell::text(&it.partner_group)),
    column("vertical", Text, ByAll, |it| Cell::text(&it.vertical)),
    column("traffic_type", Text, ByAll, |it| Cell::text(&it.traffic_type)),
    column("source_id", Text, ByAll, |it| Cell::text(&it.source_id)),
    column("sub1", Text, ByAll, |it| Cell::text(&it.subs[0])),
    column("sub2", Text, ByAll, |it| Cell::text(&it.subs[1])),
    column("sub3", Text, ByAll, |it| Cell::text(&it.subs[2])),
    column("sub4", Text, ByAll, |it| Cell::text(&it.subs[3])),
    column("sub5", Text, ByAll, |it| Cell::text(&it.subs[4])),
    column("sub6", Text, ByAll, |it| Cell::text(&it.subs[5])),
    column("sub7", Text, ByAll, |it| Cell::text(&it.subs[6])),
    column("sub8", Text, ByAll, |it| Cell::text(&it.subs[7])),
    column("sub9", Text, ByAll, |it| Cell::text(&it.subs[8])),
    column("sub10", Text, ByAll, |it| Cell::text(&it.subs[9])),
    column("country", Text, ByAll, |it| Cell::text(&it.country)),
    column("device", Text, ByAll, |it| Cell::text(&it.device)),
    column("os", Text, ByAll, |it| Cell::text(&it.os)),
    column("browser", Text, ByAll, |it| Cell::text(&it.browser)),
    column("language", Text, ByAll, |it| Cell::text(&it.language)),
    column("referrer_host", Text, ByAll, |it| Cell::text(&it.referrer_host)),
    column("asn", Whole, ByStaff, |it| Cell::Whole(it.asn.into())),
    column("user_agent", Text, ByStaff, |it| Cell::text(&it.user_agent)),
    column("destination", Text, ByAll, |it| Cell::text(&it.destination)),
    column("duplicate_of", Text, ByAll, |it| Cell::id(it.duplicate_of)),
];

pub async fn count(app: &App, actor: &Actor, export: &Model) -> Answer<u64> {
    Ok(raw::count(&app.event_store, asked(actor, export)).await?)
}

pub async fn next(app: &App, actor: &Actor, export: &Model) -> Answer<Page> {
    let before = export.after_id.map(Id::from_uuid);
    let rows = raw::clicks(&app.event_store, asked(actor, export), before, CLICKS_PER_PAGE_MAX).await?;
    let last = rows.last().filter(|_| rows.len() == CLICKS_PER_PAGE_MAX).map(|row| row.click_id.uuid());
    Ok(written(COLUMNS, &rows, actor.role, export, last)?)
}

fn asked(actor: &Actor, export: &Model) -> ClicksAsked {
    ClicksAsked {
        offer: export.offer_id,
        partner: export.partner_id,
        ..reports::clicks_asked(actor, export.from_at, export.to_at)
    }
}
