//! Smart links as an actor sees them: a partner without what we earn on its clicks, and how we choose.

use kernel::{Currency, Id, Timestamp, id};
use serde::Serialize;

use super::{
    link::{self, SmartMode},
    member::{self, SmartMemberState},
    rules,
};
use crate::{
    App,
    domains::model::Model as Domain,
    identity::{Actor, Role},
    links::{model::LinkState, url},
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "sml_01KAMX4S5T0000000000000000", "slug": "k7m2qx9a4d", "url": "https://go.riverside.example/c/k7m2qx9a4d",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "name": "Push, finance", "traffic_type": "push", "state": "active",
    "created_at": "2026-11-22T09:30:00.000Z",
    "members": [{
        "offer_id": "ofr_01KAMX4S5T0000000000000000", "link_id": "lnk_01KAMX4S5T0000000000000000", "state": "active",
        "choice": {"weight": 100, "priority": 0, "share_ppm": 620000, "is_new": false, "clicks": 5210, "paying_clicks": 104,
            "profit_minor": 93600, "per_click_micros": 179655, "low_micros": 147200, "high_micros": 214900}
    }],
    "choosing": {"mode": "learned", "floor_percent": 5, "floor_clicks": 500, "expected_profit_minor": 900,
        "currency": "EUR", "learned_at": "2026-11-22T09:25:00.000Z"}
}))]
pub struct SmartLinkOut {
    pub id: Id<id::SmartLink>,
    pub slug: String,
    pub url: String,
    pub partner_id: Id<id::Partner>,
    pub name: String,
    pub traffic_type: String,
    pub state: LinkState,
    pub created_at: Timestamp,
    /// In the order they came; those that were taken out are not shown.
    pub members: Vec<SmartMemberOut>,
    /// Not shown to partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choosing: Option<SmartChoosing>,
}

/// How the smart link chooses.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SmartChoosing {
    pub mode: SmartMode,
    pub floor_percent: i32,
    pub floor_clicks: i64,
    pub expected_profit_minor: Option<i64>,
    /// Of what was learned.
    #[schema(value_type = String)]
    pub currency: Currency,
    pub learned_at: Option<Timestamp>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct SmartMemberOut {
    pub offer_id: Id<id::Offer>,
    /// Its own tracking link.
    pub link_id: Id<id::Link>,
    pub state: SmartMemberState,
    /// Not shown to partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<SmartMemberChoice>,
}

/// A member's chance, and what it rests on.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SmartMemberChoice {
    pub weight: i32,
    pub priority: i32,
    /// Its chance while all active offers would let the visitor through, in millionths.
    pub share_ppm: u32,
    /// Still within its floor.
    pub is_new: bool,
    /// Valid clicks of the last 90 days.
    pub clicks: i64,
    /// Clicks that brought a profit or a loss.
    pub paying_clicks: i64,
    /// Revenue less earnings of what is pending or approved.
    pub profit_minor: i64,
    /// Profit per click, in millionths of the currency's unit; absent before the first click.
    pub per_click_micros: Option<i64>,
    /// It lies between these with 95 % probability.
    pub low_micros: Option<i64>,
    pub high_micros: Option<i64>,
}

/// What an answer needs beside the rows.
pub struct Around<'a> {
    pub app: &'a App,
    pub actor: &'a Actor,
    pub domains: &'a [Domain],
    pub currency: Currency,
}

pub fn shown(around: &Around<'_>, row: link::Model, members: &[member::Model]) -> SmartLinkOut {
    let by_staff = around.actor.role != Role::Partner;
    let chances = rules::chances(&rules::places(&row, members));
    let listed = members.iter().filter(|member| member.state != SmartMemberState::Removed);
    let listed = listed.map(|member| SmartMemberOut {
        offer_id: member.offer_id,
        link_id: member.link_id,
        state: member.state,
        choice: by_staff.then(|| choice(&row, member, &chances, around.currency)),
    });
    let members = listed.collect();
    let choosing = by_staff.then_some(SmartChoosing {
        mode: row.mode,
        floor_percent: row.floor_percent,
        floor_clicks: row.floor_clicks,
        expected_profit_minor: row.expected_profit_minor,
        currency: around.currency,
        learned_at: row.learned_at,
    });
    SmartLinkOut {
        id: row.id,
        url: url::of_link(around.app, around.domains, row.partner_id, &row.slug),
        slug: row.slug,
        partner_id: row.partner_id,
        name: row.name,
        traffic_type: row.traffic_type,
        state: row.state,
        created_at: row.created_at,
        members,
        choosing,
    }
}

fn choice(row: &link::Model, member: &member::Model, chances: &[(u8, u32)], currency: Currency) -> SmartMemberChoice {
    let own = chances.iter().find(|(number, _)| *number == rules::number(member));
    let scale = i128::from(micros_in_a_minor_unit(currency));
    let per_click = |clicks: i64| (i128::from(member.profit_minor) * scale / i128::from(clicks)) as i64;
    SmartMemberChoice {
        weight: member.weight,
        priority: member.priority,
        share_ppm: own.map_or(0, |(_, chance)| *chance),
        is_new: rules::is_new(row, member),
        clicks: member.clicks,
        paying_clicks: member.paying_clicks,
        profit_minor: member.profit_minor,
        per_click_micros: (member.clicks > 0).then(|| per_click(member.clicks)),
        low_micros: member.low_micros,
        high_micros: member.high_micros,
    }
}

/// Millionths of the currency's unit that its smallest one has.
pub fn micros_in_a_minor_unit(currency: Currency) -> i64 {
    const MICROS_DECIMALS: u32 = 6;
    const DECIMALS_UNLESS_KNOWN: u32 = 2;
    let decimals = currency.decimals().unwrap_or(DECIMALS_UNLESS_KNOWN);
    10_i64.pow(MICROS_DECIMALS.saturating_sub(decimals))
}
