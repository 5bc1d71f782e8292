import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import { EmptyState, Section } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { CallLine } from "./CallLine";
import classes from "./doctor.module.css";
import { callsQuery } from "./queries";

/** What an advertiser's postbacks said in seven days, by reason, with what to do about each. */
export function SaidLately({ advertiserId }: { advertiserId: string }) {
  const { t } = useTranslation("doctor");
  const { number, timeAgo } = useFormat();
  const { data, error, refetch } = useQuery(callsQuery(advertiserId));
  const sums = data && {
    taken: number(data.taken),
    refused: number(data.refused),
    tests: number(data.tests),
  };
  return (
    <Section title={t("said.title")} hint={sums && t("said.sums", sums)}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines lines={4} />}
      {data?.groups.length === 0 && <EmptyState title={t("said.none")} text={t("said.none_text")} />}
      <Stack gap={0} component="ul" className={classes.list}>
        {data?.groups.map((group) => (
          <CallLine
            key={`${group.outcome} ${group.reason} ${group.status} ${group.advice} ${group.door} ${group.dialect} ${group.is_test}`}
            call={group}
            when={`${t("live.calls", { count: group.calls, shown: number(group.calls) })} · ${t("said.last", { ago: timeAgo(group.at) })}`}
          />
        ))}
      </Stack>
    </Section>
  );
}
