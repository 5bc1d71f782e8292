//! Who is not paid yet, and why: what is not on file, and invoices that are not what would be sent.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use kernel::{Currency, Id, Money, Tenant, id};
use sea_orm::ConnectionTrait;
use serde::Serialize;

use super::{
    entity::OwnInvoiceState,
    rules::{self, Cover},
    store::{self, Sums},
};
use crate::{
    partners,
    payout_requirements::{
        entity::{BilledBy, PayoutRequirement},
        hold::on_hold,
        rules::Demands,
        store::demands,
    },
    platform::Answer,
};

/// Why a partner is left out of batches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// A tax form is not on file.
    TaxForm,
    /// Billing details are not on file.
    BillingDetails,
    /// It writes its own invoices, and none is accepted.
    OwnInvoice,
    /// It writes its own invoices, and what is accepted is not what is due.
    InvoiceDiffers,
    /// It writes its own invoices and has several accounts: an invoice is paid whole, to one.
    SeveralAccounts,
}

impl HoldReason {
    /// As the API calls it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TaxForm => "tax_form",
            Self::BillingDetails => "billing_details",
            Self::OwnInvoice => "own_invoice",
            Self::InvoiceDiffers => "invoice_differs",
            Self::SeveralAccounts => "several_accounts",
        }
    }
}

impl From<PayoutRequirement> for HoldReason {
    fn from(requirement: PayoutRequirement) -> Self {
        match requirement {
            PayoutRequirement::TaxForm => Self::TaxForm,
            PayoutRequirement::BillingDetails => Self::BillingDetails,
        }
    }
}

/// What is due to a partner that writes its own invoices, beside what those come to that are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(example = json!({"due": {"minor": 1600, "currency": "EUR"}, "accepted": {"minor": 800, "currency": "EUR"}}))]
pub struct Invoiced {
    /// What is payable less debt, tax included, before anything is taken from it on its way.
    pub due: Money,
    /// What the accepted invoices that no payout carries come to, tax included.
    pub accepted: Money,
}

/// Who writes its own invoices, and what the accepted ones come to that no payout carries.
pub struct Invoices {
    demands: Demands,
    accepted: Sums,
    /// Who is paid to several accounts.
    divided: HashSet<Id<id::Partner>>,
}

impl Invoices {
    pub async fn load(conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<Self> {
        let demands = demands(conn, tenant).await?;
        if !demands.is_any_own_invoice() {
            return Ok(Self { demands, accepted: Sums::new(), divided: HashSet::new() });
        }
        let accepted = store::sums(conn, tenant, (OwnInvoiceState::Accepted, None)).await?;
        Ok(Self { demands, accepted, divided: partners::store::paid_to_several(conn, tenant).await? })
    }

    pub fn writes_own(&self, partner: Id<id::Partner>) -> bool {
        self.demands.billed_by(partner) == BilledBy::OwnInvoice
    }

    /// What is accepted of a partner that writes its own, beside what is due.
    pub fn of(&self, partner: Id<id::Partner>, due: Money) -> Option<Invoiced> {
        let accepted = self.accepted.get(&(partner, due.currency)).copied().unwrap_or_default();
        self.writes_own(partner).then_some(Invoiced { due, accepted: Money::new(accepted, due.currency) })
    }

    /// Why `due` is not paid to the partner, if its invoices say so.
    pub fn reason(&self, partner: Id<id::Partner>, due: Money) -> Option<HoldReason> {
        let invoiced = self.of(partner, due)?;
        if self.divided.contains(&partner) {
            return Some(HoldReason::SeveralAccounts);
        }
        match rules::cover(invoiced.accepted, due) {
            Cover::Agrees => None,
            Cover::Missing => Some(HoldReason::OwnInvoice),
            Cover::Differs { .. } => Some(HoldReason::InvoiceDiffers),
        }
    }
}

/// All that holds partners' payouts back.
pub struct Holds {
    lacking: HashMap<Id<id::Partner>, Vec<PayoutRequirement>>,
    pub invoices: Invoices,
}

impl Holds {
    /// `today` is a day of the workspace's clock.
    pub async fn load(
        conn: &impl ConnectionTrait,
        tenant: Tenant,
        today: Date,
        partners: impl IntoIterator<Item = Id<id::Partner>>,
    ) -> Answer<Self> {
        let lacking = on_hold(conn, tenant, today, partners).await?;
        Ok(Self { lacking, invoices: Invoices::load(conn, tenant).await? })
    }

    /// Everything that keeps `due` from being paid to the partner; what is not on file alone where nothing is due.
    pub fn of(&self, partner: Id<id::Partner>, due: Option<Money>) -> Vec<HoldReason> {
        let lacking = self.lacking.get(&partner).into_iter().flatten().map(|one| HoldReason::from(*one));
        lacking.chain(due.and_then(|due| self.invoices.reason(partner, due))).collect()
    }
}

/// What is missing, in words: `due` and what is accepted where they differ.
pub fn words(reason: HoldReason, invoiced: Option<Invoiced>) -> String {
    let amount = |money: Money| {
        let decimals = money.currency.decimals().unwrap_or_default();
        format!("{} {}", kernel::money::format_amount(money.minor, decimals), money.currency)
    };
    match (reason, invoiced) {
        (HoldReason::TaxForm, _) => "no accepted tax form is on file".to_owned(),
        (HoldReason::BillingDetails, _) => "no confirmed billing details are on file".to_owned(),
        (HoldReason::OwnInvoice, Some(Invoiced { due, .. })) => {
            format!("no own invoice of {} is accepted", amount(due))
        }
        (HoldReason::InvoiceDiffers, Some(Invoiced { due, accepted })) => {
            format!("accepted invoices come to {}, and {} is due", amount(accepted), amount(due))
        }
        (HoldReason::SeveralAccounts, _) => {
            "it writes its own invoices, which are paid whole: one account has to be named".to_owned()
        }
        (HoldReason::OwnInvoice | HoldReason::InvoiceDiffers, None) => "its invoice is not accepted".to_owned(),
    }
}

/// The currencies and amounts of one partner's invoices in a state, in minor units.
pub async fn sums_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (state, partner): (OwnInvoiceState, Id<id::Partner>),
) -> Answer<HashMap<Currency, i64>> {
    let sums = store::sums(conn, tenant, (state, Some(partner))).await?;
    Ok(sums.into_iter().map(|((_, currency), minor)| (currency, minor)).collect())
}
