//! Closing a month with an advertiser: what each partner's customers brought, what of it is earned, and the book.
//!
//! A month counts all figures of its days and of earlier ones that no month has counted yet: those are corrections, or
//! days of customers who were nobody's before. Customers who belong to nobody wait; those of partners without a deal are
//! counted for nothing.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan as _;
use kernel::{Id, Money, Refusal, RefusalCode, Tenant, id};
use ledger::{BesideEarning, Stamp, entries};
use sea_orm::{ConnectionTrait, EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::{
    entity::{closed, formula, isolated, owner, part, statement, terms},
    model::{CarriedList, CustomerFigures, Month, OwnedBy},
    rules::{
        formula::net_revenue,
        share::{self, Part, Placed},
    },
    store,
};
use crate::{
    App,
    audit::Change,
    partners,
    platform::{
        Answer, WriteTransaction, audit_trail,
        audit_trail::Author,
        bulk::{insert_all, replace_all},
    },
    workspaces,
};

/// A month worked out.
pub struct Draft {
    pub month: Month,
    pub formula: formula::Model,
    pub terms: Vec<terms::Model>,
    pub statements: Vec<(statement::Model, Vec<part::Model>)>,
    /// Customers with figures who belong to nobody yet.
    pub unowned_count: usize,
    /// Customers of partners without a deal.
    pub without_terms_count: usize,
    owners: Vec<owner::Model>,
    counted: Vec<Id<id::Customer>>,
}

/// What is read once for a month.
struct Sheet<'a> {
    app: &'a App,
    tenant: Tenant,
    month: Month,
    formula: formula::Model,
    terms: Vec<terms::Model>,
    sums: HashMap<Id<id::Customer>, CustomerFigures>,
    corrections: HashMap<Id<id::Customer>, CustomerFigures>,
    isolated: HashMap<Id<id::Customer>, isolated::Model>,
}

/// Works a month out without writing anything.
pub async fn work_out(
    app: &App,
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    month: Month,
) -> Answer<Draft> {
    let formula = store::formula(conn, tenant, advertiser).await?;
    let formula = formula.ok_or_else(|| Refusal::field("advertiser_id", "has no formula of net revenue yet"))?;
    let last = store::last_closed(conn, tenant, advertiser).await?;
    if last.is_some_and(|last| month <= last) {
        return Err(Refusal::new(RefusalCode::MonthClosed, format!("{month} is closed already")).into());
    }
    let before = month.first_day().saturating_sub(1.day());
    let sheet = Sheet {
        app,
        tenant,
        month,
        formula,
        terms: store::terms_of(conn, tenant, advertiser).await?,
        sums: store::open_sums(conn, tenant, advertiser, month.last_day()).await?,
        corrections: store::open_sums(conn, tenant, advertiser, before).await?,
        isolated: store::isolated(conn, tenant, advertiser).await?,
    };
    sheet.draft(conn).await
}

impl Sheet<'_> {
    async fn draft(self, conn: &impl ConnectionTrait) -> Answer<Draft> {
        let mut customers: Vec<Id<id::Customer>> = self.sums.keys().copied().collect();
        customers.sort_unstable();
        let known = store::owners(conn, self.tenant, &customers).await?;
        let unknown: Vec<_> = customers.iter().copied().filter(|customer| !known.contains_key(customer)).collect();
        let found = self.find_owners(conn, &unknown).await?;
        let mut by_partner: BTreeMap<Id<id::Partner>, Vec<Id<id::Customer>>> = BTreeMap::new();
        for owner in known.values().chain(&found) {
            by_partner.entry(owner.partner_id).or_default().push(owner.customer_id);
        }
        let partners = partners::store::get_many(conn, self.tenant, by_partner.keys().copied()).await?;
        let mut counted = Vec::with_capacity(customers.len());
        let (mut statements, mut without_terms_count) = (Vec::new(), 0);
        for (partner, mut own) in by_partner {
            own.sort_unstable();
            counted.extend(own.iter().copied());
            let group = partners.get(&partner).and_then(|row| row.partner_group.as_deref());
            match store::terms_for(&self.terms, partner, group, self.month) {
                Some(terms) => {
                    let advertiser = self.formula.advertiser_id;
                    let last = store::last_statement(conn, self.tenant, advertiser, partner).await?;
                    let carried = last.map(|last| last.carried_out).unwrap_or_default();
                    statements.push(self.statement(partner, terms, &own, &carried)?);
                }
                None => without_terms_count += own.len(),
            }
        }
        let unowned_count = customers.len() - counted.len();
        let Self { month, formula, terms, .. } = self;
        Ok(Draft { month, formula, terms, statements, unowned_count, without_terms_count, owners: found, counted })
    }

    /// A customer belongs to the partner it was bound to when a conversion was attributed, else to the partner of its first
    /// approved conversion.
    async fn find_owners(
        &self,
        conn: &impl ConnectionTrait,
        customers: &[Id<id::Customer>],
    ) -> Answer<Vec<owner::Model>> {
        let rows = store::customers(conn, self.tenant, customers).await?;
        let first = store::first_partners(conn, self.tenant, customers).await?;
        let mut owners = Vec::new();
        for customer in customers {
            let bound = rows.get(customer).and_then(|row| Some((row.bound_partner_id?, row.first_seen_at)));
            let found = match (bound, first.get(customer)) {
                (Some((partner, at)), _) => Some((partner, at, OwnedBy::Binding)),
                (None, Some(&(partner, at))) => Some((partner, at, OwnedBy::FirstConversion)),
                (None, None) => None,
            };
            let Some((partner_id, since, owned_by)) = found else { continue };
            owners.push(owner::Model {
                customer_id: *customer,
                workspace_id: self.tenant.id(),
                advertiser_id: self.formula.advertiser_id,
                partner_id,
                owned_by,
                since,
            });
        }
        Ok(owners)
    }

    fn statement(
        &self,
        partner: Id<id::Partner>,
        terms: &terms::Model,
        customers: &[Id<id::Customer>],
        carried: &CarriedList,
    ) -> Result<(statement::Model, Vec<part::Model>), Refusal> {
        let agreed = terms.agreed();
        let id = self.app.ambient.new_id();
        let parts = customers.iter().map(|customer| self.part(id, *customer, agreed.high_roller_minor));
        let parts = parts.collect::<Result<Vec<_>, Refusal>>()?;
        let placed: Vec<Placed> = parts
            .iter()
            .map(|part| Placed { counted_minor: part.counted_minor, apart_after_minor: part.apart_after_minor })
            .collect();
        let correction_minor = self.correction_that_counts(&parts)?;
        let counted = share::Counted { month: self.month, parts: &placed, correction_minor };
        let share = share::settle(&agreed, &counted, carried).ok_or_else(too_large)?;
        let corrected = customers.iter().filter_map(|customer| self.corrections.get(customer));
        let corrected = corrected.fold(CustomerFigures::default(), |sum, figures| sum.plus(figures));
        let row = statement::Model {
            id,
            workspace_id: self.tenant.id(),
            advertiser_id: self.formula.advertiser_id,
            partner_id: partner,
            month: self.month.to_string(),
            formula_id: self.formula.id,
            terms_id: terms.id,
            currency: self.formula.currency.clone(),
            figures: parts.iter().fold(CustomerFigures::default(), |sum, part| sum.plus(&part.figures)),
            customers_count: parts.len() as i64,
            net_minor: share.net_minor,
            correction_minor: net_revenue(&self.formula.terms.0, &corrected).ok_or_else(too_large)?,
            apart_minor: parts.iter().map(|part| part.apart_after_minor - part.apart_before_minor).sum(),
            carried_in_minor: share.carried_in_minor,
            base_minor: share.base_minor,
            carried_out_minor: share.carried_out.sum_minor(),
            carried_out: share.carried_out,
            earned_minor: share.earned_minor,
            charged_minor: share.charged_minor,
            lock_at: self.app.ambient.now(),
            locked_at: None,
            created_at: self.app.ambient.now(),
        };
        Ok((row, parts))
    }

    /// What corrects earlier months, without customers who are kept apart.
    fn correction_that_counts(&self, parts: &[part::Model]) -> Result<i64, Refusal> {
        let together = parts.iter().filter(|part| (part.apart_before_minor, part.apart_after_minor) == (0, 0));
        let corrected = together.filter_map(|part| self.corrections.get(&part.customer_id));
        let corrected = corrected.fold(CustomerFigures::default(), |sum, figures| sum.plus(figures));
        net_revenue(&self.formula.terms.0, &corrected).ok_or_else(too_large)
    }

    fn part(
        &self,
        statement: Id<id::RevenueShareStatement>,
        customer: Id<id::Customer>,
        high_roller_minor: Option<i64>,
    ) -> Result<part::Model, Refusal> {
        let figures = self.sums.get(&customer).copied().unwrap_or_default();
        let net_minor = net_revenue(&self.formula.terms.0, &figures).ok_or_else(too_large)?;
        let apart_before_minor = self.isolated.get(&customer).map_or(0, |row| row.balance_minor);
        let placed = share::place(Part { net_minor, apart_before_minor }, high_roller_minor);
        Ok(part::Model {
            id: self.app.ambient.new_id(),
            workspace_id: self.tenant.id(),
            statement_id: statement,
            customer_id: customer,
            figures,
            net_minor,
            counted_minor: placed.counted_minor,
            apart_before_minor,
            apart_after_minor: placed.apart_after_minor,
        })
    }
}

fn too_large() -> Refusal {
    Refusal::new(RefusalCode::AmountOutOfRange, "the month's net revenue is beyond what can be booked")
}

/// Closes a month: statements, what is kept apart and carried, the book, in one transaction.
///
/// # Errors
/// `month_closed`, `month_not_over`.
pub async fn close(app: &App, author: Author, advertiser: Id<id::Advertiser>, month: Month) -> Answer<Draft> {
    let tenant = author.tenant;
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let zone = workspaces::store::get(&*write, tenant).await?.zone()?;
    let now = app.ambient.now();
    if now.local_day(&zone) <= month.last_day() {
        return Err(Refusal::new(RefusalCode::MonthNotOver, format!("{month} is not over yet")).into());
    }
    let mut draft = work_out(app, &*write, tenant, advertiser, month).await?;
    for (row, _) in &mut draft.statements {
        let hold = draft.terms.iter().find(|terms| terms.id == row.terms_id).map_or(0, |terms| terms.hold_days);
        row.lock_at = now.start_of_local_day_after(i64::from(hold), &zone);
    }
    put(app, &write, author, &draft).await?;
    write.commit().await?;
    Ok(draft)
}

async fn put(app: &App, write: &WriteTransaction, author: Author, draft: &Draft) -> Answer<()> {
    let (tenant, month) = (author.tenant, draft.month);
    let advertiser = draft.formula.advertiser_id;
    let rows: Vec<statement::Model> = draft.statements.iter().map(|(row, _)| row.clone()).collect();
    let parts: Vec<part::Model> = draft.statements.iter().flat_map(|(_, parts)| parts.clone()).collect();
    let apart = apart(draft);
    let entries: Vec<_> = rows.iter().map(|row| entry(app, row)).collect();
    let earned_minor = rows.iter().fold(0_i64, |sum, row| sum.saturating_add(row.earned_minor));
    let owners: Vec<_> = draft.owners.iter().cloned().map(|row| row.into_active_model()).collect();
    insert_all(&**write, owners).await?;
    insert_all(&**write, rows.into_iter().map(|row| row.into_active_model()).collect::<Vec<_>>()).await?;
    insert_all(&**write, parts.into_iter().map(|row| row.into_active_model()).collect::<Vec<_>>()).await?;
    replace_all(&**write, apart, isolated::Column::CustomerId).await?;
    store::count_in(&**write, tenant, advertiser, month, &draft.counted).await?;
    ledger::post(&**write, tenant, &entries).await.map_err(anyhow::Error::from)?;
    let closed = closed::Model {
        id: app.ambient.new_id(),
        workspace_id: tenant.id(),
        advertiser_id: advertiser,
        month: month.to_string(),
        closed_by: author.user,
        closed_at: app.ambient.now(),
    };
    closed::Entity::insert(closed.into_active_model()).exec_without_returning(&**write).await?;
    let after = json!({
        "month": month, "statements": draft.statements.len(), "earned_minor": earned_minor,
        "currency": draft.formula.currency
    });
    let subject = advertiser.to_string();
    let change = Change { action: "revenue_share.closed", subject, before: None, after: Some(after) };
    audit_trail::record(&**write, &app.ambient, author, change).await?;
    Ok(())
}

/// High rollers' own accounts, as they stand after the month.
fn apart(draft: &Draft) -> Vec<isolated::ActiveModel> {
    let mut accounts = Vec::new();
    for (row, parts) in &draft.statements {
        let changed = parts.iter().filter(|part| part.apart_before_minor < 0 || part.apart_after_minor < 0);
        accounts.extend(changed.map(|part| {
            isolated::Model {
                customer_id: part.customer_id,
                workspace_id: row.workspace_id,
                advertiser_id: row.advertiser_id,
                partner_id: row.partner_id,
                balance_minor: part.apart_after_minor,
                month: row.month.clone(),
            }
            .into_active_model()
        }));
    }
    accounts
}

fn entry(app: &App, row: &statement::Model) -> ledger::Entry {
    let money = |minor| Money::new(minor, row.currency());
    let share = BesideEarning {
        partner: row.partner_id,
        advertiser: row.advertiser_id,
        payout: money(row.earned_minor),
        revenue: money(row.charged_minor),
    };
    let stamp = Stamp { id: app.ambient.new_id(), at: row.created_at };
    entries::beside_earned(stamp, &share).with_note(note(row))
}

/// How the book names a statement.
pub fn note(row: &statement::Model) -> String {
    format!("revenue_share {} {}", row.month, row.id)
}
