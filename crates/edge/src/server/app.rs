//! The way from the edge's threads to the app: the request is answered on the app's runtime, its body too.

use std::{convert::Infallible, error::Error};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header::CONTENT_TYPE};
use http_body_util::{BodyExt as _, combinators::UnsyncBoxBody};
use hyper::body::{Body as _, Incoming};
use tokio::{runtime::Handle, sync::mpsc};
use tower::{Service, ServiceExt as _, util::BoxCloneSyncService};

use super::body::EdgeBody;

/// Frames of an answer that may wait for a slow reader.
const FRAMES_AHEAD: usize = 8;
/// A body of known length up to this is taken as one block, in bytes.
const MAX_BLOCK_BYTES: u64 = 1 << 20;

type BoxError = Box<dyn Error + Send + Sync>;
pub type AppBody = UnsyncBoxBody<Bytes, BoxError>;

/// Whatever answers the paths that are no doors. The peer's address is in the request's extensions as `IpAddr`.
pub type AppService = BoxCloneSyncService<Request<Incoming>, Response<AppBody>, Infallible>;

/// Makes an [`AppService`] of an axum `Router` or any service like it.
pub fn app_service<S, B>(service: S) -> AppService
where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible> + Clone + Send + Sync + 'static,
    S::Future: Send + 'static,
    B: hyper::body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    BoxCloneSyncService::new(
        service.map_response(|response: Response<B>| response.map(|body| body.map_err(Into::into).boxed_unsync())),
    )
}

/// An app that knows no path.
pub fn no_app() -> AppService {
    app_service(tower::service_fn(|_: Request<Incoming>| async {
        let mut response = Response::new(http_body_util::Full::new(Bytes::from_static(b"Not found\n")));
        *response.status_mut() = StatusCode::NOT_FOUND;
        Ok::<_, Infallible>(response)
    }))
}

pub struct App {
    service: AppService,
    runtime: Handle,
}

impl App {
    pub fn new(service: AppService, runtime: Handle) -> Self {
        Self { service, runtime }
    }

    pub async fn answer(&self, request: Request<Incoming>) -> Response<EdgeBody> {
        let service = self.service.clone();
        let answered = self.runtime.spawn(async move {
            let Ok(response) = service.oneshot(request).await;
            carry(response).await
        });
        answered.await.unwrap_or_else(|error| {
            tracing::error!(%error, "a handler of the app panicked or its runtime stopped");
            broken()
        })
    }
}

async fn carry(response: Response<AppBody>) -> Response<EdgeBody> {
    let (parts, mut body) = response.into_parts();
    if body.size_hint().exact().is_some_and(|bytes| bytes <= MAX_BLOCK_BYTES) {
        return match body.collect().await {
            Ok(whole) => Response::from_parts(parts, EdgeBody::Block(whole.to_bytes())),
            Err(error) => {
                tracing::error!(%error, "the app broke off its answer");
                broken()
            }
        };
    }
    let (sender, frames) = mpsc::channel(FRAMES_AHEAD);
    tokio::spawn(async move {
        while let Some(frame) = body.frame().await {
            let Ok(frame) = frame.inspect_err(|error| tracing::error!(%error, "the app broke off its answer")) else {
                return;
            };
            if sender.send(frame).await.is_err() {
                return;
            }
        }
    });
    Response::from_parts(parts, EdgeBody::Stream(frames))
}

fn broken() -> Response<EdgeBody> {
    let problem: &[u8] = br#"{"type":"about:blank","title":"internal error","status":500,"code":"internal"}"#;
    let mut response = Response::new(EdgeBody::Block(Bytes::from_static(problem)));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}
