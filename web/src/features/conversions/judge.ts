import { Problem } from "~/api/problem";
import { judgeMany, type Verdict } from "./api";
import type { BulkOutcome, Judgement } from "./model";

/** The API judges this many in one call; a preview of more would not be exact. */
export const JUDGED_MAX = 1_000;
/** Judged in portions, so that progress shows. */
const PORTION = 200;

export interface Judged {
  moved: number;
  refused: BulkOutcome["refused"];
  /** Stopped part of the way; what was moved before stays moved. */
  failure?: Problem;
}

function portions(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / PORTION);
  return Array.from({ length: count }, (_, part) => ids.slice(part * PORTION, (part + 1) * PORTION));
}

/** Judges conversions portion after portion; `onProgress` hears how many are through. */
export async function judgeAll(
  action: Judgement,
  ids: readonly string[],
  verdict: Verdict,
  onProgress: (done: number) => void,
  judge: typeof judgeMany = judgeMany,
): Promise<Judged> {
  const judged: Judged = { moved: 0, refused: [] };
  let done = 0;
  try {
    for (const portion of portions(ids)) {
      const { moved, refused } = await judge(action, portion, verdict, false);
      judged.moved += moved;
      judged.refused = [...judged.refused, ...refused];
      done += portion.length;
      onProgress(done);
    }
  } catch (thrown) {
    judged.failure = Problem.of(thrown);
  }
  return judged;
}
