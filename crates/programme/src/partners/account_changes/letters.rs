//! What is written of a changed account, in the languages of its readers.

use connect::mail::Mail;
use kernel::money::format_amount;

use super::{LINK_DAYS, entity::Model};
use crate::{
    App,
    partners::{model::Model as Partner, payee_accounts::SplitAccount},
    platform::columns::TextMap,
};

/// Where a change is confirmed.
fn link_url(app: &App, token: &str) -> String {
    format!("{}/confirm-account#token={token}", app.settings.public_url)
}

/// Where it is stopped.
fn account_url(app: &App) -> String {
    format!("{}/profile", app.settings.public_url)
}

fn shown(row: &Model) -> String {
    let ends = |details: &TextMap| {
        let told = details.0.iter().map(|(name, end)| format!("{name} {end}"));
        told.collect::<Vec<_>>().join(", ")
    };
    let Some(split) = &row.split else { return ends(&row.details_shown) };
    let share = |one: &SplitAccount| format!("{} %: {}", format_amount(i64::from(one.share_bp), 2), ends(&one.shown));
    split.accounts.iter().map(share).collect::<Vec<_>>().join("; ")
}

/// The link that confirms it.
pub fn link(app: &App, to: (&str, &str), (partner, row): (&Partner, &Model), token: &str) -> Mail {
    let (name, url, end) = (&partner.name, link_url(app, token), shown(row));
    let (subject, text) = match to.1 {
        "ru" => (
            format!("Подтвердите новый счёт: {name}"),
            format!(
                "Выплаты {name} пойдут на новый счёт ({end}), когда вы подтвердите его по ссылке (действует {LINK_DAYS} дн.):\n\n{url}\n\nЕсли вы не меняли счёт, не открывайте её: остановите изменение и смените пароль:\n{}\n",
                account_url(app)
            ),
        ),
        "pl" => (
            format!("Potwierdź nowe konto: {name}"),
            format!(
                "Wypłaty {name} pójdą na nowe konto ({end}), gdy potwierdzisz je odnośnikiem (ważny {LINK_DAYS} dni):\n\n{url}\n\nJeśli to nie Twoja zmiana, nie otwieraj go: zatrzymaj zmianę i zmień hasło:\n{}\n",
                account_url(app)
            ),
        ),
        _ => (
            format!("Confirm the new account: {name}"),
            format!(
                "Payouts to {name} will go to a new account ({end}) once you confirm it by this link (good for {LINK_DAYS} days):\n\n{url}\n\nIf you changed nothing, do not open it: stop the change and choose a new password:\n{}\n",
                account_url(app)
            ),
        ),
    };
    mail(app, to.0, subject, text)
}

/// Word to all others that it was asked for.
pub fn word(app: &App, to: (&str, &str), (partner, row): (&Partner, &Model)) -> Mail {
    let (name, url, end) = (&partner.name, account_url(app), shown(row));
    let (subject, text) = match to.1 {
        "ru" => (
            format!("Меняется счёт для выплат: {name}"),
            format!(
                "Кто-то попросил платить {name} на новый счёт ({end}). Его подтверждают письмом, и он ждёт. До этого выплаты идут на прежний. Если это ошибка, остановите изменение:\n{url}\n"
            ),
        ),
        "pl" => (
            format!("Zmienia się konto do wypłat: {name}"),
            format!(
                "Ktoś poprosił o wypłaty {name} na nowe konto ({end}). Zmianę potwierdza się pocztą, a potem ona czeka. Do tego czasu wypłaty idą na dotychczasowe. Jeśli to pomyłka, zatrzymaj zmianę:\n{url}\n"
            ),
        ),
        _ => (
            format!("The account for payouts is being changed: {name}"),
            format!(
                "Somebody asked to have {name} paid to a new account ({end}). It is confirmed by mail and then waits. Until then payouts go to the one before. If this is wrong, stop the change:\n{url}\n"
            ),
        ),
    };
    mail(app, to.0, subject, text)
}

/// It holds from now on.
pub fn in_force(app: &App, to: (&str, &str), (partner, row): (&Partner, &Model)) -> Mail {
    let (name, end) = (&partner.name, shown(row));
    let (subject, text) = match to.1 {
        "ru" => (
            format!("Новый счёт для выплат: {name}"),
            format!("Выплаты {name} теперь идут на новый счёт ({end}).\n{}\n", account_url(app)),
        ),
        "pl" => (
            format!("Nowe konto do wypłat: {name}"),
            format!("Wypłaty {name} idą teraz na nowe konto ({end}).\n{}\n", account_url(app)),
        ),
        _ => (
            format!("The new account for payouts: {name}"),
            format!("Payouts to {name} now go to the new account ({end}).\n{}\n", account_url(app)),
        ),
    };
    mail(app, to.0, subject, text)
}

fn mail(app: &App, to: &str, subject: String, text: String) -> Mail {
    Mail { from: app.settings.mail_from.clone(), to: to.to_owned(), subject, text }
}
