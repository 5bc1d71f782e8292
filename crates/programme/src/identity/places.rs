//! In which workspaces a person has a place, by name. Workspaces come later in the reading order, so only their table is
//! asked.

use std::collections::HashMap;

use kernel::{Id, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, Query},
};
use serde::Serialize;

use super::{actor::Role, entity::membership};
use crate::platform::Answer;

/// Places of one person.
const PLACES_MAX: u64 = 1_000;

#[derive(Clone, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "mbr_01KAMX4S5T0000000000000000", "workspace_id": "wsp_01KAMX4S5T0000000000000000",
    "workspace_name": "Riverside", "role": "manager"
}))]
pub struct MembershipOut {
    pub id: Id<id::Membership>,
    pub workspace_id: Id<id::Workspace>,
    pub workspace_name: String,
    pub role: Role,
}

/// What the frame of every page shows of a workspace.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "wsp_01KAMX4S5T0000000000000000", "name": "Riverside", "timezone": "Europe/Warsaw",
    "reporting_currency": "EUR"
}))]
pub struct WorkspaceBrief {
    pub id: Id<id::Workspace>,
    pub name: String,
    /// IANA name.
    pub timezone: String,
    pub reporting_currency: String,
}

/// The live places of a person, oldest first.
pub async fn of_user(conn: &impl ConnectionTrait, user: Id<id::User>) -> Answer<Vec<MembershipOut>> {
    let members = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user))
        .filter(membership::Column::EndedAt.is_null())
        .order_by_asc(membership::Column::Id)
        .limit(PLACES_MAX)
        .all(conn)
        .await?;
    let briefs = workspaces(conn, members.iter().map(|member| member.workspace_id)).await?;
    let place = |member: membership::Model| {
        let workspace_name = briefs.get(&member.workspace_id).map_or_else(String::new, |brief| brief.name.clone());
        MembershipOut { id: member.id, workspace_id: member.workspace_id, workspace_name, role: member.role }
    };
    Ok(members.into_iter().map(place).collect())
}

/// Workspaces by id.
pub async fn workspaces(
    conn: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Id<id::Workspace>>,
) -> Result<HashMap<Id<id::Workspace>, WorkspaceBrief>, DbErr> {
    let ids: Vec<_> = ids.into_iter().map(Id::uuid).collect();
    let query = Query::select()
        .columns(["id", "name", "timezone", "reporting_currency"])
        .from("workspaces")
        .and_where(Expr::col("id").is_in(ids))
        .to_owned();
    let rows = conn.query_all(&query).await?;
    let brief = |row: &sea_orm::QueryResult| {
        Ok(WorkspaceBrief {
            id: Id::from_uuid(row.try_get("", "id")?),
            name: row.try_get("", "name")?,
            timezone: row.try_get("", "timezone")?,
            reporting_currency: row.try_get("", "reporting_currency")?,
        })
    };
    let briefs = rows.iter().map(brief).collect::<Result<Vec<_>, DbErr>>()?;
    Ok(briefs.into_iter().map(|brief| (brief.id, brief)).collect())
}
