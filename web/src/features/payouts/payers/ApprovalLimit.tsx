import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { bodyOf } from "~/features/offers/model";
import { useFormat } from "~/ui/format";
import { LimitSection } from "~/ui/LimitSection";

/** How much one person may send alone; above it a batch takes two. */
export function ApprovalLimit() {
  const { t } = useTranslation("payers");
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
        saved: t("saved"),
      }}
      currency={currency}
      queryKey={["payers", "limit"]}
      read={async (signal) =>
        bodyOf(await client.GET("/v1/payout-approval-limit", { signal })).limit_minor ?? null
      }
      write={async (limit_minor) =>
        bodyOf(await client.PUT("/v1/payout-approval-limit", { body: { limit_minor } }))
      }
    />
  );
}
