import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { knownFieldMessage } from "~/domain/fieldMessages";
import type { WordList } from "~/domain/words";
import { calledKey, textsOf } from "~/testing/catalogues";

const REPOSITORY = join(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(join(REPOSITORY, path), "utf8");
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? "");

interface Schema {
  enum?: string[];
}
const schemas = (JSON.parse(read("openapi.json")) as { components: { schemas: Record<string, Schema> } })
  .components.schemas;

/** Schemas of openapi.json and the list that has the words of their codes. */
const SCHEMAS: Record<string, WordList> = {
  Account: "account",
  AccountChangeState: "account_change_state",
  Action: "move",
  Advice: "call_advice",
  Hop: "checkup_hop",
  HopState: "hop_state",
  KeyKind: "key_kind",
  Outcome: "call_outcome",
  SnippetKind: "snippet_kind",
  ActorKind: "actor_kind",
  AdvertiserState: "advertiser_state",
  AttributionStep: "attribution_step",
  BatchState: "batch_state",
  BonusBase: "bonus_base",
  BonusBasis: "bonus_basis",
  BonusState: "bonus_state",
  BulkAction: "move",
  CapDecision: "cap_decision",
  CapRequestState: "cap_request_state",
  CapKind: "cap_kind",
  CapMetric: "cap_metric",
  CapScope: "cap_scope",
  CarryRule: "carry_rule",
  Figure: "result_figure",
  QualificationState: "qualification_state",
  ResultDoor: "result_door",
  ShareTierMode: "tier_mode",
  CapState: "cap_state",
  Compare: "compare",
  ConversionReason: "conversion_reason",
  ConversionStart: "conversion_start",
  CostCategory: "cost_category",
  CouponRule: "coupon_rule",
  CouponState: "coupon_state",
  BilledBy: "billed_by",
  CustomerBinding: "customer_binding",
  CountedStatus: "cap_counted",
  CreditAmount: "credit_amount",
  CreditBy: "credit_by",
  DateBasis: "date_basis",
  DeliveryState: "delivery_state",
  DomainState: "domain_state",
  EnrollmentState: "enrollment_state",
  EarlyPayoutState: "early_payout_state",
  FeeBearer: "fee_bearer",
  EntryKind: "entry_kind",
  GoalKind: "goal_kind",
  ExistingCustomers: "existing_customers",
  ExportFormat: "export_format",
  ExportState: "export_state",
  ExportSubject: "export_subject",
  GraceKind: "cap_grace",
  FindingCode: "import_finding",
  ImportKind: "import_kind",
  ImportPlatform: "import_platform",
  ImportState: "import_state",
  LandingKind: "landing_kind",
  LandingState: "landing_state",
  LinkState: "link_state",
  MappedState: "conversion_status",
  HoldReason: "hold_reason",
  OfferState: "offer_state",
  OnFile: "on_file",
  OnReach: "cap_on_reach",
  PartnerState: "partner_state",
  PayModel: "pay_model",
  FiguresStanding: "figures_standing",
  OwedStanding: "owed_standing",
  OwnInvoiceState: "own_invoice_state",
  SubscriptionState: "subscription_state",
  SubscriptionPeriod: "plan_period",
  FeeKind: "fee_kind",
  ChangeFrom: "change_from",
  StoppedBy: "stopped_by",
  PaydayKind: "payday_kind",
  PaydayStanding: "payday_standing",
  PaydayStep: "payday_step",
  PayoutMethod: "payout_method",
  PayoutRequirement: "payout_requirement",
  PayoutState: "payout_state",
  Period: "cap_period",
  PlacementKind: "placement_kind",
  PlacementState: "placement_state",
  PostbackEvent: "postback_event",
  PostbackKind: "postback_kind",
  PostbackState: "postback_state",
  ReceiptTrust: "receipt_trust",
  Rhythm: "payout_rhythm",
  RedemptionState: "redemption_state",
  ReplayPolicy: "smart_policy",
  RewardKind: "reward_kind",
  RewardReason: "reward_reason",
  Role: "role",
  SmartMemberState: "smart_member_state",
  SmartMode: "smart_mode",
  Status: "conversion_status",
  StepVerdict: "decision_verdict",
  TagConsent: "tag_consent",
  TargetingField: "targeting_field",
  TargetingMatch: "targeting_match",
  TargetingMode: "targeting_mode",
  TaxFormKind: "tax_form_kind",
  TaxFormState: "tax_form_state",
  TeamRole: "team_role",
  ToInvoiceStanding: "to_invoice_standing",
  TrafficRule: "traffic_rule",
  ValidationExpiry: "validation_expiry",
  Visibility: "visibility",
};

/** Codes that `words` lacks in a list. */
function wordless(list: WordList, codes: string[]): string[] {
  expect(codes.length, `codes found for ${list}`).toBeGreaterThan(0);
  const words = textsOf("en", "words");
  return codes
    .filter((code) => !words.has(`${list}.${code.replaceAll(":", ".")}`))
    .map((code) => `${list}.${code}`);
}

describe("words", () => {
  test.each(Object.entries(SCHEMAS))("every %s of the contract has a word in %s", (schema, list) => {
    expect(wordless(list, schemas[schema]?.enum ?? [])).toEqual([]);
  });

  test("reasons of clicks and conversions have sentences", () => {
    const source = read("crates/kernel/src/reason.rs");
    for (const [name, list] of [
      ["ClickReason", "click_reason"],
      ["ConversionReason", "conversion_reason"],
    ] as const) {
      const block = new RegExp(`\\b${name} \\{([^}]*)\\}`).exec(source)?.[1] ?? "";
      expect(wordless(list, all(block, /"(\w+)"/g))).toEqual([]);
    }
  });

  test("steps of decisions have sentences, their values names, their reasons what would have changed it", () => {
    const pages = ["conversion", "click"].map(
      (of) => read(`crates/outcomes/src/explain/${of}_steps.rs`).split("#[cfg(test)]")[0] ?? "",
    );
    const [ofConversion = "", ofClick = ""] = pages;
    expect(wordless("conversion_step", all(ofConversion, /StepPage \{\s*name: "(\w+)"/g))).toEqual([]);
    expect(wordless("click_step", all(ofClick, /StepPage \{\s*name: "(\w+)"/g))).toEqual([]);
    const values = pages.flatMap((page) => all(page, /\.with\(\s*"(\w+)"/g));
    expect(wordless("decision_value", [...new Set(values)])).toEqual([]);
    const page = read("crates/outcomes/src/explain/words.rs").split("#[cfg(test)]")[0] ?? "";
    const reasons = all(page, /\b(?:Click)?Reason::([A-Z]\w+)/g);
    const codes = reasons.map((name) => name.replace(/(?!^)([A-Z])/g, "_$1").toLowerCase());
    expect(wordless("decision_change", [...new Set([...codes, "cap"])])).toEqual([]);
  });

  test("metrics and dimensions have names; English formulas are the dictionary's", () => {
    const metrics = read("crates/events/src/question/metrics.rs");
    const entries = [...metrics.matchAll(/\b(?:count|money|ratio|per)\(\s*"(\w+)",\s*"([^"]+)"/g)];
    expect(
      wordless(
        "metric",
        entries.map((entry) => entry[1] ?? ""),
      ),
    ).toEqual([]);
    const spoken = entries.map(([, name]) => [name, textsOf("en", "words").get(`metric_formula.${name}`)]);
    expect(spoken).toEqual(entries.map(([, name, formula]) => [name, formula]));
    const dimensions = read("crates/events/src/question/dimensions.rs");
    const named = /(?:\b(?:time|entity|whose|text|of_conversions)\(\s*|\bname: )"(\w+)"/g;
    expect(wordless("dimension", all(dimensions, named))).toEqual([]);
  });

  test("scopes of API keys have words", () => {
    const permissions = read("crates/programme/src/identity/permissions.rs");
    expect(wordless("scope", [...new Set(all(permissions, /"(\w+:\w+)"/g))])).toEqual([]);
  });

  test("actions of the audit log have words", () => {
    const subjects = new Set([...textsOf("en", "words").keys()].filter((key) => key.startsWith("action.")));
    const heads = [...new Set([...subjects].map((key) => key.split(".")[1]))].join("|");
    const actions = serverSources().flatMap((source) =>
      all(source, new RegExp(`"((?:${heads})\\.\\w+)"`, "g")),
    );
    expect(wordless("action", [...new Set(actions)])).toEqual([]);
  });
});

describe("refusals", () => {
  const texts = textsOf("en", "refusals");

  test("every code of the server has a sentence", () => {
    const codes = all(read("crates/kernel/src/refusal.rs"), /^\s+[A-Z]\w+ "(\w+)" [A-Z]\w+;/gm);
    expect(codes.length).toBeGreaterThan(40);
    expect(
      [...codes, "offline", "unreadable_answer", "screen_failed", "fault"].filter((code) => !texts.has(code)),
    ).toEqual([]);
  });

  test("every message of the server about a field is known, and has a translation", () => {
    const ofField = /\bRefusal::field\(\s*(?:format!\("[^"]*"\)|"[^"]*"|\w+),\s*(?:format!\()?"([^"]+)"/g;
    const told = /"((?:must|cannot be) [^"]+)"/g;
    const messages = serverSources().flatMap((source) => [...all(source, ofField), ...all(source, told)]);
    const filled = messages.map((message) =>
      message.replace("{roles}", "owner, manager").replace(/\{[^}]*\}/g, "5"),
    );
    expect(filled.length).toBeGreaterThan(30);
    expect(filled.filter((message) => knownFieldMessage(message) === undefined)).toEqual([]);
    const called = new Set([...texts.keys()].map((key) => calledKey(texts, key)));
    const untranslated = filled.filter(
      (message) => !called.has(`fields.${knownFieldMessage(message)?.slug}`),
    );
    expect(untranslated).toEqual([]);
  });
});

/** Sources of the server's features without their tests. */
function serverSources(): string[] {
  return ["programme", "outcomes", "app"].flatMap((crate) => sourcesOf(`crates/${crate}/src`));
}

function sourcesOf(folder: string): string[] {
  const names = readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => name.endsWith(".rs") && !/stories|tests/.test(name));
  return files.map((name) => read(join(folder, name)).split("#[cfg(test)]")[0] ?? "");
}
