import { useTranslation } from "react-i18next";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { Page } from "~/ui/Page";
import { SideDrawer } from "~/ui/SideDrawer";
import { useScrubs } from "./model";
import { ScrubTable } from "./ScrubTable";
import { ScrubView } from "./ScrubView";

function readState(raw: PageSearch) {
  return { open: textOf(raw, "open") };
}

const ALL = {};

/** What was removed of a partner's conversions at an advertiser's request: why, the proof, and an appeal. */
export default function PartnerScrubsPage() {
  const { t } = useTranslation("scrubs");
  const [search, change] = usePageState(readState);
  const opened = useScrubs(ALL).rows.find(({ id }) => id === search.open);
  return (
    <Page title={t("partner_title")} subtitle={t("partner_subtitle")}>
      <ScrubTable
        side="partner"
        filter={ALL}
        open={search.open}
        onOpen={(row) => change({ open: row.id }, { push: true })}
        emptyText={t("none_partner")}
      />
      {opened && (
        <SideDrawer opened onClose={() => change({ open: undefined })} title={t("one")}>
          <ScrubView row={opened} />
        </SideDrawer>
      )}
    </Page>
  );
}
