import { Anchor, Group, Stack, Text } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { FailedLoad } from "~/frame/FailedLoad";
import { useFormat } from "~/ui/format";
import { Page } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { batchQuery } from "./api";
import { BatchActions } from "./BatchActions";
import { BatchPayouts } from "./BatchPayouts";
import { BatchResult } from "./BatchResult";
import { BatchWay } from "./BatchWay";
import { isOpen } from "./batchState";
import { FrozenList } from "./FrozenList";
import type { BatchDetail } from "./model";

/** PayPal answers by itself: the page looks again until it has. */
function whileSending({ state }: { state: { data?: BatchDetail } }): number | false {
  const batch = state.data;
  const waits = batch?.method === "paypal" && isOpen(batch);
  return waits && (batch.state === "sending" || batch.state === "sent") ? 5_000 : false;
}

/** One batch: the frozen list, its file, and what the bank said. */
export default function BatchPage() {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const { money, date, number } = useFormat();
  const { batchId = "" } = useParams({ strict: false });
  const mayPay = useMay("payouts:write");
  const { data: batch, error, refetch } = useQuery({ ...batchQuery(batchId), refetchInterval: whileSending });
  const title = batch ? t("batch.title", { date: date(batch.created_at) }) : t("batch.title_plain");
  const back = (
    <Anchor component={Link} to="/payouts/batches" fz="sm">
      <Group gap={4}>
        <IconArrowLeft size={14} aria-hidden />
        {t("batch.back")}
      </Group>
    </Anchor>
  );
  if (error && !batch) return <FailedLoad title={title} error={error} onRetry={() => void refetch()} />;
  if (!batch)
    return (
      <Page title={title} subtitle={back}>
        <SkeletonBlock height={480} />
      </Page>
    );
  return (
    <Page title={title} subtitle={back} action={mayPay && <BatchActions batch={batch} />}>
      <Stack gap="lg">
        <Text fz="lg">
          {t("batch.sum", {
            partners: t("counted.partners", { count: batch.payout_count, shown: number(batch.payout_count) }),
            total: money(batch.total),
            method: word("payout_method", batch.method),
          })}
        </Text>
        <BatchWay batch={batch} />
        <BatchResult batch={batch} />
        <FrozenList batch={batch} />
        <BatchPayouts batch={batch} mayPay={mayPay} />
      </Stack>
    </Page>
  );
}
