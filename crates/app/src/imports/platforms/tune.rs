//! What TUNE calls its columns: as its API's models and its report headings do.

use super::Names;
use crate::imports::model::ImportKind as K;

pub(super) const NAMES: &[(K, Names)] = &[
    (
        K::Offers,
        &[
            ("id", "Offer.id|Offer ID|ID"),
            ("name", "Offer.name|Offer Name|Offer|Name"),
            ("landing_url", "Offer.offer_url|Offer URL|Default Landing Page"),
            ("advertiser_id", "Offer.advertiser_id|Advertiser.id|Advertiser ID"),
            ("advertiser_name", "Advertiser.company|Advertiser"),
            ("status", "Offer.status|Status"),
            ("currency", "Offer.currency|Currency"),
            ("payout", "Offer.default_payout|Default Payout|Payout"),
            ("payout_percent", "Offer.percent_payout|Percent Payout"),
            ("revenue", "Offer.max_payout|Max Payout|Revenue"),
            ("revenue_percent", "Offer.max_percent_payout|Max Percent Payout"),
            ("vertical", "OfferCategory.name|Category"),
        ],
    ),
    (
        K::Partners,
        &[
            ("id", "Affiliate.id|Affiliate ID|Partner ID|ID"),
            ("name", "Affiliate.company|Company|Affiliate|Partner|Name"),
            ("email", "AffiliateUser.email|Email|E-mail"),
            ("status", "Affiliate.status|Status"),
            ("country", "Affiliate.country|Country"),
            ("group", "AffiliateTier.level|Affiliate Tier"),
        ],
    ),
    (
        K::Links,
        &[
            ("offer", "Offer.id|Stat.offer_id|Offer ID"),
            ("partner", "Affiliate.id|Stat.affiliate_id|Affiliate ID|Partner ID"),
            ("name", "OfferUrl.name|Offer URL Name|Name"),
            ("status", "AffiliateOffer.approval_status|Approval Status|Status"),
        ],
    ),
    (
        K::Clicks,
        &[
            ("id", "Stat.ad_id|Transaction ID|Stat.transaction_id"),
            ("at", "Stat.datetime|Date/Time|Datetime|Date"),
            ("offer", "Stat.offer_id|Offer.id|Offer ID"),
            ("partner", "Stat.affiliate_id|Affiliate.id|Affiliate ID|Partner ID"),
            ("country", "Stat.country_code|Country.code|Country Code|Country"),
            ("source_id", "Stat.source|Source"),
            ("sub1", "Stat.affiliate_info1|Affiliate Sub ID 1|Sub ID 1|aff_sub"),
            ("sub2", "Stat.affiliate_info2|Affiliate Sub ID 2|Sub ID 2|aff_sub2"),
            ("sub3", "Stat.affiliate_info3|Affiliate Sub ID 3|Sub ID 3|aff_sub3"),
            ("sub4", "Stat.affiliate_info4|Affiliate Sub ID 4|Sub ID 4|aff_sub4"),
            ("sub5", "Stat.affiliate_info5|Affiliate Sub ID 5|Sub ID 5|aff_sub5"),
        ],
    ),
    (
        K::Conversions,
        &[
            ("id", "Stat.id|Conversion ID|ID"),
            ("at", "Stat.datetime|Date/Time|Datetime|Date"),
            ("payout", "Stat.payout|Payout"),
            ("offer", "Stat.offer_id|Offer.id|Offer ID"),
            ("partner", "Stat.affiliate_id|Affiliate.id|Affiliate ID|Partner ID"),
            ("click", "Stat.ad_id|Transaction ID"),
            ("click_at", "Stat.session_datetime|Session Date/Time|Session Datetime"),
            ("status", "Stat.status|Conversion Status|Status"),
            ("goal", "Stat.goal_id|Goal.id|Goal ID"),
            ("order_id", "Stat.advertiser_info|Advertiser Sub ID|Adv Sub|adv_sub"),
            ("sale", "Stat.sale_amount|Sale Amount"),
            ("revenue", "Stat.revenue|Revenue"),
            ("currency", "Stat.currency|Currency"),
        ],
    ),
    (
        K::Balances,
        &[
            ("amount", "AffiliateAccountBalance.balance|Balance|Amount Due|Unpaid Balance|Amount"),
            ("partner", "Affiliate.id|Affiliate ID|Partner ID"),
            ("advertiser", "Advertiser.id|Advertiser ID"),
            ("currency", "Affiliate.currency|Currency"),
        ],
    ),
];
