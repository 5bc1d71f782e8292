import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import type { Schemas } from "~/api/client";
import { wholeRules, wholeSides } from "../conditions";
import type { Sides } from "../shapes";
import { changeDraft, type Draft, type DraftBody, draftQuery, makeDraft } from "./api";

type Plans = Schemas["OfferPlansOut"];

/** The rules that price what happens now. */
export function sidesInForce(plans: Plans): Sides {
  const rules = (plan: Schemas["PlanOut"]) =>
    wholeRules(plan.versions.find(({ in_force }) => in_force)?.rules ?? []);
  return { earnings: rules(plans.earnings), revenue: rules(plans.revenue) };
}

/**
 * The draft that is open, or the plan in force until the first change makes one. Changes are saved one after the
 * other, each whole.
 */
export function usePlanDraft(
  offerId: string,
  plans: Plans,
  draftId: string | undefined,
  onMade: (draft: Draft) => void,
) {
  const queries = useQueryClient();
  const open = useQuery({ ...draftQuery(draftId ?? ""), enabled: draftId !== undefined });
  const shown = useRef(draftId);
  /** The draft that the first change made, until the address names it. */
  const made = useRef<string>(undefined);
  if (shown.current !== draftId) {
    if (draftId === undefined) made.current = undefined;
    shown.current = draftId;
  }
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const save = useCallback(
    (body: DraftBody): Promise<Draft> => {
      const next = last.current
        .catch(() => undefined)
        .then(async () => {
          const id = shown.current ?? made.current;
          const draft = id ? await changeDraft(id, body) : await makeDraft(offerId, body);
          made.current = draft.id;
          queries.setQueryData(draftQuery(draft.id).queryKey, draft);
          if (!id) {
            onMade(draft);
            void queries.invalidateQueries({ queryKey: ["plan-drafts", "of", offerId] });
          }
          return draft;
        });
      last.current = next;
      return next;
    },
    [offerId, queries, onMade],
  );
  const close = useCallback(() => {
    made.current = undefined;
  }, []);
  const draft = draftId ? open.data : undefined;
  const sides = useMemo(() => (draft ? wholeSides(draft) : sidesInForce(plans)), [draft, plans]);
  return { draft, sides, save, close, isPending: draftId !== undefined && open.isPending, error: open.error };
}
