//! Names beside ids, on one page: a list answers the names of the rows its items speak of, so that a reader need not ask
//! for each.
//!
//! Invariant: only rows of the tenant are named. What a reader may not look behind is not asked for by its list.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Id, Page, Tenant, crockford, id::Kind};
use sea_orm::{
    ConnectionTrait, DbErr,
    prelude::Uuid,
    sea_query::{Alias, Expr, ExprTrait as _, Func, Query, SelectStatement, SimpleExpr},
};

/// Ids of one kind that get names; those beyond tell their ids alone.
const LABELS_MAX: usize = 10_000;
/// Ids in one question to the records.
const CHUNK: usize = 500;

/// Names by printed id.
pub type Labels = BTreeMap<String, String>;

/// Kinds whose names lie in a column of their own, by prefix: the table and the column.
const NAMED: &[(&str, &str, &str)] = &[
    ("adv", "advertisers", "name"),
    ("dom", "tracking_domains", "host"),
    ("gol", "goals", "name"),
    ("inv", "invitations", "email"),
    ("key", "api_keys", "name"),
    ("lnd", "landings", "name"),
    ("ofr", "offers", "name"),
    ("pbk", "postbacks", "name"),
    ("prt", "partners", "name"),
    ("sml", "smart_links", "name"),
    ("whk", "postbacks", "name"),
];
const LINK: &str = "lnk";
const USER: &str = "usr";
const MEMBERSHIP: &str = "mbr";
const CONVERSION: &str = "cnv";
const ENROLLMENT: &str = "enr";
const WORKSPACE: &str = "wsp";

/// Ids that want names.
#[derive(Clone, Debug, Default)]
pub struct Wanted(BTreeMap<&'static str, BTreeSet<Uuid>>);

impl Wanted {
    /// Ids of one kind.
    pub fn with<K: Kind>(mut self, ids: impl IntoIterator<Item = Id<K>>) -> Self {
        self.0.entry(K::PREFIX).or_default().extend(ids.into_iter().map(Id::uuid));
        self
    }

    /// Printed ids of any kind; other texts are passed over.
    pub fn with_printed<'a>(mut self, texts: impl IntoIterator<Item = &'a str>) -> Self {
        for text in texts {
            let Some((prefix, digits)) = text.split_once('_') else { continue };
            let known = kernel::id::KINDS.iter().find(|(_, known)| *known == prefix);
            if let (Some((_, prefix)), Some(value)) = (known, crockford::decode(digits)) {
                self.0.entry(prefix).or_default().insert(Uuid::from_u128(value));
            }
        }
        self
    }

    /// Looks the names up.
    pub async fn read(self, conn: &impl ConnectionTrait, tenant: Tenant) -> Result<Labels, DbErr> {
        let mut labels = Labels::new();
        for (prefix, ids) in self.0 {
            let ids: Vec<Uuid> = ids.into_iter().take(LABELS_MAX).collect();
            for chunk in ids.chunks(CHUNK) {
                let Some(question) = question(tenant, prefix, chunk) else { continue };
                for row in conn.query_all(&question).await? {
                    let id: Uuid = row.try_get("", "id")?;
                    let detail = if prefix == CONVERSION { row.try_get("", "detail")? } else { None };
                    let name: [Option<String>; 2] = [row.try_get("", "name")?, detail];
                    let name = name.into_iter().flatten().collect::<Vec<_>>().join(", ");
                    labels.insert(format!("{prefix}_{}", crockford::encode_string(id.as_u128())), name);
                }
            }
        }
        labels.retain(|_, name| !name.is_empty());
        Ok(labels)
    }

    /// Puts the names beside the items of a page.
    pub async fn beside<T>(self, page: Page<T>, conn: &impl ConnectionTrait, tenant: Tenant) -> Result<Page<T>, DbErr> {
        Ok(Page { labels: self.read(conn, tenant).await?, ..page })
    }
}

fn question(tenant: Tenant, prefix: &str, ids: &[Uuid]) -> Option<SelectStatement> {
    let ids = ids.to_vec();
    if let Some((_, table, name)) = NAMED.iter().find(|(known, ..)| *known == prefix) {
        return Some(of_table(tenant, table, Expr::col((Alias::new(*table), Alias::new(*name))), ids));
    }
    match prefix {
        LINK => {
            let name = Func::coalesce([Expr::col(("links", "name")), Expr::col(("links", "slug"))]);
            Some(of_table(tenant, "links", name.into(), ids))
        }
        USER => Some(users(tenant, ids)),
        MEMBERSHIP => {
            let mut select = of_table(tenant, "memberships", Expr::col(("users", "name")), ids);
            Some(joined(&mut select, "memberships", "users", "user_id"))
        }
        CONVERSION => Some(conversions(tenant, ids)),
        ENROLLMENT => {
            let mut select = of_table(tenant, "enrollments", Expr::col(("offers", "name")), ids);
            Some(joined(&mut select, "enrollments", "offers", "offer_id"))
        }
        WORKSPACE => Some(workspace(tenant, ids)),
        _ => None,
    }
}

fn of_table(tenant: Tenant, table: &str, name: SimpleExpr, ids: Vec<Uuid>) -> SelectStatement {
    let column = |column: &'static str| Expr::col((Alias::new(table), Alias::new(column)));
    Query::select()
        .expr_as(column("id"), "id")
        .expr_as(name, "name")
        .from(Alias::new(table))
        .and_where(column("workspace_id").eq(tenant.id().uuid()))
        .and_where(column("id").is_in(ids))
        .to_owned()
}

fn joined(select: &mut SelectStatement, table: &'static str, other: &'static str, by: &'static str) -> SelectStatement {
    select.left_join(other, Expr::col((other, "id")).equals((table, by))).to_owned()
}

/// An order under the name of its offer.
fn conversions(tenant: Tenant, ids: Vec<Uuid>) -> SelectStatement {
    let of = |column: &'static str| Expr::col(("conversions", column));
    Query::select()
        .expr_as(of("id"), "id")
        .expr_as(Expr::col(("offers", "name")), "name")
        .expr_as(of("order_id"), "detail")
        .from("conversions")
        .left_join("offers", Expr::col(("offers", "id")).equals(("conversions", "offer_id")))
        .and_where(of("workspace_id").eq(tenant.id().uuid()))
        .and_where(of("id").is_in(ids))
        .to_owned()
}

/// Users are global, so only those who are or were members of the workspace are named.
fn users(tenant: Tenant, ids: Vec<Uuid>) -> SelectStatement {
    let members = Query::select()
        .column("user_id")
        .from("memberships")
        .and_where(Expr::col("workspace_id").eq(tenant.id().uuid()))
        .to_owned();
    Query::select()
        .column("id")
        .column("name")
        .from("users")
        .and_where(Expr::col("id").is_in(ids))
        .and_where(Expr::col("id").in_subquery(members))
        .to_owned()
}

fn workspace(tenant: Tenant, ids: Vec<Uuid>) -> SelectStatement {
    Query::select()
        .column("id")
        .column("name")
        .from("workspaces")
        .and_where(Expr::col("id").eq(tenant.id().uuid()))
        .and_where(Expr::col("id").is_in(ids))
        .to_owned()
}
