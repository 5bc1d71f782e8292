import { sentenceOf } from "~/domain/words";
import type { Step, Subject } from "./api";
import { type Speech, spoken } from "./values";

/** What a step says: its own sentence where it passed, its reason where it spoke. */
export function saidBy(step: Step, subject: Subject, speech: Speech): string {
  if (!step.reason) return speech.word(subject === "click" ? "click_step" : "conversion_step", step.step);
  return speech.word(subject === "click" ? "click_reason" : "conversion_reason", step.reason);
}

/** What would have changed it, with the values that its sentence names; without numbers where they are not shown. */
export function changeOf(step: Step, speech: Speech): string | undefined {
  if (!step.reason || !step.change) return undefined;
  const code = /^cap_.+_/.test(step.reason) ? "cap" : step.reason;
  const values = (step.values ?? {}) as Record<string, unknown>;
  const told = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, spoken(name, value, speech)]),
  );
  return sentenceOf("decision_change", "decision_change_plain", code, told);
}
