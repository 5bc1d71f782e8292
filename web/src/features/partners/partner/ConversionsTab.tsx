import { useTranslation } from "react-i18next";
import { ConversionList } from "~/features/conversions/ConversionList";
import { EmptyState } from "~/ui/Page";
import type { Partner } from "../model";

/** The partner's conversions of the period. */
export function ConversionsTab({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  return (
    <ConversionList
      reader="staff"
      fixed={{ partner: partner.id }}
      empty={(period) => (
        <EmptyState
          title={t("conversions.empty")}
          text={period ? t("conversions.empty_period", { period }) : t("conversions.empty_text")}
        />
      )}
    />
  );
}
