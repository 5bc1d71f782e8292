import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { StateChip } from "~/domain/StatusChip";
import { NOTHING } from "~/ui/format";
import { batchQuery } from "./api";
import { batchStateOf } from "./batchState";

/** What became of a batch: read from its payouts, since the list does not tell. */
export function BatchStateCell({ id }: { id: string }) {
  const { data, isError } = useQuery({ ...batchQuery(id), staleTime: 5 * 60_000 });
  if (isError) return <span>{NOTHING}</span>;
  if (!data) return <Skeleton height={20} width={90} radius="xl" />;
  return <StateChip of="batch" state={batchStateOf(data.payouts)} />;
}
