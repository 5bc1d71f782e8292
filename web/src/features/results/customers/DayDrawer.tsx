import { Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { bodyOf, named } from "~/features/offers/model";
import { usePageState } from "~/frame/search";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { ErrorState, Section } from "~/ui/Page";
import { SideDrawer } from "~/ui/SideDrawer";
import { SkeletonBlock } from "~/ui/Skeletons";
import { Timeline } from "~/ui/Timeline";
import { COUNT_FIGURES, type CustomerDay, type DayVersion, MONEY_FIGURES } from "../model";

/** A customer's day: its figures, and who said what of it when. */
export function DayDrawer({ day, onClose }: { day: CustomerDay; onClose: () => void }) {
  const { t } = useTranslation("results");
  const [, change] = usePageState(() => ({}) as { customer?: string; open?: string });
  const title = <span translate="no">{`${day.customer}, ${day.day}`}</span>;
  return (
    <SideDrawer opened onClose={onClose} title={title}>
      <Stack gap="xl">
        <Section
          title={t("figures")}
          action={
            <Button
              variant="default"
              size="xs"
              onClick={() => change({ customer: day.customer, open: undefined })}
            >
              {t("all_days")}
            </Button>
          }
        >
          <DayFigures day={day} />
        </Section>
        <Section title={t("versions")}>
          <Versions day={day} />
        </Section>
      </Stack>
    </SideDrawer>
  );
}

function DayFigures({ day }: { day: CustomerDay }) {
  const word = useWords();
  const { money, number } = useFormat();
  const { figures, currency } = day;
  return (
    <KeyValues
      items={[
        ...MONEY_FIGURES.map((figure) => ({
          label: word("result_figure", figure),
          value: money({ minor: figures[figure] ?? 0, currency }),
        })),
        ...COUNT_FIGURES.map((figure) => ({
          label: word("result_figure", figure),
          value: number(figures[figure] ?? 0),
        })),
      ]}
    />
  );
}

function Versions({ day }: { day: CustomerDay }) {
  const { t } = useTranslation("results");
  const word = useWords();
  const say = useDifference(day.currency);
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ["customer-results", "versions", day.id, day.version],
    queryFn: async ({ signal }) => {
      const params = { path: { id: day.id } };
      const answer = await client.GET("/v1/customer-results/{id}/versions", { params, signal });
      return named(bodyOf(answer)).items as DayVersion[];
    },
  });
  if (isPending) return <SkeletonBlock height={120} />;
  if (!data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <Timeline
      label={t("versions")}
      events={data.map((version) => ({
        id: String(version.version),
        at: version.at,
        title: t("version_of", { number: version.version, door: word("result_door", version.door) }),
        text: [
          say(version),
          version.closed_month ? t("counted_in", { month: version.closed_month }) : t("not_counted"),
        ]
          .filter(Boolean)
          .join(". "),
        actor: version.user_id ? version.names[version.user_id] : undefined,
      }))}
    />
  );
}

/** By how much each figure changed, those that did not left out. */
function useDifference(currency: string): (version: DayVersion) => string {
  const word = useWords();
  const { money, number } = useFormat();
  return ({ difference }) =>
    [
      ...MONEY_FIGURES.filter((figure) => difference[figure]).map(
        (figure) =>
          `${word("result_figure", figure)} ${money({ minor: difference[figure] ?? 0, currency }, { signed: true })}`,
      ),
      ...COUNT_FIGURES.filter((figure) => difference[figure]).map(
        (figure) =>
          `${word("result_figure", figure)} ${number(difference[figure], { signDisplay: "always" })}`,
      ),
    ].join(", ");
}
