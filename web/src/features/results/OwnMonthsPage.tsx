import { useTranslation } from "react-i18next";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { Page } from "~/ui/Page";
import { MonthsTable } from "./MonthsTable";
import { useMonths } from "./model";

function readState(raw: PageSearch) {
  return { open: textOf(raw, "open") };
}

/** A partner's own months, with the formula in words. */
export default function OwnMonthsPage() {
  const { t } = useTranslation("results");
  const [search, change] = usePageState(readState);
  return (
    <Page title={t("title")} subtitle={t("own_subtitle")}>
      <MonthsTable
        months={useMonths({})}
        open={search.open}
        onOpen={(open) => change({ open }, { push: open !== undefined })}
        emptyText={t("own_none_text")}
        storageKey="own-revenue-share"
      />
    </Page>
  );
}
