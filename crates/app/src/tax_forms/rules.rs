//! What is taken, until when it holds, what staff may make of it, and whether a partner has one on file.

use jiff::civil::Date;
use kernel::{Refusal, RefusalCode};

use super::{
    entity::{Model, TaxFormState},
    kinds::{TaxFormKind, Terms},
};

/// Forms of one partner that wait for staff at once.
pub const WAITING_MAX: usize = 5;
/// Forms of one partner.
pub const FORMS_MAX: usize = 200;
/// No form holds longer, in years.
const YEARS_MAX: i16 = 10;

/// The last day of a form that is handed in `today`: as it was said, or as its kind has it.
///
/// # Errors
/// A fault of `valid_until` where it is needed and absent, is no day, has passed, or lies too far away.
pub fn valid_until(terms: Terms, said: Option<&str>, today: Date) -> Result<Option<Date>, Refusal> {
    let wrong = |message: &str| Refusal::field("valid_until", message);
    let Some(said) = said.map(str::trim).filter(|said| !said.is_empty()) else {
        let is_missing = terms.asks_for_last_day();
        return if is_missing { Err(wrong("must say until when it holds")) } else { Ok(terms.last_day(today)) };
    };
    let day: Date = said.parse().map_err(|_| wrong("must be a day, as 2026-12-05"))?;
    if day < today {
        return Err(wrong("must not lie in the past"));
    }
    if day.year() > today.year() + YEARS_MAX {
        return Err(wrong("must lie within ten years"));
    }
    Ok(Some(day))
}

/// Refuses what a partner has handed in already, and more than staff can look at.
pub fn require_room(known: &[Model], kind: TaxFormKind, file_hash: &str) -> Result<(), Refusal> {
    let stands = |form: &&Model| form.state != TaxFormState::Rejected;
    if known.iter().filter(stands).any(|form| form.kind == kind && form.file_hash == file_hash) {
        return Err(Refusal::new(RefusalCode::AlreadyExists, "this file was handed in already"));
    }
    let waiting = known.iter().filter(|form| form.state == TaxFormState::Submitted).count();
    if waiting >= WAITING_MAX || known.len() >= FORMS_MAX {
        let message = "too many forms wait to be looked at; wait for the first answers";
        return Err(Refusal::new(RefusalCode::TooManyOfThem, message));
    }
    Ok(())
}

/// What becomes of a form that staff accepts or rejects `today`.
///
/// # Errors
/// `already_decided` where it was decided so or rejected, `deadline_passed` for accepting one whose last day has passed.
pub fn reviewed(form: &Model, accept: bool, today: Date) -> Result<TaxFormState, Refusal> {
    match (form.state, accept) {
        (TaxFormState::Submitted, true) if has_passed(form, today) => {
            Err(Refusal::new(RefusalCode::DeadlinePassed, "the last day of this form has passed"))
        }
        (TaxFormState::Submitted, true) => Ok(TaxFormState::Accepted),
        (TaxFormState::Submitted | TaxFormState::Accepted, false) => Ok(TaxFormState::Rejected),
        (TaxFormState::Accepted, true) | (TaxFormState::Rejected, _) => {
            Err(Refusal::new(RefusalCode::AlreadyDecided, "this form was decided on already"))
        }
    }
}

/// Days as they lie in the records sort as texts do.
pub fn has_passed(form: &Model, today: Date) -> bool {
    form.valid_until.as_ref().is_some_and(|last| *last < today.to_string())
}

/// Where a partner stands with what has to be on file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnFile {
    Met,
    /// Nothing is there.
    Missing,
    /// Staff has not looked at it yet.
    InReview,
    Rejected,
    /// Its last day has passed.
    Expired,
}

/// Where a partner stands with its forms, newest first.
pub fn on_file(newest_first: &[Model], today: Date) -> OnFile {
    let any = |state| newest_first.iter().any(|form| form.state == state && !has_passed(form, today));
    if any(TaxFormState::Accepted) {
        return OnFile::Met;
    }
    if any(TaxFormState::Submitted) {
        return OnFile::InReview;
    }
    match newest_first.first() {
        None => OnFile::Missing,
        Some(form) if form.state == TaxFormState::Rejected => OnFile::Rejected,
        Some(_) => OnFile::Expired,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::{Id, Timestamp};

    use super::*;

    const TODAY: Date = date(2026, 2, 3);

    fn form(state: TaxFormState, valid_until: Option<&str>) -> Model {
        Model {
            id: Id::from_u128(1),
            workspace_id: Id::from_u128(1),
            partner_id: Id::from_u128(1),
            kind: TaxFormKind::W9,
            valid_until: valid_until.map(str::to_owned),
            state,
            reason: None,
            file_name: None,
            file_hash: "aa".to_owned(),
            file_bytes: 10,
            submitted_by: Id::from_u128(1),
            created_at: Timestamp::from_millis(0),
            reviewed_by: None,
            reviewed_at: None,
        }
    }

    #[test]
    fn a_form_holds_as_its_kind_or_its_sender_says() {
        let until = |kind: TaxFormKind, said| valid_until(kind.terms(), said, TODAY);
        assert_eq!(until(TaxFormKind::W9, None), Ok(None));
        assert_eq!(until(TaxFormKind::W8Ben, Some(" ")), Ok(Some(date(2029, 12, 31))));
        assert_eq!(until(TaxFormKind::W8Ben, Some("2027-06-30")), Ok(Some(date(2027, 6, 30))));
        assert_eq!(until(TaxFormKind::ResidenceCertificate, Some("2026-02-03")), Ok(Some(TODAY)), "its last day");
        for (kind, wrong) in [
            (TaxFormKind::ResidenceCertificate, None),
            (TaxFormKind::W9, Some("2026-02-02")),
            (TaxFormKind::W9, Some("2037-01-01")),
            (TaxFormKind::W9, Some("31.12.2026")),
        ] {
            assert!(until(kind, wrong).is_err(), "{kind:?} {wrong:?}");
        }
    }

    #[test]
    fn staff_decides_once_and_may_take_an_acceptance_back() {
        use TaxFormState::{Accepted, Rejected, Submitted};
        let code = |state, accept| reviewed(&form(state, None), accept, TODAY).map_err(|no| no.code);
        assert_eq!(code(Submitted, true), Ok(Accepted));
        assert_eq!(code(Submitted, false), Ok(Rejected));
        assert_eq!(code(Accepted, false), Ok(Rejected));
        assert_eq!(code(Accepted, true), Err(RefusalCode::AlreadyDecided));
        assert_eq!(code(Rejected, true), Err(RefusalCode::AlreadyDecided));
        let late = reviewed(&form(Submitted, Some("2026-02-02")), true, TODAY);
        assert_eq!(late.map_err(|no| no.code), Err(RefusalCode::DeadlinePassed));
    }

    #[test]
    fn the_same_file_is_taken_once_and_a_rejected_one_again() {
        let room = |known: &[Model], hash| require_room(known, TaxFormKind::W9, hash).map_err(|no| no.code);
        let waiting = form(TaxFormState::Submitted, None);
        assert_eq!(room(std::slice::from_ref(&waiting), "aa"), Err(RefusalCode::AlreadyExists));
        assert_eq!(room(&[form(TaxFormState::Rejected, None)], "aa"), Ok(()));
        assert_eq!(room(&vec![waiting.clone(); WAITING_MAX - 1], "bb"), Ok(()));
        assert_eq!(room(&vec![waiting; WAITING_MAX], "bb"), Err(RefusalCode::TooManyOfThem));
    }

    #[test]
    fn a_form_is_on_file_through_its_last_day() {
        use TaxFormState::{Accepted, Rejected, Submitted};
        assert_eq!(on_file(&[], TODAY), OnFile::Missing);
        assert_eq!(on_file(&[form(Accepted, Some("2026-02-03"))], TODAY), OnFile::Met);
        assert_eq!(on_file(&[form(Accepted, Some("2026-02-02"))], TODAY), OnFile::Expired);
        assert_eq!(on_file(&[form(Submitted, None), form(Accepted, Some("2026-02-02"))], TODAY), OnFile::InReview);
        assert_eq!(on_file(&[form(Rejected, None), form(Accepted, None)], TODAY), OnFile::Met);
        assert_eq!(on_file(&[form(Rejected, None)], TODAY), OnFile::Rejected);
    }
}
