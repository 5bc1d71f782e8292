//! On which rung of the trust ladder a receipt stands, and whether that is high enough for its advertiser: pure.
//!
//! From the ground up: an unguessable click id, a static token, a token from an address of the list, a key of the API, a
//! signature. Every rung also takes what comes from higher up.

use core::net::IpAddr;

use events::record::{Door, Trust};
use kernel::reason::ConversionReason as Reason;

use crate::advertisers::model::{Model as Advertiser, ReceiptTrust};

/// How a sender came.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub door: Door,
    pub trust: Trust,
    pub ip: IpAddr,
}

/// The rung of a sender: a token from a listed address stands higher than one from anywhere.
pub fn rung(advertiser: &Advertiser, sender: Standing) -> Trust {
    let is_listed = !advertiser.ip_allow_list.0.is_empty() && advertiser.admits(sender.ip);
    if is_listed && sender.trust == Trust::Token && sender.door == Door::Postback {
        Trust::IpList
    } else {
        sender.trust
    }
}

/// The lowest rung that a door takes. Pages report from their visitors' browsers, so they have a rule of their own.
pub fn least(advertiser: &Advertiser, door: Door) -> ReceiptTrust {
    match door {
        Door::Pixel | Door::Tag if advertiser.accepts_pixel => ReceiptTrust::ClickId,
        _ => advertiser.min_trust,
    }
}

/// Refuses a sender who stands too low, or calls from where it should not. A file that staff brings is theirs to vouch for.
pub fn admit(advertiser: &Advertiser, sender: Standing) -> Result<(), Reason> {
    match sender.door {
        Door::Csv => return Ok(()),
        Door::Postback if !advertiser.admits(sender.ip) => return Err(Reason::IpNotAllowed),
        _ => {}
    }
    let wanted = least(advertiser, sender.door).rung();
    if rung(advertiser, sender) >= wanted { Ok(()) } else { Err(Reason::BadToken) }
}

#[cfg(test)]
mod tests {
    use kernel::{Id, Timestamp};

    use super::*;
    use crate::{
        advertisers::{model::AdvertiserState, status_map::StatusMap},
        platform::columns::{TextList, TextMap},
    };

    fn advertiser(min_trust: ReceiptTrust, networks: &[&str], accepts_pixel: bool) -> Advertiser {
        Advertiser {
            id: Id::from_u128(1),
            workspace_id: Id::from_u128(9),
            name: "Northwind".to_owned(),
            state: AdvertiserState::Active,
            status_map: StatusMap::default(),
            min_trust,
            accepts_pixel,
            ip_allow_list: TextList(networks.iter().map(|network| (*network).to_owned()).collect()),
            timezone: None,
            external_refs: TextMap::default(),
            manager_id: None,
            created_at: Timestamp::from_millis(0),
        }
    }

    #[test]
    fn each_rung_takes_itself_and_what_stands_higher() {
        let rungs = [Trust::ClickId, Trust::Token, Trust::ApiKey, Trust::Signature];
        let ip = IpAddr::from([203, 0, 113, 9]);
        for (least, taken) in [
            (ReceiptTrust::ClickId, [true, true, true, true]),
            (ReceiptTrust::Token, [false, true, true, true]),
            (ReceiptTrust::IpList, [false, false, true, true]),
            (ReceiptTrust::ApiKey, [false, false, true, true]),
            (ReceiptTrust::Signature, [false, false, false, true]),
        ] {
            let advertiser = advertiser(least, &[], false);
            let told = rungs.map(|trust| {
                let door = if trust == Trust::ApiKey { Door::Api } else { Door::Postback };
                admit(&advertiser, Standing { door, trust, ip })
            });
            assert_eq!(told.map(|told| told.is_ok()), taken, "{least:?}");
            assert!(told.into_iter().filter_map(Result::err).all(|reason| reason == Reason::BadToken));
        }
    }

    #[test]
    fn a_list_lifts_a_token_and_shuts_out_the_rest() {
        use Door::{Api, Csv, Pixel, Postback, Tag};
        let (home, away) = (IpAddr::from([203, 0, 113, 9]), IpAddr::from([198, 51, 100, 9]));
        let listed = |least| advertiser(least, &["203.0.113.0/24"], true);
        for (least, door, trust, ip, wanted) in [
            (ReceiptTrust::IpList, Postback, Trust::Token, home, Ok(Trust::IpList)),
            (ReceiptTrust::IpList, Postback, Trust::Token, away, Err(Reason::IpNotAllowed)),
            (ReceiptTrust::Token, Postback, Trust::Token, away, Err(Reason::IpNotAllowed)),
            (ReceiptTrust::Signature, Postback, Trust::Signature, away, Err(Reason::IpNotAllowed)),
            (ReceiptTrust::Signature, Postback, Trust::Signature, home, Ok(Trust::Signature)),
            (ReceiptTrust::ApiKey, Postback, Trust::Token, home, Err(Reason::BadToken)),
            (ReceiptTrust::ApiKey, Api, Trust::ApiKey, away, Ok(Trust::ApiKey)),
            (ReceiptTrust::Signature, Api, Trust::ApiKey, home, Err(Reason::BadToken)),
            (ReceiptTrust::Signature, Csv, Trust::Open, away, Ok(Trust::Open)),
            (ReceiptTrust::Signature, Pixel, Trust::ClickId, away, Ok(Trust::ClickId)),
            (ReceiptTrust::Signature, Tag, Trust::Token, home, Ok(Trust::Token)),
        ] {
            let (advertiser, sender) = (listed(least), Standing { door, trust, ip });
            let told = admit(&advertiser, sender).map(|()| rung(&advertiser, sender));
            assert_eq!(told, wanted, "{least:?} {door:?} {trust:?} {ip}");
        }
        let closed = advertiser(ReceiptTrust::Token, &[], false);
        let pixel = Standing { door: Pixel, trust: Trust::ClickId, ip: home };
        assert_eq!(
            admit(&closed, pixel),
            Err(Reason::BadToken),
            "pages are believed only where the advertiser says so"
        );
    }
}
