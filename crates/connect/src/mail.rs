//! Mail by SMTP, and a fake that keeps what was sent for a test to read.

use std::sync::{Arc, Mutex};

use anyhow::Context as _;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor, message::Mailbox};
use serde::{Deserialize, Serialize};

/// A plain-text mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    pub from: String,
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// Where mail goes.
#[derive(Clone)]
pub enum Mailer {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Fake(FakeMailbox),
    /// No mail server is configured: mail is written to the log, so that the operator of a first start can read the link.
    Log,
}

impl Mailer {
    /// A server by its address, such as `smtps://user:password@mail.example.com`.
    pub fn smtp(url: &str) -> anyhow::Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).context("read the SMTP address")?;
        Ok(Self::Smtp(transport.build()))
    }

    /// Whether mail reaches anybody but the operator.
    pub const fn delivers(&self) -> bool {
        !matches!(self, Self::Log)
    }

    pub async fn send(&self, mail: &Mail) -> anyhow::Result<()> {
        match self {
            Self::Smtp(transport) => {
                transport.send(message(mail)?).await.context("hand mail to the server")?;
            }
            Self::Fake(mailbox) => mailbox.0.lock().expect("never held across a panic").push(mail.clone()),
            Self::Log => {
                tracing::info!(to = mail.to, subject = mail.subject, text = mail.text, "mail (no server is set)")
            }
        }
        Ok(())
    }
}

fn message(mail: &Mail) -> anyhow::Result<Message> {
    let address = |text: &str| text.parse::<Mailbox>().with_context(|| format!("{text:?} is no mail address"));
    Message::builder()
        .from(address(&mail.from)?)
        .to(address(&mail.to)?)
        .subject(&mail.subject)
        .body(mail.text.clone())
        .context("compose mail")
}

/// Mail that was sent and not read yet.
#[derive(Clone, Default)]
pub struct FakeMailbox(Arc<Mutex<Vec<Mail>>>);

impl FakeMailbox {
    /// Takes the unread mail of one address, oldest first.
    pub fn take(&self, to: &str) -> Vec<Mail> {
        let mut mails = self.0.lock().expect("never held across a panic");
        let (taken, left) = mails.drain(..).partition(|mail| mail.to == to);
        *mails = left;
        taken
    }

    pub fn unread(&self) -> Vec<Mail> {
        self.0.lock().expect("never held across a panic").clone()
    }
}
