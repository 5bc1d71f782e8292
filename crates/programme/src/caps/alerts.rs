//! Early word to the manager: a cap has passed one of its thresholds.
//!
//! A job is put down in the deciding transaction; it writes to whoever is responsible for the offer, else for the
//! partner, else for the advertiser. Where nobody is, nobody is told: the page of caps shows it all the same.

use anyhow::Context as _;
use connect::mail::Mail;
use kernel::{Ambient, Id, Tenant, Timestamp, id};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait as _};
use serde::{Deserialize, Serialize};

use super::{
    entity::{cap, counter},
    model::{CapKind, CapMetric},
};
use crate::{
    App, advertisers,
    identity::entity::user,
    offers, partners,
    platform::jobs::{self, Model as Job},
};

pub const MAIL_CAP_ALERT: &str = "mail_cap_alert";

#[derive(Serialize, Deserialize)]
struct Passed {
    cap: Id<id::Cap>,
    period_start: Timestamp,
    percent: u32,
}

/// Puts the letter on the list, in the deciding transaction.
pub async fn enqueue(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    tenant: Tenant,
    cap: Id<id::Cap>,
    period_start: Timestamp,
    percent: u32,
) -> Result<(), DbErr> {
    let payload = serde_json::to_value(Passed { cap, period_start, percent }).expect("plain data");
    jobs::enqueue(conn, ambient, Some(tenant.id()), MAIL_CAP_ALERT, payload, ambient.now()).await.map(drop)
}

/// The job.
pub async fn mail(app: &App, job: &Job) -> anyhow::Result<()> {
    let passed: Passed = serde_json::from_value(job.payload.clone()).context("read a cap's alert")?;
    let tenant = Tenant(job.workspace_id.context("an alert belongs to a workspace")?);
    let records = app.records.read();
    let Some(row) = cap::Entity::find_by_id(passed.cap).one(records).await? else { return Ok(()) };
    if row.workspace_id != tenant.id() {
        return Ok(());
    }
    let used = counter::Entity::find_by_id(counter::key(row.id, passed.period_start)).one(records).await?;
    let used = used.map_or(0, |counter| counter.used);
    let Some(manager) = responsible(records, tenant, &row).await? else { return Ok(()) };
    let Some(person) = user::Entity::find_by_id(manager).one(records).await? else { return Ok(()) };
    let subject = named(records, tenant, &row).await?;
    let letter =
        letter(app, &person.email, &person.language, &Alert { row: &row, used, percent: passed.percent, subject });
    app.mailer.send(&letter).await.context("send a cap's alert")
}

/// Who is to look after a cap.
pub async fn responsible(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    cap: &cap::Model,
) -> anyhow::Result<Option<Id<id::User>>> {
    if let Some(offer) = cap.offer_id {
        let offers = offers::store::get_many(conn, tenant, [offer]).await?;
        if let Some(manager) = offers.get(&offer).and_then(|offer| offer.manager_id) {
            return Ok(Some(manager));
        }
    }
    if let Some(partner) = cap.partner_id {
        let row = partners::model::Entity::find_by_id(partner).one(conn).await?;
        if let Some(manager) = row.and_then(|row| row.manager_id) {
            return Ok(Some(manager));
        }
    }
    let Some(advertiser) = cap.advertiser_id else { return Ok(None) };
    let row = advertisers::model::Entity::find_by_id(advertiser).one(conn).await?;
    Ok(row.and_then(|row| row.manager_id))
}

/// The names of what the cap lies on.
pub async fn named(conn: &impl ConnectionTrait, tenant: Tenant, cap: &cap::Model) -> anyhow::Result<String> {
    let labels = crate::platform::labels::Wanted::default()
        .with(cap.advertiser_id.filter(|_| cap.offer_id.is_none()))
        .with(cap.offer_id)
        .with(cap.goal_id)
        .with(cap.partner_id)
        .read(conn, tenant)
        .await?;
    let mut names: Vec<String> = labels.into_values().collect();
    names.extend(cap.source_id.clone());
    Ok(names.join(", "))
}

struct Alert<'a> {
    row: &'a cap::Model,
    used: i64,
    percent: u32,
    subject: String,
}

fn letter(app: &App, to: &str, language: &str, alert: &Alert<'_>) -> Mail {
    let Alert { row, used, percent, subject } = alert;
    let url = format!("{}/caps?cap={}", app.settings.public_url, row.id);
    let [used, limit] = [*used, row.limit_count].map(|value| shown(row, value));
    let (metric, period) = (metric_word(row.metric, language), period_word(&row.period, language));
    let is_test = row.kind == CapKind::Test;
    let (title, text) = match language {
        "ru" => (
            format!("Капа заполнена на {percent} %: {subject}"),
            format!(
                "{subject}\n{metric}, {period}: {used} из {limit}.\n{}\n{url}\n",
                if is_test {
                    "Это тестовая капа: решите, продолжать ли.\n"
                } else {
                    ""
                }
            ),
        ),
        "pl" => (
            format!("Limit wykorzystany w {percent}%: {subject}"),
            format!(
                "{subject}\n{metric}, {period}: {used} z {limit}.\n{}\n{url}\n",
                if is_test { "To limit testowy: zdecyduj, czy kontynuować.\n" } else { "" }
            ),
        ),
        _ => (
            format!("A cap is {percent} % full: {subject}"),
            format!(
                "{subject}\n{metric}, {period}: {used} of {limit}.\n{}\n{url}\n",
                if is_test { "This is a test cap: decide whether to go on.\n" } else { "" }
            ),
        ),
    };
    Mail { from: app.settings.mail_from.clone(), to: to.to_owned(), subject: title, text }
}

/// A number, or money with its currency.
fn shown(cap: &cap::Model, value: i64) -> String {
    let Some(currency) = cap.currency() else { return value.to_string() };
    let decimals = currency.decimals().unwrap_or_default();
    let unit = 10_i64.pow(decimals);
    if decimals == 0 {
        return format!("{value} {currency}");
    }
    format!("{}.{:0width$} {currency}", value / unit, value % unit, width = decimals as usize)
}

const fn metric_word(metric: CapMetric, language: &str) -> &'static str {
    let [english, russian, polish] = match metric {
        CapMetric::Views => ["Views", "Показы", "Wyświetlenia"],
        CapMetric::Clicks => ["Clicks", "Клики", "Kliknięcia"],
        CapMetric::Conversions => ["Conversions", "Конверсии", "Konwersje"],
        CapMetric::Payout => ["Earnings", "Начислено", "Prowizje"],
        CapMetric::Revenue => ["Revenue", "Доход", "Przychód"],
    };
    in_language(language, english, russian, polish)
}

fn period_word(period: &str, language: &str) -> &'static str {
    let [english, russian, polish] = match period {
        "hour" => ["this hour", "за час", "w tej godzinie"],
        "day" => ["today", "за день", "dzisiaj"],
        "week" => ["this week", "за неделю", "w tym tygodniu"],
        "month" => ["this month", "за месяц", "w tym miesiącu"],
        _ => ["in all", "всего", "łącznie"],
    };
    in_language(language, english, russian, polish)
}

const fn in_language(
    language: &str,
    english: &'static str,
    russian: &'static str,
    polish: &'static str,
) -> &'static str {
    match language.as_bytes() {
        b"ru" => russian,
        b"pl" => polish,
        _ => english,
    }
}
