//! What is due to a partner with several accounts, part by part.
//!
//! Nothing is set aside: what each account has had since its split holds is read from the payouts themselves, so that a
//! payout that fails or comes back is its account's again.

pub mod rules;

use std::collections::HashMap;

use kernel::{Currency, Id, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};

use self::rules::Account;
use super::{
    entity::{
        payout::{self, PayoutState},
        terms::FeeBearer,
    },
    terms::{
        TermsOf,
        rules::{Deductions, Terms},
    },
};
use crate::{
    partners::model::{Model as Partner, PayoutMethod},
    platform::Answer,
};

/// Splits that one question names, below the bind limits of both databases.
const SPLITS_PER_QUERY: usize = 500;

/// One account of a partner, with what is taken from what goes there.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub method: PayoutMethod,
    pub account: Account,
    pub terms: Terms,
}

/// What went to each account of splits in one currency, by its place.
pub struct Drawn(HashMap<Place, i64>);

/// A split, and an account's place in it.
type Place = (Id<id::PayoutSplit>, i32);

impl Drawn {
    pub async fn load(
        conn: &impl ConnectionTrait,
        tenant: Tenant,
        currency: Currency,
        payees: impl Iterator<Item = &Partner>,
    ) -> Answer<Self> {
        let splits: Vec<_> = payees.filter_map(|payee| Some(payee.payout_split.as_ref()?.id)).collect();
        let mut drawn = HashMap::new();
        for chunk in splits.chunks(SPLITS_PER_QUERY) {
            for (place, minor) in sums(conn, tenant, (currency, chunk)).await? {
                *drawn.entry(place).or_default() += minor;
            }
        }
        Ok(Self(drawn))
    }

    /// The accounts of a partner, the main one first.
    pub fn parts(&self, payee: &Partner, terms: &TermsOf) -> Vec<Part> {
        let split = payee.payout_split.as_ref().map(|split| split.id);
        let drawn = |place: i32| split.and_then(|split| self.0.get(&(split, place)).copied()).unwrap_or_default();
        let part = |(place, (method, share_bp)): (i32, (PayoutMethod, i32))| Part {
            method,
            account: Account { share_bp, drawn_minor: drawn(place) },
            terms: terms.of(payee.id, method),
        };
        (0..).zip(payee.payee_shares()).map(part).collect()
    }
}

type Row = (Id<id::PayoutSplit>, i32, FeeBearer, i64, i64, i64, i64);

/// What went to accounts and has not failed, with what was taken from it; the parts of one whole by who bore the transfer.
async fn sums(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (currency, splits): (Currency, &[Id<id::PayoutSplit>]),
) -> Answer<Vec<(Place, i64)>> {
    use payout::Column;
    let sum = |column: Column| Expr::col((payout::Entity, column)).sum().cast_as("bigint");
    let rows: Vec<Row> = payout::Entity::find()
        .select_only()
        .columns([Column::SplitId, Column::AccountPlace, Column::FeeBearer])
        .column_as(sum(Column::AmountMinor), "sum_amount")
        .column_as(sum(Column::WithheldMinor), "sum_withheld")
        .column_as(sum(Column::EarlyFeeMinor), "sum_early_fee")
        .column_as(sum(Column::FeeMinor), "sum_fee")
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::Currency.eq(currency.code()))
        .filter(Column::SplitId.is_in(splits.iter().copied()))
        .filter(Column::State.is_in([PayoutState::InTransit, PayoutState::Paid]))
        .group_by(Column::SplitId)
        .group_by(Column::AccountPlace)
        .group_by(Column::FeeBearer)
        .into_tuple()
        .all(conn)
        .await?;
    let told = |(split, place, fee_bearer, amount_minor, withheld_minor, early_fee_minor, fee_minor): Row| {
        let taken = Deductions { withheld_minor, early_fee_minor, fee_minor, fee_bearer };
        ((split, place), amount_minor + taken.of_partner_minor())
    };
    Ok(rows.into_iter().map(told).collect())
}
