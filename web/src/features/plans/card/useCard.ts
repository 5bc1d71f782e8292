import { useDebouncedCallback } from "@mantine/hooks";
import { useCallback, useMemo, useRef, useState } from "react";
import { useWords } from "~/domain/words";
import { signatureOf, wholeRules } from "../conditions";
import type { Draft, DraftBody, Finding } from "../draft/api";
import { useFindingText } from "../draft/useFindingText";
import type { Sides } from "../shapes";
import type { CardRow, Vocabulary } from "./cells";
import { type Card, cardOf, type ReadCard, readCard, rulesOf } from "./rows";

/** How long after the last key the card is saved. */
const SAVE_AFTER_MS = 700;

export type SaveState = "saved" | "waiting" | "failed";

interface Source {
  /** Changes when somebody else than the card changed the plan. */
  stamp: string;
  sides: Sides;
  draft: Draft | undefined;
}

/** The card of a plan: its lines as they are typed, saved when all of them can be read. */
export function useCard(source: Source, words: Vocabulary, save: (body: DraftBody) => Promise<Draft>) {
  const word = useWords();
  const findingText = useFindingText(source.sides);
  const shown = useMemo(
    () => ({
      currency: words.currency,
      goal: (id: string) => words.goals.find((goal) => goal.id === id)?.name ?? id,
      country: (code: string) => code,
      traffic: (code: string) => word("traffic_type", code),
    }),
    [words, word],
  );
  const [card, setCard] = useState<Card>(() => cardOf(source.sides, shown));
  const [state, setState] = useState<SaveState>("saved");
  const [error, setError] = useState<unknown>();
  const builtFrom = useRef(source.stamp);
  if (builtFrom.current !== source.stamp && state === "saved") {
    builtFrom.current = source.stamp;
    setCard(cardOf(source.sides, shown));
  }
  const read = useMemo(() => readCard(card.rows, words), [card.rows, words]);

  const send = useDebouncedCallback(async (rows: CardRow[], others: Sides, before: Sides) => {
    const understood = readCard(rows, words);
    if (understood.faults.size > 0) return;
    try {
      const draft = await save(rulesOf(rows, understood, before, others));
      builtFrom.current = stampOf(draft);
      setState("saved");
      setError(undefined);
    } catch (thrown) {
      setState("failed");
      setError(thrown);
    }
  }, SAVE_AFTER_MS);
  const { sides } = source;
  const { others } = card;
  const change = useCallback(
    (rows: CardRow[]) => {
      setCard({ rows, others });
      setState("waiting");
      send(rows, others, sides);
    },
    [others, sides, send],
  );
  const findings = findingsByLine(source.draft, read, findingText);
  return { rows: card.rows, others: card.others, read, change, state, error, findings };
}

/** What tells one state of a draft from another. */
export function stampOf(draft: Draft | undefined): string {
  return draft ? `${draft.id} ${draft.updated_at}` : "in force";
}

/** What the linter says, by the line whose conditions are those of the rule. */
function findingsByLine(draft: Draft | undefined, { read }: ReadCard, textOf: (finding: Finding) => string) {
  const lines = new Map<string, string[]>();
  if (!draft) return lines;
  const messages = new Map<string, string[]>();
  for (const finding of draft.findings) {
    for (const rule of wholeRules(draft[finding.side]).filter(({ id }) => id === finding.rule_ids[0])) {
      const signature = signatureOf(rule.conditions);
      messages.set(signature, [...(messages.get(signature) ?? []), textOf(finding)]);
    }
  }
  for (const [key, { conditions }] of read) {
    const own = messages.get(signatureOf(conditions));
    if (own) lines.set(key, [...new Set(own)]);
  }
  return lines;
}
