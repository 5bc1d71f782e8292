import { setConditions, signatureOf } from "../conditions";
import type { Rule } from "../shapes";

type Compared = Pick<Rule, "conditions" | "effect"> & Partial<Rule>;

/** What becomes of a rule from one version to another. */
export type Change<R extends Compared = Rule> =
  | { kind: "added"; after: R }
  | { kind: "gone"; before: R }
  | { kind: "changed"; before: R; after: R };

function given({ effect, limits = [], priority, name }: Compared): string {
  return JSON.stringify([sorted(effect), limits.map(sorted), priority ?? 0, name || null]);
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  const parts = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  return parts.map(([key, part]) => [key, sorted(part)]).sort();
}

/** Rules of the same conditions are one rule whose rate changed; the order of rules says nothing. */
export function changesBetween<R extends Compared>(before: readonly R[], after: readonly R[]): Change<R>[] {
  const open = [...before];
  const take = (fits: (rule: R) => boolean) => {
    const at = open.findIndex(fits);
    return at < 0 ? undefined : open.splice(at, 1)[0];
  };
  const same = (one: R, other: R) => signatureOf(one.conditions) === signatureOf(other.conditions);
  const unlike = after.filter((rule) => !take((one) => same(one, rule) && given(one) === given(rule)));
  const changes = unlike.map((rule): Change<R> => {
    const was = take((one) => same(one, rule));
    return was ? { kind: "changed", before: was, after: rule } : { kind: "added", after: rule };
  });
  return [...changes, ...open.map((rule): Change<R> => ({ kind: "gone", before: rule }))];
}

/** Whom a rule is for: one partner, those of a group or tag, or everybody. */
export function isForEverybody({ conditions }: Pick<Rule, "conditions">): boolean {
  const named = setConditions(conditions);
  return !named.some((name) => name === "partner_id" || name === "groups" || name === "tags");
}
