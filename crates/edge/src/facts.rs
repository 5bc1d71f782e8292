//! What a request tells of whoever sent it, gathered once.

use std::{borrow::Cow, net::IpAddr, sync::Arc};

use events::record::Visitor;

use crate::{
    redirect::{agent::AgentFacts, place::Place, visitor::VisitorKey},
    request::EdgeRequest,
};

pub struct Facts<'a> {
    pub request: &'a EdgeRequest<'a>,
    pub ip: IpAddr,
    pub agent: Arc<AgentFacts>,
    pub place: Place,
    pub visitor: VisitorKey,
    pub referrer_host: Cow<'a, str>,
    pub language: Cow<'a, str>,
}

impl Facts<'_> {
    pub fn record(&self) -> Visitor<'_> {
        Visitor {
            key: self.visitor.key,
            ip: self.ip,
            user_agent: &self.request.user_agent,
            referrer: &self.request.referrer,
            referrer_host: &self.referrer_host,
            language: &self.language,
            country: self.place.country_code(),
            asn: self.place.asn,
            device: self.agent.device,
            os: &self.agent.os,
            browser: &self.agent.browser,
        }
    }
}
