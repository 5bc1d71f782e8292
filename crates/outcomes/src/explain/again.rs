//! Decides everything again from its trace and tells what differs.

use events::click_rows::{self, ClickRow, Walked};
use kernel::{Id, Tenant, id};
use sea_orm::EntityTrait as _;
use serde::Serialize;

use super::{
    click_again::{self, Judge, Slugs},
    conversion,
    step::Difference,
};
use crate::{App, conversions::trace::store, links::feed::history::Past, workspaces::model as workspace};

/// Conversions decided again at once.
const PAGE_ROWS: u64 = 500;
/// Clicks judged again at once.
const CLICKS_PER_PAGE: usize = 10_000;
/// Differing decisions that are told; all are counted.
const TOLD_MAX: usize = 1_000;

/// What deciding again came to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    pub clicks: Tally,
    pub conversions: Tally,
    /// The first of those that differ.
    pub differing: Vec<Differing>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Decided again.
    pub decided: u64,
    /// Decided before traces were kept, or by routes that are no longer known.
    pub untraced: u64,
    pub differing: u64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Differing {
    pub id: String,
    pub differences: Vec<Difference>,
}

impl Report {
    /// Whether everything was decided as before.
    pub const fn is_same(&self) -> bool {
        self.conversions.differing == 0 && self.clicks.differing == 0
    }

    fn tell(&mut self, id: String, differences: Vec<Difference>) {
        if self.differing.len() < TOLD_MAX {
            self.differing.push(Differing { id, differences });
        }
    }
}

/// Decides every click and every conversion of the installation again.
pub async fn all(app: &App) -> anyhow::Result<Report> {
    let mut report = Report::default();
    clicks(app, &mut report).await?;
    let workspaces = workspace::Entity::find().all(app.records.read()).await?;
    for row in workspaces {
        conversions(app, Tenant(row.id), &mut report).await?;
    }
    Ok(report)
}

async fn conversions(app: &App, tenant: Tenant, report: &mut Report) -> anyhow::Result<()> {
    let mut after: Option<Id<id::Conversion>> = None;
    let mut shared = store::Shared::default();
    loop {
        let (traced, page) = store::page(app.records.read(), tenant, after, PAGE_ROWS, &mut shared).await?;
        report.conversions.untraced += (page.rows - traced.len()) as u64;
        for one in &traced {
            report.conversions.decided += 1;
            let differences = conversion::differences(one);
            if !differences.is_empty() {
                report.conversions.differing += 1;
                report.tell(one.conversion.id.to_string(), differences);
            }
        }
        after = page.last;
        if after.is_none() {
            return Ok(());
        }
    }
}

async fn clicks(app: &App, report: &mut Report) -> anyhow::Result<()> {
    app.shipper.settle().await?;
    let mut judge = Judge::new(Past::read(app).await?);
    let mut walked = Walked::default();
    while let Some((rows, until)) = click_rows::page(&app.event_store, walked, CLICKS_PER_PAGE).await? {
        let slugs = click_again::slugs(app.records.read(), &rows).await?;
        rows.iter().for_each(|row| click(app, &mut judge, row, &slugs, report));
        walked = until;
    }
    Ok(())
}

fn click(app: &App, judge: &mut Judge, row: &ClickRow, slugs: &Slugs, report: &mut Report) {
    if click_again::is_unknown_link(row) {
        report.clicks.decided += 1;
        return;
    }
    let Some((again, table)) = judge.judge(&app.trier, row, slugs) else {
        report.clicks.untraced += 1;
        return;
    };
    report.clicks.decided += 1;
    let slug = row.link.and_then(|link| slugs.get(&link)).map_or("", String::as_str);
    let differences = click_again::differences(row, &again, &table, slug);
    if !differences.is_empty() {
        report.clicks.differing += 1;
        report.tell(row.click.to_string(), differences);
    }
}
