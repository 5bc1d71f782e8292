import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { EmptyState, ErrorState, SkeletonBlock } from "~/ui/Page";
import { SideDrawer } from "~/ui/SideDrawer";
import { type FiguresStanding, type PaydayAdvertiser, useAdvertisersOf } from "./model";
import classes from "./payday.module.css";

interface Props {
  month: string;
  standing: FiguresStanding;
  onClose: () => void;
}

/** The advertisers whose figures of the month are so far, each with the way to them. */
export function FiguresDrawer({ month, standing, onClose }: Props) {
  const { t } = useTranslation("payday");
  const word = useWords();
  const list = useAdvertisersOf(month, standing);
  return (
    <SideDrawer opened onClose={onClose} title={word("payday_kind", `figures_${standing}`)} size="lg">
      {list.state === "loading" && <SkeletonBlock height={240} />}
      {list.state === "error" && <ErrorState error={list.error} onRetry={list.retry} />}
      {list.state === "ready" && list.rows.length === 0 && (
        <EmptyState title={t("figures.none")} text={t("figures.none_text")} />
      )}
      <ul className={classes.items}>
        {list.rows.map((row) => (
          <li key={row.advertiser_id}>
            <Advertiser row={row} />
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <Button variant="default" fullWidth mt="sm" loading={list.loadingMore} onClick={list.loadMore}>
          {t("figures.more")}
        </Button>
      )}
    </SideDrawer>
  );
}

function Advertiser({ row }: { row: PaydayAdvertiser }) {
  const { t } = useTranslation("payday");
  const { money, number } = useFormat();
  const mayReconcile = useMay("reconciliation:write");
  return (
    <Group justify="space-between" wrap="wrap" py="sm" gap="sm">
      <Stack gap={2}>
        <Text fw={600} translate="no">
          {row.names[row.advertiser_id] ?? ""}
        </Text>
        <Text size="sm" c="dimmed">
          {t("figures.conversions", {
            count: row.conversions,
            shown: number(row.conversions),
            amount: row.amounts.map((amount) => money(amount)).join(" + "),
          })}
        </Text>
        {row.periods.map(({ reconciliation_id }) => (
          <Anchor
            key={reconciliation_id}
            component={Link}
            to="/reconciliation/$reconciliationId"
            params={{ reconciliationId: reconciliation_id } as never}
            size="sm"
          >
            {t("figures.open")}
          </Anchor>
        ))}
      </Stack>
      {mayReconcile && row.standing === "missing" && (
        <Button
          component={Link}
          to="/reconciliation"
          search={{ advertiser_id: row.advertiser_id, form: "new" } as never}
          variant="default"
        >
          {t("figures.upload")}
        </Button>
      )}
    </Group>
  );
}
