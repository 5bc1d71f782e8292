import { Paper, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Problem } from "~/api/problem";
import { useCountryName } from "~/domain/countries";
import { useWords } from "~/domain/words";
import { MissingPage } from "~/frame/MissingPage";
import { Copyable } from "~/ui/Copyable";
import { KeyValues } from "~/ui/KeyValues";
import { ErrorState, Page, Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { StatusChip } from "~/ui/StatusChip";
import { When } from "~/ui/When";
import { type Click, clickQuery } from "./api";
import { Why } from "./Why";

/** One click: what came of it, who it was, and why it was judged so. */
export default function ClickPage() {
  const { t } = useTranslation("explain");
  const { clickId = "" } = useParams({ strict: false });
  const { data, error, refetch, isPending } = useQuery(clickQuery(clickId));
  if (error && Problem.of(error).status === 404) return <MissingPage />;
  return (
    <Page title={t("click.title")} subtitle={data && <When value={data.event_time} as="time" />}>
      <Paper withBorder radius="md" p={{ base: "md", sm: "lg" }}>
        {isPending && <SkeletonBlock height={480} />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data && (
          <Stack gap="xl">
            <Facts click={data} />
            <Section title={t("section")} hint={t("hint_click")}>
              <Why told={data.decision} subject="click" labels={data.labels ?? {}} />
            </Section>
          </Stack>
        )}
      </Paper>
    </Page>
  );
}

function Facts({ click }: { click: Click }) {
  const { t } = useTranslation("explain");
  const word = useWords();
  const country = useCountryName();
  const label = (id: string | null | undefined) => (id ? (click.labels?.[id] ?? id) : undefined);
  const known = (title: string, value: string | undefined) =>
    value ? [{ label: title, value: <span translate="no">{value}</span> }] : [];
  const tone = click.verdict === "valid" ? "good" : click.verdict === "invalid" ? "bad" : "neutral";
  return (
    <KeyValues
      items={[
        {
          label: t("click.verdict"),
          value: <StatusChip tone={tone} label={word("click_verdict", click.verdict)} />,
        },
        ...(click.reason ? [{ label: t("click.reason"), value: word("click_reason", click.reason) }] : []),
        { label: t("click.destination"), value: word("destination", click.destination) },
        ...known(t("click.offer"), label(click.offer_id)),
        ...known(t("click.partner"), label(click.partner_id)),
        ...known(t("click.link"), label(click.link_id)),
        ...known(t("click.landing"), label(click.landing_id)),
        ...(click.country ? [{ label: t("click.country"), value: country(click.country) }] : []),
        ...(click.device ? [{ label: t("click.device"), value: word("device", click.device) }] : []),
        ...known(t("click.source"), click.source_id),
        { label: t("click.id"), value: <Copyable text={click.id} mono /> },
      ]}
    />
  );
}
