import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { PlanVersions } from "~/features/plans/PlanVersions";
import { planQuery } from "~/features/plans/queries";
import { ErrorState, Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import type { Offer } from "../model";
import { useEnrollments } from "../queries";

/** Both plans of the offer with all their versions. */
export function PlanTab({ offer }: { offer: Offer }) {
  const { t } = useTranslation("plans");
  const { data, error, refetch } = useQuery(planQuery(offer.id));
  const enrollments = useEnrollments({ offer_id: offer.id });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonBlock height={240} />;
  const partners = Object.assign({}, ...enrollments.rows.map(({ names }) => names)) as Record<string, string>;
  return (
    <Stack gap="lg" maw={960}>
      <Text c="dimmed">{t("versions.hint")}</Text>
      <Section title={t("versions.earnings")}>
        <PlanVersions
          plan={data.earnings}
          goals={offer.goals}
          currency={offer.currency}
          partners={partners}
        />
      </Section>
      <Section title={t("versions.revenue")}>
        <PlanVersions plan={data.revenue} goals={offer.goals} currency={offer.currency} partners={partners} />
      </Section>
    </Stack>
  );
}
