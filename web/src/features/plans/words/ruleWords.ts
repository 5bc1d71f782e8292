import type { TFunction } from "i18next";
import type { Rule } from "../shapes";
import { conditionsInWords } from "./conditionWords";
import { effectInWords, limitInWords } from "./effectWords";
import type { Speaker } from "./speaker";

type Voice = Speaker & { t: TFunction<"plan_words"> };

export type Spoken = Pick<Rule, "conditions" | "effect" | "limits">;

/** When a rule holds: "Goal sale, country Germany or Austria", or "Every conversion". */
export function whenInWords({ conditions }: Pick<Spoken, "conditions">, speaker: Voice): string {
  const { t } = speaker;
  const phrases = conditionsInWords(conditions, speaker);
  return phrases.length > 0 ? capitalized(phrases.join(", "), speaker) : t("always");
}

/** What a rule gives, with the most it gives. */
export function whatInWords({ effect, limits = [] }: Omit<Spoken, "conditions">, speaker: Voice): string {
  return [effectInWords(effect, speaker), ...limits.map((limit) => limitInWords(limit, speaker))].join("; ");
}

/** A rule as one sentence. */
export function ruleInWords(rule: Spoken, speaker: Voice): string {
  const { t } = speaker;
  return t("sentence", { when: whenInWords(rule, speaker), what: whatInWords(rule, speaker) });
}

function capitalized(text: string, { format }: Speaker): string {
  return text.charAt(0).toLocaleUpperCase(format.language) + text.slice(1);
}
