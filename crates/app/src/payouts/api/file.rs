//! The file a batch is paid with.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use kernel::{Id, Refusal, RefusalCode, id};
use serde::Deserialize;

use crate::{
    App,
    identity::permissions::CanPay,
    payouts::{
        entity::batch,
        files::{self, Fault, Format},
        frozen::Frozen,
        store,
    },
    platform::{
        Answer,
        body::{Params, PathId},
    },
};

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileQuery {
    /// `csv` for every method; `pain.001.001.09` and `pain.001.001.03` for credit transfers; `wise`; `capitalist`. What the
    /// method is paid with unless said.
    #[param(example = "pain.001.001.09")]
    pub format: Option<String>,
}

/// The batch as a file, the same bytes every time; given only once it is approved, and while the frozen list still has
/// its hash.
#[utoipa::path(
    get, path = "/v1/payout-batches/{id}/file", tag = "payouts", params(("id" = Id<id::PayoutBatch>, Path), FileQuery),
    responses(
        (status = 200, content_type = "text/csv", body = String,
         example = "number,name,email,account,currency,amount,description\n"),
        (status = 409, description = "`batch_changed`: the list is not what was frozen; `batch_not_approved`")
    )
)]
pub async fn download(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::PayoutBatch>>,
    Params(query): Params<FileQuery>,
) -> Answer<Response> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let batch = store::batch(&*write, actor.tenant, id).await?;
    let frozen = Frozen::load(&app, &*write, batch).await?;
    let format = match query.format.as_deref() {
        Some(code) => Format::from_code(code).filter(|format| format.is_of(frozen.batch.method)).ok_or_else(unknown)?,
        None => Format::usual(frozen.batch.method, frozen.payer.as_ref()),
    };
    let bytes = files::write(format, &frozen.paper()?).map_err(|faults| refused(&faults))?;
    if frozen.batch.file_given_at.is_none() {
        // From now on a bank may have it: it is not undone without somebody's word.
        let given = batch::Model { file_given_at: Some(app.ambient.now()), ..frozen.batch };
        store::save_batch(&*write, &given).await?;
        write.commit().await?;
    }
    let name = format!("attachment; filename=\"{id}.{}\"", format.extension());
    let head = [(header::CONTENT_TYPE, format.content_type().to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((head, bytes).into_response())
}

fn unknown() -> Refusal {
    let message =
        "format is csv, or what the batch's method is paid with: pain.001.001.09, pain.001.001.03, wise, capitalist";
    Refusal::new(RefusalCode::BadParameter, message)
}

fn refused(faults: &[Fault]) -> Refusal {
    let told = faults.first().map_or_else(String::new, |fault| format!("{}: {}", fault.field, fault.words));
    Refusal::new(RefusalCode::BadParameter, format!("the batch cannot be written in this format: {told}"))
}
