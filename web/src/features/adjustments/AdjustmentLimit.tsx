import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { bodyOf } from "~/features/offers/model";
import { useFormat } from "~/ui/format";
import { LimitSection } from "~/ui/LimitSection";

/** How much one person may adjust alone; above it takes a second one. */
export function AdjustmentLimit() {
  const { t } = useTranslation("adjustments");
  const { money } = useFormat();
  const currency = useMe().workspace.reporting_currency;
  return (
    <LimitSection
      words={{
        title: t("limit.title"),
        label: t("limit.label"),
        help: t("limit.help"),
        none: t("limit.none"),
        above: (minor) => t("limit.above", { amount: money({ minor, currency }) }),
        save: t("limit.save"),
        saved: t("limit.saved"),
      }}
      currency={currency}
      queryKey={["adjustments", "limit"]}
      read={async (signal) =>
        bodyOf(await client.GET("/v1/adjustment-limit", { signal })).limit_minor ?? null
      }
      write={async (limit_minor) =>
        bodyOf(await client.PUT("/v1/adjustment-limit", { body: { limit_minor } }))
      }
    />
  );
}
