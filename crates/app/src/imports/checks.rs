//! Whether a mapping can be worked with, and setting it.

use kernel::{Id, Refusal, id, refusal::FieldError};
use sea_orm::{IntoActiveModel as _, entity::prelude::*};

use super::{
    begin::require_open,
    entity::{file, import},
    model::{ImportKind, ImportState, Mapping},
    platforms::{self, Field},
    store,
};
use crate::{App, identity::Actor, platform::Answer};

const WORDS_MAX: usize = 200;
const TEXT_CHARS_MAX: usize = 200;

/// Sets the mapping of a file, and keeps it for the next file of this kind from this system.
pub async fn set_mapping(
    app: &App,
    actor: &Actor,
    (import, kind): (Id<id::Import>, ImportKind),
    mapping: Mapping,
) -> Answer<file::Model> {
    let write = app.records.begin().await?;
    let mut owner = store::get(&*write, actor.tenant, import).await?;
    require_open(&owner)?;
    let mut row = store::file(&*write, actor.tenant, import, kind).await?;
    require_sound(&row, &mapping)?;
    store::save_mapping(&*write, actor.tenant, &owner.system, kind, &mapping).await?;
    row.mapping = mapping;
    file::Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    owner.state = ImportState::Collecting;
    import::Entity::update(owner.into_active_model().reset_all()).exec_without_returning(&*write).await?;
    write.commit().await?;
    Ok(row)
}

fn require_sound(file: &file::Model, mapping: &Mapping) -> Result<(), Refusal> {
    let fields = platforms::fields(file.kind);
    let field = |name: &str| fields.iter().find(|field| field.name == name);
    let wrong = |place: &str, name: &str, message: &str| FieldError {
        field: format!("{place}.{name}"),
        message: message.to_owned(),
    };
    let mut errors = Vec::new();
    for (name, column) in &mapping.columns {
        match field(name) {
            None => errors.push(wrong("columns", name, "is no field of this kind")),
            Some(_) if !file.columns.0.iter().any(|known| known.name == *column) => {
                errors.push(wrong("columns", name, "names a column that the file does not have"));
            }
            Some(_) => {}
        }
    }
    for (name, constant) in &mapping.constants {
        if field(name).is_none() || constant.chars().count() > TEXT_CHARS_MAX {
            errors.push(wrong("constants", name, "must be a short value of a field of this kind"));
        }
    }
    for (name, words) in &mapping.words {
        errors.extend(word_errors(field(name), name, words));
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

fn word_errors(
    field: Option<&Field>,
    name: &str,
    words: &std::collections::BTreeMap<String, String>,
) -> Option<FieldError> {
    let error = |message: String| Some(FieldError { field: format!("words.{name}"), message });
    let Some(field) = field.filter(|field| !field.words.is_empty()) else {
        return error("is no field of fixed words".to_owned());
    };
    if words.len() > WORDS_MAX {
        return error(format!("must have at most {WORDS_MAX} words"));
    }
    let odd = words.values().find(|ours| !field.words.contains(&ours.as_str()));
    odd.and_then(|_| error(format!("must be some of {}", field.words.join(", "))))
}

/// Fields that are needed and that the mapping gives no value.
pub fn missing_fields(file: &file::Model) -> Vec<&'static str> {
    let has = |name: &str| {
        let column = file.mapping.columns.get(name);
        let is_there = column.is_some_and(|column| file.columns.0.iter().any(|known| known.name == *column));
        is_there || file.mapping.constants.get(name).is_some_and(|text| !text.trim().is_empty())
    };
    let needed = platforms::fields(file.kind).iter().filter(|field| field.is_required);
    needed.map(|field| field.name).filter(|name| !has(name)).collect()
}
