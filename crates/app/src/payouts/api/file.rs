//! The file a batch is paid with.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use kernel::{Id, Refusal, RefusalCode, id, money};
use serde::Deserialize;

use crate::{
    App,
    identity::permissions::CanPay,
    payouts::{entity::payout, rules::frozen_hash, store},
    platform::{
        Answer,
        body::{Params, PathId},
        spreadsheet,
    },
};

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileQuery {
    /// `csv`.
    #[param(example = "csv")]
    pub format: Option<String>,
}

/// The batch as a file; given only while the frozen list still has its hash.
#[utoipa::path(
    get, path = "/v1/payout-batches/{id}/file", tag = "payouts", params(("id" = Id<id::PayoutBatch>, Path), FileQuery),
    responses(
        (status = 200, content_type = "text/csv", body = String,
         example = "payout_id,partner_id,payee_name,payee_email,amount,currency\n"),
        (status = 409, description = "`batch_changed`: the list is not what was frozen")
    )
)]
pub async fn download(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::PayoutBatch>>,
    Params(query): Params<FileQuery>,
) -> Answer<Response> {
    if query.format.as_deref().is_some_and(|format| format != "csv") {
        return Err(Refusal::new(RefusalCode::BadParameter, "format is csv").into());
    }
    let batch = store::batch(app.records.read(), actor.tenant, id).await?;
    let payouts = store::payouts_of(app.records.read(), actor.tenant, id).await?;
    if frozen_hash(batch.id, batch.currency.parse()?, &payouts) != batch.frozen_hash {
        let message = "the list of payouts is not the one that was frozen; do not pay it";
        return Err(Refusal::new(RefusalCode::BatchChanged, message).into());
    }
    let name = format!("attachment; filename=\"{id}.csv\"");
    let head = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((head, as_csv(&payouts)?).into_response())
}

fn as_csv(payouts: &[payout::Model]) -> Answer<Vec<u8>> {
    let mut file = csv::Writer::from_writer(Vec::new());
    let header = ["payout_id", "partner_id", "payee_name", "payee_email", "amount", "currency"];
    file.write_record(header).map_err(anyhow::Error::from)?;
    for payout in payouts {
        let currency: kernel::Currency = payout.currency.parse()?;
        let row = [
            payout.id.to_string(),
            payout.partner_id.to_string(),
            spreadsheet::cell(&payout.payee_name),
            spreadsheet::cell(&payout.payee_email),
            money::format_amount(payout.amount_minor, currency.decimals().unwrap_or(2)),
            payout.currency.clone(),
        ];
        file.write_record(row).map_err(anyhow::Error::from)?;
    }
    Ok(file.into_inner().map_err(|error| anyhow::anyhow!("write CSV: {error}"))?)
}
