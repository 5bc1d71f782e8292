//! What the book says somebody has: running totals, read as balances.

use std::collections::HashMap;

use kernel::{
    Currency, Id, Tenant,
    id::{Advertiser, Partner},
};
use sea_orm::{ConnectionTrait, Value};
use serde::Serialize;

use crate::{
    account::{Account, Owner},
    error::BookError,
    sql,
    totals::{self, BALANCE_COLUMNS, Total, TotalKey},
};

/// Owners asked for in one statement.
pub const OWNERS_PER_QUERY: usize = 500;
/// Partners in one answer of [`payable_by_partner`].
pub const PAYABLE_PARTNERS_MAX: u64 = 100_000;

/// A partner's money in one currency, in whole minor units, each from an account of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PartnerBalance {
    pub currency: Currency,
    /// Earned, not yet judged.
    pub pending: i64,
    /// Approved, not yet locked.
    pub approved: i64,
    /// Locked, to be paid with the next batch.
    pub payable: i64,
    /// In a batch, not yet confirmed.
    pub in_transit: i64,
    /// All that was ever paid and did not come back.
    pub paid: i64,
    /// Taken back after it was sent; comes off the next payout.
    pub debt: i64,
}

impl PartnerBalance {
    const fn empty(currency: Currency) -> Self {
        Self { currency, pending: 0, approved: 0, payable: 0, in_transit: 0, paid: 0, debt: 0 }
    }

    fn add(&mut self, account: Account, balance_minor: i64) {
        match account {
            Account::PartnerPending => self.pending = balance_minor,
            Account::PartnerApproved => self.approved = balance_minor,
            Account::PartnerPayable => self.payable = balance_minor,
            Account::InTransit => self.in_transit = balance_minor,
            Account::PartnerDebt => self.debt = balance_minor,
            // Money that left is a credit of cash.
            Account::Cash => self.paid = -balance_minor,
            _ => {}
        }
    }
}

/// An advertiser's money in one currency, in whole minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AdvertiserBalance {
    pub currency: Currency,
    /// Would be owed if everything pending were approved.
    pub pending: i64,
    /// Owed; negative where more was given back than is owed.
    pub receivable: i64,
    /// Paid in advance.
    pub prepaid: i64,
    /// All that was ever paid.
    pub paid: i64,
}

/// What lies in a partner's payable and debt accounts of one currency, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub payable_minor: i64,
    pub debt_minor: i64,
}

/// A partner to whom something is payable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payable {
    pub partner: Id<Partner>,
    pub standing: Standing,
}

/// The partner's balances, one a currency, in order of currency.
pub async fn partner_balance(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: Id<Partner>,
) -> Result<Vec<PartnerBalance>, BookError> {
    let mut balances = partner_balances(conn, tenant, &[partner]).await?;
    Ok(balances.remove(&partner).unwrap_or_default())
}

/// The balances of many partners; a partner without any entry is absent.
pub async fn partner_balances(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partners: &[Id<Partner>],
) -> Result<HashMap<Id<Partner>, Vec<PartnerBalance>>, BookError> {
    let owners: Vec<_> = partners.iter().map(|&partner| Owner::Partner(partner)).collect();
    let mut balances: HashMap<Id<Partner>, Vec<PartnerBalance>> = HashMap::new();
    for (key, total) in totals_of(conn, tenant, &owners).await? {
        let Owner::Partner(partner) = key.owner else { continue };
        let of_partner = balances.entry(partner).or_default();
        if of_partner.last().is_none_or(|last| last.currency != key.currency) {
            of_partner.push(PartnerBalance::empty(key.currency));
        }
        let last = of_partner.last_mut().expect("pushed above");
        last.add(key.account, key.account.balance(total.debit, total.credit));
    }
    Ok(balances)
}

/// The advertiser's balances, one a currency, in order of currency.
pub async fn advertiser_balance(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<Advertiser>,
) -> Result<Vec<AdvertiserBalance>, BookError> {
    let mut balances = advertiser_balances(conn, tenant, &[advertiser]).await?;
    Ok(balances.remove(&advertiser).unwrap_or_default())
}

/// The balances of many advertisers; an advertiser without any entry is absent.
pub async fn advertiser_balances(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertisers: &[Id<Advertiser>],
) -> Result<HashMap<Id<Advertiser>, Vec<AdvertiserBalance>>, BookError> {
    let owners: Vec<_> = advertisers.iter().map(|&advertiser| Owner::Advertiser(advertiser)).collect();
    let mut balances: HashMap<Id<Advertiser>, Vec<AdvertiserBalance>> = HashMap::new();
    for (key, total) in totals_of(conn, tenant, &owners).await? {
        let Owner::Advertiser(advertiser) = key.owner else { continue };
        let of_advertiser = balances.entry(advertiser).or_default();
        if of_advertiser.last().is_none_or(|last| last.currency != key.currency) {
            let currency = key.currency;
            of_advertiser.push(AdvertiserBalance { currency, pending: 0, receivable: 0, prepaid: 0, paid: 0 });
        }
        let last = of_advertiser.last_mut().expect("pushed above");
        let balance_minor = key.account.balance(total.debit, total.credit);
        match key.account {
            Account::PendingReceivable => last.pending = balance_minor,
            Account::AdvertiserReceivable => last.receivable = balance_minor,
            Account::AdvertiserPrepaid => last.prepaid = balance_minor,
            Account::Cash => last.paid = balance_minor,
            _ => {}
        }
    }
    Ok(balances)
}

/// What is payable to and owed by each of `partners`, by currency; absent means nothing of either.
pub async fn standings(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partners: &[Id<Partner>],
) -> Result<HashMap<(Id<Partner>, Currency), Standing>, BookError> {
    let balances = partner_balances(conn, tenant, partners).await?;
    let standing = |balance: PartnerBalance| Standing { payable_minor: balance.payable, debt_minor: balance.debt };
    let flat = balances.into_iter().flat_map(|(partner, of_partner)| {
        of_partner.into_iter().map(move |balance| ((partner, balance.currency), standing(balance)))
    });
    Ok(flat.collect())
}

/// All partners to whom something is payable in `currency`, in order of id, at most [`PAYABLE_PARTNERS_MAX`].
pub async fn payable_by_partner(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    currency: Currency,
) -> Result<Vec<Payable>, BookError> {
    let text = format!(
        "select p.owner_id, p.credit - p.debit, coalesce(d.debit - d.credit, 0) \
         from book_balances p left join book_balances d on d.workspace_id = p.workspace_id \
         and d.currency = p.currency and d.account = ? and d.owner_kind = p.owner_kind and d.owner_id = p.owner_id \
         where p.workspace_id = ? and p.currency = ? and p.account = ? and p.owner_kind = 1 and p.credit > p.debit \
         order by p.owner_id limit {PAYABLE_PARTNERS_MAX}"
    );
    let values = vec![
        Account::PartnerDebt.code().into(),
        tenant.id().into(),
        currency.code().into(),
        Account::PartnerPayable.code().into(),
    ];
    let rows = sql::query(conn, &text, values).await?;
    let payable = rows.iter().map(|row| {
        let standing = Standing { payable_minor: row.try_get_by_index(1)?, debt_minor: row.try_get_by_index(2)? };
        Ok(Payable { partner: row.try_get_by_index(0)?, standing })
    });
    payable.collect()
}

/// The currencies in which something is payable, in order.
pub async fn payable_currencies(conn: &impl ConnectionTrait, tenant: Tenant) -> Result<Vec<Currency>, BookError> {
    let text = "select distinct currency from book_balances where workspace_id = ? and account = ? and credit > debit \
                order by currency";
    let rows = sql::query(conn, text, vec![tenant.id().into(), Account::PartnerPayable.code().into()]).await?;
    let codes = rows.iter().map(|row| row.try_get_by_index::<String>(0)).collect::<Result<Vec<_>, _>>()?;
    Ok(codes.iter().filter_map(|code| Currency::from_code(code)).collect())
}

/// The totals of `owners`, in order of currency.
async fn totals_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    owners: &[Owner],
) -> Result<Vec<(TotalKey, Total)>, BookError> {
    let mut found = Vec::new();
    for owners in owners.chunks(OWNERS_PER_QUERY) {
        let text = format!(
            "select {BALANCE_COLUMNS} from book_balances \
             where workspace_id = ? and owner_kind <> 0 and owner_id in ({}) order by currency",
            sql::placeholders(owners.len())
        );
        let ids = owners.iter().map(|owner| Value::from(Id::<Partner>::from_u128(owner.raw_id())));
        let values = std::iter::once(tenant.id().into()).chain(ids).collect();
        for row in sql::query(conn, &text, values).await? {
            found.push(totals::read(&row)?);
        }
    }
    Ok(found)
}
