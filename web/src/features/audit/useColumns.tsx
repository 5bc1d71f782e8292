import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { type Entry, type SaidDifference, useEntryWords } from "./entry";

/** Fields that the line of a row has room for. */
const IN_LINE = 2;
/** Told beside the row only: nobody reads them in passing. */
const NOT_IN_LINE = ["frozen_hash"];

export function useColumns(): Column<Entry>[] {
  const { t } = useTranslation("audit");
  const { dateTime } = useFormat();
  const words = useEntryWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, as `t` does
  return useMemo(
    () => [
      {
        id: "at",
        header: t("at"),
        cell: (entry) => dateTime(entry.at),
        value: (entry) => entry.at,
        width: 200,
        onCard: 2,
      },
      { id: "who", header: t("who"), cell: words.who, value: words.who, width: 140, onCard: 3 },
      { id: "action", header: t("action"), cell: words.action, value: words.action, width: 200, onCard: 1 },
      {
        id: "subject",
        header: t("subject"),
        cell: words.subject,
        value: words.subject,
        csv: (entry) => entry.subject,
        width: 190,
      },
      {
        id: "changes",
        header: t("changes"),
        cell: (entry) => <InLine changes={words.changes(entry)} />,
        value: (entry) => words.changes(entry).map(inWords).join("; "),
        width: 270,
      },
    ],
    [t, dateTime],
  );
}

export function inWords({ name, before, after, wasThere }: SaidDifference): string {
  return wasThere ? `${name}: ${before} → ${after}` : `${name}: ${after}`;
}

function InLine({ changes }: { changes: SaidDifference[] }) {
  const { t } = useTranslation("audit");
  if (changes.length === 0) return <>-</>;
  const told = changes.filter(({ field }) => !NOT_IN_LINE.includes(field));
  const inLine = told.slice(0, IN_LINE);
  const shown = inLine.map(inWords).join(", ");
  const more = changes.length - IN_LINE;
  return (
    <Text
      span
      inherit
      truncate
      title={shown}
      translate={inLine.some((one) => one.isTyped) ? "no" : undefined}
    >
      {shown}
      {more > 0 && ` ${t("more", { count: more })}`}
    </Text>
  );
}
