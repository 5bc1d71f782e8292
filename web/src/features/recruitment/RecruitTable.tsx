import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { EmptyState } from "~/ui/Page";
import { When } from "~/ui/When";
import { type Recruit, recruitsQuery } from "./model";

interface Props {
  /** The partner's own where nobody is named. */
  partnerId?: string;
  /** What to do while there are none. */
  text: string;
}

/** Those that a partner recruited itself, newest first. */
export function RecruitTable({ partnerId, text }: Props) {
  const { t } = useTranslation("recruitment");
  const { data, error, refetch } = useQuery(recruitsQuery(partnerId));
  const columns = useColumns();
  const failed = error ? "error" : "loading";
  return (
    <DataTable
      caption={t("recruits")}
      columns={columns}
      rows={data ?? []}
      rowId={(row) => row.id ?? `${row.name} ${row.recruited_at}`}
      rowHref={(row) => (row.id ? `/partners/${row.id}` : undefined)}
      state={data ? "ready" : failed}
      error={error}
      onRetry={() => void refetch()}
      empty={<EmptyState icon={<IconUserPlus size={28} stroke={1.5} />} title={t("none")} text={text} />}
      storageKey="recruits"
      copyName="recruits"
    />
  );
}

function useColumns(): Column<Recruit>[] {
  const { t } = useTranslation("recruitment");
  const { money } = useFormat();
  return useMemo(() => {
    const brought = (row: Recruit) => row.brought.map((amount) => money(amount)).join(", ") || "-";
    return [
      {
        id: "name",
        header: t("column.partner"),
        cell: (row) => <span translate="no">{row.name}</span>,
        value: (row) => row.name,
        width: 220,
        onCard: 1,
      },
      {
        id: "since",
        header: t("column.since"),
        cell: (row) => <When value={row.recruited_at} as="date" />,
        value: (row) => row.recruited_at,
        width: 160,
        onCard: 2,
      },
      {
        id: "brought",
        header: t("column.brought"),
        hint: t("column.brought_hint"),
        cell: (row) => <span className="figures">{brought(row)}</span>,
        value: brought,
        align: "end",
        width: 200,
        onCard: 3,
      },
    ];
  }, [t, money]);
}
