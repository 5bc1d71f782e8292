import { SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Unit, useFiguresOf } from "~/domain/figures";
import { useMetrics } from "~/domain/metrics";
import { useMe } from "~/domain/person";
import { type Question, useReport } from "~/domain/report";
import { todayIn } from "~/ui/dates";
import { SkeletonLines } from "~/ui/Skeletons";
import type { NamedCap } from "./model";

/** By what a test is judged. */
const METRICS = ["clicks", "conversions", "cr", "approval_rate", "payout", "revenue", "profit", "epc"];

/** What the test brought since it began, on whom the cap lies. */
function questionOf(cap: NamedCap, today: string): Question {
  const places = { advertiser: cap.advertiser_id, offer: cap.offer_id, partner: cap.partner_id };
  const filters = Object.entries({ ...places, source_id: cap.source_id }).flatMap(([field, value]) =>
    value ? [{ field, values: [value] }] : [],
  );
  return {
    from: cap.created_at,
    to: today,
    dimensions: [],
    metrics: METRICS,
    filters,
  } as unknown as Question;
}

export function TestFigures({ cap }: { cap: NamedCap }) {
  const { t } = useTranslation("caps");
  const today = todayIn(useMe().workspace.timezone);
  const { data } = useReport(questionOf(cap, today));
  const metrics = useMetrics();
  const say = useFiguresOf();
  if (!data) return <SkeletonLines lines={2} />;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {t("decide.figures")}
      </Text>
      <SimpleGrid cols={{ base: 2, xs: 4 }} spacing="xs">
        {data.columns.map((column) => (
          <div key={column.name}>
            <Text fz="xs" c="dimmed" title={metrics.formula(column.name)}>
              {metrics.name(column.name)}
            </Text>
            <Text fz="sm" fw={600}>
              {say(column.type as Unit, data.totals[column.name], column.currency)}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
