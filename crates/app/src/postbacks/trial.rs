//! A test: a sample is sent at once, marked so that nobody takes it for a conversion, and what came back is told.

use kernel::{Refusal, RefusalCode};
use sea_orm::IntoActiveModel as _;

use super::{
    compose,
    entity::{delivery, delivery_try, postback},
    model::{DeliveryState, PostbackEvent},
    plan, record,
    target::Target,
    told::Told,
};
use crate::{
    App,
    platform::{Answer, bulk::insert_all},
};

/// Sends a sample of the event, or of the first one that the setting tells.
pub async fn send(
    app: &App,
    setting: &postback::Model,
    event: Option<PostbackEvent>,
) -> Answer<(delivery::Model, delivery_try::Model)> {
    let target = Target::open(app, &setting.target_sealed)?;
    require_test_code(&target)?;
    let rules = &setting.events.0;
    let rule = rules.iter().find(|rule| event.is_none_or(|event| event == rule.event)).or(rules.first());
    let event = event.or(rule.map(|rule| rule.event)).unwrap_or(PostbackEvent::Approved);
    let name = rule.and_then(|rule| rule.name.clone());
    let told = Told::sample(event, app.ambient.now(), setting.partner_id, name);
    let mut row = plan::blank(app, setting, &told);
    let tried = compose::send(app, &target, &told, row.id, setting.ad_click_sub).await;
    let log = record::log_row(app, row.id, row.workspace_id, &tried);
    row.attempts = 1;
    row.state = if tried.error.is_none() { DeliveryState::Delivered } else { DeliveryState::Failed };
    (row.last_status, row.last_error) = (log.status, log.error.clone());
    row.done_at = Some(app.ambient.now());
    let write = app.records.begin().await?;
    insert_all(&*write, [row.clone().into_active_model()]).await?;
    insert_all(&*write, [log.clone().into_active_model()]).await?;
    write.commit().await?;
    Ok((row, log))
}

/// These platforms count whatever comes without a code of their page of test events.
fn require_test_code(target: &Target) -> Result<(), Refusal> {
    let is_missing = match target {
        Target::Meta(key) => key.test_event_code.is_none(),
        Target::Tiktok(key) => key.test_event_code.is_none(),
        Target::Url { .. } | Target::Webhook { .. } | Target::GoogleAds(_) => false,
    };
    if is_missing {
        let message = "give the test event code first: without it the platform would count the sample";
        return Err(Refusal::new(RefusalCode::TestCodeMissing, message));
    }
    Ok(())
}
