//! What is taken from payouts: tax that is kept back, and what transfers and being paid early cost.
//!
//! A change holds for the batches that are made after it; what a payout was drawn with stands on its row.

pub mod rules;

use std::collections::HashMap;

use kernel::{Currency, Id, Refusal, RefusalCode, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};
use serde_json::json;

use self::rules::{Fee, Terms};
use super::entity::{fee, payee_terms, terms};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    partners::{self, model::PayoutMethod, payee_accounts::WHOLE_BP},
    platform::Answer,
};

/// A fee of one transfer above this is a slip of the hand.
const FIXED_MINOR_MAX: i64 = 1_000_000;
/// Fees of one workspace.
const FEES_MAX: usize = 200;

/// What is taken from all partners' payouts in one currency.
pub struct TermsOf {
    workspace: terms::Model,
    fees: HashMap<PayoutMethod, Fee>,
    payees: HashMap<Id<id::Partner>, payee_terms::Model>,
}

impl TermsOf {
    pub async fn load(conn: &impl ConnectionTrait, tenant: Tenant, currency: Currency) -> Answer<Self> {
        let fees = fee::Entity::find()
            .filter(fee::Column::WorkspaceId.eq(tenant.id()))
            .filter(fee::Column::Currency.eq(currency.code()))
            .all(conn)
            .await?;
        let payees =
            payee_terms::Entity::find().filter(payee_terms::Column::WorkspaceId.eq(tenant.id())).all(conn).await?;
        let fee = |row: fee::Model| (row.method, Fee { fixed_minor: row.fixed_minor, share_bp: row.share_bp });
        Ok(Self {
            workspace: of_workspace(conn, tenant).await?,
            fees: fees.into_iter().map(fee).collect(),
            payees: payees.into_iter().map(|row| (row.partner_id, row)).collect(),
        })
    }

    /// What holds for a partner's payouts by one method.
    pub fn of(&self, payee: Id<id::Partner>, method: PayoutMethod) -> Terms {
        let own = self.payees.get(&payee);
        Terms {
            withheld_bp: own.map_or(0, |own| own.withheld_bp),
            fee: self.fees.get(&method).copied().unwrap_or_default(),
            fee_bearer: own.and_then(|own| own.fee_bearer).unwrap_or(self.workspace.fee_bearer),
        }
    }

    /// What being paid early costs, where it may be asked for.
    pub const fn early_share_bp(&self) -> Option<i32> {
        self.workspace.early_share_bp
    }
}

/// The workspace's own: it bears the fees, and nobody is paid early, unless it says otherwise.
pub async fn of_workspace(conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<terms::Model> {
    let found = terms::Entity::find_by_id(tenant.id()).one(conn).await?;
    let usual =
        terms::Model { workspace_id: tenant.id(), fee_bearer: terms::FeeBearer::default(), early_share_bp: None };
    Ok(found.unwrap_or(usual))
}

/// What transfers cost, by currency and method.
pub async fn fees(conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<Vec<fee::Model>> {
    let query = fee::Entity::find()
        .filter(fee::Column::WorkspaceId.eq(tenant.id()))
        .order_by_asc(fee::Column::Currency)
        .order_by_asc(fee::Column::Method);
    Ok(query.all(conn).await?)
}

/// A fee as people set it.
#[derive(Clone, Debug)]
pub struct WantedFee {
    pub method: PayoutMethod,
    pub currency: Currency,
    pub fee: Fee,
}

/// Replaces what the workspace takes.
pub async fn set(app: &App, actor: &Actor, row: terms::Model, wanted: &[WantedFee]) -> Answer<()> {
    if let Some(share_bp) = row.early_share_bp {
        require_share("early_share_bp", share_bp)?;
    }
    require_fees(wanted)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let before = told(&of_workspace(&*write, actor.tenant).await?, &fees(&*write, actor.tenant).await?);
    let (changed_by, changed_at) = (actor.user, app.ambient.now());
    let rows = wanted.iter().map(|one| fee::Model {
        workspace_id: actor.tenant.id(),
        method: one.method,
        currency: one.currency.to_string(),
        fixed_minor: one.fee.fixed_minor,
        share_bp: one.fee.share_bp,
        changed_by,
        changed_at,
    });
    let rows: Vec<_> = rows.collect();
    terms::Entity::delete_by_id(actor.tenant.id()).exec(&*write).await?;
    terms::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    fee::Entity::delete_many().filter(fee::Column::WorkspaceId.eq(actor.tenant.id())).exec(&*write).await?;
    for one in &rows {
        fee::Entity::insert(one.clone().into_active_model()).exec_without_returning(&*write).await?;
    }
    let change = Change {
        action: "payout_terms.set",
        subject: actor.tenant.id().to_string(),
        before: Some(before),
        after: Some(told(&row, &rows)),
    };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(())
}

fn told(row: &terms::Model, fees: &[fee::Model]) -> serde_json::Value {
    let fee = |one: &fee::Model| {
        json!({
            "method": one.method, "currency": one.currency, "fixed_minor": one.fixed_minor, "share_bp": one.share_bp
        })
    };
    let fees: Vec<_> = fees.iter().map(fee).collect();
    json!({"fee_bearer": row.fee_bearer, "early_share_bp": row.early_share_bp, "fees": fees})
}

fn require_fees(wanted: &[WantedFee]) -> Result<(), Refusal> {
    if wanted.len() > FEES_MAX {
        return Err(Refusal::new(RefusalCode::TooManyOfThem, format!("at most {FEES_MAX} fees")));
    }
    for (at, one) in wanted.iter().enumerate() {
        let twice = wanted[..at].iter().any(|other| (other.method, other.currency) == (one.method, one.currency));
        if twice {
            return Err(Refusal::field(format!("fees.{at}.method"), "has its fee in this currency already"));
        }
        if !(0..=FIXED_MINOR_MAX).contains(&one.fee.fixed_minor) {
            return Err(Refusal::field(
                format!("fees.{at}.fixed_minor"),
                "is more than a transfer can cost, or less than nothing",
            ));
        }
        require_share(&format!("fees.{at}.share_bp"), one.fee.share_bp)?;
    }
    Ok(())
}

/// A share leaves something: up to a half.
fn require_share(field: &str, share_bp: i32) -> Result<(), Refusal> {
    let fits = (0..=WHOLE_BP / 2).contains(&share_bp);
    if fits { Ok(()) } else { Err(Refusal::field(field, "must be 0 to 50 per cent")) }
}

/// One partner's, where it has any.
pub async fn of_payee(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: Id<id::Partner>,
) -> Answer<payee_terms::Model> {
    let query = payee_terms::Entity::find_by_id(partner).filter(payee_terms::Column::WorkspaceId.eq(tenant.id()));
    let usual = payee_terms::Model { partner_id: partner, workspace_id: tenant.id(), fee_bearer: None, withheld_bp: 0 };
    Ok(query.one(conn).await?.unwrap_or(usual))
}

/// Replaces what is taken from a partner's payouts.
pub async fn set_payee(app: &App, actor: &Actor, row: payee_terms::Model) -> Answer<payee_terms::Model> {
    require_share("withheld_bp", row.withheld_bp)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    partners::store::get(&*write, actor.tenant, row.partner_id).await?;
    let before = of_payee(&*write, actor.tenant, row.partner_id).await?;
    payee_terms::Entity::delete_by_id(row.partner_id).exec(&*write).await?;
    payee_terms::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let told = |row: &payee_terms::Model| json!({"fee_bearer": row.fee_bearer, "withheld_bp": row.withheld_bp});
    let change = Change {
        action: "partner.payout_terms_set",
        subject: row.partner_id.to_string(),
        before: Some(told(&before)),
        after: Some(told(&row)),
    };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}
