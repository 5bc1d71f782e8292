//! Asking on behalf of an actor.

use events::question::{self, Answer, Asked, Asker, Question, RowLimits};
use kernel::Tenant;

use super::{costs, rules};
use crate::{
    App,
    identity::Actor,
    platform::Problem,
    workspaces::{self, model::Model as Workspace},
};

pub async fn workspace_of(app: &App, actor: &Actor) -> Result<Workspace, Problem> {
    Ok(workspaces::store::get(app.records.read(), actor.tenant).await?)
}

pub fn asker(actor: &Actor, workspace: &Workspace) -> Result<Asker, Problem> {
    Ok(Asker {
        tenant: actor.tenant,
        timezone: workspace.timezone.clone(),
        reporting_currency: workspace.currency()?,
        row_limits: rules::row_limits(actor),
        may_see_metric: rules::may_see_metric(actor.role),
        may_see_dimension: rules::may_see_dimension(actor.role),
    })
}

/// Reads the question with the actor's rights and asks it.
pub async fn ask(app: &App, actor: &Actor, asked: &Asked) -> Result<Answer, Problem> {
    let asker = asker(actor, &workspace_of(app, actor).await?)?;
    ask_as(app, &asker, asked).await
}

pub async fn ask_as(app: &App, asker: &Asker, asked: &Asked) -> Result<Answer, Problem> {
    ask_question(app, Question::read(asked, asker)?).await
}

pub async fn ask_question(app: &App, mut question: Question) -> Result<Answer, Problem> {
    costs::bring(app, &mut question).await?;
    Ok(question::ask(&app.event_store, question).await?)
}

/// The workspace itself, which sees all that is its own: for jobs.
pub fn asker_of_workspace(workspace: &Workspace) -> Result<Asker, Problem> {
    Ok(Asker {
        tenant: Tenant(workspace.id),
        timezone: workspace.timezone.clone(),
        reporting_currency: workspace.currency()?,
        row_limits: RowLimits::default(),
        may_see_metric: |_| true,
        may_see_dimension: |_| true,
    })
}

/// Asks where nobody waits at a screen.
pub async fn ask_at_leisure(app: &App, mut question: Question) -> Result<Answer, Problem> {
    costs::bring(app, &mut question).await?;
    Ok(question::ask_at_leisure(&app.event_store, question).await?)
}
