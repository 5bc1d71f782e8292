import type { WordList } from "~/domain/words";
import type { MoneyValue } from "~/ui/format";

/** Values that are codes of a closed list. */
const LISTS: Record<string, WordList> = {
  attributed_by: "attribution_step",
  attribution_order: "attribution_step",
  click_reason: "click_reason",
  conversion_start: "conversion_start",
  coupon_rule: "coupon_rule",
  coupon_state: "coupon_state",
  destination: "destination",
  device: "device",
  door: "receipt_door",
  enrollment_state: "enrollment_state",
  existing_customers: "existing_customers",
  field: "targeting_field",
  metric: "cap_metric",
  mode: "condition_mode",
  offer_state: "offer_state",
  on_reach: "cap_on_reach",
  partner_state: "partner_state",
  pay_model: "pay_model",
  period: "cap_period",
  scope: "cap_scope",
  traffic_rule: "traffic_rule",
  traffic_type: "traffic_type",
  trust: "receipt_trust",
  trust_asked: "receipt_trust",
  accepts: "traffic_type",
  where: "condition_of",
  word_means: "conversion_status",
};

/** How values are put into words: of the language, the reader's zone and the names that came along. */
export interface Speech {
  word: (list: WordList, code: string) => string;
  money: (value: MoneyValue) => string;
  dateTime: (value: string) => string;
  number: (value: number) => string;
  duration: (seconds: number) => string;
  country: (code: string) => string;
  yesOrNo: (value: boolean) => string;
  labels: Record<string, string>;
}

const isMoney = (value: object): value is MoneyValue => "minor" in value && "currency" in value;

/** A value of a step as people read it. */
export function spoken(name: string, value: unknown, speech: Speech): string {
  if (Array.isArray(value)) return value.map((item) => spoken(name, item, speech)).join(", ");
  if (typeof value === "boolean") return speech.yesOrNo(value);
  if (typeof value === "number") {
    return name.endsWith("_seconds") && name !== "min_seconds"
      ? speech.duration(value)
      : speech.number(value);
  }
  if (typeof value === "string") return spokenText(name, value, speech);
  if (typeof value !== "object" || value === null) return "-";
  if (isMoney(value)) return speech.money(value);
  const parts = Object.entries(value).map(([part, inner]) => spokenPart(part, inner, speech));
  return parts.join(" · ");
}

function spokenPart(name: string, value: unknown, speech: Speech): string {
  const said = spoken(name, value, speech);
  const isWord = name in LISTS || name.endsWith("_id");
  return isWord ? said : `${speech.word("decision_value", name)} ${said}`;
}

function spokenText(name: string, text: string, speech: Speech): string {
  const list = LISTS[name];
  if (list) return speech.word(list, text);
  if (name === "country") return speech.country(text);
  if (name.endsWith("_at") || name === "customer_bound_until") return speech.dateTime(text);
  return speech.labels[text] ?? text;
}
