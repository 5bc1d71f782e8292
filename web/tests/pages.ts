/** Every page of the application with who may open it: what the sweeping tests walk through. */
import type { Person } from "./people";

export interface Visited {
  name: string;
  path: string;
  person: Person;
}

/** Ids of rows that exist in the demo, to open their pages. */
export interface Examples {
  advertiser: string;
  offer: string;
  partner: string;
  conversion: string;
  click: string;
  partnersOffer: string;
  partnersConversion: string;
  advertisersOffer: string;
  advertisersConversion: string;
  batch: string;
  smartLink: string;
}

const YEAR = "period=last_12_months";

export function pagesOf(examples: Examples): Visited[] {
  const page = (person: Person, name: string, path: string): Visited => ({ name, path, person });
  return [
    page("manager", "dashboard", `/?${YEAR}`),
    page("manager", "partners", `/partners?${YEAR}`),
    page("manager", "partner", `/partners/${examples.partner}?${YEAR}`),
    page("manager", "partner-card-postbacks", `/partners/${examples.partner}?tab=postbacks`),
    page("manager", "partner-recruits-of", `/partners/${examples.partner}?tab=recruits`),
    page("manager", "new-partner", "/partners?new=true"),
    page("manager", "offers", `/offers?${YEAR}`),
    page("manager", "offer", `/offers/${examples.offer}?${YEAR}`),
    page("manager", "offer-rules", `/offers/${examples.offer}?tab=rules`),
    page("manager", "offer-caps", `/offers/${examples.offer}?tab=caps`),
    page("manager", "offer-crediting", `/offers/${examples.offer}?tab=crediting`),
    page("manager", "offer-plan", `/offers/${examples.offer}?tab=plan`),
    page("manager", "offer-plan-rules", `/offers/${examples.offer}?tab=plan&view=rules`),
    page("manager", "offer-plan-text", `/offers/${examples.offer}?tab=plan&view=text`),
    page("manager", "offer-plan-versions", `/offers/${examples.offer}?tab=plan&view=versions`),
    page("manager", "offer-doctor", `/offers/${examples.offer}?tab=doctor`),
    page("manager", "new-offer", "/offers/new"),
    page("manager", "links", "/links"),
    page("manager", "new-link", "/links?new=true"),
    page("manager", "smart-links", "/smart-links"),
    page("manager", "new-smart-link", "/smart-links?form=new"),
    page("manager", "smart-link", `/smart-links/${examples.smartLink}`),
    page("manager", "caps", "/caps"),
    page("manager", "new-cap", "/caps?form=new"),
    page("manager", "rate-requests", "/rate-requests"),
    page("manager", "coupons", "/coupons"),
    page("manager", "new-coupon", "/coupons?coupon=new"),
    page("manager", "advertisers", "/advertisers"),
    page("manager", "advertiser-connection-of", `/advertisers/${examples.advertiser}`),
    page("manager", "alerts", "/alerts"),
    page("manager", "alert-rules", "/alerts/rules"),
    page("manager", "new-alert-rule", "/alerts/rules?open=new"),
    page("manager", "conversions", `/conversions?${YEAR}`),
    page("manager", "conversion", `/conversions/${examples.conversion}`),
    page("manager", "click", `/clicks/${examples.click}`),
    page("manager", "receipts", "/receipts"),
    page("manager", "reports", `/reports?${YEAR}`),
    page("manager", "attribution", `/reports/attribution?${YEAR}`),
    page("manager", "changes", "/reports/changes?metric=cr"),
    page("manager", "exports", "/reports/exports"),
    page("manager", "payday", "/payday"),
    page("manager", "payday-figures", "/payday?show=missing"),
    page("manager", "owed", "/payouts"),
    page("manager", "payouts", "/payouts/all"),
    page("manager", "batches", "/payouts/batches"),
    page("manager", "payers", "/payouts/payers"),
    page("manager", "batch", `/payouts/batches/${examples.batch}`),
    page("manager", "billing", "/billing"),
    page("manager", "invoices", "/billing?view=invoices"),
    page("manager", "advertiser-bills", `/billing/${examples.advertiser}`),
    page("manager", "new-terms", `/billing/${examples.advertiser}?open=terms`),
    page("manager", "new-payment", `/billing/${examples.advertiser}?open=payment`),
    page("manager", "new-invoice", `/billing/${examples.advertiser}?open=invoice`),
    page("manager", "reconciliations", "/reconciliation"),
    page("manager", "new-reconciliation", "/reconciliation?form=new"),
    page("manager", "scrubs", "/scrubs"),
    page("manager", "scrub-shares", "/scrubs?view=advertisers"),
    page("manager", "new-scrub", "/scrubs?open=new"),
    page("manager", "scrub-terms", `/scrubs?open=${examples.advertiser}`),
    page("manager", "disputes", "/disputes"),
    page("manager", "dispute-terms", "/disputes?open=terms"),
    page("manager", "journal", "/journal"),
    page("manager", "journal-accounts", "/journal?tab=accounts"),
    page("manager", "adjustments", "/payouts/adjustments"),
    page("manager", "placements", "/placements"),
    page("manager", "rewards", "/rewards"),
    page("manager", "reward-balances", "/rewards?view=balances"),
    page("manager", "reward-units", "/settings/reward-units"),
    page("manager", "manager-bonuses", "/manager-bonuses"),
    page("manager", "costs", "/costs"),
    page("manager", "new-cost", "/costs?cost=new"),
    page("manager", "new-placement", "/placements?placement=new"),
    page("manager", "revenue-share", "/revenue-share"),
    page("manager", "revenue-share-deals", "/revenue-share?tab=deals"),
    page("manager", "revenue-share-formula", "/revenue-share?tab=deals&open=formula"),
    page("manager", "revenue-share-customers", "/revenue-share?tab=customers"),
    page("manager", "revenue-share-upload", "/revenue-share?open=upload"),
    page("manager", "revenue-share-close", "/revenue-share?open=close"),
    page("manager", "currencies", "/settings/currencies"),
    page("manager", "settings", "/settings"),
    page("manager", "people", "/settings/people"),
    page("manager", "api-keys", "/settings/api-keys"),
    page("manager", "postback", "/settings/postback"),
    page("manager", "domains", "/settings/domains"),
    page("manager", "new-domain", "/settings/domains?new=domain"),
    page("manager", "moving-in", "/settings/moving-in"),
    page("manager", "new-import", "/settings/moving-in?new=true"),
    page("manager", "webhooks", "/settings/webhooks"),
    page("manager", "new-webhook", "/settings/webhooks?webhook=new"),
    page("manager", "audit", "/settings/audit"),
    page("manager", "profile", "/profile"),
    page("partner", "partner-home", `/?${YEAR}`),
    page("partner", "partner-changes", "/reports/changes"),
    page("partner", "partner-offers", "/offers"),
    page("partner", "partner-offer", `/offers/${examples.partnersOffer}`),
    page("partner", "partner-links", "/links"),
    page("partner", "partner-conversions", `/conversions?${YEAR}`),
    page("partner", "partner-conversion", `/conversions/${examples.partnersConversion}`),
    page("partner", "partner-earnings", "/earnings"),
    page("partner", "partner-placements", "/placements"),
    page("partner", "partner-rewards", "/rewards"),
    page("partner", "partner-recruits", "/recruits"),
    page("partner", "partner-scrubs", "/scrubs"),
    page("partner", "partner-disputes", "/disputes"),
    page("partner", "partner-new-dispute", "/disputes?open=new"),
    page("partner", "partner-revenue-share", "/revenue-share"),
    page("partner", "partner-postbacks", "/postbacks"),
    page("partner", "partner-new-postback", "/postbacks?postback=new"),
    page("partner", "partner-reports", `/reports?${YEAR}`),
    page("partner", "partner-exports", "/reports/exports"),
    page("partner", "partner-profile", "/profile"),
    page("advertiser", "advertiser-home", `/?${YEAR}`),
    page("advertiser", "advertiser-offers", "/offers"),
    page("advertiser", "advertiser-offer", `/offers/${examples.advertisersOffer}`),
    page("advertiser", "advertiser-conversions", `/conversions?${YEAR}`),
    page("advertiser", "advertiser-conversion", `/conversions/${examples.advertisersConversion}`),
    page("advertiser", "advertiser-billing", "/billing"),
    page("advertiser", "advertiser-closed-periods", "/reconciliation"),
    page("advertiser", "advertiser-scrubs", "/scrubs"),
    page("advertiser", "advertiser-new-scrub", "/scrubs?open=new"),
    page("advertiser", "advertiser-connection", "/connection"),
    page("advertiser", "advertiser-reports", `/reports?${YEAR}`),
    page("advertiser", "advertiser-changes", "/reports/changes"),
    page("advertiser", "advertiser-attribution", `/reports/attribution?${YEAR}`),
    page("advertiser", "advertiser-profile", "/profile"),
  ];
}
