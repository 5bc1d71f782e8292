//! The doors themselves: a dialect's link finds its offer and partner, a dialect's conversion becomes a receipt.

use std::sync::Arc;

use events::record::{Destination, Door, Trust};
use kernel::{Id, Refusal, RefusalCode, id::Workspace};

use super::{
    Dialect,
    address::{Address, Manner},
    answer,
    ask::Ask,
    said::Said,
};
use crate::{
    click_id,
    edge::Edge,
    receipt::{ReceiptAnswer, Sender, fields::Fields},
    redirect::{Decision, Visit, visitor::click_from_cookie},
    request::EdgeRequest,
    response::EdgeResponse,
    routes::{Found, Link, RouteTable, TokenKind, token_digest},
    template::{Hosts, UrlTemplate},
};

/// Longest id of a click made on another platform, in bytes.
const MAX_FOREIGN_CLICK_BYTES: usize = 128;
const MIN_FOREIGN_CLICK_BYTES: usize = 8;

impl<'a> Visit<'a> {
    /// The link that stands for an offer and a partner who have none, where the address names two such.
    pub(crate) fn bare_link(&self, dialect: Dialect, ask: &Ask<'_>) -> Option<Link> {
        let Ask::Pair { offer, partner, .. } = ask else { return None };
        let pair = self.table.pair(self.tenancy()?.workspace, dialect, offer, partner)?;
        pair.link.is_none().then(|| Link::bare(pair.offer_slot, pair.partner_slot))
    }

    /// The link that the address names; `bare` where there is none of the partner's own.
    pub(crate) fn asked(&self, dialect: Dialect, ask: &Ask<'_>, bare: Option<&'a Link>) -> Option<Found<'a>> {
        let workspace = self.tenancy()?.workspace;
        match ask {
            Ask::Nothing => None,
            Ask::Link(alias) => self.table.link_named(workspace, dialect, alias),
            Ask::Pair { offer, partner, .. } => {
                let pair = self.table.pair(workspace, dialect, offer, partner)?;
                pair.link.or(bare).map(|link| self.table.found(link))
            }
        }
    }
}

impl Decision<'_> {
    /// The page that the address asks for, if the visitor may land and the offer allows its host.
    pub(crate) fn deep_link(&self, ask: &Ask<'_>) -> Option<UrlTemplate> {
        let Ask::Pair { deep_link: Some(address), .. } = ask else { return None };
        let route = self.found?.offer.route.as_ref().filter(|_| self.destination == Destination::Landing)?;
        UrlTemplate::parse(address, &Hosts::new(&route.allowed_hosts))
    }
}

impl Edge {
    /// The door of a dialect that a request asks for, if its Host speaks one.
    pub fn dialect_address(&self, request: &EdgeRequest<'_>) -> Option<Address> {
        let table = self.routes.table();
        if !table.speaks() {
            return None;
        }
        let spoken = table.domain(&request.host_name())?.dialects;
        Address::of(spoken, request.path, request.query)
    }

    /// A conversion that a sender reports in a dialect.
    pub async fn dialect_conversion(
        self: &Arc<Self>,
        request: &EdgeRequest<'_>,
        dialect: Dialect,
        manner: Manner,
    ) -> EdgeResponse {
        let given = Fields::read(request);
        if given.as_ref().is_ok_and(|given| is_native(request, given)) {
            return self.postback(request).await;
        }
        let outcome = match &given {
            Ok(given) => self.take_dialect(request, dialect, manner, given).await,
            Err(refusal) => Err(refusal.clone()),
        };
        if let Err(refusal) = &outcome {
            self.note_refused(request, (door_of(manner), Some(dialect)), refusal);
            self.count_refusal(refusal);
        }
        answer::of(dialect, manner, given.ok().as_ref(), &outcome)
    }

    /// One receipt, or one for each part of an order; the answer tells of the last that was refused, else of the last.
    async fn take_dialect(
        self: &Arc<Self>,
        request: &EdgeRequest<'_>,
        dialect: Dialect,
        manner: Manner,
        given: &Fields,
    ) -> Result<ReceiptAnswer, Refusal> {
        if !matches!(request.method, "GET" | "POST") {
            return Err(Refusal::new(RefusalCode::MethodNotAllowed, "a conversion is reported with GET or POST"));
        }
        let workspace = self.tenant_of(request).ok_or_else(|| Refusal::not_found("workspace"))?;
        let mut said = Said::read(dialect, request.path, given)?;
        self.resolve_offer(workspace, dialect, &mut said)?;
        if let Some(click) = click_from_cookie(request).filter(|_| manner == Manner::Pixel) {
            said.fields.add_missing("click_id", click.to_string());
        }
        let door = door_of(manner);
        let mut worst: Option<ReceiptAnswer> = None;
        for fields in said.into_receipts(|goal| self.knows_goal(workspace, dialect, given, goal))? {
            let sender = self.dialect_sender(workspace, dialect, &fields.token, &fields.fields)?;
            let receipt = self.receipt(request, fields.fields, sender, door)?;
            let answer = self.journal_and_decide(receipt).await?;
            let refused = worst.as_ref().is_some_and(answer::is_refused);
            worst = if refused && !answer::is_refused(&answer) { worst } else { Some(answer) };
        }
        worst.ok_or_else(|| Refusal::new(RefusalCode::BadParameter, "nothing was reported"))
    }

    /// Their id of the offer becomes ours.
    fn resolve_offer(&self, workspace: Id<Workspace>, dialect: Dialect, said: &mut Said) -> Result<(), Refusal> {
        let Some(name) = &said.offer else { return Ok(()) };
        let table = self.routes.table();
        let offer =
            table.offer_named(workspace, dialect, name).ok_or_else(|| Refusal::not_found("offer with this id"))?;
        said.fields.add_missing("offer_id", offer.to_string());
        Ok(())
    }

    fn knows_goal(&self, workspace: Id<Workspace>, dialect: Dialect, given: &Fields, goal: &str) -> bool {
        let table = self.routes.table();
        let offer = Said::offer_of(dialect, given).and_then(|name| table.offer_named(workspace, dialect, name));
        offer.is_some_and(|offer| table.knows_goal(workspace, dialect, offer, goal))
    }

    /// Who vouches: a token of ours or of the other platform, else a click that nobody can have invented, or one that was
    /// made on the other platform and moved in.
    fn dialect_sender(
        &self,
        workspace: Id<Workspace>,
        dialect: Dialect,
        token: &Option<String>,
        fields: &Fields,
    ) -> Result<Sender, Refusal> {
        let table = self.routes.table();
        if let Some(token) = token {
            let advertiser = owner_of(&table, workspace, dialect, token).ok_or_else(|| {
                Refusal::new(RefusalCode::BadToken, "the security token is not one of this workspace")
            })?;
            self.calls.used(token_digest(token), self.ambient.now());
            return Ok(Sender { workspace, advertiser, trust: Trust::Token });
        }
        let click = fields.get("click_id").ok_or_else(|| {
            Refusal::new(RefusalCode::BadToken, "without a security token a click id is needed, and there is none")
        })?;
        let ours = click_id::parse(click).is_some_and(|id| self.mint.keys().vouches_for(id));
        let theirs = is_foreign_click(click) && table.has_imported_clicks(workspace, dialect);
        if !ours && !theirs {
            return Err(Refusal::new(RefusalCode::BadClickId, "the click id is not one of ours"));
        }
        Ok(Sender { workspace, advertiser: None, trust: Trust::ClickId })
    }
}

fn door_of(manner: Manner) -> Door {
    if manner == Manner::Pixel { Door::Pixel } else { Door::Postback }
}

/// `/postback` is a native door too, where a native token or signature vouches.
fn is_native(request: &EdgeRequest<'_>, given: &Fields) -> bool {
    let vouched = given.get("token").is_some() || given.get("signature").is_some() || request.bearer().is_some();
    request.path == "/postback" && vouched
}

fn owner_of(
    table: &RouteTable,
    workspace: Id<Workspace>,
    dialect: Dialect,
    token: &str,
) -> Option<Option<Id<kernel::id::Advertiser>>> {
    let digest = token_digest(token);
    let ours = table.token(&digest).filter(|held| held.kind == TokenKind::Postback && held.workspace_id == workspace);
    ours.map(|held| held.advertiser_id).or_else(|| table.dialect_sender(workspace, dialect, &digest))
}

/// Whether a text could be a click id of another platform.
fn is_foreign_click(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    plain && (MIN_FOREIGN_CLICK_BYTES..=MAX_FOREIGN_CLICK_BYTES).contains(&text.len())
}
