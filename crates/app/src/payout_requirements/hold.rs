//! Who is not paid, and what it lacks.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use kernel::{Id, Tenant, id};
use sea_orm::ConnectionTrait;

use super::{
    entity::PayoutRequirement::{self, BillingDetails, TaxForm},
    rules, store,
};
use crate::{billing_details, platform::Answer, tax_forms};

/// What partners lack, by partner; whoever lacks nothing is not in it. `today` is a day of the workspace's clock.
pub async fn on_hold(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    today: Date,
    partners: impl IntoIterator<Item = Id<id::Partner>>,
) -> Answer<HashMap<Id<id::Partner>, Vec<PayoutRequirement>>> {
    let demands = store::demands(conn, tenant).await?;
    let mut on_file: HashMap<PayoutRequirement, HashSet<_>> = HashMap::new();
    if demands.is_anywhere(TaxForm) {
        on_file.insert(TaxForm, tax_forms::store::on_file(conn, tenant, today).await?);
    }
    if demands.is_anywhere(BillingDetails) {
        on_file.insert(BillingDetails, billing_details::store::confirmed_partners(conn, tenant).await?);
    }
    Ok(rules::lacking(&demands, partners, &on_file))
}
