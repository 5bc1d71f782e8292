//! What the book charged an advertiser and no invoice holds yet.

use std::collections::HashMap;

use kernel::{Currency, Id, Refusal, RefusalCode, Tenant, Timestamp, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::{
    entity::{
        fee,
        invoice::{FeeLine, Lines, item},
    },
    rules::{self, LineKey, Owing},
};
use crate::{accruals::entity::posting, conversions::entity::conversion, platform::Answer};

/// Ids in one question.
const IDS_PER_QUERY: usize = 500;

/// By conversion, or by entry where there is none.
type Subject = (Option<Id<id::Conversion>>, Option<Id<id::BookEntry>>);

/// What was charged before a moment less what living invoices hold of it, each cause by itself.
pub async fn owing(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (advertiser, currency): (Id<id::Advertiser>, Currency),
    before: Timestamp,
) -> Answer<Vec<Owing>> {
    let charges = ledger::charges(conn, tenant, advertiser, currency, before).await.map_err(anyhow::Error::from)?;
    if charges.len() > ledger::CHARGES_MAX {
        let message = format!("an advertiser with more than {} charges is not invoiced here", ledger::CHARGES_MAX);
        return Err(Refusal::new(RefusalCode::TooManyOfThem, message).into());
    }
    let invoiced = invoiced(conn, tenant, advertiser, currency).await?;
    let owing = charges.into_iter().map(|charge| {
        let known = invoiced.get(&(charge.conversion, charge.entry));
        Owing {
            conversion: charge.conversion,
            entry: charge.entry,
            correction: known.is_some(),
            minor: charge.minor - known.copied().unwrap_or_default(),
        }
    });
    Ok(owing.filter(|one| one.minor != 0).collect())
}

/// What living invoices and drafts hold.
async fn invoiced(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    currency: Currency,
) -> Answer<HashMap<Subject, i64>> {
    use item::Column;
    let sum = Expr::col((item::Entity, Column::AmountMinor)).sum().cast_as("bigint");
    let rows = item::Entity::find()
        .select_only()
        .column(Column::ConversionId)
        .column(Column::EntryId)
        .column_as(sum, "amount_minor")
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::AdvertiserId.eq(advertiser))
        .filter(Column::Currency.eq(currency.code()))
        .filter(Column::IsLive.eq(true))
        .group_by(Column::ConversionId)
        .group_by(Column::EntryId)
        .into_tuple::<(Option<Id<id::Conversion>>, Option<Id<id::BookEntry>>, i64)>()
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|(conversion, entry, minor)| ((conversion, entry), minor)).collect())
}

/// What is owed as lines, one for each offer, goal, fee and whether it corrects, and their sum.
pub async fn lines(conn: &impl ConnectionTrait, tenant: Tenant, owing: &[Owing]) -> Answer<(Lines, i64)> {
    let offers = Offers::of(conn, tenant, owing).await?;
    let too_much = || Refusal::new(RefusalCode::AmountOutOfRange, "the invoice's total is too large");
    let keyed = owing.iter().map(|one| (offers.key(one), one.minor));
    let lines = rules::lines(keyed).ok_or_else(too_much)?;
    let net = lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(line.amount_minor));
    let net = net.filter(|net| net.abs() <= rules::AMOUNT_MINOR_MAX).ok_or_else(too_much)?;
    Ok((Lines(lines), net))
}

/// Which offer and goal a conversion is of.
type OfferAndGoal = (Option<Id<id::Offer>>, Option<Id<id::Goal>>);

/// Whose offers, goals and fees the causes are.
#[derive(Default)]
struct Offers {
    conversions: HashMap<Id<id::Conversion>, OfferAndGoal>,
    postings: HashMap<Id<id::BookEntry>, Id<id::Offer>>,
    fees: HashMap<Id<id::BookEntry>, FeeLine>,
}

impl Offers {
    async fn of(conn: &impl ConnectionTrait, tenant: Tenant, owing: &[Owing]) -> Answer<Self> {
        let mut offers = Self::default();
        let conversions: Vec<_> = owing.iter().filter_map(|one| one.conversion).collect();
        for ids in conversions.chunks(IDS_PER_QUERY) {
            use conversion::Column;
            let query = conversion::Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
            let rows = query
                .filter(Column::Id.is_in(ids.iter().copied()))
                .select_only()
                .columns([Column::Id, Column::OfferId, Column::GoalId])
                .into_tuple::<(Id<id::Conversion>, _, _)>()
                .all(conn)
                .await?;
            offers.conversions.extend(rows.into_iter().map(|(id, offer, goal)| (id, (offer, goal))));
        }
        let entries: Vec<_> = owing.iter().filter_map(|one| one.entry).collect();
        for ids in entries.chunks(IDS_PER_QUERY) {
            use posting::Column;
            let query = posting::Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
            for row in query.filter(Column::EntryId.is_in(ids.iter().copied())).all(conn).await? {
                offers.postings.extend(row.entry_id.map(|entry| (entry, row.offer_id)));
            }
            let query = fee::Entity::find().filter(fee::Column::WorkspaceId.eq(tenant.id()));
            let rows = query.filter(fee::Column::EntryId.is_in(ids.iter().copied())).all(conn).await?;
            offers.fees.extend(rows.into_iter().map(|row| (row.entry_id, fee_line(row))));
        }
        Ok(offers)
    }

    fn key(&self, one: &Owing) -> LineKey {
        let of_conversion = one.conversion.and_then(|id| self.conversions.get(&id)).copied();
        let of_entry = one.entry.and_then(|id| self.postings.get(&id)).copied();
        let (offer, goal) = of_conversion.unwrap_or((of_entry, None));
        let fee = one.entry.and_then(|id| self.fees.get(&id)).cloned();
        (fee, offer, goal, one.correction)
    }
}

fn fee_line(row: fee::Model) -> FeeLine {
    let fee::Model { from_on, to_on, kind, name, days, of_days, .. } = row;
    FeeLine { from: from_on, to: to_on, kind, name, days, of_days }
}
