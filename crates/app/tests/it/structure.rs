//! The shape of the whole: the contract is checked in, every table has its tenant, every route its permission.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use app::{migrations::Migrator, platform::Records};
use sea_orm::{ConnectionTrait as _, Statement};
use sea_orm_migration::MigratorTrait as _;
use serde_json::{Value, json};
use testkit::{Caller, Reply, World};

/// Tables that belong to people or to the installation, not to a workspace; each with its reason.
const WITHOUT_TENANT: &[(&str, &str)] = &[
    ("credentials", "a person's"),
    ("idempotency_keys", "the hash of the key holds the caller"),
    ("outbox_cursors", "the installation's"),
    ("password_resets", "a person's"),
    ("schedules", "the installation's"),
    ("seaql_migrations", "the installation's"),
    ("sessions", "a person's"),
    ("users", "a person's"),
    ("workspaces", "is the tenant itself"),
];

/// Doors that nobody needs a key for.
pub const PUBLIC: &[(&str, &str)] = &[
    ("post", "/v1/session"),
    ("delete", "/v1/session"),
    ("post", "/v1/password-resets"),
    ("post", "/v1/account-changes/confirm"),
    ("post", "/v1/password-resets/confirm"),
    ("post", "/v1/paypal-news/{id}"),
    ("post", "/v1/invitations/accept"),
    ("post", "/v1/invitations/view"),
    ("get", "/v1/setup"),
    ("post", "/v1/setup"),
    ("get", "/v1/customer-results/postback"),
];

pub fn document() -> Value {
    serde_json::to_value(app::routes::document()).expect("a document")
}

pub fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let of_path = |(path, item): (&String, &Value)| {
        let methods = item.as_object().expect("methods").clone();
        let path = path.clone();
        methods.into_iter().map(move |(method, operation)| (method, path.clone(), operation))
    };
    paths.iter().flat_map(of_path).collect()
}

#[test]
fn the_contract_that_is_checked_in_is_the_one_that_is_served() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi.json");
    let checked_in: Value = serde_json::from_slice(&std::fs::read(path).expect("openapi.json")).expect("JSON");
    assert!(checked_in == document(), "openapi.json is not what is served: run `make openapi` and read the difference");
    assert!(checked_in["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
}

#[test]
fn every_reference_in_the_contract_leads_somewhere() {
    let document = document();
    let mut dangling = BTreeSet::new();
    each_reference(&document, &mut |reference| {
        let led_to = reference.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
        if led_to.is_none() {
            dangling.insert(reference.to_owned());
        }
    });
    assert!(dangling.is_empty(), "list these among the components: {dangling:?}");
}

fn each_reference(part: &Value, tell: &mut dyn FnMut(&str)) {
    match part {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                tell(reference);
            }
            fields.values().for_each(|field| each_reference(field, tell));
        }
        Value::Array(items) => items.iter().for_each(|item| each_reference(item, tell)),
        _ => {}
    }
}

#[test]
fn no_two_shapes_have_one_name() {
    // The contract lists shapes by name alone: of two with one name, one silently takes the other's place.
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("..")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() && !entry.ends_with("target") {
                folders.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                for name in shapes_in(&std::fs::read_to_string(&entry).expect("text")) {
                    seen.entry(name).or_default().push(entry.display().to_string());
                }
            }
        }
    }
    assert!(seen.len() > 300 && seen.contains_key("OfferOut"), "shapes are found: {}", seen.len());
    seen.retain(|_, places| places.len() > 1);
    assert!(seen.is_empty(), "give one of each a name of its own: {seen:#?}");
}

/// Names of what derives a schema, as the contract knows them.
fn shapes_in(text: &str) -> Vec<String> {
    let derived = text.match_indices("ToSchema").filter(|(at, _)| {
        let before = &text[..*at];
        before.rfind("derive(").is_some_and(|begin| !before[begin..].contains(")]"))
    });
    derived.filter_map(|(at, _)| shape_behind(&text[at..])).collect()
}

fn shape_behind(text: &str) -> Option<String> {
    let mut words =
        text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).filter(|word| !word.is_empty());
    let head = text.split('{').next().unwrap_or_default();
    let renamed = head.split_once("schema(as = ").map(|(_, behind)| behind);
    if let Some(name) = renamed.and_then(|behind| behind.split([')', ',']).next()) {
        return Some(name.trim().to_owned());
    }
    words.find(|word| matches!(*word, "struct" | "enum"))?;
    words.next().map(str::to_owned)
}

#[test]
fn every_operation_has_a_summary_a_name_of_its_own_and_an_example() {
    let document = document();
    let mut names = BTreeSet::new();
    let mut wanting = Vec::new();
    for (method, path, operation) in operations(&document) {
        let name = operation["operationId"].as_str().unwrap_or_default().to_owned();
        let answers = operation["responses"].as_object().expect("responses");
        let described = answers.values().all(|answer| answer["description"].is_string());
        let told = operation["summary"].is_string() && described;
        let fine = told && has_example(&document, &operation) && names.insert(name.clone());
        if !fine {
            wanting.push(format!("{method} {path} ({name})"));
        }
    }
    assert!(wanting.is_empty(), "{wanting:#?}");
}

/// An example at a body or answer, at the schema it refers to, or nothing to give one of.
fn has_example(document: &Value, operation: &Value) -> bool {
    let mut contents = vec![&operation["requestBody"]["content"]];
    let responses = operation["responses"].as_object().expect("responses");
    contents.extend(responses.values().map(|response| &response["content"]));
    let media: Vec<_> =
        contents.iter().filter_map(|content| content.as_object()).flat_map(|types| types.values()).collect();
    media.is_empty()
        || media.iter().any(|media| shows_example(document, media) || shows_example(document, &media["schema"]))
}

fn shows_example(document: &Value, part: &Value) -> bool {
    if part.get("example").is_some() || part.get("examples").is_some() {
        return true;
    }
    let referred = part["$ref"].as_str().and_then(|reference| document.pointer(reference.trim_start_matches('#')));
    let item = &part["properties"]["items"]["items"];
    referred.is_some_and(|schema| shows_example(document, schema))
        || (item.is_object() && shows_example(document, item))
}

#[tokio::test]
async fn every_table_has_its_tenant() {
    let records = Records::open("sqlite::memory:", true).await.expect("records");
    Migrator::up(records.writer(), None).await.expect("migrated");
    let backend = records.backend();
    let all = |text: &str| records.writer().query_all_raw(Statement::from_string(backend, text.to_owned()));
    let tables =
        all("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'").await.expect("tables");
    for table in tables {
        let table: String = table.try_get("", "name").expect("a name");
        let columns = all(&format!("pragma table_info({table})")).await.expect("columns");
        let has_tenant =
            columns.iter().any(|column| column.try_get::<String>("", "name").is_ok_and(|name| name == "workspace_id"));
        let excepted = WITHOUT_TENANT.iter().any(|(name, _)| *name == table);
        assert!(has_tenant != excepted, "{table}: a tenant column, or a written reason for none");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_route_answers_without_a_key() {
    let world = World::new().await;
    let document = document();
    for (method, path, operation) in operations(&document) {
        if PUBLIC.contains(&(method.as_str(), path.as_str())) {
            continue;
        }
        let reply = ask(&world.nobody(), &method, &path, &operation).await;
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (401, "not_authenticated"),
            "{method} {path}: {}",
            reply.text
        );
    }
}

/// Asks with ids of the right form that nothing has, and an empty body.
pub async fn ask(caller: &Caller, method: &str, path: &str, operation: &Value) -> Reply {
    let verb = reqwest::Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
    caller.send(verb, &fill(path, operation), Some(json!({})), &[]).await
}

/// The path with an id of the right form in each of its places.
fn fill(path: &str, operation: &Value) -> String {
    let mut filled = path.to_owned();
    for parameter in operation["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "path") {
        let name = parameter["name"].as_str().expect("a name");
        let pattern = parameter["schema"]["pattern"].as_str().unwrap_or("^xxx_");
        let prefix = pattern.trim_start_matches('^').split('_').next().expect("a prefix");
        filled = filled.replace(&format!("{{{name}}}"), &format!("{prefix}_{}", "0".repeat(26)));
    }
    let untold = filled.find('{').map(|at| filled[at..].to_owned());
    untold.map_or(filled.clone(), |_| replace_untold(&filled))
}

/// Paths whose parameters the document does not spell out: the ids' kinds are known by where they stand.
fn replace_untold(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "x_00000000000000000000000000" } else { part });
    parts.collect::<Vec<_>>().join("/")
}
