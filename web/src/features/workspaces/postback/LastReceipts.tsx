import { Anchor, Group, Stack, Switch, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "~/api/client";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { Section } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { EmptyState, ErrorState } from "~/ui/States";
import { When } from "~/ui/When";
import classes from "./LastReceipts.module.css";

const SHOWN = 6;
const LOOK_AGAIN_MS = 3000;

/** The last calls of senders, looked at again and again while somebody tries a postback. */
export function LastReceipts() {
  const { t } = useTranslation("workspaces");
  const [isWatching, setIsWatching] = useState(true);
  const receipts = api.useQuery(
    "get",
    "/v1/receipts",
    { params: { query: { limit: SHOWN } } },
    { refetchInterval: isWatching ? LOOK_AGAIN_MS : false },
  );
  const rows = receipts.data?.items ?? [];
  return (
    <Section
      title={t("postback.try")}
      hint={t("postback.try_hint")}
      action={
        <Switch
          label={t("postback.watch")}
          checked={isWatching}
          onChange={(event) => setIsWatching(event.currentTarget.checked)}
        />
      }
    >
      {receipts.isPending && <SkeletonLines lines={SHOWN} />}
      {receipts.isError && (
        <ErrorState
          title={t("settings.failed")}
          error={receipts.error}
          onRetry={() => void receipts.refetch()}
        />
      )}
      {receipts.data && rows.length === 0 && (
        <EmptyState title={t("postback.none")} text={t("postback.none_text")} />
      )}
      <Stack gap={0} component="ul" className={classes.list} aria-live="polite">
        {rows.map((receipt) => (
          <Receipt key={receipt.receipt_id} receipt={receipt} />
        ))}
      </Stack>
      {rows.length > 0 && (
        <Anchor component={Link} to="/receipts" fz="sm">
          {t("postback.all")}
        </Anchor>
      )}
    </Section>
  );
}

function Receipt({ receipt }: { receipt: Schemas["ReceiptOut"] }) {
  const word = useWords();
  const said = receipt.params.map(([name, value]) => `${name}=${value}`).join("  ");
  return (
    <li className={classes.receipt}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Group gap="xs">
          <StateChip of="receipt" state={receipt.status} />
          {receipt.reason && <Text fz="sm">{word("conversion_reason", receipt.reason)}</Text>}
        </Group>
        <Text fz="sm" c="dimmed" className="figures">
          {receipt.http_status} · <When value={receipt.arrived_at} />
        </Text>
      </Group>
      <Text fz="xs" ff="monospace" c="dimmed" className={classes.params}>
        {said}
      </Text>
    </li>
  );
}
