import { Problem } from "~/api/problem";
import { fieldText, refusalText } from "~/domain/refusals";

/** Any failure in the person's language, with the number to tell support. */
export function saidOf(error: unknown): { text: string; reference: string | undefined } {
  const problem = Problem.of(error);
  return { text: refusalText(problem), reference: problem.reference };
}

/** What is wrong with each field, in the person's language, by the field's dotted path. */
export function fieldErrors(error: unknown): Record<string, string> {
  return Object.fromEntries(
    Problem.of(error).errors.map(({ field, message }) => [field, fieldText(message)]),
  );
}
