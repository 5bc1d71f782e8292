import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import { forgetConversions, type Verdict } from "./api";
import { type Judged, judgeAll } from "./judge";
import { type Act, canBeUndone } from "./rules";
import { judgementOf, useDoneText } from "./words";

export interface Judging {
  /** How many are through, while it runs. */
  done: number;
  isRunning: boolean;
  /** What came of it, where not all went through. */
  left: Judged | undefined;
  run: (act: Act, ids: readonly string[], verdict: Verdict) => Promise<Judged>;
}

/** Judges conversions, says what happened, and offers to take back what can be taken back. */
export function useJudging(): Judging {
  const queries = useQueryClient();
  const doneText = useDoneText();
  const [done, setDone] = useState(0);
  const [isRunning, setIsRunning] = useState(false);
  const [left, setLeft] = useState<Judged>();

  const run = useCallback(
    async (act: Act, ids: readonly string[], verdict: Verdict): Promise<Judged> => {
      setDone(0);
      setLeft(undefined);
      setIsRunning(true);
      const judged = await judgeAll(judgementOf(act), ids, verdict, setDone);
      setIsRunning(false);
      void forgetConversions(queries);
      const refused = new Set(judged.refused.map(({ id }) => id));
      const moved = ids.filter((id) => !refused.has(id));
      const takeBack = async () => {
        const undone = await judgeAll("reinstate", moved, {}, () => undefined);
        void forgetConversions(queries);
        if (undone.failure) notifyFailed(undone.failure);
        else notifyDone(doneText("reinstate", undone.moved));
      };
      const undo = canBeUndone(act) && !judged.failure ? () => void takeBack() : undefined;
      if (judged.moved > 0) notifyDone(doneText(act, judged.moved), { undo });
      if (judged.failure || judged.refused.length > 0) setLeft(judged);
      return judged;
    },
    [queries, doneText],
  );
  return { done, isRunning, left, run };
}
