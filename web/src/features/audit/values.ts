import type { TFunction } from "i18next";
import { WHOLE_BP } from "~/domain/shares";
import { STATE_WORDS, type Stateful } from "~/domain/states";
import type { WordList } from "~/domain/words";
import { type Format, NOTHING } from "~/ui/format";
import type { Remembered } from "./differences";

const STATES_OF: Readonly<Record<string, Stateful>> = {
  adv: "advertiser",
  dom: "domain",
  enr: "enrollment",
  lnk: "link",
  ofr: "offer",
  prt: "partner",
  pyb: "batch",
  pyt: "payout",
};

/** Fields whose values are words of a closed list. */
const LIST_OF: Readonly<Record<string, WordList>> = {
  approved_traffic_types: "traffic_type",
  attribution_order: "attribution_step",
  conversion_start: "conversion_start",
  method: "payout_method",
  pay_model: "pay_model",
  min_trust: "receipt_trust",
  role: "role",
  scopes: "scope",
  tag_consent: "tag_consent",
  traffic_type: "traffic_type",
  validation_expiry: "validation_expiry",
  vertical: "vertical",
  visibility: "visibility",
};

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

interface Speech {
  t: TFunction<"audit">;
  word: (list: WordList, code: string) => string;
  format: Format;
  labels: Readonly<Record<string, string>>;
}

/** A remembered value as people read it. `subject` tells which nouns' states these are, `beside` in which currency. */
export function valueText(
  speech: Speech,
  field: string,
  value: unknown,
  subject: string,
  beside: Remembered,
): string {
  const { t, word, format, labels } = speech;
  if (Array.isArray(value)) {
    return value.map((one) => valueText(speech, field, one, subject, beside)).join(", ") || NOTHING;
  }
  if (value == null || value === "") return NOTHING;
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (typeof value === "number") {
    const currency = beside?.currency;
    if (field.endsWith("_minor") && typeof currency === "string")
      return format.money({ minor: value, currency });
    if (field.endsWith("_bp"))
      return format.number(value / WHOLE_BP, { style: "percent", maximumFractionDigits: 2 });
    return format.number(value);
  }
  if (typeof value !== "string") return JSON.stringify(value);
  if (INSTANT.test(value)) return format.dateTime(value);
  if (field.endsWith("percent")) return format.percent(Number(value) / 100);
  const list = listOf(field, subject);
  return list ? word(list, value) : (labels[value] ?? value);
}

/** Whether a value stands in the log as somebody typed it. */
export function isFreeText(
  labels: Speech["labels"],
  field: string,
  value: unknown,
  subject: string,
): boolean {
  if (Array.isArray(value)) return value.some((one) => isFreeText(labels, field, one, subject));
  return typeof value === "string" && !INSTANT.test(value) && !listOf(field, subject) && !(value in labels);
}

/** The closed list that a field's values are of. */
function listOf(field: string, subject: string): WordList | undefined {
  if (field.startsWith("traffic_rules.")) return "traffic_rule";
  const states = STATES_OF[subject.split("_", 1)[0] ?? ""];
  return field === "state" && states ? STATE_WORDS[states] : LIST_OF[field];
}
