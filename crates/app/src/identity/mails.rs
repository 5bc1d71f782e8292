//! Mail to people goes through a job, so that a mail server's fault neither loses it nor holds up a request.

use anyhow::Context as _;
use connect::mail::Mail;
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    App,
    platform::jobs::{self, Model as Job},
};

pub const SEND_MAIL: &str = "send_mail";

/// Puts a mail on the list, in the caller's transaction.
pub async fn enqueue(conn: &impl ConnectionTrait, app: &App, mail: &Mail) -> Result<(), DbErr> {
    let payload = serde_json::to_value(mail).expect("a mail is plain data");
    jobs::enqueue(conn, &app.ambient, None, SEND_MAIL, payload, app.ambient.now()).await.map(drop)
}

/// The job.
pub async fn send(app: &App, job: &Job) -> anyhow::Result<()> {
    let mail: Mail = serde_json::from_value(job.payload.clone()).context("read a mail job")?;
    app.mailer.send(&mail).await.context("send mail")
}
