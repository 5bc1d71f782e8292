//! Word to both sides: a fee is overdue, the offers have stopped, they go on. In the language of whoever reads it.

use connect::mail::Mail;
use kernel::{Tenant, money};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use super::entity::subscription::Model;
use crate::{
    App, advertisers,
    billing::{entity::invoice, letters},
    identity::{entity::user, mails},
    platform::Answer,
};

/// What there is to say.
pub enum Letter<'a> {
    Reminder(&'a invoice::Model),
    Paused(&'a invoice::Model),
    BroughtBack,
}

/// Puts the letters on the list, in the caller's transaction.
pub async fn tell(app: &App, conn: &impl ConnectionTrait, row: &Model, what: &Letter<'_>) -> Answer<()> {
    let tenant = Tenant(row.workspace_id);
    let advertiser = advertisers::store::get(conn, tenant, row.advertiser_id).await?;
    let ids = letters::people(conn, tenant, &advertiser).await?;
    let url = format!("{}/advertisers/{}", app.settings.public_url, row.advertiser_id);
    for person in user::Entity::find().filter(user::Column::Id.is_in(ids)).all(conn).await? {
        let [subject, text] = words(&person.language, &advertiser.name, what);
        let text = format!("{text}\n{url}\n");
        let mail = Mail { from: app.settings.mail_from.clone(), to: person.email, subject, text };
        mails::enqueue(conn, app, &mail).await?;
    }
    Ok(())
}

/// Its number, what is open of it, and its day.
fn facts(invoice: &invoice::Model) -> (String, String, String) {
    let currency = invoice.currency();
    let open = money::format_amount(invoice.open_minor, currency.decimals().unwrap_or_default());
    let number = invoice.number_text().unwrap_or_default();
    (number, format!("{open} {currency}"), invoice.due_on.clone().unwrap_or_default())
}

fn words(language: &str, name: &str, what: &Letter<'_>) -> [String; 2] {
    match what {
        Letter::Reminder(invoice) => reminder(language, name, facts(invoice)),
        Letter::Paused(invoice) => paused(language, name, facts(invoice)),
        Letter::BroughtBack => brought_back(language, name),
    }
}

fn reminder(language: &str, name: &str, (number, open, due): (String, String, String)) -> [String; 2] {
    match language {
        "ru" => [
            format!("Счёт {number} просрочен: {name}"),
            format!(
                "Счёт {number} с абонентской платой следовало оплатить до {due}, открыто {open}. \
                 Если он останется неоплаченным, офферы будут остановлены."
            ),
        ],
        "pl" => [
            format!("Faktura {number} jest po terminie: {name}"),
            format!(
                "Termin płatności faktury {number} z opłatą abonamentową minął {due}, do zapłaty pozostaje {open}. \
                 Jeśli nie zostanie opłacona, oferty zostaną zatrzymane."
            ),
        ],
        _ => [
            format!("Invoice {number} is overdue: {name}"),
            format!(
                "Invoice {number} with the subscription fee was due on {due}, and {open} is open. \
                 If it stays unpaid, offers will be stopped."
            ),
        ],
    }
}

fn paused(language: &str, name: &str, (number, open, due): (String, String, String)) -> [String; 2] {
    match language {
        "ru" => [
            format!("Подписка приостановлена, офферы остановлены: {name}"),
            format!(
                "Счёт {number} не оплачен с {due}, открыто {open}. Клики идут в трафбек. \
                 Офферы снова примут трафик, как только он будет оплачен."
            ),
        ],
        "pl" => [
            format!("Abonament wstrzymany, oferty zatrzymane: {name}"),
            format!(
                "Faktura {number} nie jest opłacona od {due}, do zapłaty pozostaje {open}. Kliknięcia trafiają na adres \
                 zapasowy. Oferty wrócą, gdy tylko zostanie opłacona."
            ),
        ],
        _ => [
            format!("The subscription is paused and offers are stopped: {name}"),
            format!(
                "Invoice {number} has been unpaid since {due}, and {open} is open. Clicks take the fallback. \
                 Offers go on as soon as it is paid."
            ),
        ],
    }
}

fn brought_back(language: &str, name: &str) -> [String; 2] {
    match language {
        "ru" => [
            format!("Подписка снова действует: {name}"),
            "Просроченный счёт оплачен. Офферы принимают трафик.".to_owned(),
        ],
        "pl" => [
            format!("Abonament znów działa: {name}"),
            "Zaległa faktura jest opłacona. Oferty przyjmują ruch.".to_owned(),
        ],
        _ => [
            format!("The subscription is on again: {name}"),
            "What was overdue is paid. Offers take traffic.".to_owned(),
        ],
    }
}
