import { StateChip } from "~/domain/StatusChip";
import { batchStateOf } from "./batchState";
import type { Batch } from "./model";

/** How far a batch is. Once it may be on its way, its payouts say what became of it. */
export function BatchStateCell({ batch }: { batch: Batch }) {
  return <StateChip of="batch" state={batchStateOf(batch)} />;
}
