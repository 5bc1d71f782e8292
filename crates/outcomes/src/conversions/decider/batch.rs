//! One batch: clicks first, then one transaction over all workspaces in it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::Duration,
};

use edge::receipt::ReceiptAnswer;
use events::{
    ClickFacts, Positions, ReceiptRecord,
    clicks::{Foreign, Seen, SeenAsked, ViewFacts},
};
use kernel::{Id, Tenant, Timestamp, id};

use super::{Waiting, clicks::Clicks, decide::Room, progress::Progress, recover};
use crate::{
    App,
    conversions::rules::{
        claim::{self, Claim, ClickClaim, Malformed},
        judge,
    },
    platform::bulk::insert_all,
};

/// How long the decider waits for the shipper to pass a receipt's click.
const SHIPPER_WAIT: Duration = Duration::from_secs(3);

/// With `1` in it a receipt is a test.
const TEST_PARAMETER: &str = "test";

/// The shipper did not pass the clicks of a receipt in time; it is tried again later.
#[derive(Debug, thiserror::Error)]
#[error("the clicks before a receipt are not indexed yet")]
pub(super) struct ClicksNotShipped;

/// A receipt, read, with what is known of its click.
pub(super) struct Incoming<'a> {
    pub receipt: &'a ReceiptRecord,
    pub claim: Result<Claim, Malformed>,
    pub click: Click,
    /// The last view of a visitor who was seen with no click.
    pub view: Option<ViewFacts>,
}

pub(super) enum Click {
    None,
    Forged,
    /// Ours, but unknown.
    Missing,
    Found(Arc<ClickFacts>),
    /// The receipt names none; the visitor was seen with it.
    Seen(Arc<ClickFacts>),
}

impl Incoming<'_> {
    /// When the customer converted, as far as the sender is believed.
    pub fn event_at(&self) -> Timestamp {
        event_at(self.receipt, self.claim.as_ref().ok())
    }

    /// The click that the receipt names, or the one its visitor was seen with.
    pub fn any_click(&self) -> Option<&Arc<ClickFacts>> {
        match &self.click {
            Click::Found(click) | Click::Seen(click) => Some(click),
            _ => None,
        }
    }

    /// The click by which a repeated conversion is told. A coupon may earn again without it.
    pub fn click_of_repeats(&self) -> Option<&Arc<ClickFacts>> {
        let names_coupon = self.claim.as_ref().is_ok_and(|claim| claim.coupon.is_some());
        self.any_click().filter(|_| !(names_coupon && matches!(self.click, Click::Seen(_))))
    }

    /// Whether its sender only tries.
    fn is_test(&self) -> bool {
        let said = self.receipt.params.iter().find(|(name, _)| name == TEST_PARAMETER);
        said.is_some_and(|(_, value)| matches!(value.trim(), "1" | "true" | "yes"))
    }

    /// The workspace that the door named, else the click's own; nil where nobody knows.
    fn workspace(&self) -> Id<id::Workspace> {
        match &self.click {
            Click::Found(facts) if self.receipt.workspace.as_u128() == 0 => facts.workspace,
            _ => self.receipt.workspace,
        }
    }
}

/// Decides a batch and commits it; the answers are in its order.
pub(super) async fn decide(
    app: &App,
    clicks: &dyn Clicks,
    progress: &Progress,
    batch: &[Waiting],
) -> anyhow::Result<Vec<ReceiptAnswer>> {
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let incoming = read(clicks, batch).await?;
    let mut by_workspace: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, one) in incoming.iter().enumerate() {
        by_workspace.entry(one.workspace()).or_default().push(index);
    }
    let mut answers: Vec<Option<ReceiptAnswer>> = vec![None; batch.len()];
    let tx = app.records.begin().await?;
    let mut rooms = Vec::with_capacity(by_workspace.len());
    for (workspace, indexes) in by_workspace {
        let tenant = Tenant(workspace);
        tx.lock_workspace(tenant).await?;
        let (tests, indexes): (Vec<_>, Vec<_>) = indexes.into_iter().partition(|&index| incoming[index].is_test());
        for index in tests {
            let one = &incoming[index];
            let room = Room::open(&*tx, tenant, &app.ambient, clicks, &[one]).await?;
            let (told, row) = room.rehearse(one);
            insert_all(&*tx, row.map(sea_orm::IntoActiveModel::into_active_model)).await?;
            answers[index] = Some(told);
        }
        let group: Vec<_> = indexes.iter().map(|&index| &incoming[index]).collect();
        let mut room = Room::open(&*tx, tenant, &app.ambient, clicks, &group).await?;
        for (index, one) in indexes.into_iter().zip(group) {
            answers[index] = Some(room.take(one));
        }
        rooms.push(room);
    }
    let flips = rooms.iter().any(Room::changes_routes);
    for room in rooms {
        room.write(&*tx).await?;
    }
    recover::keep(&*tx, progress.cursor(), app.ambient.now()).await?;
    tx.commit().await?;
    if flips && let Err(error) = app.catch_up_routes().await {
        // The batch stands; the next change of routes brings this one too.
        tracing::error!(error = format!("{error:#}"), "the edge has not heard of a cap that was reached");
    }
    Ok(answers.into_iter().map(|answer| answer.expect("each receipt is in one group")).collect())
}

async fn read<'a>(clicks: &dyn Clicks, batch: &'a [Waiting]) -> anyhow::Result<Vec<Incoming<'a>>> {
    let claims: Vec<_> = batch.iter().map(|one| claim::read(&one.receipt.params, one.receipt.arrived_at)).collect();
    let named = |claim: &Result<Claim, Malformed>| match claim.as_ref().map(|claim| claim.click) {
        Ok(ClickClaim::Id(click)) if clicks.vouches_for(click) => Some(click),
        _ => None,
    };
    let named: Vec<_> = claims.iter().map(named).collect();
    let wanted: Vec<_> = named.iter().flatten().copied().collect();
    let mut facts = clicks.find_many(&wanted).await?;
    let missing = |index: &usize| named[*index].is_some_and(|click| !facts.contains_key(&click));
    let late: Vec<_> = (0..batch.len()).filter(missing).collect();
    if !late.is_empty() {
        let before: Positions = late.iter().flat_map(|&index| batch[index].receipt.clicks_before.iter()).collect();
        tokio::time::timeout(SHIPPER_WAIT, clicks.wait_for(&before)).await.map_err(|_| ClicksNotShipped)??;
        let again: Vec<_> = late.iter().filter_map(|&index| named[index]).collect();
        facts.extend(clicks.find_many(&again).await?);
    }
    let foreign = clicks.find_foreign(foreign_ids(batch, &claims, &named).collect()).await?;
    let mut seen = look_back(clicks, batch, &claims).await?;
    let joined = batch.iter().zip(claims).zip(named).enumerate().map(|(index, ((waiting, claim), named))| {
        let Seen { click: before, view } = seen.remove(&index).unwrap_or_default();
        let moved_in = claim.as_ref().ok().and_then(|claim| {
            let text = claim.click_said.as_ref().filter(|_| named.is_none())?;
            foreign.get(&(waiting.receipt.workspace, text.clone()))
        });
        let click = match (named, claim.as_ref().map(|claim| claim.click)) {
            (None, _) if moved_in.is_some() => moved_in.map_or(Click::None, |facts| Click::Found(facts.clone())),
            (Some(click), _) => facts.get(&click).map_or(Click::Missing, |facts| Click::Found(facts.clone())),
            (None, Ok(ClickClaim::None) | Err(_)) => before.map_or(Click::None, Click::Seen),
            (None, Ok(_)) => Click::Forged,
        };
        Incoming { receipt: &waiting.receipt, claim, click, view }
    });
    Ok(joined.collect())
}

/// Click ids that we did not draw: another platform may have.
fn foreign_ids<'a>(
    batch: &'a [Waiting],
    claims: &'a [Result<Claim, Malformed>],
    named: &'a [Option<Id<id::Click>>],
) -> impl Iterator<Item = Foreign> + 'a {
    let said = batch.iter().zip(claims).zip(named).filter(|(_, named)| named.is_none());
    said.filter_map(|((waiting, claim), _)| {
        let text = claim.as_ref().ok()?.click_said.clone()?;
        Some((waiting.receipt.workspace, text))
    })
}

/// What the visitors of receipts without a click were seen with, by place in the batch.
async fn look_back(
    clicks: &dyn Clicks,
    batch: &[Waiting],
    claims: &[Result<Claim, Malformed>],
) -> anyhow::Result<HashMap<usize, Seen>> {
    let asked = batch.iter().zip(claims).enumerate().filter_map(|(index, (waiting, claim))| {
        let claim = claim.as_ref().ok().filter(|claim| claim.click == ClickClaim::None)?;
        let visitor = clicks.visitor_of(claim.visitor.as_deref()?)?;
        let (workspace, until) = (waiting.receipt.workspace, event_at(&waiting.receipt, Some(claim)));
        Some((index, SeenAsked { visitor, workspace, offer: claim.offer, until }))
    });
    let (places, asked): (Vec<usize>, Vec<SeenAsked>) = asked.unzip();
    if places.is_empty() {
        return Ok(HashMap::new());
    }
    let before: Positions = places.iter().flat_map(|&index| batch[index].receipt.clicks_before.iter()).collect();
    tokio::time::timeout(SHIPPER_WAIT, clicks.wait_for(&before)).await.map_err(|_| ClicksNotShipped)??;
    Ok(places.into_iter().zip(clicks.seen(asked).await?).collect())
}

fn event_at(receipt: &ReceiptRecord, claim: Option<&Claim>) -> Timestamp {
    let said = claim.and_then(|claim| claim.event_time);
    said.filter(|_| judge::speaks_for_advertiser(receipt.trust)).unwrap_or(receipt.arrived_at)
}
