//! What a partner earned, was paid and has over some days, from the book.

use std::collections::{BTreeMap, HashMap};

use ::papers::{Figures, Kind, Language, Line, Paper, Tax, What};
use jiff::civil::Date;
use kernel::{Currency, Id, Refusal, RefusalCode, Tenant, Timestamp, id};
use ledger::OwedChange;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::rules;
use crate::{
    App,
    billing_details::store::{self as details, Subject},
    conversions::entity::conversion,
    identity::Actor,
    offers, partners,
    payouts::entity::payout,
    platform::Answer,
    workspaces,
};

/// Ids in one question.
const IDS_PER_QUERY: usize = 500;
const DAYS_MAX: i32 = 3_660;

/// Which statement is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub partner: Id<id::Partner>,
    pub currency: Currency,
    /// First and last day, by the workspace's clock.
    pub days: (Date, Date),
    pub language: Language,
    /// Every entry by itself, rather than sums by offer.
    pub each: bool,
}

/// The statement as a paper. Its last figure is what the book says the partner has at the end of the last day.
pub async fn draw(app: &App, actor: &Actor, asked: Asked) -> Answer<Paper> {
    let (records, tenant) = (app.records.read(), actor.tenant);
    let workspace = workspaces::store::get(records, tenant).await?;
    let zone = workspace.zone()?;
    let (first, last) = asked.days;
    check_days(first, last)?;
    let next = last.tomorrow().map_err(|_| Refusal::new(RefusalCode::BadParameter, "to is too late"))?;
    let span = (Timestamp::start_of_day(first, &zone), Timestamp::start_of_day(next, &zone));
    let whose = (asked.partner, asked.currency);
    let opening = ledger::owed_before(records, tenant, whose, span.0).await.map_err(anyhow::Error::from)?;
    let changes = ledger::owed_between(records, tenant, whose, span).await.map_err(anyhow::Error::from)?;
    if changes.len() > ledger::OWED_MAX {
        let message = format!("a statement has at most {} entries; ask for fewer days", ledger::OWED_MAX);
        return Err(Refusal::new(RefusalCode::TooManyOfThem, message).into());
    }
    let names = Names::of(records, tenant, &changes).await?;
    let day = |at: Timestamp| at.local_day(&zone);
    let lines = if asked.each { each(&changes, &names, day) } else { sums(&changes, &names, day) };
    let too_large = || Refusal::new(RefusalCode::AmountOutOfRange, "the statement's sums are too large");
    let seller = match details::find(records, tenant, Subject::partner(asked.partner)).await? {
        Some(row) => rules::party(&row),
        None => {
            let partner = partners::store::get(records, tenant, asked.partner).await?;
            ::papers::Party { name: partner.name, email: Some(partner.email), ..Default::default() }
        }
    };
    let buyer = match details::find(records, tenant, Subject::workspace(tenant)).await? {
        Some(row) => rules::party(&row),
        None => ::papers::Party { name: workspace.name, ..Default::default() },
    };
    Ok(Paper {
        kind: Kind::Statement,
        language: asked.language,
        currency: asked.currency,
        number: None,
        issued_on: app.ambient.now().local_day(&zone),
        due_on: None,
        period: Some(asked.days),
        corrects: None,
        seller,
        buyer,
        figures: Figures::of_statement(opening, &lines).ok_or_else(too_large)?,
        lines,
        tax: Tax::default(),
        notes: Vec::new(),
    })
}

fn check_days(first: Date, last: Date) -> Result<(), Refusal> {
    let days = last.duration_since(first).as_hours() / 24;
    if (0..i64::from(DAYS_MAX)).contains(&days) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::BadParameter, "to must not lie before from, nor ten years after it"))
}

/// Names of offers by conversion, and references by payout.
struct Names {
    offers: HashMap<Id<id::Conversion>, String>,
    references: HashMap<Id<id::Payout>, String>,
}

impl Names {
    async fn of(conn: &impl ConnectionTrait, tenant: Tenant, changes: &[OwedChange]) -> Answer<Self> {
        let mut of_conversion: HashMap<Id<id::Conversion>, Id<id::Offer>> = HashMap::new();
        let conversions: Vec<_> = changes.iter().filter_map(|change| change.conversion).collect();
        for ids in conversions.chunks(IDS_PER_QUERY) {
            use conversion::Column;
            let query = conversion::Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
            let rows = query
                .filter(Column::Id.is_in(ids.iter().copied()))
                .select_only()
                .columns([Column::Id, Column::OfferId])
                .into_tuple::<(Id<id::Conversion>, Option<Id<id::Offer>>)>()
                .all(conn)
                .await?;
            of_conversion.extend(rows.into_iter().filter_map(|(id, offer)| Some((id, offer?))));
        }
        let named = offer_names(conn, tenant, of_conversion.values().copied()).await?;
        let offers = of_conversion.into_iter().filter_map(|(id, offer)| Some((id, named.get(&offer)?.clone())));
        Ok(Self { offers: offers.collect(), references: references(conn, tenant, changes).await? })
    }

    fn detail(&self, change: &OwedChange) -> Option<String> {
        let offer = change.conversion.and_then(|id| self.offers.get(&id));
        offer.or_else(|| change.payout.and_then(|id| self.references.get(&id))).cloned()
    }
}

/// Names of offers by id.
pub async fn offer_names(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: impl Iterator<Item = Id<id::Offer>>,
) -> Answer<HashMap<Id<id::Offer>, String>> {
    use offers::entity::offer;
    let ids: std::collections::HashSet<_> = ids.collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let mut names = HashMap::new();
    for ids in ids.chunks(IDS_PER_QUERY) {
        let query = offer::Entity::find().filter(offer::Column::WorkspaceId.eq(tenant.id()));
        let rows = query.filter(offer::Column::Id.is_in(ids.iter().copied())).all(conn).await?;
        names.extend(rows.into_iter().map(|row| (row.id, row.name)));
    }
    Ok(names)
}

async fn references(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    changes: &[OwedChange],
) -> Answer<HashMap<Id<id::Payout>, String>> {
    let payouts: Vec<_> = changes.iter().filter_map(|change| change.payout).collect();
    let mut references = HashMap::new();
    for ids in payouts.chunks(IDS_PER_QUERY) {
        let query = payout::Entity::find().filter(payout::Column::WorkspaceId.eq(tenant.id()));
        let rows = query.filter(payout::Column::Id.is_in(ids.iter().copied())).all(conn).await?;
        references.extend(rows.into_iter().filter_map(|row| Some((row.id, row.reference?))));
    }
    Ok(references)
}

/// Every entry with its day.
fn each(changes: &[OwedChange], names: &Names, day: impl Fn(Timestamp) -> Date) -> Vec<Line> {
    let line = |change: &OwedChange| Line {
        on: Some(day(change.at)),
        what: rules::what(change.kind),
        detail: match (names.detail(change), change.conversion) {
            (Some(offer), Some(conversion)) => Some(format!("{offer}, {conversion}")),
            (detail, conversion) => detail.or_else(|| conversion.map(|id| id.to_string())),
        },
        count: change.conversion.map(|_| 1),
        minor: change.minor,
    };
    changes.iter().map(line).collect()
}

/// Whether it is a payout, and its day; what it is, whether it was taken back, and its offer.
type Heading = (bool, Option<Date>, What, bool, Option<String>);

/// A line for each cause and offer; payouts each with their day.
fn sums(changes: &[OwedChange], names: &Names, day: impl Fn(Timestamp) -> Date) -> Vec<Line> {
    let mut lines: BTreeMap<Heading, (i64, i64)> = BTreeMap::new();
    for change in changes {
        let what = rules::what(change.kind);
        let on = what.is_payout().then(|| day(change.at));
        // What was added and what was taken back stay apart, so that the figures are those of each entry.
        let key = (what.is_payout(), on, what, change.minor < 0, names.detail(change));
        let (count, minor) = lines.entry(key).or_default();
        *count += i64::from(change.conversion.is_some());
        *minor = minor.saturating_add(change.minor);
    }
    let line = |((_, on, what, _, detail), (count, minor))| Line {
        on,
        what,
        detail,
        count: (count > 0).then_some(count),
        minor,
    };
    lines.into_iter().map(line).collect()
}
