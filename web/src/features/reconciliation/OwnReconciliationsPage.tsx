import { IconScale } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState, Page } from "~/ui/Page";
import { ReconciliationTable } from "./ReconciliationTable";

/** The periods that were closed with an advertiser, each with its act. */
export default function OwnReconciliationsPage() {
  const { t } = useTranslation("reconciliation");
  return (
    <Page title={t("own_title")} subtitle={t("own_subtitle")}>
      <ReconciliationTable
        filter={{}}
        isOwn
        empty={
          <EmptyState
            icon={<IconScale size={28} stroke={1.5} />}
            title={t("own_none")}
            text={t("own_none_text")}
          />
        }
      />
    </Page>
  );
}
