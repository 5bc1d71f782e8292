//! Why a click was judged as it was.

use edge::again::Again;
use events::click_rows::{self, ClickRow};
use kernel::{Id, Refusal, id, reason::ClickReason};

use super::{
    click_again::{self, Judge},
    click_steps::{Look, STEPS},
    step::{Explanation, StepOut, StepVerdict, VersionsOut},
    values::Reader,
};
use crate::{App, links::feed::history::Past, platform::Answer};

const LINK: &str = "link";
const DUPLICATE: &str = "duplicate";

/// A click of the installation, once it has been shipped.
pub async fn find(app: &App, click: Id<id::Click>) -> Answer<ClickRow> {
    let row = click_rows::find(&app.event_store, click).await?;
    Ok(row.ok_or_else(|| Refusal::not_found("click"))?)
}

/// The explanation, as the reader may see it.
pub async fn explain(app: &App, row: &ClickRow, reader: &Reader) -> anyhow::Result<Explanation> {
    Ok(whole(app, row, reader).await?.told(reader))
}

async fn whole(app: &App, row: &ClickRow, reader: &Reader) -> anyhow::Result<Explanation> {
    if click_again::is_unknown_link(row) {
        let reason = ClickReason::UnknownLink.code();
        let values = Default::default();
        let words = "There is no such link here.";
        let step = StepOut::spoke(LINK, StepVerdict::Refused, reason, words, values);
        return Ok(Explanation { steps: vec![step], is_traced: true, ..bare(row) });
    }
    let slugs = click_again::slugs(app.records.read(), std::slice::from_ref(row)).await?;
    let Some(abouts) = click_again::abouts(row, &slugs) else { return Ok(bare(row)) };
    let mut judge = Judge::new(Past::of(app, &abouts).await?);
    let Some((again, table)) = judge.judge(&app.trier, row, &slugs) else { return Ok(bare(row)) };
    let slug = row.link.and_then(|link| slugs.get(&link)).map_or("", String::as_str);
    let Some(found) = table.lookup(slug) else { return Ok(bare(row)) };
    let look = Look { row, again: &again, found: &found, is_open_only: !reader.is_staff() };
    Ok(Explanation {
        steps: steps(&look),
        is_traced: true,
        differences: click_again::differences(row, &again, &table, slug),
        ..bare(row)
    })
}

fn bare(row: &ClickRow) -> Explanation {
    Explanation {
        id: row.click.to_string(),
        status: row.verdict.clone(),
        reason: row.reason.map(|reason| reason.code().to_owned()),
        decided_at: row.recorded_at,
        is_traced: false,
        versions: VersionsOut { routes: Some(row.route_version), ..VersionsOut::default() },
        steps: Vec::new(),
        differences: Vec::new(),
        labels: Default::default(),
    }
}

fn steps(look: &Look<'_>) -> Vec<StepOut> {
    let said = |again: &Again, name: &str| again.steps.iter().find(|step| step.0 == name).and_then(|step| step.1);
    let one = |page: &super::click_steps::StepPage| {
        let values = (page.values)(look);
        match said(look.again, page.name) {
            Some(reason) => {
                let sends_away = reason.takes_fallback();
                let verdict = if sends_away { StepVerdict::Refused } else { StepVerdict::Marked };
                let words = if sends_away { "It sent the visitor away." } else { "It marked the click." };
                StepOut::spoke(page.name, verdict, reason.code(), words, values)
            }
            None if page.name == DUPLICATE && look.row.duplicate_of.is_some() => {
                let words = "The visitor had been here before: it counts once.";
                StepOut { verdict: StepVerdict::Marked, ..StepOut::passed(page.name, words, values) }
            }
            None => StepOut::passed(page.name, page.passed, values),
        }
    };
    STEPS.iter().map(one).collect()
}
