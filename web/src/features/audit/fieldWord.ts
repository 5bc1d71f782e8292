import type { WordList } from "~/domain/words";

type Word = (list: WordList, code: string) => string;

/** What lies below these fields is called by the workspace or another system, not by us. */
const NAMED_ELSEWHERE = ["external_refs", "status_map", "words"];

/** A remembered field's name as people read it, from the outermost in. */
export function fieldWord(word: Word, field: string): string {
  const [head = field, ...rest] = field.split(".");
  const below = (name: string) => {
    if (head === "traffic_rules") return word("traffic_type", name);
    return NAMED_ELSEWHERE.includes(head) ? name : word("audit_field", name);
  };
  return [word("audit_field", head), ...rest.map(below)].join(": ");
}
