//! Decisions about places and keys.

use kernel::{Id, Refusal, RefusalCode, id};

use super::{
    actor::Role,
    permissions::{ALL, REPLAY_SCOPE},
};

/// Everything the role may, except replaying.
pub const EVERY_SCOPE: &str = "*";
const SCOPES_MAX: usize = 60;

/// What a membership is: a role, and for partners and advertisers the one row they act for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub(super) role: Role,
    pub(super) partner: Option<Id<id::Partner>>,
    pub(super) advertiser: Option<Id<id::Advertiser>>,
}

impl Place {
    /// A place with the workspace itself. Asking it for a partner's or advertiser's role is a bug.
    pub fn staff(role: Role) -> Self {
        assert!(role.is_staff(), "{role:?} acts for a row of its own");
        Self { role, partner: None, advertiser: None }
    }

    pub const fn partner(partner: Id<id::Partner>) -> Self {
        Self { role: Role::Partner, partner: Some(partner), advertiser: None }
    }

    pub const fn advertiser(advertiser: Id<id::Advertiser>) -> Self {
        Self { role: Role::Advertiser, partner: None, advertiser: Some(advertiser) }
    }

    /// From fields as people send them: a partner names its partner, an advertiser its advertiser, others neither.
    pub fn of(
        role: Role,
        partner: Option<Id<id::Partner>>,
        advertiser: Option<Id<id::Advertiser>>,
    ) -> Result<Self, Refusal> {
        match (role, partner, advertiser) {
            (Role::Partner, Some(partner), None) => Ok(Self::partner(partner)),
            (Role::Partner, None, _) => Err(Refusal::field("partner_id", "a partner's member needs a partner")),
            (Role::Advertiser, None, Some(advertiser)) => Ok(Self::advertiser(advertiser)),
            (Role::Advertiser, _, None) => Err(Refusal::field("advertiser_id", "an advertiser's member needs one")),
            (_, None, None) => Ok(Self::staff(role)),
            (_, Some(_), _) => Err(Refusal::field("partner_id", "only a partner's member has a partner")),
            (_, _, Some(_)) => Err(Refusal::field("advertiser_id", "only an advertiser's member has one")),
        }
    }

    pub const fn role(&self) -> Role {
        self.role
    }
}

/// Managers bring partners and advertisers in; owners anybody.
pub fn may_invite(role: Role, invited: Role) -> Result<(), Refusal> {
    match role {
        Role::Owner => Ok(()),
        Role::Manager if !invited.is_staff() => Ok(()),
        _ => Err(super::actor::not_permitted("invite people with this role")),
    }
}

/// Replaying states its own times and addresses: for those who run the programme.
pub const fn may_replay(role: Role) -> bool {
    matches!(role, Role::Owner | Role::Manager)
}

/// Whether `role` could use `scope` at all.
pub fn role_has_scope(role: Role, scope: &str) -> bool {
    let in_role = |permission: &(&str, &str, &[Role])| permission.1 == scope && permission.2.contains(&role);
    (scope == REPLAY_SCOPE && may_replay(role)) || ALL.iter().any(in_role)
}

/// The scopes of a new key, in order and once each: none that its maker lacks.
pub fn grant_scopes(role: Role, has_scope: impl Fn(&str) -> bool, wanted: &[String]) -> Result<Vec<String>, Refusal> {
    if wanted.is_empty() || wanted.len() > SCOPES_MAX {
        return Err(Refusal::field("scopes", format!("a key has 1 to {SCOPES_MAX} scopes")));
    }
    for scope in wanted {
        let may = scope == EVERY_SCOPE || role_has_scope(role, scope);
        if !may && !super::permissions::scopes().contains(&scope.as_str()) {
            return Err(Refusal::field("scopes", format!("there is no scope {scope:.60}")));
        }
        if !may || !has_scope(scope) {
            let message = format!("a key cannot have the scope {scope}, which its maker lacks");
            return Err(Refusal::new(RefusalCode::ScopeMissing, message));
        }
    }
    let mut scopes = wanted.to_vec();
    scopes.sort_unstable();
    scopes.dedup();
    Ok(scopes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_names_the_row_it_acts_for_and_no_other() {
        let (partner, advertiser) = (Id::from_u128(1), Id::from_u128(2));
        let cases = [
            (Role::Owner, None, None, true),
            (Role::Finance, Some(partner), None, false),
            (Role::Analyst, None, Some(advertiser), false),
            (Role::Partner, Some(partner), None, true),
            (Role::Partner, None, None, false),
            (Role::Partner, Some(partner), Some(advertiser), false),
            (Role::Advertiser, None, Some(advertiser), true),
            (Role::Advertiser, Some(partner), Some(advertiser), false),
            (Role::Advertiser, Some(partner), None, false),
        ];
        for (role, partner, advertiser, fine) in cases {
            assert_eq!(Place::of(role, partner, advertiser).is_ok(), fine, "{role:?} {partner:?} {advertiser:?}");
        }
    }

    #[test]
    fn managers_invite_no_staff() {
        assert!(may_invite(Role::Owner, Role::Owner).is_ok() && may_invite(Role::Manager, Role::Partner).is_ok());
        assert!(may_invite(Role::Manager, Role::Analyst).is_err() && may_invite(Role::Partner, Role::Partner).is_err());
    }

    #[test]
    fn a_key_gets_no_scope_its_maker_lacks() {
        let by_session = |_: &str| true;
        let reader = |scope: &str| scope == "offers:read";
        let want = |scopes: &[&str]| scopes.iter().map(|&scope| scope.to_owned()).collect::<Vec<_>>();
        assert_eq!(
            grant_scopes(Role::Manager, by_session, &want(&["offers:write", "offers:read", "offers:read"])),
            Ok(want(&["offers:read", "offers:write"]))
        );
        let code = |role, has: &dyn Fn(&str) -> bool, scopes: &[&str]| {
            grant_scopes(role, has, &want(scopes)).err().map(|refusal| refusal.code)
        };
        assert_eq!(code(Role::Manager, &reader, &["offers:write"]), Some(RefusalCode::ScopeMissing));
        assert_eq!(code(Role::Manager, &reader, &["*"]), Some(RefusalCode::ScopeMissing));
        assert_eq!(code(Role::Partner, &by_session, &["offers:write"]), Some(RefusalCode::ScopeMissing));
        assert_eq!(code(Role::Partner, &by_session, &["replay:write"]), Some(RefusalCode::ScopeMissing));
        assert_eq!(code(Role::Manager, &by_session, &["replay:write"]), None);
        assert_eq!(code(Role::Owner, &by_session, &["offers:eat"]), Some(RefusalCode::InvalidFields));
        assert_eq!(code(Role::Owner, &by_session, &[]), Some(RefusalCode::InvalidFields));
    }
}
