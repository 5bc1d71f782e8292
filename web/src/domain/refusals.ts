import i18next from "i18next";
import type { Problem } from "~/api/problem";
import { knownFieldMessage } from "./fieldMessages";

/** Refusals whose own sentence speaks to programs: of fields by the names of the API, of keys and headers. */
const SAID_TO_PROGRAMS = ["invalid_fields", "not_authenticated"];

/** The server speaks in the middle of a line; a screen begins one. */
function asSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * A failed call in the person's language, by its stable code. In English the server's own sentence is more exact;
 * elsewhere it stands in only for a code that the catalogue does not know.
 */
export function refusalText(problem: Problem): string {
  const known = i18next.exists(`refusals:${problem.code}`)
    ? i18next.t(`refusals:${problem.code}`)
    : undefined;
  if (known && SAID_TO_PROGRAMS.includes(problem.code)) return known;
  const [first] = problem.errors;
  // Named by the API; what stands at the field says the same to people.
  if (first && problem.detail.startsWith(first.field)) return fieldText(first.message);
  if (i18next.language === "en") return asSentence(problem.detail || known || problem.code);
  return known ?? (problem.detail || problem.code);
}

/** What the server says of one field, in the person's language; in the server's own words where they are not known. */
export function fieldText(message: string): string {
  const known = knownFieldMessage(message);
  if (!known) return asSentence(message);
  const { count, ...named } = known.named;
  const variables = count === undefined ? named : { ...named, count: Number(count) };
  return i18next.t(`refusals:fields.${known.slug}`, { ...variables, defaultValue: message });
}
