//! Looking names up whatever their case, in every alphabet: SQLite's `lower` knows only ASCII, so a name that is searched
//! lies beside its folded form.

use kernel::{Refusal, RefusalCode};
use sea_orm::{
    ConnectionTrait, DbErr,
    prelude::Uuid,
    sea_query::{Alias, Expr, ExprTrait as _, LikeExpr, Query, SimpleExpr},
};

const QUERY_CHARS_MAX: usize = 100;

/// The form in which names are compared.
pub fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// What somebody looks for, folded; nothing where it is blank.
pub fn query(text: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(text) = text.map(fold).filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > QUERY_CHARS_MAX {
        let message = format!("q has at most {QUERY_CHARS_MAX} characters");
        return Err(Refusal::new(RefusalCode::BadParameter, message));
    }
    Ok(Some(text))
}

/// Whether a column of folded texts holds `query` anywhere.
pub fn contains(column: impl Into<SimpleExpr>, query: &str) -> SimpleExpr {
    let mut pattern = String::from("%");
    for character in query.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    column.into().like(LikeExpr::new(pattern).escape('\\'))
}

/// Fills the folded names of a table whose rows are older than the column.
pub async fn fill(conn: &impl ConnectionTrait, table: &'static str) -> Result<(), DbErr> {
    let names = Query::select().column("id").column("name").from(Alias::new(table)).to_owned();
    for row in conn.query_all(&names).await? {
        let (id, name): (Uuid, String) = (row.try_get("", "id")?, row.try_get("", "name")?);
        let update = Query::update()
            .table(Alias::new(table))
            .value("name_folded", fold(&name))
            .and_where(Expr::col("id").eq(id))
            .to_owned();
        conn.execute(&update).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_of_no_account_in_any_alphabet() {
        for (one, other) in [("ŻÓŁTA Łódź", "żółta łódź"), ("Газета ЁЖ", "газета ёж"), (" Blue ", "blue")]
        {
            assert_eq!(fold(one), fold(other));
        }
    }

    #[test]
    fn a_blank_query_is_none_and_a_long_one_is_refused() {
        assert_eq!(query(Some("  ")), Ok(None));
        assert_eq!(query(Some(" Łódź ")), Ok(Some("łódź".to_owned())));
        assert!(query(Some(&"x".repeat(101))).is_err());
    }
}
