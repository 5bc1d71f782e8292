//! Mail to people goes through a job, so that a mail server's fault neither loses it nor holds up a request.
//!
//! Mails carry tokens, so a job holds its mail sealed.

use anyhow::Context as _;
use connect::mail::Mail;
use data_encoding::BASE64;
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    App,
    platform::jobs::{self, Model as Job},
};

pub const SEND_MAIL: &str = "send_mail";

/// Puts a mail on the list, in the caller's transaction.
pub async fn enqueue(conn: &impl ConnectionTrait, app: &App, mail: &Mail) -> Result<(), DbErr> {
    let plain = serde_json::to_vec(mail).expect("a mail is plain data");
    let sealed = BASE64.encode(&app.secrets.seal(&app.ambient, &plain));
    jobs::enqueue(conn, &app.ambient, None, SEND_MAIL, sealed.into(), app.ambient.now()).await.map(drop)
}

/// The job.
pub async fn send(app: &App, job: &Job) -> anyhow::Result<()> {
    let sealed = BASE64.decode(job.payload.as_str().context("a mail job holds a text")?.as_bytes())?;
    let plain = app.secrets.open_sealed(&sealed).context("open a mail job")?;
    let mail: Mail = serde_json::from_slice(&plain).context("read a mail job")?;
    app.mailer.send(&mail).await.context("send mail")
}
