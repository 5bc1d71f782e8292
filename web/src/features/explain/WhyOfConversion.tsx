import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ErrorState, Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { explanationQuery } from "./api";
import { Why } from "./Why";

/** Why a conversion was decided as it was when it came. */
export function WhyOfConversion({ conversionId }: { conversionId: string }) {
  const { t } = useTranslation("explain");
  const { data, error, refetch, isPending } = useQuery(explanationQuery(conversionId));
  return (
    <Section title={t("section")} hint={t("hint_conversion")}>
      {isPending && <SkeletonBlock height={240} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && <Why told={data} subject="conversion" labels={data.labels ?? {}} />}
    </Section>
  );
}
