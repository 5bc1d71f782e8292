//! What identity writes by mail, in the languages of its readers.

use connect::mail::Mail;
use kernel::time::{DAY_MS, HOUR_MS};

use super::{actor::Role, invitations, password_resets};
use crate::App;

/// Where an invitation is accepted.
pub fn invitation_url(app: &App, token: &str) -> String {
    format!("{}/accept-invitation#token={token}", app.settings.public_url)
}

/// Where a new password is chosen.
pub fn reset_url(app: &App, token: &str) -> String {
    format!("{}/reset-password#token={token}", app.settings.public_url)
}

/// The mail that lets somebody choose a new password.
pub fn reset(app: &App, to: &str, language: &str, token: &str) -> Mail {
    let url = reset_url(app, token);
    let hours = password_resets::LIFE_MS / HOUR_MS;
    let (subject, text) = match language {
        "ru" => (
            "Новый пароль",
            format!(
                "Чтобы выбрать новый пароль, откройте ссылку (действует {hours} ч):\n\n{url}\n\nЕсли вы не просили об этом, ничего не делайте.\n"
            ),
        ),
        "pl" => (
            "Nowe hasło",
            format!(
                "Aby wybrać nowe hasło, otwórz odnośnik (ważny {hours} godz.):\n\n{url}\n\nJeśli to nie Twoja prośba, nic nie rób.\n"
            ),
        ),
        _ => (
            "A new password",
            format!(
                "To choose a new password, open this link (good for {hours} h):\n\n{url}\n\nIf you did not ask for it, do nothing.\n"
            ),
        ),
    };
    mail(app, to, subject, text)
}

/// The mail that asks somebody in. `inviter` is a name.
pub fn invitation(app: &App, to: &str, language: &str, inviter: &str, role: Role, token: &str) -> Mail {
    let url = invitation_url(app, token);
    let (days, role) = (invitations::LIFE_MS / DAY_MS, role_word(role, language));
    let (subject, text) = match language {
        "ru" => (
            "Приглашение в Tributary",
            format!(
                "{inviter} приглашает вас в Tributary. Ваша роль: {role}.\n\nПримите приглашение по ссылке (действует {days} дн.):\n\n{url}\n"
            ),
        ),
        "pl" => (
            "Zaproszenie do Tributary",
            format!(
                "{inviter} zaprasza Cię do Tributary. Twoja rola: {role}.\n\nPrzyjmij zaproszenie (ważne {days} dni):\n\n{url}\n"
            ),
        ),
        _ => (
            "An invitation to Tributary",
            format!(
                "{inviter} invites you to Tributary. Your role: {role}.\n\nAccept the invitation here (good for {days} days):\n\n{url}\n"
            ),
        ),
    };
    mail(app, to, subject, text)
}

fn mail(app: &App, to: &str, subject: &str, text: String) -> Mail {
    Mail { from: app.settings.mail_from.clone(), to: to.to_owned(), subject: subject.to_owned(), text }
}

const fn role_word(role: Role, language: &str) -> &'static str {
    let [english, russian, polish] = match role {
        Role::Owner => ["owner", "владелец", "właściciel"],
        Role::Manager => ["manager", "менеджер", "menedżer"],
        Role::Analyst => ["analyst", "аналитик", "analityk"],
        Role::Finance => ["finance", "финансы", "finanse"],
        Role::Partner => ["partner", "партнёр", "wydawca"],
        Role::Advertiser => ["advertiser", "рекламодатель", "reklamodawca"],
    };
    match language.as_bytes() {
        b"ru" => russian,
        b"pl" => polish,
        _ => english,
    }
}
