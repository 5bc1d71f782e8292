import { Button, Group } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "~/api/paging";
import { usePeriod } from "~/domain/period";
import { useMay } from "~/domain/person";
import { usePageState } from "~/frame/search";
import { DataTable } from "~/ui/DataTable";
import { FilterChips } from "~/ui/FilterChips";
import { useFormat } from "~/ui/format";
import { fetchConversions } from "./api";
import { ConversionDrawer } from "./ConversionDrawer";
import type { Reader } from "./columnSets";
import { useConversionColumns } from "./columns";
import {
  type ConversionSearch,
  conversionQueryOf,
  FILTERS,
  filterValues,
  readConversionSearch,
  searchOfValues,
  setFilters,
} from "./filters";
import { type Judgeable, JudgeDialog } from "./JudgeDialog";
import type { Conversion } from "./model";
import { NothingWithFilters } from "./NothingWithFilters";
import { type Act, actsOf, bulkActsOf } from "./rules";
import { useConversionFilters } from "./useConversionFilters";
import { useUnchanged } from "./useUnchanged";
import { useActWords } from "./words";

interface Props {
  reader: Reader;
  /** What stands in the list's place when nothing is filtered and nothing is there, in the period or at all. */
  empty: (period: string | undefined) => ReactNode;
  /** Holds whatever the filters say, such as the state that waits for a verdict. */
  fixed?: Partial<ConversionSearch>;
  /** Lists what waits for a verdict, of all times and not of the period in the top bar. */
  isJudging?: boolean;
}

const KEYS: Record<string, Act> = { a: "approve", r: "reject" };

/** Conversions with filters, a drawer, and what may be done with one or many. */
export function ConversionList({ reader, empty, fixed, isJudging }: Props) {
  const { t } = useTranslation("conversions");
  const format = useFormat();
  const actWord = useActWords();
  const mayJudge = useMay("conversions:write");
  const { range, timezone } = usePeriod();
  const [search, change] = usePageState(readConversionSearch);
  const [selection, setSelection] = useState<string[]>([]);
  const [judged, setJudged] = useState<Judgeable>();
  const query = conversionQueryOf({ ...search, ...fixed }, isJudging ? undefined : range, timezone);
  const list = useList(["conversions", "list", query], (cursor, signal) =>
    fetchConversions(query, cursor, signal),
  );
  const rows = useUnchanged(list.rows);
  const columns = useConversionColumns(isJudging ? "judge" : reader);
  const all = useConversionFilters(reader, search, rows);
  const filters = all.filter(({ id }) => fixed === undefined || !(id in fixed));
  const set = setFilters(search).filter((name) => fixed === undefined || !(name in fixed));

  const clear = () => change(Object.fromEntries(FILTERS.map((name) => [name, undefined])));
  const open = (row: Conversion) => change({ open: row.id }, { push: true });
  const onKeyDown = (event: KeyboardEvent) => {
    const act = KEYS[event.key];
    const line =
      event.target instanceof HTMLElement && event.target.matches("tr[data-index]")
        ? event.target
        : undefined;
    const row = line && rows[Number(line.dataset.index)];
    if (!act || !row || !mayJudge || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!actsOf(row).includes(act)) return;
    event.preventDefault();
    setJudged({ act, conversions: [row] });
  };
  const chosenIds = new Set(selection);
  const chosen = rows.filter(({ id }) => chosenIds.has(id));
  const isSought = search.order !== undefined || search.click !== undefined;
  const period = isJudging || isSought ? undefined : format.dayRange(range.from, range.to);
  const dropped = set.map((name) => ({
    id: name,
    label: t("nothing.drop_one", { filter: filters.find(({ id }) => id === name)?.label ?? name }),
    onDrop: () => change({ [name]: undefined }),
  }));

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the rows inside, which have the focus */}
      <div onKeyDown={onKeyDown}>
        <DataTable
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          caption={t("list.title")}
          state={list.state}
          error={list.error}
          onRetry={list.retry}
          empty={set.length > 0 ? <NothingWithFilters filters={dropped} period={period} /> : empty(period)}
          onClearFilters={clear}
          onRowOpen={open}
          rowHref={(row) => `/conversions/${row.id}`}
          openRowId={search.open}
          onEndReached={list.loadMore}
          hasMore={list.hasMore}
          loadingMore={list.loadingMore}
          toolbar={
            <FilterChips
              filters={filters}
              values={filterValues(search)}
              onChange={(values) => change(keepGoal(searchOfValues(values), search))}
            />
          }
          storageKey={`conversions-${isJudging ? "judge" : reader}`}
          copyName="conversions"
          selection={mayJudge ? selection : undefined}
          onSelection={mayJudge ? setSelection : undefined}
          bulkBar={() => (
            <Group gap="xs">
              {bulkActsOf(chosen).map((act) => (
                <Button
                  key={act}
                  size="sm"
                  variant={act === "approve" ? "filled" : "default"}
                  onClick={() => setJudged({ act, conversions: chosen })}
                >
                  {actWord(act)}
                </Button>
              ))}
            </Group>
          )}
        />
      </div>
      <ConversionDrawer id={search.open} onClose={() => change({ open: undefined })} />
      {judged && (
        <JudgeDialog {...judged} onClose={() => setJudged(undefined)} onDone={() => setSelection([])} />
      )}
    </>
  );
}

/** A goal belongs to its offer: with another offer it is no filter any more. */
function keepGoal(after: Partial<ConversionSearch>, before: ConversionSearch): Partial<ConversionSearch> {
  return after.offer === before.offer ? after : { ...after, goal: undefined };
}
