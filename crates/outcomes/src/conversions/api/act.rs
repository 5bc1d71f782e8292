//! A person judges one conversion: approve, reject, reverse, reinstate.

use axum::{Json, body::Bytes, extract::State};
use kernel::{Currency, Id, Money, Refusal, RefusalCode, id, money, reason::ConversionReason};
use serde::{Deserialize, Serialize};

use super::{shape::ConversionDetail, show};
use crate::{
    App,
    conversions::{
        Action, Mover,
        moves::{self, Order, Worksheet},
    },
    identity::{Actor, Role, permissions::CanApproveConversions},
    platform::{
        Answer, Problem,
        body::{PathId, TEXT_CHARS_MAX, optional_text},
    },
};

/// Why, and how much of it. All fields, and the body itself, may be left out.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"reason": "returned", "note": "one of two", "amount": {"minor": 2000, "currency": "EUR"}}))]
#[serde(default)]
pub struct Judgement {
    /// Code of the closed list; `manual` (for an advertiser `advertiser_other`) where it is left out.
    pub reason: Option<ConversionReason>,
    /// Plain words, kept with the move.
    pub note: Option<String>,
    /// With `reverse`: the part of the order's value to take back; all of it where it is left out.
    pub amount: Option<AmountIn>,
}

/// Minor units with their currency, or a decimal in units of the conversion's currency.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum AmountIn {
    Money(Money),
    Decimal(String),
}

impl AmountIn {
    /// # Errors
    /// `bad_currency` for another currency than `of`, `bad_amount` for what is no amount of it.
    pub fn minor(&self, of: Currency) -> Result<i64, Refusal> {
        match self {
            Self::Money(money) if money.currency == of => Ok(money.minor),
            Self::Money(_) => {
                Err(Refusal::new(RefusalCode::BadCurrency, format!("the conversion's amounts are in {of}")))
            }
            Self::Decimal(text) => money::parse_amount(text, of.decimals().unwrap_or_default())
                .map_err(|error| Refusal::new(RefusalCode::BadAmount, error.to_string())),
        }
    }
}

macro_rules! judgements {
    ($($(#[$doc:meta])* $name:ident $path:literal $action:expr;)+) => {$(
        $(#[$doc])*
        #[utoipa::path(
            post, path = $path, tag = "conversions", params(("id" = Id<id::Conversion>, Path)),
            request_body(content = Option<Judgement>), responses((status = 200, body = ConversionDetail))
        )]
        pub async fn $name(
            State(app): State<App>,
            CanApproveConversions(actor): CanApproveConversions,
            PathId(id): PathId<Id<id::Conversion>>,
            body: Bytes,
        ) -> Answer<Json<ConversionDetail>> {
            judge(&app, &actor, id, $action, &body).await
        }
    )+};
}

judgements! {
    /// Approve a pending conversion.
    approve "/v1/conversions/{id}/approve" Action::Approve;
    /// Reject a pending conversion, with a reason.
    reject "/v1/conversions/{id}/reject" Action::Reject;
    /// Take back an approved, locked or paid conversion, wholly or in part.
    reverse "/v1/conversions/{id}/reverse" Action::Reverse;
    /// Give a rejected or reversed conversion its worth again.
    reinstate "/v1/conversions/{id}/reinstate" Action::Reinstate;
}

pub(super) async fn judge(
    app: &App,
    actor: &Actor,
    id: Id<id::Conversion>,
    action: Action,
    body: &[u8],
) -> Answer<Json<ConversionDetail>> {
    let judgement = read(body)?;
    let tx = app.records.begin().await?;
    tx.lock_workspace(actor.tenant).await?;
    let mut sheet = moves::open(&*tx, actor.tenant, &app.ambient).await?;
    moves::load_conversions(&*tx, &mut sheet, &[id]).await?;
    apply(&mut sheet, actor, id, action, &judgement)?;
    let flips = sheet.caps.changes_routes();
    sheet.write(&*tx).await.map_err(conflict)?;
    let detail = show::detail(&*tx, actor, id).await?;
    tx.commit().await?;
    if flips {
        app.catch_up_routes().await?;
    }
    app.shipper.wake();
    Ok(Json(detail))
}

fn read(body: &[u8]) -> Result<Judgement, Refusal> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Judgement::default());
    }
    serde_json::from_slice(body).map_err(|error| Refusal::new(RefusalCode::BadBody, error.to_string()))
}

/// Moves one conversion of the worksheet as `actor` wishes. What the actor may not see is not there.
pub(super) fn apply(
    sheet: &mut Worksheet,
    actor: &Actor,
    id: Id<id::Conversion>,
    action: Action,
    judgement: &Judgement,
) -> Result<(), Refusal> {
    let row = sheet.get(id).map(|held| &held.conversion).ok_or_else(|| Refusal::not_found("conversion"))?;
    if actor.role == Role::Advertiser && row.advertiser_id != actor.advertiser {
        return Err(Refusal::not_found("conversion"));
    }
    let part = judgement.amount.as_ref().filter(|_| action == Action::Reverse);
    let amount_minor = part.map(|amount| amount.minor(row.currency())).transpose()?;
    let action = if amount_minor.is_some() { Action::Refund } else { action };
    let ends = matches!(action, Action::Reject | Action::Reverse | Action::Refund);
    let unsaid =
        if actor.role == Role::Advertiser { ConversionReason::AdvertiserOther } else { ConversionReason::Manual };
    let order = Order {
        action,
        amount_minor,
        reason: judgement.reason.or(ends.then_some(unsaid)),
        words: optional_text("note", judgement.note.as_deref(), TEXT_CHARS_MAX)?,
        mover: Mover::user(actor),
        at: sheet.now(),
    };
    sheet.apply(id, &order)
}

/// A reinstated conversion whose order or click belongs to another by now.
pub(super) fn conflict(error: anyhow::Error) -> Problem {
    let taken = error.downcast_ref::<sea_orm::DbErr>().and_then(sea_orm::DbErr::sql_err);
    match taken {
        Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => {
            let message = "its order, or its click and goal, belong to another conversion by now";
            Refusal::new(RefusalCode::AlreadyExists, message).into()
        }
        _ => error.into(),
    }
}
