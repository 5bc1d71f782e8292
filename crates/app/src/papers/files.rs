//! A paper as an answer: PDF, XLSX, CSV or structured, to be saved under its name.

use ::papers::{Language, Paper, ksef, paper, pdf, table};
use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use kernel::{Refusal, RefusalCode};
use serde::Deserialize;

use crate::platform::Answer;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    #[default]
    Pdf,
    Xlsx,
    Csv,
    /// The structured invoice FA(3) of Poland's KSeF.
    Ksef,
}

impl FileFormat {
    const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Ksef => "xml",
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Ksef => "application/xml",
        }
    }
}

/// The language that was asked for, else that of whoever reads the paper.
pub fn language(asked: Option<&str>, readers: &str) -> Result<Language, Refusal> {
    let known = |code: &str| Language::ALL.into_iter().find(|language| language.code() == code);
    match asked {
        None => Ok(Language::of(readers)),
        Some(code) => known(code).ok_or_else(|| Refusal::new(RefusalCode::BadParameter, "language is en, ru or pl")),
    }
}

/// Writes the paper away from the threads that answer: a long one takes a while.
pub async fn answer(paper: Paper, format: FileFormat, name: &str) -> Answer<Response> {
    let name = format!("attachment; filename=\"{name}.{}\"", format.ending());
    let bytes = tokio::task::spawn_blocking(move || write(&paper, format)).await.map_err(anyhow::Error::from)??;
    let head = [(header::CONTENT_TYPE, format.content_type().to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((head, bytes).into_response())
}

fn write(paper: &Paper, format: FileFormat) -> Answer<Vec<u8>> {
    match format {
        FileFormat::Pdf if paper.lines.len() > paper::LINES_MAX => {
            let message = format!("a PDF has at most {} lines; take XLSX or CSV", paper::LINES_MAX);
            Err(Refusal::new(RefusalCode::TooManyOfThem, message).into())
        }
        FileFormat::Pdf => Ok(pdf::write(paper).map_err(anyhow::Error::from)?),
        FileFormat::Xlsx => Ok(table::write_xlsx(paper).map_err(anyhow::Error::from)?),
        FileFormat::Csv => {
            let mut bytes = Vec::new();
            table::write_csv(paper, &mut bytes).map_err(anyhow::Error::from)?;
            Ok(bytes)
        }
        FileFormat::Ksef => {
            let refusal = |why: ksef::NotStructured| Refusal::new(RefusalCode::NotStructured, why.to_string());
            Ok(ksef::write(paper).map_err(refusal)?.into_bytes())
        }
    }
}
