//! Which door a path leads to.

use std::{net::IpAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Request, Response, request::Parts};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use kernel::{Refusal, RefusalCode};

use super::{body::EdgeBody, worker::Shared};
use crate::{dialect::Address, network, receipt::fields::MAX_BODY_BYTES, request::EdgeRequest, response::EdgeResponse};

/// How long a sender may take to send its body.
const BODY_WAIT: Duration = Duration::from_secs(10);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    Click,
    View,
    Onward,
    Postback,
    Pixel,
    Script,
    Tag,
    /// Of another platform, on a host that speaks its dialect.
    Dialect(Address),
    App,
}

impl Door {
    fn of(path: &str) -> Self {
        match path {
            click if click.starts_with("/c/") => Self::Click,
            view if view.starts_with("/i/") => Self::View,
            onward if onward == "/go" || onward.starts_with("/go/") => Self::Onward,
            "/postback" => Self::Postback,
            "/px.gif" => Self::Pixel,
            "/t.js" => Self::Script,
            "/t" => Self::Tag,
            _ => Self::App,
        }
    }

    fn reads_body(self) -> bool {
        matches!(self, Self::Postback | Self::Tag | Self::Dialect(Address::Conversion(..)))
    }
}

pub async fn answer(shared: &Arc<Shared>, request: Request<Incoming>, peer: IpAddr) -> Response<EdgeBody> {
    let (parts, body) = request.into_parts();
    match door_of(shared, &parts, peer) {
        Door::App => to_app(shared, Request::from_parts(parts, body), peer).await,
        Door::Click => carry(click(shared, &EdgeRequest::from_parts(&parts, peer, &[])).await),
        Door::Dialect(Address::Click(dialect)) => {
            let request = EdgeRequest { dialect: Some(dialect), ..EdgeRequest::from_parts(&parts, peer, &[]) };
            carry(click(shared, &request).await)
        }
        door => carry(other_door(shared, door, &parts, body, peer).await),
    }
}

/// Native doors first. `/postback` may be a dialect's too: which of them, the body tells as well.
fn door_of(shared: &Shared, parts: &Parts, peer: IpAddr) -> Door {
    let native = Door::of(parts.uri.path());
    if !matches!(native, Door::App | Door::Postback) {
        return native;
    }
    let address = shared.edge.dialect_address(&EdgeRequest::from_parts(parts, peer, &[]));
    address.map_or(native, Door::Dialect)
}

/// The app learns the address a request really came from as an extension of type [`IpAddr`].
async fn to_app(shared: &Arc<Shared>, request: Request<Incoming>, peer: IpAddr) -> Response<EdgeBody> {
    shared.edge.counters().app_requests.add(1);
    let (mut parts, body) = request.into_parts();
    let client = network::client_ip(&EdgeRequest::from_parts(&parts, peer, &[]), &shared.edge.trusted_proxies);
    parts.extensions.insert(client);
    shared.app.answer(Request::from_parts(parts, body)).await
}

async fn click(shared: &Arc<Shared>, request: &EdgeRequest<'_>) -> EdgeResponse {
    let lane = shared.edge.lane(shared.lane);
    let begun = shared.edge.begin_click(lane, request);
    let stored = match &begun.turn {
        Some(turn) => lane.stored(turn.clone()).await,
        None => true,
    };
    shared.edge.finish_click(lane, request, begun, stored)
}

async fn view(shared: &Arc<Shared>, request: &EdgeRequest<'_>) -> EdgeResponse {
    let lane = shared.edge.lane(shared.lane);
    let begun = shared.edge.begin_view(lane, request);
    let stored = match &begun.turn {
        Some(turn) => lane.stored(turn.clone()).await,
        None => true,
    };
    shared.edge.finish_view(begun, stored)
}

async fn onward(shared: &Arc<Shared>, request: &EdgeRequest<'_>) -> EdgeResponse {
    let lane = shared.edge.lane(shared.lane);
    let begun = shared.edge.begin_through(lane, request);
    let stored = match &begun.turn {
        Some(turn) => lane.stored(turn.clone()).await,
        None => true,
    };
    shared.edge.finish_through(begun, stored)
}

async fn other_door(shared: &Arc<Shared>, door: Door, parts: &Parts, body: Incoming, peer: IpAddr) -> EdgeResponse {
    let body = match read_body(door, body).await {
        Ok(body) => body,
        Err(refusal) => return shared.edge.refuse(&refusal),
    };
    let mut request = EdgeRequest::from_parts(parts, peer, &body);
    match door {
        Door::Dialect(Address::Conversion(dialect, manner)) => {
            shared.edge.dialect_conversion(&request, dialect, manner).await
        }
        Door::Dialect(Address::View(dialect) | Address::Click(dialect)) => {
            request.dialect = Some(dialect);
            view(shared, &request).await
        }
        Door::Onward => onward(shared, &request).await,
        Door::Postback => shared.edge.postback(&request).await,
        Door::Pixel => shared.edge.conversion_pixel(&request).await,
        Door::Script => shared.edge.tag_script(&request),
        Door::Tag => shared.edge.tag(shared.edge.lane(shared.lane), &request).await,
        Door::View | Door::Click | Door::App => view(shared, &request).await,
    }
}

async fn read_body(door: Door, body: Incoming) -> Result<Bytes, Refusal> {
    if !door.reads_body() || body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let reading = Limited::new(body, MAX_BODY_BYTES).collect();
    match tokio::time::timeout(BODY_WAIT, reading).await {
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            Err(Refusal::new(RefusalCode::BodyTooLarge, "a receipt has at most 64 KiB"))
        }
        Ok(Err(_)) | Err(_) => Err(Refusal::new(RefusalCode::BadBody, "the body broke off")),
    }
}

fn carry(answer: EdgeResponse) -> Response<EdgeBody> {
    let mut response = Response::new(EdgeBody::Block(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response
}
