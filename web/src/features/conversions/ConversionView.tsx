import { Stack } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe, workplaceOf } from "~/domain/person";
import { ToClick } from "~/features/explain/ToClick";
import { WhyOfConversion } from "~/features/explain/WhyOfConversion";
import { QualificationOf } from "~/features/results/QualificationOf";
import { ScrubOf } from "~/features/scrubs/ScrubOf";
import { ErrorState, Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { conversionQuery } from "./api";
import { ClickFactsList } from "./ClickFactsList";
import { Commissions } from "./Commissions";
import { HandActs } from "./HandActs";
import { History } from "./History";
import { Items } from "./Items";
import { JourneyOf } from "./JourneyOf";
import { JudgeDialog } from "./JudgeDialog";
import { OrderFacts } from "./OrderFacts";
import { ReceiptsOf } from "./ReceiptsOf";
import { type Act, actsOf } from "./rules";
import { Summary } from "./Summary";
import { ToEntries } from "./ToEntries";

interface Props {
  id: string;
  /** A question stands open above the conversion. */
  onAsking?: (isAsking: boolean) => void;
}

/** All that is known of one conversion: where it stands, what happened and why, what it came from, who earns. */
export function ConversionView({ id, onAsking }: Props) {
  const { t } = useTranslation("conversions");
  const { data, error, refetch, isPending } = useQuery(conversionQuery(id));
  const mayJudge = useMay("conversions:write");
  const reader = workplaceOf(useMe().role);
  const readsJournal = useMay("journal:read");
  const [act, setAct] = useState<Act>();
  const ask = (next: Act | undefined) => {
    setAct(next);
    onAsking?.(next !== undefined);
  };
  const acts = data && mayJudge ? actsOf(data) : [];
  const askIfAllowed = (wanted: Act) => acts.includes(wanted) && ask(wanted);
  useHotkeys([
    ["a", () => askIfAllowed("approve")],
    ["r", () => askIfAllowed("reject")],
  ]);
  if (isPending) return <SkeletonBlock height={480} />;
  if (!data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <Stack gap="xl">
      <Summary conversion={data} acts={acts} onAct={ask} />
      <HandActs conversion={data} />
      <ScrubOf conversion={data} />
      <Section title={t("section.history")}>
        <History conversion={data} />
      </Section>
      <QualificationOf conversionId={id} currency={data.sale.currency} />
      <WhyOfConversion conversionId={id} />
      <Section title={t("section.click")} action={data.click_id ? <ToClick id={data.click_id} /> : undefined}>
        <ClickFactsList conversion={data} />
      </Section>
      <JourneyOf conversionId={id} />
      <Section title={t("section.order")}>
        <OrderFacts conversion={data} />
        <Items items={data.items} />
      </Section>
      {reader !== "advertiser" && data.commissions.length > 0 && (
        <Section title={t("section.commissions")} action={readsJournal && <ToEntries conversionId={id} />}>
          <Commissions conversion={data} />
        </Section>
      )}
      {reader !== "partner" && (
        <Section title={t("section.receipts")} hint={t("section.receipts_hint")}>
          <ReceiptsOf conversionId={id} />
        </Section>
      )}
      {act && <JudgeDialog act={act} conversions={[data]} onClose={() => ask(undefined)} />}
    </Stack>
  );
}
