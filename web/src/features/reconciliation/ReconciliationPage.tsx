import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconArrowLeft, IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "~/domain/person";
import { advertiserQuery } from "~/features/advertisers/queries";
import { FailedLoad } from "~/frame/FailedLoad";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { useFormat } from "~/ui/format";
import { EmptyState, Page, Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { ActView } from "./ActView";
import { ClassTiles } from "./ClassTiles";
import { CloseDialog, DiscardDialog } from "./EndDialogs";
import { GroupList } from "./GroupList";
import { LinesDrawer } from "./LinesDrawer";
import { groupsQuery, reconciliationQuery, undecidedOf } from "./model";
import classes from "./reconciliation.module.css";
import { StateCell } from "./StateCell";
import { useFile } from "./useFile";

function readState(raw: PageSearch) {
  /** The group whose lines are open beside: class, cause, offer and decision with commas between. */
  return { lines: textOf(raw, "lines") };
}

/** One period: what differs and why, what is decided, and once it is closed its act. */
export default function ReconciliationPage() {
  const { t } = useTranslation("reconciliation");
  const { dayRange } = useFormat();
  const { reconciliationId = "" } = useParams({ strict: false });
  const isStaff = useMe().advertiser_id == null;
  const { data, error, refetch } = useQuery(reconciliationQuery(reconciliationId));
  const advertiser = useQuery({
    ...advertiserQuery(data?.advertiser_id ?? ""),
    enabled: data !== undefined && isStaff,
  });
  const period = data ? dayRange(data.first_day, data.last_day) : t("one");
  const name = advertiser.data?.name;
  const title = name ? t("of_one", { name, period }) : period;
  if (error && !data) return <FailedLoad title={t("one")} error={error} onRetry={() => void refetch()} />;
  const back = (
    <Anchor component={Link} to="/reconciliation" fz="sm" className={classes.screenOnly}>
      <Group gap={4}>
        <IconArrowLeft size={14} aria-hidden />
        {t("back")}
      </Group>
    </Anchor>
  );
  if (!data)
    return (
      <Page title={title}>
        <SkeletonBlock height={480} />
      </Page>
    );
  return (
    <Page title={title} subtitle={back} action={<Actions reconciliation={data} />}>
      <Stack gap="xl">
        <Group gap="sm" className={classes.screenOnly}>
          <StateCell state={data.state} />
          <Text c="dimmed" size="sm">
            {data.kind === "rows" ? t("kind.rows") : t("kind.totals")} ·{" "}
            <span translate="no">{data.file_name}</span>
          </Text>
        </Group>
        {data.state === "comparing" && <EmptyState title={t("comparing.title")} text={t("comparing.text")} />}
        {data.act && <ActView reconciliation={data} act={data.act} />}
        {isStaff && data.state !== "comparing" && <Differences reconciliation={data} />}
      </Stack>
    </Page>
  );
}

type Shown = NonNullable<Parameters<typeof ActView>[0]["reconciliation"]>;

function Actions({ reconciliation }: { reconciliation: Shown }) {
  const { t } = useTranslation("reconciliation");
  const mayReconcile = useMay("reconciliation:write");
  const mayRead = useMay("reconciliation:read");
  const [asked, setAsked] = useState<"close" | "discard">();
  const fetchFile = useFile(reconciliation);
  const close = () => setAsked(undefined);
  const isEnded = reconciliation.state === "closed";
  return (
    <Group gap="xs" className={classes.screenOnly}>
      {mayRead && (
        <Button variant="default" loading={fetchFile.isPending} onClick={() => fetchFile.mutate()}>
          {t("file.get")}
        </Button>
      )}
      {isEnded && (
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          onClick={() => window.print()}
        >
          {t("act.print")}
        </Button>
      )}
      {mayReconcile && !isEnded && (
        <Button variant="default" onClick={() => setAsked("discard")}>
          {t("discard.title")}
        </Button>
      )}
      {mayReconcile && reconciliation.state === "open" && (
        <Button onClick={() => setAsked("close")}>{t("close.title")}</Button>
      )}
      {asked === "close" && <CloseDialog reconciliation={reconciliation} onClose={close} />}
      {asked === "discard" && <DiscardDialog reconciliation={reconciliation} onClose={close} />}
    </Group>
  );
}

function Differences({ reconciliation }: { reconciliation: Shown }) {
  const { t } = useTranslation("reconciliation");
  const { number } = useFormat();
  const [search, change] = usePageState(readState);
  const { data, error, refetch } = useQuery(groupsQuery(reconciliation.id));
  if (error && !data) return <FailedLoad title={t("one")} error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonBlock height={320} />;
  const left = undecidedOf(data);
  const isOpen = reconciliation.state === "open";
  const hint = left > 0 ? t("left.some", { count: left, shown: number(left) }) : t("left.none");
  return (
    <Stack gap="xl" className={classes.screenOnly}>
      <Section title={t("differences")} hint={isOpen ? hint : t("left.closed")}>
        <ClassTiles groups={data} />
      </Section>
      <GroupList
        reconciliation={reconciliation}
        groups={data}
        onLines={(lines) => change({ lines }, { push: true })}
      />
      {search.lines && (
        <LinesDrawer
          key={search.lines}
          reconciliation={reconciliation}
          place={search.lines}
          onClose={() => change({ lines: undefined })}
        />
      )}
    </Stack>
  );
}
