//! The door from a prelanding on to the landing page: `/go/{token}`, or `/go` with the cookie.

use events::{
    Record,
    record::{SmartMark, ThroughRecord},
};
use kernel::{Id, id::Click};

use crate::{
    edge::{Begun, Edge, Weighed, dims, respond},
    lane::Lane,
    redirect::{VisitDoor, chain::Onward, visitor::Word},
    request::EdgeRequest,
    response::EdgeResponse,
};

impl Edge {
    /// For callers in process.
    pub fn through(&self, request: &EdgeRequest<'_>) -> EdgeResponse {
        let lane = self.lane(0);
        let begun = self.begin_through(lane, request);
        let stored = begun.turn.as_ref().is_none_or(|turn| lane.flush_now(turn));
        self.finish_through(begun, stored)
    }

    /// Sends the visitor on, and appends that it went.
    pub(crate) fn begin_through(&self, lane: &Lane, request: &EdgeRequest<'_>) -> Begun {
        let click = Onward::of(request, self.mint.keys()).map(|onward| onward.click_id);
        let mut state = lane.lock();
        let begun = self.weigh(&mut state, request, VisitDoor::Onward, |state, weighed| {
            let text = click.map(|click| Word::of(click.as_u128()));
            let response = respond(weighed, text.as_ref().map(Word::as_str));
            let record = click.and_then(|click| through_record(weighed, click));
            let turn = record.and_then(|record| state.append(&Record::Through(record)).ok());
            Begun { response, turn }
        });
        begun.unwrap_or_else(|refusal| Begun { response: EdgeResponse::problem(&refusal), turn: None })
    }

    /// The visitor is sent on whether or not it could be written down.
    pub(crate) fn finish_through(&self, begun: Begun, stored: bool) -> EdgeResponse {
        let counters = self.counters();
        let counter = if stored { &counters.throughs_stored } else { &counters.throughs_unstored };
        counter.add(u64::from(begun.turn.is_some()));
        begun.response
    }
}

/// Absent where nobody went on: for a probe, or a token that leads nowhere.
fn through_record<'a>(weighed: &'a Weighed<'a>, click_id: Id<Click>) -> Option<ThroughRecord<'a>> {
    let decision = weighed.decision;
    let workspace = decision.workspace.filter(|_| decision.found.is_some() && decision.is_click())?;
    Some(ThroughRecord {
        click_id,
        event_time: weighed.origin.at,
        recorded_at: weighed.origin.recorded_at,
        reason: decision.judgement.reason,
        workspace,
        dims: dims(decision),
        visitor: weighed.visit.facts.record(),
        subs: weighed.visit.params.sub_texts(),
        source_id: &weighed.visit.params.source_id,
        prelanding: decision.prelanding_id(),
        smart_link: decision.smart_mark().map(|mark: SmartMark| mark.smart_link),
        route_version: weighed.route_version,
    })
}
