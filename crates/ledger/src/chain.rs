//! The hash chain: each entry's hash covers the entry, its postings and the hash before it in its workspace.
//!
//! `hash = blake3(previous hash ‖ canonical bytes)`; before the first entry stands [`GENESIS`]. Canonical bytes, in
//! this order, numbers big-endian, a text as its length in four bytes and its UTF-8:
//!
//! | field | bytes |
//! | --- | --- |
//! | form, now 1 | 1 |
//! | workspace id | 16 |
//! | seq | 8 |
//! | entry id | 16 |
//! | kind | text |
//! | conversion, commission, payout | each 1 (present or not) and, when present, 16 |
//! | note | text |
//! | at, milliseconds since 1970 | 8 |
//! | number of postings | 4 |
//! | each posting: line 2, account text, owner kind 2, owner id 16, currency text, debit 8, credit 8 | |
//!
//! The hash has no key: it proves that nothing was changed by accident or by an edit of rows, and a head written down
//! elsewhere (a statement, a backup) proves that the chain was not made anew.

use kernel::Id;

use crate::rows::{EntryRow, PostingRow};

pub const GENESIS: [u8; 32] = [0; 32];
const FORM: u8 = 1;

/// The last link of a workspace's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainHead {
    /// Number of the last entry; 0 where there is none.
    pub seq: i64,
    pub hash: [u8; 32],
}

impl ChainHead {
    pub const EMPTY: Self = Self { seq: 0, hash: GENESIS };
}

/// The hash of an entry that follows `previous`.
pub(crate) fn link(previous: &[u8; 32], entry: &EntryRow, postings: &[PostingRow]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(previous);
    hasher.update(&canonical_bytes(entry, postings));
    *hasher.finalize().as_bytes()
}

fn canonical_bytes(entry: &EntryRow, postings: &[PostingRow]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(160 + 80 * postings.len());
    bytes.push(FORM);
    bytes.extend(entry.workspace.as_u128().to_be_bytes());
    bytes.extend(entry.seq.to_be_bytes());
    bytes.extend(entry.id.as_u128().to_be_bytes());
    push_text(&mut bytes, &entry.kind);
    push_id(&mut bytes, entry.conversion);
    push_id(&mut bytes, entry.commission);
    push_id(&mut bytes, entry.payout);
    push_text(&mut bytes, &entry.note);
    bytes.extend(entry.at.millis().to_be_bytes());
    push_len(&mut bytes, postings.len());
    for posting in postings {
        push_posting(&mut bytes, posting);
    }
    bytes
}

fn push_posting(bytes: &mut Vec<u8>, posting: &PostingRow) {
    bytes.extend(posting.line.to_be_bytes());
    push_text(bytes, &posting.account);
    bytes.extend(posting.owner_kind.to_be_bytes());
    bytes.extend(posting.owner_id.to_be_bytes());
    push_text(bytes, &posting.currency);
    bytes.extend(posting.debit.to_be_bytes());
    bytes.extend(posting.credit.to_be_bytes());
}

fn push_id<K>(bytes: &mut Vec<u8>, id: Option<Id<K>>) {
    bytes.push(u8::from(id.is_some()));
    bytes.extend(id.iter().flat_map(|id| id.as_u128().to_be_bytes()));
}

fn push_text(bytes: &mut Vec<u8>, text: &str) {
    push_len(bytes, text.len());
    bytes.extend(text.as_bytes());
}

fn push_len(bytes: &mut Vec<u8>, len: usize) {
    bytes.extend((len as u32).to_be_bytes());
}
