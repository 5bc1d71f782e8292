//! Where one partner stands with each thing that is demanded of it.

use jiff::civil::Date;
use kernel::{Id, Tenant, id};
use sea_orm::ConnectionTrait;

use super::{
    entity::{BilledBy, PayoutRequirement, PayoutRequirements},
    store,
};
use crate::{
    billing_details::store::{self as details, Subject},
    platform::Answer,
    tax_forms::{
        self,
        rules::{OnFile, on_file},
    },
};

/// What is demanded of a partner, and how it stands with it.
#[derive(Debug)]
pub struct Standing {
    /// Beyond what is demanded of all.
    pub of_partner: PayoutRequirements,
    pub each: Vec<(PayoutRequirement, OnFile)>,
    pub billed_by: BilledBy,
    /// Where it was said of this partner alone.
    pub billed_by_of_partner: Option<BilledBy>,
}

/// Where a partner stands on a day of the workspace's clock.
pub async fn of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (partner, today): (Id<id::Partner>, Date),
) -> Answer<Standing> {
    let mut demands = store::demands(conn, tenant).await?;
    let mut each = Vec::new();
    for requirement in demands.of(partner) {
        let stands = match requirement {
            PayoutRequirement::TaxForm => on_file(&tax_forms::store::of_partner(conn, tenant, partner).await?, today),
            PayoutRequirement::BillingDetails => match details::find(conn, tenant, Subject::partner(partner)).await? {
                None => OnFile::Missing,
                Some(row) if row.confirmed_by.is_none() => OnFile::InReview,
                Some(_) => OnFile::Met,
            },
        };
        each.push((requirement, stands));
    }
    Ok(Standing {
        billed_by: demands.billed_by(partner),
        billed_by_of_partner: demands.bills_of_one.remove(&partner),
        of_partner: demands.of_one.remove(&partner).unwrap_or_default(),
        each,
    })
}
