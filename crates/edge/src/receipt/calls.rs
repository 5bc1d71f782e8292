//! What the doors of receipts saw and the journal does not hold: calls that were refused before anything was kept, and
//! which token or key vouched when. In memory and bounded, until somebody fetches it; what a crash takes with it is
//! told of nobody's money.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use events::record::Door;
use kernel::{Id, Refusal, RefusalCode, Timestamp, id::Workspace, refusal::RefusalKind};

use super::fields::Fields;
use crate::{dialect::Dialect, edge::Edge, request::EdgeRequest, routes::token_digest};

/// Refused calls kept until they are fetched; further ones are only counted.
const REFUSED_MAX: usize = 1_024;
/// Names of one refused call that are kept, and characters of each value.
const PARAMS_MAX: usize = 32;
const VALUE_CHARS_MAX: usize = 200;

/// A call that a door refused. Nothing of its secrets is kept but the digest of its token.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedCall {
    pub at: Timestamp,
    /// Of the token, else of the Host, where either tells.
    pub workspace: Option<Id<Workspace>>,
    /// SHA-256 of the token it came with.
    pub token_sha256: Option<[u8; 32]>,
    pub door: Door,
    pub dialect: Option<Dialect>,
    pub code: RefusalCode,
    pub message: String,
    /// Names and values, sorted, without secrets, cut.
    pub params: Vec<(String, String)>,
    pub remote_ip: IpAddr,
}

/// What was seen since it was fetched last.
#[derive(Debug, Default)]
pub struct Seen {
    pub refused: Vec<RefusedCall>,
    /// Refused calls of which there was no room to keep more than the number.
    pub unkept: u64,
    /// When each token or key vouched last, by its digest.
    pub uses: HashMap<[u8; 32], Timestamp>,
}

/// The door that refused, and the dialect spoken there.
pub(crate) type At = (Door, Option<Dialect>);

/// Shared by all doors of one edge.
#[derive(Debug, Default)]
pub struct Calls(Mutex<Seen>);

impl Calls {
    /// Takes what was seen; it is forgotten here.
    pub fn fetch(&self) -> Seen {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A token or key vouched. Only those that the routes know get here, so that there are never many.
    pub(crate) fn used(&self, sha256: [u8; 32], at: Timestamp) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).uses.insert(sha256, at);
    }

    fn is_full(&self) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full = seen.refused.len() >= REFUSED_MAX;
        seen.unkept += u64::from(full);
        full
    }

    fn refused(&self, call: RefusedCall) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).refused.push(call);
    }
}

impl Edge {
    /// What the doors of receipts saw, for those who tell it to people.
    pub fn calls(&self) -> &Calls {
        &self.calls
    }

    /// Remembers a call that was refused, unless it is our own trouble.
    pub(crate) fn note_refused(&self, request: &EdgeRequest<'_>, at: At, refusal: &Refusal) {
        if refusal.code.kind() == RefusalKind::Unavailable || self.calls.is_full() {
            return;
        }
        let fields = Fields::read(request).unwrap_or_else(|_| Fields::glean(request));
        let token_sha256 = fields.secret().or_else(|| request.bearer()).map(token_digest);
        let table = self.routes.table();
        let of_token = token_sha256.and_then(|sha256| table.token(&sha256)).map(|token| token.workspace_id);
        let remote_ip = self.origin(request).map_or(request.peer, |origin| origin.ip);
        let cut = |(name, value): (String, String)| (name, value.chars().take(VALUE_CHARS_MAX).collect());
        self.calls.refused(RefusedCall {
            at: self.ambient.now(),
            workspace: of_token.or_else(|| self.tenant_of(request)),
            token_sha256,
            door: at.0,
            dialect: at.1,
            code: refusal.code,
            message: refusal.message.clone(),
            params: fields.into_params(&[]).into_iter().take(PARAMS_MAX).map(cut).collect(),
            remote_ip,
        });
    }
}
