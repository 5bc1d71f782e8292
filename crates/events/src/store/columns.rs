//! Rows gathered column by column, for DuckDB to take as Arrow batches.

use std::sync::Arc;

use duckdb::{
    Connection,
    arrow::{
        array::{ArrayRef, BooleanArray, Int8Array, Int32Array, Int64Array, StringBuilder, UInt32Array, UInt64Array},
        datatypes::{Field, Schema},
        record_batch::RecordBatch,
    },
};

enum Column {
    Bool(Vec<bool>),
    I8(Vec<i8>),
    I32(Vec<i32>),
    I64(Vec<i64>),
    MaybeI64(Vec<Option<i64>>),
    U32(Vec<u32>),
    U64(Vec<u64>),
    Text(StringBuilder),
}

/// Rows of one table. Each row gives its values in the order of the table's columns.
#[derive(Default)]
pub struct Rows {
    columns: Vec<Column>,
    at: usize,
    count: usize,
}

macro_rules! pushes {
    ($($method:ident $kind:ident $value:ty;)+) => {
        $(pub fn $method(&mut self, value: $value) -> &mut Self {
            match self.next(|| Column::$kind(Vec::new())) {
                Column::$kind(values) => values.push(value),
                _ => unreachable!("each row gives the same kinds in the same order"),
            }
            self
        })+
    };
}

impl Rows {
    pushes! {
        bool Bool bool;
        i8 I8 i8;
        i32 I32 i32;
        i64 I64 i64;
        maybe_i64 MaybeI64 Option<i64>;
        u32 U32 u32;
        u64 U64 u64;
    }

    pub fn text(&mut self, value: &str) -> &mut Self {
        match self.next(|| Column::Text(StringBuilder::new())) {
            Column::Text(values) => values.append_value(value),
            _ => unreachable!("each row gives the same kinds in the same order"),
        }
        self
    }

    fn next(&mut self, make: impl FnOnce() -> Column) -> &mut Column {
        if self.at == self.columns.len() {
            assert_eq!(self.count, 0, "all rows have the same columns");
            self.columns.push(make());
        }
        self.at += 1;
        &mut self.columns[self.at - 1]
    }

    pub fn end_row(&mut self) {
        assert_eq!(self.at, self.columns.len(), "all rows have the same columns");
        self.at = 0;
        self.count += 1;
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Appends the rows to `table` within the open transaction.
    pub fn append_to(self, connection: &Connection, catalog: Option<&str>, table: &str) -> duckdb::Result<()> {
        if self.is_empty() {
            return Ok(());
        }
        let batch = self.into_batch();
        let mut appender = match catalog {
            Some(catalog) => connection.appender_to_catalog_and_db(table, catalog, "main")?,
            None => connection.appender(table)?,
        };
        appender.append_record_batch(batch)?;
        appender.flush()
    }

    fn into_batch(self) -> RecordBatch {
        let arrays: Vec<ArrayRef> = self.columns.into_iter().map(Column::into_array).collect();
        let field = |(index, array): (usize, &ArrayRef)| Field::new(index.to_string(), array.data_type().clone(), true);
        let schema = Schema::new(arrays.iter().enumerate().map(field).collect::<Vec<_>>());
        RecordBatch::try_new(Arc::new(schema), arrays).expect("columns are of one length")
    }
}

impl Column {
    fn into_array(self) -> ArrayRef {
        match self {
            Self::Bool(values) => Arc::new(BooleanArray::from(values)),
            Self::I8(values) => Arc::new(Int8Array::from(values)),
            Self::I32(values) => Arc::new(Int32Array::from(values)),
            Self::I64(values) => Arc::new(Int64Array::from(values)),
            Self::MaybeI64(values) => Arc::new(Int64Array::from(values)),
            Self::U32(values) => Arc::new(UInt32Array::from(values)),
            Self::U64(values) => Arc::new(UInt64Array::from(values)),
            Self::Text(mut values) => Arc::new(values.finish()),
        }
    }
}
