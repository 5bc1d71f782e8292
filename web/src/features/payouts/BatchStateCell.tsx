import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { StateChip } from "~/domain/StatusChip";
import { NOTHING } from "~/ui/format";
import { batchQuery } from "./api";
import { batchStateOf } from "./batchState";
import type { Batch } from "./model";

/** How far a batch is. Once it may be on its way, its payouts say what became of it. */
export function BatchStateCell({ batch }: { batch: Batch }) {
  const isOnItsWay = batch.state === "approved" || batch.state === "sent";
  const { data, isError } = useQuery({
    ...batchQuery(batch.id),
    staleTime: 5 * 60_000,
    enabled: isOnItsWay,
  });
  if (!isOnItsWay) return <StateChip of="batch" state={batch.state} />;
  if (isError) return <span>{NOTHING}</span>;
  if (!data) return <Skeleton height={20} width={90} radius="xl" />;
  return <StateChip of="batch" state={batchStateOf(data)} />;
}
