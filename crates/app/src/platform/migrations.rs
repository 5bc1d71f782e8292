//! Every migration, in the order they run. Append only once released.

use sea_orm_migration::{MigrationTrait, MigratorTrait};

use crate::{audit, identity, workspaces};

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(super::schema::Platform),
            Box::new(identity::schema::Identity),
            Box::new(audit::schema::Audit),
            Box::new(workspaces::schema::Workspaces),
        ]
    }
}
