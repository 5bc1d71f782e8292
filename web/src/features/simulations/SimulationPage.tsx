import { Anchor, Button, Group, Paper, Progress, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { FailedLoad } from "~/frame/FailedLoad";
import { useFormat } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import { Page, Section } from "~/ui/Page";
import { PageSkeleton } from "~/ui/Skeletons";
import { Tile } from "~/ui/Tile";
import { BeforeAfter } from "./BeforeAfter";
import { Meant } from "./Meant";
import { Movers } from "./Movers";
import { PartnerTable } from "./PartnerTable";
import { type Simulation, type SimulationResult, simulationQuery } from "./queries";
import { RepricePanel } from "./RepricePanel";
import { Reproduction } from "./Reproduction";
import { Sensitivity } from "./Sensitivity";

/** A plan tried on what happened: what it would have cost, who wins, who loses. */
export default function SimulationPage() {
  const { t } = useTranslation("simulations");
  const { date } = useFormat();
  const { offerId = "", simulationId = "" } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(simulationQuery(simulationId));
  if (error && !data) return <FailedLoad title={t("title")} error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  // The window's end is not in it.
  const last = new Date(Date.parse(data.to) - 1).toISOString();
  const window = t("window", { from: date(data.from), to: date(last) });
  const file = data.result && (
    <Button
      component="a"
      href={`/v1/simulations/${data.id}/file`}
      download
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
    >
      {t("csv")}
    </Button>
  );
  const action = (
    <Group gap="xs">
      {file}
      {data.draft_id && (
        <Button
          component={HrefLink}
          href={`/offers/${offerId}?tab=plan&draft=${data.draft_id}`}
          variant="default"
        >
          {t("to_draft")}
        </Button>
      )}
    </Group>
  );
  const offer = (
    <Anchor component={HrefLink} href={`/offers/${offerId}`}>
      <span translate="no">{data.labels[data.offer_id] ?? t("offer")}</span>
    </Anchor>
  );
  return (
    <Page
      title={data.in_force ? t("title_in_force") : t("title")}
      subtitle={
        <>
          {offer} · {window}
          <Meant simulation={data} />
        </>
      }
      action={action}
    >
      {data.result ? <Found simulation={data} result={data.result} /> : <Waiting simulation={data} />}
    </Page>
  );
}

function Waiting({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation("simulations");
  if (simulation.state === "failed") return <Text>{t("failed")}</Text>;
  const share = simulation.rows_total > 0 ? (simulation.rows_done / simulation.rows_total) * 100 : 0;
  return (
    <Stack gap="xs" role="status">
      <Text>{t("running")}</Text>
      <Progress value={share} aria-label={t("running")} />
    </Stack>
  );
}

function ratio(before: number, after: number): number | null {
  return before === 0 ? null : (after - before) / Math.abs(before);
}

function Found({ simulation, result }: { simulation: Simulation; result: SimulationResult }) {
  const { t } = useTranslation("simulations");
  const { money, percent, number } = useFormat();
  const mayReprice = useMay("reprices:write");
  const { before, after } = result;
  const amount = (minor: number) => money({ minor, currency: simulation.currency });
  const was = (value: string) => t("was", { value });
  const share = (text: string | null | undefined) => (text == null ? "-" : percent(Number(text) / 100));
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <Tile
          label={t("earnings")}
          value={amount(after.earnings_minor)}
          change={ratio(before.earnings_minor, after.earnings_minor)}
          goodWhen="none"
          before={was(amount(before.earnings_minor))}
        />
        <Tile
          label={t("revenue")}
          value={amount(after.revenue_minor)}
          change={ratio(before.revenue_minor, after.revenue_minor)}
          before={was(amount(before.revenue_minor))}
        />
        <Tile
          label={t("profit")}
          value={amount(after.profit_minor)}
          change={ratio(before.profit_minor, after.profit_minor)}
          before={was(amount(before.profit_minor))}
        />
        <Tile
          label={t("margin")}
          value={share(after.margin_percent)}
          before={was(share(before.margin_percent))}
        />
      </SimpleGrid>
      <Reproduction simulation={simulation} result={result} />
      <SimpleGrid cols={{ base: 1, md: result.sensitivity.length > 0 ? 2 : 1 }}>
        <Paper withBorder p="lg">
          <Section title={t("before_after")}>
            <BeforeAfter before={before} after={after} currency={simulation.currency} />
          </Section>
        </Paper>
        {result.sensitivity.length > 0 && (
          <Paper withBorder p="lg">
            <Section
              title={t("volume")}
              hint={t("volume_hint", { count: result.conversions, number: number(result.conversions) })}
            >
              <Sensitivity points={result.sensitivity} currency={simulation.currency} />
            </Section>
          </Paper>
        )}
      </SimpleGrid>
      {!simulation.in_force && (
        <Paper withBorder p="lg">
          <Section
            title={t("movers")}
            hint={t("movers_hint", {
              winners: number(result.winners),
              losers: number(result.losers),
              unchanged: number(result.unchanged),
            })}
          >
            <Movers simulation={simulation} result={result} />
          </Section>
        </Paper>
      )}
      {!simulation.in_force && mayReprice && <RepricePanel simulation={simulation} />}
      <Section title={t("partners")}>
        <PartnerTable simulation={simulation} result={result} />
      </Section>
    </Stack>
  );
}
