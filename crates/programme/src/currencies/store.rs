//! Questions about units and rates.

use std::collections::HashSet;

use jiff::civil::Date;
use kernel::{Currency, Refusal, RefusalCode, Tenant, rate::Rate};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{
    entity::{rate, unit},
    rules::{Rates, days_until},
};
use crate::platform::Answer;

/// Days that one statement asks for.
const DAYS_PER_QUERY: usize = 2_000;
/// Units of one workspace.
pub const UNITS_MAX: u64 = 50;

/// Whether amounts in `currency` may be kept here: an ISO 4217 one, or a registered unit.
pub async fn is_usable(conn: &impl ConnectionTrait, tenant: Tenant, currency: Currency) -> Result<bool, DbErr> {
    if !currency.is_unit() {
        return Ok(currency.decimals().is_some());
    }
    let row = unit::Entity::find_by_id((tenant.id(), currency.code().to_owned())).one(conn).await?;
    Ok(row.is_some())
}

/// # Errors
/// `bad_currency` where it may not.
pub async fn require_usable(conn: &impl ConnectionTrait, tenant: Tenant, currency: Currency) -> Answer<()> {
    if is_usable(conn, tenant, currency).await? {
        return Ok(());
    }
    let message = if currency.is_unit() {
        format!("{currency} is not registered here; register it among the currencies")
    } else {
        format!("{currency} is neither an ISO 4217 currency nor a registered unit")
    };
    Err(Refusal::new(RefusalCode::BadCurrency, message).into())
}

pub async fn units(conn: &impl ConnectionTrait, tenant: Tenant) -> Result<Vec<unit::Model>, DbErr> {
    let mine = unit::Column::WorkspaceId.eq(tenant.id());
    unit::Entity::find().filter(mine).order_by_asc(unit::Column::Code).limit(UNITS_MAX).all(conn).await
}

/// Rates of `currencies` that may count on one of `days`; none is asked for where there is but one currency.
pub async fn rates(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    currencies: &HashSet<Currency>,
    days: &HashSet<Date>,
) -> anyhow::Result<Rates> {
    let mut rates = Rates::default();
    if currencies.len() < 2 {
        return Ok(rates);
    }
    let days: HashSet<String> = days.iter().copied().flat_map(days_until).map(|day| day.to_string()).collect();
    let days: Vec<String> = days.into_iter().collect();
    for days in days.chunks(DAYS_PER_QUERY) {
        let rows = rate::Entity::find()
            .filter(rate::Column::WorkspaceId.eq(tenant.id()))
            .filter(rate::Column::Currency.is_in(currencies.iter().map(|currency| currency.code())))
            .filter(rate::Column::Day.is_in(days))
            .all(conn)
            .await?;
        for row in rows {
            let rate = Rate::new(row.numerator.into(), row.denominator.into());
            if let Some(rate) = rate {
                rates.insert(row.currency.parse()?, row.day.parse()?, rate, row.source);
            }
        }
    }
    Ok(rates)
}
