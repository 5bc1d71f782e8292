import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { EmptyState } from "~/ui/States";
import type { ChangedValue, Changes, Split } from "./query";
import { useChangeText } from "./useChangeText";

/** Each value's own number in both periods, and what it did to the whole. */
export function EffectTable({ changes, split }: { changes: Changes; split: Split }) {
  const { t } = useTranslation("changes");
  const word = useWords();
  const { figure, effect, name } = useChangeText(changes);
  const isQuotient = changes.unit === "ratio" || changes.unit === "micros";
  const value = (row: ChangedValue) => name(split.dimension, row.value);
  const total = (row: Pick<ChangedValue, "mix" | "rate">) => row.mix + row.rate;
  const number = (id: "before" | "now", header: string, onCard?: 2): Column<ChangedValue> => ({
    id,
    header,
    cell: (row) => figure(row[id]),
    value: (row) => row[id],
    align: "end",
    sortable: true,
    descFirst: true,
    onCard,
  });
  const part = (id: "mix" | "rate", header: string, hint: string): Column<ChangedValue> => ({
    id,
    header,
    hint,
    cell: (row) => effect(row[id]),
    value: (row) => row[id],
    align: "end",
    sortable: true,
    descFirst: true,
  });
  const columns: Column<ChangedValue>[] = [
    {
      id: "value",
      header: word("dimension", split.dimension),
      cell: (row) => <span translate="no">{value(row)}</span>,
      value,
      sortable: true,
      minWidth: 160,
      onCard: 1,
    },
    number("before", t("before")),
    number("now", t("now"), 2),
    ...(isQuotient ? [part("mix", t("mix"), t("mix_hint")), part("rate", t("rate"), t("rate_hint"))] : []),
    {
      id: "effect",
      header: t("effect"),
      hint: t("effect_hint"),
      cell: (row) => effect(total(row)),
      value: total,
      align: "end",
      sortable: true,
      descFirst: true,
      onCard: 3,
    },
  ];
  return (
    <DataTable
      caption={t("table")}
      columns={columns}
      rows={split.values}
      rowId={(row) => String(row.value)}
      state="ready"
      totals={{
        before: figure(changes.before),
        now: figure(changes.now),
        effect: effect(changes.change ?? 0),
      }}
      totalsLabel={t("all")}
      empty={<EmptyState title={t("nothing")} text={t("nothing_text")} />}
      storageKey="changes"
      copyName="changes"
    />
  );
}
