//! Appending clicks, click-throughs, views and touches, with the cursors, in one transaction.

use duckdb::{Connection, OptionalExt as _, params};
use kernel::{Id, id::Workspace, reason::ClickReason};

use super::{
    Cursors, EventStore, StoreError,
    columns::Rows,
    entities::{Entities, KeysInUse, high, low},
};
use crate::{
    clicks::{Judged, Verdict},
    position::{Lane, Position, Positions},
    record::{
        Channel, ClickKind, ClickRecord, Dims, SUBS, TargetingMark, ThroughRecord, TouchRecord, ViewRecord, Visitor,
    },
};

/// Row of `cursors` that holds the moves' cursor.
const MOVES_LANE: i32 = -1;

/// What one transaction takes over from the journal.
#[derive(Default)]
pub struct ShipBatch<'a> {
    pub clicks: Vec<(&'a ClickRecord<'a>, Judged)>,
    pub throughs: Vec<&'a ThroughRecord<'a>>,
    pub views: Vec<&'a ViewRecord<'a>>,
    pub touches: Vec<&'a TouchRecord<'a>>,
    /// The batch holds everything from the stored cursors up to here.
    pub to: Positions,
}

impl EventStore {
    pub fn ship(&self, batch: &ShipBatch<'_>) -> Result<(), StoreError> {
        self.transact(|writer, keys| {
            let mut rows = Rows::default();
            batch.clicks.iter().for_each(|(click, judged)| add_click(&mut rows, keys, click, *judged));
            rows.append_to(writer, None, "clicks")?;
            let mut rows = Rows::default();
            batch.throughs.iter().for_each(|through| add_through(&mut rows, keys, through));
            rows.append_to(writer, None, "throughs")?;
            let mut rows = Rows::default();
            batch.views.iter().for_each(|view| add_view(&mut rows, keys, view));
            rows.append_to(writer, None, "views")?;
            let mut rows = Rows::default();
            batch.touches.iter().for_each(|touch| add_touch(&mut rows, keys, touch));
            rows.append_to(writer, None, "touches")?;
            batch.to.iter().try_for_each(|to| set_cursor(writer, i32::from(to.lane.0), to.packed()))
        })
    }

    /// Runs `work` in one transaction together with the keys that it needed first.
    pub(super) fn transact(
        &self,
        work: impl FnOnce(&Connection, &mut KeysInUse<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.with_writer(|writer, _| {
            writer.execute_batch("BEGIN TRANSACTION")?;
            let fresh = self.work_and_commit(writer, work).inspect_err(|_| roll_back(writer))?;
            self.entities.write().expect("entities").add(fresh);
            Ok(())
        })
    }

    fn work_and_commit(
        &self,
        writer: &Connection,
        work: impl FnOnce(&Connection, &mut KeysInUse<'_>) -> Result<(), StoreError>,
    ) -> Result<Vec<(i32, u128)>, StoreError> {
        let entities: &Entities = &self.entities.read().expect("entities");
        let mut keys = KeysInUse::new(entities);
        work(writer, &mut keys)?;
        let fresh = keys.into_fresh();
        let mut rows = Rows::default();
        fresh.iter().for_each(|(key, id)| rows.i32(*key).u64(high(*id)).u64(low(*id)).end_row());
        rows.append_to(writer, None, "entities")?;
        writer.execute_batch("COMMIT")?;
        Ok(fresh)
    }
}

fn roll_back(writer: &Connection) {
    if let Err(error) = writer.execute_batch("ROLLBACK") {
        tracing::warn!(%error, "the event store's transaction was not rolled back");
    }
}

pub fn read_cursors(connection: &Connection) -> Result<Cursors, StoreError> {
    let mut statement = connection.prepare("SELECT lane, position FROM cursors")?;
    let mut rows = statement.query([])?;
    let mut cursors = Cursors::default();
    while let Some(row) = rows.next()? {
        let (lane, position): (i32, u64) = (row.get(0)?, row.get(1)?);
        match u16::try_from(lane) {
            Ok(lane) => cursors.clicks.advance(Position::unpack(Lane(lane), position)),
            Err(_) => cursors.moves = position,
        }
    }
    Ok(cursors)
}

pub fn read_moves_cursor(connection: &Connection) -> Result<u64, StoreError> {
    let position = connection
        .query_row("SELECT position FROM cursors WHERE lane = ?", [MOVES_LANE], |row| row.get(0))
        .optional()?;
    Ok(position.unwrap_or(0))
}

pub fn set_moves_cursor(connection: &Connection, seq: u64) -> Result<(), StoreError> {
    set_cursor(connection, MOVES_LANE, seq)
}

fn set_cursor(connection: &Connection, lane: i32, position: u64) -> Result<(), StoreError> {
    let mut update = connection.prepare_cached("UPDATE cursors SET position = ? WHERE lane = ?")?;
    if update.execute(params![position, lane])? == 0 {
        connection.execute("INSERT INTO cursors VALUES (?, ?)", params![lane, position])?;
    }
    Ok(())
}

fn add_click(rows: &mut Rows, keys: &mut KeysInUse<'_>, click: &ClickRecord<'_>, judged: Judged) {
    let id = click.click_id.as_u128();
    rows.u64(high(id)).u64(low(id)).i64(click.event_time.millis()).i64(click.recorded_at.millis());
    rows.text(click.kind.code());
    add_shared(
        rows,
        keys,
        &Shared {
            workspace: click.workspace,
            dims: &click.dims,
            subs: &click.subs,
            source_id: click.source_id,
            visitor: &click.visitor,
            verdict: judged.verdict,
            reason: click.reason,
        },
    );
    let first = judged.duplicate_of.map_or(0, |first| first.as_u128());
    rows.u64(click.visitor.key).text(click.visitor.referrer).u64(high(first)).u64(low(first));
    rows.text(click.destination.code()).u64(click.route_version).u64(click.steps).text(click.method);
    rows.u32(TargetingMark::number(click.more.condition)).u32(click.more.landing_ppm);
    rows.i32(keys.key(click.more.prelanding));
    let smart = click.more.smart;
    rows.i32(keys.key(smart.map(|mark| mark.smart_link))).u32(smart.map_or(0, |mark| mark.member.into()));
    rows.u32(smart.map_or(0, |mark| mark.ppm)).u64(smart.map_or(0, |mark| mark.eligible)).end_row();
}

fn add_through(rows: &mut Rows, keys: &mut KeysInUse<'_>, through: &ThroughRecord<'_>) {
    let id = through.click_id.as_u128();
    rows.u64(high(id)).u64(low(id)).i64(through.event_time.millis()).i64(through.recorded_at.millis());
    let verdict = if through.reason.is_some() { Verdict::Invalid } else { Verdict::Valid };
    add_shared(
        rows,
        keys,
        &Shared {
            workspace: through.workspace,
            dims: &through.dims,
            subs: &through.subs,
            source_id: through.source_id,
            visitor: &through.visitor,
            verdict,
            reason: through.reason,
        },
    );
    rows.u64(through.visitor.key).u64(through.route_version);
    rows.i32(keys.key(through.smart_link)).i32(keys.key(through.prelanding)).end_row();
}

fn add_view(rows: &mut Rows, keys: &mut KeysInUse<'_>, view: &ViewRecord<'_>) {
    let id = view.view_id.as_u128();
    let verdict = match (view.kind, view.reason) {
        (ClickKind::Probe, _) => Verdict::Probe,
        (ClickKind::Click, Some(_)) => Verdict::Invalid,
        (ClickKind::Click, None) => Verdict::Valid,
    };
    rows.u64(high(id)).u64(low(id)).i64(view.event_time.millis()).i64(view.recorded_at.millis());
    rows.text(if view.kind == ClickKind::Probe { "probe" } else { "view" });
    add_shared(
        rows,
        keys,
        &Shared {
            workspace: view.workspace,
            dims: &view.dims,
            subs: &view.subs,
            source_id: view.source_id,
            visitor: &view.visitor,
            verdict,
            reason: view.reason,
        },
    );
    rows.u64(view.visitor.key).text(view.visitor.referrer).u64(view.route_version).i32(0).i32(0).end_row();
}

fn add_touch(rows: &mut Rows, keys: &mut KeysInUse<'_>, touch: &TouchRecord<'_>) {
    let click = touch.click_id.map_or(0, |click| click.as_u128());
    let visitor = &touch.visitor;
    rows.u64(high(touch.touch_id)).u64(low(touch.touch_id));
    rows.i64(touch.event_time.millis()).i64(touch.recorded_at.millis());
    rows.i32(keys.key(Some(touch.workspace))).i32(keys.key(touch.advertiser)).u64(high(click)).u64(low(click));
    rows.u64(visitor.key).text(touch.event).text(touch.page).text(touch.properties);
    rows.text(visitor.country).text(visitor.device).text(visitor.os).text(visitor.browser).text(visitor.language);
    rows.text(visitor.referrer).text(visitor.user_agent);
    rows.text(touch.more.channel.map_or("", Channel::code)).text(touch.more.consent.code()).end_row();
}

struct Shared<'a> {
    workspace: Id<Workspace>,
    dims: &'a Dims<'a>,
    subs: &'a [&'a str; SUBS],
    source_id: &'a str,
    visitor: &'a Visitor<'a>,
    verdict: Verdict,
    reason: Option<ClickReason>,
}

/// The columns of `shared_dimensions` in their order.
fn add_shared(rows: &mut Rows, keys: &mut KeysInUse<'_>, shared: &Shared<'_>) {
    let (dims, visitor) = (shared.dims, shared.visitor);
    rows.i32(keys.key(Some(shared.workspace))).i32(keys.key(dims.advertiser)).i32(keys.key(dims.offer));
    rows.i32(keys.key(dims.partner)).i32(keys.key(dims.link)).i32(keys.key(dims.landing)).i32(keys.key(dims.manager));
    rows.text(dims.partner_group).text(dims.vertical).text(dims.traffic_type);
    for sub in shared.subs {
        rows.text(sub);
    }
    rows.text(shared.source_id).text(visitor.country).text(visitor.device).text(visitor.os).text(visitor.browser);
    rows.text(visitor.language).text(visitor.referrer_host).u32(visitor.asn).text(visitor.user_agent);
    rows.text(shared.verdict.code()).text(shared.reason.map_or("", |reason| reason.code()));
}
