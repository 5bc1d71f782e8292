/** Every route of the web application, on one page. Pages load when they are opened. */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from "@tanstack/react-router";
import { Problem } from "./api/problem";
import { type PeriodSearch, rangeOf, readPeriod } from "./domain/period";
import { meQuery } from "./domain/person";
import { dashboardQuery } from "./features/reports/dashboard/useDashboard";
import { byWorkplace, fetchAhead, type PageLoader, type Pages } from "./frame/byWorkplace";
import { FailedPage } from "./frame/FailedPage";
import { MissingPage } from "./frame/MissingPage";
import { readSearch } from "./frame/search";
import { allWords } from "./i18n";
import { todayIn } from "./ui/dates";

interface Context {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  notFoundComponent: MissingPage,
  errorComponent: FailedPage,
});

const open = createRoute({
  getParentRoute: () => root,
  id: "open",
  component: lazyRouteComponent(() => import("./frame/OpenFrame")),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  validateSearch: readPeriod,
  search: { middlewares: [retainSearchParams(["period", "compare"])] },
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery);
    } catch (thrown) {
      if (!Problem.of(thrown).isSignedOut) throw thrown;
      throw redirect({ to: "/sign-in", search: { back: location.href } });
    }
  },
  component: lazyRouteComponent(() => import("./frame/Shell")),
});

const page = {
  signIn: openPage("/sign-in", () => import("./features/identity/SignInPage")),
  forgotPassword: openPage("/forgot-password", () => import("./features/identity/ForgotPasswordPage")),
  resetPassword: openPage("/reset-password", () => import("./features/identity/ResetPasswordPage")),
  confirmAccount: openPage("/confirm-account", () => import("./features/identity/ConfirmAccountPage")),
  acceptInvitation: openPage("/accept-invitation", () => import("./features/identity/AcceptInvitationPage")),
  setUp: openPage("/setup", () => import("./features/workspaces/SetUpPage")),

  home: firstPage("/", {
    staff: () => import("./features/reports/DashboardPage"),
    partner: withWords(() => import("./features/reports/PartnerHomePage")),
    advertiser: withWords(() => import("./features/reports/AdvertiserHomePage")),
  }),
  partners: insidePage("/partners", { staff: () => import("./features/partners/PartnersPage") }),
  partner: insidePage("/partners/$partnerId", { staff: () => import("./features/partners/PartnerPage") }),
  advertisers: insidePage("/advertisers", { staff: () => import("./features/advertisers/AdvertisersPage") }),
  connectionOf: insidePage("/advertisers/$advertiserId", {
    staff: () => import("./features/doctor/AdvertiserConnectionPage"),
  }),
  offers: insidePage("/offers", {
    staff: () => import("./features/offers/OffersPage"),
    partner: () => import("./features/offers/PartnerOffersPage"),
    advertiser: () => import("./features/offers/AdvertiserOffersPage"),
  }),
  newOffer: insidePage("/offers/new", { staff: () => import("./features/offers/NewOfferPage") }),
  offer: insidePage("/offers/$offerId", {
    staff: () => import("./features/offers/OfferPage"),
    partner: () => import("./features/offers/PartnerOfferPage"),
    advertiser: () => import("./features/offers/AdvertiserOfferPage"),
  }),
  simulation: insidePage("/offers/$offerId/plan/simulations/$simulationId", {
    staff: () => import("./features/simulations/SimulationPage"),
  }),
  links: insidePage("/links", {
    staff: () => import("./features/links/LinksPage"),
    partner: () => import("./features/links/PartnerLinksPage"),
  }),
  smartLinks: insidePage("/smart-links", { staff: () => import("./features/links/SmartLinksPage") }),
  smartLink: insidePage("/smart-links/$smartLinkId", {
    staff: () => import("./features/links/SmartLinkPage"),
  }),
  rateRequests: insidePage("/rate-requests", {
    staff: () => import("./features/bump_requests/RateRequestsPage"),
  }),
  caps: insidePage("/caps", { staff: () => import("./features/caps/CapsPage") }),
  coupons: insidePage("/coupons", { staff: () => import("./features/coupons/CouponsPage") }),
  conversions: insidePage("/conversions", {
    staff: () => import("./features/conversions/ConversionsPage"),
    partner: () => import("./features/conversions/PartnerConversionsPage"),
    advertiser: () => import("./features/conversions/AdvertiserConversionsPage"),
  }),
  conversion: insidePage("/conversions/$conversionId", {
    staff: () => import("./features/conversions/ConversionPage"),
    partner: () => import("./features/conversions/ConversionPage"),
    advertiser: () => import("./features/conversions/ConversionPage"),
  }),
  click: insidePage("/clicks/$clickId", {
    staff: () => import("./features/explain/ClickPage"),
    partner: () => import("./features/explain/ClickPage"),
    advertiser: () => import("./features/explain/ClickPage"),
  }),
  scrubs: insidePage("/scrubs", {
    staff: () => import("./features/scrubs/ScrubsPage"),
    partner: () => import("./features/scrubs/PartnerScrubsPage"),
    advertiser: () => import("./features/scrubs/OwnScrubsPage"),
  }),
  alerts: insidePage("/alerts", { staff: () => import("./features/alerts/AlertsPage") }),
  alertRules: insidePage("/alerts/rules", { staff: () => import("./features/alerts/RulesPage") }),
  disputes: insidePage("/disputes", {
    staff: () => import("./features/disputes/DisputesPage"),
    partner: () => import("./features/disputes/OwnDisputesPage"),
  }),
  receipts: insidePage("/receipts", { staff: () => import("./features/conversions/ReceiptsPage") }),
  reports: insidePage("/reports", {
    staff: () => import("./features/reports/ReportsPage"),
    partner: () => import("./features/reports/ReportsPage"),
    advertiser: () => import("./features/reports/ReportsPage"),
  }),
  changes: insidePage("/reports/changes", {
    staff: () => import("./features/reports/ChangesPage"),
    partner: () => import("./features/reports/ChangesPage"),
    advertiser: () => import("./features/reports/ChangesPage"),
  }),
  attribution: insidePage("/reports/attribution", {
    staff: () => import("./features/reports/AttributionPage"),
    advertiser: () => import("./features/reports/AttributionPage"),
  }),
  exports: insidePage("/reports/exports", {
    staff: () => import("./features/exports/ExportsPage"),
    partner: () => import("./features/exports/ExportsPage"),
    advertiser: () => import("./features/exports/ExportsPage"),
  }),
  payday: insidePage("/payday", { staff: () => import("./features/payday/PaydayBoardPage") }),
  allPayouts: insidePage("/payouts/all", { staff: () => import("./features/payouts/PayoutsPage") }),
  payouts: insidePage("/payouts", { staff: () => import("./features/payouts/PaydayPage") }),
  batches: insidePage("/payouts/batches", { staff: () => import("./features/payouts/BatchesPage") }),
  payers: insidePage("/payouts/payers", {
    staff: () => import("./features/payouts/payers/PayersPage"),
  }),
  taxForms: insidePage("/payouts/tax-forms", {
    staff: () => import("./features/tax_forms/TaxFormsPage"),
  }),
  ownInvoices: insidePage("/payouts/own-invoices", {
    staff: () => import("./features/own_invoices/OwnInvoicesPage"),
  }),
  billing: insidePage("/billing", {
    staff: () => import("./features/billing/BillingPage"),
    advertiser: () => import("./features/billing/OwnBillingPage"),
  }),
  advertiserBilling: insidePage("/billing/$advertiserId", {
    staff: () => import("./features/billing/AdvertiserBillingPage"),
  }),
  invoice: insidePage("/invoices/$invoiceId", {
    staff: () => import("./features/billing/InvoicePage"),
    advertiser: () => import("./features/billing/InvoicePage"),
  }),
  reconciliations: insidePage("/reconciliation", {
    staff: () => import("./features/reconciliation/ReconciliationsPage"),
    advertiser: () => import("./features/reconciliation/OwnReconciliationsPage"),
  }),
  reconciliation: insidePage("/reconciliation/$reconciliationId", {
    staff: () => import("./features/reconciliation/ReconciliationPage"),
    advertiser: () => import("./features/reconciliation/ReconciliationPage"),
  }),
  journal: insidePage("/journal", { staff: () => import("./features/payouts/JournalPage") }),
  batch: insidePage("/payouts/batches/$batchId", { staff: () => import("./features/payouts/BatchPage") }),
  adjustments: insidePage("/payouts/adjustments", {
    staff: () => import("./features/adjustments/AdjustmentsPage"),
  }),
  placements: insidePage("/placements", {
    staff: () => import("./features/placements/PlacementsPage"),
    partner: () => import("./features/placements/OwnPlacementsPage"),
  }),
  rewards: insidePage("/rewards", {
    staff: () => import("./features/rewards/RewardsPage"),
    partner: () => import("./features/rewards/OwnRewardsPage"),
  }),
  recruits: insidePage("/recruits", {
    partner: () => import("./features/recruitment/OwnRecruitsPage"),
  }),
  costs: insidePage("/costs", { staff: () => import("./features/costs/CostsPage") }),
  managerBonuses: insidePage("/manager-bonuses", {
    staff: () => import("./features/manager_bonuses/ManagerBonusesPage"),
  }),
  revenueShare: insidePage("/revenue-share", {
    staff: () => import("./features/results/RevenueSharePage"),
    partner: () => import("./features/results/OwnMonthsPage"),
  }),
  earnings: insidePage("/earnings", { partner: () => import("./features/payouts/EarningsPage") }),
  postbacks: insidePage("/postbacks", { partner: () => import("./features/postbacks/PostbacksPage") }),
  connection: insidePage("/connection", {
    advertiser: () => import("./features/conversions/ConnectionPage"),
  }),
  profile: insidePage("/profile", {
    staff: () => import("./features/identity/ProfilePage"),
    partner: () => import("./features/identity/ProfilePage"),
    advertiser: () => import("./features/identity/ProfilePage"),
  }),
  settings: insidePage("/settings", { staff: () => import("./features/workspaces/SettingsPage") }),
  people: insidePage("/settings/people", { staff: () => import("./features/identity/PeoplePage") }),
  apiKeys: insidePage("/settings/api-keys", { staff: () => import("./features/identity/ApiKeysPage") }),
  postback: insidePage("/settings/postback", { staff: () => import("./features/workspaces/PostbackPage") }),
  domains: insidePage("/settings/domains", { staff: () => import("./features/domains/DomainsPage") }),
  webhooks: insidePage("/settings/webhooks", { staff: () => import("./features/postbacks/WebhooksPage") }),
  currencies: insidePage("/settings/currencies", {
    staff: () => import("./features/currencies/CurrenciesPage"),
  }),
  rewardUnits: insidePage("/settings/reward-units", {
    staff: () => import("./features/rewards/RewardUnitsPage"),
  }),
  movingIn: insidePage("/settings/moving-in", { staff: () => import("./features/imports/MovingInPage") }),
  audit: insidePage("/settings/audit", { staff: () => import("./features/audit/AuditPage") }),
};

/** A page that needs no login. */
function openPage<const Path extends string>(path: Path, load: PageLoader) {
  return createRoute({
    getParentRoute: () => open,
    path,
    validateSearch: readSearch,
    component: lazyRouteComponent(withWords(load)),
  });
}

/** A page inside the frame; a workplace that is not named has no such page. */
function insidePage<const Path extends string>(path: Path, pages: Pages) {
  const worded: Pages = {
    staff: pages.staff && withWords(pages.staff),
    partner: pages.partner && withWords(pages.partner),
    advertiser: pages.advertiser && withWords(pages.advertiser),
  };
  return createRoute({
    getParentRoute: () => signedIn,
    path,
    validateSearch: readSearch,
    loader: ({ context }) => fetchAhead(worded, context.queryClient),
    component: byWorkplace(worded),
  });
}

/** The page one comes in by: drawn as soon as its own words are there, its numbers asked for before it is. */
function firstPage<const Path extends string>(path: Path, pages: Pages) {
  return createRoute({
    getParentRoute: () => signedIn,
    path,
    validateSearch: readSearch,
    loaderDeps: ({ search }) => readPeriod({ ...search }),
    loader: ({ context, deps }) => {
      fetchAhead(pages, context.queryClient);
      askAhead(context.queryClient, deps);
    },
    component: byWorkplace(pages),
  });
}

function askAhead(queryClient: QueryClient, period: PeriodSearch): void {
  const me = queryClient.getQueryData(meQuery.queryKey);
  if (me) void queryClient.prefetchQuery(dashboardQuery(rangeOf(period, todayIn(me.workspace.timezone))));
}

function withWords(load: PageLoader): PageLoader {
  return async () => {
    const [page] = await Promise.all([load(), allWords()]);
    return page;
  };
}

const { signIn, forgotPassword, resetPassword, acceptInvitation, setUp, ...inside } = page;

const tree = root.addChildren([
  open.addChildren({ signIn, forgotPassword, resetPassword, acceptInvitation, setUp }),
  signedIn.addChildren(inside),
]);

export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queryClient },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultNotFoundComponent: MissingPage,
    defaultErrorComponent: FailedPage,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
