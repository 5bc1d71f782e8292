//! `Idempotency-Key`: a POST repeated with the same key and body gets the first answer and is carried out once.
//!
//! The key is marked in the transaction that carries the request out, so that a crash between the commit and the answer
//! cannot lead to a second payout: the retry is told that the first was carried out.

use std::cell::Cell;

use anyhow::Context as _;
use axum::{
    body::{self, Bytes},
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use data_encoding::BASE64;
use kernel::{Refusal, RefusalCode, Timestamp, time::DAY_MS, time::MINUTE_MS};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait, ExprTrait as _, QueryFilter as _,
    entity::prelude::*, sea_query::OnConflict,
};

use super::{
    body::{BODY_BYTES_MAX, FILE_BYTES_MAX},
    problem::Problem,
};
use crate::App;

const KEY_CHARS_MAX: usize = 200;
const ANSWER_BYTES_MAX: usize = 1 << 20;
/// How long answers are remembered.
pub const REMEMBERED_MS: i64 = DAY_MS;
/// A request not carried out after this long died with its process; its key may be used again.
const ABANDONED_AFTER_MS: i64 = 2 * MINUTE_MS;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    /// Hash of who asks and the key they chose: keys of two callers never meet.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_hash: String,
    pub request_hash: String,
    pub carried_out: bool,
    pub status: Option<i32>,
    pub content_type: Option<String>,
    pub answer: Option<String>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

tokio::task_local! {
    static CURRENT: Cell<Option<[u8; 32]>>;
}

/// Marks the current request's key as carried out, inside its transaction.
pub async fn mark_carried_out(conn: &impl ConnectionTrait) -> Result<(), DbErr> {
    let Some(key) = CURRENT.try_with(Cell::get).ok().flatten() else { return Ok(()) };
    let row = ActiveModel { carried_out: Set(true), ..Default::default() };
    let by_key = Column::KeyHash.eq(blake3::Hash::from_bytes(key).to_hex().as_str());
    Entity::update_many().set(row).filter(by_key).exec(conn).await.map(drop)
}

/// The middleware around the API.
pub async fn remember(State(app): State<App>, request: Request, next: Next) -> Result<Response, Problem> {
    let Some(key) = key_of(&request)? else { return Ok(next.run(request).await) };
    let (parts, body) = request.into_parts();
    let bytes_max = if is_file(&parts.headers) { FILE_BYTES_MAX } else { BODY_BYTES_MAX };
    let too_large =
        |_| Refusal::new(RefusalCode::BodyTooLarge, format!("the body is larger than {} MiB", bytes_max >> 20));
    let body = body::to_bytes(body, bytes_max).await.map_err(too_large)?;
    let request_hash = hash_request(&app, &parts.uri.to_string(), &body);
    let now = app.ambient.now();
    if let Some(answer) = begin(&app, key, &request_hash, now).await? {
        return Ok(answer);
    }
    let request = Request::from_parts(parts, body::Body::from(body));
    let response = CURRENT.scope(Cell::new(Some(*key.as_bytes())), next.run(request)).await;
    finish(&app, key, response).await
}

fn key_of(request: &Request) -> Result<Option<blake3::Hash>, Refusal> {
    let Some(key) = request.headers().get("idempotency-key").filter(|_| request.method() == Method::POST) else {
        return Ok(None);
    };
    if key.is_empty() || key.len() > KEY_CHARS_MAX {
        let message = "an Idempotency-Key has 1 to 200 characters";
        return Err(Refusal::new(RefusalCode::BadParameter, message));
    }
    Ok(credentials(request.headers()).map(|credentials| {
        let mut hasher = blake3::Hasher::new();
        hasher.update(credentials);
        hasher.update(&[0]);
        hasher.update(key.as_bytes());
        hasher.finalize()
    }))
}

/// Files say what they are; what is none is JSON.
fn is_file(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    !kind.is_empty() && !kind.starts_with("application/json")
}

/// What tells one caller from another. Who shows nothing has no keys: strangers' keys would meet.
fn credentials(headers: &HeaderMap) -> Option<&[u8]> {
    headers.get(header::AUTHORIZATION).or_else(|| headers.get(header::COOKIE)).map(|value| value.as_bytes())
}

/// Keyed, since a body may hold a password.
fn hash_request(app: &App, uri: &str, body: &Bytes) -> String {
    let mut hasher = blake3::Hasher::new_keyed(&app.secrets.derive("idempotency"));
    hasher.update(uri.as_bytes());
    hasher.update(&[0]);
    hasher.update(body);
    hasher.finalize().to_hex().to_string()
}

/// Takes the key, or gives the answer that stands for it.
async fn begin(app: &App, key: blake3::Hash, request_hash: &str, now: Timestamp) -> Result<Option<Response>, Problem> {
    let row = ActiveModel {
        key_hash: Set(key.to_hex().to_string()),
        request_hash: Set(request_hash.to_owned()),
        carried_out: Set(false),
        status: Set(None),
        content_type: Set(None),
        answer: Set(None),
        created_at: Set(now),
    };
    let write = app.records.begin().await?;
    let abandoned = Column::KeyHash
        .eq(key.to_hex().as_str())
        .and(Column::Status.is_null())
        .and(Column::CarriedOut.eq(false))
        .and(Column::CreatedAt.lt(now.plus_millis(-ABANDONED_AFTER_MS)));
    Entity::delete_many().filter(abandoned).exec(&*write).await?;
    let taken = Entity::insert(row)
        .on_conflict(OnConflict::column(Column::KeyHash).do_nothing().to_owned())
        .exec_without_returning(&*write)
        .await?;
    let known = Entity::find_by_id(key.to_hex().to_string()).one(&*write).await?;
    write.commit().await?;
    match known {
        Some(known) if taken == 0 => standing_answer(app, known, request_hash).map(Some),
        _ => Ok(None),
    }
}

fn standing_answer(app: &App, known: Model, request_hash: &str) -> Result<Response, Problem> {
    if known.request_hash != request_hash {
        let message = "this Idempotency-Key was used for another request";
        return Err(Refusal::new(RefusalCode::IdempotencyKeyReused, message).into());
    }
    let Some(status) = known.status else {
        let message = if known.carried_out {
            "the first request was carried out, but its answer was lost: look its result up"
        } else {
            "the first request with this Idempotency-Key is still under way"
        };
        return Err(Refusal::new(RefusalCode::RequestInProgress, message).into());
    };
    let status = StatusCode::from_u16(status as u16).expect("a status was stored");
    let content_type = known.content_type.unwrap_or_default();
    let headers = [("content-type", content_type), ("idempotent-replayed", "true".to_owned())];
    Ok((status, headers, open_answer(app, known.answer.as_deref())?).into_response())
}

/// Answers lie sealed, since one may show a new key.
fn open_answer(app: &App, sealed: Option<&str>) -> anyhow::Result<Vec<u8>> {
    let sealed = BASE64.decode(sealed.unwrap_or_default().as_bytes()).context("read a remembered answer")?;
    app.secrets.open_sealed(&sealed).context("open a remembered answer")
}

/// Remembers the answer, or frees the key where nothing was decided.
async fn finish(app: &App, key: blake3::Hash, response: Response) -> Result<Response, Problem> {
    let (parts, body) = response.into_parts();
    let bytes = body::to_bytes(body, usize::MAX).await.map_err(anyhow::Error::from)?;
    if bytes.len() > ANSWER_BYTES_MAX {
        // Asked again, it is said that the request was carried out; its result is looked up.
        return Ok(Response::from_parts(parts, body::Body::from(bytes)));
    }
    let by_key = Column::KeyHash.eq(key.to_hex().as_str());
    let write = app.records.begin().await?;
    if parts.status.is_server_error() || parts.status == StatusCode::UNAUTHORIZED {
        let not_carried_out = by_key.and(Column::CarriedOut.eq(false));
        Entity::delete_many().filter(not_carried_out).exec(&*write).await?;
    } else {
        let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let row = ActiveModel {
            status: Set(Some(i32::from(parts.status.as_u16()))),
            content_type: Set(content_type.map(str::to_owned)),
            answer: Set(Some(BASE64.encode(&app.secrets.seal(&app.ambient, &bytes)))),
            ..Default::default()
        };
        Entity::update_many().set(row).filter(by_key).exec(&*write).await?;
    }
    write.commit().await?;
    Ok(Response::from_parts(parts, body::Body::from(bytes)))
}

/// Forgets answers given before `before`.
pub async fn prune(conn: &impl ConnectionTrait, before: Timestamp) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::CreatedAt.lt(before)).exec(conn).await?.rows_affected)
}
