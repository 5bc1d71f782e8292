//! Which invoices a list holds: lists and the payday board count alike.

use jiff::{civil::Date, tz::TimeZone};
use kernel::{Id, Tenant, id};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, Select};
use serde::Deserialize;

use super::entity::invoice::{Column, Entity, InvoiceState};
use crate::results::model::Month;

/// Which invoices are wanted.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InvoiceFilter {
    pub advertiser_id: Option<Id<id::Advertiser>>,
    /// `overdue`: issued and past its day.
    pub state: Option<InvoiceState>,
    /// Those whose period has a moment of this month, such as `2026-11`, by the workspace's clock.
    #[param(value_type = Option<String>)]
    pub month: Option<Month>,
}

/// The invoices that a filter leaves on a day; months are those of `zone`.
pub fn invoices(tenant: Tenant, filter: &InvoiceFilter, (today, zone): (Date, &TimeZone)) -> Select<Entity> {
    let mut those =
        Condition::all().add_option(filter.advertiser_id.map(|advertiser| Column::AdvertiserId.eq(advertiser)));
    those = match filter.state {
        None => those,
        Some(InvoiceState::Overdue) => {
            those.add(Column::State.eq(InvoiceState::Issued)).add(Column::DueOn.lt(today.to_string()))
        }
        Some(state) => those.add(Column::State.eq(state)),
    };
    if let Some(month) = filter.month {
        let (from, to) = month.span(zone);
        those = those.add(Column::FromAt.lt(to)).add(Column::ToAt.gt(from));
    }
    Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(those)
}
