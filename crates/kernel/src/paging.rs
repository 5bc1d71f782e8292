//! Cursor paging: `?limit=&cursor=` in, `{"items", "next_cursor"}` out, and `labels` where the items name other rows.
//!
//! A cursor is the id of the last row seen. It carries no right: the query behind it names its tenant anyway.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    id::{Id, Kind},
    refusal::Refusal,
};

pub const LIMIT_DEFAULT: u64 = 50;
pub const LIMIT_MAX: u64 = 1_000;

/// What a list is asked with.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Rows wanted: 1 to 1000, 50 unless said.
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<u64>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl PageQuery {
    pub fn limit(&self) -> u64 {
        self.limit.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX)
    }

    /// The row after which the page starts.
    pub fn after<K: Kind>(&self) -> Result<Option<Id<K>>, Refusal> {
        self.cursor.as_deref().map(str::parse).transpose()
    }
}

/// One page of a list, newest first unless the list says otherwise.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Absent on the last page.
    pub next_cursor: Option<String>,
    /// Names by id, of the rows that the items speak of. Ids that the reader may not look behind have none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
}

impl<T> Page<T> {
    /// Makes a page from up to `limit + 1` rows: the extra one only tells that more follow.
    pub fn from_rows<K: Kind>(mut rows: Vec<T>, query: &PageQuery, id_of: impl Fn(&T) -> Id<K>) -> Self {
        let limit = query.limit() as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = rows.last().filter(|_| more).map(|row| id_of(row).to_string());
        Self { items: rows, next_cursor, labels: BTreeMap::new() }
    }

    /// A list that is never longer than one page.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next_cursor: None, labels: BTreeMap::new() }
    }

    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> Page<U> {
        let items = self.items.into_iter().map(convert).collect();
        Page { items, next_cursor: self.next_cursor, labels: self.labels }
    }

    /// As [`map`](Self::map), where a row may not be what it should be.
    pub fn try_map<U, E>(self, convert: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        let items = self.items.into_iter().map(convert).collect::<Result<_, E>>()?;
        Ok(Page { items, next_cursor: self.next_cursor, labels: self.labels })
    }
}
