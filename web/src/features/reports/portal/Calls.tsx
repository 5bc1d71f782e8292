import { Anchor, Card, Group, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { SkeletonLines } from "~/ui/Skeletons";
import { EmptyState, ErrorState } from "~/ui/States";
import { StatusChip } from "~/ui/StatusChip";
import { When } from "~/ui/When";
import { type Call, lastDayOf } from "./calls";
import classes from "./home.module.css";

const ASKED = 500;
const BAD_SHOWN = 4;

/** How the last day's calls of the advertiser's shop went; the bad ones with their reason. */
export function Calls() {
  const { t } = useTranslation("portal");
  const { data, error, refetch } = useQuery({
    queryKey: ["receipts", "last-day"],
    queryFn: async ({ signal }) =>
      (await client.GET("/v1/receipts", { params: { query: { limit: ASKED } }, signal })).data,
    refetchInterval: 60_000,
  });
  return (
    <Card component="section" withBorder padding="md">
      <Title order={2} mb="sm">
        {t("calls.title")}
      </Title>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines lines={3} />}
      {data && <Said calls={data.items} hasMore={Boolean(data.next_cursor)} />}
      <Anchor component={Link} to="/connection" size="sm" mt="sm" display="inline-block">
        {t("calls.connection")}
      </Anchor>
    </Card>
  );
}

function Said({ calls, hasMore }: { calls: readonly Call[]; hasMore: boolean }) {
  const { t } = useTranslation("portal");
  const { number } = useFormat();
  const { good, bad, isCut, last } = lastDayOf(calls, hasMore, Date.now());
  if (!last) return <EmptyState title={t("calls.never")} text={t("calls.never_text")} />;
  return (
    <>
      <Group gap="sm">
        <StatusChip tone="good" label={t("calls.good", { count: good, number: number(good) })} />
        <StatusChip
          tone={bad.length > 0 ? "bad" : "neutral"}
          label={t("calls.bad", { count: bad.length, number: number(bad.length) })}
        />
      </Group>
      <Text size="sm" c="dimmed" mt="xs">
        {t("calls.last")} <When value={last} />
        {isCut && `. ${t("calls.cut", { count: calls.length })}`}
      </Text>
      {bad.length > 0 && (
        <ul className={classes.steps} style={{ marginTop: 12 }}>
          {bad.slice(0, BAD_SHOWN).map((call) => (
            <li key={call.receipt_id}>
              <Bad call={call} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Bad({ call }: { call: Call }) {
  const word = useWords();
  return (
    <>
      <Text>
        {call.reason ? word("conversion_reason", call.reason) : <span translate="no">{call.message}</span>}
      </Text>
      <Text size="sm" c="dimmed">
        <When value={call.arrived_at} as="time" /> · {word("receipt_door", call.door)} ·{" "}
        <span className="figures">{call.http_status}</span>
      </Text>
    </>
  );
}
