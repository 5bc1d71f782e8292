import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useList } from "~/api/paging";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { bodyOf, named } from "~/features/offers/model";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState, Page } from "~/ui/Page";
import { AdjustmentDrawer } from "./AdjustmentDrawer";
import type { Adjustment } from "./model";

type Asked = { row: Adjustment; isRefusal: boolean };

/** Bonuses, corrections and clawbacks, and those that wait for a second person. */
export default function AdjustmentsPage() {
  const { t } = useTranslation("adjustments");
  const word = useWords();
  const { money, dateTime } = useFormat();
  const queries = useQueryClient();
  const mayAdjust = useMay("adjustments:write");
  const [isMaking, setIsMaking] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const list = useList(["adjustments"], async (cursor, signal) =>
    named(bodyOf(await client.GET("/v1/adjustments", { params: { query: { cursor } }, signal }))),
  );
  const columns = useMemo(
    (): Column<Adjustment>[] => [
      {
        id: "at",
        header: t("column.at"),
        width: 190,
        cell: (row) => dateTime(row.requested_at),
        value: (row) => row.requested_at,
      },
      {
        id: "partner",
        header: t("column.partner"),
        width: 180,
        cell: (row) => row.names[row.partner_id] ?? row.partner_id,
        value: (row) => row.names[row.partner_id] ?? row.partner_id,
        onCard: 1,
      },
      {
        id: "kind",
        header: t("column.kind"),
        width: 120,
        cell: (row) => word("adjustment_kind", row.kind),
        value: (row) => word("adjustment_kind", row.kind),
      },
      {
        id: "amount",
        header: t("column.amount"),
        align: "end",
        width: 130,
        cell: (row) => <Money value={row.amount} signed />,
        value: (row) => majorUnits(row.amount.minor, row.amount.currency),
        onCard: 3,
      },
      {
        id: "reason",
        width: 260,
        header: t("column.reason"),
        cell: (row) => row.reason,
        value: (row) => row.reason,
        onCard: 2,
      },
      {
        id: "state",
        header: t("column.state"),
        width: 210,
        cell: (row) =>
          row.state === "waiting" && mayAdjust ? (
            <Group gap="xs" wrap="nowrap">
              <Button size="xs" onClick={() => setAsked({ row, isRefusal: false })}>
                {t("approve")}
              </Button>
              <Button size="xs" variant="default" onClick={() => setAsked({ row, isRefusal: true })}>
                {t("refuse")}
              </Button>
            </Group>
          ) : (
            word("adjustment_state", row.state)
          ),
        value: (row) => word("adjustment_state", row.state),
        onCard: 2,
      },
    ],
    [t, word, dateTime, mayAdjust],
  );
  const decide = async ({ row, isRefusal }: Asked, note: string) => {
    const params = { path: { id: row.id } };
    if (isRefusal) await client.POST("/v1/adjustments/{id}/refuse", { params, body: { note } });
    else await client.POST("/v1/adjustments/{id}/approve", { params });
    await queries.invalidateQueries({ queryKey: ["adjustments"] });
  };
  const make = mayAdjust ? <Button onClick={() => setIsMaking(true)}>{t("make")}</Button> : undefined;
  return (
    <Page title={t("title")} subtitle={t("subtitle")} action={make}>
      <DataTable
        columns={columns}
        rows={list.rows}
        rowId={(row) => row.id}
        caption={t("title")}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        empty={<EmptyState title={t("empty")} text={t("empty_text")} action={make} />}
        onEndReached={list.loadMore}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        storageKey="adjustments"
        copyName="adjustments"
      />
      {isMaking && <AdjustmentDrawer onClose={() => setIsMaking(false)} />}
      {asked && (
        <ConfirmDialog
          opened
          onClose={() => setAsked(undefined)}
          title={asked.isRefusal ? t("refuse_title") : t("approve_title")}
          confirmLabel={asked.isRefusal ? t("refuse") : t("approve")}
          noteLabel={asked.isRefusal ? t("note") : undefined}
          noteRequired={asked.isRefusal}
          onConfirm={({ note }) => decide(asked, note)}
        >
          {t("what", {
            kind: word("adjustment_kind", asked.row.kind),
            amount: money(asked.row.amount, { signed: true }),
            partner: asked.row.names[asked.row.partner_id] ?? asked.row.partner_id,
            reason: asked.row.reason,
          })}
        </ConfirmDialog>
      )}
    </Page>
  );
}
