//! The doors themselves: `/postback`, `/px.gif`, and conversions of the tag.

use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};

use events::{
    ReceiptRecord,
    record::{Door, Trust},
};
use http::StatusCode;
use kernel::{
    Id, Refusal, RefusalCode,
    id::{Advertiser, Workspace},
};
use tokio::task::JoinHandle;

use super::{
    ReceiptAnswer,
    fields::{Fields, raw_without_secrets},
    signature::{self, SIGNATURE_FIELDS},
};
use crate::{
    click_id,
    edge::{Edge, Origin},
    redirect::visitor::click_from_cookie,
    request::EdgeRequest,
    response::{EdgeResponse, STATUS_HEADER},
    routes::{RouteTable, TokenKind, TokenRoute, token_digest},
};

/// How long a sender waits for the verdict before it is told that it comes later.
const VERDICT_WAIT: Duration = Duration::from_secs(10);

/// Who vouches for a receipt.
pub(crate) struct Sender {
    pub workspace: Id<Workspace>,
    pub advertiser: Option<Id<Advertiser>>,
    pub trust: Trust,
}

impl Edge {
    /// `GET|POST /postback`: a token or a signature is needed.
    pub async fn postback(self: &Arc<Self>, request: &EdgeRequest<'_>) -> EdgeResponse {
        match self.take_postback(request).await {
            Ok(answer) => EdgeResponse::json(answer.http_status, &answer),
            Err(refusal) => {
                self.note_refused(request, (Door::Postback, None), &refusal);
                self.refuse(&refusal)
            }
        }
    }

    async fn take_postback(self: &Arc<Self>, request: &EdgeRequest<'_>) -> Result<ReceiptAnswer, Refusal> {
        if !matches!(request.method, "GET" | "POST") {
            return Err(Refusal::new(RefusalCode::MethodNotAllowed, "a postback is a GET or a POST"));
        }
        let fields = Fields::read(request)?;
        let sender = self.authenticate(request, &fields)?;
        let receipt = self.receipt(request, fields, sender, Door::Postback)?;
        self.journal_and_decide(receipt).await
    }

    /// `GET /px.gif`: always the pixel; the verdict is in a header.
    pub async fn conversion_pixel(self: &Arc<Self>, request: &EdgeRequest<'_>) -> EdgeResponse {
        let mut response = EdgeResponse::pixel();
        let verdict = match self.take_from_page(request, Door::Pixel).await {
            Ok(answer) => match answer.reason {
                Some(reason) => format!("{}; reason={reason}", answer.status),
                None => answer.status,
            },
            Err(refusal) => {
                self.note_refused(request, (Door::Pixel, None), &refusal);
                self.count_refusal(&refusal);
                format!("refused; reason={}", refusal.code.code())
            }
        };
        response.set(STATUS_HEADER, &verdict);
        response
    }

    /// A conversion that a page reports: an unguessable click id vouches for it, given or in the cookie, a visitor's key
    /// that we signed, or a token.
    pub(crate) async fn take_from_page(
        self: &Arc<Self>,
        request: &EdgeRequest<'_>,
        door: Door,
    ) -> Result<ReceiptAnswer, Refusal> {
        let mut fields = Fields::read(request)?;
        if let Some(click) = click_from_cookie(request) {
            fields.add_missing("click_id", click.to_string());
        }
        let with_key = fields.get("token").is_some() || fields.get("signature").is_some();
        self.name_visitor(request, &mut fields, with_key)?;
        let sender = if with_key { self.authenticate(request, &fields)? } else { self.trust_page(request, &fields)? };
        let receipt = self.receipt(request, fields, sender, door)?;
        self.journal_and_decide(receipt).await
    }

    /// Without a click, the visitor tells whose the conversion may be: by its cookie, or behind a token by where it comes
    /// from. Not where it is asked and has not agreed.
    fn name_visitor(&self, request: &EdgeRequest<'_>, fields: &mut Fields, with_key: bool) -> Result<(), Refusal> {
        let may = fields.get("consent") == Some("granted") || !self.asks_consent(request);
        if !may || fields.get("click_id").is_some() {
            return Ok(());
        }
        let visitor = self.visitors.key_of(request, self.origin(request)?.ip);
        if visitor.from_cookie || with_key {
            fields.add_missing("visitor_id", self.visitors.sign(visitor.key).as_str().to_owned());
        }
        Ok(())
    }

    fn authenticate(&self, request: &EdgeRequest<'_>, fields: &Fields) -> Result<Sender, Refusal> {
        let table = self.routes.table();
        let tenancy = table.domain(&request.host_name()).map(|domain| domain.workspace_id);
        let (token, trust) = if fields.get("signature").is_some() {
            let token = signature::verify(&table, request, fields, tenancy)?;
            let mut nonces = self.nonces.lock().unwrap_or_else(PoisonError::into_inner);
            signature::check_freshness(&mut nonces, token, fields, self.ambient.now())?;
            (token, signature::trust_of(token))
        } else {
            (find_token(&table, request, fields)?, Trust::Token)
        };
        if tenancy.is_some_and(|workspace| workspace != token.workspace_id) {
            return Err(bad_token());
        }
        self.calls.used(token.sha256, self.ambient.now());
        Ok(Sender { workspace: token.workspace_id, advertiser: token.advertiser_id, trust })
    }

    /// The tenant of a click that nobody but us can have numbered, or of a visitor whom nobody but us can have signed. Where
    /// neither Host nor a lone workspace tells the tenant of a click, the id is nil and the decider takes the click's own.
    fn trust_page(&self, request: &EdgeRequest<'_>, fields: &Fields) -> Result<Sender, Refusal> {
        let click = fields.get("click_id").and_then(click_id::parse).filter(|id| self.mint.keys().vouches_for(*id));
        let tenant = self.tenant_of(request);
        if click.is_none() && (tenant.is_none() || self.named_visitor(fields).is_none()) {
            return Err(Refusal::new(RefusalCode::BadToken, "neither a click id of ours nor a token vouches for this"));
        }
        let workspace = tenant.unwrap_or(Id::from_u128(0));
        Ok(Sender { workspace, advertiser: None, trust: Trust::ClickId })
    }

    /// The tenant whom the Host names, or the only one there is.
    pub(crate) fn tenant_of(&self, request: &EdgeRequest<'_>) -> Option<Id<Workspace>> {
        let table = self.routes.table();
        let named = table.domain(&request.host_name()).map(|domain| domain.workspace_id);
        named.or_else(|| table.only_workspace())
    }

    pub(crate) fn receipt(
        &self,
        request: &EdgeRequest<'_>,
        fields: Fields,
        sender: Sender,
        door: Door,
    ) -> Result<ReceiptRecord, Refusal> {
        let origin: Origin = self.origin(request)?;
        Ok(ReceiptRecord {
            receipt_id: self.id_for(origin),
            conversion_id: self.id_for(origin),
            workspace: sender.workspace,
            advertiser: sender.advertiser,
            arrived_at: origin.recorded_at,
            door,
            trust: sender.trust,
            remote_ip: origin.ip,
            raw: raw_without_secrets(request),
            params: fields.into_params(&SIGNATURE_FIELDS),
            clicks_before: self.journal.ends().of_clicks(),
        })
    }

    /// Keeps the receipt, then asks for the verdict. Without one in time the sender is told that it comes later. Both are
    /// tasks of their own: a sender that hangs up stops neither.
    pub(crate) async fn journal_and_decide(self: &Arc<Self>, receipt: ReceiptRecord) -> Result<ReceiptAnswer, Refusal> {
        let (receipt_id, conversion_id) = (receipt.receipt_id, receipt.conversion_id);
        let keeping = tokio::spawn(self.clone().keep(receipt));
        let deciding = keeping.await.unwrap_or_else(|_| Err(not_kept()))?;
        let answer = match tokio::time::timeout(VERDICT_WAIT, deciding).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => ReceiptAnswer::deferred(receipt_id, conversion_id),
        };
        self.counters.receipts_deferred.add(u64::from(answer.http_status == StatusCode::ACCEPTED.as_u16()));
        Ok(answer)
    }

    /// The verdict to wait for, once the journal has the receipt.
    async fn keep(self: Arc<Self>, receipt: ReceiptRecord) -> Result<JoinHandle<ReceiptAnswer>, Refusal> {
        let position = self.journal.receipts().append(&receipt).await.map_err(|error| {
            tracing::error!(%error, "a receipt could not be written to the journal");
            self.counters.receipts_unstored.add(1);
            not_kept()
        })?;
        self.counters.receipts_stored.add(1);
        Ok(tokio::spawn(async move { self.door.decide(receipt, position).await }))
    }

    pub(crate) fn refuse(&self, refusal: &Refusal) -> EdgeResponse {
        self.count_refusal(refusal);
        EdgeResponse::problem(refusal)
    }

    pub(crate) fn count_refusal(&self, refusal: &Refusal) {
        match refusal.code.kind().http_status() {
            401 => self.counters.receipts_unauthenticated.add(1),
            503 => {}
            _ => self.counters.receipts_malformed.add(1),
        }
    }
}

fn find_token<'a>(
    table: &'a RouteTable,
    request: &EdgeRequest<'_>,
    fields: &Fields,
) -> Result<&'a TokenRoute, Refusal> {
    let given = fields.get("token").or_else(|| request.bearer());
    let known = given.and_then(|token| table.token(&token_digest(token)));
    known.filter(|token| token.kind == TokenKind::Postback).ok_or_else(|| match given {
        Some(_) => bad_token(),
        None => Refusal::new(RefusalCode::BadToken, "the postback token is missing"),
    })
}

fn not_kept() -> Refusal {
    Refusal::new(RefusalCode::JournalUnavailable, "not kept; send it again later")
}

fn bad_token() -> Refusal {
    Refusal::new(RefusalCode::BadToken, "the postback token is wrong, retired, or of another workspace")
}
