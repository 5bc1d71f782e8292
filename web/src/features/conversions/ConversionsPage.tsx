import { useTranslation } from "react-i18next";
import { EmptyState, Page } from "~/ui/Page";
import { ConversionList } from "./ConversionList";

/** Every conversion of the workspace, for staff. */
export default function ConversionsPage() {
  const { t } = useTranslation("conversions");
  return (
    <Page title={t("list.title")} subtitle={t("list.subtitle")}>
      <ConversionList
        reader="staff"
        empty={(period) => (
          <EmptyState
            title={period ? t("empty.in_period", { period }) : t("empty.title")}
            text={t("empty.staff")}
          />
        )}
      />
    </Page>
  );
}
