//! Currencies, units and rates over HTTP.

use axum::{Json, extract::State};
use jiff::civil::Date;
use kernel::{Currency, Decimal8, Refusal, Timestamp, rate::Rate};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde::{Deserialize, Serialize};

use super::{
    change::{self, ByHand},
    entity::rate::{self, RateSource},
    store,
};
use crate::{
    App,
    identity::permissions::{CanSeeRates, CanSetRates},
    platform::{Answer, Body, body::Params},
};

/// Rates in one answer, the newest.
const RATES_MAX: u64 = 500;

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"code": "USDT", "decimals": 6, "is_registered": true}))]
pub struct UnitOut {
    pub code: &'static str,
    pub decimals: u32,
    /// Amounts in it may be kept here.
    pub is_registered: bool,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "currency": "USD", "day": "2026-11-20", "per_euro": "1.0825", "in_euro": "0.92378753", "source": "ecb",
    "created_at": "2026-11-20T16:00:00.000Z"
}))]
pub struct RateOut {
    pub currency: String,
    pub day: String,
    /// Units of the currency for one euro.
    pub per_euro: Decimal8,
    /// Euro for one unit.
    pub in_euro: Decimal8,
    pub source: RateSource,
    pub created_at: Timestamp,
}

impl RateOut {
    fn of(row: rate::Model) -> Option<Self> {
        let rate = Rate::new(row.numerator.into(), row.denominator.into())?;
        Some(Self {
            currency: row.currency,
            day: row.day,
            per_euro: rate.inverse().rounded(),
            in_euro: rate.rounded(),
            source: row.source,
            created_at: row.created_at,
        })
    }
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "units": [{"code": "USDT", "decimals": 6, "is_registered": true}],
    "rates": [{"currency": "USD", "day": "2026-11-20", "per_euro": "1.0825", "in_euro": "0.92378753", "source": "ecb",
        "created_at": "2026-11-20T16:00:00.000Z"}]
}))]
pub struct CurrenciesOut {
    /// Every unit that may be registered.
    pub units: Vec<UnitOut>,
    /// Newest day first.
    pub rates: Vec<RateOut>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RateFilter {
    /// Of this currency alone.
    pub currency: Option<Currency>,
    /// Of this day alone, such as `2026-11-20`.
    pub day: Option<String>,
}

/// Units that may be used as money here, and what currencies were worth by day.
#[utoipa::path(
    get, path = "/v1/currencies", tag = "currencies", params(RateFilter), responses((status = 200, body = CurrenciesOut))
)]
pub async fn list(
    State(app): State<App>,
    CanSeeRates(actor): CanSeeRates,
    Params(filter): Params<RateFilter>,
) -> Answer<Json<CurrenciesOut>> {
    let records = app.records.read();
    let registered = store::units(records, actor.tenant).await?;
    let unit = |(code, decimals): &(&'static str, u32)| UnitOut {
        code,
        decimals: *decimals,
        is_registered: registered.iter().any(|row| row.code == *code),
    };
    let mut query = rate::Entity::find().filter(rate::Column::WorkspaceId.eq(actor.tenant.id()));
    if let Some(currency) = filter.currency {
        query = query.filter(rate::Column::Currency.eq(currency.code()));
    }
    if let Some(day) = &filter.day {
        query = query.filter(rate::Column::Day.eq(self::day("day", day)?.to_string()));
    }
    let query = query.order_by_desc(rate::Column::Day).order_by_asc(rate::Column::Currency).limit(RATES_MAX);
    let rates = query.all(records).await?.into_iter().filter_map(RateOut::of).collect();
    Ok(Json(CurrenciesOut { units: Currency::UNITS.iter().map(unit).collect(), rates }))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"code": "USDT"}))]
#[serde(deny_unknown_fields)]
pub struct UnitIn {
    pub code: Currency,
}

/// Register a unit, such as USDT, as money of this workspace.
#[utoipa::path(
    post, path = "/v1/currencies/units", tag = "currencies", request_body = UnitIn,
    responses((status = 200, body = CurrenciesOut))
)]
pub async fn register(
    State(app): State<App>,
    CanSetRates(actor): CanSetRates,
    Body(body): Body<UnitIn>,
) -> Answer<Json<CurrenciesOut>> {
    change::register_unit(&app, &actor, body.code).await?;
    list(State(app), CanSeeRates(actor), Params(RateFilter { currency: None, day: None })).await
}

/// One of `from` is `rate` of `to`.
#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"day": "2026-11-22", "from": "EUR", "to": "USDT", "rate": "1.0819"}))]
#[serde(deny_unknown_fields)]
pub struct RateIn {
    #[schema(value_type = String, format = Date)]
    pub day: String,
    pub from: Currency,
    pub to: Currency,
    pub rate: Decimal8,
}

/// Set a rate by hand. It counts from that day until the next one that is known, for at most a week.
#[utoipa::path(
    put, path = "/v1/currencies/rates", tag = "currencies", request_body = RateIn,
    responses((status = 200, body = RateOut), (status = 409, description = "`rate_unknown`"))
)]
pub async fn set(
    State(app): State<App>,
    CanSetRates(actor): CanSetRates,
    Body(body): Body<RateIn>,
) -> Answer<Json<RateOut>> {
    let said = ByHand { day: day("day", &body.day)?, from: body.from, to: body.to, rate: body.rate };
    let row = change::set_by_hand(&app, &actor, said).await?;
    Ok(Json(RateOut::of(row).expect("it was made from a rate")))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"csv": "Date,USD,JPY\n2026-11-20,1.0825,161.37\n"}))]
#[serde(deny_unknown_fields)]
pub struct RateFile {
    /// The file as the European Central Bank publishes it: `Date,USD,JPY,…`, units for one euro.
    pub csv: String,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"rates": 30, "days": 1, "first_day": "2026-11-20", "last_day": "2026-11-20"}))]
pub struct RatesBrought {
    pub rates: usize,
    pub days: usize,
    pub first_day: String,
    pub last_day: String,
}

/// Bring the European Central Bank's file of reference rates, its history or the latest day.
#[utoipa::path(
    post, path = "/v1/currencies/rates/file", tag = "currencies", request_body = RateFile,
    responses((status = 200, body = RatesBrought), (status = 400, description = "`bad_rate_file`"))
)]
pub async fn bring(
    State(app): State<App>,
    CanSetRates(actor): CanSetRates,
    Body(file): Body<RateFile>,
) -> Answer<Json<RatesBrought>> {
    let cells = change::bring_file(&app, &actor, &file.csv).await?;
    let days: std::collections::BTreeSet<_> = cells.iter().map(|cell| cell.day).collect();
    let told = |day: Option<&Date>| day.map(ToString::to_string).unwrap_or_default();
    Ok(Json(RatesBrought {
        rates: cells.len(),
        days: days.len(),
        first_day: told(days.first()),
        last_day: told(days.last()),
    }))
}

fn day(field: &str, text: &str) -> Result<Date, Refusal> {
    text.parse().map_err(|_| Refusal::field(field, "must be a day such as 2026-11-22"))
}
