import { Button, Stack } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useList } from "~/api/paging";
import { useWords } from "~/domain/words";
import { EmptyState, ErrorState } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { Timeline } from "~/ui/Timeline";
import { bodyOf, named } from "../model";
import { ChangeList } from "./ChangeList";
import type { FieldOwner } from "./useFieldWords";

const PAGE = 50;

/** Who changed what on one thing, newest first, as the audit log has it. */
export function HistoryTab({ subject, owner }: { subject: string; owner: FieldOwner }) {
  const { t } = useTranslation("offers");
  const word = useWords();
  const list = useList(["audit", "of", subject], async (cursor, signal) => {
    const query = { subject, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/audit", { params: { query }, signal })));
  });
  if (list.state === "error") return <ErrorState error={list.error} onRetry={list.retry} />;
  if (list.state === "loading") return <SkeletonLines lines={6} />;
  if (list.rows.length === 0) {
    return <EmptyState icon={<IconHistory size={28} stroke={1.5} />} title={t("history.empty")} />;
  }
  return (
    <Stack maw={760}>
      <Timeline
        label={t("tabs.history")}
        events={list.rows.map((row) => ({
          id: row.id,
          at: row.at,
          title: word("action", row.action),
          text: <ChangeList action={row.action} before={row.before} after={row.after} owner={owner} />,
          actor: row.user_id ? (row.names[row.user_id] ?? undefined) : t("history.by_itself"),
        }))}
      />
      {list.hasMore && (
        <Button
          variant="default"
          onClick={list.loadMore}
          loading={list.loadingMore}
          style={{ alignSelf: "flex-start" }}
        >
          {t("history.more")}
        </Button>
      )}
    </Stack>
  );
}
